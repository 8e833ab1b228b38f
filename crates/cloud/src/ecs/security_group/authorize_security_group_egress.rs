//! AuthorizeSecurityGroupEgress.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::security_group::given::{
    classic_groups, enterprise_group, full_group, group_of_peers, group_with_rules, letters_513, one_group,
    two_groups,
};
use crate::ecs::security_group::rule;
use crate::ecs::security_group::rule_params::EgressParams;
use crate::errors::{
    ApiError, EnterpriseGroupIsNoPeer, EnterpriseGroupTakesNoPeers, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing, RuleDescriptionMalformed, RuleDestCidrMalformed, RuleDestGroupInOtherVpc,
    RuleDestGroupNotFound, RuleDestIsOwnGroup, RuleDestMissing, RuleDuplicate, RuleIpv4WithIcmpv6,
    RuleIpv6CidrMalformed, RuleIpv6WithIcmp, RuleMixesFamilies, RuleNicTypeMismatch, RuleNicTypeUnknown,
    RulePolicyUnknown, RulePortRangeMalformed, RulePrefixListNotFound, RulePriorityMalformed,
    RulePriorityOutOfRange, RuleProtocolUnknown, RuleSourceCidrMalformed, RuleSourcePortRangeMalformed,
    RulesDescribedTwice, SecurityGroupNotFound, TooManyPeerRules, TooManyRules,
};
use crate::ids::SecurityGroupId;
use crate::spec::Run;

/// Lets traffic out, or holds it back, by new rules of a security group.
///
/// A group without such rules lets everything out. A rule applies to all members of the group at once. Rules that the group
/// has already are accepted and change nothing. A group has up to 200 rules, both directions together; if they become more,
/// none of the new ones is added. Describe rules as `Permissions.N`, or a single one by the same parameters without that
/// prefix.
#[derive(Action)]
#[action(ecs, write, region, idempotent, reply = Empty, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    RuleProtocolUnknown,
    RulePortRangeMalformed,
    RuleSourcePortRangeMalformed,
    RuleDestCidrMalformed,
    RuleIpv6CidrMalformed,
    RuleSourceCidrMalformed,
    RulePolicyUnknown,
    RulePriorityMalformed,
    RuleNicTypeUnknown,
    RuleDescriptionMalformed,
    RulesDescribedTwice,
    RulePriorityOutOfRange,
    RuleMixesFamilies,
    RuleIpv6WithIcmp,
    RuleIpv4WithIcmpv6,
    RuleDestMissing,
    RuleDuplicate,
    SecurityGroupNotFound,
    RuleDestGroupNotFound,
    EnterpriseGroupTakesNoPeers,
    RuleDestIsOwnGroup,
    EnterpriseGroupIsNoPeer,
    RuleDestGroupInOtherVpc,
    RuleNicTypeMismatch,
    RulePrefixListNotFound,
    TooManyPeerRules,
    TooManyRules
))]
pub struct AuthorizeSecurityGroupEgress {
    /// ID of the security group.
    #[param(required)]
    security_group_id: SecurityGroupId,
    /// Rules.
    #[param(group)]
    permissions: Vec<EgressParams>,
    /// A single rule.
    #[param(flatten)]
    rule: EgressParams,
}

