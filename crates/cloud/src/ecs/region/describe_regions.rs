//! DescribeRegions.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::catalog::regions::{self, RegionFacts};
use crate::cx::Cx;
use crate::errors::{ApiError, ParameterMalformed};
use crate::spec::Run;
use crate::world::Fact;

/// Lists the regions of the cloud.
///
/// A region under maintenance, or one that is down, is listed all the same.
#[derive(Action)]
#[action(ecs, read, regionless, reply = RegionList, raises(ParameterMalformed))]
pub struct DescribeRegions {
    /// Language of the regions' names.
    #[param(default = "zh-CN", one_of("zh-CN", "en-US", "ja"))]
    accept_language: String,
}

/// The regions.
#[derive(Shape)]
pub struct RegionList {
    /// The regions.
    #[shape(list = "Region")]
    regions: Vec<Region>,
}

/// A region.
#[derive(Shape)]
struct Region {
    /// ID of the region.
    region_id: String,
    /// Name of the region in the language asked for.
    local_name: String,
    /// Host name of the region's endpoint.
    region_endpoint: String,
    /// `available`, or `unavailable` while the region is down.
    status: &'static str,
}

impl Run for DescribeRegions {
    fn run(self, cx: &mut Cx<'_>) -> Result<RegionList, ApiError> {
        let all = Fact::<RegionFacts>::all(&cx.tx)?;
        let regions = all.into_iter().map(|region| Region {
            local_name: local_name(&region.name, &self.accept_language),
            region_endpoint: format!("ecs.{}.aliyuncs.com", region.name),
            status: if region.facts.is_up() { "available" } else { "unavailable" },
            region_id: region.name,
        });
        Ok(RegionList { regions: regions.collect() })
    }
}

fn local_name(region: &str, language: &str) -> String {
    let Some(known) = regions::find(region) else { return region.to_owned() };
    if language == "en-US" { known.name_en.to_owned() } else { known.name_zh.to_owned() }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("all regions", nothing, ""),
    Case::ok("in English", nothing, "AcceptLanguage=en-US"),
    Case::err("a language nobody speaks", nothing, "AcceptLanguage=tlh", &ParameterMalformed),
];
