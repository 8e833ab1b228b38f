//! Instances: virtual machines from creation to release.

pub mod public_address;
pub mod record;
pub mod rules;
