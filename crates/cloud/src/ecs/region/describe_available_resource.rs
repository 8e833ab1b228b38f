//! DescribeAvailableResource.

use moyun_derive::{Action, Shape};
use std::collections::BTreeSet;

use crate::case::{Case, nothing};
use crate::catalog::disk_categories::{DiskCategory, DiskFacts, Sizes};
use crate::catalog::instance_types::NetworkType;
use crate::catalog::offer;
use crate::catalog::zones::{Creatable, ZoneFacts};
use crate::cx::Cx;
use crate::ecs::region::given::{invited, postpaid_suspended, type_sold_out, zone_off_sale};
use crate::ecs::region::market::{Market, Place, Supply};
use crate::errors::{
    ApiError, ParameterMalformed, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing,
    ZoneNotFound,
};
use crate::ids::{RegionId, ZoneId};
use crate::spec::Run;
use crate::world::Fact;

/// Tells zone by zone which resources can be had.
///
/// The answer follows the same rules as the creation of instances: what is `Available` here can be created with
/// the same parameters, and what is not in the answer exists nowhere in that combination. A zone without any
/// match is left out; one that is closed for sale, or has run out of everything asked about, is `SoldOut`.
///
/// The later DestinationResource stands in the order Zone, IoOptimized, InstanceType and Network, SystemDisk,
/// DataDisk, the more it needs: disks of instances need InstanceType.
#[derive(Action)]
#[action(ecs, read, region, reply = AvailableZones, raises(
    RequiredParameterMissing, RequiredParameterEmpty, RegionNotFound, ParameterMalformed, ZoneNotFound
))]
pub struct DescribeAvailableResource {
    /// What to list. Dedicated hosts (`ddh`) are not sold here, so nothing is listed for them.
    #[param(
        required,
        one_of("Zone", "IoOptimized", "InstanceType", "Network", "ddh", "SystemDisk", "DataDisk")
    )]
    destination_resource: String,
    /// What is to be bought. `disk` asks for data disks without an instance; `reservedinstance` and `ddh` are not
    /// sold here.
    #[param(default = "instance", one_of("instance", "disk", "reservedinstance", "ddh"))]
    resource_type: String,
    /// Only this zone; without it all zones of the region.
    zone_id: Option<ZoneId>,
    /// How instances would be paid.
    #[param(default = "PostPaid", one_of("PrePaid", "PostPaid"))]
    instance_charge_type: String,
    /// How PostPaid instances would bid. Spot instances come from the same stock, so the answer is the same.
    #[param(default = "NoSpot", one_of("NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo"))]
    #[expect(dead_code, reason = "read for its type; spot instances come from the same stock")]
    spot_strategy: String,
    /// Hours for which a spot instance would be safe.
    #[param(default = 1, range(0, 6))]
    #[expect(dead_code, reason = "read for its type; spot instances come from the same stock")]
    spot_duration: i64,
    /// Only with or without I/O optimization. When it is not given, each type counts as it would be created: not
    /// optimized if it is an old type that can do without, else optimized.
    #[param(one_of("none", "optimized"))]
    io_optimized: Option<String>,
    /// Only this kind of network. When it is not given, `vpc`, but both when networks are listed.
    #[param(one_of("vpc", "classic"))]
    network_category: Option<String>,
    /// Only this instance type. Required when the disks of an instance are listed.
    instance_type: Option<String>,
    /// Only what goes with a system disk of this category.
    #[param(check = is_category)]
    system_disk_category: Option<String>,
    /// Only what goes with a data disk of this category.
    #[param(check = is_category)]
    data_disk_category: Option<String>,
    /// Only types with so many virtual processors. Counts when instance types are listed.
    cores: Option<i64>,
    /// Only types with so much memory in GiB. Counts when instance types are listed.
    memory: Option<f64>,
    /// What a reserved instance would cover.
    #[param(one_of("Region", "Zone"))]
    #[expect(dead_code, reason = "read for its type; reserved instances are not sold")]
    scope: Option<String>,
    /// Only what a dedicated host offers. There are none, so nothing is listed.
    dedicated_host_id: Option<String>,
}

/// The zones that have something of what was asked about.
#[derive(Shape)]
pub struct AvailableZones {
    /// The zones.
    #[shape(list = "AvailableZone")]
    pub(super) available_zones: Vec<AvailableZone>,
}

