//! Disks beside their instances.

use moyun_cloud::ecs::disk::given::{another_on_its_way, one_free_beside, reset_of_stopped};
use moyun_cloud::ecs::instance::given::{one_running, run, three_running};
use moyun_cloud::story::Story;
use serde_json::{Value, json};

#[test]
fn what_is_changed_is_shown_and_found() {
    let mut story = Story::begin();
    one_running(&mut story);
    story.call(
        "ModifyDiskAttribute",
        "DiskId=$data&DiskName=logs&Description=of the shop&DeleteWithInstance=true&DeleteAutoSnapshot=true\
         &EnableAutoSnapshot=false",
    );
    let disk = story.call("DescribeDisks", "RegionId=cn-hangzhou&DiskName=lo*")["Disks"]["Disk"][0].clone();
    assert_eq!(disk["DiskId"], story.named("data"));
    assert_eq!(disk["Description"], "of the shop");
    assert_eq!(disk["DeleteWithInstance"], true);
    assert_eq!(disk["DeleteAutoSnapshot"], true);
    assert_eq!(disk["EnableAutoSnapshot"], false);
    assert_eq!(ids(&mut story, "&DeleteAutoSnapshot=true"), json!([story.named("data")]));
    assert_eq!(ids(&mut story, "&EnableAutoSnapshot=true"), json!([story.named("system")]));
}

#[test]
fn a_disk_told_to_stay_outlives_its_instance() {
    let mut story = Story::begin();
    one_running(&mut story);
    story.call("ModifyDiskAttribute", "DiskIds.1=$system&DiskIds.2=$data&DeleteWithInstance=false");
    story.call("DeleteInstance", "InstanceId=$i&Force=true");
    let free = story.call("DescribeDisks", "RegionId=cn-hangzhou&Status=Available");
    assert_eq!(free["TotalCount"], 2);
    assert_eq!(free["Disks"]["Disk"][0]["DetachedTime"], "2026-01-01T00:00:30Z");
}

#[test]
fn a_larger_disk_is_faster_up_to_a_limit() {
    let mut story = Story::begin();
    one_running(&mut story);
    run(&mut story, "j", "DataDisk.1.Size=1000&DataDisk.1.Category=cloud_efficiency");
    let mut speeds = |instance: &str| {
        let request = format!("RegionId=cn-hangzhou&InstanceId={instance}&DiskType=data");
        let disk = story.call("DescribeDisks", &request)["Disks"]["Disk"][0].clone();
        (disk["IOPS"].clone(), disk["Throughput"].clone())
    };
    assert_eq!(speeds("$i"), (json!(2120), json!(106)));
    assert_eq!(speeds("$j"), (json!(5000), json!(140)));
}

#[test]
fn conditions_narrow_the_list_down() {
    let mut story = Story::begin();
    one_running(&mut story);
    let (system, data) = (json!([story.named("system")]), json!([story.named("data")]));
    for (filter, expected) in [
        ("&InstanceId=$i&DiskType=system", &system),
        ("&InstanceId=$i&DiskType=data", &data),
        ("&DeleteWithInstance=false", &data),
        ("&DiskIds=[\"$system\"]&Status=In_use&Portable=true&Encrypted=false", &system),
        ("&DiskType=data&Category=cloud_efficiency&ZoneId=cn-hangzhou-h", &data),
        ("&Status=Available", &json!([])),
        ("&Category=cloud_ssd", &json!([])),
        ("&InstanceId=i-bp1doesnotexist0001", &json!([])),
        ("&MultiAttach=Enabled", &json!([])),
        ("&EnableShared=true", &json!([])),
        ("&Filter.1.Key=CreationStartTime&Filter.1.Value=2026-01-02T00:00Z", &json!([])),
    ] {
        assert_eq!(ids(&mut story, filter), *expected, "{filter}");
    }
}

#[test]
fn pages_by_token_show_each_disk_once() {
    let mut story = Story::begin();
    three_running(&mut story);
    let mut seen = vec![];
    let mut token = String::new();
    loop {
        let request = format!("RegionId=cn-hangzhou&MaxResults=4&NextToken={token}");
        let reply = story.call("DescribeDisks", &request);
        seen.extend(ids_in(&reply).as_array().cloned().unwrap_or_default());
        token = reply["NextToken"].as_str().unwrap_or_default().to_owned();
        if token.is_empty() {
            break;
        }
    }
    assert_eq!(json!(seen), ids(&mut story, ""));
    assert_eq!(seen.len(), 6);
}

