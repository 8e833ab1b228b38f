//! States that cases and stories of snapshots begin with. The instance is that of
//! [`one_running`](crate::ecs::instance::given::one_running).

use serde_json::{Value, json};

use crate::ecs::image::given::one_image;
use crate::ecs::instance::creation::given::account;
use crate::ecs::instance::given::one_running;
use crate::ecs::snapshot::SNAPSHOTS_MAX;
use crate::story::Story;
use crate::world::DEFAULT_ACCOUNT;

/// Imports a finished snapshot of a data disk of 100 GiB, taken on 1 December 2025; `more` wins over that.
pub fn import(story: &mut Story, id: &str, more: Value) {
    let mut facts = json!({
        "account": DEFAULT_ACCOUNT, "region": "cn-hangzhou", "disk_kind": "data", "size": 100,
        "creation_time": "2025-12-01T00:00:00Z"
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        facts[name] = value.clone();
    }
    story.patch(&format!("snapshots/{id}"), facts);
}

/// A snapshot `$s` of the data disk `$data` that was just asked for.
pub fn one_progressing(story: &mut Story) {
    one_running(story);
    story.make("s", "CreateSnapshot", "DiskId=$data&SnapshotName=nightly", "SnapshotId");
}

/// The snapshot of [`one_progressing`], finished.
pub fn one_accomplished(story: &mut Story) {
    one_progressing(story);
    story.pass_ms(10_000);
}

/// The instance of [`one_running`](crate::ecs::instance::given::one_running), whose data disk has as many snapshots as
/// it may.
pub fn one_full_of_snapshots(story: &mut Story) {
    one_running(story);
    story.patch("limits", json!({ "latency": { "snapshot_ms": 0 } }));
    for _ in 0..SNAPSHOTS_MAX {
        story.call("CreateSnapshot", "DiskId=$data");
    }
}

/// The snapshot of [`one_accomplished`] beside an imported one that is archived, `s-archived`.
pub fn one_beside_archived(story: &mut Story) {
    one_accomplished(story);
    import(story, "s-archived", json!({ "category": "archive" }));
}

/// The snapshot of [`one_accomplished`], whose account has not opened the service of keys.
pub fn one_without_keys(story: &mut Story) {
    one_accomplished(story);
    account(story, json!({ "services": { "kms": "disabled" } }));
}

/// An image `$m` of `$i`, and the snapshot `$s` of the system disk that it names.
pub fn of_image(story: &mut Story) {
    one_image(story);
    let path = "Snapshots/Snapshot/0/SnapshotId";
    story.make("s", "DescribeSnapshots", "RegionId=cn-hangzhou&SourceDiskType=system", path);
}

/// The snapshot of [`of_image`] after the deletion of the image.
pub fn of_image_deleted(story: &mut Story) {
    of_image(story);
    story.call("DeleteImage", "RegionId=cn-hangzhou&ImageId=$m");
}

/// The finished snapshot `$s` of [`one_accomplished`], and a disk that was made from it.
pub fn one_that_fills_a_disk(story: &mut Story) {
    one_accomplished(story);
    let request = "RegionId=cn-hangzhou&ZoneId=cn-hangzhou-h&DiskCategory=cloud_efficiency&SnapshotId=$s";
    story.call("CreateDisk", request);
}

/// The snapshot of [`one_accomplished`], 14 days old.
pub fn one_of_14_days(story: &mut Story) {
    one_accomplished(story);
    story.pass_ms(14 * 24 * 60 * 60 * 1000);
}

/// The snapshot of [`one_accomplished`] beside an imported one.
pub fn one_beside_an_imported(story: &mut Story) {
    one_accomplished(story);
    import(story, "s-imported", json!({}));
}
