use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use redb::{Database, ReadOnlyTable, ReadableDatabase};

use crate::engine::redb::layout;

/// A database that is open, and what readers see of it.
///
/// To begin a read transaction costs more than most reads, so the readers between two commits share one.
pub(super) struct Opened {
    /// None until somebody reads after a commit. It goes before the database does.
    snapshot: RwLock<Option<Arc<Snapshot>>>,
    pub(super) database: Database,
}

/// The rows as a commit left them.
pub(super) struct Snapshot {
    pub(super) rows: ReadOnlyTable<&'static [u8], &'static [u8]>,
    /// The number of this state.
    pub(super) state: u64,
}

impl Opened {
    pub(super) fn new(database: Database) -> Opened {
        Opened { snapshot: RwLock::default(), database }
    }

    /// The rows as the last commit left them; `states` numbers the states.
    pub(super) fn snapshot(&self, states: &AtomicU64) -> Result<Arc<Snapshot>, redb::Error> {
        if let Some(snapshot) = &*self.snapshot.read().unwrap_or_else(PoisonError::into_inner) {
            return Ok(snapshot.clone());
        }
        // A commit that comes meanwhile forgets it afterwards, for that takes this lock too.
        let mut kept = self.snapshot.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(snapshot) = &*kept {
            return Ok(snapshot.clone());
        }
        let rows = self.database.begin_read()?.open_table(layout::ROWS)?;
        let state = states.fetch_add(1, Ordering::Relaxed) + 1;
        Ok(kept.insert(Arc::new(Snapshot { rows, state })).clone())
    }

    /// Has readers look anew: something was committed.
    pub(super) fn forget_snapshot(&self) {
        self.snapshot.write().unwrap_or_else(PoisonError::into_inner).take();
    }
}
