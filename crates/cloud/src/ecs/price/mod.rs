//! What things cost.

pub mod describe_price;
pub mod describe_spot_price_history;
pub mod moves;
