use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Mutex, PoisonError, RwLock};

use crate::engine::{Engine, Job, Lane, Reader, Span, Visit, closed, run_job, tell};
use crate::fault::Fault;

type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

/// Keeps everything in memory and forgets it at the end: for tests and for `--ephemeral`.
///
/// Jobs run on the caller's thread and are done when `write` returns.
#[derive(Default)]
pub struct MemoryEngine {
    /// Held while a job runs, so that reads go on meanwhile and still no other write comes between.
    turn: Mutex<()>,
    store: RwLock<Store>,
}

#[derive(Default)]
struct Store {
    rows: Rows,
    /// How often they changed.
    changes: u64,
    closed: bool,
}

impl Store {
    fn view(&self) -> View<'_> {
        View { rows: &self.rows, state: self.changes + 1 }
    }
}

/// The rows in one state.
struct View<'s> {
    rows: &'s Rows,
    state: u64,
}

impl MemoryEngine {
    /// An empty store.
    pub fn new() -> MemoryEngine {
        MemoryEngine::default()
    }

    /// Runs one job and applies its writes; None when it panicked. There is one turn, so that it holds every lane.
    fn apply(&self, job: &mut dyn Job) -> Option<Result<(), Fault>> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let writes = {
            let store = self.store.read().unwrap_or_else(PoisonError::into_inner);
            if store.closed {
                return Some(Err(closed()));
            }
            run_job(job, &store.view())?
        };
        if let Some(writes) = writes {
            let mut store = self.store.write().unwrap_or_else(PoisonError::into_inner);
            store.changes += 1;
            for (key, value) in writes.rows {
                match value {
                    Some(value) => store.rows.insert(key, value),
                    None => store.rows.remove(&key),
                };
            }
        }
        Some(Ok(()))
    }
}

impl Engine for MemoryEngine {
    fn read(&self, job: &mut dyn FnMut(&dyn Reader)) -> Result<(), Fault> {
        let store = self.store.read().unwrap_or_else(PoisonError::into_inner);
        if store.closed {
            return Err(closed());
        }
        job(&store.view());
        Ok(())
    }

    fn write(&self, _lane: &Lane, mut job: Box<dyn Job>) {
        if let Some(outcome) = self.apply(&mut *job) {
            tell(job, outcome);
        }
    }

    fn may_block(&self) -> bool {
        false
    }

    fn close(&self) {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.store.write().unwrap_or_else(PoisonError::into_inner).closed = true;
    }
}

impl Reader for View<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.rows.get(key).cloned())
    }

    fn show(&self, key: &[u8], show: &mut dyn FnMut(Option<&[u8]>)) -> Result<(), Fault> {
        show(self.rows.get(key).map(Vec::as_slice));
        Ok(())
    }

    fn get_many(&self, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>, Fault> {
        Ok(keys.iter().map(|key| self.rows.get(key).cloned()).collect())
    }

    fn scan(&self, span: &Span, visit: &mut Visit<'_>) -> Result<(), Fault> {
        if span.is_empty() {
            return Ok(());
        }
        let to = span.to.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
        let mut rows = self.rows.range::<[u8], _>((Bound::Included(span.from.as_slice()), to));
        while let Some((key, value)) = if span.reverse { rows.next_back() } else { rows.next() } {
            if visit(key, value).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn state(&self) -> Option<u64> {
        Some(self.state)
    }
}
