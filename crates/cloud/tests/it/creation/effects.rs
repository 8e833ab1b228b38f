//! What creations leave behind: instances, disks, addresses, stock and money.

use moyun_cloud::ecs::instance::creation::given::{account, base, zone_b};
use moyun_cloud::story::Story;
use serde_json::{Value, json};

use crate::creation::{REQUEST, ids};
use crate::given::{balance, fact};

fn begin() -> Story {
    let mut story = Story::begin();
    base(&mut story);
    story
}

fn run(story: &mut Story, more: &str) -> Value {
    story.call("RunInstances", &format!("{REQUEST}&{more}"))
}

/// The instances of the region, the oldest first.
fn instances(story: &mut Story) -> Vec<Value> {
    let listed = story.call("DescribeInstances", "RegionId=cn-hangzhou&PageSize=100");
    let mut listed = listed["Instances"]["Instance"].as_array().expect("a list").clone();
    listed.reverse();
    listed
}

fn texts<'a>(records: &'a [Value], path: &str) -> Vec<&'a str> {
    let mut texts: Vec<_> = records
        .iter()
        .map(|record| record.pointer(path).and_then(Value::as_str).expect("the field is a text"))
        .collect();
    texts.sort_unstable();
    texts
}

#[test]
fn run_instances_start_and_created_ones_stay_off() {
    let mut story = begin();
    run(&mut story, "InternetMaxBandwidthOut=5");
    story.call("CreateInstance", &format!("{REQUEST}&InternetMaxBandwidthOut=5"));
    assert_eq!(texts(&instances(&mut story), "/Status"), ["Pending", "Pending"]);
    story.pass_ms(2_000);
    assert_eq!(texts(&instances(&mut story), "/Status"), ["Starting", "Stopped"]);
    story.pass_ms(3_000);
    for instance in instances(&mut story) {
        let addresses = instance["PublicIpAddress"]["IpAddress"].as_array().expect("a list").len();
        match instance["Status"].as_str() {
            Some("Running") => assert_eq!(addresses, 1),
            Some("Stopped") => assert_eq!(addresses, 0, "CreateInstance gives no public address"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn an_instance_comes_with_its_disks_and_tags() {
    let mut story = begin();
    run(
        &mut story,
        "DataDisk.1.Size=100&DataDisk.1.Category=cloud_ssd&DataDisk.2.Size=200&Tag.1.Key=role&Tag.1.Value=web",
    );
    let disks = story.call("DescribeDisks", "RegionId=cn-hangzhou&Tag.1.Key=role&Tag.1.Value=web");
    let disks = disks["Disks"]["Disk"].as_array().expect("a list").clone();
    assert_eq!(texts(&disks, "/Device"), ["/dev/xvda", "/dev/xvdb", "/dev/xvdc"]);
    assert_eq!(texts(&disks, "/Category"), ["cloud_efficiency", "cloud_efficiency", "cloud_ssd"]);
    assert_eq!(texts(&disks, "/Status"), ["In_use"; 3]);
    let mut sizes: Vec<_> = disks.iter().map(|disk| disk["Size"].as_u64()).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [Some(40), Some(100), Some(200)]);
}

#[test]
fn names_are_numbered_or_made_of_the_id() {
    let mut story = begin();
    run(&mut story, "Amount=3&InstanceName=web-[8,3]&HostName=web&UniqueSuffix=true");
    let made = instances(&mut story);
    assert_eq!(texts(&made, "/InstanceName"), ["web-008", "web-009", "web-010"]);
    assert_eq!(texts(&made, "/HostName"), ["web001", "web002", "web003"]);

    let mut story = begin();
    story.bind("placeholder", "${instance_id}");
    run(&mut story, "HostName=web-$placeholder&Tag.1.Key=named");
    run(&mut story, "Tag.1.Key=linux");
    run(&mut story, "ImageId=win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd&Tag.1.Key=windows");
    for instance in instances(&mut story) {
        let id = instance["InstanceId"].as_str().expect("an id");
        let expected = match instance["Tags"]["Tag"][0]["TagKey"].as_str() {
            Some("named") => format!("web-{id}"),
            Some("linux") => format!("iZ{}Z", &id[2..]),
            _ => format!("iZ{}Z", &id[10..]),
        };
        assert_eq!(instance["HostName"], json!(expected));
        assert_eq!(instance["InstanceName"], json!(id));
    }
}

#[test]
fn a_named_address_is_the_first_of_a_row() {
    let mut story = begin();
    run(&mut story, "Amount=3&PrivateIpAddress=10.0.1.10");
    run(&mut story, "Amount=2");
    let made = instances(&mut story);
    assert_eq!(
        texts(&made, "/VpcAttributes/PrivateIpAddress/IpAddress/0"),
        ["10.0.1.1", "10.0.1.10", "10.0.1.11", "10.0.1.12", "10.0.1.2"]
    );
}

#[test]
fn stock_falls_with_creation_and_rises_with_release() {
    let mut story = begin();
    let zone = "zones/cn-hangzhou-h";
    story.patch(zone, json!({ "stock": { "ecs.g5.large": 3 } }));
    let stock = format!("{zone}/stock/ecs.g5.large");
    let first = run(&mut story, "Amount=2");
    assert_eq!(fact(&story, &stock), json!(1));
    let refused = story.try_call("RunInstances", &format!("{REQUEST}&Amount=2"));
    assert_eq!(refused.expect_err("one is left").row.name, "OutOfStock");
    let partial = run(&mut story, "Amount=2&MinAmount=1");
    assert_eq!(ids(&partial).len(), 1);
    assert_eq!(fact(&story, &stock), json!(0));
    story.pass_ms(10_000);
    story.call("DeleteInstance", &format!("InstanceId={}&Force=true", ids(&first)[0]));
    assert_eq!(fact(&story, &stock), json!(1));
}

#[test]
fn an_order_is_charged_at_once_and_hours_are_not() {
    let mut story = begin();
    assert_eq!(balance(&story), json!(10_000));
    run(&mut story, "");
    assert_eq!(balance(&story), json!(10_000));
    // (0.66 for the type + 40 × 0.0005 for the disk) × 430 hours × 2 months × 2 instances.
    let made = run(&mut story, "Amount=2&InstanceChargeType=PrePaid&Period=2");
    assert_eq!(made["TradePrice"], json!(1169.6));
    assert_eq!(made["OrderId"].as_str().map(str::len), Some(15));
    assert_eq!(balance(&story), json!(8830.4));
    let expires = instances(&mut story).iter().filter(|i| i["ExpiredTime"] == "2026-03-01T00:00Z").count();
    assert_eq!(expires, 2, "{:?}", texts(&instances(&mut story), "/ExpiredTime"));
}

#[test]
fn credit_pays_what_the_balance_lacks() {
    let mut story = begin();
    account(&mut story, json!({ "billing": { "balance": 100, "credit_limit": 200 } }));
    run(&mut story, "InstanceChargeType=PrePaid&Period=1");
    assert_eq!(balance(&story), json!(-192.4));
    let refused = story.try_call("RunInstances", &format!("{REQUEST}&InstanceChargeType=PrePaid&Period=1"));
    assert_eq!(refused.expect_err("the credit is used up").row.name, "BalanceTooLow");
}

#[test]
fn an_order_to_be_paid_later_makes_nothing_but_itself() {
    let mut story = begin();
    let before = balance(&story);
    let made = run(&mut story, "InstanceChargeType=PrePaid&Period=1&AutoPay=false");
    assert!(ids(&made).is_empty() && made["OrderId"].is_string());
    assert_eq!(balance(&story), before);
    for (action, kind) in [("DescribeInstances", "instance"), ("DescribeDisks", "disk")] {
        assert_eq!(story.call(action, "RegionId=cn-hangzhou")["TotalCount"], 0, "{kind}");
    }
}

#[test]
fn a_repeated_call_with_its_token_makes_nothing_more() {
    let mut story = begin();
    let first = run(&mut story, "Amount=2&ClientToken=once");
    assert_eq!(run(&mut story, "Amount=2&ClientToken=once"), first);
    assert_eq!(instances(&mut story).len(), 2);
}

#[test]
fn a_hundred_instances_are_made_in_one_call() {
    let mut story = begin();
    let made = run(&mut story, "Amount=100&InternetMaxBandwidthOut=1");
    let made = ids(&made);
    let distinct: std::collections::BTreeSet<_> = made.iter().collect();
    assert_eq!(distinct.len(), 100);
    let public = instances(&mut story);
    let public: std::collections::BTreeSet<_> =
        texts(&public, "/PublicIpAddress/IpAddress/0").into_iter().map(str::to_owned).collect();
    assert_eq!(public.len(), 100, "public addresses are unique");
    let refused = story.try_call("RunInstances", REQUEST).expect_err("the quota is 100");
    assert_eq!(refused.row.name, "PostPaidInstanceQuotaExceeded");
}

#[test]
fn what_is_left_open_depends_on_type_and_zone() {
    let mut story = begin();
    let request = "RegionId=cn-hangzhou&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&SecurityGroupId=$g&VSwitchId=$w";
    story.call("RunInstances", &format!("{request}&InstanceType=ecs.g6.large&Tag.1.Key=g6"));
    story.call("RunInstances", &format!("{request}&InstanceType=ecs.g7.large&Tag.1.Key=g7"));
    zone_b(&mut story);
    story.call("RunInstances", &format!("{request}&InstanceType=ecs.s3.large&Tag.1.Key=s3"));
    for (tag, category) in [("g6", "cloud_efficiency"), ("g7", "cloud_essd"), ("s3", "cloud")] {
        let disks = story.call("DescribeDisks", &format!("RegionId=cn-hangzhou&Tag.1.Key={tag}"));
        assert_eq!(disks["Disks"]["Disk"][0]["Category"], category);
    }
}

#[test]
fn a_granted_preview_parameter_is_accepted_by_its_full_name() {
    let mut story = begin();
    let request = format!("{REQUEST}&HibernationOptions.Configured=true");
    let refused = story.try_call("RunInstances", &request).expect_err("nobody is granted it");
    assert_eq!(refused.row.name, "PreviewParameterNotGranted");
    let granted = json!({ "entitlements": { "preview_parameters": ["HibernationOptions.Configured"] } });
    account(&mut story, granted);
    story.call("RunInstances", &request);
    let refused = story.try_call("RunInstances", &format!("{request}&Arn.1.RoleType=Primary"));
    assert_eq!(refused.expect_err("it is another one").row.name, "PreviewParameterNotGranted");
}

#[test]
fn a_released_instance_leaves_room_in_every_quota() {
    let mut story = begin();
    let quotas = json!({
        "postpaid_instances": 1,
        "instances_per_vpc": 1,
        "instances_per_security_group": 1,
        "portable_cloud_disks": 1,
        "concurrent_instance_creations": 1
    });
    account(&mut story, json!({ "quotas": quotas }));
    for _ in 0..3 {
        let made = run(&mut story, "DataDisk.1.Size=20&PrivateIpAddress=10.0.1.9");
        story.pass_ms(10_000);
        story.call("DeleteInstance", &format!("InstanceId={}&Force=true", ids(&made)[0]));
    }
}
