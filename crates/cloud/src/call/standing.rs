//! Phase 8: whether the account may buy anything at all.

use crate::cx::Cx;
use crate::errors::{AccountInArrears, ApiError, HeldByRiskControl, RealNameNotVerified, RegionNotGranted};
use crate::spec::{ActionSpec, Product};
use crate::world::Fact;

/// Actions that charge nothing, yet are held together with those that do.
const HELD: [&str; 2] = ["AllocatePublicIpAddress", "AuthorizeSecurityGroup"];

/// Refuses billable actions of an account that is held, unverified, not admitted to the region or in arrears.
pub(super) fn check(spec: &ActionSpec, cx: &Cx<'_>) -> Result<(), ApiError> {
    if !is_held(spec) {
        return Ok(());
    }
    let account = Fact::of_account(&cx.tx, cx.account())?;
    if account.is_restricted() {
        return Err((&HeldByRiskControl).into());
    }
    if !spec.billable {
        return Ok(());
    }
    if let Some(region) = &cx.region {
        let mainland = Fact::of_region(&cx.tx, region)?.is_some_and(|facts| facts.mainland);
        if mainland && !account.real_name_verified {
            return Err((&RealNameNotVerified).into());
        }
        if !account.entitlements.regions.contains(region.as_str()) {
            return Err((&RegionNotGranted).into());
        }
    }
    if account.is_in_arrears() {
        return Err((&AccountInArrears).into());
    }
    Ok(())
}

/// Whether an action is judged by the standing of the account.
pub(crate) fn is_held(spec: &ActionSpec) -> bool {
    spec.billable || spec.product == Product::Ecs && HELD.contains(&spec.name)
}
