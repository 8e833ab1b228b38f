//! What a new image is made of: the disks of an instance, or snapshots.

use moyun_store::Fault;

use crate::catalog::images::DataDiskMapping;
use crate::cx::Cx;
use crate::ecs::disk::record::{Disk, DiskKind, DiskStatus};
use crate::ecs::image::shelf::{self, ImageEntry};
use crate::ecs::instance::record::Instance;
use crate::ecs::snapshot::record::Snapshot;
use crate::errors::{
    ApiError, DiskStatusWrong, ImageDeviceMalformed, ImageDeviceTaken, ImageDiskBusyWithSnapshot,
    ImageDiskSizeUnsupported, ImageOfLocalDisk, ImageSnapshotNotAllowed, ImageSnapshotNotReady,
    ImageSnapshotOfDataDisk, ImageSnapshotTooOld, ImageWithTwoSystemDisks, ImageWithoutSystemDisk,
    SnapshotNotFound,
};
use crate::ids::{RegionId, SnapshotId};

/// The device of the system disk.
pub(super) const SYSTEM_DEVICE: &str = "/dev/xvda";

/// Size of an empty disk that has none, in GiB.
const EMPTY_GIB: u64 = 5;

/// A disk of a new image, as a request wants it.
pub(super) struct WantedDisk {
    pub(super) device: Option<String>,
    pub(super) size_gib: Option<u64>,
    pub(super) snapshot: Option<SnapshotId>,
    pub(super) kind: Option<DiskKind>,
}

impl WantedDisk {
    /// The system disk of a snapshot, as it was.
    pub(super) fn system(snapshot: SnapshotId) -> WantedDisk {
        WantedDisk { device: None, size_gib: None, snapshot: Some(snapshot), kind: Some(DiskKind::System) }
    }
}

/// What a new image is made of.
pub(super) struct Source {
    /// The image that its system comes from.
    origin: ImageEntry,
    system: SourceDisk,
    data: Vec<SourceDisk>,
}

/// A disk that becomes one of an image.
struct SourceDisk {
    mapping: DataDiskMapping,
    /// The disk of which a snapshot is to be taken, where there is none yet.
    live: Option<Disk>,
}

/// The disks of a new image, each with its snapshot.
pub(super) struct Filled {
    /// The image that its system comes from.
    pub(super) origin: ImageEntry,
    /// The system disk.
    pub(super) system: DataDiskMapping,
    /// The data disks.
    pub(super) data: Vec<DataDiskMapping>,
}

impl Source {
    /// The cloud disks of an instance. Local disks stay with their host.
    pub(super) fn of_instance(instance: &Instance, cx: &Cx<'_>) -> Result<Source, ApiError> {
        let origin = shelf::origin(cx, &instance.image)?
            .ok_or_else(|| Fault::new("an instance is of an image that the world has lost"))?;
        let mut system = None;
        let mut data = vec![];
        for disk in cx.disks_of(&instance.id)? {
            if disk.kind == DiskKind::System && !disk.portable {
                return Err(ImageOfLocalDisk.about("InstanceId"));
            }
            if !disk.portable {
                continue;
            }
            check_disk(&disk, cx)?;
            match disk.kind {
                DiskKind::System => system = Some(SourceDisk::of(disk)),
                DiskKind::Data => data.push(SourceDisk::of(disk)),
            }
        }
        let system = system.ok_or_else(|| Fault::new("an instance has no system disk"))?;
        Ok(Source { origin, system, data })
    }

