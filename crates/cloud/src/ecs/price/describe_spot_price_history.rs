//! DescribeSpotPriceHistory.

use moyun_derive::{Action, Shape};
use moyun_wire::timestamp;
use serde_json::json;

use crate::case::{Case, nothing};
use crate::catalog::instance_types::{self, NetworkType};
use crate::catalog::offer;
use crate::cx::Cx;
use crate::ecs::instance::creation::price::market_price;
use crate::errors::{
    ApiError, InstanceTypeUnknown, ParameterMalformed, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing,
};
use crate::ids::ZoneId;
use crate::spec::Run;
use crate::story::Story;
use crate::world::Fact;

/// Tells the market price of spot instances in each zone of a region that offers the type.
///
/// Prices change only with the world, and no earlier ones are kept: there is one entry for each zone, of now.
#[derive(Action)]
#[action(ecs, read, region, reply = SpotPriceList, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    ParameterMalformed,
    InstanceTypeUnknown
))]
pub struct DescribeSpotPriceHistory {
    /// Instance type.
    #[param(required)]
    instance_type: String,
    /// `vpc` or `classic`.
    #[param(required, one_of("vpc", "classic"))]
    network_type: String,
    /// Only this zone.
    zone_id: Option<ZoneId>,
    /// `optimized` or `none`.
    #[param(default = "optimized".to_owned(), one_of("optimized", "none"))]
    io_optimized: String,
    /// System of the guest; without effect.
    #[param(name = "OSType")]
    os_type: Option<String>,
    /// Hours for which the instance is safe; without effect.
    spot_duration: Option<i64>,
    /// Beginning of the time asked about; without effect.
    start_time: Option<String>,
    /// End of the time asked about; without effect.
    end_time: Option<String>,
    /// Entries to pass over.
    #[param(default = 0, range(0, 2147483647))]
    offset: i64,
}

/// Prices.
#[derive(Shape)]
pub struct SpotPriceList {
    /// The prices.
    #[shape(list = "SpotPriceType")]
    spot_prices: Vec<SpotPrice>,
    /// `CNY`.
    currency: &'static str,
    /// Entries to pass over for what follows.
    next_offset: i64,
}

/// The price in a zone at a time.
#[derive(Shape)]
struct SpotPrice {
    /// Zone of the price.
    zone_id: ZoneId,
    /// Instance type.
    instance_type: &'static str,
    /// `optimized` or `none`.
    io_optimized: String,
    /// `vpc` or `classic`.
    network_type: String,
    /// Time of the price.
    timestamp: String,
    /// Price of an hour.
    spot_price: f64,
    /// Price of an hour that is no spot.
    origin_price: f64,
}

impl Run for DescribeSpotPriceHistory {
    fn run(self, cx: &mut Cx<'_>) -> Result<SpotPriceList, ApiError> {
        let _ = (self.os_type, self.spot_duration, self.start_time, self.end_time);
        let kind = instance_types::find(&self.instance_type);
        let kind = kind.ok_or_else(|| InstanceTypeUnknown.about("InstanceType"))?;
        let network = if self.network_type == "vpc" { NetworkType::Vpc } else { NetworkType::Classic };
        let io_optimized = self.io_optimized == "optimized";
        let mut zones = Fact::zones_of(&cx.tx, cx.region())?;
        zones.retain(|(id, zone)| {
            self.zone_id.as_ref().is_none_or(|wanted| wanted == id)
                && offer::zone_places(zone, kind, network, io_optimized)
        });
        let yuan = |micros: i64| micros as f64 / 1e6;
        let show = |(zone_id, zone)| SpotPrice {
            spot_price: yuan(market_price(&zone, kind).in_micros()),
            origin_price: yuan(kind.price_per_hour.in_micros()),
            zone_id,
            instance_type: kind.id,
            io_optimized: self.io_optimized.clone(),
            network_type: self.network_type.clone(),
            timestamp: timestamp::to_second(cx.now_ms()),
        };
        let next_offset = zones.len() as i64;
        let skipped = usize::try_from(self.offset).unwrap_or(usize::MAX);
        let spot_prices = zones.into_iter().skip(skipped).map(show).collect();
        Ok(SpotPriceList { spot_prices, currency: "CNY", next_offset })
    }
}

fn dear_in_h(story: &mut Story) {
    story.patch("zones/cn-hangzhou-h/spot_prices", json!({ "ecs.g5.large": 0.5 }));
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("every zone", nothing, "RegionId=cn-hangzhou&InstanceType=ecs.g5.large&NetworkType=vpc"),
    Case::ok(
        "a zone whose price was set",
        dear_in_h,
        "RegionId=cn-hangzhou&InstanceType=ecs.g5.large&NetworkType=vpc&ZoneId=cn-hangzhou-h",
    ),
    Case::err(
        "a region that is none",
        nothing,
        "RegionId=cn-atlantis&InstanceType=ecs.g5.large&NetworkType=vpc",
        &RegionNotFound,
    ),
    Case::err("no type", nothing, "RegionId=cn-hangzhou&NetworkType=vpc", &RequiredParameterMissing),
    Case::err(
        "an empty type",
        nothing,
        "RegionId=cn-hangzhou&InstanceType=&NetworkType=vpc",
        &RequiredParameterEmpty,
    ),
    Case::err(
        "an unknown network",
        nothing,
        "RegionId=cn-hangzhou&InstanceType=ecs.g5.large&NetworkType=mesh",
        &ParameterMalformed,
    ),
    Case::err(
        "an unknown type",
        nothing,
        "RegionId=cn-hangzhou&InstanceType=ecs.g99.large&NetworkType=vpc",
        &InstanceTypeUnknown,
    ),
];
