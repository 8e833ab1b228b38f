//! States that cases of moving instances begin with.

use serde_json::json;

use crate::ecs::instance::creation::given::{account, base, classic, classic_request};
use crate::ecs::instance::given::{one_stopped, run};
use crate::ecs::network_interface::given::make;
use crate::story::Story;

/// Longer than any network is Pending.
const A_WHILE_MS: i64 = 10_000;

/// A stopped instance `$i` at `$address` of `$vsw` and in `$sg`, beside one at 10.0.1.200.
///
/// In its VPC there are the vSwitches `$near` in its zone and `$other_zone` in another one, and the groups `$sg1` to
/// `$sg5`; the VPC `$far_vpc` has a vSwitch `$far` in its zone and a group `$far_sg`.
pub fn stopped_beside_networks(story: &mut Story) {
    one_stopped(story);
    run(story, "j", "PrivateIpAddress=10.0.1.200");
    v_switch(story, "near", "$vpc", "cn-hangzhou-h", "10.0.2.0/24");
    v_switch(story, "other_zone", "$vpc", "cn-hangzhou-g", "10.0.3.0/24");
    for name in ["sg1", "sg2", "sg3", "sg4", "sg5"] {
        story.make(name, "CreateSecurityGroup", "RegionId=cn-hangzhou&VpcId=$vpc", "SecurityGroupId");
    }
    story.make("far_vpc", "Vpc:CreateVpc", "RegionId=cn-hangzhou&CidrBlock=10.0.0.0/8", "VpcId");
    story.pass_ms(A_WHILE_MS);
    v_switch(story, "far", "$far_vpc", "cn-hangzhou-h", "10.0.1.0/24");
    story.make("far_sg", "CreateSecurityGroup", "RegionId=cn-hangzhou&VpcId=$far_vpc", "SecurityGroupId");
}

/// The same, and the instance has an interface `$eni` beside its primary one.
pub fn stopped_with_two_interfaces(story: &mut Story) {
    stopped_beside_networks(story);
    make(story, "eni", "VSwitchId=$vsw&SecurityGroupId=$sg");
    story.call("AttachNetworkInterface", "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$eni");
    story.pass_ms(A_WHILE_MS);
}

/// [`stopped_beside_networks`], where `$sg1` takes no more members.
pub fn stopped_beside_full_group(story: &mut Story) {
    stopped_beside_networks(story);
    run(story, "k", "SecurityGroupId=$sg1");
    account(story, json!({ "quotas": { "instances_per_security_group": 1 } }));
}

/// [`stopped_beside_networks`], where no VPC takes an instance.
pub fn beside_a_full_vpc(story: &mut Story) {
    stopped_beside_networks(story);
    account(story, json!({ "quotas": { "instances_per_vpc": 0 } }));
}

/// [`one_stopped`], with a vSwitch `$full` all addresses of which are taken.
pub fn beside_a_full_v_switch(story: &mut Story) {
    one_stopped(story);
    // A block of 16 addresses has 12 that can be given.
    v_switch(story, "full", "$vpc", "cn-hangzhou-h", "10.0.9.0/28");
    run(story, "j", "VSwitchId=$full&Amount=12");
}

/// [`one_stopped`], with a vSwitch `$new` that was just asked for.
pub fn beside_a_new_v_switch(story: &mut Story) {
    one_stopped(story);
    let request = "RegionId=cn-hangzhou&VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.2.0/24";
    story.make("new", "Vpc:CreateVSwitch", request, "VSwitchId");
}

/// A stopped instance `$i` that moved to `$near` since it last ran.
pub fn moved_once(story: &mut Story) {
    stopped_beside_networks(story);
    story.call("ModifyInstanceVpcAttribute", "InstanceId=$i&VSwitchId=$near");
}

/// A stopped instance `$i` of the classic network, and a vSwitch `$vsw`.
pub fn one_classic_stopped(story: &mut Story) {
    base(story);
    let id = story.named("w").to_owned();
    story.bind("vsw", id);
    classic(story);
    story.make("i", "RunInstances", classic_request!(), "InstanceIdSets/InstanceIdSet/0");
    story.pass_ms(A_WHILE_MS);
    story.call("StopInstance", "InstanceId=$i");
    story.pass_ms(A_WHILE_MS);
}

fn v_switch(story: &mut Story, name: &str, vpc: &str, zone: &str, block: &str) {
    let request = format!("RegionId=cn-hangzhou&VpcId={vpc}&ZoneId={zone}&CidrBlock={block}");
    story.make(name, "Vpc:CreateVSwitch", &request, "VSwitchId");
    story.pass_ms(A_WHILE_MS);
}
