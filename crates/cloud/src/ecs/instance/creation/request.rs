//! What both creations of instances take, and the one form in which they are judged.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use moyun_derive::Group;
use moyun_wire::params::Params;

use crate::ecs::instance::creation::disk_params::{DataDiskParams, SystemDiskParams};
use crate::ecs::instance::creation::interface_params::NetworkInterfaceParams;
use crate::errors::ApiError;
use crate::ids::{HpcClusterId, ImageId, ResourceGroupId, SecurityGroupId, VSwitchId, ZoneId};
use crate::param::{Group, Param};
use crate::spec::{ParamKind, ParamSpec};
use crate::tags::TagParam;

/// A value whose own check reads it, in its place in the order of the checks.
#[derive(Debug, Clone)]
pub struct Raw<T> {
    /// The text as sent.
    pub text: String,
    meant: PhantomData<T>,
}

impl<T: Param> Raw<T> {
    /// The value; None when the text is not of the type.
    pub fn read(&self) -> Option<T> {
        T::read(&self.text)
    }
}

impl<T: Param> Param for Raw<T> {
    const KIND: ParamKind = T::KIND;
    fn read(text: &str) -> Option<Raw<T>> {
        Some(Raw { text: text.to_owned(), meant: PhantomData })
    }
}

/// Parameters that are read in their types and then only kept as they were sent.
#[derive(Debug, Clone)]
pub struct Noted<G> {
    /// The values by their full names.
    pub values: BTreeMap<String, String>,
    meant: PhantomData<G>,
}

impl<G: Group> Group for Noted<G> {
    const PARAMS: &'static [ParamSpec] = G::PARAMS;

    fn check_required(params: &Params, prefix: &str) -> Result<(), ApiError> {
        G::check_required(params, prefix)
    }

    fn read(params: &Params, prefix: &str) -> Result<Noted<G>, ApiError> {
        G::read(params, prefix)?;
        let mut values = BTreeMap::new();
        note_all(params, prefix, G::PARAMS, &mut values);
        Ok(Noted { values, meant: PhantomData })
    }
}

fn note_all(params: &Params, prefix: &str, specs: &[ParamSpec], values: &mut BTreeMap<String, String>) {
    for spec in specs {
        match &spec.kind {
            ParamKind::Flat(fields) => note_all(params, prefix, fields, values),
            kind => note(params, &format!("{prefix}{}", spec.name), kind, values),
        }
    }
}

