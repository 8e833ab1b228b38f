//! A disk as it is stored.

use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use serde::{Deserialize, Serialize};

use crate::catalog::disk_categories::{DiskCategory, DiskLimits, PerformanceLevel};
use crate::catalog::money::Money;
use crate::catalog::wares::Wares;
use crate::cx::Cx;
use crate::errors::{ApiError, DiskNotFound};
use crate::ids::{AccountId, DiskId, ImageId, InstanceId, RegionId, ResourceGroupId, SnapshotId, ZoneId};
use crate::paging::Listed;
use crate::tags::Tag;
use crate::world::Fact;

/// The index of disks by the instance that has them.
pub const BY_INSTANCE: u16 = 1;
/// The index of disks by the snapshot that they were made from.
pub const BY_SNAPSHOT: u16 = 2;

/// A disk.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Disk {
    /// Whose it is.
    pub account: AccountId,
    /// Its identifier.
    pub id: DiskId,
    /// Where it is.
    pub region: RegionId,
    /// The zone it is in.
    pub zone: ZoneId,
    /// Its name, perhaps empty.
    pub name: String,
    /// Its description, perhaps empty.
    pub description: String,
    /// Its category.
    pub category: DiskCategory,
    /// Its performance level, where the category has them.
    pub performance_level: Option<PerformanceLevel>,
    /// Its size.
    pub size_gib: u64,
    /// What it is for.
    pub kind: DiskKind,
    /// Where it is in its life.
    pub status: DiskStatus,
    /// When a status that passes by itself is over.
    #[serde(default)]
    pub settles_ms: Option<i64>,
    /// What it is attached to.
    pub attachment: Option<Attachment>,
    /// When it was last detached.
    #[serde(default)]
    pub detached_ms: Option<i64>,
    /// Whether it may be detached and attached elsewhere.
    pub portable: bool,
    /// Whether it goes when its instance goes.
    pub delete_with_instance: bool,
    /// Whether its automatic snapshots go when it goes.
    #[serde(default)]
    pub delete_auto_snapshot: bool,
    /// Whether an automatic snapshot policy may work on it.
    #[serde(default)]
    pub enable_auto_snapshot: bool,
    /// Whether it is encrypted.
    pub encrypted: bool,
    /// The key that it is encrypted with; empty for the service's own.
    pub kms_key_id: String,
    /// How it is paid.
    pub charge_type: String,
    /// When it was made.
    pub created_ms: i64,
    /// The image that a system disk, or a data disk of an image, was made from.
    pub image: Option<ImageId>,
    /// The snapshot that it was made from.
    pub snapshot: Option<SnapshotId>,
    /// The automatic snapshot policy that was asked for; empty for none.
    pub auto_snapshot_policy_id: String,
    /// The storage cluster that was asked for; empty for none.
    pub storage_cluster_id: String,
    /// The storage set that was asked for; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub storage_set_id: String,
    /// How many partitions the storage set has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage_set_partition_number: Option<i64>,
    /// The algorithm of the encryption that was asked for; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub encrypt_algorithm: String,
    /// The provisioned IOPS of cloud_auto.
    pub provisioned_iops: Option<i64>,
    /// Whether cloud_auto may burst.
    pub bursting_enabled: bool,
    /// The resource group it belongs to.
    pub resource_group: ResourceGroupId,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// What a disk is attached to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The instance.
    pub instance: InstanceId,
    /// The device, such as `/dev/xvda`.
    pub device: String,
    /// Since when.
    pub attached_ms: i64,
}

/// What a disk is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DiskKind {
    /// It holds the operating system.
    System,
    /// It holds data.
    Data,
}

impl DiskKind {
    /// The word on the wire.
    pub fn wire_name(self) -> &'static str {
        match self {
            DiskKind::System => "system",
            DiskKind::Data => "data",
        }
    }
}

/// Where a disk is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DiskStatus {
    /// It is being made.
    Creating,
    /// It is attached to nothing.
    Available,
    /// It is being attached.
    Attaching,
    /// It is attached.
    InUse,
    /// It is being detached.
    Detaching,
    /// It is being made anew.
    ReIniting,
}

impl DiskStatus {
    /// The word on the wire.
    pub fn wire_name(self) -> &'static str {
        match self {
            DiskStatus::Creating => "Creating",
            DiskStatus::Available => "Available",
            DiskStatus::Attaching => "Attaching",
            DiskStatus::InUse => "In_use",
            DiskStatus::Detaching => "Detaching",
            DiskStatus::ReIniting => "ReIniting",
        }
    }
}

