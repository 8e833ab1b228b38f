//! vSwitches: blocks of a VPC's addresses in one zone.

pub mod create_vswitch;
pub mod record;
