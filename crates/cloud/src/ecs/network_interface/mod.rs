//! Network interfaces: the primary one of every instance in a VPC.

pub mod describe_network_interfaces;
mod shape;
