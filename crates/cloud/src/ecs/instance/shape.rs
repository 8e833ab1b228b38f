//! An instance in the replies of DescribeInstances.

use moyun_derive::Shape;
use moyun_wire::timestamp;

use crate::catalog::instance_types::{Architecture, InstanceType, family_of};
use crate::catalog::money::Money;
use crate::catalog::wares::Wares;
use crate::ecs::instance::parts::{
    AdditionalInfo, ClockOptions, CpuOptions, DedicatedHost, DedicatedInstance, EipAddress, Hibernation,
    ImageOptions, Lock, MetadataOptions, NetworkInterface, PrivateDnsNames, Reservation, Shown,
    VpcAttributes, inner_addresses, is_true, public_addresses,
};
use crate::ecs::instance::record::{Guest, Instance, Internet, Network, Payment};
use crate::ids::{HpcClusterId, ImageId, InstanceId, RegionId, ResourceGroupId, SecurityGroupId, ZoneId};
use crate::tags::{self, EcsTag};

/// What is shown as the end of an instance that no subscription ends.
const NEVER: &str = "2099-12-31T15:59Z";

/// An instance.
#[derive(Shape)]
pub struct InstanceItem {
    /// ID of the instance.
    instance_id: InstanceId,
    /// Name of the instance.
    instance_name: String,
    /// Description of the instance.
    description: String,
    /// Name of the guest.
    host_name: String,
    /// Serial number of the instance.
    serial_number: String,
    /// `Pending`, `Starting`, `Running`, `Stopping` or `Stopped`.
    status: &'static str,
    /// Region of the instance.
    region_id: RegionId,
    /// Zone of the instance.
    zone_id: ZoneId,
    /// When the instance was made, to the minute.
    creation_time: String,
    /// When it last started, to the minute; empty if it never did.
    start_time: String,
    /// What the instance is.
    #[shape(flatten)]
    machine: Machine,
    /// How it is paid.
    #[shape(flatten)]
    billing: Billing,
    /// Its networks.
    #[shape(flatten)]
    networking: Networking,
    /// Where it is placed.
    #[shape(flatten)]
    placement: Placement,
    /// Security groups.
    #[shape(list = "SecurityGroupId")]
    security_group_ids: Vec<SecurityGroupId>,
    /// Key pair that logs in; empty without one.
    key_pair_name: String,
    /// How the guest sees its metadata; only with the additional attribute META_OPTIONS.
    metadata_options: Option<MetadataOptions>,
    /// The clock of the guest, if the request said something of it.
    clock_options: Option<ClockOptions>,
    /// Managed host of the instance, if the request named one.
    additional_info: Option<AdditionalInfo>,
    /// Whether the instance can hibernate.
    hibernation_options: Hibernation,
    /// What the image does.
    image_options: ImageOptions,
    /// Names in the private DNS.
    private_dns_name_options: PrivateDnsNames,
    /// Whether the instance is guarded against deletion.
    deletion_protection: bool,
    /// Whether disks can be attached.
    device_available: bool,
    /// Whether the instance goes to the recycle bin.
    recyclable: bool,
    /// How the last stop left the instance: `KeepCharging`, `StopCharging` or `Not-applicable`.
    stopped_mode: String,
    /// Why the instance is locked.
    #[shape(list = "LockReason")]
    operation_locks: Vec<Lock>,
    /// Resource group.
    resource_group_id: ResourceGroupId,
    /// Tags.
    #[shape(list = "Tag")]
    tags: Vec<EcsTag>,
}

