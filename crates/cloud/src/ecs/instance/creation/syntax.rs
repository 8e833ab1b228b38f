//! Phase 9: the parameters by themselves, without any state.

use crate::catalog::accounts::SpotStrategy;
use crate::catalog::disk_categories::DiskCategory;
use crate::catalog::money::Money;
use crate::cx::Cx;
use crate::ecs::instance::creation::draft::Draft;
use crate::ecs::instance::creation::names;
use crate::ecs::instance::record::{POST_PAID, PRE_PAID};
use crate::ecs::instance::rules;
use crate::errors::{
    AmountInvalid, ApiError, BandwidthInInvalid, BandwidthOutInvalid, DescriptionMalformed,
    DiskCategoryUnknown, DiskDescriptionMalformed, DiskNameMalformed, EncryptedMalformed, HostNameMalformed,
    InstanceChargeTypeUnknown, InstanceNameMalformed, InternetChargeTypeUnknown, IoOptimizedUnknown,
    PasswordMalformed, SpotPriceLimitInvalid, SpotStrategyUnknown, SpotWithSubscription,
    SystemDiskCategoryUnknown, SystemDiskSizeInvalid, UserDataTooLong,
};
use crate::names::{is_description, is_instance_name, is_resource_name};

const AMOUNT_MAX: i64 = 100;
const BANDWIDTH_OUT_MAX: i64 = 100;
const BANDWIDTH_IN_MAX: i64 = 200;

/// Amount is a number from 1 to 100.
pub(super) fn amount(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let Some(raw) = &draft.request.amount else { return Ok(()) };
    let amount = raw.read().filter(|amount| (1..=AMOUNT_MAX).contains(amount));
    let amount = amount.and_then(|amount| u64::try_from(amount).ok());
    draft.amount = amount.ok_or_else(|| AmountInvalid.about("Amount"))?;
    draft.count = draft.amount;
    Ok(())
}

/// The instance can have its name.
pub(super) fn instance_name(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match &draft.request.shared.instance_name {
        Some(name) if !is_instance_name(name) => Err(InstanceNameMalformed.about("InstanceName")),
        _ => Ok(()),
    }
}

/// The instance can have its description.
pub(super) fn description(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match &draft.request.shared.description {
        Some(description) if !is_description(description) => Err(DescriptionMalformed.about("Description")),
        _ => Ok(()),
    }
}

/// Some guest can have each of the host names.
pub(super) fn host_name(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match names::hosts_asked_for(draft).iter().all(rules::is_host_name_anywhere) {
        true => Ok(()),
        false => Err(HostNameMalformed.about("HostName")),
    }
}

/// Some guest can have the password.
pub(super) fn password(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match &draft.request.shared.password {
        Some(password) if !rules::is_password(password) => Err(PasswordMalformed.about("Password")),
        _ => Ok(()),
    }
}

/// Public traffic is billed in a way that exists.
pub(super) fn internet_charge_type(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.request.shared.internet_charge_type.as_deref() {
        None | Some("PayByTraffic" | "PayByBandwidth") => Ok(()),
        Some(_) => Err(InternetChargeTypeUnknown.about("InternetChargeType")),
    }
}

/// The bandwidth out is a number from 0 to 100.
pub(super) fn bandwidth_out(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let Some(raw) = &draft.request.shared.internet_max_bandwidth_out else { return Ok(()) };
    let out = raw.read().filter(|out| (0..=BANDWIDTH_OUT_MAX).contains(out));
    draft.bandwidth_out = out.ok_or_else(|| BandwidthOutInvalid.about("InternetMaxBandwidthOut"))?;
    Ok(())
}

/// The bandwidth in is a number from 1 to 200.
pub(super) fn bandwidth_in(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let Some(raw) = &draft.request.shared.internet_max_bandwidth_in else { return Ok(()) };
    let bandwidth = raw.read().filter(|bandwidth| (1..=BANDWIDTH_IN_MAX).contains(bandwidth));
    let bandwidth = bandwidth.ok_or_else(|| BandwidthInInvalid.about("InternetMaxBandwidthIn"))?;
    draft.bandwidth_in = Some(bandwidth);
    Ok(())
}

/// The I/O mode is one that exists.
pub(super) fn io_optimized(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    draft.io = match draft.request.shared.io_optimized.as_deref() {
        None => None,
        Some("none") => Some(false),
        Some("optimized") => Some(true),
        Some(_) => return Err(IoOptimizedUnknown.about("IoOptimized")),
    };
    Ok(())
}

