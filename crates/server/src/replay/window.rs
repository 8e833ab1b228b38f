//! The nonces of the last while, in memory.

use std::collections::{HashSet, VecDeque};

/// Nonces are forgotten a minute's worth at a time.
pub(super) const MINUTE_MS: i64 = 60_000;

/// The nonces of the last while, by the minute in which they came.
#[derive(Debug, Default)]
pub(super) struct Window {
    minutes: VecDeque<(i64, HashSet<u128>)>,
}

impl Window {
    /// The minute into which a nonce goes. A clock that was set back writes into the newest one, so that nothing is
    /// forgotten early.
    pub(super) fn minute(&self, now_ms: i64) -> i64 {
        let minute = now_ms.div_euclid(MINUTE_MS);
        self.minutes.back().map_or(minute, |(newest, _)| minute.max(*newest))
    }

    /// Whether a nonce came.
    pub(super) fn contains(&self, print: u128) -> bool {
        self.minute_of(print).is_some()
    }

    /// The minute in which a nonce came.
    pub(super) fn minute_of(&self, print: u128) -> Option<i64> {
        self.minutes.iter().find(|(_, seen)| seen.contains(&print)).map(|(minute, _)| *minute)
    }

    /// Notes a nonce in a minute that is not before any other.
    pub(super) fn insert(&mut self, print: u128, minute: i64) {
        match self.minutes.back_mut().filter(|(newest, _)| *newest == minute) {
            Some((_, seen)) => drop(seen.insert(print)),
            None => self.minutes.push_back((minute, HashSet::from([print]))),
        }
    }

    /// Forgets the minutes that lie a whole window back, and tells which.
    pub(super) fn forget(&mut self, now_ms: i64, window_ms: i64) -> Vec<i64> {
        let mut forgotten = vec![];
        while let Some((minute, _)) = self.minutes.front()
            && (minute + 1).saturating_mul(MINUTE_MS).saturating_add(window_ms) <= now_ms
        {
            forgotten.push(*minute);
            self.minutes.pop_front();
        }
        forgotten
    }
}
