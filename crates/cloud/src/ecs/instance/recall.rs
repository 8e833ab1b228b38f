//! How the cloud takes a spot instance back: its limit is below the market price, and nothing protects it any more.

use moyun_store::Fault;

use crate::cx::Cx;
use crate::ecs::instance::life::STOP_CHARGING;
use crate::ecs::instance::record::{Instance, Status};
use crate::world::Fact;

/// The lock of a spot instance that is about to go.
pub const RECYCLING_LOCK: &str = "Recycling";

/// From the announcement to the end.
const NOTICE_MS: i64 = 5 * 60 * 1000;

impl Instance {
    /// Whether a price that rises concerns it from this moment on.
    pub fn is_exposed(&self) -> bool {
        self.payment.spot_price_limit.is_some()
            && self.payment.spot_judged_ms.is_none()
            && self.payment.recalled_ms.is_none()
            && self.holds_stock()
    }

    /// Compares its limit with the market price; above it, its end is announced.
    pub(super) fn face_market(&mut self, cx: &Cx<'_>) -> Result<(), Fault> {
        self.payment.spot_judged_ms = None;
        let Some(limit) = self.payment.spot_price_limit.filter(|_| self.is_exposed()) else { return Ok(()) };
        let (zone, wares) = (Fact::of_zone(&cx.tx, &self.zone)?, Fact::wares(&cx.tx)?);
        let kind = wares.find_type(&self.instance_type);
        let price = zone.zip(kind).map(|(zone, kind)| wares.market_price(&zone, kind));
        if price.is_some_and(|price| price > limit) {
            self.locks.push(RECYCLING_LOCK.to_owned());
            self.payment.recalled_ms = Some(cx.now_ms() + NOTICE_MS);
        }
        Ok(())
    }

    /// Releases or stops it, as its owner chose.
    pub(super) fn take_back(mut self, cx: &mut Cx<'_>) -> Result<(), Fault> {
        if self.payment.spot_interruption_behavior != "Stop" {
            return cx.release(&self);
        }
        self.payment.recalled_ms = None;
        self.locks.retain(|lock| lock != RECYCLING_LOCK);
        let held_stock = self.holds_stock();
        STOP_CHARGING.clone_into(&mut self.stopped_mode);
        if !matches!(self.status, Status::Stopping | Status::Stopped) {
            self.go_through(&[Status::Stopping, Status::Stopped], cx)?;
        }
        if held_stock {
            cx.return_stock(&self.zone, &self.instance_type, 1)?;
        }
        cx.put(&self)
    }
}
