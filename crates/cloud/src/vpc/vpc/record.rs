//! A VPC as it is stored.

use ipnet::Ipv4Net;
use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::ecs::security_group::record::{self as security_group, SecurityGroup};
use crate::ids::{AccountId, RegionId, ResourceGroupId, RouteTableId, VRouterId, VpcId};
use crate::paging::Listed;
use crate::tags::Tag;
use crate::world::Fact;

/// A VPC.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Vpc {
    /// Whose it is.
    pub account: AccountId,
    /// Its identifier.
    pub id: VpcId,
    /// Where it is.
    pub region: RegionId,
    /// Its name, perhaps empty.
    pub name: String,
    /// Its description, perhaps empty.
    pub description: String,
    /// Its addresses.
    pub cidr: Ipv4Net,
    /// Whether it can be used.
    pub status: NetworkStatus,
    /// When it becomes Available, while it is Pending.
    pub available_ms: Option<i64>,
    /// When it was made.
    pub created_ms: i64,
    /// Its virtual router.
    pub v_router: VRouterId,
    /// Its system route table.
    pub route_table: RouteTableId,
    /// Address blocks that the user treats as internal.
    pub user_cidrs: Vec<Ipv4Net>,
    /// Whether its members have DNS names.
    pub has_dns_names: bool,
    /// The resource group it belongs to.
    pub resource_group: ResourceGroupId,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// Whether a VPC or vSwitch can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NetworkStatus {
    /// It is being made.
    Pending,
    /// It can be used.
    Available,
}

impl NetworkStatus {
    /// The word on the wire.
    pub fn wire_name(self) -> &'static str {
        match self {
            NetworkStatus::Pending => "Pending",
            NetworkStatus::Available => "Available",
        }
    }
}

/// How a new network begins.
pub struct Begun {
    /// Whether it can be used at once.
    pub status: NetworkStatus,
    /// When it can, if that is later.
    pub available_ms: Option<i64>,
}

impl Record for Vpc {
    const TABLE: Table = Table { id: 100, name: "vpc" };
    fn key(&self) -> Key {
        Vpc::key_of(&self.account, &self.id)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn counted_in(&self) -> Option<Key> {
        Some(self.scope())
    }
    fn index(&self) -> Vec<IndexRow> {
        vec![self.listed()]
    }
    fn due(&self) -> Option<i64> {
        self.available_ms
    }
}

impl Listed for Vpc {
    fn scope(&self) -> Key {
        Vpc::scope_of(&self.account, &self.region)
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
}

impl Vpc {
    /// The primary key of a VPC.
    pub fn key_of(account: &AccountId, id: &VpcId) -> Key {
        Key::new().text(account).text(id)
    }

    /// Where the VPCs of an account in a region are listed and counted.
    pub fn scope_of(account: &AccountId, region: &RegionId) -> Key {
        Key::new().text(account).text(region)
    }

    /// What happens when a VPC falls due: it can be used.
    pub(crate) fn fall_due(cx: &mut Cx<'_>, key: &Key) -> Result<(), Fault> {
        let Some(mut vpc) = cx.find::<Vpc>(key)? else { return Ok(()) };
        vpc.status = NetworkStatus::Available;
        vpc.available_ms = None;
        cx.put(&vpc)
    }
}

impl Cx<'_> {
    /// How a VPC or vSwitch made now begins.
    pub fn begin_network(&self) -> Result<Begun, Fault> {
        let pending_ms = Fact::limits(&self.tx)?.latency.vswitch_pending_ms;
        let pending_ms = i64::try_from(pending_ms).unwrap_or(i64::MAX);
        Ok(match pending_ms {
            0 => Begun { status: NetworkStatus::Available, available_ms: None },
            _ => Begun {
                status: NetworkStatus::Pending,
                available_ms: Some(self.now_ms().saturating_add(pending_ms)),
            },
        })
    }

    /// The caller's VPC of this id, in the region of the call if it names one.
    pub fn find_vpc(&self, id: &VpcId) -> Result<Option<Vpc>, Fault> {
        let found = self.find::<Vpc>(&Vpc::key_of(self.account(), id))?;
        Ok(self.in_region(found, |vpc| &vpc.region))
    }

    /// Whether security groups belong to a VPC.
    pub fn has_security_groups(&self, vpc: &Vpc) -> Result<bool, Fault> {
        let key = Key::new().text(&vpc.account).text(&vpc.id);
        Ok(!self.tx.index_keys::<SecurityGroup>(security_group::BY_VPC, &key, 0, 1)?.is_empty())
    }
}
