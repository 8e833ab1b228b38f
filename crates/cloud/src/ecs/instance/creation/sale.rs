//! Phase 13: the zone sells what is asked for.

use crate::catalog::offer;
use crate::catalog::regions::PostPaidSales;
use crate::cx::Cx;
use crate::ecs::instance::creation::draft::Draft;
use crate::errors::{
    ApiError, NoZoneOffersCombination, PostPaidSalesSuspended, ZoneLacksDiskCategory, ZoneLacksInstanceType,
    ZoneNotOnSale,
};
use crate::world::Fact;

/// The zone is open for sale.
pub(super) fn zone_open(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    if offer::is_on_sale(draft.zone()) { Ok(()) } else { Err(ZoneNotOnSale.about("ZoneId")) }
}

/// The region sells by the hour.
pub(super) fn post_paid(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match !draft.is_order && draft.region.postpaid_sales == PostPaidSales::Suspended {
        true => Err(PostPaidSalesSuspended.about("InstanceChargeType")),
        false => Ok(()),
    }
}

/// Some zone of the region offers the type in this network and I/O mode with this system disk.
pub(super) fn combination(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    let (kind, network, io_optimized) = (draft.instance_type(), draft.network(), draft.io_optimized());
    let offers = |zone| offer::zone_offers(zone, kind, network, io_optimized, draft.system.category());
    // The chosen zone is most likely one of them, and it is at hand.
    let offered =
        offers(draft.zone()) || Fact::zones_of(&cx.tx, cx.region())?.iter().any(|(_, zone)| offers(zone));
    if offered { Ok(()) } else { Err(NoZoneOffersCombination.about("InstanceType")) }
}

/// The zone offers the type.
pub(super) fn instance_type(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match offer::zone_has_type(draft.zone(), draft.instance_type()) {
        true => Ok(()),
        false => Err(ZoneLacksInstanceType.about("InstanceType")),
    }
}

/// The zone offers the categories of the disks.
pub(super) fn disk_categories(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.disks().all(|disk| offer::zone_has_category(draft.zone(), disk.category())) {
        true => Ok(()),
        false => Err(ZoneLacksDiskCategory.about("DiskCategory")),
    }
}
