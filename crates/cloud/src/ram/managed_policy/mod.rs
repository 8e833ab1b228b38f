//! Policies as things that are made, shown and deleted.

pub mod create_policy;
pub mod create_policy_version;
pub mod delete_policy;
pub mod delete_policy_version;
pub mod get_policy;
pub mod get_policy_version;
pub mod list_policies;
pub mod list_policy_versions;
pub mod record;
pub mod set_default_policy_version;
pub mod update_policy_description;
