//! A network interface as it is stored, and the primary one of an instance, which is a part of the instance.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, Ipv6Addr};

use moyun_store::{Fault, Key, Lane, Record, Table};
use rand_chacha::rand_core::Rng;
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::ecs::instance::record::{AttachedInterface, Instance, Network};
use crate::ecs::security_group::record::SecurityGroup;
use crate::errors::{ApiError, InterfaceInOtherVpc, NetworkInterfaceNotFound, SecurityGroupNotInVpc};
use crate::ids::{
    AccountId, InstanceId, NetworkInterfaceId, RegionId, ResourceGroupId, SecurityGroupId, VSwitchId, VpcId,
    ZoneId,
};
use crate::paging::{LISTED, Listed};
use crate::tags::Tag;
use crate::world::Fact;

/// The name under which [`NetworkInterface::shown`] keeps the name.
pub const NAME: &str = "NetworkInterfaceName";
/// The same for the description.
pub const DESCRIPTION: &str = "Description";
/// What stands before the names of an instance's record that are about its primary interface.
pub const PRIMARY: &str = "NetworkInterface.";
/// The names of the IPv6 addresses there, but for their numbers.
pub const IPV6: &str = "Ipv6Address.";

/// A network interface.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NetworkInterface {
    /// Whose it is.
    pub account: AccountId,
    /// Its identifier.
    pub id: NetworkInterfaceId,
    /// Where it is.
    pub region: RegionId,
    /// The zone it is in.
    pub zone: ZoneId,
    /// The VPC it is in.
    pub vpc: VpcId,
    /// The vSwitch it is in.
    pub v_switch: VSwitchId,
    /// Its MAC address.
    pub mac: String,
    /// Its primary private address.
    pub address: Ipv4Addr,
    /// Its other private addresses.
    pub more_addresses: Vec<Ipv4Addr>,
    /// Its IPv6 addresses.
    pub ipv6: Vec<Ipv6Addr>,
    /// Its security groups.
    pub security_groups: Vec<SecurityGroupId>,
    /// Where it is in its life.
    pub status: InterfaceStatus,
    /// When a status that passes by itself is over.
    pub settles_ms: Option<i64>,
    /// What it is attached to.
    pub attachment: Option<Attachment>,
    /// Whether it goes when its instance goes.
    pub delete_on_release: bool,
    /// When it was made.
    pub created_ms: i64,
    /// The resource group it belongs to.
    pub resource_group: ResourceGroupId,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Its name, its description and what else is only stored and shown, by the name of the request.
    pub shown: BTreeMap<String, String>,
    /// Whether its instance was made with it. Such a one is a part of the instance and has no record.
    #[serde(skip)]
    pub is_primary: bool,
}

/// What a network interface is attached to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The instance.
    pub instance: InstanceId,
    /// Its place among the interfaces of the instance.
    pub device_index: i64,
}

/// Where a network interface is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum InterfaceStatus {
    /// It is attached to nothing.
    Available,
    /// It is being attached.
    Attaching,
    /// It is attached.
    InUse,
    /// It is being detached.
    Detaching,
}

impl InterfaceStatus {
    /// The word on the wire.
    pub fn wire_name(self) -> &'static str {
        match self {
            InterfaceStatus::Available => "Available",
            InterfaceStatus::Attaching => "Attaching",
            InterfaceStatus::InUse => "InUse",
            InterfaceStatus::Detaching => "Detaching",
        }
    }
}

impl Record for NetworkInterface {
    const TABLE: Table = Table { id: 125, name: "network_interface" };
    fn key(&self) -> Key {
        NetworkInterface::key_of(&self.account, &self.id)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn counted_in(&self) -> Option<Key> {
        Some(self.scope())
    }
    fn counted_beside(&self) -> Vec<Key> {
        self.security_groups.iter().map(|group| Instance::group_scope(&self.account, group)).collect()
    }
    fn index(&self) -> Vec<moyun_store::IndexRow> {
        vec![self.listed()]
    }
    fn due(&self) -> Option<i64> {
        self.settles_ms
    }
}

impl Listed for NetworkInterface {
    fn scope(&self) -> Key {
        NetworkInterface::scope_of(&self.account, &self.region)
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
}

impl NetworkInterface {
    /// The primary key of a network interface.
    pub fn key_of(account: &AccountId, id: &NetworkInterfaceId) -> Key {
        Key::new().text(account).text(id)
    }

