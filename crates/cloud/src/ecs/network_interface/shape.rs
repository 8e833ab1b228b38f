//! A network interface in replies.

use std::net::Ipv4Addr;

use moyun_derive::Shape;
use moyun_wire::timestamp;

use crate::ecs::instance::parts::{Ipv6Item, is_true};
use crate::ecs::network_interface::record::{DESCRIPTION, NAME, NetworkInterface};
use crate::ids::{
    AccountId, InstanceId, NetworkInterfaceId, ResourceGroupId, SecurityGroupId, VSwitchId, VpcId, ZoneId,
};
use crate::tags::{self, EcsTag};

/// A network interface.
#[derive(Shape)]
pub(super) struct NetworkInterfaceItem {
    /// ID of the interface.
    network_interface_id: NetworkInterfaceId,
    /// Name of the interface; empty without one.
    network_interface_name: String,
    /// Description of the interface; empty without one.
    description: String,
    /// `Available`, `Attaching`, `InUse` or `Detaching`. A primary one is `InUse`.
    status: &'static str,
    /// `Primary` or `Secondary`.
    r#type: &'static str,
    /// Instance of the interface; empty without one.
    instance_id: InstanceId,
    /// How the interface is attached, if it is.
    attachment: Option<Attachment>,
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
    /// IPv6 addresses.
    #[shape(list = "Ipv6Set")]
    ipv6_sets: Vec<Ipv6Item>,
    /// IPv4 prefixes: none.
    #[shape(list = "Ipv4PrefixSet")]
    ipv4_prefix_sets: Vec<String>,
    /// IPv6 prefixes: none.
    #[shape(list = "Ipv6PrefixSet")]
    ipv6_prefix_sets: Vec<String>,
    /// Elastic IP address of the interface; its texts are empty.
    associated_public_ip: AssociatedPublicIp,
    /// Security groups; of a primary interface those of the instance.
    #[shape(list = "SecurityGroupId")]
    security_group_ids: Vec<SecurityGroupId>,
    /// Whether the interface goes with its instance.
    delete_on_release: bool,
    /// Whether a cloud service manages the interface.
    service_managed: bool,
    /// `Standard` or `HighPerformance`.
    network_interface_traffic_mode: String,
    /// Queues that the interface was given, if a request said how many.
    queue_number: Option<i64>,
    /// RDMA queues, if a request said how many.
    queue_pair_number: Option<i64>,
    /// Whether the interface drops traffic that is not its own.
    source_dest_check: bool,
    /// When the interface was made.
    creation_time: String,
    /// Resource group; of a primary interface that of the instance.
    resource_group_id: ResourceGroupId,
    /// Tags; a primary interface begins with those of the instance.
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
    /// Shows an interface.
    pub(super) fn of(interface: NetworkInterface) -> NetworkInterfaceItem {
        let number = |name| interface.text(name).parse().ok();
        let private_ip = |address: &Ipv4Addr, primary| PrivateIp {
            private_ip_address: address.to_string(),
            primary,
            associated_public_ip: AssociatedPublicIp::NONE,
        };
        let more = interface.more_addresses.iter().map(|address| private_ip(address, false));
        let attachment = interface.attachment.as_ref();
        let mode = Some(interface.text("NetworkInterfaceTrafficMode")).filter(|mode| !mode.is_empty());
        NetworkInterfaceItem {
            network_interface_name: interface.text(NAME).to_owned(),
            description: interface.text(DESCRIPTION).to_owned(),
            status: interface.status.wire_name(),
            r#type: if interface.is_primary { "Primary" } else { "Secondary" },
            instance_id: attachment.map(|attachment| attachment.instance.clone()).unwrap_or_default(),
            attachment: attachment.map(|attachment| Attachment {
                instance_id: attachment.instance.clone(),
                device_index: attachment.device_index,
                network_card_index: number("NetworkCardIndex").unwrap_or_default(),
                trunk_network_interface_id: "",
            }),
            private_ip_address: interface.address.to_string(),
            private_ip_sets: [private_ip(&interface.address, true)].into_iter().chain(more).collect(),
            ipv6_sets: Ipv6Item::all_of(&interface.ipv6),
            ipv4_prefix_sets: vec![],
            ipv6_prefix_sets: vec![],
            associated_public_ip: AssociatedPublicIp::NONE,
            service_managed: false,
            network_interface_traffic_mode: mode.unwrap_or("Standard").to_owned(),
            queue_number: number("QueueNumber"),
            queue_pair_number: number("QueuePairNumber"),
            source_dest_check: is_true(interface.text("SourceDestCheck")),
            creation_time: timestamp::to_second(interface.created_ms),
            tags: tags::ecs(&interface.tags),
            network_interface_id: interface.id,
            owner_id: interface.account,
            mac_address: interface.mac,
            vpc_id: interface.vpc,
            v_switch_id: interface.v_switch,
            zone_id: interface.zone,
            security_group_ids: interface.security_groups,
            delete_on_release: interface.delete_on_release,
            resource_group_id: interface.resource_group,
        }
    }
}
