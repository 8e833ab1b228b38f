//! vSwitches: blocks of a VPC's addresses in one zone.

pub mod record;