impl Run for AuthorizeSecurityGroupEgress {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let drafts = rule::drafts(self.permissions, self.rule)?;
        rule::authorize(cx, &self.security_group_id, drafts)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "one rule",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8",
    ),
    Case::ok(
        "two rules at once",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&Permissions.1.IpProtocol=UDP&Permissions.1.PortRange=53/53&Permissions.1.DestCidrIp=10.0.0.1&Permissions.1.Policy=drop&Permissions.1.Priority=100&Permissions.1.Description=No DNS&Permissions.2.IpProtocol=icmpv6&Permissions.2.PortRange=-1/-1&Permissions.2.Ipv6DestCidrIp=::/0",
    ),
    Case::ok(
        "a rule that is there already",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8",
    ),
    Case::ok(
        "another group as peer",
        two_groups,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestGroupId=$peer",
    ),
    Case::ok(
        "the other card of the classic network",
        classic_groups,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8&NicType=intranet",
    ),
    Case::err(
        "a region that is none",
        one_group,
        "RegionId=cn-atlantis&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8",
        &RegionNotFound,
    ),
    Case::err(
        "no protocol",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&PortRange=22/22&DestCidrIp=10.0.0.0/8",
        &RequiredParameterMissing,
    ),
    Case::err(
        "an empty group ID",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8",
        &RequiredParameterEmpty,
    ),
    Case::err(
        "a protocol that is none",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=sctp&PortRange=22/22&DestCidrIp=10.0.0.0/8",
        &RuleProtocolUnknown,
    ),
    Case::err(
        "TCP without ports",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=-1/-1&DestCidrIp=10.0.0.0/8",
        &RulePortRangeMalformed,
    ),
    Case::err(
        "ports in the wrong order",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/21&DestCidrIp=10.0.0.0/8",
        &RulePortRangeMalformed,
    ),
    Case::err(
        "a source that is no block",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8&SourceCidrIp=10.0.0.0/33",
        &RuleSourceCidrMalformed,
    ),
    Case::err(
        "a destination that is no block",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/33",
        &RuleDestCidrMalformed,
    ),
    Case::err(
        "IPv4 as IPv6",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&Ipv6DestCidrIp=10.0.0.0/8",
        &RuleIpv6CidrMalformed,
    ),
    Case::err(
        "a policy that is none",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8&Policy=reject",
        &RulePolicyUnknown,
    ),
    Case::err(
        "a priority in words",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8&Priority=high",
        &RulePriorityMalformed,
    ),
    Case::err(
        "a card that is none",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8&NicType=wlan",
        &RuleNicTypeUnknown,
    ),
    Case::err(
        "a description of 513 characters",
        one_group,
        concat!(
            "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8&Description=",
            letters_513!()
        ),
        &RuleDescriptionMalformed,
    ),
    Case::err(
        "a rule alone and in a list",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8&Permissions.1.IpProtocol=tcp&Permissions.1.PortRange=22/22&Permissions.1.DestCidrIp=10.0.0.0/8",
        &RulesDescribedTwice,
    ),
    Case::err(
        "both families",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8&Ipv6DestCidrIp=::/0",
        &RuleMixesFamilies,
    ),
    Case::err(
        "a priority below all",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8&Priority=101",
        &RulePriorityOutOfRange,
    ),
    Case::err(
        "no peer",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22",
        &RuleDestMissing,
    ),
    Case::err(
        "a group that is none",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=sg-none&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8",
        &SecurityGroupNotFound,
    ),
    Case::err(
        "a peer that is none",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestGroupId=sg-none",
        &RuleDestGroupNotFound,
    ),
    Case::err(
        "the own group as peer",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestGroupId=$group",
        &RuleDestIsOwnGroup,
    ),
    Case::err(
        "a peer in another VPC",
        two_groups,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestGroupId=$elsewhere",
        &RuleDestGroupInOtherVpc,
    ),
    Case::err(
        "a peer group on the internet card",
        classic_groups,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestGroupId=$peer",
        &RuleNicTypeMismatch,
    ),
    Case::err(
        "a prefix list",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestPrefixListId=pl-none",
        &RulePrefixListNotFound,
    ),
    Case::err(
        "the 201st rule",
        full_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8",
        &TooManyRules,
    ),
    Case::err(
        "TCP without ports of the source",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8&SourcePortRange=-1/-1",
        &RuleSourcePortRangeMalformed,
    ),
    Case::err(
        "IPv6 with ICMP",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=icmp&PortRange=-1/-1&Ipv6DestCidrIp=::/0",
        &RuleIpv6WithIcmp,
    ),
    Case::err(
        "IPv4 with ICMPv6",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=icmpv6&PortRange=-1/-1&DestCidrIp=10.0.0.0/8",
        &RuleIpv4WithIcmpv6,
    ),
    Case::err(
        "a rule twice in a list",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&Permissions.1.IpProtocol=tcp&Permissions.1.PortRange=22/22&Permissions.1.DestCidrIp=10.0.0.0/8&Permissions.2.IpProtocol=tcp&Permissions.2.PortRange=22/22&Permissions.2.DestCidrIp=10.0.0.0/8",
        &RuleDuplicate,
    ),
    Case::err(
        "an enterprise group with a peer",
        enterprise_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$enterprise&IpProtocol=tcp&PortRange=22/22&DestGroupId=$group",
        &EnterpriseGroupTakesNoPeers,
    ),
    Case::err(
        "an enterprise group as peer",
        enterprise_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestGroupId=$enterprise",
        &EnterpriseGroupIsNoPeer,
    ),
    Case::err(
        "the 21st peer",
        group_of_peers,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestGroupId=$peer",
        &TooManyPeerRules,
    ),
];
