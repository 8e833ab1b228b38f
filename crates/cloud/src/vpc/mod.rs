//! Virtual Private Cloud, version 2016-04-28.

#[expect(clippy::module_inception, reason = "the product and its first family have one name")]
pub mod vpc;
pub mod vswitch;