    /// Disks from snapshots, and empty ones; `unknown` says what their system is if nobody knows.
    pub(super) fn of_snapshots(
        wanted: Vec<WantedDisk>,
        cx: &Cx<'_>,
        unknown: impl FnOnce() -> ImageEntry,
    ) -> Result<Source, ApiError> {
        let mut disks = Vec::with_capacity(wanted.len());
        for disk in wanted {
            let found = disk.snapshot.as_ref().map(|id| cx.find_snapshot(id)).transpose()?;
            let found = found.map(|found| found.ok_or_else(|| SnapshotNotFound.about("SnapshotId")));
            disks.push(FromSnapshot { source: found.transpose()?, wanted: disk });
        }
        for check in [FromSnapshot::ready, FromSnapshot::age, FromSnapshot::kind, FromSnapshot::size] {
            disks.iter().try_for_each(check)?;
        }
        let (system, data): (Vec<_>, Vec<_>) = disks.into_iter().partition(FromSnapshot::is_system);
        let system = match <[_; 1]>::try_from(system) {
            Ok([system]) => system,
            Err(none) if none.is_empty() => return Err(ImageWithoutSystemDisk.about("DiskDeviceMapping")),
            Err(_) => return Err(ImageWithTwoSystemDisks.about("DiskDeviceMapping")),
        };
        let devices = devices(&system, &data)?;
        let origin = match system.source.as_ref().and_then(|snapshot| snapshot.image.as_ref()) {
            Some(image) => shelf::origin(cx, image)?,
            None => None,
        };
        let mut data: Vec<_> = data.iter().zip(devices).map(|(disk, at)| disk.at(at)).collect();
        data.sort_by(|one, other| one.mapping.device.cmp(&other.mapping.device));
        Ok(Source {
            origin: origin.unwrap_or_else(unknown),
            system: system.at(SYSTEM_DEVICE.to_owned()),
            data,
        })
    }

    /// Takes the snapshots that are missing, for an image of this name.
    pub(super) fn fill(self, image_name: &str, cx: &mut Cx<'_>) -> Result<Filled, Fault> {
        let system = self.system.fill(image_name, cx)?;
        let data = self.data.into_iter().map(|disk| disk.fill(image_name, cx));
        Ok(Filled { system, data: data.collect::<Result<_, _>>()?, origin: self.origin })
    }
}

impl SourceDisk {
    fn of(disk: Disk) -> SourceDisk {
        let device = disk.attachment.as_ref().map(|attachment| attachment.device.clone());
        let mapping = DataDiskMapping {
            device: device.unwrap_or_default(),
            size: disk.size_gib,
            snapshot_id: None,
            encrypted: disk.encrypted,
        };
        SourceDisk { mapping, live: Some(disk) }
    }

    fn fill(self, image_name: &str, cx: &mut Cx<'_>) -> Result<DataDiskMapping, Fault> {
        let SourceDisk { mut mapping, live } = self;
        if let Some(disk) = live {
            let resource_group = disk.resource_group.clone();
            let snapshot =
                Snapshot { name: snapshot_name(image_name), resource_group, ..cx.begin_snapshot(disk)? };
            cx.put(&snapshot)?;
            mapping.snapshot_id = Some(snapshot.id.0);
        }
        Ok(mapping)
    }
}

/// A disk of an instance lies still, and one more snapshot of it can be taken.
fn check_disk(disk: &Disk, cx: &Cx<'_>) -> Result<(), ApiError> {
    if disk.status != DiskStatus::InUse {
        return Err(DiskStatusWrong.about("InstanceId"));
    }
    if cx.is_being_taken(disk)? {
        return Err(ImageDiskBusyWithSnapshot.about("InstanceId"));
    }
    cx.check_snapshot_quota(disk)
}

/// A wanted disk and its snapshot.
struct FromSnapshot {
    wanted: WantedDisk,
    source: Option<Snapshot>,
}

impl FromSnapshot {
    /// The snapshot is finished.
    fn ready(&self) -> Result<(), ApiError> {
        match self.source.as_ref().map(Snapshot::check_ready) {
            Some(Err(_)) => Err(ImageSnapshotNotReady.about("SnapshotId")),
            _ => Ok(()),
        }
    }

    /// The snapshot is not from before snapshots could become images.
    fn age(&self) -> Result<(), ApiError> {
        match self.source.as_ref().map(Snapshot::check_age) {
            Some(Err(_)) => Err(ImageSnapshotTooOld.about("SnapshotId")),
            _ => Ok(()),
        }
    }

