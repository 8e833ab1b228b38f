//! System disks that begin anew or make way for others.

use moyun_cloud::ecs::instance::given::{one_stopped, subscribed_with};
use moyun_cloud::ecs::key_pair::given::one_key_pair;
use moyun_cloud::errors::DiskNotFound;
use moyun_cloud::story::Story;
use serde_json::{Value, json};

use crate::given::balance;

const UBUNTU: &str = "ubuntu_22_04_x64_20G_alibase_20230718.vhd";

#[test]
fn a_new_system_disk_takes_the_place_of_the_old_one() {
    let mut story = Story::begin();
    one_stopped(&mut story);
    one_key_pair(&mut story);
    let old = system_disk(&mut story);
    let request = format!("InstanceId=$i&ImageId={UBUNTU}&SystemDisk.Size=60&KeyPairName=login");
    story.make("new", "ReplaceSystemDisk", &request, "DiskId");
    let new = system_disk(&mut story);
    assert_eq!(new["DiskId"], story.named("new"));
    assert_eq!(
        (&new["Size"], &new["ImageId"], &new["Status"]),
        (&json!(60), &json!(UBUNTU), &json!("In_use"))
    );
    for kept in ["Category", "Device", "DiskChargeType", "DeleteWithInstance", "Tags"] {
        assert_eq!(new[kept], old[kept], "{kept}");
    }
    let refusal = story.try_call("ResizeDisk", "DiskId=$system&NewSize=90").unwrap_err();
    assert_eq!(refusal.row, &DiskNotFound);
    let instance = instance(&mut story);
    assert_eq!(instance["ImageId"], UBUNTU);
    assert_eq!(instance["KeyPairName"], "login");
    assert_eq!(instance["Status"], "Stopped");
    story.call("StartInstance", "InstanceId=$i");
}

#[test]
fn a_larger_system_disk_of_a_subscription_is_paid_for() {
    let mut story = Story::begin();
    subscribed_with(&mut story, "");
    story.call("StopInstance", "InstanceId=$i");
    story.pass_ms(10_000);
    let paid = |story: &mut Story, size: u32| {
        let before = balance(story).as_f64();
        let request = format!("InstanceId=$i&ImageId={UBUNTU}&SystemDisk.Size={size}");
        story.call("ReplaceSystemDisk", &request);
        before != balance(story).as_f64()
    };
    assert!(paid(&mut story, 100));
    assert!(!paid(&mut story, 100));
    assert!(!paid(&mut story, 50));
}

#[test]
fn a_disk_begins_anew_before_its_instance_starts() {
    let mut story = Story::begin();
    one_stopped(&mut story);
    one_key_pair(&mut story);
    story.call("ReInitDisk", "DiskId=$system&AutoStartInstance=true&KeyPairName=login");
    assert_eq!(instance(&mut story)["Status"], "Stopped");
    assert_eq!(system_disk(&mut story)["Status"], "ReIniting");
    story.pass_ms(1_000);
    assert_eq!(system_disk(&mut story)["Status"], "In_use");
    assert_eq!(instance(&mut story)["Status"], "Starting");
    story.pass_ms(10_000);
    assert_eq!(instance(&mut story)["Status"], "Running");
    assert_eq!(instance(&mut story)["KeyPairName"], "login");
}

fn instance(story: &mut Story) -> Value {
    story.call("DescribeInstances", "RegionId=cn-hangzhou")["Instances"]["Instance"][0].clone()
}

fn system_disk(story: &mut Story) -> Value {
    let request = "RegionId=cn-hangzhou&InstanceId=$i&DiskType=system";
    story.call("DescribeDisks", request)["Disks"]["Disk"][0].clone()
}
