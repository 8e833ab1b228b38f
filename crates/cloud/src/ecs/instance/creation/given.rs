//! States that cases and stories of creation begin with.

use serde_json::json;

use crate::story::Story;
use crate::world::DEFAULT_ACCOUNT;

/// What a request beside `$w` and `$g` needs in any case; image, type and the rest are to be added.
macro_rules! place {
    ($($more:literal),+) => {
        concat!("RegionId=cn-hangzhou&SecurityGroupId=$g&VSwitchId=$w" $(, "&", $more)+)
    };
}
pub(crate) use place;

/// A request that succeeds in the state of [`base`]. Of a parameter that comes again the last value counts.
macro_rules! request {
    ($($more:literal),*) => {
        $crate::ecs::instance::creation::given::place!(
            "ImageId=centos_7_9_x64_20G_alibase_20230815.vhd",
            "InstanceType=ecs.g5.large",
            "SystemDisk.Category=cloud_efficiency"
            $(, $more)*
        )
    };
}
pub(crate) use request;

/// A VPC `$v` with a vSwitch `$w` in cn-hangzhou-h and a security group `$g`.
pub fn base(story: &mut Story) {
    network(story, "cn-hangzhou", "cn-hangzhou-h");
}

/// A VPC `$v` with a vSwitch `$w` in a zone and a security group `$g`.
pub fn network(story: &mut Story, region: &str, zone: &str) {
    network_in(story, region, zone, "10.0.1.0/24");
}

/// The same with addresses of its own for the vSwitch.
pub fn network_in(story: &mut Story, region: &str, zone: &str, block: &str) {
    let vpc = format!("RegionId={region}&CidrBlock=10.0.0.0/8");
    story.make("v", "Vpc:CreateVpc", &vpc, "VpcId");
    story.pass_ms(10_000);
    let v_switch = format!("RegionId={region}&VpcId=$v&ZoneId={zone}&CidrBlock={block}");
    story.make("w", "Vpc:CreateVSwitch", &v_switch, "VSwitchId");
    story.pass_ms(10_000);
    let group = format!("RegionId={region}&VpcId=$v");
    story.make("g", "CreateSecurityGroup", &group, "SecurityGroupId");
}

/// [`base`] in cn-hangzhou-b, where old types are sold.
pub fn zone_b(story: &mut Story) {
    network(story, "cn-hangzhou", "cn-hangzhou-b");
}

/// [`zone_b`], and the account may have ephemeral_ssd disks.
pub fn ephemeral(story: &mut Story) {
    zone_b(story);
    disks_granted(story);
}

/// The account may have ephemeral_ssd disks.
pub fn disks_granted(story: &mut Story) {
    account(story, json!({ "entitlements": { "disk_categories": ["ephemeral_ssd"] } }));
}

/// A security group `$g` of the classic network.
pub fn classic(story: &mut Story) {
    story.make("g", "CreateSecurityGroup", "RegionId=cn-hangzhou", "SecurityGroupId");
}

/// [`base`] with a key pair `login`.
pub fn key_pair(story: &mut Story) {
    base(story);
    crate::ecs::key_pair::given::one_key_pair(story);
}

/// [`base`] with an instance `$i` that is still Pending.
pub fn one_pending(story: &mut Story) {
    base(story);
    story.make("i", "RunInstances", request!(), "InstanceIdSets/InstanceIdSet/0");
}

/// Long enough for whatever is being made.
pub fn a_while(story: &mut Story) {
    story.pass_ms(60_000);
}

/// Changes facts about the account.
pub fn account(story: &mut Story, facts: serde_json::Value) {
    story.patch(&format!("accounts/{DEFAULT_ACCOUNT}"), facts);
}

/// The type, mode and disk of an instance that is not I/O optimized, for `cn-hangzhou-b`.
macro_rules! plain {
    ($($more:literal),*) => {
        $crate::ecs::instance::creation::given::place!(
            "ImageId=centos_7_9_x64_20G_alibase_20230815.vhd",
            "InstanceType=ecs.s2.large",
            "IoOptimized=none",
            "SystemDisk.Category=cloud"
            $(, $more)*
        )
    };
}
pub(crate) use plain;

/// A request for an instance of the classic network, for [`classic`].
macro_rules! classic_request {
    ($($more:literal),*) => {
        concat!(
            "RegionId=cn-hangzhou&ZoneId=cn-hangzhou-b&SecurityGroupId=$g&InstanceType=ecs.n4.small",
            "&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&SystemDisk.Category=cloud_efficiency"
            $(, "&", $more)*
        )
    };
}
pub(crate) use classic_request;

/// A request for an instance with Windows.
macro_rules! windows {
    ($($more:literal),*) => {
        $crate::ecs::instance::creation::given::place!(
            "ImageId=win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd",
            "InstanceType=ecs.g5.large",
            "SystemDisk.Category=cloud_efficiency"
            $(, $more)*
        )
    };
}
pub(crate) use windows;
