//! The alias of an account.

pub mod clear_account_alias;
pub mod get_account_alias;
pub mod record;
pub mod set_account_alias;
