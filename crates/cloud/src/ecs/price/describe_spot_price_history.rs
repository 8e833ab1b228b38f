//! DescribeSpotPriceHistory.

use moyun_derive::{Action, Shape};
use moyun_wire::timestamp;
use serde_json::json;

use crate::case::{Case, nothing};
use crate::catalog::instance_types::NetworkType;
use crate::catalog::money::Money;
use crate::catalog::offer;
use crate::cx::Cx;
use crate::ecs::price::moves::PriceMove;
use crate::errors::{
    ApiError, InstanceTypeUnknown, ParameterMalformed, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing,
};
use crate::ids::ZoneId;
use crate::spec::Run;
use crate::story::Story;
use crate::world::Fact;

/// The time that is told of when nothing else is asked: three hours.
const USUAL_TIME_MS: i64 = 3 * 60 * 60 * 1000;

/// Tells the market prices of spot instances in each zone of a region that offers the type.
///
/// For each zone, the oldest first: the price at the beginning of the time asked about, and each move within it. Moves
/// are remembered for 30 days.
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
    /// Beginning of the time asked about, in UTC such as `2026-01-31T08:00:00Z` and not after EndTime; by default 3
    /// hours before it.
    start_time: Option<String>,
    /// End of the time asked about, written alike; by default now.
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
    instance_type: String,
    /// `optimized` or `none`.
    io_optimized: String,
    /// `vpc` or `classic`.
    network_type: String,
    /// Since when the price held.
    timestamp: String,
    /// Price of an hour.
    spot_price: f64,
    /// Price of an hour that is no spot.
    origin_price: f64,
}

impl Run for DescribeSpotPriceHistory {
    fn run(self, cx: &mut Cx<'_>) -> Result<SpotPriceList, ApiError> {
        let _ = (&self.os_type, self.spot_duration);
        let (from_ms, to_ms) = self.times(cx.now_ms())?;
        let wares = Fact::wares(&cx.tx)?;
        let kind = wares.find_type(&self.instance_type);
        let kind = kind.ok_or_else(|| InstanceTypeUnknown.about("InstanceType"))?;
        let network = if self.network_type == "vpc" { NetworkType::Vpc } else { NetworkType::Classic };
        let io_optimized = self.io_optimized == "optimized";
        let mut zones = Fact::zones_of(&cx.tx, cx.region())?;
        zones.retain(|(id, zone)| {
            self.zone_id.as_ref().is_none_or(|wanted| wanted == id)
                && offer::zone_places(zone, kind, network, io_optimized)
        });
        let mut entries = vec![];
        for (zone_id, zone) in zones {
            let moves = PriceMove::all_of(&cx.tx, &zone_id, &kind.id)?;
            let prices = held(&moves, wares.market_price(&zone, kind), from_ms, to_ms);
            entries.extend(prices.into_iter().map(|(at_ms, price)| SpotPrice {
                spot_price: yuan(price),
                origin_price: yuan(kind.price_per_hour),
                zone_id: zone_id.clone(),
                instance_type: kind.id.clone(),
                io_optimized: self.io_optimized.clone(),
                network_type: self.network_type.clone(),
                timestamp: timestamp::to_second(at_ms),
            }));
        }
        let next_offset = entries.len() as i64;
        let skipped = usize::try_from(self.offset).unwrap_or(usize::MAX);
        let spot_prices = entries.into_iter().skip(skipped).collect();
        Ok(SpotPriceList { spot_prices, currency: "CNY", next_offset })
    }
}

impl DescribeSpotPriceHistory {
    /// Beginning and end of the time asked about.
    fn times(&self, now_ms: i64) -> Result<(i64, i64), ApiError> {
        let read = |name: &'static str, text: &Option<String>| {
            let parse = |text: &String| timestamp::parse(text).ok_or_else(|| ParameterMalformed.about(name));
            text.as_ref().map(parse).transpose()
        };
        let to_ms = read("EndTime", &self.end_time)?.unwrap_or(now_ms);
        let from_ms = read("StartTime", &self.start_time)?.unwrap_or(to_ms - USUAL_TIME_MS);
        match from_ms > to_ms {
            true => Err(ParameterMalformed.about("StartTime")),
            false => Ok((from_ms, to_ms)),
        }
    }
}

/// Which prices held in a time, and since when: the one at its beginning and those that it went to.
fn held(moves: &[PriceMove], now: Money, from_ms: i64, to_ms: i64) -> Vec<(i64, Money)> {
    let later = &moves[moves.partition_point(|one| one.at_ms <= from_ms)..];
    let first = (from_ms, later.first().map_or(now, |next| next.before));
    let within = later.iter().take_while(|one| one.at_ms <= to_ms);
    [first].into_iter().chain(within.map(|one| (one.at_ms, one.after))).collect()
}

fn yuan(price: Money) -> f64 {
    price.in_micros() as f64 / 1e6
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
        "a time that is none",
        nothing,
        "RegionId=cn-hangzhou&InstanceType=ecs.g5.large&NetworkType=vpc&EndTime=now",
        &ParameterMalformed,
    )
    .instead("EndTime=2026-01-01T00:00:00Z"),
    Case::err(
        "a time that ends before it begins",
        nothing,
        "RegionId=cn-hangzhou&InstanceType=ecs.g5.large&NetworkType=vpc&StartTime=2026-01-02T00:00:00Z",
        &ParameterMalformed,
    )
    .instead("StartTime=2025-12-31T00:00:00Z"),
    Case::err(
        "an unknown type",
        nothing,
        "RegionId=cn-hangzhou&InstanceType=ecs.g99.large&NetworkType=vpc",
        &InstanceTypeUnknown,
    ),
];
