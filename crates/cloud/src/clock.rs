//! The one clock of the cloud: transitions, time windows and expiry all read it.

use moyun_store::{Fault, Key, Lane, Record, Table, Tx};
use serde::{Deserialize, Serialize};

use crate::world::world_lane;

/// The fastest clock, in times of the machine's.
pub const FACTOR_MAX: f64 = 1_000_000.0;

/// The slowest clock.
pub const FACTOR_MIN: f64 = 0.001;

/// The clock as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    /// What moves it.
    pub mode: ClockMode,
    /// In manual mode the time itself; in real mode how far it was ahead of the machine's clock at `from_ms`.
    pub offset_ms: i64,
    /// The machine's time from which it has run at its factor.
    #[serde(default)]
    pub from_ms: i64,
    /// In real mode how many seconds pass on it in a second of the machine's.
    #[serde(default = "one")]
    pub factor: f64,
}

/// What moves the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClockMode {
    /// It follows the machine's clock.
    Real,
    /// It stands still until it is moved.
    Manual,
}

fn one() -> f64 {
    1.0
}

impl Record for Clock {
    const TABLE: Table = Table { id: 1, name: "clock" };
    fn key(&self) -> Key {
        Key::new()
    }
    fn lane(&self) -> Lane {
        world_lane()
    }
}

impl Clock {
    /// A clock that follows the machine's.
    pub const REAL: Clock = Clock { mode: ClockMode::Real, offset_ms: 0, from_ms: 0, factor: 1.0 };

    /// The stored clock.
    pub fn load(tx: &Tx<'_>) -> Result<Clock, Fault> {
        let kept = tx.find_kept::<Clock>(&Key::new())?;
        Ok(kept.map_or(Clock::REAL, |kept| kept.record().clone()))
    }

    /// What it shows when the machine's clock shows `machine_ms`.
    pub fn now_ms(&self, machine_ms: i64) -> i64 {
        match self.mode {
            ClockMode::Real => {
                let gained = times(machine_ms.saturating_sub(self.from_ms), self.factor - 1.0);
                machine_ms.saturating_add(self.offset_ms).saturating_add(gained)
            }
            ClockMode::Manual => self.offset_ms,
        }
    }

    /// How long it takes by the machine's clock until it shows `at_ms`; None when it never will by itself.
    pub fn machine_ms_until(&self, at_ms: i64, machine_ms: i64) -> Option<u64> {
        let left_ms = at_ms.saturating_sub(self.now_ms(machine_ms));
        match self.mode {
            _ if left_ms <= 0 => Some(0),
            // Rounded up, so that it does show the time when the wait is over.
            ClockMode::Real => Some(times(left_ms, 1.0 / self.factor).unsigned_abs() + 1),
            ClockMode::Manual => None,
        }
    }

    /// The same time, moved by something else from now on; a clock that comes to follow the machine's runs as fast.
    pub fn in_mode(&self, mode: ClockMode, machine_ms: i64) -> Clock {
        let factor = if mode == self.mode { self.factor } else { 1.0 };
        Clock { factor, ..self.clone() }.showing(self.now_ms(machine_ms), mode, machine_ms)
    }

    /// The same time, but so much faster than the machine's clock from now on.
    pub fn at_factor(&self, factor: f64, machine_ms: i64) -> Clock {
        Clock { factor, ..self.clone() }.showing(self.now_ms(machine_ms), self.mode, machine_ms)
    }

    /// A clock that shows `now_ms`.
    pub fn set_to(&self, now_ms: i64, machine_ms: i64) -> Clock {
        self.showing(now_ms, self.mode, machine_ms)
    }

    /// The clock moved ahead.
    pub fn advanced(&self, by_ms: i64) -> Clock {
        Clock { offset_ms: self.offset_ms.saturating_add(by_ms), ..self.clone() }
    }

    fn showing(&self, now_ms: i64, mode: ClockMode, machine_ms: i64) -> Clock {
        let offset_ms = match mode {
            ClockMode::Real => now_ms.saturating_sub(machine_ms),
            ClockMode::Manual => now_ms,
        };
        Clock { mode, offset_ms, from_ms: machine_ms, factor: self.factor }
    }
}

fn times(ms: i64, factor: f64) -> i64 {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "a clock may be off by a bit"
    )]
    let product = (ms as f64 * factor) as i64;
    product
}

#[cfg(test)]
mod tests {
    use super::{Clock, ClockMode};

    #[test]
    fn a_factor_changes_the_pace_and_not_the_time() {
        let clock = Clock::REAL.advanced(5_000).at_factor(60.0, 100_000);
        assert_eq!(clock.now_ms(100_000), 105_000);
        assert_eq!(clock.now_ms(101_000), 165_000);
        let again = clock.at_factor(0.5, 101_000);
        assert_eq!(again.now_ms(101_000), 165_000);
        assert_eq!(again.now_ms(103_000), 166_000);
        assert_eq!(again.advanced(1_000).now_ms(103_000), 167_000);
        assert_eq!(again.set_to(7_000, 103_000).now_ms(105_000), 8_000);
    }

    #[test]
    fn a_clock_that_was_stopped_goes_on_at_the_machines_pace() {
        let clock = Clock::REAL.at_factor(60.0, 0).in_mode(ClockMode::Manual, 1_000);
        assert_eq!(clock.now_ms(50_000), 60_000);
        assert_eq!(clock.machine_ms_until(60_001, 50_000), None);
        let clock = clock.in_mode(ClockMode::Real, 50_000);
        assert_eq!(clock.now_ms(51_000), 61_000);
    }

    #[test]
    fn the_wait_for_a_time_is_never_too_short() {
        let clock = Clock::REAL.at_factor(60.0, 0);
        for at_ms in [0, 1, 59, 60, 61, 100_000] {
            let wait = clock.machine_ms_until(at_ms, 0).unwrap();
            assert!(clock.now_ms(i64::try_from(wait).unwrap()) >= at_ms, "{at_ms}");
        }
    }

    #[test]
    fn a_clock_stored_before_there_were_factors_is_read() {
        let old = serde_json::json!({ "mode": "real", "offset_ms": 7 });
        let clock: Clock = serde_json::from_value(old).unwrap();
        assert_eq!(clock.now_ms(1_000), 1_007);
    }
}
