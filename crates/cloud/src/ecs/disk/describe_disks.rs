//! DescribeDisks.

use moyun_derive::{Action, Shape};
use moyun_store::Key;

use crate::case::{Case, nothing};
use crate::catalog::disk_categories::{DiskCategory, PerformanceLevel};
use crate::cx::Cx;
use crate::ecs::disk::record::{BY_INSTANCE, Disk};
use crate::ecs::disk::shape::DiskItem;
use crate::ecs::filters::{FilterParam, Filters};
use crate::ecs::instance::given::{one_released, one_running};
use crate::errors::{ApiError, DryRunPassed, ParameterMalformed, RegionNotFound, RequiredParameterMissing};
use crate::ids::{InstanceId, ResourceGroupId, SnapshotId, ZoneId};
use crate::names::is_like;
use crate::paging::{PageInfo, Paging};
use crate::param::JsonList;
use crate::spec::Run;
use crate::tags::{self, TagParam};

/// The word that stands for every value of a condition.
const ALL: &str = "all";

/// Lists the disks of a region, the newest first, attached or not.
///
/// Conditions narrow the list down; a disk must meet all of them. Ids of disks that do not exist are no error: they
/// just find nothing.
#[derive(Action)]
#[action(
    ecs, read, region, dry_run = DryRunPassed, reply = DiskList,
    raises(RequiredParameterMissing, RegionNotFound, ParameterMalformed, DryRunPassed)
)]
pub struct DescribeDisks {
    /// IDs of disks, up to 100, as a JSON array.
    #[param(check = up_to_100)]
    disk_ids: Option<JsonList>,
    /// Only disks of this instance.
    instance_id: Option<InstanceId>,
    /// Only disks in this zone.
    zone_id: Option<ZoneId>,
    /// Only system disks, or only data disks.
    #[param(default = ALL.to_owned(), one_of("all", "system", "data"))]
    disk_type: String,
    /// Only disks of this category; `all` for every one.
    #[param(default = ALL.to_owned(), check = is_category)]
    category: String,
    /// Only ESSDs of this performance level.
    #[param(one_of("PL0", "PL1", "PL2", "PL3"))]
    performance_level: Option<String>,
    /// Only disks in this status; `All` for every one.
    #[param(
        default = "All".to_owned(),
        one_of("All", "In_use", "Available", "Attaching", "Detaching", "Creating", "ReIniting")
    )]
    status: String,
    /// Only disks of this name; `*` stands for any text.
    disk_name: Option<String>,
    /// Only disks paid in this way.
    #[param(one_of("PrePaid", "PostPaid"))]
    disk_charge_type: Option<String>,
    /// Only disks that can be detached, or only those that cannot.
    portable: Option<bool>,
    /// Only disks that go with their instance, or only those that stay.
    delete_with_instance: Option<bool>,
    /// Only disks whose automatic snapshots go with them, or only the others.
    delete_auto_snapshot: Option<bool>,
    /// Only disks on which an automatic snapshot policy may work, or only the others.
    enable_auto_snapshot: Option<bool>,
    /// Only disks on which an automatic snapshot policy works, or only the others.
    enable_automated_snapshot_policy: Option<bool>,
    /// Only disks on which this automatic snapshot policy works.
    auto_snapshot_policy_id: Option<String>,
    /// Only encrypted disks, or only the others.
    encrypted: Option<bool>,
    /// Only disks encrypted with this key.
    #[param(name = "KMSKeyId")]
    kms_key_id: Option<String>,
    /// Only disks made from this snapshot.
    snapshot_id: Option<SnapshotId>,
    /// Only disks locked for this reason; none is.
    lock_reason: Option<String>,
    /// Only disks that several instances may have (`Enabled`; none is), or only the others.
    #[param(one_of("Enabled", "Disabled", "LegacyShared"))]
    multi_attach: Option<String>,
    /// The same, in the way of old clients.
    enable_shared: Option<bool>,
    /// Only disks of this resource group.
    resource_group_id: Option<ResourceGroupId>,
    /// Only disks with all of these tags.
    #[param(group, max_items = 20)]
    tag: Vec<TagParam>,
    /// Only disks of a time: the keys `CreationStartTime` and `CreationEndTime` take times such as
    /// `2026-01-01T00:00Z`.
    #[param(group, max_items = 10)]
    filter: Vec<FilterParam>,
    /// What to show besides; without effect.
    additional_attributes: Vec<String>,
    /// Which page.
    #[param(flatten)]
    paging: Paging,
}

/// A page of disks.
#[derive(Shape)]
pub struct DiskList {
    /// The disks.
    #[shape(list = "Disk")]
    disks: Vec<DiskItem>,
    /// Which page this is.
    #[shape(flatten)]
    page: PageInfo,
}

impl Run for DescribeDisks {
    fn run(self, cx: &mut Cx<'_>) -> Result<DiskList, ApiError> {
        let _ = &self.additional_attributes;
        let scope = Disk::scope_of(cx.account(), cx.region());
        let wanted = self.paging.wanted();
        let keys = self.keys(cx)?;
        let (page, info) = cx.filtered_page(scope, keys, &self.filters()?, &wanted)?;
        Ok(DiskList { disks: page.into_iter().map(DiskItem::of).collect(), page: info })
    }
}

