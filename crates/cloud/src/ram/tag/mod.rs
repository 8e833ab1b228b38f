//! Tags on RAM roles and policies.

pub mod given;
pub mod list_tag_resources;
pub mod tag_resources;
pub mod tagged;
pub mod untag_resources;
