//! DescribeInstances.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use moyun_derive::{Action, Shape};
use moyun_store::{Beside, Kept, Key};
use moyun_wire::out::Out;
use moyun_wire::reply::Written;
use moyun_wire::shape::{Kind, Value};

use crate::case::{Case, nothing};
use crate::catalog::instance_types;
use crate::catalog::wares::Wares;
use crate::cx::Cx;
use crate::ecs::filters::{FilterParam, Filters};
use crate::ecs::instance::given::three_running;
use crate::ecs::instance::record::{
    BY_KEY_PAIR, BY_SECURITY_GROUP, BY_TAG, BY_V_SWITCH, BY_VPC, Instance, Network, Status,
};
use crate::ecs::instance::shape::InstanceItem;
use crate::ecs::network_interface::record::primary_ipv6;
use crate::errors::{ApiError, DryRunPassed, ParameterMalformed, RegionNotFound, RequiredParameterMissing};
use crate::ids::{HpcClusterId, ImageId, ResourceGroupId, SecurityGroupId, VSwitchId, VpcId, ZoneId};
use crate::names::is_like;
use crate::paging::{PageInfo, Paging};
use crate::param::JsonList;
use crate::spec::Run;
use crate::tags::{self, TagParam};
use crate::world::Fact;

/// The additional attribute that shows how the guest sees its metadata.
const META_OPTIONS: &str = "META_OPTIONS";

/// Lists the instances of a region, the newest first.
///
/// Conditions narrow the list down; an instance must meet all of them. Without any, the list holds every instance of
/// the account in the region. Ids and addresses of instances that do not exist are no error: they just find nothing.
#[derive(Action)]
#[action(
    ecs, read, region, dry_run = DryRunPassed, reply = InstanceList,
    raises(RequiredParameterMissing, RegionNotFound, ParameterMalformed, DryRunPassed)
)]
pub struct DescribeInstances {
    /// IDs of instances, up to 100, as a JSON array.
    #[param(check = up_to_100)]
    instance_ids: Option<JsonList>,
    /// Only instances of this VPC.
    vpc_id: Option<VpcId>,
    /// Only instances of this vSwitch.
    v_switch_id: Option<VSwitchId>,
    /// Only instances in this zone.
    zone_id: Option<ZoneId>,
    /// Only instances of this type.
    instance_type: Option<String>,
    /// Only instances of types of this family.
    instance_type_family: Option<String>,
    /// Only instances in this kind of network.
    #[param(one_of("vpc", "classic"))]
    instance_network_type: Option<String>,
    /// Only members of this security group.
    security_group_id: Option<SecurityGroupId>,
    /// Only instances with one of these private addresses in a VPC, up to 100, as a JSON array.
    #[param(check = up_to_100)]
    private_ip_addresses: Option<JsonList>,
    /// Only instances with one of these inner addresses in the classic network, up to 100, as a JSON array.
    #[param(check = up_to_100)]
    inner_ip_addresses: Option<JsonList>,
    /// Only instances with one of these public addresses, up to 100, as a JSON array.
    #[param(check = up_to_100)]
    public_ip_addresses: Option<JsonList>,
    /// Only instances with one of these elastic addresses, up to 100, as a JSON array.
    #[param(check = up_to_100)]
    eip_addresses: Option<JsonList>,
    /// Only instances with one of these addresses in an RDMA network, up to 100, as a JSON array.
    #[param(check = up_to_100)]
    rdma_ip_addresses: Option<JsonList>,
    /// Only instances with one of these IPv6 addresses.
    #[param(max_items = 100)]
    ipv6_address: Vec<String>,
    /// Only instances paid in this way.
    #[param(one_of("PostPaid", "PrePaid"))]
    instance_charge_type: Option<String>,
    /// Only instances whose traffic is paid in this way.
    #[param(one_of("PayByTraffic", "PayByBandwidth"))]
    internet_charge_type: Option<String>,
    /// Only instances of this name; `*` stands for any text.
    instance_name: Option<String>,
    /// Only instances made from this image.
    image_id: Option<ImageId>,
    /// Only instances in this status.
    #[param(one_of("Pending", "Running", "Starting", "Stopping", "Stopped"))]
    status: Option<String>,
    /// Only instances locked for this reason.
    lock_reason: Option<String>,
    /// Only instances into which this key pair logs in.
    key_pair_name: Option<String>,
    /// Only instances of this HPC cluster.
    hpc_cluster_id: Option<HpcClusterId>,
    /// Only instances of this resource group.
    resource_group_id: Option<ResourceGroupId>,
    /// Only instances that are I/O optimized, or only those that are not.
    io_optimized: Option<bool>,
    /// Only instances that can take disks; all can.
    device_available: Option<bool>,
    /// Only instances whose guest can, or cannot, ask for its metadata.
    #[param(one_of("enabled", "disabled"))]
    http_endpoint: Option<String>,
    /// Only instances whose guest may, or must, use tokens for it.
    #[param(one_of("optional", "required"))]
    http_tokens: Option<String>,
    /// Only instances whose metadata travels so far.
    http_put_response_hop_limit: Option<i64>,
    /// Only instances with all of these tags.
    #[param(group, max_items = 20)]
    tag: Vec<TagParam>,
    /// Only instances of a time: the keys `CreationStartTime`, `CreationEndTime`, `ExpiredStartTime` and
    /// `ExpiredEndTime` take times such as `2026-01-01T00:00Z`.
    #[param(group, max_items = 10)]
    filter: Vec<FilterParam>,
    /// What to show besides: `META_OPTIONS` for how the guest sees its metadata; other values without effect.
    additional_attributes: Vec<String>,
    /// Whether to show the billing cycle; accepted without effect.
    #[param(default = false)]
    need_sale_cycle: bool,
    /// Which page.
    #[param(flatten)]
    paging: Paging,
}

