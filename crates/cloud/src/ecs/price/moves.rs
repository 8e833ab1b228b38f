//! Moves of market prices: how long they are remembered, and whom they concern.

use moyun_store::{Fault, Key, Lane, Record, Table, Tx};
use serde::{Deserialize, Serialize};

use crate::catalog::instance_types;
use crate::catalog::money::Money;
use crate::catalog::zones::ZoneFacts;
use crate::cx::Cx;
use crate::ecs::instance::creation::price::market_price;
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

/// Remembers what became of the prices of these zones, and has the instances judged by them that may cost too much now.
pub fn note(tx: &mut Tx<'_>, before: &[Fact<ZoneFacts>], now_ms: i64) -> Result<(), Fault> {
    for old in before {
        let zone = ZoneId::from(old.name.as_str());
        let Some(new) = Fact::of_zone(tx, &zone)? else { continue };
        if new.spot_prices == old.facts.spot_prices {
            continue;
        }
        for kind in instance_types::all() {
            let (before, after) = (market_price(&old.facts, kind), market_price(&new, kind));
            if before == after {
                continue;
            }
            let instance_type = kind.id.to_owned();
            let mut last = PriceMove { zone: zone.clone(), instance_type, at_ms: now_ms, before, after };
            if let Some(same_moment) = tx.find::<PriceMove>(&last.key())? {
                last.before = same_moment.before;
            }
            tx.put(&last)?;
            have_judged(tx, &zone, kind.id, now_ms)?;
        }
    }
    Ok(())
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
