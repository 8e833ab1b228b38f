//! Phase 16: the price, and whether the account can pay it.

use crate::catalog::accounts::SpotStrategy;
use crate::catalog::money::Money;
use crate::cx::Cx;
use crate::ecs::instance::creation::draft::Draft;
use crate::ecs::instance::creation::price::Term;
use crate::errors::{
    ApiError, BalanceTooLow, NoMethodPaysOrders, NoPaymentMethod, SpotPriceLimitBelowMarket,
};

impl Draft {
    /// How long a subscription runs; None when the instances are paid by the hour.
    pub(super) fn term(&self) -> Option<Term> {
        let shared = &self.request.shared;
        let period = shared.period.filter(|_| self.is_order)?;
        Some(Term::of(period, &shared.period_unit))
    }

    fn market_price(&self) -> Money {
        self.wares.market_price(self.zone(), self.instance_type())
    }

    /// What all instances cost, for the term or for an hour.
    pub(super) fn price(&self) -> Money {
        let instance = match self.spot {
            SpotStrategy::NoSpot => self.instance_type().price_per_hour,
            _ => self.market_price(),
        };
        let hour = instance + self.disks().map(|disk| disk.limits().hour(disk.size_gib)).sum();
        let hours = self.term().map_or(1, |term| term.hours_charged(&self.wares.prices));
        hour * hours * i64::try_from(self.count).unwrap_or(i64::MAX)
    }
}

/// A bid is not below the market.
pub(super) fn spot_price(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.spot_limit {
        Some(limit) if limit < draft.market_price() => Err(SpotPriceLimitBelowMarket.about("SpotPriceLimit")),
        _ => Ok(()),
    }
}

/// The account has a payment method.
pub(super) fn payment_method(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.account.billing.payment_methods.is_empty() {
        true => Err((&NoPaymentMethod).into()),
        false => Ok(()),
    }
}

/// One of them pays orders, if this is one.
pub(super) fn order_method(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let mut methods = draft.account.billing.payment_methods.iter();
    match draft.is_order && !methods.any(|method| method.pays_orders()) {
        true => Err(NoMethodPaysOrders.about("InstanceChargeType")),
        false => Ok(()),
    }
}

/// An order that is paid at once does not cost more than the account has.
pub(super) fn balance(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    if !draft.is_order || !draft.request.auto_pay {
        return Ok(());
    }
    let billing = &draft.account.billing;
    match draft.price() > billing.balance + billing.credit_limit {
        true => Err((&BalanceTooLow).into()),
        false => Ok(()),
    }
}
