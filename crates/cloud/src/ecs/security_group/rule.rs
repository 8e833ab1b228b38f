//! What becomes of a rule that a request describes.

use crate::cx::Cx;
use crate::ecs::security_group::record::{Rule, SecurityGroup};
use crate::ecs::security_group::rule_params::{EgressParams, IngressParams, policy_word};
use crate::errors::{
    ApiError, EnterpriseGroupIsNoPeer, EnterpriseGroupTakesNoPeers, ErrorRow, RequiredParameterMissing,
    RuleDestGroupInOtherVpc, RuleDestGroupNotFound, RuleDestIsOwnGroup, RuleDestMissing, RuleDuplicate,
    RuleIdNotFound, RuleIpv4WithIcmpv6, RuleIpv6WithIcmp, RuleMixesFamilies, RuleNicTypeMismatch,
    RulePortRangeMalformed, RulePrefixListNotFound, RulePriorityOutOfRange, RuleSourceGroupInOtherVpc,
    RuleSourceGroupNotFound, RuleSourceIsOwnGroup, RuleSourceMissing, RuleSourcePortRangeMalformed,
    RulesDescribedTwice, TooManyPeerRules, TooManyRules,
};
use crate::ids::{SecurityGroupId, SecurityGroupRuleId};
use crate::world::Fact;

/// The most rules of a group, both directions together.
pub(super) const RULES_MAX: usize = 200;
/// The most rules of a group that name another group.
const PEER_RULES_MAX: usize = 20;

/// Traffic that comes in.
pub(super) const INGRESS: &str = "ingress";
/// Traffic that goes out.
pub(super) const EGRESS: &str = "egress";

const NO_PORTS: &str = "-1/-1";

/// A rule that is well formed; whether it fits its group is not known yet.
pub(super) struct Draft {
    rule: Rule,
    nic_type: Option<String>,
    owner_id: Option<String>,
    owner_account: Option<String>,
}

/// Parameters that describe a rule.
pub(super) trait Described {
    /// Whether any of them is given that no rule can do without.
    fn is_given(&self) -> bool;
    /// The rule, if they are all there and fit each other.
    fn draft(self, prefix: &str) -> Result<Draft, ApiError>;
}

/// The rules of a request, which come in a list or stand alone.
pub(super) fn drafts<P: Described>(listed: Vec<P>, alone: P) -> Result<Vec<Draft>, ApiError> {
    if listed.is_empty() {
        return Ok(vec![alone.draft("")?]);
    }
    if alone.is_given() {
        return Err(RulesDescribedTwice.about("Permissions"));
    }
    listed.into_iter().map(|params| params.draft("Permissions.N.")).collect()
}

/// Adds rules to a group; those that it has already stay as they are.
pub(super) fn authorize(cx: &mut Cx<'_>, id: &SecurityGroupId, drafts: Vec<Draft>) -> Result<(), ApiError> {
    let is_again = |(at, draft): (usize, &Draft)| drafts[..at].iter().any(|other| other.is_same(draft));
    if drafts.iter().enumerate().any(is_again) {
        return Err(RuleDuplicate.about("Permissions"));
    }
    let mut group = cx.security_group(id)?;
    for draft in drafts {
        draft.check_peer(&group, cx)?;
        let rule = draft.fit(&group);
        if !group.rules.iter().any(|known| known.does_same(&rule)) {
            let id = SecurityGroupRuleId(cx.new_id("sgr", &group.region, 20));
            group.rules.push(Rule { id, created_ms: cx.now_ms(), ..rule });
        }
    }
    if group.rules.iter().flat_map(Rule::peers).count() > PEER_RULES_MAX {
        return Err((&TooManyPeerRules).into());
    }
    if group.rules.len() > RULES_MAX {
        return Err((&TooManyRules).into());
    }
    Ok(cx.put(&group)?)
}

/// Takes rules out of a group; those that it has not are none the worse.
pub(super) fn revoke(cx: &mut Cx<'_>, id: &SecurityGroupId, drafts: Vec<Draft>) -> Result<(), ApiError> {
    let mut group = cx.security_group(id)?;
    for draft in drafts {
        let rule = draft.fit(&group);
        group.rules.retain(|known| !known.does_same(&rule));
    }
    Ok(cx.put(&group)?)
}

/// Takes the rules of these ids out of a group, all or none.
pub(super) fn revoke_by_ids(
    cx: &mut Cx<'_>,
    id: &SecurityGroupId,
    rules: &[SecurityGroupRuleId],
    direction: &str,
) -> Result<(), ApiError> {
    let mut group = cx.security_group(id)?;
    let is_there = |wanted: &SecurityGroupRuleId| {
        group.rules.iter().any(|rule| rule.id == *wanted && rule.direction == direction)
    };
    if !rules.iter().all(is_there) {
        return Err(RuleIdNotFound.about("SecurityGroupRuleId"));
    }
    group.rules.retain(|rule| !rules.contains(&rule.id));
    Ok(cx.put(&group)?)
}

