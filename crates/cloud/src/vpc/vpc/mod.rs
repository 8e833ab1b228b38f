//! VPCs: private networks of an account in a region.

pub mod create_vpc;
pub mod record;
