//! How often an account may still call an action whose rate is limited.

use moyun_store::{Fault, Key, Lane, Record, Table, Tx};
use serde::{Deserialize, Serialize};

use crate::catalog::text::Rate;
use crate::clock::Clock;
use crate::cloud::Cloud;
use crate::cx::Cx;
use crate::ids::AccountId;

/// The calls of one action that an account has made in the period that runs now.
///
/// A record, so that servers on one database count together. Actions without a rate never meet it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// Who calls.
    pub account: AccountId,
    /// What is called.
    pub action: String,
    /// When the period began: with its first call.
    pub began_ms: i64,
    /// When it ends and all calls are free again.
    pub ends_ms: i64,
    /// The calls that were let through.
    pub used: u64,
}

impl Record for Budget {
    const TABLE: Table = Table { id: 3, name: "throttle_budget" };
    fn key(&self) -> Key {
        key(&self.account, &self.action)
    }
    fn lane(&self) -> Lane {
        lane(&self.account)
    }
    fn due(&self) -> Option<i64> {
        Some(self.ends_ms)
    }
}

impl Budget {
    /// What an account has used of an action's rate; a period that is over counts as nothing used.
    pub fn of(
        tx: &Tx<'_>,
        account: &AccountId,
        action: &str,
        rate: Rate,
        now_ms: i64,
    ) -> Result<Budget, Fault> {
        let running = |budget: &Budget| (budget.began_ms..budget.ends_ms).contains(&now_ms);
        if let Some(budget) = tx.find::<Budget>(&key(account, action))?.filter(running) {
            return Ok(budget);
        }
        let period_ms = i64::try_from(rate.period.in_seconds().saturating_mul(1000)).unwrap_or(i64::MAX);
        Ok(Budget {
            account: account.clone(),
            action: action.to_owned(),
            began_ms: now_ms,
            ends_ms: now_ms.saturating_add(period_ms),
            used: 0,
        })
    }

    /// The calls that are left of a rate.
    pub fn remaining(&self, rate: Rate) -> u64 {
        rate.calls.saturating_sub(self.used)
    }

    /// Forgets a period that is over.
    pub(crate) fn fall_due(cx: &mut Cx<'_>, key: &Key) -> Result<(), Fault> {
        cx.tx.delete::<Budget>(key).map(|_| ())
    }
}

impl Cloud {
    /// Takes one call from the budget of an account; false when nothing was left, and then nothing changes.
    pub fn spend(&self, account: &AccountId, action: &str, rate: Rate) -> Result<bool, Fault> {
        let (account, action) = (account.clone(), action.to_owned());
        self.write(&lane(&account.clone()), move |tx, machine_ms| {
            let now_ms = Clock::load(tx)?.now_ms(machine_ms);
            let mut budget = Budget::of(tx, &account, &action, rate, now_ms)?;
            if budget.remaining(rate) == 0 {
                return Ok(false);
            }
            budget.used += 1;
            tx.put(&budget)?;
            Ok(true)
        })
    }
}

fn key(account: &AccountId, action: &str) -> Key {
    Key::new().text(account).text(action)
}

/// Counting never waits for what the account's calls do.
fn lane(account: &AccountId) -> Lane {
    Lane(format!("throttle-{account}"))
}
