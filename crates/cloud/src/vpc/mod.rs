//! Virtual Private Cloud, version 2016-04-28.

pub mod cidr;
pub mod given;
pub mod ids;
pub mod route_table;
pub mod tag;
pub mod text;
pub mod unoffered;
#[expect(clippy::module_inception, reason = "the product and its first family have one name")]
pub mod vpc;
pub mod vswitch;
