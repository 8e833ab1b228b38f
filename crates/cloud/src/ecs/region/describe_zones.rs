//! DescribeZones.

use std::collections::BTreeSet;

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::catalog::disk_categories::DiskCategory;
use crate::catalog::instance_types::NetworkType;
use crate::catalog::offer;
use crate::catalog::zones::{Creatable, ZoneFacts};
use crate::cx::Cx;
use crate::ecs::region::given::{invited, postpaid_suspended, type_sold_out, zone_off_sale};
use crate::ecs::region::local_names;
use crate::ecs::region::market::{Market, Place};
use crate::errors::{
    ApiError, ParameterMalformed, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing,
};
use crate::ids::ZoneId;
use crate::spec::Run;

/// Lists the zones of a region and what can be made in each.
///
/// Retired zones are not listed, and zones by invitation only to accounts that are invited. A zone that is closed
/// for sale is listed with what it still takes, and with neither instance types nor disk categories. Instance
/// types without stock are left out; DescribeAvailableResource tells why.
#[derive(Action)]
#[action(ecs, read, region, reply = ZoneList, raises(
    RequiredParameterMissing, RequiredParameterEmpty, RegionNotFound, ParameterMalformed
))]
pub struct DescribeZones {
    /// How instances would be paid; what is not sold in this way is not listed.
    #[param(default = "PostPaid", one_of("PrePaid", "PostPaid"))]
    instance_charge_type: String,
    /// How PostPaid instances would bid. Spot instances come from the same stock, so the answer is the same.
    #[param(default = "NoSpot", one_of("NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo"))]
    #[expect(dead_code, reason = "read for its type; spot instances come from the same stock")]
    spot_strategy: String,
    /// Whether instance types and their combinations are listed; `false` leaves these lists empty.
    #[param(default = true)]
    verbose: bool,
    /// Language of the zones' names. Names are Chinese or English; other languages get the English ones.
    #[param(default = "zh-CN", one_of("zh-CN", "zh-TW", "en-US", "ja", "fr", "de", "ko"))]
    accept_language: String,
}

/// The zones.
#[derive(Shape)]
pub struct ZoneList {
    /// The zones.
    #[shape(list = "Zone")]
    zones: Vec<Zone>,
}

/// A zone.
#[derive(Shape)]
struct Zone {
    /// ID of the zone.
    zone_id: ZoneId,
    /// Kind of zone: `AvailabilityZone`.
    zone_type: &'static str,
    /// Name of the zone in the language asked for.
    local_name: String,
    /// What can be made there: `VSwitch`, `IoOptimized`, `Instance`, `Disk`.
    #[shape(list = "ResourceTypes")]
    available_resource_creation: Vec<&'static str>,
    /// Disk categories that can be bought there.
    #[shape(list = "DiskCategories")]
    available_disk_categories: Vec<&'static str>,
    /// Instance types that can be bought there.
    #[shape(list = "InstanceTypes")]
    available_instance_types: Vec<String>,
    /// What goes together, one entry for each I/O mode.
    #[shape(list = "ResourcesInfo")]
    available_resources: Vec<ResourcesInfo>,
    /// Categories of shared storage; none.
    #[shape(list = "VolumeCategories")]
    available_volume_categories: Vec<&'static str>,
    /// Types of dedicated hosts; none.
    #[shape(list = "DedicatedHostType")]
    available_dedicated_host_types: Vec<&'static str>,
    /// Generations of dedicated hosts; none.
    #[shape(list = "DedicatedHostGeneration")]
    dedicated_host_generations: Vec<&'static str>,
}

/// What goes together in one I/O mode.
#[derive(Shape)]
struct ResourcesInfo {
    /// Whether it is about I/O optimized instances.
    io_optimized: bool,
    /// Kinds of network.
    #[shape(list = "supportedNetworkCategory")]
    network_types: Vec<&'static str>,
    /// Generations of instance types.
    #[shape(list = "supportedInstanceGeneration")]
    instance_generations: Vec<String>,
    /// Families of instance types.
    #[shape(list = "supportedInstanceTypeFamily")]
    instance_type_families: Vec<String>,
    /// Instance types.
    #[shape(list = "supportedInstanceType")]
    instance_types: Vec<String>,
    /// Categories of system disks.
    #[shape(list = "supportedSystemDiskCategory")]
    system_disk_categories: Vec<&'static str>,
    /// Categories of data disks.
    #[shape(list = "supportedDataDiskCategory")]
    data_disk_categories: Vec<&'static str>,
}

impl Run for DescribeZones {
    fn run(self, cx: &mut Cx<'_>) -> Result<ZoneList, ApiError> {
        let market = Market::look(cx, &self.instance_charge_type)?;
        let zones = market.zones.iter().map(|(id, zone)| self.zone(&market, id, zone));
        Ok(ZoneList { zones: zones.collect() })
    }
}