/// A page of instances.
#[derive(Shape)]
pub struct InstanceList {
    /// The instances.
    #[shape(list = "Instance")]
    instances: Vec<Shown>,
    /// Which page this is.
    #[shape(flatten)]
    page: PageInfo,
}

impl Run for DescribeInstances {
    fn run(self, cx: &mut Cx<'_>) -> Result<InstanceList, ApiError> {
        let _ = (self.device_available, self.need_sale_cycle);
        let with_metadata = self.additional_attributes.iter().any(|name| name == META_OPTIONS);
        let scope = Instance::scope_of(cx.account(), cx.region());
        let wanted = self.paging.wanted();
        let keys = self.keys(cx)?;
        let filters = self.filters()?;
        let (page, info) = cx.filtered_page(scope, keys, &filters, &wanted)?;
        let wares = Fact::wares(&cx.tx)?;
        let shown = |instance| match !with_metadata && wares.is_built_in() {
            true => Shown::Usual(instance),
            false => Shown::Anew { instance, with_metadata, wares: wares.clone() },
        };
        Ok(InstanceList { instances: page.into_iter().map(shown).collect(), page: info })
    }
}

impl Beside for Instance {
    type Beside = Written;
}

/// An instance of the list. What clients ask for all the time is written once for as long as the instance stays the
/// same; where the world changed what is sold, it does not follow from the instance alone.
enum Shown {
    Usual(Kept<Instance>),
    Anew { instance: Kept<Instance>, with_metadata: bool, wares: Arc<Wares> },
}

impl Value for Shown {
    const KIND: Kind = InstanceItem::KIND;
    fn write(&self, out: &mut Out) {
        match self {
            Shown::Usual(kept) => {
                let wares = Wares::built_in();
                let item = || InstanceItem::of(kept.record(), false, &wares);
                match kept.beside() {
                    Some(written) => written.write(out, item),
                    None => item().write(out),
                }
            }
            Shown::Anew { instance, with_metadata, wares } => {
                InstanceItem::of(instance.record(), *with_metadata, wares).write(out);
            }
        }
    }
}

