//! What type an instance becomes, what the zone has left then, and who pays.

use moyun_cloud::ecs::instance::given::{
    one_created, one_running, one_stopped, one_subscription, stopped_subscription,
};
use moyun_cloud::errors::DryRunPassed;
use moyun_cloud::story::Story;
use serde_json::{Value, json};

use crate::given::{balance, fact};

const ZONE: &str = "zones/cn-hangzhou-h";
const UPGRADE: &str = "RegionId=cn-hangzhou&InstanceId=$i&InstanceType=ecs.g5.xlarge";

#[test]
fn a_change_of_type_moves_one_unit_of_each() {
    let mut story = Story::begin();
    one_stopped(&mut story);
    story.patch(ZONE, json!({ "stock": { "ecs.g5.large": 3, "ecs.g5.xlarge": 1 } }));
    story.call("ModifyInstanceSpec", "InstanceId=$i&InstanceType=ecs.g5.xlarge");
    assert_eq!(stock(&story), [4, 0]);
    let instance = shown(&mut story);
    assert_eq!((&instance["InstanceType"], &instance["Cpu"]), (&json!("ecs.g5.xlarge"), &json!(4)));
    story.call("StartInstance", "InstanceId=$i");
}

#[test]
fn an_instance_stopped_without_charge_takes_its_new_unit_when_it_starts() {
    let mut story = Story::begin();
    one_running(&mut story);
    story.patch(ZONE, json!({ "stock": { "ecs.g5.large": 3, "ecs.g5.xlarge": 1 } }));
    story.call("StopInstance", "InstanceId=$i&StoppedMode=StopCharging");
    story.pass_ms(10_000);
    story.call("ModifyInstanceSpec", "InstanceId=$i&InstanceType=ecs.g5.xlarge");
    assert_eq!(stock(&story), [4, 1]);
    story.call("StartInstance", "InstanceId=$i");
    assert_eq!(stock(&story), [4, 0]);
}

#[test]
fn burstable_types_alone_have_credits() {
    let mut story = Story::begin();
    one_stopped(&mut story);
    for (target, credits) in [("ecs.t5-c1m2.large", "Standard"), ("ecs.g5.large", "")] {
        story.call("ModifyInstanceSpec", &format!("InstanceId=$i&InstanceType={target}"));
        assert_eq!(shown(&mut story)["CreditSpecification"], credits, "{target}");
    }
}

#[test]
fn bandwidth_changes_while_an_instance_runs() {
    let mut story = Story::begin();
    one_running(&mut story);
    story.call("ModifyInstanceSpec", "InstanceId=$i&InternetMaxBandwidthOut=20");
    let instance = shown(&mut story);
    assert_eq!(
        (&instance["InternetMaxBandwidthOut"], &instance["InternetMaxBandwidthIn"]),
        (&json!(20), &json!(20))
    );
}

#[test]
fn bandwidth_from_the_internet_follows_that_to_it_alone() {
    let mut story = Story::begin();
    one_created(&mut story);
    let mut change = |more: &str| {
        story.call("ModifyInstanceNetworkSpec", &format!("InstanceId=$i&{more}"));
        let instance = shown(&mut story);
        let has_address = instance["PublicIpAddress"]["IpAddress"] != json!([]);
        let numbers =
            ["InternetMaxBandwidthOut", "InternetMaxBandwidthIn"].map(|name| instance[name].clone());
        (numbers, instance["InternetChargeType"].clone(), has_address)
    };
    let (traffic, bandwidth) = (json!("PayByTraffic"), json!("PayByBandwidth"));
    assert_eq!(change("InternetMaxBandwidthOut=30"), ([json!(30), json!(30)], traffic, false));
    assert_eq!(
        change("NetworkChargeType=PayByBandwidth"),
        ([json!(30), json!(30)], bandwidth.clone(), false)
    );
    let allocated = change("InternetMaxBandwidthIn=50&AllocatePublicIp=true");
    assert_eq!(allocated, ([json!(30), json!(50)], bandwidth, true));
}

#[test]
fn an_upgrade_costs_what_a_downgrade_gives_back() {
    let mut story = Story::begin();
    stopped_subscription(&mut story);
    let before = balance(&story).as_f64();
    story.call("ModifyPrepayInstanceSpec", UPGRADE);
    assert!(balance(&story).as_f64() < before);
    let back = "RegionId=cn-hangzhou&InstanceId=$i&InstanceType=ecs.g5.large&OperatorType=downgrade";
    story.call("ModifyPrepayInstanceSpec", back);
    assert_eq!(balance(&story).as_f64(), before);
    assert_eq!(shown(&mut story)["InstanceType"], "ecs.g5.large");
}

#[test]
fn an_unpaid_upgrade_changes_nothing_and_a_paid_one_may_restart_the_guest() {
    let mut story = Story::begin();
    one_subscription(&mut story);
    let before = balance(&story);
    story.call("ModifyPrepayInstanceSpec", &format!("{UPGRADE}&AutoPay=false"));
    assert_eq!((balance(&story), shown(&mut story)["InstanceType"].clone()), (before, json!("ecs.g5.large")));
    story.call("ModifyPrepayInstanceSpec", &format!("{UPGRADE}&RebootWhenFinished=true"));
    assert_eq!(shown(&mut story)["Status"], "Stopping");
    story.pass_ms(20_000);
    assert_eq!(shown(&mut story)["Status"], "Running");
}

fn shown(story: &mut Story) -> Value {
    story.call("DescribeInstances", "RegionId=cn-hangzhou")["Instances"]["Instance"][0].clone()
}

fn stock(story: &Story) -> [Value; 2] {
    ["ecs.g5.large", "ecs.g5.xlarge"].map(|id| fact(story, &format!("{ZONE}/stock/{id}")))
}

#[test]
fn what_is_listed_is_what_an_instance_can_become() {
    let mut story = Story::begin();
    one_stopped(&mut story);
    let request = "RegionId=cn-hangzhou&ResourceId=$i&DestinationResource=InstanceType";
    let reply = story.call("DescribeResourcesModification", request);
    let listed = &reply["AvailableZones"]["AvailableZone"][0]["AvailableResources"]["AvailableResource"][0]["SupportedResources"]
        ["SupportedResource"];
    let listed: Vec<&str> =
        listed.as_array().expect("types").iter().map(|one| one["Value"].as_str().expect("a type")).collect();
    assert!(listed.contains(&"ecs.g5.xlarge") && !listed.contains(&"ecs.g7.large"), "{listed:?}");
    let known = story.call("DescribeInstanceTypes", "")["InstanceTypes"]["InstanceType"].clone();
    for kind in known.as_array().expect("types") {
        let id = kind["InstanceTypeId"].as_str().expect("a type");
        let request = format!("InstanceId=$i&InstanceType={id}&DryRun=true");
        let refusal = story.try_call("ModifyInstanceSpec", &request).expect_err("a rehearsal");
        assert_eq!(refusal.row == &DryRunPassed, listed.contains(&id), "{id}");
    }
}
