//! Instance types: what an instance can be.

pub mod describe_instance_type_families;
pub mod describe_instance_types;

mod shape;
