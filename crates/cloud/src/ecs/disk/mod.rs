//! Disks: block storage, alone or attached.

pub mod describe_disks;
pub mod modify_disk_attribute;
pub mod record;
pub mod shape;
pub mod speed;
