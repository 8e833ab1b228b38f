//! States that cases and stories of network interfaces begin with.

use serde_json::json;

use crate::ecs::instance::creation::given::{account, base};
use crate::ecs::instance::given::{lock, one_pending_of, one_running, run};
use crate::story::Story;

/// Long enough for every transition to end.
const A_WHILE_MS: i64 = 10_000;

/// A VPC `$vpc` with a vSwitch `$vsw` in cn-hangzhou-h and a security group `$sg`.
pub fn network(story: &mut Story) {
    base(story);
    for (name, known) in [("vpc", "v"), ("vsw", "w"), ("sg", "g")] {
        let id = story.named(known).to_owned();
        story.bind(name, id);
    }
}

/// [`network`], and a group `$classic` of the classic network.
pub fn classic_beside(story: &mut Story) {
    network(story);
    story.make("classic", "CreateSecurityGroup", "RegionId=cn-hangzhou", "SecurityGroupId");
}

/// [`network`], a vSwitch `$new` that was just asked for, and a group `$far_sg` of another VPC.
pub fn two_vpcs(story: &mut Story) {
    network(story);
    far_network(story);
    let v_switch = "RegionId=cn-hangzhou&VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.7.0/24";
    story.make("new", "Vpc:CreateVSwitch", v_switch, "VSwitchId");
}

/// A VPC with a vSwitch `$far` in cn-hangzhou-h and a security group `$far_sg`.
fn far_network(story: &mut Story) {
    story.make("far_vpc", "Vpc:CreateVpc", "RegionId=cn-hangzhou&CidrBlock=10.0.0.0/8", "VpcId");
    story.pass_ms(A_WHILE_MS);
    v_switch(story, "far", "$far_vpc", "cn-hangzhou-h", "10.0.1.0/24");
    story.make("far_sg", "CreateSecurityGroup", "RegionId=cn-hangzhou&VpcId=$far_vpc", "SecurityGroupId");
}

fn v_switch(story: &mut Story, name: &str, vpc: &str, zone: &str, block: &str) {
    let request = format!("RegionId=cn-hangzhou&VpcId={vpc}&ZoneId={zone}&CidrBlock={block}");
    story.make(name, "Vpc:CreateVSwitch", &request, "VSwitchId");
    story.pass_ms(A_WHILE_MS);
}

/// [`network`], where `$sg` takes no more members; `$other` is an empty group.
pub fn beside_a_full_group(story: &mut Story) {
    network(story);
    story.make("other", "CreateSecurityGroup", "RegionId=cn-hangzhou&VpcId=$vpc", "SecurityGroupId");
    make(story, "eni", "VSwitchId=$vsw&SecurityGroupId=$sg");
    account(story, json!({ "quotas": { "instances_per_security_group": 1 } }));
}

/// [`network`], and a vSwitch `$full` without a free address.
pub fn full_v_switch(story: &mut Story) {
    network(story);
    // A block of 16 addresses has 12 that can be given.
    v_switch(story, "full", "$vpc", "cn-hangzhou-h", "10.0.9.0/28");
    make(story, "eni", "VSwitchId=$full&SecurityGroupId=$sg&SecondaryPrivateIpAddressCount=11");
}

/// An interface `$eni` that is attached to nothing, in [`network`].
pub fn one_free(story: &mut Story) {
    network(story);
    make(story, "eni", "VSwitchId=$vsw&SecurityGroupId=$sg&NetworkInterfaceName=back");
}

/// [`one_free`], other groups `$other`, `$sg3` to `$sg6` of its VPC, and `$classic` and `$far_sg` elsewhere.
pub fn one_free_and_groups(story: &mut Story) {
    one_free(story);
    for name in ["other", "sg3", "sg4", "sg5", "sg6"] {
        story.make(name, "CreateSecurityGroup", "RegionId=cn-hangzhou&VpcId=$vpc", "SecurityGroupId");
    }
    story.make("classic", "CreateSecurityGroup", "RegionId=cn-hangzhou", "SecurityGroupId");
    far_network(story);
}

/// [`one_free_and_groups`], where `$other` takes no more members.
pub fn one_free_beside_full_group(story: &mut Story) {
    one_free_and_groups(story);
    make(story, "second", "VSwitchId=$vsw&SecurityGroupId=$other");
    account(story, json!({ "quotas": { "instances_per_security_group": 1 } }));
}

