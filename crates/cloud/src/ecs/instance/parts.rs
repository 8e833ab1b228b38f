//! The nested structures of an instance in replies.

use std::net::{Ipv4Addr, Ipv6Addr};

use moyun_derive::Shape;

use crate::ecs::instance::record::{AttachedInterface, Instance, Network};
use crate::ecs::network_interface;
use crate::ids::{NetworkInterfaceId, VSwitchId, VpcId};

/// Takes a text that is only stored and shown out of a record, by the name of the request.
pub type Shown<'a> = dyn FnMut(&str) -> String + 'a;

/// The layout of processors.
#[derive(Shape)]
pub struct CpuOptions {
    /// Physical cores.
    core_count: i64,
    /// Threads of each core.
    threads_per_core: i64,
    /// Nodes of memory access, as the request asked; empty for the default.
    numa: String,
    /// Topology of the processors, if the request named one.
    topology_type: Option<String>,
}

impl CpuOptions {
    /// What the request asked for, else this layout.
    pub fn of(cores: i64, threads: i64, shown: &mut Shown<'_>) -> CpuOptions {
        CpuOptions {
            core_count: shown("CpuOptions.Core").parse().unwrap_or(cores),
            threads_per_core: shown("CpuOptions.ThreadsPerCore").parse().unwrap_or(threads),
            numa: shown("CpuOptions.Numa"),
            topology_type: given(shown("CpuOptions.TopologyType")),
        }
    }
}

/// The place of an instance in a VPC.
#[derive(Shape)]
pub struct VpcAttributes {
    /// VPC.
    vpc_id: VpcId,
    /// vSwitch.
    v_switch_id: VSwitchId,
    /// Private addresses.
    #[shape(list = "IpAddress")]
    private_ip_address: Vec<String>,
    /// Address that the instance is translated to; empty.
    nat_ip_address: &'static str,
}

impl VpcAttributes {
    /// Shows the network of an instance; empty in the classic network.
    pub fn of(network: &Network) -> VpcAttributes {
        let (vpc_id, v_switch_id, private_ip_address) = match network {
            Network::Vpc { vpc, v_switch, address, .. } => {
                (vpc.clone(), v_switch.clone(), vec![address.to_string()])
            }
            Network::Classic { .. } => (VpcId::default(), VSwitchId::default(), vec![]),
        };
        VpcAttributes { vpc_id, v_switch_id, private_ip_address, nat_ip_address: "" }
    }
}

/// A network interface of an instance.
#[derive(Shape)]
pub struct NetworkInterface {
    /// ID of the interface.
    network_interface_id: NetworkInterfaceId,
    /// MAC address of the interface.
    mac_address: String,
    /// Primary private address.
    primary_ip_address: String,
    /// `Primary` or `Secondary`.
    r#type: &'static str,
    /// Private addresses.
    #[shape(list = "PrivateIpSet")]
    private_ip_sets: Vec<PrivateIp>,
    /// IPv6 addresses.
    #[shape(list = "Ipv6Set")]
    ipv6_sets: Vec<Ipv6Item>,
}

/// An IPv6 address of an interface.
#[derive(Shape)]
pub struct Ipv6Item {
    /// The address.
    ipv6_address: String,
    /// Whether it is the primary one: none is.
    primary: bool,
}

impl Ipv6Item {
    /// The addresses of an interface.
    pub fn all_of(addresses: &[Ipv6Addr]) -> Vec<Ipv6Item> {
        let show = |address: &Ipv6Addr| Ipv6Item { ipv6_address: address.to_string(), primary: false };
        addresses.iter().map(show).collect()
    }
}

/// A private address of an interface.
#[derive(Shape)]
struct PrivateIp {
    /// The address.
    private_ip_address: String,
    /// Whether it is the primary one.
    primary: bool,
}

impl NetworkInterface {
    /// The interfaces of an instance, the primary one first.
    pub fn all_of(instance: &Instance) -> Vec<NetworkInterface> {
        let primary = network_interface::record::NetworkInterface::primary_of(instance);
        let primary = primary.map(|primary| NetworkInterface::of(primary.attached(), "Primary"));
        let more = instance.more_interfaces.iter().cloned();
        primary.into_iter().chain(more.map(|other| NetworkInterface::of(other, "Secondary"))).collect()
    }

