//! The nested structures of an instance in replies.

use std::net::{Ipv4Addr, Ipv6Addr};

use moyun_derive::Shape;

use crate::ecs::instance::record::{AttachedInterface, Instance, Network};
use crate::ecs::network_interface::record::primary_ipv6;
use crate::ids::NetworkInterfaceId;

/// The layout of processors.
#[derive(Shape)]
pub struct CpuOptions<'a> {
    /// Physical cores.
    core_count: i64,
    /// Threads of each core.
    threads_per_core: i64,
    /// Nodes of memory access, as the request asked; empty for the default.
    numa: &'a str,
    /// Topology of the processors, if the request named one.
    topology_type: Option<&'a str>,
}

impl<'a> CpuOptions<'a> {
    /// What the request asked for, else this layout.
    pub fn of(cores: i64, threads: i64, instance: &'a Instance) -> CpuOptions<'a> {
        CpuOptions {
            core_count: instance.text("CpuOptions.Core").parse().unwrap_or(cores),
            threads_per_core: instance.text("CpuOptions.ThreadsPerCore").parse().unwrap_or(threads),
            numa: instance.text("CpuOptions.Numa"),
            topology_type: given(instance.text("CpuOptions.TopologyType")),
        }
    }
}

/// The place of an instance in a VPC.
#[derive(Shape)]
pub struct VpcAttributes<'a> {
    /// VPC.
    vpc_id: &'a str,
    /// vSwitch.
    v_switch_id: &'a str,
    /// Private addresses.
    #[shape(list = "IpAddress")]
    private_ip_address: Vec<Ipv4Addr>,
    /// Address that the instance is translated to; empty.
    nat_ip_address: &'static str,
}

impl<'a> VpcAttributes<'a> {
    /// Shows the network of an instance; empty in the classic network.
    pub fn of(network: &'a Network) -> VpcAttributes<'a> {
        let (vpc_id, v_switch_id, private_ip_address) = match network {
            Network::Vpc { vpc, v_switch, address, .. } => (vpc.as_str(), v_switch.as_str(), vec![*address]),
            Network::Classic { .. } => ("", "", vec![]),
        };
        VpcAttributes { vpc_id, v_switch_id, private_ip_address, nat_ip_address: "" }
    }
}

/// A network interface of an instance.
#[derive(Shape)]
pub struct NetworkInterface<'a> {
    /// ID of the interface.
    network_interface_id: &'a NetworkInterfaceId,
    /// MAC address of the interface.
    mac_address: &'a str,
    /// Primary private address.
    primary_ip_address: Ipv4Addr,
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
    ipv6_address: Ipv6Addr,
    /// Whether it is the primary one: none is.
    primary: bool,
}

impl Ipv6Item {
    /// The addresses of an interface.
    pub fn all_of(addresses: &[Ipv6Addr]) -> Vec<Ipv6Item> {
        addresses.iter().map(|address| Ipv6Item { ipv6_address: *address, primary: false }).collect()
    }
}

/// A private address of an interface.
#[derive(Shape)]
struct PrivateIp {
    /// The address.
    private_ip_address: Ipv4Addr,
    /// Whether it is the primary one.
    primary: bool,
}

impl<'a> NetworkInterface<'a> {
    /// The interfaces of an instance, the primary one first.
    pub fn all_of(instance: &'a Instance) -> Vec<NetworkInterface<'a>> {
        let primary = match &instance.network {
            Network::Vpc { interface, mac, address, .. } => {
                let ipv6: Vec<Ipv6Addr> = primary_ipv6(instance).collect();
                Some(NetworkInterface {
                    network_interface_id: interface,
                    mac_address: mac,
                    primary_ip_address: *address,
                    r#type: "Primary",
                    private_ip_sets: PrivateIp::all_of(*address, &[]),
                    ipv6_sets: Ipv6Item::all_of(&ipv6),
                })
            }
            Network::Classic { .. } => None,
        };
        let secondary = |interface: &'a AttachedInterface| NetworkInterface {
            network_interface_id: &interface.id,
            mac_address: &interface.mac,
            primary_ip_address: interface.address,
            r#type: "Secondary",
            private_ip_sets: PrivateIp::all_of(interface.address, &interface.more_addresses),
            ipv6_sets: Ipv6Item::all_of(&interface.ipv6),
        };
        primary.into_iter().chain(instance.more_interfaces.iter().map(secondary)).collect()
    }
}

impl PrivateIp {
    /// The addresses of an interface, the primary one first.
    fn all_of(primary: Ipv4Addr, more: &[Ipv4Addr]) -> Vec<PrivateIp> {
        let more = more.iter().map(|address| PrivateIp { private_ip_address: *address, primary: false });
        [PrivateIp { private_ip_address: primary, primary: true }].into_iter().chain(more).collect()
    }
}

/// The inner address of an instance in the classic network.
pub fn inner_addresses(network: &Network) -> Vec<Ipv4Addr> {
    match network {
        Network::Classic { address } => vec![*address],
        Network::Vpc { .. } => vec![],
    }
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
pub struct DedicatedHost<'a> {
    /// ID of the host.
    dedicated_host_id: &'a str,
    /// Name of the host.
    dedicated_host_name: &'static str,
    /// Cluster of the host.
    dedicated_host_cluster_id: &'a str,
}

impl<'a> DedicatedHost<'a> {
    /// What the request asked for.
    pub fn of(instance: &'a Instance) -> DedicatedHost<'a> {
        DedicatedHost {
            dedicated_host_id: instance.text("DedicatedHostId"),
            dedicated_host_name: "",
            dedicated_host_cluster_id: instance.text("SchedulerOptions.DedicatedHostClusterId"),
        }
    }
}

/// How an instance is tied to dedicated hosts.
#[derive(Shape)]
pub struct DedicatedInstance<'a> {
    /// `default` or `host`, whether it stays on its host.
    affinity: &'a str,
    /// `default` or `host`, whether it runs on a dedicated host.
    tenancy: &'a str,
}

