//! An instance in the replies of DescribeInstances.

use std::borrow::Cow;
use std::net::Ipv4Addr;

use moyun_derive::Shape;
use moyun_wire::timestamp;

use crate::catalog::images::OsType;
use crate::catalog::instance_types::{Architecture, family_of};
use crate::catalog::money::Money;
use crate::catalog::wares::Wares;
use crate::ecs::instance::parts::{
    AdditionalInfo, ClockOptions, CpuOptions, DedicatedHost, DedicatedInstance, EipAddress, Hibernation,
    ImageOptions, Lock, MetadataOptions, NetworkInterface, PrivateDnsNames, Reservation, VpcAttributes,
    inner_addresses, is_true,
};
use crate::ecs::instance::record::{Instance, Payment};
use crate::ids::{HpcClusterId, ImageId, InstanceId, RegionId, ResourceGroupId, SecurityGroupId, ZoneId};
use crate::tags::{self, EcsTag};

/// What is shown as the end of an instance that no subscription ends.
const NEVER: &str = "2099-12-31T15:59Z";

/// An instance.
#[derive(Shape)]
pub struct InstanceItem<'a> {
    /// ID of the instance.
    instance_id: &'a InstanceId,
    /// Name of the instance.
    instance_name: &'a str,
    /// Description of the instance.
    description: &'a str,
    /// Name of the guest.
    host_name: &'a str,
    /// Serial number of the instance.
    serial_number: &'a str,
    /// `Pending`, `Starting`, `Running`, `Stopping` or `Stopped`.
    status: &'static str,
    /// Region of the instance.
    region_id: &'a RegionId,
    /// Zone of the instance.
    zone_id: &'a ZoneId,
    /// When the instance was made, to the minute.
    creation_time: String,
    /// When it last started, to the minute; empty if it never did.
    start_time: String,
    /// What the instance is.
    #[shape(flatten)]
    machine: Machine<'a>,
    /// How it is paid.
    #[shape(flatten)]
    billing: Billing<'a>,
    /// Its networks.
    #[shape(flatten)]
    networking: Networking<'a>,
    /// Where it is placed.
    #[shape(flatten)]
    placement: Placement<'a>,
    /// Security groups.
    #[shape(list = "SecurityGroupId")]
    security_group_ids: &'a [SecurityGroupId],
    /// Key pair that logs in; empty without one.
    key_pair_name: &'a str,
    /// How the guest sees its metadata; only with the additional attribute META_OPTIONS.
    metadata_options: Option<MetadataOptions<'a>>,
    /// The clock of the guest, if the request said something of it.
    clock_options: Option<ClockOptions<'a>>,
    /// Managed host of the instance, if the request named one.
    additional_info: Option<AdditionalInfo<'a>>,
    /// Whether the instance can hibernate.
    hibernation_options: Hibernation,
    /// What the image does.
    image_options: ImageOptions,
    /// Names in the private DNS.
    private_dns_name_options: PrivateDnsNames<'a>,
    /// Whether the instance is guarded against deletion.
    deletion_protection: bool,
    /// Whether disks can be attached.
    device_available: bool,
    /// Whether the instance goes to the recycle bin.
    recyclable: bool,
    /// How the last stop left the instance: `KeepCharging`, `StopCharging` or `Not-applicable`.
    stopped_mode: &'a str,
    /// Why the instance is locked.
    #[shape(list = "LockReason")]
    operation_locks: Vec<Lock<'a>>,
    /// Resource group.
    resource_group_id: &'a ResourceGroupId,
    /// Tags.
    #[shape(list = "Tag")]
    tags: Vec<EcsTag>,
}

impl<'a> InstanceItem<'a> {
    /// Shows a record; `with_metadata` also how the guest sees its metadata.
    pub fn of(instance: &'a Instance, with_metadata: bool, wares: &'a Wares) -> InstanceItem<'a> {
        InstanceItem {
            instance_id: &instance.id,
            instance_name: &instance.name,
            description: &instance.description,
            host_name: &instance.host_name,
            serial_number: &instance.serial_number,
            status: instance.status.wire_name(),
            region_id: &instance.region,
            zone_id: &instance.zone,
            creation_time: timestamp::to_minute(instance.created_ms),
            start_time: instance.started_ms.map(timestamp::to_minute).unwrap_or_default(),
            machine: Machine::of(instance, wares),
            billing: Billing::of(&instance.payment),
            networking: Networking::of(instance),
            placement: Placement::of(instance),
            security_group_ids: &instance.security_groups,
            key_pair_name: instance.key_pair.as_deref().unwrap_or_default(),
            metadata_options: with_metadata.then(|| MetadataOptions::of(instance)),
            clock_options: ClockOptions::of(instance),
            additional_info: AdditionalInfo::of(instance),
            hibernation_options: Hibernation::of(instance),
            image_options: ImageOptions::of(instance),
            private_dns_name_options: PrivateDnsNames::of(instance),
            deletion_protection: instance.deletion_protection,
            device_available: true,
            recyclable: is_true(instance.text("Recyclable")),
            stopped_mode: &instance.stopped_mode,
            operation_locks: instance.locks.iter().map(|reason| Lock::of(reason)).collect(),
            resource_group_id: &instance.resource_group,
            tags: tags::ecs(&instance.tags),
        }
    }
}

