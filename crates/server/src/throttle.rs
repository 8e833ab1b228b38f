//! How often an account may call an action: `limits.throttle` on the cloud's clock.

use moyun_cloud::call::Budget;
use moyun_cloud::catalog::accounts::AccountFacts;
use moyun_cloud::catalog::limits::LimitFacts;
use moyun_cloud::cloud::Cloud;
use moyun_cloud::errors::{ApiError, Throttled};
use moyun_cloud::ids::AccountId;
use moyun_cloud::world::Fact;
use moyun_store::Fault;
use moyun_wire::timestamp;
use serde_json::{Map, Value, json};

/// Takes the call from the account's budget; an action that is not listed has none and may be called at will.
pub(crate) fn judge(
    limits: &LimitFacts,
    account: &AccountId,
    action: &str,
    cloud: &Cloud,
) -> Result<(), ApiError> {
    let Some(rate) = limits.throttle.get(action) else { return Ok(()) };
    // Counting is a write, and this thread serves others, too.
    let let_through = tokio::task::block_in_place(|| cloud.spend(account, action, *rate))?;
    if let_through {
        return Ok(());
    }
    let left = cloud.read(|tx, now_ms| Budget::of(tx, account, action, *rate, now_ms))?;
    Err(ApiError::from(&Throttled)
        .compared(format!("limits/throttle/{action}"), String::from(*rate))
        .compared("calls let through", left.used)
        .compared("calls remaining", left.remaining(*rate))
        .compared("free again", timestamp::to_second(left.ends_ms)))
}

/// What is left to an account of every limited action, by action; None when there is no such account.
pub(crate) fn show(uid: &str, cloud: &Cloud) -> Result<Option<Value>, Fault> {
    cloud.read(|tx, now_ms| {
        if Fact::<AccountFacts>::find(tx, uid)?.is_none() {
            return Ok(None);
        }
        let account = AccountId::from(uid);
        let mut shown = Map::new();
        for (action, rate) in Fact::limits(tx)?.throttle {
            let budget = Budget::of(tx, &account, &action, rate, now_ms)?;
            let resets = (budget.used > 0).then(|| timestamp::to_second(budget.ends_ms));
            let budget = json!({
                "rate": String::from(rate),
                "used": budget.used,
                "remaining": budget.remaining(rate),
                "resets": resets,
            });
            shown.insert(action, budget);
        }
        Ok(Some(Value::Object(shown)))
    })
}
