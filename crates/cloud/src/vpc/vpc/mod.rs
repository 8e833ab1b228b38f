//! VPCs: private networks of an account in a region.

pub mod record;
