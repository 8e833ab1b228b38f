//! Policies attached to users, groups and roles.

pub mod attach_policy_to_group;
pub mod attach_policy_to_role;
pub mod attach_policy_to_user;
pub mod detach_policy_from_group;
pub mod detach_policy_from_role;
pub mod detach_policy_from_user;
pub mod list_entities_for_policy;
pub mod list_policies_for_group;
pub mod list_policies_for_role;
pub mod list_policies_for_user;
pub mod record;
