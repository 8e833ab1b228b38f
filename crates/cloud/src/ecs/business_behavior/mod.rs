//! Defaults that an account sets for all its calls.

pub mod describe_user_business_behavior;
pub mod modify_user_business_behavior;
pub mod record;
