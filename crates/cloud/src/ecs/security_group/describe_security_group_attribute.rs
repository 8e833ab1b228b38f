//! DescribeSecurityGroupAttribute.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use moyun_derive::{Action, Shape};
use moyun_store::Key;
use moyun_wire::timestamp;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::security_group::given::{classic_groups, group_with_rules, referenced_group};
use crate::ecs::security_group::record::{Rule, SecurityGroup};
use crate::errors::{
    ApiError, ParameterMalformed, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing,
    RuleNicTypeUnknown, SecurityGroupNotFound,
};
use crate::ids::{RegionId, SecurityGroupId, SecurityGroupRuleId, VpcId};
use crate::param::Param;
use crate::spec::{ParamKind, Run};

/// Shows a security group with its rules, newest first.
///
/// A new group has no rules. Without rules nothing from outside reaches its members, and they reach everything.
#[derive(Action)]
#[action(ecs, read, region, reply = SecurityGroupAttribute, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    RuleNicTypeUnknown,
    ParameterMalformed,
    SecurityGroupNotFound
))]
pub struct DescribeSecurityGroupAttribute {
    /// ID of the security group.
    #[param(required)]
    security_group_id: SecurityGroupId,
    /// Card of the classic network whose rules are shown: `internet`, which is the default there, or `intranet`. Of a group
    /// in a VPC all rules are shown.
    #[param(one_of("internet", "intranet"), row = RuleNicTypeUnknown)]
    nic_type: Option<String>,
    /// Direction of the rules that are shown.
    #[param(default = "all", one_of("ingress", "egress", "all"))]
    direction: String,
    /// What else is shown: `snapshotPolicyIds`. The list of those is always there, and empty.
    #[expect(dead_code, reason = "what it asks for is there in any case")]
    #[param(one_of("snapshotPolicyIds"))]
    attribute: Option<String>,
    /// Where the last page ended: its NextToken.
    next_token: Option<RuleToken>,
    /// Rules on a page.
    #[param(default = 500, range(1, 1000))]
    max_results: usize,
}

/// A security group with its rules.
#[derive(Shape)]
pub struct SecurityGroupAttribute {
    /// ID of the group.
    security_group_id: SecurityGroupId,
    /// Name of the group, perhaps empty.
    security_group_name: String,
    /// Description of the group, perhaps empty.
    description: String,
    /// Region of the group.
    region_id: RegionId,
    /// VPC that the group belongs to; empty for the classic network.
    vpc_id: VpcId,
    /// `Accept` or `Drop`: whether its members may talk to each other.
    inner_access_policy: String,
    /// The rules.
    #[shape(list = "Permission")]
    permissions: Vec<Permission>,
    /// Snapshot policies of the group: none.
    #[shape(list = "SnapshotPolicyId")]
    snapshot_policy_ids: Vec<String>,
    /// Where this page ends; empty on the last one.
    next_token: String,
}

/// A rule. Texts that do not apply are empty.
#[derive(Shape)]
struct Permission {
    /// ID of the rule.
    security_group_rule_id: SecurityGroupRuleId,
    /// `ingress` or `egress`.
    direction: String,
    /// Protocol in capitals.
    ip_protocol: String,
    /// Ports, such as `22/22`, or `-1/-1`.
    port_range: String,
    /// Ports of the source.
    source_port_range: String,
    /// `Accept` or `Drop`.
    policy: String,
    /// Which rule counts first, from 1 to 100.
    priority: String,
    /// `internet` or `intranet`.
    nic_type: String,
    /// What the rule is for.
    description: String,
    /// When the rule was made.
    create_time: String,
    /// IPv4 source.
    source_cidr_ip: String,
    /// IPv6 source.
    ipv6_source_cidr_ip: String,
    /// Source group.
    source_group_id: String,
    /// Name of the source group.
    source_group_name: String,
    /// Account of the source group, if it is not the caller's.
    source_group_owner_account: String,
    /// Prefix list of the source.
    source_prefix_list_id: String,
    /// Name of that prefix list.
    source_prefix_list_name: String,
    /// IPv4 destination.
    dest_cidr_ip: String,
    /// IPv6 destination.
    ipv6_dest_cidr_ip: String,
    /// Destination group.
    dest_group_id: String,
    /// Name of the destination group.
    dest_group_name: String,
    /// Account of the destination group, if it is not the caller's.
    dest_group_owner_account: String,
    /// Prefix list of the destination.
    dest_prefix_list_id: String,
    /// Name of that prefix list.
    dest_prefix_list_name: String,
    /// Port list of the rule.
    port_range_list_id: String,
    /// Name of that port list.
    port_range_list_name: String,
}

