//! Elastic Compute Service, version 2014-05-26.

pub mod account;
pub mod business_behavior;
pub mod disk;
pub mod filters;
pub mod hpc_cluster;
pub mod image;
pub mod instance;
pub mod instance_ram_role;
pub mod instance_type;
pub mod key_pair;
pub mod network_interface;
pub mod price;
pub mod region;
pub mod security_group;
pub mod snapshot;
pub mod tag;