    /// Where the interfaces of an account in a region are listed and counted.
    pub fn scope_of(account: &AccountId, region: &RegionId) -> Key {
        Key::new().text(account).text(region)
    }

    /// The primary interface of an instance; None in the classic network.
    pub fn primary_of(instance: &Instance) -> Option<NetworkInterface> {
        let Network::Vpc { vpc, v_switch, address, interface, mac } = &instance.network else { return None };
        let about =
            instance.shown.iter().filter_map(|(name, value)| Some((name.strip_prefix(PRIMARY)?, value)));
        Some(NetworkInterface {
            account: instance.account.clone(),
            id: interface.clone(),
            region: instance.region.clone(),
            zone: instance.zone.clone(),
            vpc: vpc.clone(),
            v_switch: v_switch.clone(),
            mac: mac.clone(),
            address: *address,
            more_addresses: vec![],
            ipv6: primary_ipv6(instance).collect(),
            security_groups: instance.security_groups.clone(),
            status: InterfaceStatus::InUse,
            settles_ms: None,
            attachment: Some(Attachment { instance: instance.id.clone(), device_index: 0 }),
            delete_on_release: true,
            created_ms: instance.created_ms,
            resource_group: instance.resource_group.clone(),
            tags: instance.interface_tags.clone(),
            shown: about.map(|(name, value)| (name.to_owned(), value.clone())).collect(),
            is_primary: true,
        })
    }

    /// What is only stored and shown under this name; empty if there is nothing.
    pub fn text(&self, name: &str) -> &str {
        self.shown.get(name).map_or("", String::as_str)
    }

    /// Refuses a security group that lies in another network.
    pub fn check_near(&self, group: &SecurityGroup) -> Result<(), ApiError> {
        match &group.vpc {
            None => Err(SecurityGroupNotInVpc.about("SecurityGroupId")),
            Some(vpc) if *vpc != self.vpc => Err(InterfaceInOtherVpc.about("SecurityGroupId")),
            Some(_) => Ok(()),
        }
    }

    /// As its instance keeps it.
    pub fn attached(&self) -> AttachedInterface {
        AttachedInterface {
            id: self.id.clone(),
            mac: self.mac.clone(),
            address: self.address,
            more_addresses: self.more_addresses.clone(),
            ipv6: self.ipv6.clone(),
        }
    }

    /// Takes a status that passes by itself.
    pub fn begin(&mut self, status: InterfaceStatus, cx: &mut Cx<'_>) -> Result<(), Fault> {
        let lasts_ms = i64::try_from(Fact::limits(&cx.tx)?.latency.attach_ms).unwrap_or(i64::MAX);
        self.status = status;
        self.settles_ms = Some(cx.now_ms().saturating_add(lasts_ms));
        if lasts_ms == 0 { self.settle(cx) } else { cx.put(self) }
    }

    /// Takes the status that follows by itself.
    fn settle(&mut self, cx: &mut Cx<'_>) -> Result<(), Fault> {
        self.settles_ms = None;
        let attachment = self.attachment.take_if(|_| self.status == InterfaceStatus::Detaching);
        if let Some(Attachment { instance, .. }) = attachment
            && let Some(mut instance) = cx.find::<Instance>(&Instance::key_of(&self.account, &instance))?
        {
            instance.more_interfaces.retain(|attached| attached.id != self.id);
            cx.put(&instance)?;
        }
        self.status = match self.attachment {
            Some(_) => InterfaceStatus::InUse,
            None => InterfaceStatus::Available,
        };
        cx.put(self)
    }