/// A zone.
#[derive(Shape)]
pub(super) struct AvailableZone {
    /// ID of the region.
    region_id: RegionId,
    /// ID of the zone.
    zone_id: ZoneId,
    /// `Available` or `SoldOut`, as the best of its resources.
    status: &'static str,
    /// `WithStock`, `ClosedWithStock` (sold, but not restocked), `WithoutStock` or `ClosedWithoutStock` (closed).
    status_category: &'static str,
    /// What it has.
    #[shape(list = "AvailableResource")]
    available_resources: Vec<AvailableResource>,
}

/// Resources of one kind.
#[derive(Shape)]
struct AvailableResource {
    /// The kind: DestinationResource of the request.
    #[shape(name = "Type")]
    kind: String,
    /// The resources.
    #[shape(list = "SupportedResource")]
    supported_resources: Vec<SupportedResource>,
}

/// A resource.
#[derive(Shape)]
struct SupportedResource {
    /// The resource: a zone, an instance type, a disk category and so on.
    value: String,
    /// `Available` or `SoldOut`.
    status: &'static str,
    /// As that of the zone.
    status_category: &'static str,
    /// Smallest size of a disk.
    min: Option<u64>,
    /// Largest size of a disk.
    max: Option<u64>,
    /// Unit of the sizes: `GiB`.
    unit: Option<&'static str>,
}

/// Something that a zone has.
pub(super) struct Found {
    pub(super) value: String,
    pub(super) supply: Supply,
    pub(super) gib: Option<Sizes>,
}

impl Run for DescribeAvailableResource {
    fn run(self, cx: &mut Cx<'_>) -> Result<AvailableZones, ApiError> {
        let lists_disks = ["SystemDisk", "DataDisk"].contains(&self.destination_resource.as_str());
        if lists_disks && self.resource_type == "instance" && self.instance_type.is_none() {
            return Err(RequiredParameterMissing.with("name", "InstanceType"));
        }
        if let Some(id) = &self.zone_id {
            Fact::of_zone(&cx.tx, id)?
                .filter(|zone| zone.region == cx.region().as_str())
                .ok_or_else(|| ZoneNotFound.about("ZoneId"))?;
        }
        let market = Market::look(cx, &self.instance_charge_type)?;
        let wanted =
            market.zones.iter().filter(|(id, _)| self.zone_id.as_ref().is_none_or(|zone| zone == id));
        let zones = wanted.filter_map(|(id, zone)| self.zone(cx.region(), &market, id, zone));
        Ok(AvailableZones { available_zones: zones.collect() })
    }
}

impl DescribeAvailableResource {
    /// What a zone has; None when it has nothing of it.
    fn zone(
        &self,
        region: &RegionId,
        market: &Market,
        id: &ZoneId,
        zone: &ZoneFacts,
    ) -> Option<AvailableZone> {
        let found = match self.resource_type.as_str() {
            _ if self.dedicated_host_id.is_some() => vec![],
            "instance" => self.with_instances(market, id, zone),
            "disk" => self.disks_alone(market, id, zone),
            _ => vec![],
        };
        shown(region, id, &self.destination_resource, found)
    }

    /// Resources for instances, in the order of the catalogue, each as well supplied as its best place.
    fn with_instances(&self, market: &Market, id: &ZoneId, zone: &ZoneFacts) -> Vec<Found> {
        let mut all: Vec<Found> = vec![];
        for place in market.places(zone).iter().filter(|place| self.wants(market, zone, place)) {
            for (value, gib) in self.values(market, id, zone, place) {
                match all.iter_mut().find(|found| found.value == value) {
                    Some(found) => found.supply = found.supply.max(place.supply),
                    None => all.push(Found { value, supply: place.supply, gib }),
                }
            }
        }
        all
    }

    /// Whether a place passes the filters.
    fn wants(&self, market: &Market, zone: &ZoneFacts, place: &Place) -> bool {
        let is_listed = |what: &str| self.destination_resource == what;
        let io_fits = match self.io_optimized.as_deref() {
            Some(word) => place.io_optimized == (word == "optimized"),
            None => {
                is_listed("IoOptimized") || place.io_optimized == offer::default_io_optimized(&place.kind)
            }
        };
        let network_fits = match self.network_category.as_deref() {
            Some(word) => place.network.wire_name() == word,
            None => is_listed("Network") || place.network == NetworkType::Vpc,
        };
        let size_fits = !is_listed("InstanceType")
            || self.cores.is_none_or(|cores| cores == i64::from(place.kind.vcpu))
                && self.memory.is_none_or(|gib| gib * 1024.0 == place.kind.memory_mib as f64);
        io_fits
            && network_fits
            && size_fits
            && self.instance_type.as_ref().is_none_or(|id| *id == place.kind.id)
            && !self.system_disks(market, zone, place).is_empty()
            && (self.data_disk_category.is_none() || !self.data_disks(market, zone, place).is_empty())
    }

