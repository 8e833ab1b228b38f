//! A security group as it is stored, with its rules.

use std::collections::BTreeSet;

use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::ecs::instance::record::{BY_SECURITY_GROUP, Instance};
use crate::errors::{ApiError, SecurityGroupNotFound};
use crate::ids::{AccountId, RegionId, ResourceGroupId, SecurityGroupId, SecurityGroupRuleId, VpcId};
use crate::paging::Listed;
use crate::tags::Tag;

/// The index of security groups by their VPC.
pub const BY_VPC: u16 = 1;
/// The index of security groups by each group that their rules name.
pub const BY_PEER: u16 = 2;

/// A security group.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SecurityGroup {
    /// Whose it is.
    pub account: AccountId,
    /// Its identifier.
    pub id: SecurityGroupId,
    /// Where it is.
    pub region: RegionId,
    /// Its name, perhaps empty.
    pub name: String,
    /// Its description, perhaps empty.
    pub description: String,
    /// The VPC it belongs to; None for the classic network.
    pub vpc: Option<VpcId>,
    /// `normal` or `enterprise`.
    pub kind: String,
    /// `Accept` or `Drop`: whether its members may talk to each other.
    pub inner_access_policy: String,
    /// When it was made.
    pub created_ms: i64,
    /// The resource group it belongs to.
    pub resource_group: ResourceGroupId,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Its rules.
    pub rules: Vec<Rule>,
}

/// A rule of a security group. Texts that were not given are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its identifier.
    pub id: SecurityGroupRuleId,
    /// `ingress` or `egress`.
    pub direction: String,
    /// The protocol in capitals.
    pub ip_protocol: String,
    /// Such as `22/22`.
    pub port_range: String,
    /// Such as `1/65535`.
    pub source_port_range: String,
    /// `Accept` or `Drop`.
    pub policy: String,
    /// 1 (first) to 100.
    pub priority: i64,
    /// `internet` or `intranet`.
    pub nic_type: String,
    /// What it is for.
    pub description: String,
    /// The addresses it speaks of, and those it protects.
    pub source_cidr: String,
    /// The destination addresses.
    pub dest_cidr: String,
    /// The same in IPv6.
    pub ipv6_source_cidr: String,
    /// The destination addresses in IPv6.
    pub ipv6_dest_cidr: String,
    /// The peer group of an ingress rule.
    pub source_group: String,
    /// The account of that group.
    pub source_group_owner: String,
    /// The peer group of an egress rule.
    pub dest_group: String,
    /// The account of that group.
    pub dest_group_owner: String,
    /// The prefix list of an ingress rule.
    pub source_prefix_list: String,
    /// The prefix list of an egress rule.
    pub dest_prefix_list: String,
    /// When it was made.
    pub created_ms: i64,
}

impl Record for SecurityGroup {
    const TABLE: Table = Table { id: 110, name: "security_group" };
    fn key(&self) -> Key {
        SecurityGroup::key_of(&self.account, &self.id)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn counted_in(&self) -> Option<Key> {
        Some(self.scope())
    }
    fn index(&self) -> Vec<IndexRow> {
        let account = || Key::new().text(&self.account);
        let by_vpc = self.vpc.iter().map(|vpc| IndexRow { index: BY_VPC, key: account().text(vpc) });
        let peers: BTreeSet<&str> = self.rules.iter().flat_map(Rule::peers).collect();
        let by_peer = peers.into_iter().map(|peer| IndexRow { index: BY_PEER, key: account().text(peer) });
        [self.listed()].into_iter().chain(by_vpc).chain(by_peer).collect()
    }
}

impl Listed for SecurityGroup {
    fn scope(&self) -> Key {
        SecurityGroup::scope_of(&self.account, &self.region)
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
}

impl SecurityGroup {
    /// The primary key of a security group.
    pub fn key_of(account: &AccountId, id: &SecurityGroupId) -> Key {
        Key::new().text(account).text(id)
    }

    /// Whether it keeps its members apart and names no other groups.
    pub fn is_enterprise(&self) -> bool {
        self.kind == "enterprise"
    }

    /// Where the security groups of an account in a region are listed and counted.
    pub fn scope_of(account: &AccountId, region: &RegionId) -> Key {
        Key::new().text(account).text(region)
    }
}

impl Cx<'_> {
    /// The caller's security group of this id, in the region of the call if it names one.
    pub fn find_security_group(&self, id: &SecurityGroupId) -> Result<Option<SecurityGroup>, Fault> {
        let found = self.find::<SecurityGroup>(&SecurityGroup::key_of(self.account(), id))?;
        Ok(self.in_region(found, |group| &group.region))
    }

    /// The same, refused when there is none.
    pub fn security_group(&self, id: &SecurityGroupId) -> Result<SecurityGroup, ApiError> {
        self.find_security_group(id)?.ok_or_else(|| SecurityGroupNotFound.about("SecurityGroupId"))
    }

    /// How many instances belong to a security group.
    pub fn members_of(&self, group: &SecurityGroup) -> Result<u64, Fault> {
        let members = Key::new().text(&group.account).text(&group.id);
        let keys = self.tx.index_keys::<Instance>(BY_SECURITY_GROUP, &members, 0, usize::MAX)?;
        Ok(keys.len() as u64)
    }

    /// Whether a rule of another group names this one.
    pub fn is_peer(&self, group: &SecurityGroup) -> Result<bool, Fault> {
        let named = Key::new().text(&group.account).text(&group.id);
        Ok(!self.tx.index_keys::<SecurityGroup>(BY_PEER, &named, 0, 1)?.is_empty())
    }
}
