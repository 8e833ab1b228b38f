//! Regions and zones: where things can be, and what is sold there.

pub mod describe_regions;
