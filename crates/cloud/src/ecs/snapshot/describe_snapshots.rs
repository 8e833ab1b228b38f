//! DescribeSnapshots.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::filters::{FilterParam, Filters};
use crate::ecs::snapshot::given::{of_image, one_accomplished, one_beside_an_imported, one_progressing};
use crate::ecs::snapshot::record::Snapshot;
use crate::ecs::snapshot::shape::SnapshotItem;
use crate::errors::{ApiError, DryRunPassed, ParameterMalformed, RegionNotFound, RequiredParameterMissing};
use crate::ids::{DiskId, InstanceId, ResourceGroupId};
use crate::names::is_like;
use crate::paging::{LISTED, PageInfo, Paging, page_of};
use crate::param::JsonList;
use crate::spec::Run;
use crate::tags::{self, TagParam};

/// The word that stands for every value of a condition.
const ALL: &str = "all";

/// Lists the snapshots of a region, the newest first, imported ones included.
///
/// Conditions narrow the list down; a snapshot must meet all of them. Ids of snapshots that do not exist are no error: they
/// just find nothing.
#[derive(Action)]
#[action(
    ecs, read, region, dry_run = DryRunPassed, reply = SnapshotList,
    raises(RequiredParameterMissing, RegionNotFound, ParameterMalformed, DryRunPassed)
)]
pub struct DescribeSnapshots {
    /// IDs of snapshots, up to 100, as a JSON array.
    #[param(check = up_to_100)]
    snapshot_ids: Option<JsonList>,
    /// Only snapshots of the disks of this instance.
    instance_id: Option<InstanceId>,
    /// Only snapshots of this disk.
    disk_id: Option<DiskId>,
    /// Only snapshots of this chain.
    snapshot_link_id: Option<String>,
    /// Only snapshots of this name; `*` stands for any text.
    snapshot_name: Option<String>,
    /// Only snapshots in this status; `all` for every one.
    #[param(default = ALL.to_owned(), one_of("all", "progressing", "accomplished", "failed"))]
    status: String,
    /// Only snapshots that a policy made (there are none), or only those that were asked for.
    #[param(default = ALL.to_owned(), one_of("all", "auto", "user"))]
    snapshot_type: String,
    /// Only snapshots of system disks, or only of data disks.
    #[param(one_of("System", "Data", "system", "data"))]
    source_disk_type: Option<String>,
    /// Only snapshots that are kept like this.
    #[param(one_of("Standard", "Flash", "Archive", "standard", "flash", "archive"))]
    category: Option<String>,
    /// Only snapshots from which this was made.
    #[param(one_of("image", "disk", "image_disk", "none"))]
    usage: Option<String>,
    /// Only encrypted snapshots, or only the others.
    encrypted: Option<bool>,
    /// Only snapshots encrypted with this key.
    #[param(name = "KMSKeyId")]
    kms_key_id: Option<String>,
    /// Only snapshots of this resource group.
    resource_group_id: Option<ResourceGroupId>,
    /// Only snapshots with all of these tags.
    #[param(group, max_items = 20)]
    tag: Vec<TagParam>,
    /// Only snapshots of a time: the keys `CreationStartTime` and `CreationEndTime` take times such as
    /// `2026-01-01T00:00Z`.
    #[param(group, max_items = 10)]
    filter: Vec<FilterParam>,
    /// Which page.
    #[param(flatten)]
    paging: Paging,
}

/// A page of snapshots.
#[derive(Shape)]
pub struct SnapshotList {
    /// The snapshots.
    #[shape(list = "Snapshot")]
    snapshots: Vec<SnapshotItem>,
    /// Which page this is.
    #[shape(flatten)]
    page: PageInfo,
}

impl Run for DescribeSnapshots {
    fn run(self, cx: &mut Cx<'_>) -> Result<SnapshotList, ApiError> {
        let scope = Snapshot::scope_of(cx.account(), cx.region());
        let wanted = self.paging.wanted();
        let ids = self.snapshot_ids.as_ref().map(|list| list.0.clone()).filter(|ids| !ids.is_empty());
        let keys = ids.map(|ids| {
            ids.iter().map(|id| Snapshot::key_of(cx.account(), &id.as_str().into())).collect::<Vec<_>>()
        });
        let imported = cx.imported_snapshots(cx.region())?;
        let usage = self.usage.clone();
        let filters = self.filters(cx)?;
        let (page, info) = if imported.is_empty() && usage.is_none() {
            cx.filtered_page(scope, keys, &filters, &wanted)?
        } else {
            let mut all: Vec<Snapshot> = cx.tx.index_list(LISTED, &scope, 0, usize::MAX)?;
            all.extend(imported);
            all.retain(|snapshot| filters.pass(snapshot));
            page_of(with_usage(all, usage.as_deref(), cx)?, &wanted)
        };
        let mut snapshots = Vec::with_capacity(page.len());
        for snapshot in page {
            snapshots.push(SnapshotItem::of(snapshot, cx)?);
        }
        Ok(SnapshotList { snapshots, page: info })
    }
}