impl Run for DescribeSecurityGroupAttribute {
    fn run(self, cx: &mut Cx<'_>) -> Result<SecurityGroupAttribute, ApiError> {
        let group = cx.security_group(&self.security_group_id)?;
        let nic_type = match group.vpc {
            Some(_) => "intranet",
            None => self.nic_type.as_deref().unwrap_or("internet"),
        };
        let mut rules: Vec<Rule> = group.rules;
        rules.retain(|rule| {
            rule.nic_type == nic_type
                && (self.direction == "all" || self.direction == rule.direction)
                && self.next_token.as_ref().is_none_or(|token| RuleToken::of(rule) > *token)
        });
        rules.sort_by_cached_key(RuleToken::of);
        let goes_on = rules.len() > self.max_results;
        rules.truncate(self.max_results);
        let next_token = rules.last().filter(|_| goes_on).map(|rule| RuleToken::of(rule).text());
        let names = names_of_peers(&rules, cx)?;
        Ok(SecurityGroupAttribute {
            security_group_id: group.id,
            security_group_name: group.name,
            description: group.description,
            region_id: group.region,
            vpc_id: group.vpc.unwrap_or_default(),
            inner_access_policy: group.inner_access_policy,
            permissions: rules.into_iter().map(|rule| Permission::of(rule, &names)).collect(),
            snapshot_policy_ids: vec![],
            next_token: next_token.unwrap_or_default(),
        })
    }
}

/// A position in the rules of a group: newest first, then by ID.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct RuleToken(Reverse<i64>, String);

impl RuleToken {
    fn of(rule: &Rule) -> RuleToken {
        RuleToken(Reverse(rule.created_ms), rule.id.0.clone())
    }

    fn text(&self) -> String {
        format!("{}.{}", self.0.0, self.1)
    }
}

impl Param for RuleToken {
    const KIND: ParamKind = ParamKind::Text;
    fn read(text: &str) -> Option<RuleToken> {
        let (created, id) = text.split_once('.')?;
        Some(RuleToken(Reverse(created.parse().ok()?), id.to_owned()))
    }
}

/// The names of the groups that rules name, by their IDs.
fn names_of_peers(rules: &[Rule], cx: &Cx<'_>) -> Result<BTreeMap<String, String>, ApiError> {
    let mut peers: Vec<&str> = rules.iter().flat_map(Rule::peers).collect();
    peers.sort_unstable();
    peers.dedup();
    let key = |peer: &str| SecurityGroup::key_of(cx.account(), &SecurityGroupId::from(peer));
    let keys: Vec<Key> = peers.into_iter().map(key).collect();
    let groups = cx.tx.find_many::<SecurityGroup>(&keys)?;
    Ok(groups.into_iter().flatten().map(|group| (group.id.0, group.name)).collect())
}

impl Permission {
    fn of(rule: Rule, names: &BTreeMap<String, String>) -> Permission {
        let name = |group: &String| names.get(group).cloned().unwrap_or_default();
        Permission {
            source_group_name: name(&rule.source_group),
            dest_group_name: name(&rule.dest_group),
            create_time: timestamp::to_second(rule.created_ms),
            priority: rule.priority.to_string(),
            security_group_rule_id: rule.id,
            direction: rule.direction,
            ip_protocol: rule.ip_protocol,
            port_range: rule.port_range,
            source_port_range: rule.source_port_range,
            policy: rule.policy,
            nic_type: rule.nic_type,
            description: rule.description,
            source_cidr_ip: rule.source_cidr,
            ipv6_source_cidr_ip: rule.ipv6_source_cidr,
            source_group_id: rule.source_group,
            source_group_owner_account: rule.source_group_owner,
            source_prefix_list_id: rule.source_prefix_list,
            source_prefix_list_name: String::new(),
            dest_cidr_ip: rule.dest_cidr,
            ipv6_dest_cidr_ip: rule.ipv6_dest_cidr,
            dest_group_id: rule.dest_group,
            dest_group_owner_account: rule.dest_group_owner,
            dest_prefix_list_id: rule.dest_prefix_list,
            dest_prefix_list_name: String::new(),
            port_range_list_id: String::new(),
            port_range_list_name: String::new(),
        }
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("all rules", group_with_rules, "RegionId=cn-hangzhou&SecurityGroupId=$group"),
    Case::ok(
        "the first rule for incoming traffic",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&Direction=ingress&MaxResults=1",
    ),
    Case::ok(
        "a group as peer",
        referenced_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$peer&NicType=intranet",
    ),
    Case::ok("of the classic network", classic_groups, "RegionId=cn-hangzhou&SecurityGroupId=$group"),
    Case::err(
        "a region that is none",
        group_with_rules,
        "RegionId=cn-atlantis&SecurityGroupId=$group",
        &RegionNotFound,
    ),
    Case::err("no group ID", group_with_rules, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err(
        "an empty group ID",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=",
        &RequiredParameterEmpty,
    ),
    Case::err(
        "a card that is none",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&NicType=wlan",
        &RuleNicTypeUnknown,
    ),
    Case::err(
        "a direction that is none",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&Direction=up",
        &ParameterMalformed,
    ),
    Case::err(
        "a group that is none",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=sg-bp1doesnotexist001",
        &SecurityGroupNotFound,
    ),
];
