//! CreateSnapshot.

use moyun_derive::{Action, Shape};

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::disk::given::{another_on_its_way, one_free, one_stopping, one_with_fixed_disk_running};
use crate::ecs::disk::record::{Disk, DiskStatus};
use crate::ecs::instance::given::{one_locked, one_running};
use crate::ecs::instance::record::Status;
use crate::ecs::snapshot::given::{one_full_of_snapshots, one_progressing};
use crate::ecs::snapshot::is_snapshot_name;
use crate::ecs::snapshot::record::Snapshot;
use crate::errors::{
    ApiError, CategoryTakesNoSnapshot, DiskBusyWithSnapshot, DiskNotFound, DiskStatusWrong, InstanceLocked,
    InstanceStatusWrong, ParameterMalformed, RequiredParameterMissing, ResourceDescriptionMalformed,
    SnapshotNameMalformed, SnapshotQuotaExceeded, TagKeyDuplicate, TagKeyMalformed, TagValueMalformed,
    TooManyTags,
};
use crate::ids::{DiskId, ResourceGroupId, SnapshotId};
use crate::names::is_description;
use crate::spec::Run;
use crate::tags::{self, TagParam};
use crate::vpc::given::too_many_tags;

/// Takes a snapshot of a disk.
///
/// The snapshot is `progressing` for a while and then `accomplished`; DescribeSnapshots tells. A disk has at most 256
/// snapshots, and one at a time is taken of it.
#[derive(Action)]
#[action(
    ecs, write, idempotent, reply = CreatedSnapshot,
    raises(
        RequiredParameterMissing, ParameterMalformed, SnapshotNameMalformed, ResourceDescriptionMalformed,
        TagKeyMalformed, TagValueMalformed, TagKeyDuplicate, TooManyTags, DiskNotFound, InstanceLocked,
        InstanceStatusWrong, CategoryTakesNoSnapshot, DiskStatusWrong, DiskBusyWithSnapshot,
        SnapshotQuotaExceeded
    )
)]
pub struct CreateSnapshot {
    /// ID of the disk, which is In_use or Available.
    #[param(required)]
    disk_id: DiskId,
    /// Name: 2 to 128 characters, first a letter, not beginning with `auto`.
    #[param(check = is_snapshot_name, row = SnapshotNameMalformed)]
    snapshot_name: Option<String>,
    /// Description: 2 to 256 characters that are no link.
    #[param(check = is_description, row = ResourceDescriptionMalformed)]
    description: Option<String>,
    /// For how many days the snapshot is kept; by default until it is deleted.
    #[param(range(1, 65536))]
    retention_days: Option<i64>,
    /// How the snapshot is kept at first.
    #[param(default = "Standard", one_of("Standard", "standard", "Flash", "flash"))]
    category: String,
    /// Whether the snapshot can be used at once; without effect.
    instant_access: Option<bool>,
    /// For how many days that is so; without effect.
    #[param(range(1, 65535))]
    instant_access_retention_days: Option<i64>,
    /// Where to keep the snapshot; without effect.
    storage_location_arn: Option<String>,
    /// Resource group of the snapshot.
    resource_group_id: Option<ResourceGroupId>,
    /// Tags of the snapshot, up to 20.
    #[param(group)]
    tag: Vec<TagParam>,
}

/// A new snapshot.
#[derive(Shape)]
pub struct CreatedSnapshot {
    /// ID of the snapshot.
    snapshot_id: SnapshotId,
}

impl Run for CreateSnapshot {
    fn run(self, cx: &mut Cx<'_>) -> Result<CreatedSnapshot, ApiError> {
        let _ = (&self.category, self.instant_access, self.instant_access_retention_days);
        let _ = &self.storage_location_arn;
        let tags = tags::read(&self.tag)?;
        let disk = cx.disk(&self.disk_id)?;
        check(&disk, cx)?;
        let snapshot = Snapshot {
            name: self.snapshot_name.unwrap_or_default(),
            description: self.description.unwrap_or_default(),
            retention_days: self.retention_days,
            resource_group: self.resource_group_id.unwrap_or_default(),
            tags,
            ..cx.begin_snapshot(disk)?
        };
        cx.put(&snapshot)?;
        Ok(CreatedSnapshot { snapshot_id: snapshot.id })
    }
}

/// A snapshot of the disk can be taken now.
fn check(disk: &Disk, cx: &Cx<'_>) -> Result<(), ApiError> {
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
    if cx.is_being_taken(disk)? {
        return Err(DiskBusyWithSnapshot.about("DiskId"));
    }
    cx.check_snapshot_quota(disk)
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "of a data disk",
        one_running,
        "DiskId=$data&SnapshotName=nightly&Description=of the shop&RetentionDays=30&Tag.1.Key=team&Tag.1.Value=a",
    ),
    Case::ok("of a free disk", one_free, "DiskId=$d"),
    Case::err("no disk", one_running, "", &RequiredParameterMissing),
    Case::err("no days at all", one_running, "DiskId=$data&RetentionDays=0", &ParameterMalformed),
    Case::err(
        "a name for automatic ones",
        one_running,
        "DiskId=$data&SnapshotName=auto2026",
        &SnapshotNameMalformed,
    ),
    Case::err(
        "a link for a description",
        one_running,
        "DiskId=$data&Description=http://a",
        &ResourceDescriptionMalformed,
    ),
    Case::err("a tag without key", one_running, "DiskId=$data&Tag.1.Value=a", &TagKeyMalformed),
    Case::err(
        "a link in a tag",
        one_running,
        "DiskId=$data&Tag.1.Key=a&Tag.1.Value=http://a",
        &TagValueMalformed,
    ),
    Case::err("one key twice", one_running, "DiskId=$data&Tag.1.Key=a&Tag.2.Key=a", &TagKeyDuplicate),
    Case::err("21 tags", one_running, concat!("DiskId=$data&", too_many_tags!()), &TooManyTags),
    Case::err("an unknown disk", one_running, "DiskId=d-bp1doesnotexist0001", &DiskNotFound),
    Case::err("its instance is locked", one_locked, "DiskId=$data", &InstanceLocked),
    Case::err("its instance is stopping", one_stopping, "DiskId=$data", &InstanceStatusWrong),
    Case::err("a local disk", one_with_fixed_disk_running, "DiskId=$data", &CategoryTakesNoSnapshot),
    Case::err("a disk on its way", another_on_its_way, "DiskId=$e", &DiskStatusWrong),
    Case::err("while another is taken", one_progressing, "DiskId=$data", &DiskBusyWithSnapshot),
    Case::err("the 257th", one_full_of_snapshots, "DiskId=$data", &SnapshotQuotaExceeded),
];
