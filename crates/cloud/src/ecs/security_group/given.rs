//! States that the cases of security groups start from.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use moyun_store::{Fault, Lane, Record};

use crate::ecs::instance::record::{Instance, Internet, Network, Payment, Status};
use crate::ecs::security_group::SECURITY_GROUPS_MAX;
use crate::ecs::security_group::rule::RULES_MAX;
use crate::ids::{AccountId, ImageId, InstanceId, RegionId, ResourceGroupId, SecurityGroupId, ZoneId};
use crate::story::{DAWN_MS, Story};
use crate::vpc::given::one_vpc;
use crate::world::DEFAULT_ACCOUNT;

const INSTANCE: &str = "i-bp1given000000000001";

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

/// A security group, `$group`, with an instance, `$instance`.
pub fn group_with_instance(story: &mut Story) {
    one_group(story);
    let group = SecurityGroupId::from(story.named("group"));
    plant(story, instance(group, None));
    story.bind("instance", INSTANCE);
}

/// Stores what no action of this family makes.
///
/// # Panics
///
/// When the store fails.
pub fn plant<R: Record + Send + 'static>(story: &Story, record: R) {
    let lane = Lane(DEFAULT_ACCOUNT.to_owned());
    let planted = story.cloud().write::<(), Fault>(&lane, move |tx, _| tx.put(&record));
    planted.expect("the engine of a story does not fail");
}

/// A running instance of the default account in a security group, perhaps with a key pair.
pub fn instance(group: SecurityGroupId, key_pair: Option<&str>) -> Instance {
    Instance {
        account: AccountId::from(DEFAULT_ACCOUNT),
        id: InstanceId::from(INSTANCE),
        region: RegionId::from("cn-hangzhou"),
        zone: ZoneId::from("cn-hangzhou-b"),
        name: "web".to_owned(),
        description: String::new(),
        host_name: String::new(),
        image: ImageId::from("ubuntu_22_04_x64_20G_alibase_20230718.vhd"),
        instance_type: "ecs.g6.large".to_owned(),
        io_optimized: true,
        status: Status::Running,
        next: None,
        created_ms: DAWN_MS,
        started_ms: Some(DAWN_MS),
        serial_number: String::new(),
        payment: Payment {
            charge_type: "PostPaid".to_owned(),
            expires_ms: None,
            auto_renew: None,
            auto_release_ms: None,
            spot_strategy: "NoSpot".to_owned(),
            spot_price_limit: None,
            spot_duration: None,
            spot_interruption_behavior: String::new(),
        },
        network: Network::Classic { address: Ipv4Addr::new(10, 0, 0, 1) },
        internet: Internet {
            charge_type: "PayByTraffic".to_owned(),
            max_bandwidth_out: 0,
            max_bandwidth_in: 0,
            address: None,
        },
        security_groups: vec![group],
        key_pair: key_pair.map(str::to_owned),
        has_password: false,
        user_data: String::new(),
        deletion_protection: false,
        ram_role: None,
        hpc_cluster: None,
        credit_specification: String::new(),
        stopped_mode: String::new(),
        locks: vec![],
        resource_group: ResourceGroupId::default(),
        tags: vec![],
        shown: BTreeMap::new(),
    }
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
