//! Disks: block storage, alone or attached.

pub mod attach_disk;
pub mod create_disk;
pub mod delete_disk;
pub mod describe_disks;
pub mod detach_disk;
pub mod given;
mod login;
pub mod modify_disk_attribute;
pub mod modify_disk_spec;
pub mod re_init_disk;
pub mod record;
pub mod replace_system_disk;
pub mod reset_disk;
pub mod resize_disk;
pub mod shape;
pub mod speed;
