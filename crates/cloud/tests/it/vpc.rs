//! VPCs and vSwitches over time, between accounts and in the order of taking them down.

use moyun_cloud::errors::{
    VSwitchHasDependents, VSwitchNotFound, VpcHasSecurityGroups, VpcHasVSwitches, VpcIdUnknown,
    VpcStatusWrong,
};
use moyun_cloud::story::Story;
use moyun_cloud::vpc::given::{
    PENDING_MS, one_pending_vpc, one_security_group, one_used_v_switch, one_v_switch, one_vpc,
};
use serde_json::{Value, json};

use crate::given::another_account;

#[test]
fn networks_become_available_by_the_clock() {
    let mut story = Story::begin();
    one_pending_vpc(&mut story);
    let block = "VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24";
    story.pass_ms(PENDING_MS - 1);
    assert_eq!(vpc(&mut story)["Status"], "Pending");
    assert_eq!(story.try_call("Vpc:CreateVSwitch", block).unwrap_err().row, &VpcStatusWrong);

    story.pass_ms(1);
    assert_eq!(vpc(&mut story)["Status"], "Available");
    story.make("v_switch", "Vpc:CreateVSwitch", block, "VSwitchId");
    assert_eq!(v_switch(&mut story)["Status"], "Pending");

    story.pass_ms(PENDING_MS);
    assert_eq!(v_switch(&mut story)["Status"], "Available");
    assert_eq!(vpc(&mut story)["VSwitchIds"]["VSwitchId"], json!([story.named("v_switch")]));
}

#[test]
fn networks_are_available_at_once_where_nothing_takes_time() {
    let mut story = Story::begin();
    story.patch("limits/latency", json!({ "vswitch_pending_ms": 0 }));
    one_pending_vpc(&mut story);
    assert_eq!(vpc(&mut story)["Status"], "Available");
}

#[test]
fn accounts_never_see_each_others_networks() {
    let mut story = Story::begin();
    one_v_switch(&mut story);
    another_account(&mut story);
    assert_eq!(ids(&mut story, "Vpc:DescribeVpcs", ""), json!([]));
    assert_eq!(ids(&mut story, "Vpc:DescribeVpcs", "&VpcId=$vpc"), json!([]));
    assert_eq!(ids(&mut story, "Vpc:DescribeVSwitches", ""), json!([]));
    assert_eq!(ids(&mut story, "Vpc:DescribeVSwitches", "&VpcId=$vpc"), json!([]));
    assert_eq!(ids(&mut story, "Vpc:DescribeVSwitches", "&VSwitchId=$v_switch"), json!([]));
    for (action, request, row) in [
        ("Vpc:DescribeVpcAttribute", "RegionId=cn-hangzhou&VpcId=$vpc", &VpcIdUnknown),
        ("Vpc:ModifyVpcAttribute", "VpcId=$vpc&VpcName=mine", &VpcIdUnknown),
        ("Vpc:DeleteVpc", "VpcId=$vpc", &VpcIdUnknown),
        ("Vpc:DescribeVSwitchAttributes", "VSwitchId=$v_switch", &VSwitchNotFound),
        ("Vpc:ModifyVSwitchAttribute", "VSwitchId=$v_switch&VSwitchName=mine", &VSwitchNotFound),
        ("Vpc:DeleteVSwitch", "VSwitchId=$v_switch", &VSwitchNotFound),
    ] {
        assert_eq!(story.try_call(action, request).unwrap_err().row, row, "{action}");
    }
    // The same addresses are free in a VPC of one's own.
    one_v_switch(&mut story);
}

#[test]
fn a_vpc_is_taken_down_from_the_inside() {
    let mut story = Story::begin();
    one_v_switch(&mut story);
    assert_eq!(story.try_call("Vpc:DeleteVpc", "VpcId=$vpc").unwrap_err().row, &VpcHasVSwitches);
    story.call("Vpc:DeleteVSwitch", "VSwitchId=$v_switch");
    story.call("Vpc:DeleteVpc", "VpcId=$vpc");
    assert_eq!(ids(&mut story, "Vpc:DescribeVpcs", ""), json!([]));
    assert_eq!(story.try_call("Vpc:DeleteVpc", "VpcId=$vpc").unwrap_err().row, &VpcIdUnknown);
}

#[test]
fn a_security_group_keeps_its_vpc() {
    let mut story = Story::begin();
    one_security_group(&mut story);
    let delete = "VpcId=$vpc&ForceDelete=true";
    assert_eq!(story.try_call("Vpc:DeleteVpc", delete).unwrap_err().row, &VpcHasSecurityGroups);
}

#[test]
fn an_address_in_use_keeps_its_v_switch() {
    let mut story = Story::begin();
    one_used_v_switch(&mut story);
    assert_eq!(v_switch(&mut story)["AvailableIpAddressCount"], 251);
    let delete = "VSwitchId=$v_switch";
    assert_eq!(story.try_call("Vpc:DeleteVSwitch", delete).unwrap_err().row, &VSwitchHasDependents);

    story.pass_ms(PENDING_MS * 10);
    story.call("DeleteInstance", "InstanceId=$i");
    assert_eq!(v_switch(&mut story)["AvailableIpAddressCount"], 252);
    story.call("Vpc:DeleteVSwitch", delete);
}

