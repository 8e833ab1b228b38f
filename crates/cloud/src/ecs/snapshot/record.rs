//! A snapshot as it is stored, or as the operator imported it.

use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use serde::{Deserialize, Serialize};

use crate::catalog::snapshots::{self, SnapshotCategory, SnapshotFacts};
use crate::cx::Cx;
use crate::ecs::disk::record::{BY_SNAPSHOT, Disk, DiskKind};
use crate::ecs::snapshot::SNAPSHOTS_MAX;
use crate::errors::{
    ApiError, ErrorRow, SnapshotArchived, SnapshotNotFound, SnapshotNotReady, SnapshotOfSystemDisk,
    SnapshotQuotaExceeded, SnapshotTooOld,
};
use crate::ids::{AccountId, DiskId, ImageId, RegionId, ResourceGroupId, SnapshotId};
use crate::paging::Listed;
use crate::tags::Tag;
use crate::world::Fact;

/// Characters of the ID of a snapshot after its prefix.
const ID_LENGTH: usize = 20;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// 15 July 2013: older snapshots become no disks.
const USABLE_SINCE_MS: i64 = 1_373_846_400_000;

/// A snapshot. Texts that are not known are empty.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Snapshot {
    /// Whose it is.
    pub account: AccountId,
    /// Its identifier.
    pub id: SnapshotId,
    /// Where it is.
    pub region: RegionId,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: String,
    /// The disk that it was taken of; empty for an imported one.
    pub disk: DiskId,
    /// Where the snapshot is that it was copied from, and which it is; None unless it is a copy.
    #[serde(default)]
    pub copy_of: Option<(RegionId, SnapshotId)>,
    /// What that disk was for.
    pub disk_kind: DiskKind,
    /// Size of that disk.
    pub size_gib: u64,
    /// The image that the system on it comes from; None for a data disk, and where nobody knows.
    #[serde(default)]
    pub image: Option<ImageId>,
    /// Whether it is encrypted.
    pub encrypted: bool,
    /// The key that it is encrypted with; empty for the service's own.
    pub kms_key_id: String,
    /// When it was taken.
    pub created_ms: i64,
    /// When it last changed.
    pub modified_ms: i64,
    /// When it will be finished; None once it is.
    pub ready_ms: Option<i64>,
    /// Whether it is archived.
    pub archived: bool,
    /// For how many days it is kept; None for ever.
    pub retention_days: Option<i64>,
    /// The resource group it belongs to.
    pub resource_group: ResourceGroupId,
    /// Its tags.
    pub tags: Vec<Tag>,
}

impl Record for Snapshot {
    const TABLE: Table = Table { id: 123, name: "snapshot" };
    fn key(&self) -> Key {
        Snapshot::key_of(&self.account, &self.id)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn counted_in(&self) -> Option<Key> {
        Some(self.scope())
    }
    fn counted_beside(&self) -> Vec<Key> {
        let mut scopes = vec![Snapshot::disk_scope(&self.account, &self.disk)];
        if self.ready_ms.is_some() {
            scopes.push(Snapshot::unfinished_scope(&self.account, &self.disk));
        }
        scopes
    }
    fn index(&self) -> Vec<IndexRow> {
        vec![self.listed()]
    }
    fn due(&self) -> Option<i64> {
        let at_ms = [self.ready_ms, self.ends_ms()].into_iter().flatten().min()?;
        Some(at_ms)
    }
}

impl Listed for Snapshot {
    fn scope(&self) -> Key {
        Snapshot::scope_of(&self.account, &self.region)
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
}

impl Snapshot {
    /// The primary key of a snapshot.
    pub fn key_of(account: &AccountId, id: &SnapshotId) -> Key {
        Key::new().text(account).text(id)
    }

    /// Where the snapshots of an account in a region are listed and counted.
    pub fn scope_of(account: &AccountId, region: &RegionId) -> Key {
        Key::new().text(account).text(region)
    }

    /// Where the snapshots of a disk are counted.
    pub fn disk_scope(account: &AccountId, disk: &DiskId) -> Key {
        Key::new().text("disk").text(account).text(disk)
    }

    /// Where the snapshots of a disk that are not finished are counted.
    pub fn unfinished_scope(account: &AccountId, disk: &DiskId) -> Key {
        Key::new().text("unfinished").text(account).text(disk)
    }

