//! In what CreateInstance and RunInstances differ.

use moyun_cloud::ecs::instance::creation::given::base;
use moyun_cloud::story::Story;
use serde_json::Value;

use crate::creation::{REQUEST, ids};

/// What both actions make of one request, each in a cloud of its own: the instances as they are when they are ready.
fn created_and_run(more: &str) -> [Vec<Value>; 2] {
    ["CreateInstance", "RunInstances"].map(|action| {
        let mut story = begin();
        story.call(action, &format!("{REQUEST}&{more}"));
        story.pass_ms(60_000);
        instances(&mut story)
    })
}

fn begin() -> Story {
    let mut story = Story::begin();
    base(&mut story);
    story
}

fn instances(story: &mut Story) -> Vec<Value> {
    let listed = story.call("DescribeInstances", "RegionId=cn-hangzhou");
    listed["Instances"]["Instance"].as_array().expect("a list").clone()
}

#[test]
fn only_run_instances_makes_several() {
    let [created, run] = created_and_run("Amount=3&MinAmount=2");
    assert_eq!((created.len(), run.len()), (1, 3));
    let mut story = begin();
    story.call("CreateInstance", &format!("{REQUEST}&Amount=three"));
    assert_eq!(instances(&mut story).len(), 1, "CreateInstance knows no Amount");
}

#[test]
fn only_run_instances_answers_a_list() {
    let mut story = begin();
    let run = story.call("RunInstances", REQUEST);
    assert!(ids(&run).len() == 1 && run.get("InstanceId").is_none(), "{run}");
    let created = story.call("CreateInstance", REQUEST);
    assert!(created["InstanceId"].is_string() && created.get("InstanceIdSets").is_none(), "{created}");
}

#[test]
fn only_run_instances_starts_what_it_makes() {
    let [created, run] = created_and_run("");
    assert_eq!(created[0]["Status"], "Stopped");
    assert_eq!(run[0]["Status"], "Running");
}

#[test]
fn only_run_instances_gives_a_public_address_and_the_other_allocates_it() {
    let mut story = begin();
    let made = story.call("CreateInstance", &format!("{REQUEST}&InternetMaxBandwidthOut=5"));
    story.bind("i", made["InstanceId"].as_str().expect("an id"));
    story.pass_ms(60_000);
    let address = |story: &mut Story| instances(story)[0]["PublicIpAddress"]["IpAddress"][0].clone();
    assert_eq!(address(&mut story), Value::Null);
    let allocated = story.call("AllocatePublicIpAddress", "InstanceId=$i");
    assert_eq!(address(&mut story), allocated["IpAddress"]);
    let [_, run] = created_and_run("InternetMaxBandwidthOut=5");
    assert!(run[0]["PublicIpAddress"]["IpAddress"][0].is_string());
}

#[test]
fn only_run_instances_releases_by_itself() {
    let [created, run] = created_and_run("AutoReleaseTime=2026-01-02T00:00:00Z");
    assert_eq!(created[0]["AutoReleaseTime"], "");
    assert_eq!(run[0]["AutoReleaseTime"], "2026-01-02T00:00Z");
}

#[test]
fn only_run_instances_adds_suffixes() {
    let [created, run] = created_and_run("InstanceName=web&HostName=host&UniqueSuffix=true");
    assert_eq!((&created[0]["InstanceName"], &created[0]["HostName"]), (&"web".into(), &"host".into()));
    assert_eq!((&run[0]["InstanceName"], &run[0]["HostName"]), (&"web001".into(), &"host001".into()));
}

#[test]
fn only_run_instances_looks_for_templates() {
    let request = format!("{REQUEST}&LaunchTemplateId=lt-bp1doesnotexist00001");
    let mut story = begin();
    let refusal = story.try_call("RunInstances", &request).expect_err("there is no template");
    assert_eq!(refusal.row.name, "LaunchTemplateNotFound");
    story.call("CreateInstance", &request);
}

#[test]
fn only_run_instances_leaves_an_order_unpaid() {
    let [created, run] = created_and_run("InstanceChargeType=PrePaid&Period=1&AutoPay=false");
    assert_eq!((created.len(), run.len()), (1, 0));
}