#[test]
fn addresses_of_a_deleted_v_switch_are_free_again() {
    let mut story = Story::begin();
    one_v_switch(&mut story);
    story.call("Vpc:DeleteVSwitch", "VSwitchId=$v_switch");
    story.call("Vpc:CreateVSwitch", "VpcId=$vpc&ZoneId=cn-hangzhou-g&CidrBlock=10.0.0.0/16");
}

#[test]
fn pages_follow_each_other_newest_first() {
    let mut story = Story::begin();
    let mut made = vec![];
    for _ in 0..5 {
        one_vpc(&mut story);
        made.insert(0, story.named("vpc").to_owned());
    }
    for (page, expected) in [(1, &made[..2]), (2, &made[2..4]), (3, &made[4..]), (4, &[])] {
        let request = format!("&PageSize=2&PageNumber={page}");
        assert_eq!(ids(&mut story, "Vpc:DescribeVpcs", &request), json!(expected), "page {page}");
    }
    let reply = story.call("Vpc:DescribeVpcs", "RegionId=cn-hangzhou&PageSize=2&PageNumber=4");
    assert_eq!(reply["TotalCount"], 5);
}

#[test]
fn filters_narrow_together() {
    let mut story = Story::begin();
    one_v_switch(&mut story);
    let found = json!([story.named("v_switch")]);
    let request = "&VpcId=$vpc&VSwitchName=web&Tag.1.Key=env";
    assert_eq!(ids(&mut story, "Vpc:DescribeVSwitches", &format!("{request}&ZoneId=cn-hangzhou-h")), found);
    assert_eq!(
        ids(&mut story, "Vpc:DescribeVSwitches", &format!("{request}&ZoneId=cn-hangzhou-g")),
        json!([])
    );
    assert_eq!(ids(&mut story, "Vpc:DescribeVSwitches", &format!("{request}&Tag.1.Value=live")), json!([]));
}

#[test]
fn changes_are_seen_and_the_rest_stays() {
    let mut story = Story::begin();
    one_v_switch(&mut story);
    story.call("Vpc:ModifyVpcAttribute", "VpcId=$vpc&VpcName=back&CidrBlock=10.0.0.0/16");
    story.call("Vpc:ModifyVSwitchAttribute", "VSwitchId=$v_switch&Description=data");
    let (vpc, v_switch) = (vpc(&mut story), v_switch(&mut story));
    assert_eq!(vpc["VpcName"], "back");
    assert_eq!(vpc["CidrBlock"], "10.0.0.0/16");
    assert_eq!(vpc["Description"], "web tier");
    assert_eq!(v_switch["VSwitchName"], "web");
    assert_eq!(v_switch["Description"], "data");
}

#[test]
fn tags_are_set_replaced_and_removed() {
    let mut story = Story::begin();
    one_vpc(&mut story);
    let resource = "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc";
    let tags = |story: &mut Story, change: &str, more: &str| {
        story.call(change, &format!("{resource}&{more}"));
        vpc(story)["Tags"]["Tag"].clone()
    };
    assert_eq!(
        tags(&mut story, "Vpc:TagResources", "Tag.1.Key=owner&Tag.2.Key=env&Tag.2.Value=live"),
        json!([{ "Key": "env", "Value": "live" }, { "Key": "owner", "Value": "" }])
    );
    assert_eq!(
        tags(&mut story, "Vpc:UnTagResources", "TagKey.1=owner"),
        json!([{ "Key": "env", "Value": "live" }])
    );
    assert_eq!(tags(&mut story, "Vpc:UnTagResources", "All=true"), json!([]));
}

#[test]
fn a_token_creates_one_vpc_however_often_it_comes() {
    let mut story = Story::begin();
    let request = "RegionId=cn-hangzhou&ClientToken=once";
    let first = story.call("Vpc:CreateVpc", request);
    assert_eq!(story.call("Vpc:CreateVpc", request)["VpcId"], first["VpcId"]);
    assert_eq!(ids(&mut story, "Vpc:DescribeVpcs", ""), json!([first["VpcId"]]));
}

/// `$vpc` as DescribeVpcAttribute shows it.
fn vpc(story: &mut Story) -> Value {
    story.call("Vpc:DescribeVpcAttribute", "RegionId=cn-hangzhou&VpcId=$vpc")
}

/// `$v_switch` as DescribeVSwitchAttributes shows it.
fn v_switch(story: &mut Story) -> Value {
    story.call("Vpc:DescribeVSwitchAttributes", "VSwitchId=$v_switch")
}

/// The ids that a list in cn-hangzhou shows.
fn ids(story: &mut Story, action: &str, filters: &str) -> Value {
    let reply = story.call(action, &format!("RegionId=cn-hangzhou{filters}"));
    let (list, item, id) = match action {
        "Vpc:DescribeVpcs" => ("Vpcs", "Vpc", "VpcId"),
        _ => ("VSwitches", "VSwitch", "VSwitchId"),
    };
    reply[list][item].as_array().expect("a list is an array").iter().map(|entry| entry[id].clone()).collect()
}
