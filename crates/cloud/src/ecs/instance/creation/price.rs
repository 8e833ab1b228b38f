//! What instances cost.

use moyun_store::Fault;
use time::{Date, Month, OffsetDateTime};

use crate::catalog::disk_categories::{DiskCategory, PerformanceLevel};
use crate::catalog::instance_types::{HOURS_PER_MONTH_CHARGED, InstanceType};
use crate::catalog::money::Money;
use crate::catalog::zones::ZoneFacts;
use crate::cx::Cx;
use crate::world::Fact;

/// How many hours a subscription week is charged as: a quarter of a month.
const HOURS_PER_WEEK_CHARGED: i64 = 108;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const WEEK_MS: i64 = 7 * DAY_MS;

/// How long a subscription runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// So many months.
    Months(i64),
    /// So many weeks.
    Weeks(i64),
}

impl Term {
    /// When it ends if it begins now: a month ends on the same day of a later month, or on its last one.
    pub fn ends_ms(self, now_ms: i64) -> i64 {
        match self {
            Term::Weeks(weeks) => now_ms + weeks * WEEK_MS,
            Term::Months(months) => months_later(now_ms, months).unwrap_or(now_ms + months * 30 * DAY_MS),
        }
    }

    /// How many hours it is charged as.
    pub fn hours_charged(self) -> i64 {
        match self {
            Term::Months(months) => months * HOURS_PER_MONTH_CHARGED,
            Term::Weeks(weeks) => weeks * HOURS_PER_WEEK_CHARGED,
        }
    }
}

fn months_later(now_ms: i64, months: i64) -> Option<i64> {
    let now = OffsetDateTime::from_unix_timestamp(now_ms.div_euclid(1000)).ok()?;
    let month = i64::from(now.year()) * 12 + i64::from(u8::from(now.month())) - 1 + months;
    let year = i32::try_from(month.div_euclid(12)).ok()?;
    let month = Month::try_from(u8::try_from(month.rem_euclid(12)).ok()? + 1).ok()?;
    let date = (1..=now.day()).rev().find_map(|day| Date::from_calendar_date(year, month, day).ok())?;
    Some(now.replace_date(date).unix_timestamp() * 1000)
}

/// What an hour of a disk costs.
pub fn disk_hour(category: DiskCategory, level: Option<PerformanceLevel>, size_gib: u64) -> Money {
    category.limits(level).price_per_gib_hour * i64::try_from(size_gib).unwrap_or(i64::MAX)
}

/// What an hour of a spot instance costs in a zone at present.
pub fn market_price(zone: &ZoneFacts, kind: &InstanceType) -> Money {
    zone.spot_prices.get(kind.id).copied().unwrap_or_else(|| kind.spot_price_per_hour())
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

#[cfg(test)]
mod tests {
    use super::Term;

    fn ends(term: Term, from: &str) -> String {
        moyun_wire::timestamp::to_second(term.ends_ms(moyun_wire::timestamp::parse(from).unwrap()))
    }

    #[test]
    fn a_month_ends_on_the_same_day_or_the_last_one() {
        assert_eq!(ends(Term::Months(1), "2026-01-15T08:00:00Z"), "2026-02-15T08:00:00Z");
        assert_eq!(ends(Term::Months(1), "2026-01-31T08:00:00Z"), "2026-02-28T08:00:00Z");
        assert_eq!(ends(Term::Months(12), "2024-02-29T08:00:00Z"), "2025-02-28T08:00:00Z");
        assert_eq!(ends(Term::Weeks(2), "2026-12-25T08:00:00Z"), "2027-01-08T08:00:00Z");
    }
}
