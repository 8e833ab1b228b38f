//! Instances: virtual machines from creation to release.

pub mod create_instance;
pub mod creation;
pub mod public_address;
pub mod record;
pub mod rules;
pub mod run_instances;
