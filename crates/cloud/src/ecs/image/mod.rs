//! Images: what the disks of an instance start from.

pub mod describe_images;

mod given;
mod shelf;