impl DescribeSnapshots {
    fn filters(self, cx: &Cx<'_>) -> Result<Filters<Snapshot>, ApiError> {
        let mut filters = Filters::<Snapshot>::new();
        filters.by(self.snapshot_ids.filter(|list| !list.0.is_empty()), |snapshot, JsonList(ids)| {
            ids.iter().any(|id| id == snapshot.id.as_str())
        });
        if let Some(instance) = &self.instance_id {
            let disks: Vec<DiskId> = cx.disks_of(instance)?.into_iter().map(|disk| disk.id).collect();
            filters.by(Some(disks), |snapshot, disks| disks.contains(&snapshot.disk));
        }
        filters.by(self.disk_id, |snapshot, id| snapshot.disk == *id);
        filters.by(self.snapshot_link_id, |snapshot, id| snapshot.link() == *id);
        filters.by(self.snapshot_name, |snapshot, pattern| is_like(&snapshot.name, pattern));
        filters.by(unless_all(self.status), |snapshot, status| match status.as_str() {
            "accomplished" => snapshot.ready_ms.is_none(),
            "progressing" => snapshot.ready_ms.is_some(),
            _ => false,
        });
        filters.by(unless_all(self.snapshot_type), |_, kind| kind == "user");
        filters.by(self.source_disk_type, |snapshot, kind| {
            kind.eq_ignore_ascii_case(snapshot.disk_kind.wire_name())
        });
        filters.by(self.category, |snapshot, category| {
            category.eq_ignore_ascii_case(if snapshot.archived { "archive" } else { "standard" })
        });
        filters.by(self.encrypted, |snapshot, wanted| snapshot.encrypted == *wanted);
        filters.by(self.kms_key_id, |snapshot, id| snapshot.kms_key_id == *id);
        filters.by(self.resource_group_id, |snapshot, id| snapshot.resource_group == *id);
        filters.by(Some(self.tag).filter(|tag| !tag.is_empty()), |snapshot, tag| {
            tags::matches(&snapshot.tags, tag)
        });
        filters.by_time(&self.filter, "Creation", |snapshot| Some(snapshot.created_ms))?;
        Ok(filters)
    }
}

/// Those of which this was made.
fn with_usage(all: Vec<Snapshot>, usage: Option<&str>, cx: &Cx<'_>) -> Result<Vec<Snapshot>, ApiError> {
    let Some(usage) = usage else { return Ok(all) };
    let mut left = vec![];
    for snapshot in all {
        if cx.usage_of(&snapshot.id)? == usage {
            left.push(snapshot);
        }
    }
    Ok(left)
}

fn up_to_100(list: &JsonList) -> bool {
    list.0.len() <= 100
}

fn unless_all(word: String) -> Option<String> {
    Some(word).filter(|word| word != ALL)
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("all of a region", one_accomplished, "RegionId=cn-hangzhou"),
    Case::ok("none", nothing, "RegionId=cn-hangzhou"),
    Case::ok(
        "one that is being taken",
        one_progressing,
        "RegionId=cn-hangzhou&Status=progressing&DiskId=$data",
    ),
    Case::ok("imported ones among them", one_beside_an_imported, "RegionId=cn-hangzhou&SourceDiskType=Data"),
    Case::ok("by id", one_beside_an_imported, "RegionId=cn-hangzhou&SnapshotIds=[\"s-imported\",\"s-none\"]"),
    Case::ok("a page by token", one_beside_an_imported, "RegionId=cn-hangzhou&MaxResults=1"),
    Case::ok("of an instance", one_accomplished, "RegionId=cn-hangzhou&InstanceId=$i&Usage=none"),
    Case::ok("of an image", of_image, "RegionId=cn-hangzhou&Usage=image&SourceDiskType=system"),
    Case::err("no region", nothing, "", &RequiredParameterMissing),
    Case::err("an unknown region", nothing, "RegionId=cn-atlantis", &RegionNotFound),
    Case::err("ids that are no array", nothing, "RegionId=cn-hangzhou&SnapshotIds=s-1", &ParameterMalformed),
    Case::err("an unknown status", nothing, "RegionId=cn-hangzhou&Status=lost", &ParameterMalformed),
    Case::err("a rehearsal", nothing, "RegionId=cn-hangzhou&DryRun=true", &DryRunPassed),
];
