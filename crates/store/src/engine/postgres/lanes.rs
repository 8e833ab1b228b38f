use std::collections::{HashMap, VecDeque};
use std::mem;
use std::sync::{Condvar, Mutex, PoisonError};

use crate::engine::{Job, Lane};

/// How many jobs may wait for a writer before `push` makes its caller wait too.
const QUEUE_JOBS_MAX: usize = 4096;

/// How many jobs of a lane share one transaction at most.
const BATCH_JOBS_MAX: usize = 64;

/// The jobs that wait, by lane; a lane is in the hands of one writer at a time.
#[derive(Default)]
pub(super) struct Lanes {
    state: Mutex<State>,
    work: Condvar,
    room: Condvar,
}

#[derive(Default)]
struct State {
    /// Lanes that have jobs or are in a writer's hands.
    waiting: HashMap<Lane, VecDeque<Box<dyn Job>>>,
    /// Lanes that have jobs and are in nobody's hands, longest waiting first.
    ready: VecDeque<Lane>,
    jobs: usize,
    closed: bool,
}

impl Lanes {
    /// Queues a job; gives it back once the store is closed.
    pub(super) fn push(&self, lane: &Lane, job: Box<dyn Job>) -> Result<(), Box<dyn Job>> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |state: &mut State| state.jobs >= QUEUE_JOBS_MAX && !state.closed;
        let mut state = self.room.wait_while(state, full).unwrap_or_else(PoisonError::into_inner);
        if state.closed {
            return Err(job);
        }
        state.jobs += 1;
        if let Some(waiting) = state.waiting.get_mut(lane) {
            waiting.push_back(job);
        } else {
            state.waiting.insert(lane.clone(), VecDeque::from([job]));
            state.ready.push_back(lane.clone());
            self.work.notify_one();
        }
        Ok(())
    }

    /// Waits for a lane with jobs and takes it in hand; None once the store is closed and nothing is left.
    pub(super) fn take(&self) -> Option<(Lane, VecDeque<Box<dyn Job>>)> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let idle = |state: &mut State| state.ready.is_empty() && !state.closed;
        let mut state = self.work.wait_while(state, idle).unwrap_or_else(PoisonError::into_inner);
        let lane = state.ready.pop_front()?;
        let waiting = state.waiting.entry(lane.clone()).or_default();
        let later = waiting.split_off(waiting.len().min(BATCH_JOBS_MAX));
        let jobs = mem::replace(waiting, later);
        state.jobs -= jobs.len();
        self.room.notify_all();
        Some((lane, jobs))
    }

    /// Gives a lane back; what has come in meanwhile makes it ready again.
    pub(super) fn finish(&self, lane: Lane) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.waiting.get(&lane).is_some_and(|waiting| !waiting.is_empty()) {
            state.ready.push_back(lane);
            self.work.notify_one();
        } else {
            state.waiting.remove(&lane);
        }
    }

    /// Takes no more jobs.
    pub(super) fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.work.notify_all();
        self.room.notify_all();
    }
}