/// The ids that a list shows, in its order.
fn ids(story: &mut Story, filter: &str) -> Value {
    let reply = story.call("DescribeDisks", &format!("RegionId=cn-hangzhou{filter}"));
    ids_in(&reply)
}

fn ids_in(reply: &Value) -> Value {
    let list = reply["Disks"]["Disk"].as_array().cloned().unwrap_or_default();
    list.into_iter().map(|disk| disk["DiskId"].clone()).collect()
}

#[test]
fn a_disk_comes_and_goes_by_the_clock() {
    let mut story = Story::begin();
    one_free_beside(&mut story);
    story.call("AttachDisk", "InstanceId=$i&DiskId=$d");
    assert_eq!(state(&mut story, "$d"), json!(["Attaching", story.named("i"), "/dev/xvdc"]));
    story.pass_ms(999);
    assert_eq!(state(&mut story, "$d")[0], "Attaching");
    story.pass_ms(1);
    assert_eq!(state(&mut story, "$d")[0], "In_use");
    story.call("DetachDisk", "InstanceId=$i&DiskId=$d");
    assert_eq!(state(&mut story, "$d"), json!(["Detaching", story.named("i"), "/dev/xvdc"]));
    story.pass_ms(1_000);
    assert_eq!(state(&mut story, "$d"), json!(["Available", "", ""]));
    story.call("DeleteDisk", "DiskId=$d");
    assert_eq!(ids(&mut story, "&Status=Available"), json!([]));
}

#[test]
fn one_disk_of_an_instance_moves_at_a_time() {
    let mut story = Story::begin();
    another_on_its_way(&mut story);
    for action in ["AttachDisk", "DetachDisk"] {
        let disk = if action == "AttachDisk" { "$d" } else { "$data" };
        let request = format!("InstanceId=$i&DiskId={disk}");
        let refusal = story.try_call(action, &request).expect_err(action);
        assert_eq!(refusal.row.id, "C045");
    }
    story.pass_ms(1_000);
    story.call("AttachDisk", "InstanceId=$i&DiskId=$d");
}

#[test]
fn without_latency_a_disk_is_attached_at_once() {
    let mut story = Story::begin();
    one_free_beside(&mut story);
    story.patch("limits", json!({ "latency": { "attach_ms": 0 } }));
    story.call("AttachDisk", "InstanceId=$i&DiskId=$d");
    assert_eq!(state(&mut story, "$d")[0], "In_use");
    story.call("DetachDisk", "InstanceId=$i&DiskId=$d");
    assert_eq!(state(&mut story, "$d")[0], "Available");
}

#[test]
fn a_disk_on_its_way_survives_the_release_of_its_instance() {
    let mut story = Story::begin();
    another_on_its_way(&mut story);
    story.call("DeleteInstance", "InstanceId=$i&Force=true");
    assert_eq!(state(&mut story, "$e"), json!(["Available", "", ""]));
    story.pass_ms(10_000);
    assert_eq!(state(&mut story, "$e"), json!(["Available", "", ""]));
}

/// Status, instance and device of a disk.
fn state(story: &mut Story, id: &str) -> Value {
    let request = format!("RegionId=cn-hangzhou&DiskIds=[\"{id}\"]");
    let disk = story.call("DescribeDisks", &request)["Disks"]["Disk"][0].clone();
    json!([disk["Status"], disk["InstanceId"], disk["Device"]])
}

#[test]
fn a_disk_that_is_reset_is_away_for_a_moment() {
    let mut story = Story::begin();
    reset_of_stopped(&mut story);
    story.call("ResetDisk", "DiskId=$data&SnapshotId=$s");
    assert_eq!(state(&mut story, "$data")[0], "ReIniting");
    story.pass_ms(1_000);
    assert_eq!(state(&mut story, "$data"), json!(["In_use", story.named("i"), "/dev/xvdb"]));
}
