//! Rows of CreateInstance and RunInstances, by what they are about.

pub mod account;
pub mod disk;
pub mod instance;
pub mod network;
