//! RAM roles of instances.

pub mod attach_instance_ram_role;
pub mod describe_instance_ram_role;
pub mod detach_instance_ram_role;
pub mod given;
pub mod outcome;