impl DescribeInstances {
    /// The keys of all instances that can be meant, where an index or the request itself knows them.
    fn keys(&self, cx: &Cx<'_>) -> Result<Option<Vec<Key>>, ApiError> {
        if let Some(JsonList(ids)) = self.instance_ids.as_ref().filter(|ids| !ids.0.is_empty()) {
            let key = |id: &String| Instance::key_of(cx.account(), &id.as_str().into());
            return Ok(Some(ids.iter().map(key).collect()));
        }
        let account = || Key::new().text(cx.account());
        let (index, prefix) = if let Some(group) = &self.security_group_id {
            (BY_SECURITY_GROUP, account().text(group))
        } else if let Some(v_switch) = &self.v_switch_id {
            (BY_V_SWITCH, account().text(v_switch))
        } else if let Some(vpc) = &self.vpc_id {
            (BY_VPC, account().text(vpc))
        } else if let Some(name) = &self.key_pair_name {
            (BY_KEY_PAIR, account().text(cx.region()).text(name))
        } else if let Some(TagParam { key: Some(key), value }) = self.tag.first() {
            let tagged = account().text(cx.region()).text(key);
            (BY_TAG, value.iter().fold(tagged, |tagged, value| tagged.text(value)))
        } else {
            return Ok(None);
        };
        Ok(Some(cx.tx.index_keys::<Instance>(index, &prefix, 0, usize::MAX)?))
    }

    fn filters(self) -> Result<Filters<Instance>, ApiError> {
        let mut filters = Filters::<Instance>::new();
        filters.by(self.zone_id, |instance, zone| instance.zone == *zone);
        filters.by(self.instance_type, |instance, name| instance.instance_type == *name);
        filters.by(self.instance_type_family, |instance, family| {
            instance_types::family_of(&instance.instance_type) == family
        });
        filters.by(self.image_id, |instance, image| instance.image == *image);
        filters.by(self.instance_name, |instance, pattern| is_like(&instance.name, pattern));
        filters
            .by(self.status.as_deref().and_then(Status::find), |instance, status| instance.status == *status);
        filters.by(self.lock_reason, |instance, reason| instance.is_locked(reason));
        filters.by(self.instance_charge_type, |instance, kind| instance.payment.charge_type == *kind);
        filters.by(self.internet_charge_type, |instance, kind| instance.internet.charge_type == *kind);
        filters.by(self.key_pair_name, |instance, name| instance.key_pair.as_ref() == Some(name));
        filters.by(self.hpc_cluster_id, |instance, id| instance.hpc_cluster.as_ref() == Some(id));
        filters.by(self.resource_group_id, |instance, id| instance.resource_group == *id);
        filters.by(self.io_optimized, |instance, wanted| instance.io_optimized == *wanted);
        filters.by(self.http_endpoint, |instance, value| shows(instance, "HttpEndpoint", value, "enabled"));
        filters.by(self.http_tokens, |instance, value| shows(instance, "HttpTokens", value, "optional"));
        filters.by(self.http_put_response_hop_limit, |instance, hops| {
            shows(instance, "HttpPutResponseHopLimit", &hops.to_string(), "1")
        });
        filters.by(Some(self.tag).filter(|tag| !tag.is_empty()), |instance, tag| {
            tags::matches(&instance.tags, tag)
        });
        filters.by_time(&self.filter, "Creation", |instance| Some(instance.created_ms))?;
        filters.by_time(&self.filter, "Expired", |instance| instance.payment.expires_ms)?;
        filters.by(self.security_group_id, |instance, id| instance.security_groups.contains(id));
        filters.by(self.instance_network_type, |instance, kind| instance.network.wire_name() == kind);
        filters.by(self.vpc_id, |instance, id| instance.network.vpc() == Some(id));
        filters.by(self.v_switch_id, |instance, id| instance.network.v_switch() == Some(id));
        filters.by_any(texts(self.private_ip_addresses), |instance, text| {
            matches!(instance.network, Network::Vpc { address, .. } if is_address(address, text))
        });
        filters.by_any(texts(self.inner_ip_addresses), |instance, text| {
            matches!(instance.network, Network::Classic { address } if is_address(address, text))
        });
        filters.by_any(texts(self.public_ip_addresses), |instance, text| {
            instance.internet.address.is_some_and(|address| is_address(address, text))
        });
        // Instances have none of these yet.
        let foreign = texts(self.eip_addresses).into_iter().chain(texts(self.rdma_ip_addresses));
        filters.by_any(foreign, |_, _| false);
        filters.by_any(self.ipv6_address, |instance, text| {
            let more = instance.more_interfaces.iter().flat_map(|interface| &interface.ipv6).copied();
            text.parse::<Ipv6Addr>()
                .is_ok_and(|address| primary_ipv6(instance).chain(more).any(|one| one == address))
        });
        Ok(filters)
    }
}

