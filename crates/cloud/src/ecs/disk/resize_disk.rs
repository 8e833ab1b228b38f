//! ResizeDisk.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::disk::given::{
    another_on_its_way, one_free, one_free_and_arrears, one_stopping, one_with_fixed_disk_running,
};
use crate::ecs::disk::record::{Disk, DiskKind, DiskStatus};
use crate::ecs::instance::given::{one_locked, one_running};
use crate::ecs::instance::record::Status;
use crate::ecs::snapshot::given::one_progressing;
use crate::ecs::snapshot::record::Snapshot;
use crate::errors::{
    AccountInArrears, ApiError, CategoryTakesNoSnapshot, DiskBusyWithSnapshot, DiskCannotShrink,
    DiskGrowsTooLarge, DiskNotFound, DiskStatusWrong, InstanceLocked, InstanceStatusWrong,
    ParameterMalformed, RequiredParameterMissing,
};
use crate::ids::DiskId;
use crate::spec::Run;
use crate::world::Fact;

/// Makes a disk larger.
///
/// The new size shows at once; a disk never becomes smaller.
#[derive(Action)]
#[action(
    ecs, write, idempotent, billable, reply = Empty,
    raises(
        AccountInArrears, RequiredParameterMissing, ParameterMalformed, DiskNotFound, InstanceLocked,
        InstanceStatusWrong, CategoryTakesNoSnapshot, DiskStatusWrong, DiskBusyWithSnapshot,
        DiskCannotShrink, DiskGrowsTooLarge
    )
)]
pub struct ResizeDisk {
    /// ID of the disk, which is In_use or Available.
    #[param(required)]
    disk_id: DiskId,
    /// Size in GiB, not below the present one and within the bounds of the category.
    #[param(required, range(1, 65536))]
    new_size: i64,
    /// Whether the guest sees the new size at once or after a restart; without effect.
    #[param(default = "offline", one_of("offline", "online"))]
    r#type: String,
}

impl Run for ResizeDisk {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let _ = &self.r#type;
        let mut disk = cx.disk(&self.disk_id)?;
        check_settled(&disk, cx)?;
        let wares = Fact::wares(&cx.tx)?;
        let limits = disk.limits(&wares);
        let bounds = if disk.kind == DiskKind::System { limits.system_gib } else { limits.data_gib };
        let new_size = u64::try_from(self.new_size).unwrap_or_default();
        if new_size < disk.size_gib {
            return Err(DiskCannotShrink.about("NewSize"));
        }
        if new_size > bounds.max {
            return Err(DiskGrowsTooLarge.about("NewSize"));
        }
        disk.size_gib = new_size;
        cx.put(&disk)?;
        Ok(Empty)
    }
}

/// Nothing happens to the disk or its instance that keeps it from becoming another.
pub(super) fn check_settled(disk: &Disk, cx: &Cx<'_>) -> Result<(), ApiError> {
    if let Some(attachment) = &disk.attachment
        && let Some(instance) = cx.find_instance(&attachment.instance)?
    {
        instance.check_changeable(&[Status::Running, Status::Stopped])?;
    }
    if !disk.portable {
        return Err(CategoryTakesNoSnapshot.about("DiskId"));
    }
    if !matches!(disk.status, DiskStatus::InUse | DiskStatus::Available) {
        return Err(DiskStatusWrong.about("DiskId"));
    }
    check_no_snapshot(disk, cx)
}

/// No snapshot of the disk is being taken.
pub(super) fn check_no_snapshot(disk: &Disk, cx: &Cx<'_>) -> Result<(), ApiError> {
    match cx.tx.count::<Snapshot>(&Snapshot::unfinished_scope(&disk.account, &disk.id))? {
        0 => Ok(()),
        _ => Err(DiskBusyWithSnapshot.about("DiskId")),
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a data disk", one_running, "DiskId=$data&NewSize=100&Type=online"),
    Case::ok("a free disk", one_free, "DiskId=$d&NewSize=50"),
    Case::err("the account owes money", one_free_and_arrears, "DiskId=$d&NewSize=50", &AccountInArrears),
    Case::err("no size", one_free, "DiskId=$d", &RequiredParameterMissing),
    Case::err("a size that is none", one_free, "DiskId=$d&NewSize=large", &ParameterMalformed),
    Case::err("an unknown disk", one_free, "DiskId=d-bp1doesnotexist0001&NewSize=50", &DiskNotFound),
    Case::err("its instance is locked", one_locked, "DiskId=$data&NewSize=100", &InstanceLocked),
    Case::err("its instance is stopping", one_stopping, "DiskId=$data&NewSize=100", &InstanceStatusWrong),
    Case::err(
        "a local disk",
        one_with_fixed_disk_running,
        "DiskId=$data&NewSize=200",
        &CategoryTakesNoSnapshot,
    ),
    Case::err("a disk on its way", another_on_its_way, "DiskId=$e&NewSize=50", &DiskStatusWrong),
    Case::err(
        "a snapshot is being taken",
        one_progressing,
        "DiskId=$data&NewSize=100",
        &DiskBusyWithSnapshot,
    ),
    Case::err("smaller than it is", one_running, "DiskId=$data&NewSize=30", &DiskCannotShrink),
    Case::err("above the maximum", one_running, "DiskId=$data&NewSize=40000", &DiskGrowsTooLarge),
];
