//! Instances: virtual machines from creation to release.

pub mod life;
pub mod record;
pub mod release;
pub mod rules;
