//! DescribeInstanceAttribute.

use std::net::Ipv4Addr;
use std::sync::Arc;

use moyun_derive::{Action, Shape};
use moyun_wire::out::Out;
use moyun_wire::shape::{Kind, Shape, ShapeSpec, Value};
use moyun_wire::timestamp;

use crate::case::{Case, nothing};
use crate::catalog::instance_types::InstanceType;
use crate::cx::Cx;
use crate::ecs::instance::given::one_running;
use crate::ecs::instance::parts::{
    DedicatedHost, EipAddress, Lock, NetworkOptions, VpcAttributes, inner_addresses,
};
use crate::ecs::instance::record::Instance;
use crate::ecs::instance::shape::expired_time;
use crate::errors::{ApiError, InstanceNotFound, RequiredParameterEmpty, RequiredParameterMissing};
use crate::ids::{ImageId, InstanceId, RegionId, SecurityGroupId, ZoneId};
use crate::spec::Run;
use crate::world::Fact;

/// Shows one instance, whatever region it is in.
#[derive(Action)]
#[action(
    ecs, read, reply = Shown,
    raises(RequiredParameterMissing, RequiredParameterEmpty, InstanceNotFound)
)]
pub struct DescribeInstanceAttribute {
    /// ID of the instance.
    #[param(required)]
    instance_id: InstanceId,
}

/// An instance.
#[derive(Shape)]
pub struct InstanceAttribute<'a> {
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
    /// Cluster that CreateInstance named; empty without one.
    cluster_id: &'a str,
    /// Image that the instance was made from.
    image_id: &'a ImageId,
    /// Type of the instance.
    instance_type: &'a str,
    /// Virtual processors.
    cpu: u32,
    /// Memory in MiB.
    memory: u64,
    /// `optimized` or `none`.
    io_optimized: &'static str,
    /// When the instance was made, to the minute.
    creation_time: String,
    /// When its subscription ends, to the minute; far in the future for pay-as-you-go.
    expired_time: String,
    /// `PrePaid` or `PostPaid`.
    instance_charge_type: &'a str,
    /// `Standard` or `Unlimited` for burstable types, else empty.
    credit_specification: &'a str,
    /// `vpc` or `classic`.
    instance_network_type: &'static str,
    /// Place in the VPC; its texts are empty in the classic network.
    vpc_attributes: VpcAttributes<'a>,
    /// Inner addresses in the classic network.
    #[shape(list = "IpAddress")]
    inner_ip_address: Vec<Ipv4Addr>,
    /// Elastic IP address; its texts are empty without one.
    // footmark takes the texts in their order, and looks back at this one for the public addresses.
    eip_address: EipAddress,
    /// Public addresses.
    #[shape(list = "IpAddress")]
    public_ip_address: Vec<Ipv4Addr>,
    /// `PayByTraffic` or `PayByBandwidth`.
    internet_charge_type: &'a str,
    /// Mbit/s from the Internet.
    internet_max_bandwidth_in: i64,
    /// Mbit/s to the Internet.
    internet_max_bandwidth_out: i64,
    /// Whether its interfaces take jumbo frames.
    enable_jumbo_frame: bool,
    /// Whether its traffic in the VPC is encrypted.
    enable_network_encryption: bool,
    /// The same two once more.
    network_options: NetworkOptions<'a>,
    /// VLAN that CreateInstance named; empty without one.
    vlan_id: &'a str,
    /// Security groups.
    #[shape(list = "SecurityGroupId")]
    security_group_ids: &'a [SecurityGroupId],
    /// Dedicated host; its texts are empty without one.
    dedicated_host_attribute: DedicatedHost<'a>,
    /// How the last stop left the instance: `KeepCharging`, `StopCharging` or `Not-applicable`.
    stopped_mode: &'a str,
    /// Why the instance is locked.
    #[shape(list = "LockReason")]
    operation_locks: Vec<Lock<'a>>,
}

/// The reply: what is shown, and its type.
pub struct Shown {
    instance: Instance,
    kind: Option<Arc<InstanceType>>,
}

impl Run for DescribeInstanceAttribute {
    fn run(self, cx: &mut Cx<'_>) -> Result<Shown, ApiError> {
        let instance = cx.instance(&self.instance_id)?;
        let kind = Fact::wares(&cx.tx)?.find_type(&instance.instance_type).cloned();
        Ok(Shown { instance, kind })
    }
}

impl Value for Shown {
    const KIND: Kind = InstanceAttribute::KIND;
    fn write(&self, out: &mut Out) {
        self.attribute().write(out);
    }
}

impl Shape for Shown {
    const SPEC: &'static ShapeSpec = InstanceAttribute::SPEC;
    fn write_fields(&self, out: &mut Out) {
        self.attribute().write_fields(out);
    }
}

impl Shown {
    fn attribute(&self) -> InstanceAttribute<'_> {
        let (instance, kind) = (&self.instance, &self.kind);
        let network_options = NetworkOptions::of(instance);
        InstanceAttribute {
            instance_id: &instance.id,
            instance_name: &instance.name,
            description: &instance.description,
            host_name: &instance.host_name,
            serial_number: &instance.serial_number,
            status: instance.status.wire_name(),
            region_id: &instance.region,
            zone_id: &instance.zone,
            cluster_id: instance.text("ClusterId"),
            image_id: &instance.image,
            instance_type: &instance.instance_type,
            cpu: kind.as_ref().map_or(0, |kind| kind.vcpu),
            memory: kind.as_ref().map_or(0, |kind| kind.memory_mib),
            io_optimized: if instance.io_optimized { "optimized" } else { "none" },
            creation_time: timestamp::to_minute(instance.created_ms),
            expired_time: expired_time(&instance.payment),
            instance_charge_type: &instance.payment.charge_type,
            credit_specification: &instance.credit_specification,
            instance_network_type: instance.network.wire_name(),
            vpc_attributes: VpcAttributes::of(&instance.network),
            inner_ip_address: inner_addresses(&instance.network),
            eip_address: EipAddress::NONE,
            public_ip_address: instance.internet.address.into_iter().collect(),
            internet_charge_type: &instance.internet.charge_type,
            internet_max_bandwidth_in: instance.internet.max_bandwidth_in,
            internet_max_bandwidth_out: instance.internet.max_bandwidth_out,
            enable_jumbo_frame: network_options.enable_jumbo_frame,
            enable_network_encryption: network_options.enable_network_encryption,
            network_options,
            vlan_id: instance.text("VlanId"),
            security_group_ids: &instance.security_groups,
            dedicated_host_attribute: DedicatedHost::of(instance),
            stopped_mode: &instance.stopped_mode,
            operation_locks: instance.locks.iter().map(|reason| Lock::of(reason)).collect(),
        }
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("an instance", one_running, "InstanceId=$i"),
    Case::err("no id", nothing, "", &RequiredParameterMissing),
    Case::err("an empty id", nothing, "InstanceId=", &RequiredParameterEmpty),
    Case::err("an unknown id", nothing, "InstanceId=i-bp1doesnotexist0001", &InstanceNotFound),
];
