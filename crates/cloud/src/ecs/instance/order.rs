//! Orders on instances that are there: paying for a term, and changing how an instance is paid.

use moyun_store::Fault;

use crate::catalog::money::Money;
use crate::catalog::wares::PriceFacts;
use crate::cx::Cx;
use crate::ecs::disk::record::Disk;
use crate::ecs::instance::creation::price::{Term, rest_charged};
use crate::ecs::instance::life::{FINANCIAL_LOCK, NOT_APPLICABLE};
use crate::ecs::instance::record::{Instance, POST_PAID, PRE_PAID};
use crate::errors::{ApiError, BalanceTooLow, PeriodInvalid};
use crate::world::Fact;

/// The term that a request asks for, if it is sold.
pub(super) fn term(period: i64, unit: &str) -> Result<Term, ApiError> {
    let term = Term::of(period, unit);
    if term.is_sold() { Ok(term) } else { Err(PeriodInvalid.about("Period")) }
}

impl Instance {
    /// Prolongs a subscription, from its end or, after that, from now on.
    pub(super) fn prolong(&mut self, term: Term, now_ms: i64) {
        let from_ms = self.payment.expires_ms.unwrap_or(now_ms).max(now_ms);
        self.payment.expires_ms = Some(term.ends_ms(from_ms));
        self.locks.retain(|lock| lock != FINANCIAL_LOCK);
    }

    /// Makes a subscription of an instance that was paid by the hour.
    pub(super) fn subscribe(&mut self, term: Term, now_ms: i64) {
        self.payment.charge_type = PRE_PAID.to_owned();
        self.payment.expires_ms = Some(term.ends_ms(now_ms));
        self.payment.auto_release_ms = None;
        self.stopped_mode = NOT_APPLICABLE.to_owned();
    }

    /// What the rest of the term costs if an hour costs so much.
    pub(in crate::ecs) fn rest_of_term(&self, hour: Money, now_ms: i64, prices: &PriceFacts) -> Money {
        hour * self.payment.expires_ms.map_or(0, |expires_ms| rest_charged(expires_ms - now_ms, prices))
    }

    /// Has a subscription paid by the hour from now on.
    pub(super) fn unsubscribe(&mut self) {
        self.payment.charge_type = POST_PAID.to_owned();
        self.payment.expires_ms = None;
        self.payment.auto_renew = None;
        self.payment.ends_for_good = false;
    }
}

impl Cx<'_> {
    /// Refuses an order that the caller's account cannot pay.
    pub(in crate::ecs) fn check_payable(&self, price: Money) -> Result<(), ApiError> {
        let billing = Fact::of_account(&self.tx, self.account())?.billing;
        let pays_orders = billing.payment_methods.iter().any(|method| method.pays_orders());
        match pays_orders && price <= billing.balance + billing.credit_limit {
            true => Ok(()),
            false => Err((&BalanceTooLow).into()),
        }
    }

    /// Has disks paid in another way.
    pub(super) fn charge_disks(&mut self, disks: Vec<Disk>, charge_type: &str) -> Result<(), Fault> {
        for mut disk in disks {
            charge_type.clone_into(&mut disk.charge_type);
            self.put(&disk)?;
        }
        Ok(())
    }
}
