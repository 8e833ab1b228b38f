//! The end of a subscription: it is renewed, or the instance stops and is locked.

use moyun_store::Fault;

use crate::catalog::money::Money;
use crate::catalog::wares::Wares;
use crate::cx::Cx;
use crate::ecs::disk::record::Disk;
use crate::ecs::instance::creation::price::Term;
use crate::ecs::instance::life::FINANCIAL_LOCK;
use crate::ecs::instance::record::{Instance, PRE_PAID, Payment, Status};
use crate::world::Fact;

/// A subscription that renews itself.
pub const AUTO_RENEWAL: &str = "AutoRenewal";
/// A subscription that its owner renews.
pub const NORMAL: &str = "Normal";
/// A subscription that its owner lets run out.
pub const NOT_RENEWAL: &str = "NotRenewal";

impl Payment {
    /// Whether and by whom a subscription is renewed.
    pub fn renewal_status(&self) -> &'static str {
        match &self.auto_renew {
            Some(_) => AUTO_RENEWAL,
            None if self.ends_for_good => NOT_RENEWAL,
            None => NORMAL,
        }
    }
}

impl Instance {
    /// Pays for the next period of a subscription that renews itself; false when it does not, or nobody pays.
    pub(super) fn renew(&mut self, cx: &mut Cx<'_>) -> Result<bool, Fault> {
        let (Some((period, unit)), Some(expires_ms)) = (&self.payment.auto_renew, self.payment.expires_ms)
        else {
            return Ok(false);
        };
        let term = Term::of(*period, unit);
        let price = self.subscribed(term, cx)?;
        let billing = Fact::of_account(&cx.tx, cx.account())?.billing;
        let is_payable = billing.payment_methods.iter().any(|method| method.pays_orders());
        if !is_payable || price > billing.balance + billing.credit_limit {
            return Ok(false);
        }
        cx.charge(price)?;
        self.payment.expires_ms = Some(term.ends_ms(expires_ms));
        Ok(true)
    }

    /// Stops an instance that is no longer paid for, until somebody pays.
    pub(super) fn run_out(&mut self, cx: &Cx<'_>) -> Result<(), Fault> {
        self.locks.push(FINANCIAL_LOCK.to_owned());
        match self.status {
            Status::Stopped | Status::Stopping => Ok(()),
            Status::Pending => self.go_through(&[Status::Stopped], cx),
            Status::Starting | Status::Running => self.go_through(&[Status::Stopping, Status::Stopped], cx),
        }
    }

    /// What a term of the instance costs, with those of its disks that are part of the subscription.
    pub(super) fn subscribed(&self, term: Term, cx: &Cx<'_>) -> Result<Money, Fault> {
        let wares = Fact::wares(&cx.tx)?;
        let disks = cx.disks_of(&self.id)?.into_iter();
        let disks: Vec<Disk> = disks.filter(|disk| disk.charge_type == PRE_PAID).collect();
        Ok(self.hour_with(&disks, &wares) * term.hours_charged(&wares.prices))
    }

    /// What an hour of the instance costs with these disks.
    pub(super) fn hour_with(&self, disks: &[Disk], wares: &Wares) -> Money {
        let kind = wares.find_type(&self.instance_type);
        kind.map_or(Money::ZERO, |kind| kind.price_per_hour) + disks.iter().map(|disk| disk.hour(wares)).sum()
    }
}