    /// An imported snapshot.
    pub fn imported(id: SnapshotId, facts: SnapshotFacts) -> Snapshot {
        let created_ms = facts.creation_time.unix_seconds() * 1000;
        Snapshot {
            account: AccountId(facts.account),
            id,
            region: RegionId(facts.region),
            name: String::new(),
            description: String::new(),
            disk: DiskId::default(),
            copy_of: None,
            disk_kind: match facts.disk_kind {
                snapshots::DiskKind::System => DiskKind::System,
                snapshots::DiskKind::Data => DiskKind::Data,
            },
            size_gib: u64::from(facts.size),
            image: None,
            encrypted: facts.encrypted,
            kms_key_id: String::new(),
            created_ms,
            modified_ms: created_ms,
            ready_ms: None,
            archived: facts.category == SnapshotCategory::Archive,
            retention_days: None,
            resource_group: ResourceGroupId::default(),
            tags: vec![],
        }
    }

    /// A snapshot of a disk that is begun now and not stored yet; `lasts_ms` is how long it takes.
    fn begun(disk: Disk, id: SnapshotId, now_ms: i64, lasts_ms: i64) -> Snapshot {
        Snapshot {
            account: disk.account,
            id,
            region: disk.region,
            name: String::new(),
            description: String::new(),
            disk: disk.id,
            copy_of: None,
            disk_kind: disk.kind,
            size_gib: disk.size_gib,
            image: disk.image.filter(|_| disk.kind == DiskKind::System),
            encrypted: disk.encrypted,
            kms_key_id: disk.kms_key_id,
            created_ms: now_ms,
            modified_ms: now_ms,
            ready_ms: (lasts_ms > 0).then(|| now_ms.saturating_add(lasts_ms)),
            archived: false,
            retention_days: None,
            resource_group: ResourceGroupId::default(),
            tags: vec![],
        }
    }

    /// The chain that all snapshots of its disk belong to; empty for an imported one.
    pub fn link(&self) -> String {
        self.disk.as_str().strip_prefix("d-").map(|rest| format!("sl-{rest}")).unwrap_or_default()
    }

    /// When it is released by itself.
    pub fn ends_ms(&self) -> Option<i64> {
        Some(self.created_ms.saturating_add(self.retention_days?.saturating_mul(DAY_MS)))
    }

    /// Its age in whole days.
    pub fn age_days(&self, now_ms: i64) -> i64 {
        (now_ms - self.created_ms).div_euclid(DAY_MS)
    }

    /// Refuses to fill a disk as long as it is not finished.
    pub fn check_ready(&self) -> Result<(), &'static ErrorRow> {
        if self.ready_ms.is_some() { Err(&SnapshotNotReady) } else { Ok(()) }
    }

    /// Refuses to fill a disk if it is too old for that.
    pub fn check_age(&self) -> Result<(), &'static ErrorRow> {
        if self.created_ms < USABLE_SINCE_MS { Err(&SnapshotTooOld) } else { Ok(()) }
    }

    /// Refuses to fill a data disk if it was taken of a system disk.
    pub fn check_kind(&self) -> Result<(), &'static ErrorRow> {
        if self.disk_kind == DiskKind::System { Err(&SnapshotOfSystemDisk) } else { Ok(()) }
    }

    /// Refuses to fill a disk while it is archived.
    pub fn check_kept(&self) -> Result<(), &'static ErrorRow> {
        if self.archived { Err(&SnapshotArchived) } else { Ok(()) }
    }

    /// What happens when a snapshot falls due: it is finished, or its time is over.
    pub(crate) fn fall_due(cx: &mut Cx<'_>, key: &Key) -> Result<(), Fault> {
        let Some(mut snapshot) = cx.find::<Snapshot>(key)? else { return Ok(()) };
        if snapshot.ends_ms().is_some_and(|ends_ms| ends_ms <= cx.now_ms()) {
            if !cx.makes_images(&snapshot.id)? {
                return cx.forget_snapshot(&snapshot);
            }
            // What an image needs stays until somebody deletes it.
            snapshot.retention_days = None;
        }
        snapshot.ready_ms = snapshot.ready_ms.filter(|ready_ms| *ready_ms > cx.now_ms());
        snapshot.modified_ms = cx.now_ms();
        cx.put(&snapshot)
    }
}