impl DescribeDisks {
    /// The keys of all disks that can be meant, where an index or the request itself knows them.
    fn keys(&self, cx: &Cx<'_>) -> Result<Option<Vec<Key>>, ApiError> {
        if let Some(JsonList(ids)) = self.disk_ids.as_ref().filter(|ids| !ids.0.is_empty()) {
            let key = |id: &String| Disk::key_of(cx.account(), &id.as_str().into());
            return Ok(Some(ids.iter().map(key).collect()));
        }
        let Some(instance) = &self.instance_id else { return Ok(None) };
        let prefix = Disk::attached_to(cx.account(), instance);
        Ok(Some(cx.tx.index_keys::<Disk>(BY_INSTANCE, &prefix, 0, usize::MAX)?))
    }

    fn filters(self) -> Result<Filters<Disk>, ApiError> {
        let mut filters = Filters::<Disk>::new();
        filters.by(self.instance_id, |disk, id| {
            disk.attachment.as_ref().is_some_and(|attachment| attachment.instance == *id)
        });
        filters.by(self.zone_id, |disk, zone| disk.zone == *zone);
        filters.by(unless_all(self.disk_type), |disk, kind| disk.kind.wire_name() == kind);
        filters.by(DiskCategory::find(&self.category), |disk, category| disk.category == *category);
        filters.by(self.performance_level.as_deref().and_then(PerformanceLevel::find), |disk, level| {
            disk.performance_level == Some(*level)
        });
        filters.by(unless_all(self.status), |disk, status| disk.status.wire_name() == status);
        filters.by(self.disk_name, |disk, pattern| is_like(&disk.name, pattern));
        filters.by(self.disk_charge_type, |disk, kind| disk.charge_type == *kind);
        filters.by(self.portable, |disk, wanted| disk.portable == *wanted);
        filters.by(self.delete_with_instance, |disk, wanted| disk.delete_with_instance == *wanted);
        filters.by(self.delete_auto_snapshot, |disk, wanted| disk.delete_auto_snapshot == *wanted);
        filters.by(self.enable_auto_snapshot, |disk, wanted| disk.enable_auto_snapshot == *wanted);
        filters.by(self.enable_automated_snapshot_policy, |disk, wanted| {
            disk.auto_snapshot_policy_id.is_empty() != *wanted
        });
        filters.by(self.auto_snapshot_policy_id, |disk, id| disk.auto_snapshot_policy_id == *id);
        filters.by(self.encrypted, |disk, wanted| disk.encrypted == *wanted);
        filters.by(self.kms_key_id, |disk, id| disk.kms_key_id == *id);
        filters.by(self.snapshot_id, |disk, id| disk.snapshot.as_ref() == Some(id));
        filters.by(self.lock_reason, |_, _| false);
        filters.by(self.multi_attach.filter(|wanted| wanted != "Disabled"), |_, _| false);
        filters.by(self.enable_shared.filter(|wanted| *wanted), |_, _| false);
        filters.by(self.resource_group_id, |disk, id| disk.resource_group == *id);
        filters.by(Some(self.tag).filter(|tag| !tag.is_empty()), |disk, tag| tags::matches(&disk.tags, tag));
        filters.by_time(&self.filter, "Creation", |disk| Some(disk.created_ms))?;
        Ok(filters)
    }
}

fn up_to_100(list: &JsonList) -> bool {
    list.0.len() <= 100
}

fn is_category(name: &String) -> bool {
    name == ALL || DiskCategory::find(name).is_some()
}

fn unless_all(word: String) -> Option<String> {
    Some(word).filter(|word| !word.eq_ignore_ascii_case(ALL))
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("all of a region", one_running, "RegionId=cn-hangzhou"),
    Case::ok("none", nothing, "RegionId=cn-hangzhou"),
    Case::ok("by id", one_running, "RegionId=cn-hangzhou&DiskIds=[\"$data\",\"d-bp1doesnotexist0001\"]"),
    Case::ok(
        "the system disk of an instance",
        one_running,
        "RegionId=cn-hangzhou&InstanceId=$i&DiskType=system",
    ),
    Case::ok("a page by token", one_running, "RegionId=cn-hangzhou&MaxResults=1"),
    Case::ok("free ones", one_released, "RegionId=cn-hangzhou&Status=Available&Category=cloud_efficiency"),
    Case::err("no region", nothing, "", &RequiredParameterMissing),
    Case::err("an unknown region", nothing, "RegionId=cn-atlantis", &RegionNotFound),
    Case::err("ids that are no array", nothing, "RegionId=cn-hangzhou&DiskIds=d-1", &ParameterMalformed),
    Case::err("an unknown category", nothing, "RegionId=cn-hangzhou&Category=floppy", &ParameterMalformed),
    Case::err("a rehearsal", nothing, "RegionId=cn-hangzhou&DryRun=true", &DryRunPassed),
];