/// What an instance is.
#[derive(Shape)]
struct Machine<'a> {
    /// Image that the instance was made from.
    image_id: &'a ImageId,
    /// Operating system, in Chinese.
    #[shape(name = "OSName")]
    os_name: Cow<'static, str>,
    /// Operating system, in English.
    #[shape(name = "OSNameEn")]
    os_name_en: Cow<'static, str>,
    /// `linux` or `windows`.
    #[shape(name = "OSType")]
    os_type: &'static str,
    /// Type of the instance.
    instance_type: &'a str,
    /// Family of the type.
    instance_type_family: &'a str,
    /// Virtual processors.
    cpu: u32,
    /// Memory in MiB.
    memory: u64,
    /// How the processors are laid out.
    cpu_options: CpuOptions<'a>,
    /// Graphics processors.
    #[shape(name = "GPUAmount")]
    gpu_amount: u32,
    /// Model of the graphics processors; empty without any.
    #[shape(name = "GPUSpec")]
    gpu_spec: &'a str,
    /// Local disks that come with the type, if any.
    local_storage_amount: Option<u32>,
    /// Size of each local disk in GiB.
    local_storage_capacity: Option<u64>,
    /// Whether the disks are I/O optimized.
    io_optimized: bool,
    /// `Standard` or `Unlimited` for burstable types, else empty.
    credit_specification: &'a str,
}

impl<'a> Machine<'a> {
    fn of(instance: &'a Instance, wares: &'a Wares) -> Machine<'a> {
        let kind = wares.find_type(&instance.instance_type);
        let gpu = kind.and_then(|kind| kind.gpu.as_ref());
        let local = kind.and_then(|kind| kind.local_storage.as_ref());
        let threads = kind
            .map_or(1, |kind| if kind.architecture == Architecture::X86 && kind.vcpu > 1 { 2 } else { 1 });
        let cores = kind.map_or(1, |kind| i64::from(kind.vcpu) / threads);
        let (os_name_zh, os_name_en, os_type) = match instance.system() {
            Some(guest) => (guest.os_name_zh, guest.os_name, guest.os_type),
            None => ("".into(), "".into(), OsType::Linux),
        };
        Machine {
            image_id: &instance.image,
            os_name: os_name_zh,
            os_name_en,
            os_type: os_type.wire_name(),
            instance_type: &instance.instance_type,
            instance_type_family: family_of(&instance.instance_type),
            cpu: kind.map_or(0, |kind| kind.vcpu),
            memory: kind.map_or(0, |kind| kind.memory_mib),
            cpu_options: CpuOptions::of(cores, threads, instance),
            gpu_amount: gpu.map_or(0, |gpu| gpu.amount),
            gpu_spec: gpu.map_or("", |gpu| &gpu.spec),
            local_storage_amount: local.map(|local| local.amount),
            local_storage_capacity: local.map(|local| local.capacity_gib),
            io_optimized: instance.io_optimized,
            credit_specification: &instance.credit_specification,
        }
    }
}

/// How an instance is paid.
#[derive(Shape)]
struct Billing<'a> {
    /// `PrePaid` or `PostPaid`.
    instance_charge_type: &'a str,
    /// When its subscription ends, to the minute; far in the future for pay-as-you-go.
    expired_time: String,
    /// When it is released by itself, to the minute; empty if never.
    auto_release_time: String,
    /// `NoSpot`, `SpotWithPriceLimit` or `SpotAsPriceGo`.
    spot_strategy: &'a str,
    /// Highest hourly price of a spot instance.
    spot_price_limit: f64,
    /// Hours for which a spot instance is safe.
    spot_duration: Option<i64>,
    /// `Terminate` or `Stop`, what the end of a spot instance is.
    spot_interruption_behavior: &'a str,
}