    /// The snapshot is not archived, and fits what the disk is for.
    fn kind(&self) -> Result<(), ApiError> {
        let Some(source) = &self.source else { return Ok(()) };
        let is_system = source.disk_kind == DiskKind::System;
        if self.is_system() && !is_system {
            return Err(ImageSnapshotOfDataDisk.about("SnapshotId"));
        }
        match source.archived || is_system != self.is_system() {
            true => Err(ImageSnapshotNotAllowed.about("SnapshotId")),
            false => Ok(()),
        }
    }

    /// The disk holds the snapshot.
    fn size(&self) -> Result<(), ApiError> {
        match (&self.source, self.wanted.size_gib) {
            (Some(source), Some(size)) if size < source.size_gib => {
                Err(ImageDiskSizeUnsupported.about("DiskDeviceMapping.Size"))
            }
            _ => Ok(()),
        }
    }

    /// Whether it becomes the system disk, which is never empty.
    fn is_system(&self) -> bool {
        let kind = self.source.as_ref().map(|source| self.wanted.kind.unwrap_or(source.disk_kind));
        kind == Some(DiskKind::System)
    }

    fn at(&self, device: String) -> SourceDisk {
        let of_source = self.source.as_ref().map_or(EMPTY_GIB, |source| source.size_gib);
        let mapping = DataDiskMapping {
            device,
            size: self.wanted.size_gib.unwrap_or(of_source),
            snapshot_id: self.wanted.snapshot.as_ref().map(ToString::to_string),
            encrypted: self.source.as_ref().is_some_and(|source| source.encrypted),
        };
        SourceDisk { mapping, live: None }
    }
}

/// The devices of the data disks: those that are wanted, and the next free ones for the others.
fn devices(system: &FromSnapshot, data: &[FromSnapshot]) -> Result<Vec<String>, ApiError> {
    if system.wanted.device.as_ref().is_some_and(|device| device != SYSTEM_DEVICE) {
        return Err(ImageDeviceMalformed.about("DiskDeviceMapping.Device"));
    }
    let mut taken = vec![SYSTEM_DEVICE.to_owned()];
    for device in data.iter().filter_map(|disk| disk.wanted.device.as_ref()) {
        if taken.contains(device) {
            return Err(ImageDeviceTaken.about("DiskDeviceMapping.Device"));
        }
        taken.push(device.clone());
    }
    let mut free =
        ('b'..='z').map(|letter| format!("/dev/xvd{letter}")).filter(|device| !taken.contains(device));
    // 17 disks never use up 26 letters.
    Ok(data.iter().filter_map(|disk| disk.wanted.device.clone().or_else(|| free.next())).collect())
}

/// Whether a disk of an image can have this device.
#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
pub(super) fn is_device(device: &String) -> bool {
    let letter = device.strip_prefix("/dev/xvd").map(str::as_bytes);
    matches!(letter, Some([b'a'..=b'z']))
}

/// The disks of an image in a copy of it.
pub(super) struct CopiedDisks<'a> {
    /// Name of the copy.
    pub(super) name: &'a str,
    /// Where it is made.
    pub(super) region: &'a RegionId,
    /// Whether it is to be encrypted.
    pub(super) encrypted: bool,
}

impl CopiedDisks<'_> {
    /// A copy of the snapshot of a disk; None where the disk has none.
    pub(super) fn snapshot(
        &self,
        source: Option<&SnapshotId>,
        cx: &mut Cx<'_>,
    ) -> Result<Option<SnapshotId>, Fault> {
        let Some(source) = source.map(|id| cx.find_snapshot(id)).transpose()?.flatten() else {
            return Ok(None);
        };
        let encrypted = self.encrypted || source.encrypted;
        let copy = cx.begin_snapshot_copy(source, self.region)?;
        let copy = Snapshot { name: snapshot_name(self.name), encrypted, ..copy };
        cx.put(&copy)?;
        Ok(Some(copy.id))
    }
}

/// What a snapshot is called that was taken for an image.
fn snapshot_name(image_name: &str) -> String {
    format!("SnapshotForImage-{image_name}")
}
