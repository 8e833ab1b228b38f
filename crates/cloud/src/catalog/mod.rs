//! The built-in catalogue: what is for sale, and the facts that a new world starts from.
//!
//! Statics hold what never changes; the `…Facts` structs hold what an operator may change, under the names
//! that the world document uses.

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
pub mod zones;

mod instance_type_rows;

#[cfg(test)]
mod tests;
