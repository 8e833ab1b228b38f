//! ModifySecurityGroupEgressRule.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::security_group::given::{classic_groups, group_with_rules, letters_513, two_groups};
use crate::ecs::security_group::rule_change;
use crate::ecs::security_group::rule_params::EgressParams;
use crate::errors::{
    ApiError, DescribedRuleNotFound, EnterpriseGroupIsNoPeer, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing, RuleDescriptionMalformed, RuleDestCidrMalformed, RuleDestGroupInOtherVpc,
    RuleDestGroupNotFound, RuleDestIsOwnGroup, RuleDestMissing, RuleIdNotFound, RuleIpv4WithIcmpv6,
    RuleIpv6CidrMalformed, RuleIpv6WithIcmp, RuleKindFixed, RuleLikeAnother, RuleMixesFamilies,
    RuleNicTypeFixed, RuleNicTypeUnknown, RulePolicyUnknown, RulePortRangeMalformed, RulePriorityMalformed,
    RulePriorityOutOfRange, RuleProtocolUnknown, RuleSourceCidrMalformed, RuleSourcePortRangeMalformed,
    SecurityGroupNotFound,
};
use crate::ids::{SecurityGroupId, SecurityGroupRuleId};
use crate::spec::Run;
use crate::story::Story;

/// Changes a rule for traffic that goes out.
///
/// Name the rule by its ID, and what it is to become: what is not given stays, and the rule keeps its ID and its age. A
/// rule keeps the kind of its peer: an IPv4 block, an IPv6 block or a group; and it does not become what another rule of
/// the group is. Without an ID, describe the rule as when it was made: then its description alone is changed.
#[derive(Action)]
#[action(ecs, write, region, idempotent, reply = Empty, raises(RegionNotFound, RequiredParameterMissing, RequiredParameterEmpty, RuleProtocolUnknown, RulePortRangeMalformed, RuleSourcePortRangeMalformed, RuleSourceCidrMalformed, RuleIpv6CidrMalformed, RuleDestCidrMalformed, RulePolicyUnknown, RulePriorityMalformed, RuleNicTypeUnknown, RuleDescriptionMalformed, SecurityGroupNotFound, RuleIdNotFound, RuleKindFixed, RuleNicTypeFixed, RulePriorityOutOfRange, RuleMixesFamilies, RuleIpv6WithIcmp, RuleIpv4WithIcmpv6, RuleDestMissing, DescribedRuleNotFound, RuleDestGroupNotFound, RuleDestIsOwnGroup, EnterpriseGroupIsNoPeer, RuleDestGroupInOtherVpc, RuleLikeAnother))]
pub struct ModifySecurityGroupEgressRule {
    /// ID of the security group.
    #[param(required)]
    security_group_id: SecurityGroupId,
    /// ID of the rule.
    security_group_rule_id: Option<SecurityGroupRuleId>,
    /// What the rule becomes, or the rule whose description is changed.
    #[param(flatten)]
    rule: EgressParams,
}

impl Run for ModifySecurityGroupEgressRule {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        rule_change::modify(cx, &self.security_group_id, self.security_group_rule_id, self.rule)?;
        Ok(Empty)
    }
}

/// `$rule` of `$group`, whose peer is `$peer`; `$elsewhere` lies in another VPC, `$enterprise` is an enterprise group.
fn rule_of_peer(story: &mut Story) {
    two_groups(story);
    let request = "RegionId=cn-hangzhou&VpcId=$vpc&SecurityGroupType=enterprise";
    story.make("enterprise", "CreateSecurityGroup", request, "SecurityGroupId");
    authorized(story, "DestGroupId=$peer");
}

/// `$rule` of `$group`, whose peer is a block, beside `$peer`.
fn two_groups_with_rule(story: &mut Story) {
    two_groups(story);
    authorized(story, "DestCidrIp=10.0.0.0/8");
}

/// `$rule` of `$group` in the classic network, for the Internet.
fn classic_group_with_rule(story: &mut Story) {
    classic_groups(story);
    authorized(story, "DestCidrIp=10.0.0.0/8");
}