impl InstanceItem {
    /// Shows a record; `with_metadata` also how the guest sees its metadata.
    pub fn of(mut instance: Instance, with_metadata: bool, wares: &Wares) -> InstanceItem {
        let guest = instance.system();
        let interfaces = NetworkInterface::all_of(&instance);
        let mut shown = |name: &str| instance.shown.remove(name).unwrap_or_default();
        InstanceItem {
            metadata_options: with_metadata.then(|| MetadataOptions::of(&mut shown)),
            clock_options: ClockOptions::of(&mut shown),
            additional_info: AdditionalInfo::of(&mut shown),
            hibernation_options: Hibernation::of(&mut shown),
            image_options: ImageOptions::of(&mut shown),
            private_dns_name_options: PrivateDnsNames::of(&mut shown),
            recyclable: is_true(&shown("Recyclable")),
            placement: Placement::of(instance.hpc_cluster, &mut shown),
            machine: Machine::of(
                wares.find_type(&instance.instance_type).map(|kind| &**kind),
                instance.instance_type,
                (instance.image, guest),
                instance.io_optimized,
                instance.credit_specification,
                &mut shown,
            ),
            instance_id: instance.id,
            instance_name: instance.name,
            description: instance.description,
            host_name: instance.host_name,
            serial_number: instance.serial_number,
            status: instance.status.wire_name(),
            region_id: instance.region,
            zone_id: instance.zone,
            creation_time: timestamp::to_minute(instance.created_ms),
            start_time: instance.started_ms.map(timestamp::to_minute).unwrap_or_default(),
            billing: Billing::of(instance.payment),
            networking: Networking::of(&instance.network, interfaces, instance.internet),
            security_group_ids: instance.security_groups,
            key_pair_name: instance.key_pair.unwrap_or_default(),
            deletion_protection: instance.deletion_protection,
            device_available: true,
            stopped_mode: instance.stopped_mode,
            operation_locks: instance.locks.into_iter().map(Lock::of).collect(),
            resource_group_id: instance.resource_group,
            tags: tags::ecs(&instance.tags),
        }
    }
}

/// What an instance is.
#[derive(Shape)]
struct Machine {
    /// Image that the instance was made from.
    image_id: ImageId,
    /// Operating system, in Chinese.
    #[shape(name = "OSName")]
    os_name: String,
    /// Operating system, in English.
    #[shape(name = "OSNameEn")]
    os_name_en: String,
    /// `linux` or `windows`.
    #[shape(name = "OSType")]
    os_type: &'static str,
    /// Type of the instance.
    instance_type: String,
    /// Family of the type.
    instance_type_family: String,
    /// Virtual processors.
    cpu: u32,
    /// Memory in MiB.
    memory: u64,
    /// How the processors are laid out.
    cpu_options: CpuOptions,
    /// Graphics processors.
    #[shape(name = "GPUAmount")]
    gpu_amount: u32,
    /// Model of the graphics processors; empty without any.
    #[shape(name = "GPUSpec")]
    gpu_spec: String,
    /// Local disks that come with the type, if any.
    local_storage_amount: Option<u32>,
    /// Size of each local disk in GiB.
    local_storage_capacity: Option<u64>,
    /// Whether the disks are I/O optimized.
    io_optimized: bool,
    /// `Standard` or `Unlimited` for burstable types, else empty.
    credit_specification: String,
}

impl Machine {
    fn of(
        kind: Option<&InstanceType>,
        instance_type: String,
        (image_id, guest): (ImageId, Option<Guest>),
        io_optimized: bool,
        credit_specification: String,
        shown: &mut Shown<'_>,
    ) -> Machine {
        let gpu = kind.and_then(|kind| kind.gpu.as_ref());
        let local = kind.and_then(|kind| kind.local_storage.as_ref());
        let is_threaded = |kind: &InstanceType| kind.architecture == Architecture::X86 && kind.vcpu > 1;
        let threads = if kind.is_some_and(is_threaded) { 2 } else { 1 };
        let cores = kind.map_or(1, |kind| i64::from(kind.vcpu) / threads);
        Machine {
            os_name: guest.as_ref().map_or_else(String::new, |guest| guest.os_name_zh.clone()),
            os_name_en: guest.as_ref().map_or_else(String::new, |guest| guest.os_name.clone()),
            os_type: guest.as_ref().map_or("linux", |guest| guest.os_type.wire_name()),
            instance_type_family: family_of(&instance_type).to_owned(),
            cpu: kind.map_or(0, |kind| kind.vcpu),
            memory: kind.map_or(0, |kind| kind.memory_mib),
            cpu_options: CpuOptions::of(cores, threads, shown),
            gpu_amount: gpu.map_or(0, |gpu| gpu.amount),
            gpu_spec: gpu.map_or_else(String::new, |gpu| gpu.spec.clone()),
            local_storage_amount: local.map(|local| local.amount),
            local_storage_capacity: local.map(|local| local.capacity_gib),
            image_id,
            instance_type,
            io_optimized,
            credit_specification,
        }
    }
}

