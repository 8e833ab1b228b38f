pub(crate) mod memory;
pub(crate) mod postgres;
pub(crate) mod redb;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::fault::Fault;

/// A consistent view of the stored bytes.
pub trait Reader {
    /// The value stored under `key`.
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault>;

    /// Has `show` look, once, at the value stored under `key`: where it lies, if the engine has it at hand.
    fn show(&self, key: &[u8], show: &mut dyn FnMut(Option<&[u8]>)) -> Result<(), Fault> {
        show(self.get(key)?.as_deref());
        Ok(())
    }

    /// The values stored under `keys`, in the order of `keys`: one round trip.
    fn get_many(&self, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>, Fault>;

    /// Visits the rows of `span` in byte order (from the end when it is reversed), until `visit` breaks.
    fn scan(&self, span: &Span, visit: &mut Visit<'_>) -> Result<(), Fault>;

    /// The number of the state that this view shows, which is never zero: an engine's views of one number show the same
    /// rows, and have them at hand. None where the engine cannot tell, or asks somebody else.
    fn state(&self) -> Option<u64> {
        None
    }
}

/// Looks at a row's key and value and says whether to go on.
pub type Visit<'a> = dyn FnMut(&[u8], &[u8]) -> ControlFlow<()> + 'a;

/// A run of keys: from `from` up to but not including `to`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

/// What a job wants stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writes {
    /// Key → Some(value) or None (delete), in key order.
    pub rows: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    /// The lanes that guard these rows. Nothing is stored unless the job ran with all of them held.
    pub lanes: BTreeSet<Lane>,
}

/// Reads a view, says what to write, and is told what came of it.
pub trait Job: Send {
    /// Looks and decides. It may be asked again, over a later view and with more lanes held: then only the last time
    /// counts.
    ///
    /// Nothing is written when it returns None.
    fn run(&mut self, view: &dyn Reader) -> Option<Writes>;

    /// Called once the writes are durable (or could not be made so); where there are none, as soon as everything that
    /// the job may have read is durable. A job that cannot have a view (store closed, server gone) is told so without
    /// having run, one that panicked is never told.
    ///
    /// It may run on the engine's own writer thread: it hands its news on and neither waits nor writes.
    fn done(self: Box<Self>, outcome: Result<(), Fault>);
}

/// A job of two closures: what `run` made of its last view goes to `done`.
pub struct Task<T, R, D> {
    run: R,
    done: D,
    made: Option<T>,
}

impl<T, R, D> Task<T, R, D>
where
    T: Send + 'static,
    R: FnMut(&dyn Reader) -> (T, Option<Writes>) + Send + 'static,
    D: FnOnce(Result<T, Fault>) + Send + 'static,
{
    /// The job that runs `run` and tells `done`.
    pub fn boxed(run: R, done: D) -> Box<dyn Job> {
        Box::new(Task { run, done, made: None })
    }
}

impl<T, R, D> Job for Task<T, R, D>
where
    T: Send,
    R: FnMut(&dyn Reader) -> (T, Option<Writes>) + Send,
    D: FnOnce(Result<T, Fault>) + Send,
{
    fn run(&mut self, view: &dyn Reader) -> Option<Writes> {
        let (made, writes) = (self.run)(view);
        self.made = Some(made);
        writes
    }

    fn done(self: Box<Self>, outcome: Result<(), Fault>) {
        let made = self.made;
        (self.done)(outcome.and_then(|()| made.ok_or_else(|| Fault::new("the store did not run the job"))));
    }
}

/// A name for what may not change twice at once: jobs that hold a lane run one after another, across all servers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lane(pub String);

impl Lane {
    /// All lanes at once, those of the future included: whoever holds it writes alone.
    pub fn all() -> Lane {
        Lane(String::new())
    }
}

/// Whether lanes that are held guard others.
fn guards(held: &BTreeSet<Lane>, others: &BTreeSet<Lane>) -> bool {
    held.contains(&Lane::all()) || others.is_subset(held)
}

/// Where the bytes are kept.
pub trait Engine: Send + Sync {
    /// Runs `job` once, on this thread, over one consistent view. Not to be called from within a job.
    fn read(&self, job: &mut dyn FnMut(&dyn Reader)) -> Result<(), Fault>;

    /// Runs `job` in its lane and stores what it asks for, all or nothing.
    ///
    /// When what it asks for is guarded by lanes beside its own, it runs with those held as well.
    /// Returns at once where the engine has a writer of its own, unless its queue is full; the job may be told on
    /// another thread, or before this returns.
    fn write(&self, lane: &Lane, job: Box<dyn Job>);

    /// Whether a call can wait noticeably for a network or a disk, so that an async caller should step aside.
    fn may_block(&self) -> bool;

    /// Stops accepting, finishes what was accepted. Later calls get a fault.
    fn close(&self);
}

/// Runs a job; None when it panicked, so that one bad job never takes the writer or its neighbours down.
fn run_job(job: &mut dyn Job, view: &dyn Reader) -> Option<Option<Writes>> {
    catch_unwind(AssertUnwindSafe(|| job.run(view))).ok()
}

/// Tells a job; a panic in there is its caller's and must not reach the writer.
fn tell(job: Box<dyn Job>, outcome: Result<(), Fault>) {
    // The panic hook has already reported it; there is nobody left to tell.
    let _ = catch_unwind(AssertUnwindSafe(|| job.done(outcome)));
}

fn closed() -> Fault {
    Fault::new("the store is closed")
}
