//! DetachDisk.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::disk::attach_disk::check_settled;
use crate::ecs::disk::given::{
    another_on_its_way, one_free_beside, one_stopping, one_with_fixed_disk_running,
};
use crate::ecs::disk::record::{Disk, DiskKind, DiskStatus};
use crate::ecs::instance::given::{one_locked, one_running};
use crate::ecs::instance::record::{Instance, POST_PAID, Status};
use crate::errors::{
    ApiError, CategoryTakesNoSnapshot, ChangeInProgress, DiskIsSystemDisk, DiskNotAttachedHere, DiskNotFound,
    DiskStatusWrong, InstanceLocked, InstanceNotFound, InstanceStatusWrong, ParameterMalformed,
    RequiredParameterMissing,
};
use crate::ids::{DiskId, InstanceId};
use crate::spec::Run;

/// Detaches a data disk from its instance.
///
/// The disk is `Detaching` for a while and then `Available`; DescribeDisks tells. Until then nothing else is attached to
/// or detached from the instance.
#[derive(Action)]
#[action(
    ecs, write, reply = Empty,
    raises(
        RequiredParameterMissing, ParameterMalformed, InstanceNotFound, DiskNotFound, InstanceLocked,
        InstanceStatusWrong, DiskNotAttachedHere, DiskIsSystemDisk, CategoryTakesNoSnapshot, DiskStatusWrong,
        ChangeInProgress
    )
)]
pub struct DetachDisk {
    /// ID of the instance, which is Running or Stopped.
    #[param(required)]
    instance_id: InstanceId,
    /// ID of the disk.
    #[param(required)]
    disk_id: DiskId,
    /// Whether the disk, attached again, goes when its instance goes.
    delete_with_instance: Option<bool>,
}

impl Run for DetachDisk {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let instance = cx.instance(&self.instance_id)?;
        let mut disk = cx.disk(&self.disk_id)?;
        instance.check_changeable(&[Status::Running, Status::Stopped])?;
        check(&disk, &instance)?;
        check_settled(&cx.disks_of(&instance.id)?)?;
        disk.delete_with_instance = self.delete_with_instance.unwrap_or(disk.delete_with_instance);
        // A disk outlives the subscription it was bought with.
        disk.charge_type = POST_PAID.to_owned();
        disk.begin(DiskStatus::Detaching, cx)?;
        cx.put(&disk)?;
        Ok(Empty)
    }
}

/// The instance has the disk, and can let it go.
fn check(disk: &Disk, instance: &Instance) -> Result<(), ApiError> {
    if disk.attachment.as_ref().is_none_or(|attachment| attachment.instance != instance.id) {
        return Err(DiskNotAttachedHere.about("DiskId"));
    }
    if disk.kind == DiskKind::System {
        return Err(DiskIsSystemDisk.about("DiskId"));
    }
    if !disk.portable {
        return Err(CategoryTakesNoSnapshot.about("DiskId"));
    }
    if disk.status == DiskStatus::InUse { Ok(()) } else { Err(DiskStatusWrong.about("DiskId")) }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a data disk", one_running, "InstanceId=$i&DiskId=$data"),
    Case::ok(
        "to go with its next instance",
        one_running,
        "InstanceId=$i&DiskId=$data&DeleteWithInstance=true",
    ),
    Case::err("no disk", one_running, "InstanceId=$i", &RequiredParameterMissing),
    Case::err(
        "a flag that is none",
        one_running,
        "InstanceId=$i&DiskId=$data&DeleteWithInstance=perhaps",
        &ParameterMalformed,
    ),
    Case::err(
        "an unknown instance",
        one_running,
        "InstanceId=i-bp1doesnotexist0001&DiskId=$data",
        &InstanceNotFound,
    ),
    Case::err("an unknown disk", one_running, "InstanceId=$i&DiskId=d-bp1doesnotexist0001", &DiskNotFound),
    Case::err("locked for security", one_locked, "InstanceId=$i&DiskId=$data", &InstanceLocked),
    Case::err("it is stopping", one_stopping, "InstanceId=$i&DiskId=$data", &InstanceStatusWrong),
    Case::err("a free disk", one_free_beside, "InstanceId=$i&DiskId=$d", &DiskNotAttachedHere),
    Case::err("the system disk", one_running, "InstanceId=$i&DiskId=$system", &DiskIsSystemDisk),
    Case::err(
        "a disk that cannot move",
        one_with_fixed_disk_running,
        "InstanceId=$i&DiskId=$data",
        &CategoryTakesNoSnapshot,
    ),
    Case::err("a disk on its way", another_on_its_way, "InstanceId=$i&DiskId=$e", &DiskStatusWrong),
    Case::err("another is on its way", another_on_its_way, "InstanceId=$i&DiskId=$data", &ChangeInProgress),
];
