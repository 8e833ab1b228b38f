//! Console logins of RAM users.

pub mod create_login_profile;
pub mod delete_login_profile;
pub mod get_login_profile;
pub mod record;
pub mod update_login_profile;