impl Record for Disk {
    const TABLE: Table = Table { id: 121, name: "disk" };
    fn key(&self) -> Key {
        Disk::key_of(&self.account, &self.id)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn counted_in(&self) -> Option<Key> {
        Some(self.scope())
    }
    fn counted_beside(&self) -> Vec<Key> {
        let is_portable = self.portable && self.kind == DiskKind::Data;
        is_portable.then(|| Disk::portable_scope(&self.account, &self.region)).into_iter().collect()
    }
    fn index(&self) -> Vec<IndexRow> {
        // In the order of devices, so that the system disk comes first.
        let by_instance = self.attachment.iter().map(|attachment| IndexRow {
            index: BY_INSTANCE,
            key: Disk::attached_to(&self.account, &attachment.instance).text(&attachment.device),
        });
        let by_snapshot = self
            .snapshot
            .iter()
            .map(|snapshot| IndexRow { index: BY_SNAPSHOT, key: Disk::made_from(&self.account, snapshot) });
        [self.listed()].into_iter().chain(by_instance).chain(by_snapshot).collect()
    }
    fn due(&self) -> Option<i64> {
        self.settles_ms
    }
}

impl Listed for Disk {
    fn scope(&self) -> Key {
        Disk::scope_of(&self.account, &self.region)
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
}

impl Disk {
    /// What its category and level allow.
    pub fn limits<'w>(&self, wares: &'w Wares) -> &'w DiskLimits {
        wares.disks.limits(self.category, self.performance_level)
    }

    /// What an hour of it costs.
    pub fn hour(&self, wares: &Wares) -> Money {
        self.limits(wares).hour(self.size_gib)
    }

    /// The primary key of a disk.
    pub fn key_of(account: &AccountId, id: &DiskId) -> Key {
        Key::new().text(account).text(id)
    }

    /// Where the disks of an account in a region are listed and counted.
    pub fn scope_of(account: &AccountId, region: &RegionId) -> Key {
        Key::new().text(account).text(region)
    }

    /// Where the portable data disks of an account in a region are counted.
    pub fn portable_scope(account: &AccountId, region: &RegionId) -> Key {
        Key::new().text("portable").text(account).text(region)
    }

    /// Where the disks of an instance stand in [`BY_INSTANCE`].
    pub fn attached_to(account: &AccountId, instance: &InstanceId) -> Key {
        Key::new().text(account).text(instance)
    }

    /// Where the disks that were made from a snapshot stand in [`BY_SNAPSHOT`].
    pub fn made_from(account: &AccountId, snapshot: &SnapshotId) -> Key {
        Key::new().text(account).text(snapshot)
    }

    /// Takes a status that passes by itself.
    pub fn begin(&mut self, status: DiskStatus, cx: &Cx<'_>) -> Result<(), Fault> {
        let lasts_ms = i64::try_from(Fact::limits(&cx.tx)?.latency.attach_ms).unwrap_or(i64::MAX);
        self.status = status;
        self.settles_ms = Some(cx.now_ms().saturating_add(lasts_ms));
        if lasts_ms == 0 {
            self.settle(cx.now_ms());
        }
        Ok(())
    }

    /// Takes the status that follows by itself.
    fn settle(&mut self, now_ms: i64) {
        self.settles_ms = None;
        if self.status == DiskStatus::Detaching {
            self.attachment = None;
            self.detached_ms = Some(now_ms);
        }
        self.status = if self.attachment.is_some() { DiskStatus::InUse } else { DiskStatus::Available };
    }

    /// What happens when a disk falls due.
    pub(crate) fn fall_due(cx: &mut Cx<'_>, key: &Key) -> Result<(), Fault> {
        let Some(mut disk) = cx.find::<Disk>(key)? else { return Ok(()) };
        disk.settle(cx.now_ms());
        cx.put(&disk)
    }
}

impl Cx<'_> {
    /// The caller's disk of this id, in the region of the call if it names one; refused when there is none.
    pub fn disk(&self, id: &DiskId) -> Result<Disk, ApiError> {
        let found = self.find::<Disk>(&Disk::key_of(self.account(), id))?;
        self.in_region(found, |disk| &disk.region).ok_or_else(|| DiskNotFound.about("DiskId"))
    }

    /// The disks of an instance of the caller, the system disk first.
    pub fn disks_of(&self, instance: &InstanceId) -> Result<Vec<Disk>, Fault> {
        self.tx.index_list(BY_INSTANCE, &Disk::attached_to(self.account(), instance), 0, usize::MAX)
    }
}
