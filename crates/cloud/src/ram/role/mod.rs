//! Roles and whom they trust.

pub mod create_role;
pub mod delete_role;
pub mod get_role;
pub mod list_roles;
pub mod record;
pub mod update_role;