fn up_to_100(list: &JsonList) -> bool {
    list.0.len() <= 100
}

fn texts(list: Option<JsonList>) -> Vec<String> {
    list.map(|list| list.0).unwrap_or_default()
}

fn is_address(address: Ipv4Addr, text: &str) -> bool {
    text.parse() == Ok(address)
}

fn shows(instance: &Instance, name: &str, value: &str, default: &str) -> bool {
    instance.shown.get(name).map_or(default, String::as_str) == value
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("all of a region", three_running, "RegionId=cn-hangzhou"),
    Case::ok("none", nothing, "RegionId=cn-hangzhou"),
    Case::ok("by id", three_running, "RegionId=cn-hangzhou&InstanceIds=[\"$i\",\"i-bp1doesnotexist0001\"]"),
    Case::ok("a page by number", three_running, "RegionId=cn-hangzhou&PageNumber=2&PageSize=2"),
    Case::ok("a page by token", three_running, "RegionId=cn-hangzhou&MaxResults=1"),
    Case::ok(
        "by network",
        three_running,
        "RegionId=cn-hangzhou&VpcId=$vpc&VSwitchId=$vsw&SecurityGroupId=$sg&InstanceNetworkType=vpc&PageSize=1",
    ),
    Case::ok(
        "by name, status, type and image",
        three_running,
        "RegionId=cn-hangzhou&InstanceName=web-*&Status=Running&InstanceType=ecs.g5.large\
         &InstanceTypeFamily=ecs.g5&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&PageSize=1",
    ),
    Case::ok("by address", three_running, "RegionId=cn-hangzhou&PrivateIpAddresses=[\"$address\"]"),
    Case::ok(
        "by tag and time, with metadata",
        three_running,
        "RegionId=cn-hangzhou&Tag.1.Key=role&Tag.1.Value=web&Filter.1.Key=CreationEndTime\
         &Filter.1.Value=2026-01-01T00:01Z&AdditionalAttributes.1=META_OPTIONS",
    ),
    Case::err("no region", nothing, "", &RequiredParameterMissing),
    Case::err("an unknown region", nothing, "RegionId=cn-atlantis", &RegionNotFound),
    Case::err("ids that are no array", nothing, "RegionId=cn-hangzhou&InstanceIds=i-1", &ParameterMalformed),
    Case::err(
        "a page size that is no number",
        nothing,
        "RegionId=cn-hangzhou&PageSize=abc",
        &ParameterMalformed,
    ),
    Case::err(
        "a time that is none",
        nothing,
        "RegionId=cn-hangzhou&Filter.1.Key=CreationStartTime&Filter.1.Value=yesterday",
        &ParameterMalformed,
    ),
    Case::err("a rehearsal", nothing, "RegionId=cn-hangzhou&DryRun=true", &DryRunPassed),
];
