//! DeleteSnapshot.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::snapshot::given::{
    of_image, of_image_deleted, one_accomplished, one_progressing, one_that_fills_a_disk,
};
use crate::errors::{
    ApiError, ParameterMalformed, RequiredParameterMissing, SnapshotNotFound, SnapshotUsedByDisk,
    SnapshotUsedByImage,
};
use crate::ids::SnapshotId;
use crate::spec::Run;

/// Deletes a snapshot, finished or not.
///
/// One that an image names goes only after the image. One that a disk was made from goes only with Force; such a disk
/// stays as it is.
#[derive(Action)]
#[action(
    ecs, write, reply = Empty,
    raises(
        RequiredParameterMissing, ParameterMalformed, SnapshotNotFound, SnapshotUsedByImage, SnapshotUsedByDisk
    )
)]
pub struct DeleteSnapshot {
    /// ID of the snapshot.
    #[param(required)]
    snapshot_id: SnapshotId,
    /// Whether a snapshot that a disk was made from may go.
    #[param(default = false)]
    force: bool,
}

impl Run for DeleteSnapshot {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let snapshot = cx.snapshot(&self.snapshot_id)?;
        if cx.makes_images(&snapshot.id)? {
            return Err(SnapshotUsedByImage.about("SnapshotId"));
        }
        if !self.force && cx.fills_disks(&snapshot.id)? {
            return Err(SnapshotUsedByDisk.about("SnapshotId"));
        }
        cx.forget_snapshot(&snapshot)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a finished one", one_accomplished, "SnapshotId=$s"),
    Case::ok("one that is being taken", one_progressing, "SnapshotId=$s"),
    Case::ok("although a disk was made from it", one_that_fills_a_disk, "SnapshotId=$s&Force=true"),
    Case::ok("after the image that named it", of_image_deleted, "SnapshotId=$s"),
    Case::err("no id", one_accomplished, "", &RequiredParameterMissing),
    Case::err("a flag that is none", one_accomplished, "SnapshotId=$s&Force=perhaps", &ParameterMalformed),
    Case::err("an unknown id", one_accomplished, "SnapshotId=s-bp1doesnotexist00001", &SnapshotNotFound),
    Case::err(
        "a region it is not in",
        one_accomplished,
        "SnapshotId=$s&RegionId=cn-beijing",
        &SnapshotNotFound,
    ),
    Case::err("an image names it", of_image, "SnapshotId=$s", &SnapshotUsedByImage),
    Case::err("an image names it, by force", of_image, "SnapshotId=$s&Force=true", &SnapshotUsedByImage),
    Case::err("a disk was made from it", one_that_fills_a_disk, "SnapshotId=$s", &SnapshotUsedByDisk),
];