impl<'a> Billing<'a> {
    fn of(payment: &'a Payment) -> Billing<'a> {
        Billing {
            instance_charge_type: &payment.charge_type,
            expired_time: expired_time(payment),
            auto_release_time: payment.auto_release_ms.map(timestamp::to_minute).unwrap_or_default(),
            spot_strategy: &payment.spot_strategy,
            spot_price_limit: payment.spot_price_limit.map_or(0.0, yuan),
            spot_duration: payment.spot_duration,
            spot_interruption_behavior: &payment.spot_interruption_behavior,
        }
    }
}

/// When the subscription of an instance ends, to the minute.
pub fn expired_time(payment: &Payment) -> String {
    payment.expires_ms.map_or_else(|| NEVER.to_owned(), timestamp::to_minute)
}

fn yuan(money: Money) -> f64 {
    money.in_micros() as f64 / 1_000_000.0
}

/// The networks of an instance.
#[derive(Shape)]
struct Networking<'a> {
    /// `vpc` or `classic`.
    instance_network_type: &'static str,
    /// Place in the VPC; its texts are empty in the classic network.
    vpc_attributes: VpcAttributes<'a>,
    /// Network interfaces; none in the classic network.
    #[shape(list = "NetworkInterface")]
    network_interfaces: Vec<NetworkInterface<'a>>,
    /// Inner addresses in the classic network.
    #[shape(list = "IpAddress")]
    inner_ip_address: Vec<Ipv4Addr>,
    /// Elastic IP address; its texts are empty without one.
    // footmark takes the texts in their order, and looks back at this one for the public addresses.
    eip_address: EipAddress,
    /// Public addresses.
    #[shape(list = "IpAddress")]
    public_ip_address: Vec<Ipv4Addr>,
    /// Addresses in the RDMA network of an HPC cluster.
    #[shape(list = "IpAddress")]
    rdma_ip_address: &'static [Ipv4Addr],
    /// `PayByTraffic` or `PayByBandwidth`.
    internet_charge_type: &'a str,
    /// Mbit/s from the Internet.
    internet_max_bandwidth_in: i64,
    /// Mbit/s to the Internet.
    internet_max_bandwidth_out: i64,
}

impl<'a> Networking<'a> {
    fn of(instance: &'a Instance) -> Networking<'a> {
        let (network, internet) = (&instance.network, &instance.internet);
        Networking {
            instance_network_type: network.wire_name(),
            vpc_attributes: VpcAttributes::of(network),
            network_interfaces: NetworkInterface::all_of(instance),
            inner_ip_address: inner_addresses(network),
            eip_address: EipAddress::NONE,
            public_ip_address: internet.address.into_iter().collect(),
            rdma_ip_address: &[],
            internet_charge_type: &internet.charge_type,
            internet_max_bandwidth_in: internet.max_bandwidth_in,
            internet_max_bandwidth_out: internet.max_bandwidth_out,
        }
    }
}

/// Where an instance is placed.
#[derive(Shape)]
struct Placement<'a> {
    /// HPC cluster; empty without one.
    hpc_cluster_id: &'a str,
    /// Deployment set; empty without one.
    deployment_set_id: &'a str,
    /// Group within the deployment set.
    deployment_set_group_no: Option<i64>,
    /// Dedicated host; its texts are empty without one.
    dedicated_host_attribute: DedicatedHost<'a>,
    /// How the instance is tied to dedicated hosts.
    dedicated_instance_attribute: DedicatedInstance<'a>,
    /// Capacity reservation of the instance.
    ecs_capacity_reservation_attr: Reservation<'a>,
    /// VLAN that CreateInstance named; empty without one.
    vlan_id: &'a str,
    /// Cluster that CreateInstance named; empty without one.
    cluster_id: &'a str,
    /// Internet service provider of an edge instance; empty without one.
    #[shape(name = "ISP")]
    isp: &'a str,
}

impl<'a> Placement<'a> {
    fn of(instance: &'a Instance) -> Placement<'a> {
        Placement {
            hpc_cluster_id: instance.hpc_cluster.as_ref().map_or("", HpcClusterId::as_str),
            deployment_set_id: instance.text("DeploymentSetId"),
            deployment_set_group_no: instance.text("DeploymentSetGroupNo").parse().ok(),
            dedicated_host_attribute: DedicatedHost::of(instance),
            dedicated_instance_attribute: DedicatedInstance::of(instance),
            ecs_capacity_reservation_attr: Reservation::of(instance),
            vlan_id: instance.text("VlanId"),
            cluster_id: instance.text("ClusterId"),
            isp: instance.text("Isp"),
        }
    }
}
