//! The end of a subscription: it is renewed, or the instance stops and is locked.

use moyun_store::Fault;

use crate::catalog::instance_types;
use crate::catalog::money::Money;
use crate::cx::Cx;
use crate::ecs::disk::record::Disk;
use crate::ecs::instance::creation::price::{Term, disk_hour};
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
        let price = self.subscribed_hour(cx)? * term.hours_charged();
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

    /// What an hour of the instance costs, with those of its disks that are part of the subscription.
    pub(super) fn subscribed_hour(&self, cx: &Cx<'_>) -> Result<Money, Fault> {
        let disks = cx.disks_of(&self.id)?.into_iter();
        let disks: Vec<Disk> = disks.filter(|disk| disk.charge_type == PRE_PAID).collect();
        Ok(self.hour_with(&disks))
    }

    /// What an hour of the instance costs with these disks.
    pub(super) fn hour_with(&self, disks: &[Disk]) -> Money {
        let disks = disks.iter();
        let kind = instance_types::find(&self.instance_type);
        kind.map_or(Money::ZERO, |kind| kind.price_per_hour)
            + disks.map(|disk| disk_hour(disk.category, disk.performance_level, disk.size_gib)).sum()
    }
}
