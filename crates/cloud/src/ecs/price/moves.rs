//! Moves of market prices: how long they are remembered, and whom they concern.

use std::sync::Arc;

use moyun_store::{Fault, Key, Lane, Record, Table, Tx};
use serde::{Deserialize, Serialize};

use crate::catalog::money::Money;
use crate::catalog::offer;
use crate::catalog::wares::Wares;
use crate::catalog::zones::ZoneFacts;
use crate::cx::Cx;
use crate::ecs::instance::record::{BY_SPOT, Instance};
use crate::ids::ZoneId;
use crate::world::{Fact, zone_lane};

/// How long a move is remembered: 30 days.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// The market price of a type in a zone went from one to another.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PriceMove {
    /// The zone.
    pub zone: ZoneId,
    /// The instance type.
    pub instance_type: String,
    /// When.
    pub at_ms: i64,
    /// The price of an hour until then.
    pub before: Money,
    /// The price of an hour from then on.
    pub after: Money,
}

impl Record for PriceMove {
    const TABLE: Table = Table { id: 124, name: "price_move" };
    fn key(&self) -> Key {
        PriceMove::key_of(&self.zone, &self.instance_type).i64(self.at_ms)
    }
    fn lane(&self) -> Lane {
        // The price is a fact about the zone.
        zone_lane(self.zone.as_str())
    }
    fn due(&self) -> Option<i64> {
        Some(self.at_ms + KEPT_MS)
    }
}

impl PriceMove {
    /// What the keys of the moves of a price begin with.
    fn key_of(zone: &ZoneId, instance_type: &str) -> Key {
        Key::new().text(zone).text(instance_type)
    }

    /// The moves of a price that are remembered, the oldest first.
    pub fn all_of(tx: &Tx<'_>, zone: &ZoneId, instance_type: &str) -> Result<Vec<PriceMove>, Fault> {
        tx.list(&PriceMove::key_of(zone, instance_type))
    }

    /// What happens when a move falls due: it is forgotten.
    pub(crate) fn fall_due(cx: &mut Cx<'_>, key: &Key) -> Result<(), Fault> {
        cx.tx.delete::<PriceMove>(key).map(|_| ())
    }
}

/// What decides about the market prices.
pub struct Market {
    zones: Vec<Fact<ZoneFacts>>,
    wares: Arc<Wares>,
}

impl Market {
    /// The market as it is.
    pub fn look(tx: &Tx<'_>) -> Result<Market, Fault> {
        Ok(Market { zones: Fact::all(tx)?, wares: Fact::wares(tx)? })
    }

    /// Remembers what became of the prices since, and has the instances judged by them that may cost too much now.
    pub fn note_moves(&self, tx: &mut Tx<'_>, now_ms: i64) -> Result<(), Fault> {
        let wares = Fact::wares(tx)?;
        for old in &self.zones {
            let zone = ZoneId::from(old.name.as_str());
            let Some(new) = Fact::of_zone(tx, &zone)? else { continue };
            if new.spot_prices == old.facts.spot_prices && wares == self.wares {
                continue;
            }
            for kind in wares.types() {
                let Some(old_kind) = self.wares.find_type(&kind.id) else { continue };
                let before = self.wares.market_price(&old.facts, old_kind);
                let after = wares.market_price(&new, kind);
                let is_shown = offer::zone_has_type(&new, kind) || new.spot_prices != old.facts.spot_prices;
                if before != after && is_shown {
                    note(tx, &zone, &kind.id, (before, after), now_ms)?;
                }
            }
        }
        Ok(())
    }
}

/// Remembers that a price moved at this moment.
fn note(
    tx: &mut Tx<'_>,
    zone: &ZoneId,
    instance_type: &str,
    (before, after): (Money, Money),
    now_ms: i64,
) -> Result<(), Fault> {
    let instance_type = instance_type.to_owned();
    let mut last = PriceMove { zone: zone.clone(), instance_type, at_ms: now_ms, before, after };
    if let Some(same_moment) = tx.find::<PriceMove>(&last.key())? {
        last.before = same_moment.before;
    }
    tx.put(&last)?;
    have_judged(tx, zone, &last.instance_type, now_ms)
}

/// Has the instances that nothing protects compared with the market price at once.
fn have_judged(tx: &mut Tx<'_>, zone: &ZoneId, instance_type: &str, now_ms: i64) -> Result<(), Fault> {
    let key = Key::new().text(zone).text(instance_type);
    for mut instance in tx.index_list::<Instance>(BY_SPOT, &key, 0, usize::MAX)? {
        if instance.is_exposed() {
            instance.payment.spot_judged_ms = Some(now_ms);
            tx.put(&instance)?;
        }
    }
    Ok(())
}
