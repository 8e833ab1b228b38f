//! Phase 11: what the account may use.

use crate::catalog::accounts::SpotStrategy;
use crate::catalog::disk_categories::DiskCategory;
use crate::catalog::offer;
use crate::cx::Cx;
use crate::ecs::instance::creation::draft::Draft;
use crate::errors::{
    AccountNotAdmittedToSpot, ApiError, InstanceTypeByInvitation, MarketImageNotSubscribed,
    SnapshotTooLargeOrCategoryNotGranted, SpotParameterNotGranted, SystemDiskCategoryNotGranted,
    UserDataNotGranted, ZoneByInvitation,
};

/// The hours for which a spot instance is safe when the request does not say.
pub(super) const SPOT_DURATION: i64 = 1;

/// The account may use user data.
pub(super) fn user_data(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    if draft.request.shared.user_data.is_some() && !draft.account.entitlements.user_data {
        return Err(UserDataNotGranted.about("UserData"));
    }
    Ok(())
}

/// The account may use the instance type.
pub(super) fn instance_type(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match offer::may_use_type(&draft.account, draft.instance_type()) {
        true => Ok(()),
        false => Err(InstanceTypeByInvitation.about("InstanceType")),
    }
}

/// The account may use the category of the system disk.
pub(super) fn system_disk_category(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match may_use(draft, draft.system.category()) {
        true => Ok(()),
        false => Err(SystemDiskCategoryNotGranted.about("SystemDisk.Category")),
    }
}

/// The account may use the categories of the data disks.
pub(super) fn data_disk_categories(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.data.iter().all(|disk| may_use(draft, disk.category())) {
        true => Ok(()),
        false => Err(SnapshotTooLargeOrCategoryNotGranted.about("DataDisk.Category")),
    }
}

fn may_use(draft: &Draft, category: DiskCategory) -> bool {
    offer::may_use_category(&draft.account, category)
}

/// The zone sells to the account.
pub(super) fn zone(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match offer::is_open_to(draft.zone_id().as_str(), draft.zone(), &draft.account) {
        true => Ok(()),
        false => Err(ZoneByInvitation.about("ZoneId")),
    }
}

/// The account may use spot instances.
pub(super) fn spot(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    if draft.spot != SpotStrategy::NoSpot && !draft.account.entitlements.spot.allowed {
        return Err(AccountNotAdmittedToSpot.about("SpotStrategy"));
    }
    Ok(())
}

/// The account may use them with this strategy and for so many safe hours.
pub(super) fn spot_parameters(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    if draft.spot == SpotStrategy::NoSpot {
        return Ok(());
    }
    let granted = &draft.account.entitlements.spot;
    let hours = draft.request.shared.spot_duration.unwrap_or(SPOT_DURATION);
    if !granted.strategies.contains(&draft.spot) {
        return Err(SpotParameterNotGranted.about("SpotStrategy"));
    }
    if !granted.durations.iter().any(|granted| i64::from(*granted) == hours) {
        return Err(SpotParameterNotGranted.about("SpotDuration"));
    }
    Ok(())
}

/// The account has subscribed to the product that is in the image.
pub(super) fn market_image(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let subscriptions = &draft.account.marketplace.subscriptions;
    match &draft.image().product_code {
        Some(code) if !subscriptions.contains_key(code) => Err(MarketImageNotSubscribed.about("ImageId")),
        _ => Ok(()),
    }
}
