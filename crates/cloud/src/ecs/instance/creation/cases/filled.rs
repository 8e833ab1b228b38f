//! Requests for data disks that are filled from snapshots.

use crate::case::Case;
use crate::ecs::disk::given::{
    archived_snapshot, encrypted_snapshot, large_snapshot, old_snapshot, snapshot, system_snapshot,
};
use crate::ecs::instance::creation::given::{base, ephemeral, plain, request, zone_b};
use crate::ecs::snapshot::given::one_progressing;
use crate::errors::{
    CategoryTakesNoSnapshot, DiskSmallerThanSnapshot, EncryptionDiffersFromSnapshot, SnapshotArchived,
    SnapshotNotReady, SnapshotOfSystemDisk, SnapshotTooLargeOrCategoryNotGranted, SnapshotTooOld,
};
use crate::story::Story;

/// A request with a data disk from the snapshot of these states.
macro_rules! from_snapshot {
    ($($more:literal),*) => {
        request!(
            "DataDisk.1.Category=cloud_efficiency",
            "DataDisk.1.SnapshotId=s-data"
            $(, $more)*
        )
    };
}

pub(super) const SHARED: &[Case] = &[
    Case::ok("a data disk from a snapshot", based_snapshot, from_snapshot!()),
    Case::ok("from an encrypted snapshot", based_encrypted, from_snapshot!("DataDisk.1.Size=120")),
    Case::err(
        "an unfinished snapshot",
        one_progressing,
        from_snapshot!("DataDisk.1.SnapshotId=$s"),
        &SnapshotNotReady,
    ),
    Case::err("a snapshot from July 2013", based_old, from_snapshot!(), &SnapshotTooOld),
    Case::err("a snapshot of a system disk", based_system, from_snapshot!(), &SnapshotOfSystemDisk),
    Case::err("an archived snapshot", based_archived, from_snapshot!(), &SnapshotArchived),
    Case::err(
        "a local disk from a snapshot",
        ephemeral_snapshot,
        plain!(
            "SystemDisk.Category=ephemeral_ssd",
            "DataDisk.1.Category=ephemeral_ssd",
            "DataDisk.1.SnapshotId=s-data"
        ),
        &CategoryTakesNoSnapshot,
    ),
    Case::err(
        "a disk smaller than its snapshot",
        based_snapshot,
        from_snapshot!("DataDisk.1.Size=50"),
        &DiskSmallerThanSnapshot,
    ),
    Case::err(
        "a snapshot larger than the category",
        large_in_zone_b,
        plain!("DataDisk.1.Category=cloud", "DataDisk.1.SnapshotId=s-data"),
        &SnapshotTooLargeOrCategoryNotGranted,
    ),
    Case::err(
        "a disk unlike its encrypted snapshot",
        based_encrypted,
        from_snapshot!("DataDisk.1.Encrypted=false"),
        &EncryptionDiffersFromSnapshot,
    ),
    Case::err(
        "a disk unlike its plain snapshot",
        based_snapshot,
        from_snapshot!("DataDisk.1.Encrypted=true"),
        &EncryptionDiffersFromSnapshot,
    ),
];

fn based_snapshot(story: &mut Story) {
    base(story);
    snapshot(story);
}

fn based_old(story: &mut Story) {
    base(story);
    old_snapshot(story);
}

fn based_system(story: &mut Story) {
    base(story);
    system_snapshot(story);
}

fn based_archived(story: &mut Story) {
    base(story);
    archived_snapshot(story);
}

fn based_encrypted(story: &mut Story) {
    base(story);
    encrypted_snapshot(story);
}

fn ephemeral_snapshot(story: &mut Story) {
    ephemeral(story);
    snapshot(story);
}

fn large_in_zone_b(story: &mut Story) {
    zone_b(story);
    large_snapshot(story);
}
