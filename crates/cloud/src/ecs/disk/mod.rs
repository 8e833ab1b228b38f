//! Disks: block storage, alone or attached.

pub mod describe_disks;
pub mod record;
pub mod shape;
