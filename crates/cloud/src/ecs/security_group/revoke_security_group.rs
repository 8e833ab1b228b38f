//! RevokeSecurityGroup.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::security_group::given::{group_with_rules, letters_513};
use crate::ecs::security_group::rule::{self, INGRESS};
use crate::ecs::security_group::rule_params::IngressParams;
use crate::errors::{
    ApiError, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing, RuleDescriptionMalformed,
    RuleDestCidrMalformed, RuleIdNotFound, RuleIpv4WithIcmpv6, RuleIpv6CidrMalformed, RuleIpv6WithIcmp,
    RuleMixesFamilies, RuleNicTypeUnknown, RulePolicyUnknown, RulePortRangeMalformed, RulePriorityMalformed,
    RulePriorityOutOfRange, RuleProtocolUnknown, RuleSourceCidrMalformed, RuleSourceMissing,
    RuleSourcePortRangeMalformed, RulesDescribedTwice, SecurityGroupNotFound,
};
use crate::ids::{SecurityGroupId, SecurityGroupRuleId};
use crate::spec::Run;

/// Removes rules for traffic that comes in from a security group.
///
/// Name rules by their IDs, which must all exist; or describe them as `Permissions.N`, or a single one by the same parameters
/// without that prefix. A rule that is described and does not exist is passed over. Descriptions of rules do not count.
#[derive(Action)]
#[action(ecs, write, region, idempotent, reply = Empty, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    RuleProtocolUnknown,
    RulePortRangeMalformed,
    RuleSourcePortRangeMalformed,
    RuleSourceCidrMalformed,
    RuleIpv6CidrMalformed,
    RuleDestCidrMalformed,
    RulePolicyUnknown,
    RulePriorityMalformed,
    RuleNicTypeUnknown,
    RuleDescriptionMalformed,
    RulesDescribedTwice,
    RulePriorityOutOfRange,
    RuleMixesFamilies,
    RuleIpv6WithIcmp,
    RuleIpv4WithIcmpv6,
    RuleSourceMissing,
    SecurityGroupNotFound,
    RuleIdNotFound
))]
pub struct RevokeSecurityGroup {
    /// ID of the security group.
    #[param(required)]
    security_group_id: SecurityGroupId,
    /// IDs of the rules. With them nothing else is looked at.
    security_group_rule_id: Vec<SecurityGroupRuleId>,
    /// Rules.
    #[param(group)]
    permissions: Vec<IngressParams>,
    /// A single rule.
    #[param(flatten)]
    rule: IngressParams,
}

impl Run for RevokeSecurityGroup {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        if !self.security_group_rule_id.is_empty() {
            rule::revoke_by_ids(cx, &self.security_group_id, &self.security_group_rule_id, INGRESS)?;
            return Ok(Empty);
        }
        let drafts = rule::drafts(self.permissions, self.rule)?;
        rule::revoke(cx, &self.security_group_id, drafts)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "one rule",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8",
    ),
    Case::ok(
        "two rules at once",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&Permissions.1.IpProtocol=TCP&Permissions.1.PortRange=22/22&Permissions.1.SourceCidrIp=10.0.0.0/8&Permissions.2.IpProtocol=all&Permissions.2.PortRange=-1/-1&Permissions.2.SourceCidrIp=0.0.0.0/0",
    ),
    Case::ok(
        "by its ID",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId.1=$in",
    ),
    Case::ok(
        "a rule that is not there",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=23/23&SourceCidrIp=10.0.0.0/8",
    ),
    Case::err(
        "a region that is none",
        group_with_rules,
        "RegionId=cn-atlantis&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8",
        &RegionNotFound,
    ),
    Case::err(
        "no protocol",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&PortRange=22/22&SourceCidrIp=10.0.0.0/8",
        &RequiredParameterMissing,
    ),
    Case::err(
        "an empty group ID",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8",
        &RequiredParameterEmpty,
    ),
    Case::err(
        "a protocol that is none",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=sctp&PortRange=22/22&SourceCidrIp=10.0.0.0/8",
        &RuleProtocolUnknown,
    ),
    Case::err(
        "TCP without ports",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=-1/-1&SourceCidrIp=10.0.0.0/8",
        &RulePortRangeMalformed,
    ),
    Case::err(
        "ports in the wrong order",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/21&SourceCidrIp=10.0.0.0/8",
        &RulePortRangeMalformed,
    ),
    Case::err(
        "a source that is no block",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/33",
        &RuleSourceCidrMalformed,
    ),
    Case::err(
        "a destination that is no block",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8&DestCidrIp=10.0.0.0/33",
        &RuleDestCidrMalformed,
    ),
    Case::err(
        "IPv4 as IPv6",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&Ipv6SourceCidrIp=10.0.0.0/8",
        &RuleIpv6CidrMalformed,
    ),
    Case::err(
        "a policy that is none",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8&Policy=reject",
        &RulePolicyUnknown,
    ),
    Case::err(
        "a priority in words",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8&Priority=high",
        &RulePriorityMalformed,
    ),
    Case::err(
        "a card that is none",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8&NicType=wlan",
        &RuleNicTypeUnknown,
    ),
    Case::err(
        "a description of 513 characters",
        group_with_rules,
        concat!(
            "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8&Description=",
            letters_513!()
        ),
        &RuleDescriptionMalformed,
    ),
    Case::err(
        "a rule alone and in a list",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8&Permissions.1.IpProtocol=tcp&Permissions.1.PortRange=22/22&Permissions.1.SourceCidrIp=10.0.0.0/8",
        &RulesDescribedTwice,
    ),
    Case::err(
        "both families",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8&Ipv6SourceCidrIp=::/0",
        &RuleMixesFamilies,
    ),
    Case::err(
        "a priority below all",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8&Priority=101",
        &RulePriorityOutOfRange,
    ),
    Case::err(
        "no peer",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22",
        &RuleSourceMissing,
    ),
    Case::err(
        "a group that is none",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=sg-none&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8",
        &SecurityGroupNotFound,
    ),
    Case::err(
        "an ID that is none",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId.1=sgr-none",
        &RuleIdNotFound,
    ),
    Case::err(
        "a rule of the other direction",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId.1=$out",
        &RuleIdNotFound,
    ),
    Case::err(
        "TCP without ports of the source",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8&SourcePortRange=-1/-1",
        &RuleSourcePortRangeMalformed,
    ),
    Case::err(
        "IPv6 with ICMP",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=icmp&PortRange=-1/-1&Ipv6SourceCidrIp=::/0",
        &RuleIpv6WithIcmp,
    ),
    Case::err(
        "IPv4 with ICMPv6",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=icmpv6&PortRange=-1/-1&SourceCidrIp=10.0.0.0/8",
        &RuleIpv4WithIcmpv6,
    ),
];
