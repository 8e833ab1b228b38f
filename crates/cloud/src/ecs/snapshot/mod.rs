//! Snapshots: what was on a disk at a moment.

pub mod create_snapshot;
pub mod given;
pub mod record;

use crate::names::is_resource_name;

/// How many snapshots a disk may have.
pub const SNAPSHOTS_MAX: u64 = 256;

/// A name as of every resource, but not one of automatic snapshots.
fn is_snapshot_name(name: &String) -> bool {
    is_resource_name(name) && !name.starts_with("auto")
}