impl Cx<'_> {
    /// The caller's snapshot of this id, taken or imported, in the region of the call if it names one.
    pub fn find_snapshot(&self, id: &SnapshotId) -> Result<Option<Snapshot>, Fault> {
        let found = match self.find::<Snapshot>(&Snapshot::key_of(self.account(), id))? {
            Some(taken) => Some(taken),
            None => self.imported_snapshot(id)?.map(|facts| Snapshot::imported(id.clone(), facts)),
        };
        Ok(self.in_region(found, |snapshot| &snapshot.region))
    }

    /// The same, refused when there is none.
    pub fn snapshot(&self, id: &SnapshotId) -> Result<Snapshot, ApiError> {
        self.find_snapshot(id)?.ok_or_else(|| SnapshotNotFound.about("SnapshotId"))
    }

    /// A snapshot of a disk, begun now; the caller completes and stores it.
    pub fn begin_snapshot(&mut self, disk: Disk) -> Result<Snapshot, Fault> {
        let lasts_ms = self.snapshot_lasts_ms()?;
        let id = SnapshotId(self.new_id("s", &disk.region, ID_LENGTH));
        Ok(Snapshot::begun(disk, id, self.now_ms(), lasts_ms))
    }

    /// A copy of a snapshot in a region, begun now; the caller completes and stores it. It belongs to no disk.
    pub fn begin_snapshot_copy(&mut self, source: Snapshot, region: &RegionId) -> Result<Snapshot, Fault> {
        let (now_ms, lasts_ms) = (self.now_ms(), self.snapshot_lasts_ms()?);
        Ok(Snapshot {
            id: SnapshotId(self.new_id("s", region, ID_LENGTH)),
            region: region.clone(),
            name: String::new(),
            description: String::new(),
            disk: DiskId::default(),
            copy_of: Some((source.region, source.id)),
            created_ms: now_ms,
            modified_ms: now_ms,
            ready_ms: (lasts_ms > 0).then(|| now_ms.saturating_add(lasts_ms)),
            retention_days: None,
            resource_group: ResourceGroupId::default(),
            tags: vec![],
            ..source
        })
    }

    fn snapshot_lasts_ms(&self) -> Result<i64, Fault> {
        Ok(i64::try_from(Fact::limits(&self.tx)?.latency.snapshot_ms).unwrap_or(i64::MAX))
    }

    /// Whether a snapshot of a disk is being taken.
    pub fn is_being_taken(&self, disk: &Disk) -> Result<bool, Fault> {
        Ok(self.tx.count::<Snapshot>(&Snapshot::unfinished_scope(&disk.account, &disk.id))? > 0)
    }

    /// Refuses one snapshot more than a disk may have.
    pub fn check_snapshot_quota(&self, disk: &Disk) -> Result<(), ApiError> {
        let scope = Snapshot::disk_scope(&disk.account, &disk.id);
        match self.tx.count::<Snapshot>(&scope)? < SNAPSHOTS_MAX {
            true => Ok(()),
            false => Err(SnapshotQuotaExceeded.about("DiskId")),
        }
    }

    /// What was made from a snapshot of the caller, in the word of the wire.
    pub fn usage_of(&self, snapshot: &SnapshotId) -> Result<&'static str, Fault> {
        Ok(match (self.makes_images(snapshot)?, self.fills_disks(snapshot)?) {
            (true, true) => "image_disk",
            (true, false) => "image",
            (false, true) => "disk",
            (false, false) => "none",
        })
    }

    /// Removes a snapshot of the caller, also from the imported ones.
    pub fn forget_snapshot(&mut self, snapshot: &Snapshot) -> Result<(), Fault> {
        if self.imported_snapshot(&snapshot.id)?.is_some() {
            self.tx.delete::<Fact<SnapshotFacts>>(&Key::new().text(&snapshot.id))?;
        }
        self.delete(snapshot)
    }

    /// The imported snapshots of the caller in a region.
    pub fn imported_snapshots(&self, region: &RegionId) -> Result<Vec<Snapshot>, Fault> {
        let mut imported = vec![];
        for Fact { name, facts } in Fact::<SnapshotFacts>::all(&self.tx)? {
            let snapshot = Snapshot::imported(SnapshotId(name), facts);
            let is_here = snapshot.account == *self.account() && snapshot.region == *region;
            // Once it was changed, it is kept like any other.
            if is_here && self.find::<Snapshot>(&snapshot.key())?.is_none() {
                imported.push(snapshot);
            }
        }
        Ok(imported)
    }

    /// Whether a disk of the caller was made from a snapshot.
    pub fn fills_disks(&self, snapshot: &SnapshotId) -> Result<bool, Fault> {
        let made = Disk::made_from(self.account(), snapshot);
        Ok(!self.tx.index_keys::<Disk>(BY_SNAPSHOT, &made, 0, 1)?.is_empty())
    }

    fn imported_snapshot(&self, id: &SnapshotId) -> Result<Option<SnapshotFacts>, Fault> {
        let facts = Fact::<SnapshotFacts>::find(&self.tx, id.as_str())?;
        Ok(facts.filter(|facts| facts.account == self.account().as_str()))
    }
}
