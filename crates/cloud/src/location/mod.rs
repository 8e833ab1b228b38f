//! The service that names endpoints, version 2015-06-12.

pub mod endpoint;
