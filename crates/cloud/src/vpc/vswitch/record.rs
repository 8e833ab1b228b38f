//! A vSwitch as it is stored, and the private addresses taken from it.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::ecs::instance::record::{self as instance, Instance};
use crate::ids::{
    AccountId, NetworkInterfaceId, RegionId, ResourceGroupId, RouteTableId, VSwitchId, VpcId, ZoneId,
};
use crate::paging::Listed;
use crate::tags::Tag;
use crate::vpc::vpc::record::{NetworkStatus, Vpc};

/// The index of vSwitches by their VPC.
pub const BY_VPC: u16 = 1;
/// The index of vSwitches by their id alone, across accounts.
pub const BY_ID: u16 = 2;

/// Addresses at the end of a block that nobody gets, with the first one.
const RESERVED_AT_END: u32 = 3;

/// A vSwitch.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct VSwitch {
    /// Whose it is.
    pub account: AccountId,
    /// Its identifier.
    pub id: VSwitchId,
    /// Where it is.
    pub region: RegionId,
    /// The zone it is in.
    pub zone: ZoneId,
    /// The VPC it is a part of.
    pub vpc: VpcId,
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
    /// The route table that serves it.
    pub route_table: RouteTableId,
    /// The resource group it belongs to.
    pub resource_group: ResourceGroupId,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Where the search for a free address goes on.
    pub next_address: u32,
}

/// A private address in use.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PrivateAddress {
    /// Whose it is.
    pub account: AccountId,
    /// The vSwitch whose block it is in.
    pub v_switch: VSwitchId,
    /// The address.
    pub address: Ipv4Addr,
    /// The interface that has it.
    pub interface: NetworkInterfaceId,
}

impl Record for VSwitch {
    const TABLE: Table = Table { id: 101, name: "vswitch" };
    fn key(&self) -> Key {
        VSwitch::key_of(&self.account, &self.id)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn counted_in(&self) -> Option<Key> {
        Some(self.scope())
    }
    fn index(&self) -> Vec<IndexRow> {
        vec![
            self.listed(),
            IndexRow { index: BY_VPC, key: Key::new().text(&self.account).text(&self.vpc) },
            IndexRow { index: BY_ID, key: Key::new().text(&self.id) },
        ]
    }
    fn due(&self) -> Option<i64> {
        self.available_ms
    }
}

impl Listed for VSwitch {
    fn scope(&self) -> Key {
        VSwitch::scope_of(&self.account, &self.region)
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
}

impl Record for PrivateAddress {
    const TABLE: Table = Table { id: 102, name: "private_address" };
    fn key(&self) -> Key {
        PrivateAddress::key_of(&self.account, &self.v_switch, self.address)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn counted_in(&self) -> Option<Key> {
        Some(PrivateAddress::scope_of(&self.account, &self.v_switch))
    }
}

impl PrivateAddress {
    /// The primary key of an address in use.
    pub fn key_of(account: &AccountId, v_switch: &VSwitchId, address: Ipv4Addr) -> Key {
        PrivateAddress::scope_of(account, v_switch).u64(u64::from(u32::from(address)))
    }

    /// Where the addresses of a vSwitch are counted.
    pub fn scope_of(account: &AccountId, v_switch: &VSwitchId) -> Key {
        Key::new().text(account).text(v_switch)
    }
}

impl VSwitch {
    /// The primary key of a vSwitch.
    pub fn key_of(account: &AccountId, id: &VSwitchId) -> Key {
        Key::new().text(account).text(id)
    }

    /// Where the vSwitches of an account in a region are listed and counted.
    pub fn scope_of(account: &AccountId, region: &RegionId) -> Key {
        Key::new().text(account).text(region)
    }

    /// The first and the last address that an interface can have; None when the block has none.
    pub fn usable(&self) -> Option<(u32, u32)> {
        let first = u32::from(self.cidr.network()).checked_add(1)?;
        let last = u32::from(self.cidr.broadcast()).checked_sub(RESERVED_AT_END)?;
        (first <= last).then_some((first, last))
    }

    /// Whether an interface can have this address.
    pub fn offers(&self, address: Ipv4Addr) -> bool {
        self.usable().is_some_and(|(first, last)| (first..=last).contains(&u32::from(address)))
    }

