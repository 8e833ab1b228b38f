//! What an account may have.

pub mod describe_account_attributes;
pub mod describe_bandwidth_limitation;
