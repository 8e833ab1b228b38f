//! The one place that asks the machine for time and randomness.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use moyun_cloud::cloud::Env;

/// The machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct Machine;

impl Env for Machine {
    #[expect(clippy::disallowed_methods, reason = "this is where time comes in")]
    fn now_ms(&self) -> i64 {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX)
    }

    fn seed(&self) -> [u8; 32] {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).expect("the operating system has randomness");
        seed
    }
}

/// Measures how long something takes.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts it.
    #[expect(clippy::disallowed_methods, reason = "this is where time comes in")]
    pub fn start() -> Stopwatch {
        Stopwatch(Instant::now())
    }

    /// How long it has run.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}
