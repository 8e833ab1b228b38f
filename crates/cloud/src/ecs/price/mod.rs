//! What things cost.

pub mod describe_price;
