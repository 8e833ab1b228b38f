//! The one clock of the cloud: transitions, time windows and expiry all read it.

use moyun_store::{Fault, Key, Record, Table, Tx};
use serde::{Deserialize, Serialize};

/// The clock as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// What moves it.
    pub mode: ClockMode,
    /// In real mode how far it runs ahead of the machine's clock; in manual mode the time itself.
    pub offset_ms: i64,
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

impl Record for Clock {
    const TABLE: Table = Table { id: 1, name: "clock" };
    fn key(&self) -> Key {
        Key::new()
    }
}

impl Clock {
    /// A clock that follows the machine's.
    pub const REAL: Clock = Clock { mode: ClockMode::Real, offset_ms: 0 };

    /// The stored clock.
    pub fn load(tx: &Tx<'_>) -> Result<Clock, Fault> {
        Ok(tx.find(&Key::new())?.unwrap_or(Clock::REAL))
    }

    /// What it shows when the machine's clock shows `machine_ms`.
    pub fn now_ms(&self, machine_ms: i64) -> i64 {
        match self.mode {
            ClockMode::Real => machine_ms.saturating_add(self.offset_ms),
            ClockMode::Manual => self.offset_ms,
        }
    }

    /// The same time, moved by something else from now on.
    pub fn in_mode(&self, mode: ClockMode, machine_ms: i64) -> Clock {
        self.set_to(self.now_ms(machine_ms), mode, machine_ms)
    }

    /// A clock of this mode that shows `now_ms`.
    pub fn set_to(&self, now_ms: i64, mode: ClockMode, machine_ms: i64) -> Clock {
        match mode {
            ClockMode::Real => Clock { mode, offset_ms: now_ms.saturating_sub(machine_ms) },
            ClockMode::Manual => Clock { mode, offset_ms: now_ms },
        }
    }

    /// The clock moved ahead.
    pub fn advanced(&self, by_ms: i64) -> Clock {
        Clock { mode: self.mode, offset_ms: self.offset_ms.saturating_add(by_ms) }
    }
}
