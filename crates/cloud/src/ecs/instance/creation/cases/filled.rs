//! Requests for data disks that are filled from snapshots.

use serde_json::json;

use crate::case::Case;
use crate::ecs::instance::creation::given::{a_while, base, ephemeral, one_pending, plain, request, zone_b};
use crate::ecs::snapshot::given::{import, one_progressing};
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
            "DataDisk.1.SnapshotId=$s"
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
    )
    .after(a_while)
    .shown("DescribeSnapshots", "RegionId=cn-hangzhou", "\"Status\":\"progressing\""),
    Case::err("a snapshot from July 2013", based_old, from_snapshot!(), &SnapshotTooOld)
        .instead("DataDisk.1.SnapshotId=$young")
        .shown("DescribeSnapshots", "RegionId=cn-hangzhou", "2013-07-01"),
    Case::err("a snapshot of a system disk", based_system, from_snapshot!(), &SnapshotOfSystemDisk)
        .instead("DataDisk.1.SnapshotId&DataDisk.1.Size=20")
        .shown("DescribeSnapshots", "RegionId=cn-hangzhou", "\"SourceDiskType\":\"system\""),
    Case::err("an archived snapshot", based_archived, from_snapshot!(), &SnapshotArchived)
        .instead("DataDisk.1.SnapshotId&DataDisk.1.Size=20")
        .shown("DescribeSnapshots", "RegionId=cn-hangzhou", "\"Category\":\"archive\""),
    Case::err(
        "a local disk from a snapshot",
        ephemeral_snapshot,
        plain!(
            "SystemDisk.Category=ephemeral_ssd",
            "DataDisk.1.Category=ephemeral_ssd",
            "DataDisk.1.SnapshotId=$s"
        ),
        &CategoryTakesNoSnapshot,
    )
    .instead("DataDisk.1.SnapshotId&DataDisk.1.Size=100"),
    Case::err(
        "a disk smaller than its snapshot",
        based_snapshot,
        from_snapshot!("DataDisk.1.Size=50"),
        &DiskSmallerThanSnapshot,
    )
    .instead("DataDisk.1.Size=100")
    .shown(
        "DescribeSnapshots",
        "RegionId=cn-hangzhou&SnapshotIds=[\"$s\"]",
        "\"SourceDiskSize\":\"100\"",
    ),
    Case::err(
        "a snapshot larger than the category",
        large_in_zone_b,
        plain!("DataDisk.1.Category=cloud", "DataDisk.1.SnapshotId=$s"),
        &SnapshotTooLargeOrCategoryNotGranted,
    )
    .instead("DataDisk.1.SnapshotId&DataDisk.1.Size=2000")
    .shown(
        "DescribeSnapshots",
        "RegionId=cn-hangzhou&SnapshotIds=[\"$s\"]",
        "\"SourceDiskSize\":\"2500\"",
    ),
    Case::err(
        "a disk unlike its encrypted snapshot",
        based_encrypted,
        from_snapshot!("DataDisk.1.Encrypted=false"),
        &EncryptionDiffersFromSnapshot,
    )
    .instead("DataDisk.1.Encrypted")
    .shown("DescribeSnapshots", "RegionId=cn-hangzhou&SnapshotIds=[\"$s\"]", "\"Encrypted\":true"),
    Case::err(
        "a disk unlike its plain snapshot",
        based_snapshot,
        from_snapshot!("DataDisk.1.Encrypted=true"),
        &EncryptionDiffersFromSnapshot,
    )
    .instead("DataDisk.1.Encrypted"),
];

/// A finished snapshot `$s` of a new disk.
fn snapshot(story: &mut Story, disk: &str) {
    let request = format!("RegionId=cn-hangzhou&ZoneId=cn-hangzhou-h&DiskCategory=cloud_efficiency&{disk}");
    story.make("d", "CreateDisk", &request, "DiskId");
    a_while(story);
    story.make("s", "CreateSnapshot", "DiskId=$d", "SnapshotId");
    a_while(story);
}

fn based_snapshot(story: &mut Story) {
    base(story);
    snapshot(story, "Size=100");
}

fn based_old(story: &mut Story) {
    based_snapshot(story);
    story.bind("young", story.named("s").to_owned());
    import(story, "s-old", json!({ "creation_time": "2013-07-01T00:00:00Z" }));
    story.bind("s", "s-old");
}

fn based_system(story: &mut Story) {
    one_pending(story);
    a_while(story);
    story.make("d", "DescribeDisks", "RegionId=cn-hangzhou&InstanceId=$i", "Disks/Disk/0/DiskId");
    story.make("s", "CreateSnapshot", "DiskId=$d", "SnapshotId");
    a_while(story);
}

fn based_archived(story: &mut Story) {
    based_snapshot(story);
    story.pass_ms(14 * 24 * 60 * 60 * 1000);
    story.call("ModifySnapshotCategory", "SnapshotId=$s&Category=Archive");
}

fn based_encrypted(story: &mut Story) {
    base(story);
    snapshot(story, "Size=100&Encrypted=true");
}

fn ephemeral_snapshot(story: &mut Story) {
    ephemeral(story);
    snapshot(story, "Size=100");
}

fn large_in_zone_b(story: &mut Story) {
    zone_b(story);
    snapshot(story, "Size=2500");
}