/// The instance is paid in a way that exists.
pub(super) fn charge_type(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    draft.is_order = match draft.request.shared.instance_charge_type.as_deref() {
        None | Some(POST_PAID) => false,
        Some(PRE_PAID) => true,
        Some(_) => return Err(InstanceChargeTypeUnknown.about("InstanceChargeType")),
    };
    Ok(())
}

/// The spot strategy is one that exists. A dedicated host knows no spot instances.
pub(super) fn spot_strategy(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let shared = &draft.request.shared;
    if shared.dedicated_host_id.is_some() {
        return Ok(());
    }
    draft.spot = match shared.spot_strategy.as_deref() {
        None | Some("NoSpot") => SpotStrategy::NoSpot,
        Some("SpotWithPriceLimit") => SpotStrategy::SpotWithPriceLimit,
        Some("SpotAsPriceGo") => SpotStrategy::SpotAsPriceGo,
        Some(_) => return Err(SpotStrategyUnknown.about("SpotStrategy")),
    };
    Ok(())
}

/// A spot instance is no subscription.
pub(super) fn spot_payment(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    if draft.spot != SpotStrategy::NoSpot && draft.is_order {
        return Err(SpotWithSubscription.about("SpotStrategy"));
    }
    Ok(())
}

/// A bid with a limit names it: above zero, at most three decimals.
pub(super) fn spot_price_limit(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    if draft.spot != SpotStrategy::SpotWithPriceLimit {
        return Ok(());
    }
    let limit = draft.request.shared.spot_price_limit.as_ref();
    let limit = limit.and_then(|raw| raw.text.parse::<Money>().ok());
    let limit = limit.filter(|limit| *limit > Money::ZERO && limit.decimals() <= 3);
    draft.spot_limit = Some(limit.ok_or_else(|| SpotPriceLimitInvalid.about("SpotPriceLimit"))?);
    Ok(())
}

/// User data is not too long.
pub(super) fn user_data_length(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let decoded = draft.request.shared.user_data.as_deref().and_then(rules::decode_user_data);
    match decoded {
        Some(bytes) if bytes.len() > rules::USER_DATA_MAX => Err(UserDataTooLong.about("UserData")),
        _ => Ok(()),
    }
}

/// The category of the system disk exists.
pub(super) fn system_disk_category(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let Some(text) = &draft.system.category_text else { return Ok(()) };
    let category = DiskCategory::find(text);
    draft.system.category =
        Some(category.ok_or_else(|| SystemDiskCategoryUnknown.about("SystemDisk.Category"))?);
    Ok(())
}

/// The disks can have their names.
pub(super) fn disk_names(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let mut names = draft.disks().filter_map(|disk| disk.name.as_ref());
    if names.all(is_resource_name) { Ok(()) } else { Err(DiskNameMalformed.about("DiskName")) }
}

/// The disks can have their descriptions.
pub(super) fn disk_descriptions(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let mut descriptions = draft.disks().filter_map(|disk| disk.description.as_ref());
    match descriptions.all(is_description) {
        true => Ok(()),
        false => Err(DiskDescriptionMalformed.about("Description")),
    }
}

/// The size of the system disk is a number above zero.
pub(super) fn system_disk_size(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let Some(raw) = &draft.system.size_text else { return Ok(()) };
    let size = raw.read().and_then(|size| u64::try_from(size).ok()).filter(|size| *size > 0);
    draft.system.size_gib = size.ok_or_else(|| SystemDiskSizeInvalid.about("SystemDisk.Size"))?;
    Ok(())
}

/// The categories of the data disks exist.
pub(super) fn data_disk_categories(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    for disk in &mut draft.data {
        let Some(text) = &disk.category_text else { continue };
        let category = DiskCategory::find(text);
        disk.category = Some(category.ok_or_else(|| DiskCategoryUnknown.about("DataDisk.Category"))?);
    }
    Ok(())
}

/// Encrypted says true or false.
pub(super) fn encrypted(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    for disk in draft.disks_mut() {
        let Some(raw) = &disk.encrypted_text else { continue };
        disk.encrypted = raw.read().ok_or_else(|| EncryptedMalformed.about("Encrypted"))?;
    }
    Ok(())
}
