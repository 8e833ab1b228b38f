//! Whether calls that overlapped can have happened one after another.

use std::collections::HashSet;
use std::fmt::Debug;
use std::hash::Hash;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// A call and what was answered, between the moments of its begin and its end.
#[derive(Debug, Clone)]
pub(crate) struct Event<C> {
    pub(crate) call: C,
    pub(crate) begin: u64,
    pub(crate) end: u64,
}

/// What many threads did at once.
pub(crate) struct History<C> {
    /// Moments are counted, not measured: only their order matters.
    moments: AtomicU64,
    events: Mutex<Vec<Event<C>>>,
}

impl<C> History<C> {
    pub(crate) fn new() -> History<C> {
        History { moments: AtomicU64::new(0), events: Mutex::default() }
    }

    /// Makes a call and keeps what came of it.
    pub(crate) fn record(&self, call: impl FnOnce() -> C) {
        let begin = self.moments.fetch_add(1, Ordering::SeqCst);
        let call = call();
        let end = self.moments.fetch_add(1, Ordering::SeqCst);
        self.events.lock().unwrap().push(Event { call, begin, end });
    }

    pub(crate) fn into_events(self) -> Vec<Event<C>> {
        self.events.into_inner().unwrap()
    }
}

/// Searches an order of the calls in which each ends as `follow` says from the state that those before it left, and no
/// call comes before one that had ended when it began. `follow` gives the next state, or None when a call cannot have
/// been answered so.
///
/// The search is that of Wing and Gong: of the calls that may come next it tries each, and never the same state with the
/// same calls done twice.
///
/// # Panics
///
/// When there are more than 64 calls.
pub(crate) fn is_linearizable<C, S: Clone + Eq + Hash>(
    events: &[Event<C>],
    start: S,
    follow: impl Fn(&S, &C) -> Option<S>,
) -> bool {
    assert!(events.len() <= 64, "the calls that were done are a set of 64 bits");
    let all = u64::MAX.checked_shr(64 - u32::try_from(events.len()).unwrap()).unwrap_or(0);
    let (mut open, mut seen) = (vec![(0_u64, start)], HashSet::new());
    while let Some((done, state)) = open.pop() {
        if done == all {
            return true;
        }
        let left = || (0..events.len()).filter(|at| done & (1 << at) == 0);
        let first_end = left().map(|at| events[at].end).min().unwrap();
        for at in left().filter(|at| events[*at].begin < first_end) {
            if let Some(next) = follow(&state, &events[at].call) {
                let reached = (done | 1 << at, next);
                if seen.insert(reached.clone()) {
                    open.push(reached);
                }
            }
        }
    }
    false
}

/// Fails with the calls in the order of their ends when they cannot have happened one after another.
pub(crate) fn assert_linearizable<C: Debug, S: Clone + Eq + Hash>(
    mut events: Vec<Event<C>>,
    start: S,
    follow: impl Fn(&S, &C) -> Option<S>,
) {
    events.sort_by_key(|event| event.end);
    assert!(is_linearizable(&events, start, follow), "{events:#?}");
}

#[cfg(test)]
mod tests {
    use super::{Event, is_linearizable};

    /// What is written, or what is read.
    #[derive(Clone, Copy)]
    enum Call {
        Write(u32),
        Read(u32),
    }

    fn of_a_number(events: &[(Call, u64, u64)]) -> bool {
        let events: Vec<_> = events.iter().map(|&(call, begin, end)| Event { call, begin, end }).collect();
        is_linearizable(&events, 0, |state, call| match *call {
            Call::Write(value) => Some(value),
            Call::Read(value) => (value == *state).then_some(value),
        })
    }

    #[test]
    fn what_overlaps_may_come_in_any_order() {
        use Call::{Read, Write};
        assert!(of_a_number(&[]));
        assert!(of_a_number(&[(Write(1), 0, 9), (Read(0), 1, 2), (Read(1), 3, 4)]));
        assert!(of_a_number(&[(Write(1), 0, 9), (Write(2), 1, 8), (Read(1), 10, 11)]));
    }

    #[test]
    fn what_is_over_stays_over() {
        use Call::{Read, Write};
        assert!(!of_a_number(&[(Write(1), 0, 1), (Read(0), 2, 3)]), "a stale read");
        assert!(!of_a_number(&[(Write(1), 0, 9), (Read(1), 1, 2), (Read(0), 3, 4)]), "a read that goes back");
        assert!(!of_a_number(&[(Write(1), 0, 1), (Read(2), 0, 1)]), "a value that nobody wrote");
    }
}
