//! States that the cases of security groups start from.

use moyun_store::{Fault, Lane};
use serde_json::json;

use crate::ecs::disk::record::{Disk, DiskStatus};
use crate::ecs::instance::creation::given::account;
use crate::ecs::instance::given::{one_running, run};
use crate::ecs::security_group::SECURITY_GROUPS_MAX;
use crate::ecs::security_group::members::GROUPS_MAX;
use crate::ecs::security_group::rule::RULES_MAX;
use crate::ids::{AccountId, DiskId};
use crate::story::Story;
use crate::vpc::given::one_vpc;
use crate::world::DEFAULT_ACCOUNT;

/// A security group in a VPC, `$vpc` and `$group`.
pub fn one_group(story: &mut Story) {
    one_vpc(story);
    let request = "RegionId=cn-hangzhou&VpcId=$vpc&SecurityGroupName=web&Description=Web servers&\
        Tag.1.Key=team&Tag.1.Value=a";
    story.make("group", "CreateSecurityGroup", request, "SecurityGroupId");
}

/// The same with a rule for SSH and one for everything in each direction; `$in` and `$out` are those for SSH.
pub fn group_with_rules(story: &mut Story) {
    one_group(story);
    for (action, peer) in [("AuthorizeSecurityGroup", "Source"), ("AuthorizeSecurityGroupEgress", "Dest")] {
        for rule in ["IpProtocol=all&PortRange=-1/-1", "IpProtocol=tcp&PortRange=22/22"] {
            let block = if rule.contains("tcp") { "10.0.0.0/8" } else { "0.0.0.0/0" };
            let request = format!("RegionId=cn-hangzhou&SecurityGroupId=$group&{rule}&{peer}CidrIp={block}");
            story.call(action, &request);
            story.pass_ms(1000);
        }
    }
    for (name, direction) in [("in", "ingress"), ("out", "egress")] {
        let request = format!("RegionId=cn-hangzhou&SecurityGroupId=$group&Direction={direction}");
        let path = "Permissions/Permission/0/SecurityGroupRuleId";
        story.make(name, "DescribeSecurityGroupAttribute", &request, path);
    }
}

/// A security group, `$group`, with `$peer` in the same VPC and `$elsewhere` in another one.
pub fn two_groups(story: &mut Story) {
    one_group(story);
    story.make("other_vpc", "Vpc:CreateVpc", "RegionId=cn-hangzhou", "VpcId");
    let request = "RegionId=cn-hangzhou&SecurityGroupName=db&VpcId=";
    for (name, vpc) in [("peer", "$vpc"), ("elsewhere", "$other_vpc")] {
        story.make(name, "CreateSecurityGroup", &format!("{request}{vpc}"), "SecurityGroupId");
    }
}

/// A security group, `$group`, and an enterprise group in the same VPC, `$enterprise`.
pub fn enterprise_group(story: &mut Story) {
    one_group(story);
    let request = "RegionId=cn-hangzhou&VpcId=$vpc&SecurityGroupType=enterprise";
    story.make("enterprise", "CreateSecurityGroup", request, "SecurityGroupId");
}

/// A security group, `$group`, with as many rules as may name other groups; all name `$peer`.
pub fn group_of_peers(story: &mut Story) {
    two_groups(story);
    let rule = |port: usize| {
        format!(
            "&Permissions.{port}.IpProtocol=udp&Permissions.{port}.PortRange={port}/{port}\
            &Permissions.{port}.SourceGroupId=$peer"
        )
    };
    let rules: String = (1..=20).map(rule).collect();
    story.call("AuthorizeSecurityGroup", &format!("RegionId=cn-hangzhou&SecurityGroupId=$group{rules}"));
}

/// Two security groups of the classic network, `$group` and `$peer`.
pub fn classic_groups(story: &mut Story) {
    for name in ["group", "peer"] {
        story.make(name, "CreateSecurityGroup", "RegionId=cn-hangzhou", "SecurityGroupId");
    }
}

