//! Making network interfaces: by a call of their own, and together with instances.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, Ipv6Addr};

use moyun_store::Fault;
use rand_chacha::rand_core::Rng;

use crate::cx::Cx;
use crate::ecs::network_interface::record::{InterfaceStatus, NetworkInterface};
use crate::errors::{ApiError, PrivateAddressOutsideVSwitch, PrivateAddressTaken, PrivateAddressesUsedUp};
use crate::ids::{NetworkInterfaceId, ResourceGroupId, SecurityGroupId};
use crate::tags::Tag;
use crate::vpc::vswitch::record::VSwitch;

/// The length of the random part of an ID.
const ID_LENGTH: usize = 20;

/// Where generated IPv6 addresses come from: a block that nobody has on the Internet.
const IPV6_BLOCK: [u16; 2] = [0x2001, 0xdb8];

/// What a new network interface is to be.
#[derive(Default)]
pub struct Wish {
    /// Its primary private address; by default a free one.
    pub address: Option<Ipv4Addr>,
    /// Its other private addresses.
    pub more_addresses: Vec<Ipv4Addr>,
    /// How many free addresses it gets besides.
    pub more: u64,
    /// Its IPv6 addresses.
    pub ipv6: Vec<Ipv6Addr>,
    /// Its security groups.
    pub security_groups: Vec<SecurityGroupId>,
    /// Whether it goes when its instance goes.
    pub delete_on_release: bool,
    /// Its resource group.
    pub resource_group: ResourceGroupId,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// What is only stored and shown, by the name of the request.
    pub shown: BTreeMap<String, String>,
}

impl Cx<'_> {
    /// A new network interface that is attached to nothing, with its addresses; the caller stores it.
    pub fn make_interface(
        &mut self,
        mut v_switch: VSwitch,
        wish: Wish,
    ) -> Result<NetworkInterface, ApiError> {
        let region = v_switch.region.clone();
        let id = NetworkInterfaceId(self.new_id("eni", &region, ID_LENGTH));
        let address = self.take_wanted(&mut v_switch, wish.address, &id)?;
        let free = (0..wish.more).map(|_| None);
        let more = wish.more_addresses.into_iter().map(Some).chain(free);
        let more: Vec<_> =
            more.map(|one| self.take_wanted(&mut v_switch, one, &id)).collect::<Result<_, _>>()?;
        self.put(&v_switch)?;
        Ok(NetworkInterface {
            account: v_switch.account,
            id,
            region,
            zone: v_switch.zone,
            vpc: v_switch.vpc,
            v_switch: v_switch.id,
            mac: self.new_mac(),
            address,
            more_addresses: more,
            ipv6: wish.ipv6,
            security_groups: wish.security_groups,
            status: InterfaceStatus::Available,
            settles_ms: None,
            attachment: None,
            delete_on_release: wish.delete_on_release,
            created_ms: self.now_ms(),
            resource_group: wish.resource_group,
            tags: wish.tags,
            shown: wish.shown,
            is_primary: false,
        })
    }

    /// Gives an interface the address that it wants, or a free one.
    fn take_wanted(
        &mut self,
        v_switch: &mut VSwitch,
        wanted: Option<Ipv4Addr>,
        id: &NetworkInterfaceId,
    ) -> Result<Ipv4Addr, ApiError> {
        let Some(address) = wanted else {
            let free = self.take_address(v_switch, id)?;
            return free.ok_or_else(|| PrivateAddressesUsedUp.about("VSwitchId"));
        };
        if !v_switch.offers(address) {
            return Err(PrivateAddressOutsideVSwitch.about("PrimaryIpAddress"));
        }
        if self.is_address_taken(v_switch, address)? {
            return Err(PrivateAddressTaken.about("PrimaryIpAddress"));
        }
        self.take_this_address(v_switch, address, id)?;
        Ok(address)
    }

    /// IPv6 addresses: those that were named, or as many new ones as asked for.
    pub fn ipv6_addresses(&mut self, named: &[String], count: Option<i64>) -> Vec<Ipv6Addr> {
        let named = named.iter().filter_map(|text| text.parse().ok());
        let new = (0..count.unwrap_or_default()).map(|_| self.new_ipv6());
        named.chain(new.collect::<Vec<_>>()).collect()
    }

    fn new_ipv6(&mut self) -> Ipv6Addr {
        let [a, b] = IPV6_BLOCK;
        let mut piece = || (self.rng.next_u32() & 0xffff) as u16;
        Ipv6Addr::from([a, b, piece(), piece(), piece(), piece(), piece(), piece()])
    }

    /// Counts the interfaces among the members of a security group that are not primary ones.
    pub fn interfaces_in(&self, group: &SecurityGroupId) -> Result<u64, Fault> {
        let scope = crate::ecs::instance::record::Instance::group_scope(self.account(), group);
        self.tx.count::<NetworkInterface>(&scope)
    }
}

/// Whether a text is an IPv6 address.
#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
pub fn is_ipv6(text: &String) -> bool {
    text.parse::<Ipv6Addr>().is_ok()
}
