//! Rules as requests describe them, on their own or in a list.

use std::net::{Ipv4Addr, Ipv6Addr};

use ipnet::{Ipv4Net, Ipv6Net};
use moyun_derive::Group;

use crate::errors::{
    RuleDescriptionMalformed, RuleDestCidrMalformed, RuleIpv6CidrMalformed, RuleNicTypeUnknown,
    RulePolicyUnknown, RulePortRangeMalformed, RulePriorityMalformed, RuleProtocolUnknown,
    RuleSourceCidrMalformed, RuleSourcePortRangeMalformed,
};
use crate::ids::SecurityGroupId;

/// A rule for traffic that comes in.
#[derive(Group)]
pub(super) struct IngressParams {
    /// Protocol in any letter case: `TCP`, `UDP`, `ICMP`, `ICMPv6`, `GRE` or `ALL`.
    #[param(check = is_protocol, row = RuleProtocolUnknown)]
    pub ip_protocol: Option<String>,
    /// Ports of the group's members: first and last of 1 to 65535, such as `80/80`, for TCP and UDP; `-1/-1` for others.
    #[param(check = is_port_range, row = RulePortRangeMalformed)]
    pub port_range: Option<String>,
    /// Port list instead of the ports. There are no port lists here: give PortRange.
    #[expect(dead_code, reason = "a list that does not exist is no port range")]
    pub port_range_list_id: Option<String>,
    /// Ports of the peer, in the form of PortRange. Without it the peer may use any port.
    #[param(check = is_port_range, row = RuleSourcePortRangeMalformed)]
    pub source_port_range: Option<String>,
    /// IPv4 address or block of the peer. It counts before SourceGroupId.
    #[param(check = is_ipv4, row = RuleSourceCidrMalformed)]
    pub source_cidr_ip: Option<String>,
    /// IPv6 address or block of the peer, not together with SourceCidrIp.
    #[param(check = is_ipv6, row = RuleIpv6CidrMalformed)]
    pub ipv6_source_cidr_ip: Option<String>,
    /// Security group whose members are the peer: another group of the same VPC.
    pub source_group_id: Option<SecurityGroupId>,
    /// Account of that group; only your own groups can be named.
    pub source_group_owner_id: Option<String>,
    /// Login name of the account of that group.
    pub source_group_owner_account: Option<String>,
    /// Prefix list of the peer. There are no prefix lists here.
    pub source_prefix_list_id: Option<String>,
    /// IPv4 address or block of members, if the rule is not for all of them.
    #[param(check = is_ipv4, row = RuleDestCidrMalformed)]
    pub dest_cidr_ip: Option<String>,
    /// IPv6 address or block of members, if the rule is not for all of them.
    #[param(check = is_ipv6, row = RuleIpv6CidrMalformed)]
    pub ipv6_dest_cidr_ip: Option<String>,
    /// `accept` lets the traffic in, `drop` keeps it out without an answer; any letter case. `accept` if not given.
    #[param(check = is_policy, row = RulePolicyUnknown)]
    pub policy: Option<String>,
    /// Which rule counts first, from 1 (first) to 100; at the same priority `drop` counts before `accept`. 1 if not given.
    #[param(row = RulePriorityMalformed)]
    pub priority: Option<i64>,
    /// Card of the classic network that the rule is for: `internet`, which is the default there, or `intranet`. Rules of
    /// groups in a VPC are for `intranet` whatever is given.
    #[param(one_of("internet", "intranet"), row = RuleNicTypeUnknown)]
    pub nic_type: Option<String>,
    /// What the rule is for: 1 to 512 characters.
    #[param(len(1, 512), row = RuleDescriptionMalformed)]
    pub description: Option<String>,
}