    fn of(interface: AttachedInterface, kind: &'static str) -> NetworkInterface {
        let private_ip =
            |address: &Ipv4Addr, primary| PrivateIp { private_ip_address: address.to_string(), primary };
        let more = interface.more_addresses.iter().map(|address| private_ip(address, false));
        NetworkInterface {
            primary_ip_address: interface.address.to_string(),
            r#type: kind,
            private_ip_sets: [private_ip(&interface.address, true)].into_iter().chain(more).collect(),
            ipv6_sets: Ipv6Item::all_of(&interface.ipv6),
            network_interface_id: interface.id,
            mac_address: interface.mac,
        }
    }
}

/// The inner address of an instance in the classic network.
pub fn inner_addresses(network: &Network) -> Vec<String> {
    match network {
        Network::Classic { address } => vec![address.to_string()],
        Network::Vpc { .. } => vec![],
    }
}

/// The public address of an instance.
pub fn public_addresses(address: Option<Ipv4Addr>) -> Vec<String> {
    address.iter().map(Ipv4Addr::to_string).collect()
}

/// An elastic IP address.
#[derive(Shape)]
pub struct EipAddress {
    /// ID of the address.
    allocation_id: &'static str,
    /// The address.
    ip_address: &'static str,
    /// `PayByTraffic` or `PayByBandwidth`.
    internet_charge_type: &'static str,
}

impl EipAddress {
    /// What stands where there is none.
    pub const NONE: EipAddress = EipAddress { allocation_id: "", ip_address: "", internet_charge_type: "" };
}

/// The dedicated host of an instance.
#[derive(Shape)]
pub struct DedicatedHost {
    /// ID of the host.
    dedicated_host_id: String,
    /// Name of the host.
    dedicated_host_name: &'static str,
    /// Cluster of the host.
    dedicated_host_cluster_id: String,
}

impl DedicatedHost {
    /// What the request asked for.
    pub fn of(shown: &mut Shown<'_>) -> DedicatedHost {
        DedicatedHost {
            dedicated_host_id: shown("DedicatedHostId"),
            dedicated_host_name: "",
            dedicated_host_cluster_id: shown("SchedulerOptions.DedicatedHostClusterId"),
        }
    }
}

/// How an instance is tied to dedicated hosts.
#[derive(Shape)]
pub struct DedicatedInstance {
    /// `default` or `host`, whether it stays on its host.
    affinity: String,
    /// `default` or `host`, whether it runs on a dedicated host.
    tenancy: String,
}

impl DedicatedInstance {
    /// What the request asked for.
    pub fn of(shown: &mut Shown<'_>) -> DedicatedInstance {
        DedicatedInstance { affinity: shown("Affinity"), tenancy: shown("Tenancy") }
    }
}

/// The capacity reservation of an instance.
#[derive(Shape)]
pub struct Reservation {
    /// ID of the reservation.
    capacity_reservation_id: String,
    /// `Open`, `Target` or `None`.
    capacity_reservation_preference: String,
}

impl Reservation {
    /// What the request asked for.
    pub fn of(shown: &mut Shown<'_>) -> Reservation {
        Reservation {
            capacity_reservation_id: shown("PrivatePoolOptions.Id"),
            capacity_reservation_preference: shown("PrivatePoolOptions.MatchCriteria"),
        }
    }
}

/// How the guest sees its metadata.
#[derive(Shape)]
pub struct MetadataOptions {
    /// `enabled` or `disabled`.
    http_endpoint: String,
    /// `optional` or `required`.
    http_tokens: String,
    /// Hops that an answer may take.
    http_put_response_hop_limit: i64,
}

impl MetadataOptions {
    /// What the request asked for, else the defaults.
    pub fn of(shown: &mut Shown<'_>) -> MetadataOptions {
        let or = |text: String, default: &str| if text.is_empty() { default.to_owned() } else { text };
        MetadataOptions {
            http_endpoint: or(shown("HttpEndpoint"), "enabled"),
            http_tokens: or(shown("HttpTokens"), "optional"),
            http_put_response_hop_limit: shown("HttpPutResponseHopLimit").parse().unwrap_or(1),
        }
    }
}

/// Whether an instance can hibernate.
#[derive(Shape)]
pub struct Hibernation {
    /// Whether it can.
    configured: bool,
}