impl<'a> DedicatedInstance<'a> {
    /// What the request asked for.
    pub fn of(instance: &'a Instance) -> DedicatedInstance<'a> {
        DedicatedInstance { affinity: instance.text("Affinity"), tenancy: instance.text("Tenancy") }
    }
}

/// The capacity reservation of an instance.
#[derive(Shape)]
pub struct Reservation<'a> {
    /// ID of the reservation.
    capacity_reservation_id: &'a str,
    /// `Open`, `Target` or `None`.
    capacity_reservation_preference: &'a str,
}

impl<'a> Reservation<'a> {
    /// What the request asked for.
    pub fn of(instance: &'a Instance) -> Reservation<'a> {
        Reservation {
            capacity_reservation_id: instance.text("PrivatePoolOptions.Id"),
            capacity_reservation_preference: instance.text("PrivatePoolOptions.MatchCriteria"),
        }
    }
}

/// How the guest sees its metadata.
#[derive(Shape)]
pub struct MetadataOptions<'a> {
    /// `enabled` or `disabled`.
    http_endpoint: &'a str,
    /// `optional` or `required`.
    http_tokens: &'a str,
    /// Hops that an answer may take.
    http_put_response_hop_limit: i64,
}

impl<'a> MetadataOptions<'a> {
    /// What the request asked for, else the defaults.
    pub fn of(instance: &'a Instance) -> MetadataOptions<'a> {
        let or = |text: &'a str, default| if text.is_empty() { default } else { text };
        MetadataOptions {
            http_endpoint: or(instance.text("HttpEndpoint"), "enabled"),
            http_tokens: or(instance.text("HttpTokens"), "optional"),
            http_put_response_hop_limit: instance.text("HttpPutResponseHopLimit").parse().unwrap_or(1),
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
    pub fn of(instance: &Instance) -> Hibernation {
        Hibernation { configured: is_true(instance.text("HibernationOptions.Configured")) }
    }
}

/// The clock of a guest.
#[derive(Shape)]
pub struct ClockOptions<'a> {
    /// Whether the guest has a PTP clock: `enabled` or `disabled`.
    ptp_status: &'a str,
}

impl<'a> ClockOptions<'a> {
    /// What the request asked for, if anything.
    pub fn of(instance: &'a Instance) -> Option<ClockOptions<'a>> {
        Some(ClockOptions { ptp_status: given(instance.text("ClockOptions.PtpStatus"))? })
    }
}

/// The managed host of an instance.
#[derive(Shape)]
pub struct AdditionalInfo<'a> {
    /// ID of the host.
    managed_host_id: &'a str,
}

impl<'a> AdditionalInfo<'a> {
    /// What the request asked for, if anything.
    pub fn of(instance: &'a Instance) -> Option<AdditionalInfo<'a>> {
        Some(AdditionalInfo { managed_host_id: given(instance.text("ManagedHostId"))? })
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
    pub fn of(instance: &Instance) -> ImageOptions {
        ImageOptions { login_as_non_root: is_true(instance.text("ImageOptions.LoginAsNonRoot")) }
    }
}

/// What the network of an instance does.
#[derive(Shape)]
pub struct NetworkOptions<'a> {
    /// Whether its interfaces take jumbo frames.
    pub enable_jumbo_frame: bool,
    /// Whether its traffic in the VPC is encrypted.
    pub enable_network_encryption: bool,
    /// Whether disks or the network get more of the bandwidth, if the request said so.
    bandwidth_weighting: Option<&'a str>,
}

impl<'a> NetworkOptions<'a> {
    /// What the requests asked for.
    pub fn of(instance: &'a Instance) -> NetworkOptions<'a> {
        NetworkOptions {
            enable_jumbo_frame: is_true(instance.text("NetworkOptions.EnableJumboFrame")),
            enable_network_encryption: is_true(instance.text("NetworkOptions.EnableNetworkEncryption")),
            bandwidth_weighting: given(instance.text("NetworkOptions.BandwidthWeighting")),
        }
    }
}

/// Names of an instance in the private DNS.
#[derive(Shape)]
pub struct PrivateDnsNames<'a> {
    /// What host names are made from; empty for the default.
    hostname_type: &'a str,
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

impl<'a> PrivateDnsNames<'a> {
    /// What the requests asked for.
    pub fn of(instance: &'a Instance) -> PrivateDnsNames<'a> {
        let is_on = |name| is_true(instance.text(name));
        PrivateDnsNames {
            enable_instance_id_dns_a_record: is_on("PrivateDnsNameOptions.EnableInstanceIdDnsARecord"),
            enable_instance_id_dns_aaaa_record: is_on("PrivateDnsNameOptions.EnableInstanceIdDnsAAAARecord"),
            enable_ip_dns_a_record: is_on("PrivateDnsNameOptions.EnableIpDnsARecord"),
            enable_ip_dns_ptr_record: is_on("PrivateDnsNameOptions.EnableIpDnsPtrRecord"),
            hostname_type: instance.text("PrivateDnsNameOptions.HostnameType"),
        }
    }
}

/// A flag as a request wrote it.
pub fn is_true(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

fn given(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// Why a resource is locked.
#[derive(Shape)]
pub struct Lock<'a> {
    /// `financial`, `security`, or `Recycling` for the last five minutes of a spot instance.
    lock_reason: &'a str,
}

impl<'a> Lock<'a> {
    /// Shows a reason.
    pub fn of(lock_reason: &'a str) -> Lock<'a> {
        Lock { lock_reason }
    }
}
