//! An engine that counts what is stored in it, so that nothing has to be compared to see that nothing changed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use moyun_store::{Engine, Fault, Job, Lane, Reader, Writes};

/// An engine and the number of its writes.
pub(super) struct Watched {
    engine: Arc<dyn Engine>,
    writes: Arc<AtomicU64>,
}

impl Watched {
    /// The engine to write to, and the count of its writes.
    pub(super) fn of(engine: Arc<dyn Engine>) -> (Arc<dyn Engine>, Arc<AtomicU64>) {
        let writes = Arc::new(AtomicU64::new(0));
        (Arc::new(Watched { engine, writes: writes.clone() }), writes)
    }
}

impl Engine for Watched {
    fn read(&self, job: &mut dyn FnMut(&dyn Reader)) -> Result<(), Fault> {
        self.engine.read(job)
    }

    fn write(&self, lane: &Lane, job: Box<dyn Job>) {
        self.engine.write(lane, Box::new(Counted { job, writes: self.writes.clone() }));
    }

    fn may_block(&self) -> bool {
        self.engine.may_block()
    }

    fn close(&self) {
        self.engine.close();
    }
}

struct Counted {
    job: Box<dyn Job>,
    writes: Arc<AtomicU64>,
}

impl Job for Counted {
    fn run(&mut self, view: &dyn Reader) -> Option<Writes> {
        let writes = self.job.run(view);
        if writes.as_ref().is_some_and(|writes| !writes.rows.is_empty()) {
            self.writes.fetch_add(1, Ordering::Relaxed);
        }
        writes
    }

    fn done(self: Box<Self>, outcome: Result<(), Fault>) {
        self.job.done(outcome);
    }
}
