//! The rules of an instance's life: what it may do when, and what the clock does to it.

use moyun_store::{Fault, Key};
use time::{Month, OffsetDateTime};

use crate::cx::Cx;
use crate::ecs::instance::record::{Instance, Network, Next, PRE_PAID, Status};
use crate::errors::{
    ApiError, ErrorRow, InstanceExpired, InstanceInitializing, InstanceLocked, InstanceProtected,
    InstanceStatusWrong, OutOfStock, SubscriptionForbidsAction,
};

/// The lock that forbids every change.
pub const SECURITY_LOCK: &str = "security";
/// The lock of an instance that is not paid for.
pub const FINANCIAL_LOCK: &str = "financial";

/// A stop that leaves everything in place and on the bill.
pub const KEEP_CHARGING: &str = "KeepCharging";
/// A stop that gives back the units of the type.
pub const STOP_CHARGING: &str = "StopCharging";
/// What is shown while there is no choice.
pub const NOT_APPLICABLE: &str = "Not-applicable";

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl Instance {
    /// Whether it carries this lock.
    pub fn is_locked(&self, reason: &str) -> bool {
        self.locks.iter().any(|lock| lock == reason)
    }

    /// Refuses a change under a security lock.
    pub fn check_unlocked(&self) -> Result<(), &'static ErrorRow> {
        if self.is_locked(SECURITY_LOCK) { Err(&InstanceLocked) } else { Ok(()) }
    }

    /// Refuses a change under a security lock, or in a status that rules it out.
    pub fn check_changeable(&self, legal: &[Status]) -> Result<(), &'static ErrorRow> {
        self.check_unlocked()?;
        if legal.contains(&self.status) { Ok(()) } else { Err(&InstanceStatusWrong) }
    }

    /// Whether it is a subscription.
    pub fn is_subscription(&self) -> bool {
        self.payment.charge_type == PRE_PAID
    }

    /// Whether it is a subscription that has not run out.
    pub fn is_subscribed(&self, now_ms: i64) -> bool {
        self.is_subscription() && self.payment.expires_ms.is_none_or(|expires_ms| expires_ms > now_ms)
    }

    /// Whether it occupies a unit of its type: all do but those stopped without charge.
    pub fn holds_stock(&self) -> bool {
        let is_off = matches!(self.status, Status::Stopping | Status::Stopped);
        !(is_off && self.stopped_mode == STOP_CHARGING)
    }

    /// Starts a stopped instance.
    pub fn begin_start(&mut self, cx: &mut Cx<'_>) -> Result<(), ApiError> {
        self.prepare_start(cx)?;
        Ok(self.go_through(&[Status::Starting, Status::Running], cx)?)
    }

    /// Has a stopped instance start at a time.
    pub fn begin_start_at(&mut self, at_ms: i64, cx: &mut Cx<'_>) -> Result<(), ApiError> {
        self.prepare_start(cx)?;
        self.next = Some(Next { at_ms, statuses: vec![Status::Starting, Status::Running] });
        Ok(())
    }

    /// Gives an instance that may start a unit of its type.
    fn prepare_start(&mut self, cx: &mut Cx<'_>) -> Result<(), ApiError> {
        self.check_changeable(&[Status::Stopped])?;
        if self.is_locked(FINANCIAL_LOCK) {
            return Err((&InstanceExpired).into());
        }
        if !self.holds_stock() && !cx.take_stock(&self.zone, &self.instance_type, 1)? {
            return Err((&OutOfStock).into());
        }
        self.stopped_mode = NOT_APPLICABLE.to_owned();
        if self.is_exposed() {
            // The price may have risen while it was off.
            self.payment.spot_judged_ms = Some(cx.now_ms());
        }
        Ok(())
    }

    /// Stops a running instance, on the bill or off it. Saying what is shown while there is no choice makes none.
    pub fn begin_stop(&mut self, stopped_mode: &str, cx: &mut Cx<'_>) -> Result<(), ApiError> {
        self.check_changeable(&[Status::Running])?;
        let may_choose = !self.is_subscription() && matches!(self.network, Network::Vpc { .. });
        let chosen = if stopped_mode == NOT_APPLICABLE { KEEP_CHARGING } else { stopped_mode };
        self.stopped_mode = if may_choose { chosen } else { NOT_APPLICABLE }.to_owned();
        self.go_through(&[Status::Stopping, Status::Stopped], cx)?;
        if !self.holds_stock() {
            cx.return_stock(&self.zone, &self.instance_type, 1)?;
        }
        Ok(())
    }

    /// Restarts a running instance.
    pub fn begin_reboot(&mut self, cx: &Cx<'_>) -> Result<(), ApiError> {
        self.check_changeable(&[Status::Running])?;
        Ok(self.go_through(&[Status::Stopping, Status::Starting, Status::Running], cx)?)
    }

    /// Refuses a deletion that is not due; `force` lets a running instance go.
    pub fn check_deletable(&self, force: bool, now_ms: i64) -> Result<(), &'static ErrorRow> {
        self.check_unlocked()?;
        match self.status {
            Status::Pending => return Err(&InstanceInitializing),
            Status::Stopped => (),
            Status::Running if force => (),
            Status::Running | Status::Starting | Status::Stopping => return Err(&InstanceStatusWrong),
        }
        if self.is_subscribed(now_ms) {
            return Err(&SubscriptionForbidsAction);
        }
        if self.deletion_protection { Err(&InstanceProtected) } else { Ok(()) }
    }

    /// When it next changes by itself.
    pub fn next_change_ms(&self) -> Option<i64> {
        let expires_ms = self.payment.expires_ms.filter(|_| !self.is_locked(FINANCIAL_LOCK));
        let next_ms = self.next.as_ref().map(|next| next.at_ms);
        let payment = &self.payment;
        let spot_ms = payment.recalled_ms.or(payment.spot_judged_ms);
        [next_ms, payment.auto_release_ms, expires_ms, spot_ms].into_iter().flatten().min()
    }

    /// What happens when an instance falls due: it is released or taken back, it runs out, it faces the market, or its
    /// next status begins.
    pub(crate) fn fall_due(cx: &mut Cx<'_>, key: &Key) -> Result<(), Fault> {
        let Some(mut instance) = cx.find::<Instance>(key)? else { return Ok(()) };
        let is_due = |at_ms: i64| at_ms <= cx.now_ms();
        if instance.payment.auto_release_ms.is_some_and(is_due) {
            return cx.release(&instance);
        }
        if instance.payment.recalled_ms.is_some_and(is_due) {
            return instance.take_back(cx);
        }
        if instance.payment.expires_ms.is_some_and(is_due) && !instance.is_locked(FINANCIAL_LOCK) {
            if !instance.renew(cx)? {
                instance.run_out(cx)?;
            }
        } else if instance.payment.spot_judged_ms.is_some_and(is_due) {
            instance.face_market(cx)?;
        } else if let Some(next) = instance.next.take() {
            instance.go_through(&next.statuses, cx)?;
        }
        cx.put(&instance)
    }
}

