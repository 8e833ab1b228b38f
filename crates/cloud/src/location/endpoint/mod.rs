//! Where products are called.

pub mod describe_endpoints;
