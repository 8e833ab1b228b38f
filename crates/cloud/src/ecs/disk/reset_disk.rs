//! ResetDisk.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::disk::given::{reset_of_free, reset_of_locked, reset_of_stopped, reset_of_unfinished};
use crate::ecs::disk::record::{Disk, DiskStatus};
use crate::ecs::instance::record::Status;
use crate::ecs::snapshot::given::one_accomplished;
use crate::errors::{
    ApiError, DiskNotFound, DiskStatusWrong, DryRunPassed, InstanceLocked, InstanceStatusWrong,
    RequiredParameterMissing, SnapshotNotFound, SnapshotNotReady,
};
use crate::ids::{DiskId, SnapshotId};
use crate::spec::Run;

/// Puts a disk back to what a snapshot of it holds.
///
/// The instance is Stopped. The disk is `ReIniting` for a while and then `In_use` again; what was written after the
/// snapshot is gone.
#[derive(Action)]
#[action(
    ecs, write, dry_run = DryRunPassed, reply = Empty,
    raises(
        RequiredParameterMissing, DiskNotFound, SnapshotNotFound, InstanceLocked, InstanceStatusWrong,
        DiskStatusWrong, SnapshotNotReady, DryRunPassed
    )
)]
pub struct ResetDisk {
    /// ID of the disk, which is In_use.
    #[param(required)]
    disk_id: DiskId,
    /// ID of a snapshot of this very disk.
    #[param(required)]
    snapshot_id: SnapshotId,
}

impl Run for ResetDisk {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let mut disk = cx.disk(&self.disk_id)?;
        let snapshot = cx.snapshot(&self.snapshot_id)?;
        if snapshot.disk != disk.id {
            return Err(SnapshotNotFound.about("SnapshotId"));
        }
        check_off(&disk, cx)?;
        snapshot.check_ready()?;
        disk.begin(DiskStatus::ReIniting, cx)?;
        cx.put(&disk)?;
        Ok(Empty)
    }
}

/// The disk lies still in an instance that is off.
pub(super) fn check_off(disk: &Disk, cx: &Cx<'_>) -> Result<(), ApiError> {
    if let Some(attachment) = &disk.attachment
        && let Some(instance) = cx.find_instance(&attachment.instance)?
    {
        instance.check_changeable(&[Status::Stopped])?;
    }
    if disk.status == DiskStatus::InUse { Ok(()) } else { Err(DiskStatusWrong.about("DiskId")) }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("of a stopped instance", reset_of_stopped, "DiskId=$data&SnapshotId=$s"),
    Case::err("no snapshot", reset_of_stopped, "DiskId=$data", &RequiredParameterMissing),
    Case::err(
        "an unknown disk",
        reset_of_stopped,
        "DiskId=d-bp1doesnotexist0001&SnapshotId=$s",
        &DiskNotFound,
    ),
    Case::err(
        "a snapshot of another disk",
        reset_of_stopped,
        "DiskId=$system&SnapshotId=$s",
        &SnapshotNotFound,
    ),
    Case::err("its instance is locked", reset_of_locked, "DiskId=$data&SnapshotId=$s", &InstanceLocked),
    Case::err("its instance runs", one_accomplished, "DiskId=$data&SnapshotId=$s", &InstanceStatusWrong),
    Case::err("a free disk", reset_of_free, "DiskId=$d&SnapshotId=$s", &DiskStatusWrong),
    Case::err("an unfinished snapshot", reset_of_unfinished, "DiskId=$data&SnapshotId=$s", &SnapshotNotReady),
    Case::err("a rehearsal", reset_of_stopped, "DiskId=$data&SnapshotId=$s&DryRun=true", &DryRunPassed),
];
