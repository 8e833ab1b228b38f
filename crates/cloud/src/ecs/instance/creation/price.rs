//! What instances cost.

use moyun_store::Fault;

use crate::catalog::money::Money;
use crate::catalog::wares::PriceFacts;
use crate::cx::Cx;
use crate::ecs::instance::life::renewed;
use crate::world::Fact;

/// A month that is charged by its days.
const MONTH_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// The months that subscriptions are sold for.
pub(super) const MONTHS: &[i64] = &[1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 24, 36, 48, 60];
/// The weeks that subscriptions are sold for.
pub(super) const WEEKS: &[i64] = &[1, 2, 3, 4];

/// How long a subscription runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// So many months.
    Months(i64),
    /// So many weeks.
    Weeks(i64),
}

impl Term {
    /// So many units: `Week`, `Month` or `Year`.
    pub fn of(period: i64, unit: &str) -> Term {
        match unit {
            "Week" => Term::Weeks(period),
            "Year" => Term::Months(12 * period),
            _ => Term::Months(period),
        }
    }

    /// Whether subscriptions are sold for it.
    pub fn is_sold(self) -> bool {
        match self {
            Term::Months(months) => MONTHS.contains(&months),
            Term::Weeks(weeks) => WEEKS.contains(&weeks),
        }
    }

    /// When it ends if it begins now.
    pub fn ends_ms(self, now_ms: i64) -> i64 {
        match self {
            Term::Weeks(weeks) => renewed(now_ms, weeks, "Week"),
            Term::Months(months) => renewed(now_ms, months, "Month"),
        }
    }

    /// How many hours it is charged as.
    pub fn hours_charged(self, prices: &PriceFacts) -> i64 {
        match self {
            Term::Months(months) => months * i64::from(prices.hours_per_month),
            Term::Weeks(weeks) => weeks * i64::from(prices.hours_per_week),
        }
    }
}

/// How many hours the rest of a term is charged as; a begun one counts.
pub fn rest_charged(rest_ms: i64, prices: &PriceFacts) -> i64 {
    (rest_ms.max(0) * i64::from(prices.hours_per_month) + MONTH_MS - 1).div_euclid(MONTH_MS)
}

impl Cx<'_> {
    /// Charges the caller's account, first its balance, then its credit. Whether it has that much was checked before.
    pub fn charge(&mut self, amount: Money) -> Result<(), Fault> {
        let mut facts = Fact::of_account(&self.tx, self.account())?;
        // What the balance lacks is what is used of the credit.
        facts.billing.balance = facts.billing.balance - amount;
        self.put(&Fact { name: self.account().to_string(), facts })
    }
}
