mod connection;
mod lanes;
mod pool;
mod schema;

use std::collections::VecDeque;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use postgres::Config;

use crate::engine::postgres::connection::{Connection, View};
use crate::engine::postgres::lanes::Lanes;
use crate::engine::postgres::pool::Pool;
use crate::engine::{Done, Engine, Job, Lane, Reader, closed, refuse, run_job, tell};
use crate::fault::{Fault, OpenError};
use crate::overlay::{Overlay, Written};

/// How many lanes are written at once, each on a connection of its own.
const WRITERS: usize = 4;

/// How long a server may take to answer a new connection, unless the URL says otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// Keeps everything in a PostgreSQL database, or one that speaks like it, which many servers may share.
///
/// A few threads write. One takes all jobs that wait for a lane and runs them in one transaction, which locks the
/// lane's row first: so jobs of a lane run one after another across all servers.
pub struct PostgresEngine {
    shared: Arc<Shared>,
    writers: Mutex<Vec<JoinHandle<()>>>,
}

struct Shared {
    config: Config,
    lanes: Lanes,
    readers: Pool,
}

impl PostgresEngine {
    /// Opens the store in the database of `url`; what is missing in the database is made.
    pub fn connect(url: &str) -> Result<PostgresEngine, OpenError> {
        let server = |cause| OpenError::Server { cause };
        let mut config = Config::from_str(url)
            .map_err(|cause| server(Fault::caused("the URL of the database makes no sense", cause)))?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_TIMEOUT);
        }
        if config.get_application_name().is_none() {
            config.application_name("moyun");
        }
        // On a thread of its own, for the driver waits with a runtime and would panic inside the caller's.
        let prepared = thread::scope(|scope| scope.spawn(|| schema::prepare(&config)).join());
        prepared.unwrap_or_else(|_| Err(server(Fault::new("the database driver panicked"))))?;
        let engine = PostgresEngine {
            shared: Arc::new(Shared { readers: Pool::new(config.clone()), config, lanes: Lanes::default() }),
            writers: Mutex::default(),
        };
        for _ in 0..WRITERS {
            let shared = Arc::clone(&engine.shared);
            let spawned = thread::Builder::new()
                .name("store-writer".to_owned())
                .spawn(move || shared.write_until_closed());
            let writer =
                spawned.map_err(|cause| server(Fault::caused("cannot start a writer thread", cause)))?;
            engine.writers.lock().unwrap_or_else(PoisonError::into_inner).push(writer);
        }
        Ok(engine)
    }
}

impl Engine for PostgresEngine {
    fn read(&self, job: &mut dyn FnMut(&dyn Reader)) -> Result<(), Fault> {
        self.shared.readers.read(job)
    }

    fn write(&self, lane: &Lane, job: Job) {
        if let Err(job) = self.shared.lanes.push(lane, job) {
            refuse(job, &closed());
        }
    }

    fn may_block(&self) -> bool {
        true
    }

    fn close(&self) {
        self.shared.lanes.close();
        let writers = std::mem::take(&mut *self.writers.lock().unwrap_or_else(PoisonError::into_inner));
        // The last owner may be a `Done`, which runs on a writer thread: that cannot wait for itself.
        for writer in writers.into_iter().filter(|writer| writer.thread().id() != thread::current().id()) {
            // It panics only if a job's capture panics while it is dropped, and then there is nothing left to do.
            let _ = writer.join();
        }
    }
}

impl Drop for PostgresEngine {
    fn drop(&mut self) {
        self.close();
    }
}

impl Shared {
    /// The life of a writer thread.
    fn write_until_closed(&self) {
        let mut connection = None;
        while let Some((lane, mut jobs)) = self.lanes.take() {
            let mut waiting = Vec::new();
            let outcome = self.write_batch(&mut connection, &lane, &mut jobs, &mut waiting);
            // Told before the lane is free again: so callers of one lane hear in the order of its jobs.
            if let Err(fault) = &outcome {
                jobs.into_iter().for_each(|job| refuse(job, fault));
            }
            waiting.into_iter().for_each(|done| tell(done, outcome.clone()));
            self.lanes.finish(lane);
        }
        self.readers.close();
    }

    /// Runs the jobs of a lane and makes their writes durable; `waiting` gets those to be told the outcome.
    ///
    /// `jobs` keeps those that were not run. The connection is kept only if all went well.
    fn write_batch(
        &self,
        kept: &mut Option<Connection>,
        lane: &Lane,
        jobs: &mut VecDeque<Job>,
        waiting: &mut Vec<Done>,
    ) -> Result<(), Fault> {
        let mut connection =
            Connection::begin(kept.take(), &self.config, |connection| connection.begin_write(lane))?;
        let view = View::new(&mut connection);
        let mut written = Written::new();
        while let Some(job) = jobs.pop_front() {
            if let Some((writes, done)) = run_job(job, &Overlay { base: &view, written: &written }) {
                waiting.push(done);
                written.extend(writes.unwrap_or_default().0);
            }
            // The server ends a transaction whose statement failed, and says COMMIT to it without a complaint.
            view.check()?;
        }
        drop(view);
        connection.store(&written)?;
        connection.commit()?;
        *kept = Some(connection);
        Ok(())
    }
}