/// The end of a period that begins at a time.
pub fn renewed(from_ms: i64, period: i64, unit: &str) -> i64 {
    match unit {
        "Week" => from_ms + 7 * period * DAY_MS,
        _ => months_later(from_ms, period).unwrap_or(from_ms + 30 * period * DAY_MS),
    }
}

/// The same day and hour so many months later, or the last day of that month.
fn months_later(from_ms: i64, months: i64) -> Option<i64> {
    let at = OffsetDateTime::from_unix_timestamp(from_ms.div_euclid(1000)).ok()?;
    let count = i64::from(at.year()) * 12 + i64::from(u8::from(at.month())) - 1 + months;
    let year = i32::try_from(count.div_euclid(12)).ok()?;
    let month = Month::try_from(u8::try_from(count.rem_euclid(12) + 1).ok()?).ok()?;
    let day = at.day().min(month.length(year));
    let date = time::Date::from_calendar_date(year, month, day).ok()?;
    Some(at.replace_date(date).unix_timestamp() * 1000)
}

#[cfg(test)]
mod tests {
    use moyun_wire::timestamp;

    use super::renewed;

    #[test]
    fn a_period_ends_on_the_same_day_or_the_last_of_the_month() {
        for (from, period, unit, until) in [
            ("2026-01-01T16:00:00Z", 1, "Week", "2026-01-08T16:00:00Z"),
            ("2026-01-15T16:00:00Z", 1, "Month", "2026-02-15T16:00:00Z"),
            ("2026-01-31T16:00:00Z", 1, "Month", "2026-02-28T16:00:00Z"),
            ("2026-11-30T16:00:00Z", 12, "Month", "2027-11-30T16:00:00Z"),
        ] {
            let from_ms = timestamp::parse(from).unwrap();
            assert_eq!(timestamp::to_second(renewed(from_ms, period, unit)), until);
        }
    }
}
