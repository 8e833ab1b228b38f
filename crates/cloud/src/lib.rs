//! What the cloud does.

pub mod catalog;
pub mod errors;
