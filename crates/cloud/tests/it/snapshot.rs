//! Snapshots and the disks made from them.

use moyun_cloud::ecs::disk::given::snapshot;
use moyun_cloud::ecs::instance::given::{one_running, run};
use moyun_cloud::ecs::snapshot::given::{import, one_accomplished, one_beside_an_imported, one_progressing};
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

#[test]
fn a_snapshot_is_seen_to_progress_and_goes_when_its_days_are_over() {
    let mut story = Story::begin();
    one_progressing(&mut story);
    story.call("ModifySnapshotAttribute", "SnapshotId=$s&RetentionDays=2");
    story.pass_ms(2_500);
    let shown = |story: &mut Story| {
        let list = story.call("DescribeSnapshots", "RegionId=cn-hangzhou")["Snapshots"]["Snapshot"].clone();
        json!([list[0]["Status"], list[0]["Progress"], list[0]["SourceDiskSize"]])
    };
    assert_eq!(shown(&mut story), json!(["progressing", "50%", "40"]));
    story.pass_ms(2_500);
    assert_eq!(shown(&mut story), json!(["accomplished", "100%", "40"]));
    story.pass_ms(2 * 24 * 60 * 60 * 1000);
    assert_eq!(story.call("DescribeSnapshots", "RegionId=cn-hangzhou")["TotalCount"], 0);
}

#[test]
fn an_imported_snapshot_is_changed_and_deleted_like_any_other() {
    let mut story = Story::begin();
    one_beside_an_imported(&mut story);
    let names = |story: &mut Story| {
        let reply = story.call("DescribeSnapshots", "RegionId=cn-hangzhou");
        let list = reply["Snapshots"]["Snapshot"].as_array().cloned().unwrap_or_default();
        list.into_iter().map(|snapshot| snapshot["SnapshotName"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&mut story), ["nightly", ""]);
    story.call("ModifySnapshotAttribute", "SnapshotId=s-imported&SnapshotName=brought");
    assert_eq!(names(&mut story), ["nightly", "brought"]);
    story.call("ModifySnapshotCategory", "SnapshotId=s-imported&Category=Archive");
    let archived = story.call("DescribeSnapshots", "RegionId=cn-hangzhou&Category=Archive");
    assert_eq!(archived["Snapshots"]["Snapshot"][0]["SnapshotId"], "s-imported");
    story.call("DeleteSnapshot", "SnapshotId=s-imported");
    assert_eq!(names(&mut story), ["nightly"]);
}

#[test]
fn pages_by_token_show_each_snapshot_once() {
    let mut story = Story::begin();
    one_beside_an_imported(&mut story);
    let first = story.call("DescribeSnapshots", "RegionId=cn-hangzhou&MaxResults=1");
    let request =
        format!("RegionId=cn-hangzhou&MaxResults=1&NextToken={}", first["NextToken"].as_str().unwrap());
    let second = story.call("DescribeSnapshots", &request);
    assert_eq!(first["Snapshots"]["Snapshot"][0]["SnapshotId"], story.named("s"));
    assert_eq!(second["Snapshots"]["Snapshot"][0]["SnapshotId"], "s-imported");
    assert_eq!(second["NextToken"], "");
}

#[test]
fn a_data_disk_of_a_new_instance_follows_its_snapshot() {
    let mut story = Story::begin();
    one_running(&mut story);
    import(&mut story, "s-data", json!({ "encrypted": true }));
    run(&mut story, "j", "InstanceName=filled&DataDisk.1.Size=&DataDisk.1.SnapshotId=s-data");
    let request = "RegionId=cn-hangzhou&InstanceId=$j&DiskType=data";
    let disk = story.call("DescribeDisks", request)["Disks"]["Disk"][0].clone();
    let shown = [&disk["Size"], &disk["Encrypted"], &disk["SourceSnapshotId"]];
    assert_eq!(shown, [&json!(100), &json!(true), &json!("s-data")]);
    let used = story.call("DescribeSnapshots", "RegionId=cn-hangzhou&Usage=disk");
    assert_eq!(used["Snapshots"]["Snapshot"][0]["SnapshotId"], "s-data");
}

#[test]
fn a_copied_snapshot_fills_disks_in_its_region_and_resets_none() {
    let mut story = Story::begin();
    one_accomplished(&mut story);
    let request = "RegionId=cn-hangzhou&SnapshotId=$s&DestinationRegionId=cn-beijing&RetentionDays=1";
    story.make("copy", "CopySnapshot", request, "SnapshotId");
    let disk = "RegionId=cn-beijing&ZoneId=cn-beijing-h&DiskCategory=cloud_efficiency&SnapshotId=$copy";
    assert_eq!(story.try_call("CreateDisk", disk).unwrap_err().row.code, "InvalidSnapshotId.NotReady");
    story.pass_ms(10_000);
    story.call("CreateDisk", disk);
    let reset = story.try_call("ResetDisk", "DiskId=$data&SnapshotId=$copy").unwrap_err();
    assert_eq!(reset.row.code, "InvalidSnapshotId.NotFound");
    story.pass_ms(24 * 60 * 60 * 1000);
    assert_eq!(story.call("DescribeSnapshots", "RegionId=cn-beijing")["TotalCount"], 0);
    assert_eq!(story.call("DescribeSnapshots", "RegionId=cn-hangzhou")["TotalCount"], 1);
}