impl Hibernation {
    /// What the request asked for.
    pub fn of(shown: &mut Shown<'_>) -> Hibernation {
        Hibernation { configured: is_true(&shown("HibernationOptions.Configured")) }
    }
}

/// The clock of a guest.
#[derive(Shape)]
pub struct ClockOptions {
    /// Whether the guest has a PTP clock: `enabled` or `disabled`.
    ptp_status: String,
}

impl ClockOptions {
    /// What the request asked for, if anything.
    pub fn of(shown: &mut Shown<'_>) -> Option<ClockOptions> {
        Some(ClockOptions { ptp_status: given(shown("ClockOptions.PtpStatus"))? })
    }
}

/// The managed host of an instance.
#[derive(Shape)]
pub struct AdditionalInfo {
    /// ID of the host.
    managed_host_id: String,
}

impl AdditionalInfo {
    /// What the request asked for, if anything.
    pub fn of(shown: &mut Shown<'_>) -> Option<AdditionalInfo> {
        Some(AdditionalInfo { managed_host_id: given(shown("ManagedHostId"))? })
    }
}

/// What the image of an instance does.
#[derive(Shape)]
pub struct ImageOptions {
    /// Whether the guest is entered as another user than root.
    login_as_non_root: bool,
}

impl ImageOptions {
    /// What the request asked for.
    pub fn of(shown: &mut Shown<'_>) -> ImageOptions {
        ImageOptions { login_as_non_root: is_true(&shown("ImageOptions.LoginAsNonRoot")) }
    }
}

/// What the network of an instance does.
#[derive(Shape)]
pub struct NetworkOptions {
    /// Whether its interfaces take jumbo frames.
    pub enable_jumbo_frame: bool,
    /// Whether its traffic in the VPC is encrypted.
    pub enable_network_encryption: bool,
    /// Whether disks or the network get more of the bandwidth, if the request said so.
    bandwidth_weighting: Option<String>,
}

impl NetworkOptions {
    /// What the requests asked for.
    pub fn of(shown: &mut Shown<'_>) -> NetworkOptions {
        NetworkOptions {
            enable_jumbo_frame: is_true(&shown("NetworkOptions.EnableJumboFrame")),
            enable_network_encryption: is_true(&shown("NetworkOptions.EnableNetworkEncryption")),
            bandwidth_weighting: given(shown("NetworkOptions.BandwidthWeighting")),
        }
    }
}

/// Names of an instance in the private DNS.
#[derive(Shape)]
pub struct PrivateDnsNames {
    /// What host names are made from; empty for the default.
    hostname_type: String,
    /// Whether the instance's id has an IPv4 record.
    enable_instance_id_dns_a_record: bool,
    /// Whether the instance's id has an IPv6 record.
    #[shape(name = "EnableInstanceIdDnsAAAARecord")]
    enable_instance_id_dns_aaaa_record: bool,
    /// Whether the address has a record.
    enable_ip_dns_a_record: bool,
    /// Whether the address has a reverse record.
    enable_ip_dns_ptr_record: bool,
}

impl PrivateDnsNames {
    /// What the requests asked for.
    pub fn of(shown: &mut Shown<'_>) -> PrivateDnsNames {
        let mut is_on = |name: &str| is_true(&shown(name));
        PrivateDnsNames {
            enable_instance_id_dns_a_record: is_on("PrivateDnsNameOptions.EnableInstanceIdDnsARecord"),
            enable_instance_id_dns_aaaa_record: is_on("PrivateDnsNameOptions.EnableInstanceIdDnsAAAARecord"),
            enable_ip_dns_a_record: is_on("PrivateDnsNameOptions.EnableIpDnsARecord"),
            enable_ip_dns_ptr_record: is_on("PrivateDnsNameOptions.EnableIpDnsPtrRecord"),
            hostname_type: shown("PrivateDnsNameOptions.HostnameType"),
        }
    }
}

/// A flag as a request wrote it.
pub fn is_true(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

fn given(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// Why a resource is locked.
#[derive(Shape)]
pub struct Lock {
    /// `financial`, `security`, or `Recycling` for the last five minutes of a spot instance.
    lock_reason: String,
}

impl Lock {
    /// Shows a reason.
    pub fn of(lock_reason: String) -> Lock {
        Lock { lock_reason }
    }
}