impl Draft {
    /// The rule as this group keeps it: a VPC knows one kind of card.
    pub(super) fn fit(self, group: &SecurityGroup) -> Rule {
        let nic_type = match (&group.vpc, self.nic_type) {
            (Some(_), _) => "intranet".to_owned(),
            (None, given) => given.unwrap_or_else(|| "internet".to_owned()),
        };
        Rule { nic_type, ..self.rule }
    }

    /// Whether what the rule names exists and is in reach of the group.
    pub(super) fn check_peer(&self, group: &SecurityGroup, cx: &Cx<'_>) -> Result<(), ApiError> {
        let rule = &self.rule;
        if let Some(name) = rule.prefix_list_parameter() {
            return Err(RulePrefixListNotFound.about(name));
        }
        if let Some(peer) = rule.peers().next() {
            let (name, [unknown, own, elsewhere]): (_, [&'static ErrorRow; 3]) = match rule.direction
                == INGRESS
            {
                true => (
                    "SourceGroupId",
                    [&RuleSourceGroupNotFound, &RuleSourceIsOwnGroup, &RuleSourceGroupInOtherVpc],
                ),
                false => {
                    ("DestGroupId", [&RuleDestGroupNotFound, &RuleDestIsOwnGroup, &RuleDestGroupInOtherVpc])
                }
            };
            let found = cx.find_security_group(&SecurityGroupId::from(peer))?;
            let is_own = self.names_own_account(cx)?;
            let peer = found.filter(|_| is_own).ok_or_else(|| unknown.about(name))?;
            if group.is_enterprise() {
                return Err(EnterpriseGroupTakesNoPeers.about(name));
            }
            if peer.id == group.id {
                return Err(own.about(name));
            }
            if peer.is_enterprise() {
                return Err(EnterpriseGroupIsNoPeer.about(name));
            }
            if peer.vpc != group.vpc {
                return Err(elsewhere.about(name));
            }
            if group.vpc.is_none() && self.nic_type.as_deref() != Some("intranet") {
                return Err(RuleNicTypeMismatch.about("NicType"));
            }
        }
        Ok(())
    }

    /// Whether two drafts describe one rule.
    fn is_same(&self, other: &Draft) -> bool {
        self.nic_type == other.nic_type && self.rule.does_same(&other.rule)
    }

    /// Whether the owner of the peer, if one is named, is the caller.
    fn names_own_account(&self, cx: &Cx<'_>) -> Result<bool, ApiError> {
        let by_id = self.owner_id.as_deref().is_none_or(|owner| owner == cx.account().as_str());
        Ok(by_id
            && match &self.owner_account {
                None => true,
                Some(owner) => Fact::of_account(&cx.tx, cx.account())?.login_name == *owner,
            })
    }
}

impl Rule {
    /// Whether this rule does what another one does, whatever they are called and described as.
    pub(super) fn does_same(&self, other: &Rule) -> bool {
        let plain = |rule: &Rule| Rule {
            id: SecurityGroupRuleId::default(),
            description: String::new(),
            created_ms: 0,
            ..rule.clone()
        };
        plain(self) == plain(other)
    }

    /// The groups that the rule names.
    pub fn peers(&self) -> impl Iterator<Item = &str> {
        [&self.source_group, &self.dest_group].into_iter().map(String::as_str).filter(|peer| !peer.is_empty())
    }

    /// The parameter that names a prefix list, if one does.
    fn prefix_list_parameter(&self) -> Option<&'static str> {
        match (self.source_prefix_list.is_empty(), self.dest_prefix_list.is_empty()) {
            (false, _) => Some("SourcePrefixListId"),
            (_, false) => Some("DestPrefixListId"),
            _ => None,
        }
    }
}

/// What rules of both directions have in common.
struct Basics {
    direction: &'static str,
    ip_protocol: Option<String>,
    port_range: Option<String>,
    source_port_range: Option<String>,
    policy: Option<String>,
    priority: Option<i64>,
    description: Option<String>,
}

impl Basics {
    fn rule(self, prefix: &str) -> Result<Rule, ApiError> {
        let missing = |name: &str| RequiredParameterMissing.with("name", format!("{prefix}{name}"));
        let ip_protocol = self.ip_protocol.ok_or_else(|| missing("IpProtocol"))?.to_ascii_uppercase();
        let port_range = self.port_range.ok_or_else(|| missing("PortRange"))?;
        let source_port_range = self.source_port_range.unwrap_or_default();
        let has_ports = matches!(ip_protocol.as_str(), "TCP" | "UDP");
        let fits = |range: &str| has_ports != (range == NO_PORTS);
        if !fits(&port_range) {
            return Err(RulePortRangeMalformed.about("PortRange"));
        }
        if !source_port_range.is_empty() && !fits(&source_port_range) {
            return Err(RuleSourcePortRangeMalformed.about("SourcePortRange"));
        }
        let priority = self.priority.unwrap_or(1);
        if !(1..=100).contains(&priority) {
            return Err(RulePriorityOutOfRange.about("Priority"));
        }
        Ok(Rule {
            direction: self.direction.to_owned(),
            ip_protocol,
            port_range,
            source_port_range,
            policy: self.policy.as_deref().map_or("Accept", policy_word).to_owned(),
            priority,
            description: self.description.unwrap_or_default(),
            ..Rule::default()
        })
    }
}

impl Described for IngressParams {
    fn is_given(&self) -> bool {
        self.ip_protocol.is_some() || self.port_range.is_some() || self.source_cidr_ip.is_some()
    }

