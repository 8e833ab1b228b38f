//! Phase 15: the units of a type that a zone has left.

use moyun_store::Fault;

use crate::catalog::zones::Stock;
use crate::cx::Cx;
use crate::ecs::instance::creation::draft::Draft;
use crate::errors::{ApiError, OutOfStock};
use crate::ids::ZoneId;
use crate::world::Fact;

/// The zone has as many units as are asked for, or at least MinAmount.
pub(super) fn units(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let count = draft.zone().stock_of(draft.instance_type().id).at_most(draft.amount);
    let least = draft.request.min_amount.and_then(|min| u64::try_from(min).ok()).unwrap_or(draft.amount);
    if count < least {
        return Err(OutOfStock.about("InstanceType"));
    }
    draft.count = count;
    Ok(())
}

impl Cx<'_> {
    /// Takes units of a type out of the stock of a zone, if that is limited.
    pub fn take_stock(&mut self, zone: &ZoneId, instance_type: &str, count: u64) -> Result<(), Fault> {
        self.change_stock(zone, instance_type, |left| left.saturating_sub(count))
    }

    /// Puts units of a type back into the stock of a zone, if that is limited.
    pub fn return_stock(&mut self, zone: &ZoneId, instance_type: &str, count: u64) -> Result<(), Fault> {
        self.change_stock(zone, instance_type, |left| left.saturating_add(count))
    }

    // The zone is everybody's, but a write has the lane of its account: two accounts that take the last unit at the
    // same time both get it.
    fn change_stock(
        &mut self,
        zone: &ZoneId,
        instance_type: &str,
        change: impl FnOnce(u64) -> u64,
    ) -> Result<(), Fault> {
        let Some(mut facts) = Fact::of_zone(&self.tx, zone)? else { return Ok(()) };
        let Some(Stock::Units(left)) = facts.stock.get(instance_type).copied() else { return Ok(()) };
        facts.stock.insert(instance_type.to_owned(), Stock::Units(change(left)));
        self.put(&Fact { name: zone.to_string(), facts })
    }
}
