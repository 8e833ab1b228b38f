//! Step 39 and 40: parameters that are missing, exclude each other or are malformed and have no row in the tables of
//! creation.

use std::net::Ipv4Addr;

use crate::cx::Cx;
use crate::ecs::instance::creation::draft::Draft;
use crate::ecs::instance::creation::price::{MONTHS, WEEKS};
use crate::ecs::instance::record::PRE_PAID;
use crate::ecs::instance::rules;
use crate::errors::{
    ApiError, AutoReleaseTimeInvalid, AutoRenewPeriodInvalid, ParameterMalformed, ParametersConflict,
    PasswordGivenAndInherited, PeriodInvalid, PrivateAddressMalformed, RequiredParameterMissing,
    SpotDurationInvalid, UserDataNotBase64,
};
use crate::tags;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// How far ahead a release must and may be.
const RELEASE_AHEAD_MS: (i64, i64) = (30 * MINUTE_MS, 3 * 365 * DAY_MS);
const RENEWAL_MONTHS: &[i64] = &[1, 2, 3, 6, 12];
const RENEWAL_MONTHS_OF_RUN: &[i64] = &[1, 2, 3, 6, 12, 24, 36, 48, 60];
const RENEWAL_WEEKS: &[i64] = &[1, 2, 3];

/// Everything that has no default is named, by a template, an interface or a parameter.
pub(super) fn required(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let request = &draft.request;
    let shared = &request.shared;
    let is_order = shared.instance_charge_type.as_deref() == Some(PRE_PAID);
    let missing = |name| Err(RequiredParameterMissing.with("name", name));
    if !request.names_template {
        if shared.image_id.is_none() && shared.image_family.is_none() {
            return missing("ImageId");
        }
        if shared.instance_type.is_none() {
            return missing("InstanceType");
        }
        if request.named_groups().is_empty() {
            return missing("SecurityGroupId");
        }
    }
    if is_order && shared.period.is_none() {
        return missing("Period");
    }
    if is_order && !request.runs && shared.auto_renew && shared.auto_renew_period.is_none() {
        return missing("AutoRenewPeriod");
    }
    Ok(())
}

/// No two parameters exclude each other.
pub(super) fn conflicts(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let request = &draft.request;
    let shared = &request.shared;
    let has_primary = request.network_interfaces.iter().any(|interface| interface.is_primary());
    let is_order = shared.instance_charge_type.as_deref() == Some(PRE_PAID);
    let is_spot = shared.spot_strategy.as_deref().is_some_and(|strategy| strategy != "NoSpot");
    let many = request.amount.as_ref().and_then(|amount| amount.read()).is_some_and(|amount| amount > 1);
    let (addresses, address_count) = &request.ipv6;
    let group = shared.security_group_id.is_some();
    let pairs = [
        ("ImageId", shared.image_id.is_some(), "ImageFamily", shared.image_family.is_some()),
        ("SecurityGroupId", group, "SecurityGroupIds", !request.security_group_ids.is_empty()),
        ("SecurityGroupId", group, "NetworkInterface", has_primary),
        ("VSwitchId", shared.v_switch_id.is_some(), "NetworkInterface", has_primary),
        ("PrivateIpAddress", shared.private_ip_address.is_some(), "NetworkInterface", has_primary),
        ("HostName", shared.host_name.is_some(), "HostNames", !request.host_names.is_empty()),
        ("Ipv6Address", !addresses.is_empty(), "Ipv6AddressCount", address_count.is_some()),
        ("Ipv6Address", !addresses.is_empty(), "Amount", many),
        ("DeletionProtection", shared.deletion_protection, "InstanceChargeType", is_order),
        ("DeletionProtection", shared.deletion_protection, "SpotStrategy", is_spot),
        ("AutoReleaseTime", request.auto_release_time.is_some(), "InstanceChargeType", is_order),
        ("AutoPay", !request.auto_pay, "InstanceChargeType", !is_order),
    ];
    match pairs.into_iter().find(|(_, first, _, second)| *first && *second) {
        Some((first, _, second, _)) => Err(ParametersConflict.with("first", first).with("second", second)),
        None => Ok(()),
    }
}

/// The tags can be tags.
pub(super) fn tags(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    draft.tags = tags::read(&draft.request.shared.tag)?;
    Ok(())
}

/// A password is set or inherited, not both.
pub(super) fn password_source(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let shared = &draft.request.shared;
    if shared.password_inherit && shared.password.is_some() {
        return Err(PasswordGivenAndInherited.about("Password"));
    }
    Ok(())
}

/// The private address is an address.
pub(super) fn private_address(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let Some(text) = draft.request.named_address() else { return Ok(()) };
    let address: Ipv4Addr = text.parse().map_err(|_| PrivateAddressMalformed.about("PrivateIpAddress"))?;
    draft.private_address = Some(address);
    Ok(())
}

/// User data can be decoded.
pub(super) fn user_data(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match &draft.request.shared.user_data {
        Some(text) if !rules::is_user_data(text) => Err(UserDataNotBase64.about("UserData")),
        _ => Ok(()),
    }
}

/// A subscription runs and renews itself for a term that is sold.
pub(super) fn terms(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let shared = &draft.request.shared;
    if shared.instance_charge_type.as_deref() != Some(PRE_PAID) {
        return Ok(());
    }
    let (terms, renewals) = match (shared.period_unit.as_str(), draft.request.runs) {
        ("Week", _) => (WEEKS, RENEWAL_WEEKS),
        (_, true) => (MONTHS, RENEWAL_MONTHS_OF_RUN),
        (_, false) => (MONTHS, RENEWAL_MONTHS),
    };
    if shared.period.is_some_and(|period| !terms.contains(&period)) {
        return Err(PeriodInvalid.about("Period"));
    }
    if shared.auto_renew && shared.auto_renew_period.is_some_and(|period| !renewals.contains(&period)) {
        return Err(AutoRenewPeriodInvalid.about("AutoRenewPeriod"));
    }
    Ok(())
}

/// The time of release lies ahead, but not too far.
pub(super) fn release_time(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    let Some(text) = &draft.request.auto_release_time else { return Ok(()) };
    let (soonest, latest) = RELEASE_AHEAD_MS;
    let ahead = (cx.now_ms() + soonest)..=(cx.now_ms() + latest);
    let at_ms = moyun_wire::timestamp::parse(text).filter(|at_ms| ahead.contains(at_ms));
    let at_ms = at_ms.ok_or_else(|| AutoReleaseTimeInvalid.about("AutoReleaseTime"))?;
    draft.release_ms = Some(at_ms - at_ms.rem_euclid(MINUTE_MS));
    Ok(())
}

/// The safe hours of a spot instance are a number that exists at all.
pub(super) fn spot_duration(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.request.shared.spot_duration {
        Some(hours) if !(0..=6).contains(&hours) => Err(SpotDurationInvalid.about("SpotDuration")),
        _ => Ok(()),
    }
}

/// The smallest number of instances is one to Amount.
pub(super) fn min_amount(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let amount = draft.amount;
    match draft.request.min_amount {
        Some(min) if !u64::try_from(min).is_ok_and(|min| (1..=amount).contains(&min)) => {
            Err(ParameterMalformed.about("MinAmount"))
        }
        _ => Ok(()),
    }
}
