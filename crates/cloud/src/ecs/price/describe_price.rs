//! DescribePrice.

use moyun_derive::{Action, Group, Shape};

use crate::case::{Case, nothing};
use crate::catalog::disk_categories::{DiskCategory, PerformanceLevel};
use crate::catalog::money::Money;
use crate::catalog::wares::{PriceFacts, Wares};
use crate::cx::Cx;
use crate::ecs::instance::creation::price::Term;
use crate::errors::{
    ApiError, DiskCategoryUnknown, InstanceTypeUnknown, ParameterMalformed, RegionNotFound,
    RequiredParameterEmpty, RequiredParameterMissing, ZoneNotFound,
};
use crate::ids::ZoneId;
use crate::spec::Run;
use crate::world::Fact;

/// Tells what instances or disks cost, by the table that their creation is charged by.
///
/// Nothing is discounted. Public bandwidth and traffic have no price here.
#[derive(Action)]
#[action(ecs, read, region, reply = Prices, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    ParameterMalformed,
    InstanceTypeUnknown,
    ZoneNotFound,
    DiskCategoryUnknown
))]
pub struct DescribePrice {
    /// What is asked about: `instance` or `disk`.
    #[param(default = "instance".to_owned(), one_of("instance", "disk"))]
    resource_type: String,
    /// Instance type. Required for instances.
    instance_type: Option<String>,
    /// Zone whose market price counts for spot instances.
    zone_id: Option<ZoneId>,
    /// How many.
    #[param(default = 1, range(1, 1000))]
    amount: i64,
    /// Unit of Period: `Hour`, `Week`, `Month` or `Year`. Disks by themselves are paid by the hour.
    #[param(default = "Hour".to_owned(), one_of("Hour", "Week", "Month", "Year"))]
    price_unit: String,
    /// For how long, in units of PriceUnit.
    #[param(default = 1, range(1, 60))]
    period: i64,
    /// `NoSpot`, or `SpotWithPriceLimit` or `SpotAsPriceGo` for the market price.
    #[param(default = "NoSpot".to_owned(), one_of("NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo"))]
    spot_strategy: String,
    /// System disk of the instance.
    #[param(group)]
    system_disk: Option<PricedDisk>,
    /// Data disks of the instance, or the disks that are asked about. Required for disks.
    #[param(group, max_items = 16)]
    data_disk: Vec<PricedDisk>,
    /// Image of the instance; images cost nothing here.
    image_id: Option<String>,
    /// How public traffic is billed; without effect.
    internet_charge_type: Option<String>,
    /// Mbit/s to the Internet; without effect.
    internet_max_bandwidth_out: Option<i64>,
    /// Network of the instance; without effect.
    instance_network_type: Option<String>,
    /// Whether the instance is I/O optimized; without effect.
    io_optimized: Option<String>,
    /// Hours for which a spot instance is safe; without effect.
    spot_duration: Option<i64>,
}

/// A disk whose price is asked for.
#[derive(Group)]
struct PricedDisk {
    /// Category, such as `cloud_essd`.
    category: Option<String>,
    /// Size in GiB.
    #[param(range(1, 65536))]
    size: Option<i64>,
    /// `PL0`, `PL1`, `PL2` or `PL3`, for `cloud_essd`.
    #[param(one_of("PL0", "PL1", "PL2", "PL3"))]
    performance_level: Option<String>,
}

/// What it costs.
#[derive(Shape)]
pub struct Prices {
    /// The price.
    price_info: PriceInfo,
}

/// A price and the rules that led to it.
#[derive(Shape)]
struct PriceInfo {
    /// The price.
    price: Price,
    /// Discounts that apply; none.
    #[shape(list = "Rule")]
    rules: Vec<String>,
}

/// A price, and its parts.
#[derive(Shape)]
struct Price {
    /// Price before discounts.
    original_price: f64,
    /// What is taken off; 0.
    discount_price: f64,
    /// Price to be paid.
    trade_price: f64,
    /// `CNY`.
    currency: &'static str,
    /// Its parts.
    #[shape(list = "DetailInfo")]
    detail_infos: Vec<PricePart>,
}

/// A part of a price.
#[derive(Shape)]
struct PricePart {
    /// `instanceType`, `systemDisk` or `dataDisk`.
    resource: &'static str,
    /// Price before discounts.
    original_price: f64,
    /// What is taken off; 0.
    discount_price: f64,
    /// Price to be paid.
    trade_price: f64,
}

