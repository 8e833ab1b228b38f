//! vSwitches: blocks of a VPC's addresses in one zone.

pub mod create_vswitch;
pub mod delete_vswitch;
pub mod describe_vswitch_attributes;
pub mod describe_vswitches;
pub mod modify_vswitch_attribute;
pub mod record;
pub mod shape;