impl DescribeZones {
    fn zone(&self, market: &Market, id: &ZoneId, zone: &ZoneFacts) -> Zone {
        let places: Vec<Place> =
            market.places(zone).into_iter().filter(|place| place.supply.is_available()).collect();
        let disks = if offer::is_on_sale(zone) { market.disks(zone) } else { vec![] };
        let detailed: &[Place] = if self.verbose { &places } else { &[] };
        Zone {
            zone_id: id.clone(),
            zone_type: "AvailabilityZone",
            local_name: local_names::zone(id.as_str(), &self.accept_language),
            available_resource_creation: creatable(market, zone),
            available_disk_categories: wire_names(&disks),
            available_instance_types: instance_types(detailed),
            available_resources: resources(market, zone, detailed),
            available_volume_categories: vec![],
            available_dedicated_host_types: vec![],
            dedicated_host_generations: vec![],
        }
    }
}

fn creatable(market: &Market, zone: &ZoneFacts) -> Vec<&'static str> {
    let has_optimized = |network| offer::zone_has_mode(zone, network, true);
    let sells_instances = market.sells_instances(zone);
    let is_optimized = has_optimized(NetworkType::Vpc) || has_optimized(NetworkType::Classic);
    let words = [
        (Creatable::VSwitch.wire_name(), offer::zone_takes(zone, Creatable::VSwitch)),
        ("IoOptimized", sells_instances && is_optimized),
        (Creatable::Instance.wire_name(), sells_instances),
        (Creatable::Disk.wire_name(), offer::is_on_sale(zone) && offer::zone_takes(zone, Creatable::Disk)),
    ];
    words.iter().filter(|(_, can_be_made)| *can_be_made).map(|(word, _)| *word).collect()
}

fn resources(market: &Market, zone: &ZoneFacts, places: &[Place]) -> Vec<ResourcesInfo> {
    let mut infos = vec![];
    for io_optimized in [true, false] {
        let places: Vec<&Place> = places.iter().filter(|place| place.io_optimized == io_optimized).collect();
        if places.is_empty() {
            continue;
        }
        let disks: BTreeSet<DiskCategory> =
            places.iter().flat_map(|place| market.system_disks(zone, &place.kind, io_optimized)).collect();
        let disks = wire_names(&disks.into_iter().collect::<Vec<_>>());
        let networks: BTreeSet<NetworkType> = places.iter().map(|place| place.network).collect();
        let generations: BTreeSet<u8> = places.iter().map(|place| place.kind.generation).collect();
        infos.push(ResourcesInfo {
            io_optimized,
            network_types: networks.into_iter().map(NetworkType::wire_name).collect(),
            instance_generations: generations.into_iter().map(|n| format!("ecs-{n}")).collect(),
            instance_type_families: each_once(places.iter().map(|place| place.kind.family())),
            instance_types: each_once(places.iter().map(|place| &*place.kind.id)),
            system_disk_categories: disks.clone(),
            data_disk_categories: disks,
        });
    }
    infos
}

fn instance_types(places: &[Place]) -> Vec<String> {
    each_once(places.iter().map(|place| &*place.kind.id))
}

fn wire_names(categories: &[DiskCategory]) -> Vec<&'static str> {
    categories.iter().map(|category| category.wire_name()).collect()
}

/// The words in their order, each at its first place only.
fn each_once<'w>(words: impl Iterator<Item = &'w str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    words.filter(|word| seen.insert(*word)).map(str::to_owned).collect()
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("the zones of a region", nothing, "RegionId=cn-qingdao&AcceptLanguage=en-US"),
    Case::ok("in Chinese, in brief", nothing, "RegionId=cn-hangzhou&Verbose=false"),
    Case::ok("a zone that takes no instances", nothing, "RegionId=cn-beijing&Verbose=false"),
    Case::ok("a zone was put off sale", zone_off_sale, "RegionId=cn-hangzhou&Verbose=false"),
    Case::ok("a type is sold out", type_sold_out, "RegionId=cn-hangzhou"),
    Case::ok("a zone by invitation", invited, "RegionId=cn-hangzhou&Verbose=false"),
    Case::ok(
        "PostPaid instances are not sold",
        postpaid_suspended,
        "RegionId=cn-hangzhou&Verbose=false&InstanceChargeType=PostPaid",
    ),
    Case::ok(
        "but subscriptions are",
        postpaid_suspended,
        "RegionId=cn-hangzhou&Verbose=false&InstanceChargeType=PrePaid",
    ),
    Case::ok(
        "for spot instances",
        nothing,
        "RegionId=us-west-1&Verbose=false&InstanceChargeType=PostPaid&SpotStrategy=SpotAsPriceGo",
    ),
    Case::err("of no region", nothing, "Verbose=false", &RequiredParameterMissing),
    Case::err("of an empty region", nothing, "RegionId=&Verbose=false", &RequiredParameterEmpty),
    Case::err("of a region that is not", nothing, "RegionId=cn-atlantis", &RegionNotFound),
    Case::err("neither true nor false", nothing, "RegionId=cn-hangzhou&Verbose=maybe", &ParameterMalformed),
];
