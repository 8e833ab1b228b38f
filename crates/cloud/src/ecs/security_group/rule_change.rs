//! How a rule that is there becomes another one.

use crate::cx::Cx;
use crate::ecs::security_group::record::{Rule, SecurityGroup};
use crate::ecs::security_group::rule::Described;
use crate::ecs::security_group::rule_params::{EgressParams, IngressParams};
use crate::errors::{
    ApiError, DescribedRuleNotFound, RuleIdNotFound, RuleKindFixed, RuleLikeAnother, RuleNicTypeFixed,
};
use crate::ids::{SecurityGroupId, SecurityGroupRuleId};

/// Parameters that change a rule.
pub(super) trait Changing: Described {
    /// The direction of the rules that they describe.
    const DIRECTION: &'static str;
    /// The kinds of peers that they name: an IPv4 block, an IPv6 block, a group, a prefix list.
    fn kinds(&self) -> [bool; 4];
    /// The card that they name.
    fn nic_type(&self) -> Option<&str>;
    /// What they say of the rule's purpose.
    fn description(&self) -> Option<&str>;
    /// The same parameters, where a rule gives what they leave out.
    fn over(self, rule: &Rule) -> Self;
}

/// Changes the rule of this ID, or the description of the rule that the parameters describe.
pub(super) fn modify<P: Changing>(
    cx: &mut Cx<'_>,
    id: &SecurityGroupId,
    rule: Option<SecurityGroupRuleId>,
    params: P,
) -> Result<(), ApiError> {
    let group = match rule {
        Some(rule) => change(cx, id, &rule, params)?,
        None => describe(cx, id, params)?,
    };
    Ok(cx.put(&group)?)
}

fn describe<P: Changing>(cx: &Cx<'_>, id: &SecurityGroupId, params: P) -> Result<SecurityGroup, ApiError> {
    let description = params.description().map(str::to_owned);
    let draft = params.draft("")?;
    let mut group = cx.security_group(id)?;
    let wanted = draft.fit(&group);
    let known = group.rules.iter_mut().find(|known| known.does_same(&wanted));
    let known = known.ok_or_else(|| DescribedRuleNotFound.about("IpProtocol"))?;
    if let Some(description) = description {
        known.description = description;
    }
    Ok(group)
}

fn change<P: Changing>(
    cx: &Cx<'_>,
    id: &SecurityGroupId,
    rule: &SecurityGroupRuleId,
    params: P,
) -> Result<SecurityGroup, ApiError> {
    let mut group = cx.security_group(id)?;
    let is_it = |known: &Rule| known.id == *rule && known.direction == P::DIRECTION;
    let at = group.rules.iter().position(is_it).ok_or_else(|| RuleIdNotFound.about("SecurityGroupRuleId"))?;
    let old = &group.rules[at];
    if params.kinds().iter().zip(old.kinds()).any(|(wanted, has)| *wanted && !has) {
        return Err((&RuleKindFixed).into());
    }
    if group.vpc.is_none() && params.nic_type().is_some_and(|wanted| wanted != old.nic_type) {
        return Err(RuleNicTypeFixed.about("NicType"));
    }
    let draft = params.over(old).draft("")?;
    draft.check_peer(&group, cx)?;
    let new = Rule { id: old.id.clone(), created_ms: old.created_ms, ..draft.fit(&group) };
    if group.rules.iter().any(|other| other.id != new.id && other.does_same(&new)) {
        return Err((&RuleLikeAnother).into());
    }
    group.rules[at] = new;
    Ok(group)
}

impl Rule {
    /// The kind of its peer, as [`Changing::kinds`] has them.
    fn kinds(&self) -> [bool; 4] {
        let peer = match self.direction == IngressParams::DIRECTION {
            true => [&self.source_cidr, &self.ipv6_source_cidr, &self.source_group, &self.source_prefix_list],
            false => [&self.dest_cidr, &self.ipv6_dest_cidr, &self.dest_group, &self.dest_prefix_list],
        };
        peer.map(|text| !text.is_empty())
    }
}

/// What is given, or else what the rule has.
fn or(given: Option<String>, has: &str) -> Option<String> {
    given.or_else(|| Some(has.to_owned()).filter(|has| !has.is_empty()))
}

/// The group that is given, or else the one that the rule has.
fn or_group(given: Option<SecurityGroupId>, has: &str) -> Option<SecurityGroupId> {
    given.or_else(|| Some(SecurityGroupId::from(has)).filter(|has| !has.0.is_empty()))
}

impl Changing for IngressParams {
    const DIRECTION: &'static str = super::rule::INGRESS;

    fn kinds(&self) -> [bool; 4] {
        [
            self.source_cidr_ip.is_some(),
            self.ipv6_source_cidr_ip.is_some(),
            self.source_group_id.is_some(),
            self.source_prefix_list_id.is_some(),
        ]
    }

    fn nic_type(&self) -> Option<&str> {
        self.nic_type.as_deref()
    }

    fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    fn over(self, rule: &Rule) -> IngressParams {
        IngressParams {
            ip_protocol: or(self.ip_protocol, &rule.ip_protocol),
            port_range: or(self.port_range, &rule.port_range),
            source_port_range: or(self.source_port_range, &rule.source_port_range),
            source_cidr_ip: or(self.source_cidr_ip, &rule.source_cidr),
            ipv6_source_cidr_ip: or(self.ipv6_source_cidr_ip, &rule.ipv6_source_cidr),
            source_group_id: or_group(self.source_group_id, &rule.source_group),
            source_prefix_list_id: or(self.source_prefix_list_id, &rule.source_prefix_list),
            dest_cidr_ip: or(self.dest_cidr_ip, &rule.dest_cidr),
            ipv6_dest_cidr_ip: or(self.ipv6_dest_cidr_ip, &rule.ipv6_dest_cidr),
            policy: or(self.policy, &rule.policy),
            priority: self.priority.or(Some(rule.priority)),
            nic_type: or(self.nic_type, &rule.nic_type),
            description: or(self.description, &rule.description),
            ..self
        }
    }
}

impl Changing for EgressParams {
    const DIRECTION: &'static str = super::rule::EGRESS;

    fn kinds(&self) -> [bool; 4] {
        [
            self.dest_cidr_ip.is_some(),
            self.ipv6_dest_cidr_ip.is_some(),
            self.dest_group_id.is_some(),
            self.dest_prefix_list_id.is_some(),
        ]
    }

    fn nic_type(&self) -> Option<&str> {
        self.nic_type.as_deref()
    }

    fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    fn over(self, rule: &Rule) -> EgressParams {
        EgressParams {
            ip_protocol: or(self.ip_protocol, &rule.ip_protocol),
            port_range: or(self.port_range, &rule.port_range),
            source_port_range: or(self.source_port_range, &rule.source_port_range),
            source_cidr_ip: or(self.source_cidr_ip, &rule.source_cidr),
            ipv6_source_cidr_ip: or(self.ipv6_source_cidr_ip, &rule.ipv6_source_cidr),
            dest_group_id: or_group(self.dest_group_id, &rule.dest_group),
            dest_prefix_list_id: or(self.dest_prefix_list_id, &rule.dest_prefix_list),
            dest_cidr_ip: or(self.dest_cidr_ip, &rule.dest_cidr),
            ipv6_dest_cidr_ip: or(self.ipv6_dest_cidr_ip, &rule.ipv6_dest_cidr),
            policy: or(self.policy, &rule.policy),
            priority: self.priority.or(Some(rule.priority)),
            nic_type: or(self.nic_type, &rule.nic_type),
            description: or(self.description, &rule.description),
            ..self
        }
    }
}
