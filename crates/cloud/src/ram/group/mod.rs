//! Groups of RAM users.

pub mod add_user_to_group;
pub mod create_group;
pub mod delete_group;
pub mod get_group;
pub mod list_groups;
pub mod list_groups_for_user;
pub mod list_users_for_group;
pub mod record;
pub mod remove_user_from_group;
pub mod update_group;