    /// The values that a place contributes to the list, disks with their sizes.
    fn values(
        &self,
        market: &Market,
        id: &ZoneId,
        zone: &ZoneFacts,
        place: &Place,
    ) -> Vec<(String, Option<Sizes>)> {
        let word = |word: &str| vec![(word.to_owned(), None)];
        let sized = |categories: Vec<DiskCategory>, sizes: fn(&DiskFacts, DiskCategory) -> Sizes| {
            let sized =
                |one: DiskCategory| (one.wire_name().to_owned(), Some(sizes(&market.wares.disks, one)));
            categories.into_iter().map(sized).collect()
        };
        match self.destination_resource.as_str() {
            "Zone" => word(id.as_str()),
            "IoOptimized" => word(if place.io_optimized { "optimized" } else { "none" }),
            "InstanceType" => word(&place.kind.id),
            "Network" => word(place.network.wire_name()),
            "SystemDisk" => sized(self.system_disks(market, zone, place), DiskFacts::system_gib),
            "DataDisk" => sized(self.data_disks(market, zone, place), DiskFacts::data_gib),
            _ => vec![],
        }
    }

    /// The system disks of a place that pass the filter.
    fn system_disks(&self, market: &Market, zone: &ZoneFacts, place: &Place) -> Vec<DiskCategory> {
        let mut categories = market.system_disks(zone, &place.kind, place.io_optimized);
        categories.retain(|one| is_wanted(self.system_disk_category.as_ref(), *one));
        categories
    }

    /// The data disks of a place that pass the filter and go with a system disk that does.
    fn data_disks(&self, market: &Market, zone: &ZoneFacts, place: &Place) -> Vec<DiskCategory> {
        let beside = self
            .system_disks(market, zone, place)
            .into_iter()
            .flat_map(|system| offer::data_disk_categories(zone, &place.kind, place.io_optimized, system));
        let all: BTreeSet<DiskCategory> = beside
            .filter(|one| offer::may_use_category(&market.account, *one))
            .filter(|one| is_wanted(self.data_disk_category.as_ref(), *one))
            .collect();
        all.into_iter().collect()
    }

    /// Disks that are bought without an instance.
    fn disks_alone(&self, market: &Market, id: &ZoneId, zone: &ZoneFacts) -> Vec<Found> {
        let supply = if offer::is_on_sale(zone) { Supply::Plenty } else { Supply::Closed };
        let mut disks = market.disks(zone);
        disks.retain(|one| {
            market.wares.disks.limits(*one, None).portable
                && is_wanted(self.data_disk_category.as_ref(), *one)
        });
        if disks.is_empty() || !offer::zone_takes(zone, Creatable::Disk) {
            return vec![];
        }
        match self.destination_resource.as_str() {
            "Zone" => vec![Found { value: id.to_string(), supply, gib: None }],
            "DataDisk" => disks
                .into_iter()
                .map(|one| Found {
                    value: one.wire_name().to_owned(),
                    supply,
                    gib: Some(market.wares.disks.data_gib(one)),
                })
                .collect(),
            _ => vec![],
        }
    }
}

/// A zone with what was found there of a kind; None when there is nothing.
pub(super) fn shown(region: &RegionId, id: &ZoneId, kind: &str, found: Vec<Found>) -> Option<AvailableZone> {
    let supply = found.iter().map(|found| found.supply).max()?;
    Some(AvailableZone {
        region_id: region.clone(),
        zone_id: id.clone(),
        status: supply.status(),
        status_category: supply.category(),
        available_resources: vec![AvailableResource {
            kind: kind.to_owned(),
            supported_resources: found.into_iter().map(SupportedResource::from).collect(),
        }],
    })
}

impl From<Found> for SupportedResource {
    fn from(found: Found) -> SupportedResource {
        SupportedResource {
            value: found.value,
            status: found.supply.status(),
            status_category: found.supply.category(),
            min: found.gib.map(|gib| gib.min),
            max: found.gib.map(|gib| gib.max),
            unit: found.gib.map(|_| "GiB"),
        }
    }
}

