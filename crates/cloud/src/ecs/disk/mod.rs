//! Disks: block storage, alone or attached.

pub mod attach_disk;
pub mod create_disk;
pub mod delete_disk;
pub mod describe_disks;
pub mod detach_disk;
pub mod given;
pub mod modify_disk_attribute;
pub mod modify_disk_spec;
pub mod re_init_disk;
pub mod record;
pub mod reset_disk;
pub mod resize_disk;
pub mod shape;
pub mod speed;
