//! Security Token Service, version 2015-04-01.

pub mod identity;
pub mod role;
