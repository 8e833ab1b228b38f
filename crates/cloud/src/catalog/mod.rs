//! The built-in catalogue: what is for sale, and the facts that a new world starts from.
//!
//! The `…Facts` structs, instance types and disk limits are what an operator may change, under the names that the world
//! document uses; enums are the words of the API, which nobody can.

pub mod accounts;
pub mod disk_categories;
pub mod images;
pub mod instance_types;
pub mod limits;
pub mod money;
pub mod offer;
pub mod regions;
pub mod snapshots;
pub mod text;
pub mod wares;
pub mod zones;

mod image_rows;
mod instance_type_rows;

#[cfg(test)]
mod tests;
