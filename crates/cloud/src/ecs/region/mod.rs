//! Regions and zones: where things can be, and what is sold there.

pub mod describe_available_resource;
pub mod describe_regions;
pub mod describe_resources_modification;
pub mod describe_zones;

mod given;
mod local_names;
mod market;
