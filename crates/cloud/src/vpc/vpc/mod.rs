//! VPCs: private networks of an account in a region.

pub mod create_vpc;
pub mod delete_vpc;
pub mod describe_vpc_attribute;
pub mod describe_vpcs;
pub mod modify_vpc_attribute;
pub mod record;
pub mod shape;
