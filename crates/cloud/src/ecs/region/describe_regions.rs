//! DescribeRegions.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::catalog::offer;
use crate::catalog::regions::{PostPaidSales, RegionFacts};
use crate::catalog::zones::{Creatable, ZoneFacts};
use crate::cx::Cx;
use crate::ecs::region::given::{postpaid_suspended, region_down};
use crate::ecs::region::local_names;
use crate::errors::{ApiError, ParameterMalformed};
use crate::spec::Run;
use crate::world::Fact;

/// Lists the regions of the cloud.
///
/// A region under maintenance, or one that is down, is listed all the same. Whether a region still sells what
/// is asked about is told by its status.
#[derive(Action)]
#[action(ecs, read, regionless, reply = RegionList, raises(ParameterMalformed))]
pub struct DescribeRegions {
    /// How instances would be paid; a region that sells none in this way is sold out.
    #[param(default = "PostPaid", one_of("PrePaid", "PostPaid", "SpotWithPriceLimit", "SpotAsPriceGo"))]
    instance_charge_type: String,
    /// What would be bought, in any letter case: `instance`, `disk`, `reservedinstance` or `scu`. The last two
    /// are not sold here, so they are sold out everywhere.
    #[param(default = "instance", check = is_resource_type)]
    resource_type: String,
    /// Language of the regions' names. Names are Chinese or English; other languages get the English ones.
    #[param(default = "zh-CN", one_of("zh-CN", "zh-TW", "en-US", "ja", "fr", "de", "ko"))]
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
    /// `available`, `soldOut` when nothing of what was asked about is sold, or `unavailable` while the region is
    /// down.
    status: &'static str,
}

impl Run for DescribeRegions {
    fn run(self, cx: &mut Cx<'_>) -> Result<RegionList, ApiError> {
        let zones = Fact::<ZoneFacts>::all(&cx.tx)?;
        let all = Fact::<RegionFacts>::all(&cx.tx)?;
        let regions = all.into_iter().map(|region| {
            let here = zones.iter().map(|zone| &zone.facts).filter(|zone| zone.region == region.name);
            let is_sold = self.is_sold(&region.facts, here);
            Region {
                local_name: local_names::region(&region.name, &self.accept_language),
                region_endpoint: format!("ecs.{}.aliyuncs.com", region.name),
                status: match (region.facts.is_up(), is_sold) {
                    (false, _) => "unavailable",
                    (true, true) => "available",
                    (true, false) => "soldOut",
                },
                region_id: region.name,
            }
        });
        Ok(RegionList { regions: regions.collect() })
    }
}

impl DescribeRegions {
    /// Whether a region with these zones sells what is asked about.
    fn is_sold<'a>(&self, region: &RegionFacts, mut zones: impl Iterator<Item = &'a ZoneFacts>) -> bool {
        let is_suspended =
            self.instance_charge_type != "PrePaid" && region.postpaid_sales == PostPaidSales::Suspended;
        let mut sells = |kind| zones.any(|zone| offer::is_on_sale(zone) && offer::zone_takes(zone, kind));
        match self.resource_type.to_ascii_lowercase().as_str() {
            "instance" => !is_suspended && sells(Creatable::Instance),
            "disk" => sells(Creatable::Disk),
            _ => false,
        }
    }
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn is_resource_type(text: &String) -> bool {
    ["instance", "disk", "reservedinstance", "scu"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("all regions", nothing, ""),
    Case::ok("in English", nothing, "AcceptLanguage=en-US"),
    Case::ok("one of them is down", region_down, "AcceptLanguage=en-US"),
    Case::ok("PostPaid instances are not sold", postpaid_suspended, "InstanceChargeType=PostPaid"),
    Case::ok("but subscriptions are", postpaid_suspended, "InstanceChargeType=PrePaid"),
    Case::ok("and disks", postpaid_suspended, "ResourceType=disk"),
    Case::ok("for a resource that is not sold here", nothing, "ResourceType=scu"),
    Case::err("a language nobody speaks", nothing, "AcceptLanguage=tlh", &ParameterMalformed),
    Case::err("a resource nobody knows", nothing, "ResourceType=moon", &ParameterMalformed),
];
