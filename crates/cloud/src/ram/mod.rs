//! Resource Access Management, version 2015-05-01.

pub mod access_key;
pub mod account_alias;
pub mod attachment;
pub mod given;
pub mod grants;
pub mod group;
pub mod login;
pub mod managed_policy;
pub mod marker;
pub mod mfa;
pub mod policy;
pub mod principal;
pub mod role;
pub mod security;
pub mod tag;
pub mod user;
pub(crate) mod world;