/// How an instance is paid.
#[derive(Shape)]
struct Billing {
    /// `PrePaid` or `PostPaid`.
    instance_charge_type: String,
    /// When its subscription ends, to the minute; far in the future for pay-as-you-go.
    expired_time: String,
    /// When it is released by itself, to the minute; empty if never.
    auto_release_time: String,
    /// `NoSpot`, `SpotWithPriceLimit` or `SpotAsPriceGo`.
    spot_strategy: String,
    /// Highest hourly price of a spot instance.
    spot_price_limit: f64,
    /// Hours for which a spot instance is safe.
    spot_duration: Option<i64>,
    /// `Terminate` or `Stop`, what the end of a spot instance is.
    spot_interruption_behavior: String,
}

impl Billing {
    fn of(payment: Payment) -> Billing {
        Billing {
            expired_time: expired_time(&payment),
            auto_release_time: payment.auto_release_ms.map(timestamp::to_minute).unwrap_or_default(),
            spot_price_limit: payment.spot_price_limit.map_or(0.0, yuan),
            instance_charge_type: payment.charge_type,
            spot_strategy: payment.spot_strategy,
            spot_duration: payment.spot_duration,
            spot_interruption_behavior: payment.spot_interruption_behavior,
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
struct Networking {
    /// `vpc` or `classic`.
    instance_network_type: &'static str,
    /// Place in the VPC; its texts are empty in the classic network.
    vpc_attributes: VpcAttributes,
    /// Network interfaces; none in the classic network.
    #[shape(list = "NetworkInterface")]
    network_interfaces: Vec<NetworkInterface>,
    /// Inner addresses in the classic network.
    #[shape(list = "IpAddress")]
    inner_ip_address: Vec<String>,
    /// Elastic IP address; its texts are empty without one.
    // footmark takes the texts in their order, and looks back at this one for the public addresses.
    eip_address: EipAddress,
    /// Public addresses.
    #[shape(list = "IpAddress")]
    public_ip_address: Vec<String>,
    /// Addresses in the RDMA network of an HPC cluster.
    #[shape(list = "IpAddress")]
    rdma_ip_address: Vec<String>,
    /// `PayByTraffic` or `PayByBandwidth`.
    internet_charge_type: String,
    /// Mbit/s from the Internet.
    internet_max_bandwidth_in: i64,
    /// Mbit/s to the Internet.
    internet_max_bandwidth_out: i64,
}

impl Networking {
    fn of(network: &Network, interfaces: Vec<NetworkInterface>, internet: Internet) -> Networking {
        Networking {
            instance_network_type: network.wire_name(),
            vpc_attributes: VpcAttributes::of(network),
            network_interfaces: interfaces,
            inner_ip_address: inner_addresses(network),
            public_ip_address: public_addresses(internet.address),
            eip_address: EipAddress::NONE,
            rdma_ip_address: vec![],
            internet_charge_type: internet.charge_type,
            internet_max_bandwidth_in: internet.max_bandwidth_in,
            internet_max_bandwidth_out: internet.max_bandwidth_out,
        }
    }
}

/// Where an instance is placed.
#[derive(Shape)]
struct Placement {
    /// HPC cluster; empty without one.
    hpc_cluster_id: HpcClusterId,
    /// Deployment set; empty without one.
    deployment_set_id: String,
    /// Group within the deployment set.
    deployment_set_group_no: Option<i64>,
    /// Dedicated host; its texts are empty without one.
    dedicated_host_attribute: DedicatedHost,
    /// How the instance is tied to dedicated hosts.
    dedicated_instance_attribute: DedicatedInstance,
    /// Capacity reservation of the instance.
    ecs_capacity_reservation_attr: Reservation,
    /// VLAN that CreateInstance named; empty without one.
    vlan_id: String,
    /// Cluster that CreateInstance named; empty without one.
    cluster_id: String,
    /// Internet service provider of an edge instance; empty without one.
    #[shape(name = "ISP")]
    isp: String,
}

impl Placement {
    fn of(hpc_cluster: Option<HpcClusterId>, shown: &mut Shown<'_>) -> Placement {
        Placement {
            hpc_cluster_id: hpc_cluster.unwrap_or_default(),
            deployment_set_id: shown("DeploymentSetId"),
            deployment_set_group_no: shown("DeploymentSetGroupNo").parse().ok(),
            dedicated_host_attribute: DedicatedHost::of(shown),
            dedicated_instance_attribute: DedicatedInstance::of(shown),
            ecs_capacity_reservation_attr: Reservation::of(shown),
            vlan_id: shown("VlanId"),
            cluster_id: shown("ClusterId"),
            isp: shown("Isp"),
        }
    }
}