impl Run for DescribePrice {
    fn run(self, cx: &mut Cx<'_>) -> Result<Prices, ApiError> {
        let wares = Fact::wares(&cx.tx)?;
        let times = self.hours(&wares.prices) * self.amount;
        let mut parts = vec![];
        if self.resource_type == "instance" {
            parts.push(("instanceType", self.instance_hour(&wares, cx)? * times));
            if let Some(disk) = &self.system_disk {
                parts.push(("systemDisk", disk.hour(&wares)? * times));
            }
        } else if self.data_disk.is_empty() {
            return Err(RequiredParameterMissing.with("name", "DataDisk.1.Category"));
        }
        for disk in &self.data_disk {
            parts.push(("dataDisk", disk.hour(&wares)? * times));
        }
        let total = yuan(parts.iter().map(|(_, price)| *price).sum());
        let part = |(resource, price)| PricePart {
            resource,
            original_price: yuan(price),
            discount_price: 0.0,
            trade_price: yuan(price),
        };
        let price = Price {
            original_price: total,
            discount_price: 0.0,
            trade_price: total,
            currency: "CNY",
            detail_infos: parts.into_iter().map(part).collect(),
        };
        Ok(Prices { price_info: PriceInfo { price, rules: vec![] } })
    }
}

impl DescribePrice {
    /// The hours that are charged.
    fn hours(&self, prices: &PriceFacts) -> i64 {
        let _ = (&self.image_id, &self.internet_charge_type, self.internet_max_bandwidth_out);
        let _ = (&self.instance_network_type, &self.io_optimized, self.spot_duration);
        match self.price_unit.as_str() {
            "Week" => Term::Weeks(self.period).hours_charged(prices),
            "Month" => Term::Months(self.period).hours_charged(prices),
            "Year" => Term::Months(12 * self.period).hours_charged(prices),
            _ => self.period,
        }
    }

    fn instance_hour(&self, wares: &Wares, cx: &Cx<'_>) -> Result<Money, ApiError> {
        let missing = || RequiredParameterMissing.with("name", "InstanceType");
        let name = self.instance_type.as_deref().ok_or_else(missing)?;
        let kind = wares.find_type(name).ok_or_else(|| InstanceTypeUnknown.about("InstanceType"))?;
        let zone = match &self.zone_id {
            None => None,
            Some(id) => {
                let zone = Fact::of_zone(&cx.tx, id)?.filter(|zone| zone.region == cx.region().as_str());
                Some(zone.ok_or_else(|| ZoneNotFound.about("ZoneId"))?)
            }
        };
        Ok(match (self.spot_strategy.as_str(), zone) {
            ("NoSpot", _) => kind.price_per_hour,
            (_, Some(zone)) => wares.market_price(&zone, kind),
            (_, None) => wares.spot_price(kind),
        })
    }
}

impl PricedDisk {
    fn hour(&self, wares: &Wares) -> Result<Money, ApiError> {
        let missing = |name| RequiredParameterMissing.with("name", name);
        let category = self.category.as_deref().ok_or_else(|| missing("DataDisk.Category"))?;
        let category = DiskCategory::find(category);
        let category = category.ok_or_else(|| DiskCategoryUnknown.about("DataDisk.Category"))?;
        let size = self.size.and_then(|size| u64::try_from(size).ok());
        let size = size.ok_or_else(|| missing("DataDisk.Size"))?;
        let level = self.performance_level.as_deref().and_then(PerformanceLevel::find);
        Ok(wares.disks.limits(category, level).hour(size))
    }
}

fn yuan(price: Money) -> f64 {
    price.in_micros() as f64 / 1e6
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("an hour", nothing, "RegionId=cn-hangzhou&InstanceType=ecs.g5.large"),
    Case::ok(
        "two months of two instances with disks",
        nothing,
        "RegionId=cn-hangzhou&ResourceType=instance&InstanceType=ecs.g5.large&PriceUnit=Month&Period=2&Amount=2\
        &SystemDisk.Category=cloud_efficiency&SystemDisk.Size=40&DataDisk.1.Category=cloud_essd&DataDisk.1.Size=100\
        &DataDisk.1.PerformanceLevel=PL1",
    ),
    Case::ok(
        "the market price",
        nothing,
        "RegionId=cn-hangzhou&InstanceType=ecs.g5.large&SpotStrategy=SpotAsPriceGo&ZoneId=cn-hangzhou-h",
    ),
    Case::ok(
        "a disk",
        nothing,
        "RegionId=cn-hangzhou&ResourceType=disk&DataDisk.1.Category=cloud_ssd&DataDisk.1.Size=100",
    ),
    Case::err("a region that is none", nothing, "RegionId=cn-atlantis", &RegionNotFound),
    Case::err("no instance type", nothing, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err("an empty region", nothing, "RegionId=", &RequiredParameterEmpty),
    Case::err("another resource", nothing, "RegionId=cn-hangzhou&ResourceType=ddh", &ParameterMalformed),
    Case::err(
        "an unknown type",
        nothing,
        "RegionId=cn-hangzhou&InstanceType=ecs.g99.large",
        &InstanceTypeUnknown,
    ),
    Case::err(
        "an unknown zone",
        nothing,
        "RegionId=cn-hangzhou&InstanceType=ecs.g5.large&ZoneId=cn-hangzhou-zz",
        &ZoneNotFound,
    ),
    Case::err(
        "an unknown category",
        nothing,
        "RegionId=cn-hangzhou&ResourceType=disk&DataDisk.1.Category=floppy&DataDisk.1.Size=100",
        &DiskCategoryUnknown,
    ),
];