    fn draft(self, prefix: &str) -> Result<Draft, ApiError> {
        let basics = Basics {
            direction: INGRESS,
            ip_protocol: self.ip_protocol,
            port_range: self.port_range,
            source_port_range: self.source_port_range,
            policy: self.policy,
            priority: self.priority,
            description: self.description,
        };
        let rule = Rule {
            source_cidr: self.source_cidr_ip.unwrap_or_default(),
            ipv6_source_cidr: self.ipv6_source_cidr_ip.unwrap_or_default(),
            dest_cidr: self.dest_cidr_ip.unwrap_or_default(),
            ipv6_dest_cidr: self.ipv6_dest_cidr_ip.unwrap_or_default(),
            ..basics.rule(prefix)?
        };
        check_families(&rule)?;
        let has_address = !rule.source_cidr.is_empty() || !rule.ipv6_source_cidr.is_empty();
        let (source_group, source_prefix_list) =
            peer(has_address, self.source_group_id, self.source_prefix_list_id)
                .ok_or_else(|| RuleSourceMissing.about("SourceCidrIp"))?;
        Ok(Draft {
            rule: Rule { source_group, source_prefix_list, ..rule },
            nic_type: self.nic_type,
            owner_id: self.source_group_owner_id,
            owner_account: self.source_group_owner_account,
        })
    }
}

impl Described for EgressParams {
    fn is_given(&self) -> bool {
        self.ip_protocol.is_some() || self.port_range.is_some() || self.dest_cidr_ip.is_some()
    }

    fn draft(self, prefix: &str) -> Result<Draft, ApiError> {
        let basics = Basics {
            direction: EGRESS,
            ip_protocol: self.ip_protocol,
            port_range: self.port_range,
            source_port_range: self.source_port_range,
            policy: self.policy,
            priority: self.priority,
            description: self.description,
        };
        let rule = Rule {
            source_cidr: self.source_cidr_ip.unwrap_or_default(),
            ipv6_source_cidr: self.ipv6_source_cidr_ip.unwrap_or_default(),
            dest_cidr: self.dest_cidr_ip.unwrap_or_default(),
            ipv6_dest_cidr: self.ipv6_dest_cidr_ip.unwrap_or_default(),
            ..basics.rule(prefix)?
        };
        check_families(&rule)?;
        let has_address = !rule.dest_cidr.is_empty() || !rule.ipv6_dest_cidr.is_empty();
        let (dest_group, dest_prefix_list) = peer(has_address, self.dest_group_id, self.dest_prefix_list_id)
            .ok_or_else(|| RuleDestMissing.about("DestCidrIp"))?;
        Ok(Draft {
            rule: Rule { dest_group, dest_prefix_list, ..rule },
            nic_type: self.nic_type,
            owner_id: self.dest_group_owner_id,
            owner_account: self.dest_group_owner_account,
        })
    }
}

/// The group or else the prefix list that counts: none of them beside an address. None when there is no peer at all.
fn peer(
    has_address: bool,
    group: Option<SecurityGroupId>,
    prefix_list: Option<String>,
) -> Option<(String, String)> {
    match (has_address, group, prefix_list) {
        (true, _, _) => Some((String::new(), String::new())),
        (false, Some(group), _) => Some((group.0, String::new())),
        (false, None, Some(list)) => Some((String::new(), list)),
        (false, None, None) => None,
    }
}

/// A rule speaks of one family of addresses, the one of its protocol.
fn check_families(rule: &Rule) -> Result<(), ApiError> {
    let given = |text: &String| !text.is_empty();
    let mixes = |ipv4, ipv6| given(ipv4) && given(ipv6);
    if mixes(&rule.source_cidr, &rule.ipv6_source_cidr) || mixes(&rule.dest_cidr, &rule.ipv6_dest_cidr) {
        return Err((&RuleMixesFamilies).into());
    }
    match rule.ip_protocol.as_str() {
        "ICMP" if given(&rule.ipv6_source_cidr) || given(&rule.ipv6_dest_cidr) => {
            Err((&RuleIpv6WithIcmp).into())
        }
        "ICMPV6" if given(&rule.source_cidr) || given(&rule.dest_cidr) => Err((&RuleIpv4WithIcmpv6).into()),
        _ => Ok(()),
    }
}