/// A security group, `$group`, with as many rules as it takes.
pub fn full_group(story: &mut Story) {
    one_group(story);
    let rule = |port: usize| {
        format!(
            "&Permissions.{port}.IpProtocol=udp&Permissions.{port}.PortRange={port}/{port}\
            &Permissions.{port}.SourceCidrIp=0.0.0.0/0"
        )
    };
    let rules: String = (1..=RULES_MAX).map(rule).collect();
    story.call("AuthorizeSecurityGroup", &format!("RegionId=cn-hangzhou&SecurityGroupId=$group{rules}"));
}

/// As many security groups as a region takes.
pub fn full_of_groups(story: &mut Story) {
    for _ in 0..SECURITY_GROUPS_MAX {
        story.call("CreateSecurityGroup", "RegionId=cn-hangzhou");
    }
}

/// A security group, `$group`, that a rule of `$peer` names.
pub fn referenced_group(story: &mut Story) {
    two_groups(story);
    story.pass_ms(1000);
    let request =
        "RegionId=cn-hangzhou&SecurityGroupId=$peer&IpProtocol=tcp&PortRange=3306/3306&SourceGroupId=$group";
    story.call("AuthorizeSecurityGroup", request);
}

/// A security group, `$group`, with a running instance, `$instance`.
pub fn group_with_instance(story: &mut Story) {
    one_running(story);
    for (ours, theirs) in [("group", "sg"), ("instance", "i")] {
        let id = story.named(theirs).to_owned();
        story.bind(ours, id);
    }
}

/// A running instance `$i` in `$sg`, with `$other` in the same VPC and `$far` in another one.
pub fn instance_and_groups(story: &mut Story) {
    one_running(story);
    story.make("far_vpc", "Vpc:CreateVpc", "RegionId=cn-hangzhou", "VpcId");
    story.pass_ms(10_000);
    for (name, vpc) in [("other", "$vpc"), ("far", "$far_vpc")] {
        let request = format!("RegionId=cn-hangzhou&VpcId={vpc}");
        story.make(name, "CreateSecurityGroup", &request, "SecurityGroupId");
    }
}

/// The same, where the instance is in `$second` too.
pub fn instance_in_two_groups(story: &mut Story) {
    instance_and_groups(story);
    join_another(story);
}

/// The same, where the instance is in as many groups as it may.
pub fn five_groups(story: &mut Story) {
    instance_and_groups(story);
    for _ in 1..GROUPS_MAX {
        join_another(story);
    }
}

/// [`instance_and_groups`], where `$other` takes no more members.
pub fn beside_a_full_group(story: &mut Story) {
    instance_and_groups(story);
    run(story, "j", "SecurityGroupId=$other");
    account(story, json!({ "quotas": { "instances_per_security_group": 1 } }));
}

/// [`instance_in_two_groups`], while a disk is on its way to the instance.
pub fn instance_with_moving_disk(story: &mut Story) {
    instance_in_two_groups(story);
    story.stop_telling();
    let key = Disk::key_of(&AccountId::from(DEFAULT_ACCOUNT), &DiskId::from(story.named("data")));
    let changed = story.cloud().write::<(), Fault>(&Lane(DEFAULT_ACCOUNT.to_owned()), move |tx, _| {
        let mut disk = tx.find::<Disk>(&key)?.expect("the disk was given");
        disk.status = DiskStatus::Attaching;
        tx.put(&disk)
    });
    changed.expect("the engine of a story does not fail");
}

fn join_another(story: &mut Story) {
    story.make("second", "CreateSecurityGroup", "RegionId=cn-hangzhou&VpcId=$vpc", "SecurityGroupId");
    story.call("JoinSecurityGroup", "InstanceId=$i&SecurityGroupId=$second");
}

/// A text longer than a rule's description may be.
macro_rules! letters_513 {
    () => {
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\
        xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\
        xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\
        xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\
        xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\
        xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\
        xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\
        xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\
        x"
    };
}
pub(crate) use letters_513;
