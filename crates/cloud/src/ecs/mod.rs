//! Elastic Compute Service, version 2014-05-26.

pub mod disk;
pub mod instance;
pub mod key_pair;
pub mod region;
pub mod security_group;
pub mod tag;
