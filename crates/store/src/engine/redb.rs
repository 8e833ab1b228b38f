mod file;
mod hold;
mod layout;
mod opened;
#[cfg(test)]
mod power_cuts;

use std::ops::Bound;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::thread::{self, JoinHandle};

use redb::{Database, Durability, ReadableTable, Table};

use crate::engine::redb::hold::Hold;
use crate::engine::redb::opened::Opened;
use crate::engine::{Engine, Job, Lane, Reader, Span, Visit, Writes, closed, run_job, tell};
use crate::fault::{Fault, OpenError};
use crate::upgrade::Upgrade;

/// How much of the file is kept in memory at most, unless somebody says otherwise; memory is taken as pages are read.
const CACHE_BYTES: usize = 64 << 20;

/// How many jobs may wait for the writer before `write` makes its caller wait too.
const QUEUE_JOBS_MAX: usize = 4096;

/// How many jobs share one sync at most.
const BATCH_JOBS_MAX: usize = 256;

/// Keeps everything in one file of one folder; the default.
///
/// One thread writes, so that every job holds every lane. It takes all jobs that wait, runs them on one transaction,
/// each seeing what those before it wrote, and syncs once for all of them.
pub struct RedbEngine {
    shared: Arc<Shared>,
    /// None once the store is closed.
    queue: RwLock<Option<SyncSender<Box<dyn Job>>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    upgrade: Option<Upgrade>,
}

impl RedbEngine {
    /// Opens the store in the folder `dir`, which is made if it is missing. One of an older version is copied to
    /// `moyun.redb.backup-v<version>` and upgraded.
    ///
    /// The folder is held until the engine is closed or the process ends, however it ends.
    pub fn open(dir: &Path) -> Result<RedbEngine, OpenError> {
        RedbEngine::open_caching(dir, CACHE_BYTES)
    }

    /// [`RedbEngine::open`] that keeps so many bytes of the file in memory at most.
    pub fn open_caching(dir: &Path, cache_bytes: usize) -> Result<RedbEngine, OpenError> {
        let hold = Hold::take(dir)?;
        let path = file::find_or_create(dir)?;
        let upgrade = layout::upgrade(&path)?;
        let mut engine = RedbEngine::over(dir, Some(hold), Box::new(move || file::open(&path, cache_bytes)))?;
        engine.upgrade = upgrade;
        Ok(engine)
    }

    /// What opening did to a store that an older program had left.
    pub fn upgrade(&self) -> Option<&Upgrade> {
        self.upgrade.as_ref()
    }

    /// The engine over the database that `open` opens, now and whenever the disk has failed.
    fn over(dir: &Path, hold: Option<Hold>, open: Open) -> Result<RedbEngine, OpenError> {
        let shared = Arc::new(Shared {
            database: RwLock::new(Some(Opened::new(open()?))),
            open,
            states: AtomicU64::new(0),
            broken: AtomicBool::new(false),
            hold: Mutex::new(hold),
        });
        let (queue, jobs) = sync_channel(QUEUE_JOBS_MAX);
        let writer = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn({
                let shared = Arc::clone(&shared);
                move || shared.write_until_closed(&jobs)
            })
            .map_err(|cause| OpenError::Folder { path: dir.to_owned(), cause })?;
        Ok(RedbEngine {
            shared,
            queue: RwLock::new(Some(queue)),
            writer: Mutex::new(Some(writer)),
            upgrade: None,
        })
    }
}

impl Engine for RedbEngine {
    fn read(&self, job: &mut dyn FnMut(&dyn Reader)) -> Result<(), Fault> {
        let shared = &self.shared;
        let guard = shared.database()?;
        let opened = guard.as_ref().ok_or_else(closed)?;
        let looked = opened.snapshot(&shared.states);
        let snapshot = looked.map_err(|cause| shared.fault("cannot begin to read", cause))?;
        job(&View { table: &snapshot.rows, state: Some(snapshot.state), shared });
        Ok(())
    }

