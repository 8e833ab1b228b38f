//! Network interfaces: the primary ones that instances are made with, and those beside them.

pub mod attach_network_interface;
pub mod create_network_interface;
pub mod delete_network_interface;
pub mod describe_network_interfaces;
pub mod detach_network_interface;
pub mod given;
pub mod make;
pub mod modify_network_interface_attribute;
pub mod record;
mod shape;
