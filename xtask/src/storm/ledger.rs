//! What adds up: stock, money, quotas and addresses.

use std::collections::{BTreeMap, BTreeSet};

use moyun_cloud::catalog::accounts::AccountFacts;
use moyun_cloud::catalog::money::Money;
use moyun_cloud::catalog::zones::{Stock, ZoneFacts};
use moyun_cloud::cloud::Cloud;
use moyun_cloud::ecs::instance::record::{Instance, Network, POST_PAID};
use moyun_cloud::world::Fact;
use moyun_store::{Fault, Key, Tx};
use serde_json::Value;

use super::judge::{Problem, problem};
use super::side::Came;
use super::step::Step;

/// The largest difference between an amount and how a reply writes it.
const ROUNDING: f64 = 0.0051;

/// A larger system disk of a subscription is paid, but the documented reply has no room for the order.
const SILENT_ORDER: &str = "ReplaceSystemDisk";

/// The sums over all records.
pub(super) struct Ledger {
    /// Units of a type in a zone that are left or that instances hold, where they are counted.
    stock: BTreeMap<(String, String), u64>,
    accounts: BTreeMap<String, AccountFacts>,
    /// Instances that are paid by the hour, by account and region.
    post_paid: BTreeMap<(String, String), u64>,
}

impl Ledger {
    /// Adds up the records; no address may belong to two.
    pub(super) fn of(cloud: &Cloud) -> Result<Ledger, Problem> {
        let read = cloud.read(|tx, _| {
            let instances = tx.list::<Instance>(&Key::new())?;
            Ok((addresses(&instances), Ledger::add_up(tx, &instances)?))
        });
        let (addresses, ledger) =
            read.map_err(|fault| problem("the records cannot be read", fault.to_string()))?;
        addresses.map(|()| ledger)
    }

    fn add_up(tx: &Tx<'_>, instances: &[Instance]) -> Result<Ledger, Fault> {
        let (mut stock, mut post_paid) = (BTreeMap::new(), BTreeMap::new());
        for zone in Fact::<ZoneFacts>::all(tx)? {
            for (kind, units) in zone.facts.stock {
                if let Stock::Units(left) = units {
                    stock.insert((zone.name.clone(), kind), left);
                }
            }
        }
        for instance in instances {
            let place = (instance.zone.to_string(), instance.instance_type.clone());
            if let Some(units) = stock.get_mut(&place).filter(|_| instance.holds_stock()) {
                *units += 1;
            }
            if instance.payment.charge_type == POST_PAID {
                let scope = (instance.account.to_string(), instance.region.to_string());
                *post_paid.entry(scope).or_default() += 1;
            }
        }
        let accounts = Fact::<AccountFacts>::all(tx)?;
        let accounts = accounts.into_iter().map(|account| (account.name, account.facts)).collect();
        Ok(Ledger { stock, accounts, post_paid })
    }

    /// Whether a step led from these sums to those. The world may change as it likes.
    pub(super) fn leads_to(&self, after: &Ledger, step: &Step, came: &Came) -> Result<(), Problem> {
        if matches!(step, Step::Patch { .. }) {
            return Ok(());
        }
        if self.stock != after.stock {
            let sentence = format!("{:?} became {:?}", self.stock, after.stock);
            return Err(problem("stock does not add up", sentence));
        }
        for ((account, region), count) in &after.post_paid {
            let before = self.post_paid.get(&(account.clone(), region.clone())).copied().unwrap_or_default();
            let quota = after.accounts.get(account).map_or(0, |facts| facts.quotas.postpaid_instances);
            if *count > before && *count > u64::from(quota) {
                let sentence = format!("{account} has {count} in {region}, and may have {quota}");
                return Err(problem("more PostPaid instances than the quota", sentence));
            }
        }
        self.accounts.keys().try_for_each(|account| self.money(after, account, step, came))
    }

    /// Whether the balance of an account is what it was, less what a call says that it cost.
    fn money(&self, after: &Ledger, account: &str, step: &Step, came: &Came) -> Result<(), Problem> {
        let (Some(was), Some(is)) = (self.billing(account), after.billing(account)) else {
            return Err(problem("an account is gone", account));
        };
        let paid = was.0 - is.0;
        let told = format!("{account} had {} and has {}", was.0, is.0);
        if paid > Money::ZERO && Money::ZERO > is.0 + is.1 {
            return Err(problem("an order without the money for it", told));
        }
        // Subscriptions that renew themselves are paid as time passes.
        let (Step::Call(request), Came::Answer(Ok(body))) = (step, came) else { return Ok(()) };
        let orders = body.contains("OrderId") || request.entry.spec.name == SILENT_ORDER;
        if request.actor.account() != account || !orders {
            let is_kept = paid == Money::ZERO;
            return if is_kept { Ok(()) } else { Err(problem("money went without an order", told)) };
        }
        let waits =
            |(name, value): &(String, String)| name == "AutoPay" && value.eq_ignore_ascii_case("false");
        if paid == Money::ZERO && request.pairs.iter().any(waits) {
            // The order waits for its payment.
            return Ok(());
        }
        let price = serde_json::from_str::<Value>(body).ok().and_then(|reply| reply["TradePrice"].as_f64());
        match price {
            Some(price) if (price - paid.in_micros() as f64 / 1e6).abs() > ROUNDING => {
                Err(problem("an order costs something else", format!("{told}, and was told {price}")))
            }
            _ => Ok(()),
        }
    }

    /// Balance and credit.
    fn billing(&self, account: &str) -> Option<(Money, Money)> {
        let billing = &self.accounts.get(account)?.billing;
        Some((billing.balance, billing.credit_limit))
    }
}

/// No address belongs to two.
fn addresses(instances: &[Instance]) -> Result<(), Problem> {
    let mut seen = BTreeSet::new();
    for instance in instances {
        let private = match &instance.network {
            Network::Vpc { vpc, address, .. } => (vpc.to_string(), *address),
            Network::Classic { address } => (format!("classic {}", instance.region), *address),
        };
        let public = instance.internet.address.map(|address| ("public".to_owned(), address));
        for address in public.into_iter().chain([private]) {
            if !seen.insert(address.clone()) {
                return Err(problem("an address belongs to two", format!("{address:?}, {}", instance.id)));
            }
        }
    }
    Ok(())
}
