//! Snapshots: what was on a disk at a moment.

pub mod copy_snapshot;
pub mod create_snapshot;
pub mod delete_snapshot;
pub mod describe_snapshots;
pub mod given;
pub mod modify_snapshot_attribute;
pub mod modify_snapshot_category;
pub mod record;
pub mod shape;

use crate::names::is_resource_name;

/// How many snapshots a disk may have.
pub const SNAPSHOTS_MAX: u64 = 256;

/// A name as of every resource, but not one of automatic snapshots.
fn is_snapshot_name(name: &String) -> bool {
    is_resource_name(name) && !name.starts_with("auto")
}
