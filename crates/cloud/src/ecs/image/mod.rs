//! Images: what the disks of an instance start from.

pub mod cancel_copy_image;
pub mod copy_image;
pub mod create_image;
pub mod delete_image;
pub mod describe_image_from_family;
pub mod describe_image_share_permission;
pub mod describe_image_support_instance_types;
pub mod describe_images;
pub mod modify_image_attribute;
pub mod modify_image_share_permission;
pub mod record;

pub mod given;
pub mod shape;
pub mod shelf;
mod source;
