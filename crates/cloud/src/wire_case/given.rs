//! The states of rows, made through the API.

use serde_json::{Value, json};

use crate::story::Story;

/// The facts of a key of the default account.
pub(super) fn key(kind: &str) -> Value {
    json!({ "secret": "s3cret", "account": "1000000000000001", "kind": kind, "status": "Active", "allowed_actions": "*" })
}

/// A vSwitch `vsw` in cn-hangzhou-h and a security group `sg`.
pub(super) fn network(story: &mut Story) {
    story.make("vpc", "Vpc:CreateVpc", "RegionId=cn-hangzhou&CidrBlock=10.0.0.0/8", "VpcId");
    story.pass_ms(1000);
    let place = "RegionId=cn-hangzhou&VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24";
    story.make("vsw", "Vpc:CreateVSwitch", place, "VSwitchId");
    story.make("sg", "CreateSecurityGroup", "RegionId=cn-hangzhou&VpcId=$vpc", "SecurityGroupId");
    story.pass_ms(1000);
}

/// What every request for an instance says, in [`network`].
pub(super) const INSTANCE: [(&str, &str); 5] = [
    ("VSwitchId", "$vsw"),
    ("SecurityGroupId", "$sg"),
    ("ImageId", "centos_7_9_x64_20G_alibase_20230815.vhd"),
    ("InstanceType", "ecs.g5.large"),
    ("SystemDisk.Category", "cloud_efficiency"),
];

fn run(story: &mut Story, name: &str, own: &str) {
    let said: String = INSTANCE.iter().map(|(name, value)| format!("&{name}={value}")).collect();
    let request = format!("RegionId=cn-hangzhou{said}{own}");
    story.make(name, "RunInstances", &request, "InstanceIdSets/InstanceIdSet/0");
}

/// As [`network`], with an instance `i` that is off and its system disk `disk`.
pub(super) fn stopped(story: &mut Story) {
    network(story);
    run(story, "i", "");
    story.pass_ms(60_000);
    story.call("StopInstance", "InstanceId=$i");
    story.pass_ms(60_000);
    story.make("disk", "DescribeDisks", "RegionId=cn-hangzhou&InstanceId=$i", "Disks/Disk/0/DiskId");
}

/// As [`network`], with an instance `i` that is paid as it is used and a subscription `subscription`.
pub(super) fn subscription(story: &mut Story) {
    network(story);
    run(story, "i", "");
    run(story, "subscription", "&InstanceChargeType=PrePaid&Period=1");
    story.pass_ms(60_000);
}

/// As [`stopped`], with an image `image` of the instance.
pub(super) fn image(story: &mut Story) {
    stopped(story);
    story.make("image", "CreateImage", "RegionId=cn-hangzhou&InstanceId=$i", "ImageId");
    story.pass_ms(600_000);
}

/// As [`stopped`], with a disk on its way to the instance and another, `free`, beside it.
pub(super) fn one_attaching(story: &mut Story) {
    stopped(story);
    let new = "RegionId=cn-hangzhou&ZoneId=cn-hangzhou-h&DiskCategory=cloud_efficiency&Size=20";
    story.make("first", "CreateDisk", new, "DiskId");
    story.make("free", "CreateDisk", new, "DiskId");
    story.pass_ms(60_000);
    story.call("AttachDisk", "InstanceId=$i&DiskId=$first");
}

/// As [`network`], with a RAM user ann who has the key `ann` with the secret `ann_secret` and may do nothing.
pub(super) fn ann(story: &mut Story) {
    network(story);
    story.call("Ram:CreateUser", "UserName=ann");
    let parts = [("ann", "AccessKey/AccessKeyId"), ("ann_secret", "AccessKey/AccessKeySecret")];
    story.make_all(&parts, "Ram:CreateAccessKey", "UserName=ann");
}

/// Switches the key of ann on or off.
pub(super) fn switch_key(story: &mut Story, status: &str) {
    story.call("Ram:UpdateAccessKey", &format!("UserName=ann&UserAccessKeyId=$ann&Status={status}"));
}

/// As [`network`], with a role `worker` for instances.
pub(super) fn role(story: &mut Story) {
    let trust = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}}]}"#;
    story.call("Ram:CreateRole", &format!("RoleName=worker&AssumeRolePolicyDocument={trust}"));
    network(story);
}

/// Lets ann do what a system policy allows.
pub(super) fn allow(story: &mut Story, policy: &str) {
    story.call("Ram:AttachPolicyToUser", &format!("PolicyType=System&PolicyName={policy}&UserName=ann"));
}

/// The answers of creations are held back by two seconds.
pub(super) fn slow(story: &mut Story) {
    story.patch("limits/latency", json!({ "create_commit_ms": 2000 }));
}
