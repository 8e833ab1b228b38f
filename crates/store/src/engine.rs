pub(crate) mod memory;
pub(crate) mod postgres;
pub(crate) mod redb;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::fault::Fault;

/// A consistent view of the stored bytes.
pub trait Reader {
    /// The value stored under `key`.
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault>;

    /// The values stored under `keys`, in the order of `keys`: one round trip.
    fn get_many(&self, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>, Fault>;

    /// Visits the rows of `span` in byte order (from the end when it is reversed), until `visit` breaks.
    fn scan(&self, span: &Span, visit: &mut Visit<'_>) -> Result<(), Fault>;
}

/// Looks at a row's key and value and says whether to go on.
pub type Visit<'a> = dyn FnMut(&[u8], &[u8]) -> ControlFlow<()> + 'a;

/// A run of keys: from `from` up to but not including `to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first key inside.
    pub from: Vec<u8>,
    /// The first key behind the end; None means that there is no end.
    pub to: Option<Vec<u8>>,
    /// Whether to walk from the end to the beginning.
    pub reverse: bool,
}

impl Span {
    /// All keys that begin with `prefix`.
    pub fn prefix(prefix: &[u8]) -> Span {
        let mut end = prefix.to_vec();
        while end.pop_if(|last| *last == 0xFF).is_some() {}
        if let Some(last) = end.last_mut() {
            *last += 1;
        }
        Span { from: prefix.to_vec(), to: (!end.is_empty()).then_some(end), reverse: false }
    }

    /// The same keys, walked from the end.
    pub fn reversed(self) -> Span {
        Span { reverse: !self.reverse, ..self }
    }

    /// What is left of the walk behind `key`, which need not exist.
    pub fn after(mut self, key: &[u8]) -> Span {
        if self.reverse {
            if self.to.as_deref().is_none_or(|to| key < to) {
                self.to = Some(key.to_vec());
            }
        } else if key >= self.from.as_slice() {
            self.from = [key, &[0]].concat();
        }
        self
    }

    /// Whether no key can be inside.
    pub fn is_empty(&self) -> bool {
        self.to.as_ref().is_some_and(|to| *to <= self.from)
    }
}

/// What a job wants stored: key → Some(value) or None (delete), in key order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writes(pub BTreeMap<Vec<u8>, Option<Vec<u8>>>);

/// Called once the writes are durable (or could not be made so).
///
/// It may run on the engine's own writer thread: it hands its news on and neither waits nor writes.
pub type Done = Box<dyn FnOnce(Result<(), Fault>) + Send>;

/// Reads a view and says what to write; runs exactly once.
///
/// Nothing is written when it returns None; `Done` is still called, with Ok, as soon as everything that the job may
/// have read is durable. A job that cannot have a view (store closed, server gone) sees one whose every read fails,
/// and its `Done` is told the fault. When a job panics, its `Done` is dropped uncalled.
pub type Job = Box<dyn FnOnce(&dyn Reader) -> (Option<Writes>, Done) + Send>;

/// Jobs of one lane run one after another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lane(pub String);

/// Where the bytes are kept.
pub trait Engine: Send + Sync {
    /// Runs `job` once, on this thread, over one consistent view. Not to be called from within a job.
    fn read(&self, job: &mut dyn FnMut(&dyn Reader)) -> Result<(), Fault>;

    /// Runs `job` and stores what it asks for, all or nothing.
    ///
    /// Returns at once where the engine has a writer of its own, unless its queue is full; `Done` may run on another
    /// thread, or before this returns.
    fn write(&self, lane: &Lane, job: Job);

    /// Whether a call can wait noticeably for a network or a disk, so that an async caller should step aside.
    fn may_block(&self) -> bool;

    /// Stops accepting, finishes what was accepted. Later calls get a fault.
    fn close(&self);
}

/// Runs a job; None when it panicked, so that one bad job never takes the writer or its neighbours down.
fn run_job(job: Job, view: &dyn Reader) -> Option<(Option<Writes>, Done)> {
    catch_unwind(AssertUnwindSafe(|| job(view))).ok()
}

/// Tells the caller; a panic in there is the caller's and must not reach the writer.
fn tell(done: Done, outcome: Result<(), Fault>) {
    // The panic hook has already reported it; there is nobody left to tell.
    let _ = catch_unwind(AssertUnwindSafe(|| done(outcome)));
}

/// Runs a job that cannot have a view, so that its caller learns why.
fn refuse(job: Job, fault: &Fault) {
    if let Some((_, done)) = run_job(job, &NoView(fault)) {
        tell(done, Err(fault.clone()));
    }
}

fn closed() -> Fault {
    Fault::new("the store is closed")
}

/// The view of a job that can have none: every read fails.
struct NoView<'a>(&'a Fault);

impl Reader for NoView<'_> {
    fn get(&self, _key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        Err(self.0.clone())
    }

    fn get_many(&self, _keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>, Fault> {
        Err(self.0.clone())
    }

    fn scan(&self, _span: &Span, _visit: &mut Visit<'_>) -> Result<(), Fault> {
        Err(self.0.clone())
    }
}
