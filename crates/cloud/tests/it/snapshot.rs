//! Snapshots and the disks made from them.

use moyun_cloud::ecs::disk::given::snapshot;
use moyun_cloud::ecs::snapshot::given::{one_accomplished, one_progressing};
use moyun_cloud::story::Story;
use serde_json::json;

#[test]
fn a_disk_is_made_from_a_snapshot_once_that_is_finished() {
    let mut story = Story::begin();
    one_progressing(&mut story);
    let request = "RegionId=cn-hangzhou&ZoneId=cn-hangzhou-h&DiskCategory=cloud_efficiency&SnapshotId=$s";
    let refusal = story.try_call("CreateDisk", request).expect_err("it is not finished");
    assert_eq!(refusal.row.name, "SnapshotNotReady");
    story.pass_ms(5_000);
    story.make("d", "CreateDisk", request, "DiskId");
    let disk = story.call("DescribeDisks", "RegionId=cn-hangzhou&SnapshotId=$s")["Disks"]["Disk"][0].clone();
    assert_eq!(disk["DiskId"], story.named("d"));
    assert_eq!(disk["Size"], 40);
    assert_eq!(disk["Status"], "Available");
}

#[test]
fn an_imported_snapshot_counts_for_its_account_alone() {
    let mut story = Story::begin();
    snapshot(&mut story);
    story.patch("accounts/1000000000000002", json!({}));
    let request = "RegionId=cn-hangzhou&ZoneId=cn-hangzhou-h&DiskCategory=cloud_efficiency&SnapshotId=s-data";
    story.call("CreateDisk", request);
    story.act_as("1000000000000002");
    let refusal = story.try_call("CreateDisk", request).expect_err("it is another account's");
    assert_eq!(refusal.row.name, "SnapshotNotFound");
}

#[test]
fn block_storage_that_fails_takes_no_snapshot() {
    let mut story = Story::begin();
    one_accomplished(&mut story);
    story.patch("components/block-storage", json!({ "state": "failing" }));
    let before = story.dump();
    let refusal = story.try_call("CreateSnapshot", "DiskId=$data").expect_err("nothing can store it");
    assert_eq!((refusal.row.id, refusal.row.status), ("C046", 500));
    assert_eq!(story.dump(), before);
}
