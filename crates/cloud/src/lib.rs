//! What the cloud does.

pub mod errors;