    /// What happens when a network interface falls due.
    pub(crate) fn fall_due(cx: &mut Cx<'_>, key: &Key) -> Result<(), Fault> {
        match cx.find::<NetworkInterface>(key)? {
            Some(mut interface) => interface.settle(cx),
            None => Ok(()),
        }
    }
}

/// The IPv6 addresses of the primary interface of an instance.
pub fn primary_ipv6(instance: &Instance) -> impl Iterator<Item = Ipv6Addr> {
    let of_interface =
        instance.shown.iter().filter_map(|(name, value)| Some((name.strip_prefix(PRIMARY)?, value)));
    of_interface.filter(|(name, _)| name.starts_with(IPV6)).filter_map(|(_, value)| value.parse().ok())
}

impl Cx<'_> {
    /// The caller's network interface of this id, in the region of the call if it names one.
    pub fn find_network_interface(&self, id: &NetworkInterfaceId) -> Result<Option<NetworkInterface>, Fault> {
        let found = match self.find(&NetworkInterface::key_of(self.account(), id))? {
            Some(found) => Some(found),
            None => self.primary_interface(id)?,
        };
        Ok(self.in_region(found, |interface| &interface.region))
    }

    /// The same, refused when there is none.
    pub fn network_interface(&self, id: &NetworkInterfaceId) -> Result<NetworkInterface, ApiError> {
        let found = self.find_network_interface(id)?;
        found.ok_or_else(|| NetworkInterfaceNotFound.about("NetworkInterfaceId"))
    }

    /// All network interfaces of the caller in the region of the call.
    pub fn network_interfaces(&self) -> Result<Vec<NetworkInterface>, Fault> {
        let scope = NetworkInterface::scope_of(self.account(), self.region());
        let mut all: Vec<NetworkInterface> = self.tx.index_list(LISTED, &scope, 0, usize::MAX)?;
        let scope = Instance::scope_of(self.account(), self.region());
        let instances: Vec<Instance> = self.tx.index_list(LISTED, &scope, 0, usize::MAX)?;
        all.extend(instances.iter().filter_map(NetworkInterface::primary_of));
        Ok(all)
    }

    /// The primary interface of this id. Primary ones have no index: they are asked for by their instance.
    fn primary_interface(&self, id: &NetworkInterfaceId) -> Result<Option<NetworkInterface>, Fault> {
        let instances = self.tx.list::<Instance>(&Key::new().text(self.account()))?;
        let mut primary = instances.iter().filter_map(NetworkInterface::primary_of);
        Ok(primary.find(|interface| interface.id == *id))
    }

    /// The network interfaces of an instance of the caller that are not its primary one.
    pub fn more_interfaces_of(&self, instance: &Instance) -> Result<Vec<NetworkInterface>, Fault> {
        let key = |attached: &AttachedInterface| NetworkInterface::key_of(&instance.account, &attached.id);
        let keys: Vec<Key> = instance.more_interfaces.iter().map(key).collect();
        Ok(self.tx.find_many(&keys)?.into_iter().flatten().collect())
    }

    /// Stores a network interface whose name, description, tags or the like changed.
    pub fn put_interface(&mut self, interface: &NetworkInterface) -> Result<(), Fault> {
        let Some(attachment) = interface.attachment.as_ref().filter(|_| interface.is_primary) else {
            return self.put(interface);
        };
        let key = Instance::key_of(&interface.account, &attachment.instance);
        let Some(mut instance) = self.find::<Instance>(&key)? else { return Ok(()) };
        instance.interface_tags.clone_from(&interface.tags);
        instance.shown.retain(|name, _| !name.starts_with(PRIMARY));
        let shown = interface.shown.iter().map(|(name, value)| (format!("{PRIMARY}{name}"), value.clone()));
        instance.shown.extend(shown);
        self.put(&instance)
    }

    /// Removes a network interface and gives back its addresses.
    pub fn release_interface(&mut self, interface: &NetworkInterface) -> Result<(), Fault> {
        for address in [interface.address].iter().chain(&interface.more_addresses) {
            self.release_address(&interface.v_switch, *address)?;
        }
        self.delete(interface)
    }

    /// A new MAC address.
    pub fn new_mac(&mut self) -> String {
        let [_, a, b, c] = self.rng.next_u32().to_be_bytes();
        format!("00:16:3e:{a:02x}:{b:02x}:{c:02x}")
    }
}
