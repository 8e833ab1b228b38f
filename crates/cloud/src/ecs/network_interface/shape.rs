//! A network interface in replies.

use moyun_derive::Shape;
use moyun_wire::timestamp;

use crate::ecs::instance::record::{Instance, Network};
use crate::ids::{
    AccountId, InstanceId, NetworkInterfaceId, ResourceGroupId, SecurityGroupId, VSwitchId, VpcId, ZoneId,
};
use crate::tags::{self, EcsTag};

/// A network interface.
#[derive(Shape)]
pub(super) struct NetworkInterfaceItem {
    /// ID of the interface.
    network_interface_id: NetworkInterfaceId,
    /// Name of the interface; empty.
    network_interface_name: &'static str,
    /// Description of the interface; empty.
    description: &'static str,
    /// `InUse`: it lives and dies with its instance.
    status: &'static str,
    /// `Primary`.
    r#type: &'static str,
    /// Instance of the interface.
    instance_id: InstanceId,
    /// How the interface is attached.
    attachment: Attachment,
    /// Account of the interface.
    owner_id: AccountId,
    /// MAC address.
    mac_address: String,
    /// VPC of the interface.
    vpc_id: VpcId,
    /// vSwitch of the interface.
    v_switch_id: VSwitchId,
    /// Zone of the interface.
    zone_id: ZoneId,
    /// Primary private address.
    private_ip_address: String,
    /// Private addresses.
    #[shape(list = "PrivateIpSet")]
    private_ip_sets: Vec<PrivateIp>,
    /// IPv6 addresses: none.
    #[shape(list = "Ipv6Set")]
    ipv6_sets: Vec<String>,
    /// IPv4 prefixes: none.
    #[shape(list = "Ipv4PrefixSet")]
    ipv4_prefix_sets: Vec<String>,
    /// IPv6 prefixes: none.
    #[shape(list = "Ipv6PrefixSet")]
    ipv6_prefix_sets: Vec<String>,
    /// Elastic IP address of the interface; its texts are empty.
    associated_public_ip: AssociatedPublicIp,
    /// Security groups: those of the instance.
    #[shape(list = "SecurityGroupId")]
    security_group_ids: Vec<SecurityGroupId>,
    /// Whether the interface goes with its instance.
    delete_on_release: bool,
    /// Whether a cloud service manages the interface.
    service_managed: bool,
    /// `Standard`.
    network_interface_traffic_mode: &'static str,
    /// When the interface was made.
    creation_time: String,
    /// Resource group: that of the instance.
    resource_group_id: ResourceGroupId,
    /// Tags that the creation of the instance gave it.
    #[shape(list = "Tag")]
    tags: Vec<EcsTag>,
}

/// How an interface is attached.
#[derive(Shape)]
struct Attachment {
    /// Instance of the interface.
    instance_id: InstanceId,
    /// Place among the interfaces of the instance: 0 is the primary one.
    device_index: i64,
    /// Network card of the instance.
    network_card_index: i64,
    /// Trunk interface; empty.
    trunk_network_interface_id: &'static str,
}

/// A private address of an interface.
#[derive(Shape)]
struct PrivateIp {
    /// The address.
    private_ip_address: String,
    /// Whether it is the primary one.
    primary: bool,
    /// Elastic IP address of this address; its texts are empty.
    associated_public_ip: AssociatedPublicIp,
}

/// An elastic IP address of an interface.
#[derive(Shape)]
struct AssociatedPublicIp {
    /// The address.
    public_ip_address: &'static str,
    /// ID of the address.
    allocation_id: &'static str,
}

impl AssociatedPublicIp {
    const NONE: AssociatedPublicIp = AssociatedPublicIp { public_ip_address: "", allocation_id: "" };
}

impl NetworkInterfaceItem {
    /// The primary interface of an instance; None in the classic network.
    pub(super) fn of(instance: Instance) -> Option<NetworkInterfaceItem> {
        let Network::Vpc { vpc, v_switch, address, interface, mac } = instance.network else { return None };
        let private_ip = PrivateIp {
            private_ip_address: address.to_string(),
            primary: true,
            associated_public_ip: AssociatedPublicIp::NONE,
        };
        Some(NetworkInterfaceItem {
            network_interface_id: interface,
            network_interface_name: "",
            description: "",
            status: "InUse",
            r#type: "Primary",
            attachment: Attachment {
                instance_id: instance.id.clone(),
                device_index: 0,
                network_card_index: 0,
                trunk_network_interface_id: "",
            },
            instance_id: instance.id,
            owner_id: instance.account,
            mac_address: mac,
            vpc_id: vpc,
            v_switch_id: v_switch,
            zone_id: instance.zone,
            private_ip_address: address.to_string(),
            private_ip_sets: vec![private_ip],
            ipv6_sets: vec![],
            ipv4_prefix_sets: vec![],
            ipv6_prefix_sets: vec![],
            associated_public_ip: AssociatedPublicIp::NONE,
            security_group_ids: instance.security_groups,
            delete_on_release: true,
            service_managed: false,
            network_interface_traffic_mode: "Standard",
            creation_time: timestamp::to_second(instance.created_ms),
            resource_group_id: instance.resource_group,
            tags: tags::ecs(&instance.interface_tags),
        })
    }
}
