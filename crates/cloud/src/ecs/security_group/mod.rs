//! Security groups: who may talk to the instances in them.

pub mod given;
pub mod record;

pub mod create_security_group;

/// The most security groups of an account in a region.
pub const SECURITY_GROUPS_MAX: u64 = 100;
