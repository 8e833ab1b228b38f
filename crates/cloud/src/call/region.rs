//! Phase 5: the region that the request names.

use moyun_wire::params::Params;

use crate::catalog::regions::RegionFacts;
use crate::cx::Cx;
use crate::errors::{
    ApiError, CreationRegionNotFound, RegionNotFound, RegionUnderMaintenance, RequiredParameterEmpty,
    RequiredParameterMissing, ServiceDown,
};
use crate::ids::RegionId;
use crate::spec::{ActionSpec, RegionUse};
use crate::world::Fact;

/// The region of the call: it exists, answers and is not under maintenance.
pub(super) fn check(spec: &ActionSpec, params: &Params, cx: &Cx<'_>) -> Result<Option<RegionId>, ApiError> {
    if spec.region == RegionUse::None {
        return Ok(None);
    }
    let region = match (params.get("RegionId"), spec.region) {
        (None, RegionUse::Required) => return Err(RequiredParameterMissing.with("name", "RegionId")),
        (Some(""), RegionUse::Required) => return Err(RequiredParameterEmpty.about("RegionId")),
        (None | Some(""), _) => return Ok(None),
        (Some(region), _) => RegionId::from(region),
    };
    let unknown = if spec.creates_instances { &CreationRegionNotFound } else { &RegionNotFound };
    let facts = Fact::of_region(&cx.tx, &region)?.ok_or(unknown)?;
    check_answers(&facts, cx)?;
    Ok(Some(region))
}

/// The region of the resource that a call without RegionId means, once it was found.
pub(super) fn check_found(cx: &Cx<'_>) -> Result<(), ApiError> {
    let Some(region) = cx.found_in.get().filter(|_| cx.region.is_none()) else { return Ok(()) };
    match Fact::of_region(&cx.tx, region)? {
        Some(facts) => check_answers(&facts, cx),
        None => Ok(()),
    }
}

fn check_answers(facts: &RegionFacts, cx: &Cx<'_>) -> Result<(), ApiError> {
    if facts.is_under_maintenance(cx.now_ms()) {
        return Err((&RegionUnderMaintenance).into());
    }
    if !facts.is_up() {
        return Err((&ServiceDown).into());
    }
    Ok(())
}