fn authorized(story: &mut Story, peer: &str) {
    let request =
        format!("RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=80/80&{peer}");
    story.call("AuthorizeSecurityGroupEgress", &request);
    let path = "Permissions/Permission/0/SecurityGroupRuleId";
    story.make("rule", "DescribeSecurityGroupAttribute", "RegionId=cn-hangzhou&SecurityGroupId=$group", path);
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "its ports and priority",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$out&PortRange=2222/2222&Priority=7",
    ),
    Case::ok(
        "its peer, policy and description",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$out&DestCidrIp=10.1.0.0/16&Policy=drop&Description=Not any more",
    ),
    Case::ok(
        "the description of a rule that is described",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8&Description=SSH of the office",
    ),
    Case::ok(
        "another group as peer",
        rule_of_peer,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$rule&PortRange=443/443",
    ),
    Case::err(
        "a region that is none",
        group_with_rules,
        "RegionId=cn-atlantis&SecurityGroupId=$group&SecurityGroupRuleId=$out",
        &RegionNotFound,
    ),
    Case::err(
        "no group",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupRuleId=$out&Priority=7",
        &RequiredParameterMissing,
    ),
    Case::err(
        "an empty group ID",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=&SecurityGroupRuleId=$out&Priority=7",
        &RequiredParameterEmpty,
    ),
    Case::err(
        "a protocol that is none",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$out&IpProtocol=sctp",
        &RuleProtocolUnknown,
    ),
    Case::err(
        "ports in the wrong order",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$out&PortRange=22/21",
        &RulePortRangeMalformed,
    ),
    Case::err(
        "a protocol that the ports do not fit",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$out&IpProtocol=gre",
        &RulePortRangeMalformed,
    ),
    Case::err(
        "TCP without ports of the source",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$out&SourcePortRange=-1/-1",
        &RuleSourcePortRangeMalformed,
    ),
    Case::err(
        "a source that is no block",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$out&SourceCidrIp=10.0.0.0/33",
        &RuleSourceCidrMalformed,
    ),
    Case::err(
        "IPv4 as IPv6",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$out&Ipv6SourceCidrIp=10.0.0.0/8",
        &RuleIpv6CidrMalformed,
    ),
    Case::err(
        "a destination that is no block",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$out&DestCidrIp=10.0.0.0/33",
        &RuleDestCidrMalformed,
    ),
    Case::err(
        "a policy that is none",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$out&Policy=reject",
        &RulePolicyUnknown,
    ),
    Case::err(
        "a priority in words",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$out&Priority=high",
        &RulePriorityMalformed,
    ),
    Case::err(
        "a card that is none",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$out&NicType=wlan",
        &RuleNicTypeUnknown,
    ),
    Case::err(
        "a description of 513 characters",
        group_with_rules,
        concat!(
            "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$out&Description=",
            letters_513!()
        ),
        &RuleDescriptionMalformed,
    ),
    Case::err(
        "a priority below all",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$out&Priority=101",
        &RulePriorityOutOfRange,
    ),
    Case::err(
        "both families",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&DestCidrIp=10.0.0.0/8&Ipv6DestCidrIp=::/0&Description=a",
        &RuleMixesFamilies,
    ),
    Case::err(
        "IPv6 with ICMP",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=icmp&PortRange=-1/-1&Ipv6DestCidrIp=::/0&Description=a",
        &RuleIpv6WithIcmp,
    ),
    Case::err(
        "IPv4 with ICMPv6",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$out&IpProtocol=icmpv6&PortRange=-1/-1",
        &RuleIpv4WithIcmpv6,
    ),
    Case::err(
        "a description of no peer",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&Description=a",
        &RuleDestMissing,
    ),
    Case::err(
        "a group that is none",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=sg-none&SecurityGroupRuleId=$out&Priority=7",
        &SecurityGroupNotFound,
    ),
    Case::err(
        "a rule that is not described so",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=23/23&DestCidrIp=10.0.0.0/8&Description=a",
        &DescribedRuleNotFound,
    ),
    Case::err(
        "an ID that is none",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=sgr-none&Priority=7",
        &RuleIdNotFound,
    ),
    Case::err(
        "a rule of the other direction",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$in&Priority=7",
        &RuleIdNotFound,
    ),
    Case::err(
        "a group instead of addresses",
        two_groups_with_rule,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$rule&DestGroupId=$peer",
        &RuleKindFixed,
    ),
    Case::err(
        "IPv6 instead of IPv4",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$out&Ipv6DestCidrIp=::/0",
        &RuleKindFixed,
    ),
    Case::err(
        "the other card",
        classic_group_with_rule,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$rule&NicType=intranet",
        &RuleNicTypeFixed,
    ),
    Case::err(
        "a peer that is none",
        rule_of_peer,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$rule&DestGroupId=sg-none",
        &RuleDestGroupNotFound,
    ),
    Case::err(
        "the own group as peer",
        rule_of_peer,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$rule&DestGroupId=$group",
        &RuleDestIsOwnGroup,
    ),
    Case::err(
        "a peer in another VPC",
        rule_of_peer,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$rule&DestGroupId=$elsewhere",
        &RuleDestGroupInOtherVpc,
    ),
    Case::err(
        "an enterprise group as peer",
        rule_of_peer,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$rule&DestGroupId=$enterprise",
        &EnterpriseGroupIsNoPeer,
    ),
    Case::err(
        "what another rule does",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupRuleId=$out&IpProtocol=all&PortRange=-1/-1&DestCidrIp=0.0.0.0/0",
        &RuleLikeAnother,
    ),
];