    fn write(&self, _lane: &Lane, job: Box<dyn Job>) {
        let queue = self.queue.read().unwrap_or_else(PoisonError::into_inner);
        let refused = match queue.as_ref() {
            Some(queue) => queue.send(job).err().map(|unsent| unsent.0),
            None => Some(job),
        };
        drop(queue);
        if let Some(job) = refused {
            tell(job, Err(closed()));
        }
    }

    /// Reads take microseconds, for the file is local and mapped by the host's cache; writes are only handed over.
    fn may_block(&self) -> bool {
        false
    }

    fn close(&self) {
        self.queue.write().unwrap_or_else(PoisonError::into_inner).take();
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        // The last owner may be a job, which is told on the writer thread: that cannot wait for itself.
        if let Some(writer) = writer.filter(|writer| writer.thread().id() != thread::current().id()) {
            // It panics only if a job's capture panics while it is dropped, and then there is nothing left to do.
            let _ = writer.join();
        }
    }
}

impl Drop for RedbEngine {
    fn drop(&mut self) {
        self.close();
    }
}

/// Opens the database, which exists.
type Open = Box<dyn Fn() -> Result<Database, OpenError> + Send + Sync>;

/// What readers and the writer have in common.
struct Shared {
    open: Open,
    /// None once the store is closed, and while it cannot be opened again after the disk has failed.
    database: RwLock<Option<Opened>>,
    /// How many states readers have seen.
    states: AtomicU64,
    /// Whether the disk has failed: the open database then refuses everything and must be opened anew.
    broken: AtomicBool,
    hold: Mutex<Option<Hold>>,
}

