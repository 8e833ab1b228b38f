//! Who a key belongs to.

pub mod get_caller_identity;