    /// What happens when a vSwitch falls due: it can be used.
    pub(crate) fn fall_due(cx: &mut Cx<'_>, key: &Key) -> Result<(), Fault> {
        let Some(mut v_switch) = cx.find::<VSwitch>(key)? else { return Ok(()) };
        v_switch.status = NetworkStatus::Available;
        v_switch.available_ms = None;
        cx.put(&v_switch)
    }
}

impl Cx<'_> {
    /// The caller's vSwitch of this id, in the region of the call if it names one.
    pub fn find_v_switch(&self, id: &VSwitchId) -> Result<Option<VSwitch>, Fault> {
        let found = self.find::<VSwitch>(&VSwitch::key_of(self.account(), id))?;
        Ok(self.in_region(found, |v_switch| &v_switch.region))
    }

    /// The vSwitches of a VPC, by id.
    pub fn v_switches_of(&self, vpc: &Vpc) -> Result<Vec<VSwitch>, Fault> {
        let key = Key::new().text(&vpc.account).text(&vpc.id);
        self.tx.index_list(BY_VPC, &key, 0, usize::MAX)
    }

    /// Whether any account has a vSwitch of this id in any region.
    pub fn is_v_switch_known(&self, id: &VSwitchId) -> Result<bool, Fault> {
        Ok(!self.tx.index_keys::<VSwitch>(BY_ID, &Key::new().text(id), 0, 1)?.is_empty())
    }

    /// How many addresses of a vSwitch are still free.
    pub fn free_addresses(&self, v_switch: &VSwitch) -> Result<u64, Fault> {
        let taken =
            self.tx.count::<PrivateAddress>(&PrivateAddress::scope_of(&v_switch.account, &v_switch.id))?;
        let all = v_switch.usable().map_or(0, |(first, last)| u64::from(last - first) + 1);
        Ok(all.saturating_sub(taken))
    }

    /// Whether instances are in a vSwitch, or anything has an address of it.
    pub fn is_v_switch_used(&self, v_switch: &VSwitch) -> Result<bool, Fault> {
        let scope = PrivateAddress::scope_of(&v_switch.account, &v_switch.id);
        let instances = self.tx.index_keys::<Instance>(instance::BY_V_SWITCH, &scope, 0, 1)?;
        Ok(!instances.is_empty() || self.tx.count::<PrivateAddress>(&scope)? > 0)
    }

    /// Whether an interface has this address.
    pub fn is_address_taken(&self, v_switch: &VSwitch, address: Ipv4Addr) -> Result<bool, Fault> {
        let key = PrivateAddress::key_of(&v_switch.account, &v_switch.id, address);
        Ok(self.find::<PrivateAddress>(&key)?.is_some())
    }

    /// Gives a free address of a vSwitch to an interface; None when there is none left. The caller stores the vSwitch.
    pub fn take_address(
        &mut self,
        v_switch: &mut VSwitch,
        interface: &NetworkInterfaceId,
    ) -> Result<Option<Ipv4Addr>, Fault> {
        let Some((first, last)) = v_switch.usable() else { return Ok(None) };
        if self.free_addresses(v_switch)? == 0 {
            return Ok(None);
        }
        let mut address = v_switch.next_address.clamp(first, last);
        while self.is_address_taken(v_switch, Ipv4Addr::from(address))? {
            address = if address == last { first } else { address + 1 };
        }
        v_switch.next_address = if address == last { first } else { address + 1 };
        self.take_this_address(v_switch, Ipv4Addr::from(address), interface)?;
        Ok(Some(Ipv4Addr::from(address)))
    }

    /// Gives a certain address to an interface; the caller has seen that it is offered and free.
    pub fn take_this_address(
        &mut self,
        v_switch: &VSwitch,
        address: Ipv4Addr,
        interface: &NetworkInterfaceId,
    ) -> Result<(), Fault> {
        let (account, id) = (v_switch.account.clone(), v_switch.id.clone());
        self.put(&PrivateAddress { account, v_switch: id, address, interface: interface.clone() })
    }

    /// Gives an address back.
    pub fn release_address(&mut self, v_switch: &VSwitchId, address: Ipv4Addr) -> Result<(), Fault> {
        let key = PrivateAddress::key_of(self.account(), v_switch, address);
        self.tx.delete::<PrivateAddress>(&key).map(|_| ())
    }
}
