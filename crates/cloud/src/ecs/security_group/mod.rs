//! Security groups: who may talk to the instances in them.

pub mod given;
pub mod members;
pub mod record;
mod rule;
mod rule_change;
mod rule_params;

pub mod authorize_security_group;
pub mod authorize_security_group_egress;
pub mod create_security_group;
pub mod delete_security_group;
pub mod describe_security_group_attribute;
pub mod describe_security_groups;
pub mod join_security_group;
pub mod leave_security_group;
pub mod modify_security_group_attribute;
pub mod modify_security_group_egress_rule;
pub mod modify_security_group_policy;
pub mod modify_security_group_rule;
pub mod revoke_security_group;
pub mod revoke_security_group_egress;

/// The most security groups of an account in a region.
pub const SECURITY_GROUPS_MAX: u64 = 100;