fn is_wanted(filter: Option<&String>, category: DiskCategory) -> bool {
    filter.is_none_or(|wanted| wanted == category.wire_name())
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn is_category(text: &String) -> bool {
    DiskCategory::find(text).is_some()
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "in which zones a type is sold",
        nothing,
        "RegionId=cn-hangzhou&DestinationResource=Zone&InstanceType=ecs.g6.large",
    ),
    Case::ok(
        "types of a zone",
        nothing,
        "RegionId=cn-hangzhou&DestinationResource=InstanceType&ZoneId=cn-hangzhou-g",
    ),
    Case::ok(
        "types by size",
        nothing,
        "RegionId=cn-hangzhou&DestinationResource=InstanceType&ZoneId=cn-hangzhou-h&Cores=2&Memory=8",
    ),
    Case::ok(
        "types in the classic network, not optimized",
        nothing,
        "RegionId=cn-hangzhou&DestinationResource=InstanceType&NetworkCategory=classic&IoOptimized=none",
    ),
    Case::ok(
        "types that take a disk",
        nothing,
        "RegionId=cn-hangzhou&DestinationResource=InstanceType&SystemDiskCategory=cloud_essd_entry",
    ),
    Case::ok(
        "types that take a data disk",
        nothing,
        "RegionId=cn-qingdao&DestinationResource=InstanceType&IoOptimized=none&DataDiskCategory=cloud",
    ),
    Case::ok("I/O modes", nothing, "RegionId=cn-qingdao&DestinationResource=IoOptimized"),
    Case::ok(
        "networks",
        nothing,
        "RegionId=cn-qingdao&DestinationResource=Network&InstanceType=ecs.n4.large",
    ),
    Case::ok(
        "system disks of a type",
        nothing,
        "RegionId=cn-hangzhou&DestinationResource=SystemDisk&InstanceType=ecs.g6.large",
    ),
    Case::ok(
        "data disks of a type beside a system disk",
        nothing,
        "RegionId=cn-hangzhou&DestinationResource=DataDisk&ZoneId=cn-hangzhou-i&InstanceType=ecs.g6.large\
         &SystemDiskCategory=cloud_essd",
    ),
    Case::ok(
        "data disks without an instance",
        nothing,
        "RegionId=cn-beijing&DestinationResource=DataDisk&ResourceType=disk",
    ),
    Case::ok(
        "a type without stock",
        type_sold_out,
        "RegionId=cn-hangzhou&DestinationResource=InstanceType&InstanceType=ecs.g6.large",
    ),
    Case::ok(
        "a zone was put off sale",
        zone_off_sale,
        "RegionId=cn-hangzhou&DestinationResource=Zone&InstanceType=ecs.g6.large",
    ),
    Case::ok(
        "an old type",
        nothing,
        "RegionId=cn-hangzhou&DestinationResource=InstanceType&InstanceType=ecs.n1.small",
    ),
    Case::ok(
        "a zone by invitation",
        invited,
        "RegionId=cn-hangzhou&DestinationResource=Zone&ZoneId=cn-hangzhou-j",
    ),
    Case::ok(
        "PostPaid instances are not sold",
        postpaid_suspended,
        "RegionId=cn-hangzhou&DestinationResource=Zone&ZoneId=cn-hangzhou-h&SpotStrategy=SpotAsPriceGo&SpotDuration=1",
    ),
    Case::ok(
        "but subscriptions are",
        postpaid_suspended,
        "RegionId=cn-hangzhou&DestinationResource=Zone&ZoneId=cn-hangzhou-h&InstanceChargeType=PrePaid",
    ),
    Case::ok(
        "reserved instances, which are not sold",
        nothing,
        "RegionId=cn-hangzhou&DestinationResource=Zone&ResourceType=reservedinstance&Scope=Zone",
    ),
    Case::ok(
        "on a dedicated host, of which there are none",
        nothing,
        "RegionId=cn-hangzhou&DestinationResource=InstanceType&DedicatedHostId=dh-bp1none",
    ),
    Case::ok(
        "a type sold nowhere in the region",
        nothing,
        "RegionId=us-west-1&DestinationResource=Zone&InstanceType=ecs.sccg5.24xlarge",
    ),
    Case::err("of no region", nothing, "DestinationResource=Zone", &RequiredParameterMissing),
    Case::err("of nothing", nothing, "RegionId=cn-hangzhou&DestinationResource=", &RequiredParameterEmpty),
    Case::err(
        "of a region that is not",
        nothing,
        "RegionId=cn-atlantis&DestinationResource=Zone",
        &RegionNotFound,
    ),
    Case::err(
        "of something else",
        nothing,
        "RegionId=cn-hangzhou&DestinationResource=Moon",
        &ParameterMalformed,
    ),
    Case::err(
        "system disks without a type",
        nothing,
        "RegionId=cn-hangzhou&DestinationResource=SystemDisk",
        &RequiredParameterMissing,
    ),
    Case::err(
        "a zone of another region",
        nothing,
        "RegionId=cn-hangzhou&DestinationResource=Zone&ZoneId=cn-beijing-f",
        &ZoneNotFound,
    ),
];