/// [`one_free_and_groups`], where the interface is in as many groups as it may be.
pub fn one_free_in_five_groups(story: &mut Story) {
    one_free_and_groups(story);
    for group in ["$sg3", "$sg4", "$sg5", "$sg6"] {
        story.call("JoinSecurityGroup", &format!("NetworkInterfaceId=$eni&SecurityGroupId={group}"));
    }
}

/// [`one_free_and_groups`], and the interface is in both groups.
pub fn one_free_in_two_groups(story: &mut Story) {
    one_free_and_groups(story);
    story.call("JoinSecurityGroup", "NetworkInterfaceId=$eni&SecurityGroupId=$other");
}

/// An instance `$i` in `$vpc`, `$vsw` and `$sg`, running, with the primary interface `$primary`; beside it a free
/// interface `$eni`.
pub fn one_free_beside(story: &mut Story) {
    one_running(story);
    let path = "NetworkInterfaceSets/NetworkInterfaceSet/0/NetworkInterfaceId";
    story.make("primary", "DescribeNetworkInterfaces", "RegionId=cn-hangzhou&InstanceId=$i", path);
    make(story, "eni", "VSwitchId=$vsw&SecurityGroupId=$sg&NetworkInterfaceName=back");
}

/// The same, and the instance is under a security lock.
pub fn one_free_beside_locked(story: &mut Story) {
    one_free_beside(story);
    lock(story);
}

/// The same as [`one_free_beside`], and the instance is stopping.
pub fn one_free_beside_stopping(story: &mut Story) {
    one_free_beside(story);
    story.call("StopInstance", "InstanceId=$i");
}

/// As [`one_free_beside`], but `$far_eni` is in another VPC and `$other_zone_eni` in another zone.
pub fn two_elsewhere(story: &mut Story) {
    one_free_beside(story);
    far_network(story);
    make(story, "far_eni", "VSwitchId=$far&SecurityGroupId=$far_sg");
    v_switch(story, "other_zone", "$vpc", "cn-hangzhou-g", "10.0.3.0/24");
    make(story, "other_zone_eni", "VSwitchId=$other_zone&SecurityGroupId=$sg");
}

/// A running instance `$i` with room for two more interfaces, of which `$second` is just being attached and `$eni` free.
pub fn another_on_its_way(story: &mut Story) {
    one_pending_of(story, "InstanceType=ecs.g5.xlarge");
    story.pass_ms(A_WHILE_MS);
    make(story, "eni", "VSwitchId=$vsw&SecurityGroupId=$sg");
    make(story, "second", "VSwitchId=$vsw&SecurityGroupId=$sg");
    story.call("AttachNetworkInterface", "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$second");
}

/// As [`one_free_beside`], and the instance has as many interfaces as its type takes.
pub fn one_full(story: &mut Story) {
    one_free_beside(story);
    make(story, "second", "VSwitchId=$vsw&SecurityGroupId=$sg");
    attach(story, "$second");
}

/// As [`one_free_beside`], and the interface is attached; `$j` is another instance.
pub fn one_attached(story: &mut Story) {
    one_free_beside(story);
    run(story, "j", "InstanceName=web-2");
    attach(story, "$eni");
}

/// The same under a security lock.
pub fn one_attached_locked(story: &mut Story) {
    one_attached(story);
    lock(story);
}

/// The same while the instance is stopping.
pub fn one_attached_stopping(story: &mut Story) {
    one_attached(story);
    story.call("StopInstance", "InstanceId=$i");
}

/// [`one_attached`], with a disk on its way to the instance.
pub fn one_attached_beside_a_moving_disk(story: &mut Story) {
    one_attached(story);
    let disk = "RegionId=cn-hangzhou&ZoneId=cn-hangzhou-h&DiskCategory=cloud_efficiency&Size=20";
    story.make("d", "CreateDisk", disk, "DiskId");
    story.call("AttachDisk", "InstanceId=$i&DiskId=$d");
}

fn attach(story: &mut Story, interface: &str) {
    let request = format!("RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId={interface}");
    story.call("AttachNetworkInterface", &request);
    story.pass_ms(A_WHILE_MS);
}

/// Makes an interface in cn-hangzhou.
pub fn make(story: &mut Story, name: &str, more: &str) {
    let request = format!("RegionId=cn-hangzhou&{more}");
    story.make(name, "CreateNetworkInterface", &request, "NetworkInterfaceId");
}