fn note(params: &Params, name: &str, kind: &ParamKind, values: &mut BTreeMap<String, String>) {
    match kind {
        ParamKind::Flat(fields) | ParamKind::Group(fields) => {
            note_all(params, &format!("{name}."), fields, values);
        }
        ParamKind::List(of) => {
            params.indices(name).iter().for_each(|n| note(params, &format!("{name}.{n}"), of, values));
        }
        _ => {
            if let Some(value) = params.given(name) {
                values.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// The parameters of both creations.
#[derive(Debug, Clone, Group)]
pub struct Shared {
    /// Image that the system disk is made from. Required unless ImageFamily names one.
    #[param(required_unless("ImageFamily", "LaunchTemplateId", "LaunchTemplateName"))]
    pub image_id: Option<ImageId>,
    /// Family whose newest available image is used. Cannot be combined with ImageId.
    pub image_family: Option<String>,
    /// Instance type, such as `ecs.g6.large`. DescribeInstanceTypes lists them.
    #[param(required_unless("LaunchTemplateId", "LaunchTemplateName"))]
    pub instance_type: Option<String>,
    /// Security group that the instance joins. It decides the network: a group of a VPC makes a VPC instance.
    #[param(required_unless(
        "SecurityGroupIds",
        "NetworkInterface",
        "LaunchTemplateId",
        "LaunchTemplateName"
    ))]
    pub security_group_id: Option<SecurityGroupId>,
    /// Zone of the instance. Without it the vSwitch decides, or in the classic network any zone that offers
    /// everything asked for.
    pub zone_id: Option<ZoneId>,
    /// vSwitch of the instance; required in a VPC. It lies in the VPC of the security group and in the zone.
    pub v_switch_id: Option<VSwitchId>,
    /// Private address of the instance inside the block of the vSwitch; by default a free one.
    pub private_ip_address: Option<String>,
    /// Name: 2 to 128 characters, first a letter. The default is the ID of the instance.
    pub instance_name: Option<String>,
    /// Description of 2 to 256 characters that is no link.
    pub description: Option<String>,
    /// Host name of the guest: on Linux 2 to 64 letters, digits, `-` and `.`, and `${instance_id}` for the ID; on
    /// Windows 2 to 15 letters, digits and `-`, not digits alone.
    pub host_name: Option<String>,
    /// Password of the administrator: 8 to 30 characters, at least three of upper-case letters, lower-case letters,
    /// digits and marks. It is never shown again.
    pub password: Option<String>,
    /// Whether the password of the image stays in force; Password must then be left out.
    #[param(default = false)]
    pub password_inherit: bool,
    /// Key pair that logs in to a Linux guest.
    pub key_pair_name: Option<String>,
    /// What the guest runs at its first start, in Base64; decoded at most 32 KiB. VPC and I/O optimized instances only.
    pub user_data: Option<String>,
    /// `none` or `optimized`. By default old types that can do without are not optimized, all others are.
    pub io_optimized: Option<String>,
    /// `PostPaid` (the default: paid by the hour) or `PrePaid` (a subscription).
    pub instance_charge_type: Option<String>,
    /// How long a subscription runs, in units of PeriodUnit: 1 to 9, 12, 24, 36, 48 or 60 months; 1 to 4 weeks.
    pub period: Option<i64>,
    /// Unit of Period: `Month` or `Week`.
    #[param(default = "Month", one_of("Month", "Week"))]
    pub period_unit: String,
    /// Whether a subscription renews itself when it ends.
    #[param(default = false)]
    pub auto_renew: bool,
    /// How long each renewal runs: 1, 2, 3, 6, 12, and for RunInstances 24, 36, 48 or 60 months; 1 to 3 weeks.
    pub auto_renew_period: Option<i64>,
    /// How public traffic is billed: `PayByTraffic` (the default) or `PayByBandwidth`.
    pub internet_charge_type: Option<String>,
    /// Public bandwidth out, 0 (the default) to 100 Mbit/s.
    pub internet_max_bandwidth_out: Option<Raw<i64>>,
    /// Public bandwidth in, 1 to 200 Mbit/s; at least 10 by default.
    pub internet_max_bandwidth_in: Option<Raw<i64>>,
    /// Up to 16 data disks, attached as `/dev/xvdb` and so on in the order of their numbers.
    #[param(group)]
    pub data_disk: Vec<DataDiskParams>,
    /// `NoSpot` (the default), `SpotWithPriceLimit` or `SpotAsPriceGo`. PostPaid instances only.
    pub spot_strategy: Option<String>,
    /// Highest price of an hour with SpotWithPriceLimit: above zero, at most three decimals.
    pub spot_price_limit: Option<Raw<f64>>,
    /// Hours for which a spot instance is safe: 0 or 1 (the default), 2 to 6 by invitation.
    pub spot_duration: Option<i64>,
    /// What happens to a spot instance that is outbid: `Terminate` (the default) or `Stop`.
    #[param(default = "Terminate", one_of("Terminate", "Stop"))]
    pub spot_interruption_behavior: String,
    /// Whether the instance is guarded against deletion by mistake. PostPaid instances that are not spot only.
    #[param(default = false)]
    pub deletion_protection: bool,
    /// RAM role of the guest. VPC instances only.
    pub ram_role_name: Option<String>,
    /// Up to 20 tags for the instance and its disks.
    #[param(group)]
    pub tag: Vec<TagParam>,
    /// Resource group of the instance and its disks.
    pub resource_group_id: Option<ResourceGroupId>,
    /// HPC cluster; required by the types that work only inside one.
    pub hpc_cluster_id: Option<HpcClusterId>,
    /// How a burstable type uses its credits: `Standard` (the default) or `Unlimited`.
    #[param(one_of("Standard", "Unlimited"))]
    pub credit_specification: Option<String>,
    /// Dedicated host to place the instance on; spot parameters are then ignored.
    pub dedicated_host_id: Option<String>,
    /// Parameters that are kept and shown.
    #[param(flatten)]
    pub notes: Noted<SharedNotes>,
}

/// Parameters of both creations that are kept and shown and change nothing else.
#[derive(Debug, Clone, Group)]
pub struct SharedNotes {
    /// Whether the guest gets security software: `Active` or `Deactive` (the default).
    #[param(one_of("Active", "Deactive"))]
    pub security_enhancement_strategy: Option<String>,
    /// Deployment set to spread the instance in.
    pub deployment_set_id: Option<String>,
    /// Group number of the instance in its deployment set, 1 to 7.
    #[param(range(1, 7))]
    pub deployment_set_group_no: Option<i64>,
    /// Whether the host is shared: `default` or `host`.
    #[param(one_of("default", "host"))]
    pub tenancy: Option<String>,
    /// Whether the instance stays on its dedicated host: `default` or `host`.
    #[param(one_of("default", "host"))]
    pub affinity: Option<String>,
    /// Private pool of capacity to use.
    #[param(group)]
    pub private_pool_options: Option<PrivatePoolOptions>,
    /// Whether the guest can reach its metadata: `enabled` (the default) or `disabled`.
    #[param(one_of("enabled", "disabled"))]
    pub http_endpoint: Option<String>,
    /// Whether metadata needs a token: `optional` (the default) or `required`.
    #[param(one_of("optional", "required"))]
    pub http_tokens: Option<String>,
    /// Hops that an answer of the metadata service may take, 1 to 64.
    #[param(range(1, 64))]
    pub http_put_response_hop_limit: Option<i64>,
    /// Storage set to spread the disks in.
    pub storage_set_id: Option<String>,
    /// Partitions of the storage set.
    #[param(range(1, 2000))]
    pub storage_set_partition_number: Option<i64>,
    /// Roles that others assume through the instance. In preview.
    #[param(group, preview)]
    pub arn: Vec<ArnParams>,
    /// Hibernation of the guest.
    #[param(group)]
    pub hibernation_options: Option<HibernationOptions>,
}

/// A private pool of capacity.
#[derive(Debug, Clone, Group)]
pub struct PrivatePoolOptions {
    /// Which pools may be used: `Open`, `Target` or `None` (the default).
    #[param(one_of("Open", "Target", "None"))]
    pub match_criteria: Option<String>,
    /// The pool, with `Target`.
    pub id: Option<String>,
}

/// A role that others assume through an instance.
#[derive(Debug, Clone, Group)]
pub struct ArnParams {
    /// Account that assumes the role.
    pub assume_role_for: Option<i64>,
    /// Kind of role.
    pub role_type: Option<String>,
    /// Name of the role as an ARN.
    pub rolearn: Option<String>,
}

/// Hibernation of a guest.
#[derive(Debug, Clone, Group)]
pub struct HibernationOptions {
    /// Whether the guest can hibernate. In preview.
    #[param(preview)]
    pub configured: Option<bool>,
}

/// A request to create instances, whichever action it came by.
#[derive(Debug, Clone)]
pub struct Request {
    /// Whether the instances are started, as RunInstances does.
    pub runs: bool,
    /// What both actions take.
    pub shared: Shared,
    /// The system disk.
    pub system_disk: SystemDiskParams,
    /// Whether the system disk is encrypted, as text.
    pub system_disk_encrypted: Option<Raw<bool>>,
    /// The key of the system disk.
    pub system_disk_kms_key_id: Option<String>,
    /// The algorithm of the system disk.
    pub system_disk_encrypt_algorithm: Option<String>,
    /// The automatic snapshot policy of the system disk.
    pub system_disk_snapshot_policy: Option<String>,
    /// The security groups, where more than one may be named.
    pub security_group_ids: Vec<SecurityGroupId>,
    /// A host name for each instance.
    pub host_names: Vec<String>,
    /// Whether names get a number each.
    pub unique_suffix: bool,
    /// How many instances.
    pub amount: Option<Raw<i64>>,
    /// With how few it may end.
    pub min_amount: Option<i64>,
    /// Whether an order is paid at once.
    pub auto_pay: bool,
    /// When the instances are released.
    pub auto_release_time: Option<String>,
    /// Whether a launch template is named.
    pub names_template: bool,
    /// The network interfaces.
    pub network_interfaces: Vec<NetworkInterfaceParams>,
    /// IPv6 addresses, and how many.
    pub ipv6: (Vec<String>, Option<i64>),
    /// What is only kept and shown.
    pub shown: BTreeMap<String, String>,
}

impl Request {
    /// A request for one instance that is not started, as CreateInstance makes it.
    pub fn for_one(shared: Shared, system_disk: SystemDiskParams) -> Request {
        let shown = shared.notes.values.clone();
        Request {
            runs: false,
            shared,
            system_disk,
            system_disk_encrypted: None,
            system_disk_kms_key_id: None,
            system_disk_encrypt_algorithm: None,
            system_disk_snapshot_policy: None,
            security_group_ids: Vec::new(),
            host_names: Vec::new(),
            unique_suffix: false,
            amount: None,
            min_amount: None,
            auto_pay: true,
            auto_release_time: None,
            names_template: false,
            network_interfaces: Vec::new(),
            ipv6: (vec![], None),
            shown,
        }
    }
}

impl Request {
    /// The security groups, wherever the request names them.
    pub fn named_groups(&self) -> Vec<&SecurityGroupId> {
        let primary = self.primary_interface();
        let single = self.shared.security_group_id.iter().chain(&self.security_group_ids);
        let of_interface = primary
            .into_iter()
            .flat_map(|primary| primary.security_group_id.iter().chain(&primary.security_group_ids));
        single.chain(of_interface).collect()
    }

    /// The vSwitch, wherever the request names it.
    pub fn named_v_switch(&self) -> Option<&VSwitchId> {
        let of_interface = || self.primary_interface().and_then(|primary| primary.v_switch_id.as_ref());
        self.shared.v_switch_id.as_ref().or_else(of_interface)
    }

    /// The private address, wherever the request names it.
    pub fn named_address(&self) -> Option<&str> {
        let of_interface =
            || self.primary_interface().and_then(|primary| primary.primary_ip_address.as_ref());
        self.shared.private_ip_address.as_ref().or_else(of_interface).map(String::as_str)
    }

    /// The interfaces beside the primary one.
    pub fn more_interfaces(&self) -> impl Iterator<Item = &NetworkInterfaceParams> {
        self.network_interfaces.iter().filter(|interface| !interface.is_primary())
    }

    /// The interface that the instances are made with, if the request describes it as one.
    pub fn primary_interface(&self) -> Option<&NetworkInterfaceParams> {
        self.network_interfaces.iter().find(|interface| interface.is_primary())
    }
}
