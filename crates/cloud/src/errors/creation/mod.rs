//! Rows of CreateInstance and RunInstances, by what they are about.

pub(in crate::errors) mod account;
pub(in crate::errors) mod disk;
pub(in crate::errors) mod instance;
pub(in crate::errors) mod network;

pub use account::*;
pub use disk::*;
pub use instance::*;
pub use network::*;
