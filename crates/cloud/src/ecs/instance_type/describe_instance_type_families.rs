//! DescribeInstanceTypeFamilies.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::catalog::instance_types::InstanceType;
use crate::catalog::offer;
use crate::cx::Cx;
use crate::errors::{ApiError, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing};
use crate::spec::Run;
use crate::world::Fact;

/// Lists the families of instance types that a region has.
///
/// A family is listed when a zone that the account may use has a type of it, on sale or not.
#[derive(Action)]
#[action(ecs, read, region, reply = FamilyList, raises(
    RequiredParameterMissing, RequiredParameterEmpty, RegionNotFound
))]
pub struct DescribeInstanceTypeFamilies {
    /// Only families of this generation, such as `ecs-5`.
    generation: Option<String>,
}

/// The families.
#[derive(Shape)]
pub struct FamilyList {
    /// The families.
    #[shape(list = "InstanceTypeFamily")]
    instance_type_families: Vec<Family>,
}

/// A family of instance types.
#[derive(Shape)]
struct Family {
    /// ID of the family, such as `ecs.g5`.
    instance_type_family_id: String,
    /// Generation of its hardware, such as `ecs-5`.
    generation: String,
}

impl Run for DescribeInstanceTypeFamilies {
    fn run(self, cx: &mut Cx<'_>) -> Result<FamilyList, ApiError> {
        let account = Fact::of_account(&cx.tx, cx.account())?;
        let mut zones = Fact::zones_of(&cx.tx, cx.region())?;
        zones.retain(|(id, zone)| offer::is_listed_for(id.as_str(), zone, &account));
        let is_here = |kind: &InstanceType| zones.iter().any(|(_, zone)| offer::zone_has_type(zone, kind));
        let wares = Fact::wares(&cx.tx)?;
        let has_family = |first: &&InstanceType| {
            let kinds = wares.types().iter().filter(|kind| kind.family() == first.family());
            kinds.filter(|kind| offer::may_use_type(&account, kind)).any(|kind| is_here(kind))
        };
        let families = wares.families().filter(has_family).map(|first| Family {
            instance_type_family_id: first.family().to_owned(),
            generation: first.generation_name(),
        });
        let is_wanted =
            |family: &Family| self.generation.as_ref().is_none_or(|wanted| *wanted == family.generation);
        Ok(FamilyList { instance_type_families: families.filter(is_wanted).collect() })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("the families of a region", nothing, "RegionId=us-west-1"),
    Case::ok("of one generation", nothing, "RegionId=cn-hangzhou&Generation=ecs-7"),
    Case::ok("of a generation that is not", nothing, "RegionId=cn-hangzhou&Generation=ecs-99"),
    Case::err("of no region", nothing, "Generation=ecs-7", &RequiredParameterMissing),
    Case::err("of an empty region", nothing, "RegionId=&Generation=ecs-7", &RequiredParameterEmpty),
    Case::err("of a region that is not", nothing, "RegionId=cn-atlantis", &RegionNotFound),
];
