//! Resource Access Management, version 2015-05-01.

pub mod access_key;
pub mod attachment;
pub mod given;
pub mod group;
pub mod managed_policy;
pub mod marker;
pub mod policy;
pub mod role;
pub mod user;
