//! Virtual Private Cloud, version 2016-04-28.

pub mod vpc;
pub mod vswitch;
