//! Instances: virtual machines from creation to release.

pub mod record;
pub mod rules;
