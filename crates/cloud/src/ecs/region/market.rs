//! What a zone has for an account at this moment, and how well it is supplied.

use std::sync::Arc;

use crate::catalog::accounts::AccountFacts;
use crate::catalog::disk_categories::DiskCategory;
use crate::catalog::instance_types::{InstanceType, NetworkType};
use crate::catalog::offer;
use crate::catalog::regions::{PostPaidSales, RegionFacts};
use crate::catalog::wares::Wares;
use crate::catalog::zones::{Creatable, ZoneFacts};
use crate::cx::Cx;
use crate::errors::ApiError;
use crate::ids::ZoneId;
use crate::world::Fact;

/// What decides about everything that is for sale in a region.
pub(super) struct Market {
    pub(super) wares: Arc<Wares>,
    pub(super) account: AccountFacts,
    pub(super) region: RegionFacts,
    /// Whether instances are to be PostPaid.
    pub(super) is_postpaid: bool,
    /// The zones that the account may see, by name.
    pub(super) zones: Vec<(ZoneId, ZoneFacts)>,
}

/// How well something is supplied, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Supply {
    /// There is none, and none will come.
    Closed,
    /// There is none at present.
    SoldOut,
    /// There is some, but it will not be restocked.
    LastOnes,
    /// There is some.
    Plenty,
}

impl Supply {
    /// The supply with a type that is or is not in stock; old types are not restocked.
    pub(super) fn of_type(is_in_stock: bool, kind: &InstanceType) -> Supply {
        match (is_in_stock, kind.retired) {
            (true, false) => Supply::Plenty,
            (true, true) => Supply::LastOnes,
            (false, false) => Supply::SoldOut,
            (false, true) => Supply::Closed,
        }
    }

    /// The word of StatusCategory.
    pub(super) fn category(self) -> &'static str {
        match self {
            Supply::Closed => "ClosedWithoutStock",
            Supply::SoldOut => "WithoutStock",
            Supply::LastOnes => "ClosedWithStock",
            Supply::Plenty => "WithStock",
        }
    }

    /// Whether some can be had.
    pub(super) fn is_available(self) -> bool {
        self >= Supply::LastOnes
    }

    /// The word of Status.
    pub(super) fn status(self) -> &'static str {
        if self.is_available() { "Available" } else { "SoldOut" }
    }
}

/// A way to place instances of one type in a zone.
pub(super) struct Place {
    pub(super) kind: Arc<InstanceType>,
    pub(super) network: NetworkType,
    pub(super) io_optimized: bool,
    pub(super) supply: Supply,
}

impl Market {
    /// The market of the region of the call, as the caller sees it.
    pub(super) fn look(cx: &Cx<'_>, charge_type: &str) -> Result<Market, ApiError> {
        let account = Fact::of_account(&cx.tx, cx.account())?;
        let region = cx.region();
        let mut zones = Fact::zones_of(&cx.tx, region)?;
        zones.retain(|(id, zone)| offer::is_listed_for(id.as_str(), zone, &account));
        let region =
            Fact::of_region(&cx.tx, region)?.expect("the call pipeline refuses regions that do not exist");
        Ok(Market {
            wares: Fact::wares(&cx.tx)?,
            account,
            region,
            is_postpaid: charge_type == "PostPaid",
            zones,
        })
    }

    /// Whether a zone sells instances in the way in which they are to be paid, in stock or not.
    pub(super) fn sells_instances(&self, zone: &ZoneFacts) -> bool {
        offer::is_on_sale(zone) && offer::zone_takes(zone, Creatable::Instance) && !self.is_suspended()
    }

    /// Every way in which the account can place a type that the zone has, sold out or not.
    pub(super) fn places(&self, zone: &ZoneFacts) -> Vec<Place> {
        let mut places = vec![];
        if !offer::zone_takes(zone, Creatable::Instance) {
            return places;
        }
        let kinds = self.wares.types().iter().filter(|kind| offer::may_use_type(&self.account, kind));
        for kind in kinds {
            for (network, io_optimized) in MODES {
                let has_disks = !self.system_disks(zone, kind, io_optimized).is_empty();
                let supply = self.supply(zone, kind);
                if has_disks && offer::zone_places(zone, kind, network, io_optimized) {
                    let kind = kind.clone();
                    places.push(Place { kind, network, io_optimized, supply });
                }
            }
        }
        places
    }

    /// The system disks that the account can have with a type in a zone.
    pub(super) fn system_disks(
        &self,
        zone: &ZoneFacts,
        kind: &InstanceType,
        io_optimized: bool,
    ) -> Vec<DiskCategory> {
        let mut categories = offer::system_disk_categories(zone, kind, io_optimized);
        categories.retain(|category| offer::may_use_category(&self.account, *category));
        categories
    }

    /// The disks of any instance type that the account can have in a zone.
    pub(super) fn disks(&self, zone: &ZoneFacts) -> Vec<DiskCategory> {
        let fits = |category: &DiskCategory| {
            offer::zone_has_category(zone, *category) && offer::may_use_category(&self.account, *category)
        };
        DiskCategory::ALL.iter().copied().filter(fits).collect()
    }

    /// How well a zone is supplied with a type.
    fn supply(&self, zone: &ZoneFacts, kind: &InstanceType) -> Supply {
        match offer::is_on_sale(zone) {
            true => Supply::of_type(offer::is_in_stock(zone, kind) && !self.is_suspended(), kind),
            false => Supply::Closed,
        }
    }

    /// Whether the region sells no instances in the way in which they are to be paid.
    fn is_suspended(&self) -> bool {
        self.is_postpaid && self.region.postpaid_sales == PostPaidSales::Suspended
    }
}

/// Every combination of network and I/O mode.
const MODES: [(NetworkType, bool); 4] = [
    (NetworkType::Vpc, true),
    (NetworkType::Vpc, false),
    (NetworkType::Classic, true),
    (NetworkType::Classic, false),
];
