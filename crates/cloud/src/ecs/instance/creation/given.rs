//! States that cases and stories of creation begin with.

use serde_json::json;

use crate::story::Story;
use crate::world::DEFAULT_ACCOUNT;

/// A request that succeeds in the state of [`base`].
macro_rules! request {
    () => {
        "RegionId=cn-hangzhou&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&InstanceType=ecs.g5.large\
        &SystemDisk.Category=cloud_efficiency&SecurityGroupId=$g&VSwitchId=$w"
    };
    ($($more:literal),+) => {
        concat!(request!(), $("&", $more),+)
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

/// Changes facts about the account.
pub fn account(story: &mut Story, facts: serde_json::Value) {
    story.patch(&format!("accounts/{DEFAULT_ACCOUNT}"), facts);
}