/// A rule for traffic that goes out.
#[derive(Group)]
pub(super) struct EgressParams {
    /// Protocol in any letter case: `TCP`, `UDP`, `ICMP`, `ICMPv6`, `GRE` or `ALL`.
    #[param(check = is_protocol, row = RuleProtocolUnknown)]
    pub ip_protocol: Option<String>,
    /// Ports of the peer: first and last of 1 to 65535, such as `80/80`, for TCP and UDP; `-1/-1` for others.
    #[param(check = is_port_range, row = RulePortRangeMalformed)]
    pub port_range: Option<String>,
    /// Port list instead of the ports. There are no port lists here: give PortRange.
    #[expect(dead_code, reason = "a list that does not exist is no port range")]
    pub port_range_list_id: Option<String>,
    /// Ports of the group's members, in the form of PortRange. Without it they may use any port.
    #[param(check = is_port_range, row = RuleSourcePortRangeMalformed)]
    pub source_port_range: Option<String>,
    /// IPv4 address or block of the peer. It counts before DestGroupId.
    #[param(check = is_ipv4, row = RuleDestCidrMalformed)]
    pub dest_cidr_ip: Option<String>,
    /// IPv6 address or block of the peer, not together with DestCidrIp.
    #[param(check = is_ipv6, row = RuleIpv6CidrMalformed)]
    pub ipv6_dest_cidr_ip: Option<String>,
    /// Security group whose members are the peer: another group of the same VPC.
    pub dest_group_id: Option<SecurityGroupId>,
    /// Account of that group; only your own groups can be named.
    pub dest_group_owner_id: Option<String>,
    /// Login name of the account of that group.
    pub dest_group_owner_account: Option<String>,
    /// Prefix list of the peer. There are no prefix lists here.
    pub dest_prefix_list_id: Option<String>,
    /// IPv4 address or block of members, if the rule is not for all of them.
    #[param(check = is_ipv4, row = RuleSourceCidrMalformed)]
    pub source_cidr_ip: Option<String>,
    /// IPv6 address or block of members, if the rule is not for all of them.
    #[param(check = is_ipv6, row = RuleIpv6CidrMalformed)]
    pub ipv6_source_cidr_ip: Option<String>,
    /// `accept` lets the traffic out, `drop` holds it back without an answer; any letter case. `accept` if not given.
    #[param(check = is_policy, row = RulePolicyUnknown)]
    pub policy: Option<String>,
    /// Which rule counts first, from 1 (first) to 100; at the same priority `drop` counts before `accept`. 1 if not given.
    #[param(row = RulePriorityMalformed)]
    pub priority: Option<i64>,
    /// Card of the classic network that the rule is for: `internet`, which is the default there, or `intranet`. Rules of
    /// groups in a VPC are for `intranet` whatever is given.
    #[param(one_of("internet", "intranet"), row = RuleNicTypeUnknown)]
    pub nic_type: Option<String>,
    /// What the rule is for: 1 to 512 characters.
    #[param(len(1, 512), row = RuleDescriptionMalformed)]
    pub description: Option<String>,
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn is_protocol(protocol: &String) -> bool {
    ["TCP", "UDP", "ICMP", "ICMPV6", "GRE", "ALL"].contains(&protocol.to_ascii_uppercase().as_str())
}

/// Whether this is accept or drop.
#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
pub(super) fn is_policy(policy: &String) -> bool {
    policy.eq_ignore_ascii_case("accept") || policy.eq_ignore_ascii_case("drop")
}

/// The policy as it is shown.
pub(super) fn policy_word(policy: &str) -> &'static str {
    if policy.eq_ignore_ascii_case("drop") { "Drop" } else { "Accept" }
}

/// Whether this is `-1/-1` or two ports in order.
fn is_port_range(range: &String) -> bool {
    let port = |text: &str| text.parse::<u16>().ok().filter(|port| *port > 0 && !text.starts_with('+'));
    let ports = range.split_once('/').and_then(|(first, last)| Some((port(first)?, port(last)?)));
    range == "-1/-1" || ports.is_some_and(|(first, last)| first <= last)
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn is_ipv4(block: &String) -> bool {
    block.parse::<Ipv4Net>().is_ok() || block.parse::<Ipv4Addr>().is_ok()
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn is_ipv6(block: &String) -> bool {
    block.parse::<Ipv6Net>().is_ok() || block.parse::<Ipv6Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::{is_ipv4, is_ipv6, is_port_range, is_protocol};

    #[test]
    fn port_ranges_at_their_edges() {
        for good in ["1/65535", "22/22", "-1/-1"] {
            assert!(is_port_range(&good.to_owned()), "{good}");
        }
        for bad in ["", "22", "0/1", "1/65536", "200/1", "-1/1", "+1/2", "1/2/3", "a/b", " 1/2"] {
            assert!(!is_port_range(&bad.to_owned()), "{bad}");
        }
    }

    #[test]
    fn blocks_and_addresses() {
        for good in ["0.0.0.0/0", "10.0.0.0/8", "10.1.2.3"] {
            assert!(is_ipv4(&good.to_owned()), "{good}");
        }
        for bad in ["", "10.0.0.0/33", "10.0.0", "::/0", "any"] {
            assert!(!is_ipv4(&bad.to_owned()), "{bad}");
        }
        assert!(is_ipv6(&"2001:db8::/32".to_owned()) && is_ipv6(&"::1".to_owned()));
        assert!(!is_ipv6(&"10.0.0.0/8".to_owned()));
    }

    #[test]
    fn protocols_in_any_letter_case() {
        for good in ["tcp", "Udp", "ICMPv6", "ALL"] {
            assert!(is_protocol(&good.to_owned()), "{good}");
        }
        assert!(!is_protocol(&"sctp".to_owned()));
    }
}
