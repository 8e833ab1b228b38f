//! A snapshot as replies show it.

use moyun_derive::Shape;
use moyun_store::Fault;
use moyun_wire::timestamp;

use crate::cx::Cx;
use crate::ecs::snapshot::record::Snapshot;
use crate::ids::{DiskId, RegionId, ResourceGroupId, SnapshotId};
use crate::tags::{self, EcsTag};

/// A snapshot.
#[derive(Shape)]
pub struct SnapshotItem {
    /// ID.
    snapshot_id: SnapshotId,
    /// Name.
    snapshot_name: String,
    /// Description.
    description: String,
    /// Serial number.
    #[shape(name = "SnapshotSN")]
    snapshot_sn: String,
    /// The chain of all snapshots of its disk; empty for an imported one.
    snapshot_link_id: String,
    /// Region.
    region_id: RegionId,
    /// `progressing` or `accomplished`.
    status: &'static str,
    /// How far it is, such as `100%`.
    progress: String,
    /// In how many seconds it is finished.
    remain_time: i64,
    /// Whether disks can be made from it.
    available: bool,
    /// The disk that it was taken of; empty for an imported one.
    source_disk_id: DiskId,
    /// Size of that disk in GiB, as a text.
    source_disk_size: String,
    /// What that disk was for: `system` or `data`.
    source_disk_type: &'static str,
    /// `disk`: what it was taken of is a disk.
    source_storage_type: &'static str,
    /// Region of the snapshot that it was copied from; only of a copy.
    source_region_id: Option<RegionId>,
    /// The snapshot that it was copied from; only of a copy.
    source_snapshot_id: Option<SnapshotId>,
    /// `user`: it was asked for.
    snapshot_type: &'static str,
    /// `standard` or `archive`.
    category: &'static str,
    /// What was made from it: `image`, `disk`, `image_disk` for both, or `none`.
    usage: &'static str,
    /// Whether it is encrypted.
    encrypted: bool,
    /// The key that it is encrypted with; empty for the service's own.
    #[shape(name = "KMSKeyId")]
    kms_key_id: String,
    /// Product code of the marketplace that is on it; empty without one.
    product_code: String,
    /// Whether it can be used before it is finished.
    instant_access: bool,
    /// For how many days it is kept.
    retention_days: Option<i64>,
    /// When it was taken.
    creation_time: String,
    /// When it last changed.
    last_modified_time: String,
    /// Resource group.
    resource_group_id: ResourceGroupId,
    /// Tags.
    #[shape(list = "Tag")]
    tags: Vec<EcsTag>,
}

impl SnapshotItem {
    /// Shows a record.
    pub fn of(snapshot: Snapshot, cx: &Cx<'_>) -> Result<SnapshotItem, Fault> {
        let now_ms = cx.now_ms();
        let is_ready = snapshot.ready_ms.is_none();
        let product_code = match &snapshot.image {
            Some(image) => cx.product_code_of(image)?,
            None => String::new(),
        };
        let (source_region_id, source_snapshot_id) = snapshot.copy_of.clone().unzip();
        Ok(SnapshotItem {
            snapshot_sn: snapshot.id.as_str().trim_start_matches("s-").to_owned(),
            snapshot_link_id: snapshot.link(),
            status: if is_ready { "accomplished" } else { "progressing" },
            progress: format!("{}%", percent(snapshot.created_ms, snapshot.ready_ms, now_ms)),
            remain_time: seconds_left(snapshot.ready_ms, now_ms),
            available: is_ready && !snapshot.archived,
            source_disk_size: snapshot.size_gib.to_string(),
            source_disk_type: snapshot.disk_kind.wire_name(),
            source_storage_type: "disk",
            source_region_id,
            source_snapshot_id,
            snapshot_type: "user",
            category: if snapshot.archived { "archive" } else { "standard" },
            usage: cx.usage_of(&snapshot.id)?,
            encrypted: snapshot.encrypted,
            product_code,
            instant_access: false,
            creation_time: timestamp::to_second(snapshot.created_ms),
            last_modified_time: timestamp::to_second(snapshot.modified_ms),
            snapshot_id: snapshot.id,
            snapshot_name: snapshot.name,
            description: snapshot.description,
            region_id: snapshot.region,
            source_disk_id: snapshot.disk,
            kms_key_id: snapshot.kms_key_id,
            retention_days: snapshot.retention_days,
            resource_group_id: snapshot.resource_group,
            tags: tags::ecs(&snapshot.tags),
        })
    }
}

/// How much of the time that something takes is over; all of it once it is no longer due.
pub fn percent(begun_ms: i64, ready_ms: Option<i64>, now_ms: i64) -> i64 {
    let Some(ready_ms) = ready_ms else { return 100 };
    let (passed, whole) = (now_ms - begun_ms, (ready_ms - begun_ms).max(1));
    (passed.saturating_mul(100) / whole).clamp(0, 99)
}

/// In how many seconds it is over.
pub fn seconds_left(ready_ms: Option<i64>, now_ms: i64) -> i64 {
    ready_ms.map_or(0, |ready_ms| (ready_ms - now_ms).max(0) / 1000)
}
