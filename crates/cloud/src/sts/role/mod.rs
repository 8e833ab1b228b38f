//! Roles taken on for a while.

pub mod assume_role;
pub mod session;