impl Shared {
    /// The life of the writer thread.
    fn write_until_closed(&self, jobs: &Receiver<Box<dyn Job>>) {
        while let Ok(first) = jobs.recv() {
            let (mut first, mut waiting) = (Some(first), Vec::new());
            let batch = AssertUnwindSafe(|| self.write_batch(&mut first, jobs, &mut waiting));
            let outcome = catch_unwind(batch).unwrap_or_else(|_| Err(self.damaged()));
            if let (Some(job), Err(fault)) = (first, &outcome) {
                tell(job, Err(fault.clone()));
            }
            for job in waiting {
                tell(job, outcome.clone());
            }
        }
        self.broken.store(false, Ordering::Release);
        self.database.write().unwrap_or_else(PoisonError::into_inner).take();
        self.hold.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Runs `first` and what else waits, and makes it durable; `waiting` gets those to be told the outcome.
    ///
    /// `first` is left in place when not even a transaction could be had.
    fn write_batch(
        &self,
        first: &mut Option<Box<dyn Job>>,
        jobs: &Receiver<Box<dyn Job>>,
        waiting: &mut Vec<Box<dyn Job>>,
    ) -> Result<(), Fault> {
        let guard = self.database()?;
        let opened = guard.as_ref().ok_or_else(closed)?;
        let begun = opened.database.begin_write();
        let mut transaction = begun.map_err(|cause| self.fault("cannot begin to write", cause))?;
        // Commits in two phases: a crash then costs no walk over the whole file at the next start, and a sync that
        // fails half-way cannot bring back writes whose callers were told that they failed.
        transaction.set_quick_repair(true);
        let durable = transaction.set_durability(Durability::Immediate);
        durable.map_err(|cause| self.fault("cannot ask for durable writes", cause))?;
        let mut changed = false;
        {
            let opened = transaction.open_table(layout::ROWS);
            let mut table = opened.map_err(|cause| self.fault("cannot open the rows", cause))?;
            for mut job in first.take().into_iter().chain(jobs.try_iter()).take(BATCH_JOBS_MAX) {
                let Some(writes) = run_job(&mut *job, &View { table: &table, state: None, shared: self })
                else {
                    continue;
                };
                waiting.push(job);
                if let Some(writes) = writes {
                    changed = true;
                    self.apply(&mut table, writes)?;
                }
            }
        }
        if !changed {
            return transaction.abort().map_err(|cause| self.fault("cannot end an empty write", cause));
        }
        let committed = transaction.commit();
        // Before anybody is told: whoever was told sees it.
        opened.forget_snapshot();
        committed.map_err(|cause| self.fault("cannot make writes durable", cause))
    }

    fn apply(
        &self,
        table: &mut Table<'_, &'static [u8], &'static [u8]>,
        writes: Writes,
    ) -> Result<(), Fault> {
        for (key, value) in writes.rows {
            let changed = match value {
                Some(value) => table.insert(key.as_slice(), value.as_slice()).map(drop),
                None => table.remove(key.as_slice()).map(drop),
            };
            changed.map_err(|cause| self.fault("cannot write a row", cause))?;
        }
        Ok(())
    }

    /// The open database, opened anew if the disk has failed since.
    fn database(&self) -> Result<RwLockReadGuard<'_, Option<Opened>>, Fault> {
        if self.broken.load(Ordering::Acquire) {
            let mut database = self.database.write().unwrap_or_else(PoisonError::into_inner);
            if self.broken.load(Ordering::Acquire) {
                // The old one must go first, for it holds the file.
                database.take();
                let reopened = (self.open)();
                let reopened =
                    reopened.map_err(|cause| Fault::caused("cannot open the store again", cause))?;
                *database = Some(Opened::new(reopened));
                self.broken.store(false, Ordering::Release);
            }
        }
        Ok(self.database.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// redb panics where it meets a damaged page: that must cost the call that met it, not the process.
    fn sound<T, E: Into<redb::Error>>(
        &self,
        context: &str,
        step: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, Fault> {
        match catch_unwind(AssertUnwindSafe(step)) {
            Ok(outcome) => outcome.map_err(|cause| self.fault(context, cause)),
            Err(_) => Err(self.damaged()),
        }
    }

    fn damaged(&self) -> Fault {
        self.broken.store(true, Ordering::Release);
        Fault::new("the database file is damaged")
    }

    fn fault(&self, context: &str, cause: impl Into<redb::Error>) -> Fault {
        let cause = cause.into();
        if matches!(cause, redb::Error::Io(_) | redb::Error::PreviousIo | redb::Error::LockPoisoned(_)) {
            self.broken.store(true, Ordering::Release);
        }
        file::fault(context, cause)
    }
}

/// The rows as one transaction sees them.
struct View<'t, T> {
    table: &'t T,
    /// None while it is being written.
    state: Option<u64>,
    shared: &'t Shared,
}

impl<T: ReadableTable<&'static [u8], &'static [u8]>> Reader for View<'_, T> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        let mut value = None;
        self.show(key, &mut |stored| value = stored.map(<[u8]>::to_vec))?;
        Ok(value)
    }

    fn show(&self, key: &[u8], show: &mut dyn FnMut(Option<&[u8]>)) -> Result<(), Fault> {
        let found = self.shared.sound("cannot read a row", || self.table.get(key))?;
        show(found.as_ref().map(|value| value.value()));
        Ok(())
    }

    fn get_many(&self, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>, Fault> {
        keys.iter().map(|key| self.get(key)).collect()
    }

    fn scan(&self, span: &Span, visit: &mut Visit<'_>) -> Result<(), Fault> {
        if span.is_empty() {
            return Ok(());
        }
        let shared = self.shared;
        let to = span.to.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
        let bounds = (Bound::Included(span.from.as_slice()), to);
        let mut rows = shared.sound("cannot scan rows", || self.table.range::<&[u8]>(bounds))?;
        let mut next = || {
            let row = if span.reverse { rows.next_back() } else { rows.next() };
            row.transpose()
        };
        while let Some((key, value)) = shared.sound("cannot scan rows", &mut next)? {
            if visit(key.value(), value.value()).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn state(&self) -> Option<u64> {
        self.state
    }
}
