mod connection;
mod lanes;
mod pool;
mod schema;
mod writer;

use std::collections::{BTreeSet, VecDeque};
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use postgres::Config;

use crate::engine::postgres::connection::View;
use crate::engine::postgres::lanes::Lanes;
use crate::engine::postgres::pool::Pool;
use crate::engine::postgres::writer::Writer;
use crate::engine::{Engine, Job, Lane, Reader, closed, guards, run_job, tell};
use crate::fault::{Fault, OpenError};
use crate::overlay::{Overlay, Written};
use crate::upgrade::Upgrade;

/// How many lanes are written at once, each on a connection of its own.
const WRITERS: usize = 4;

/// How long a server may take to answer a new connection, unless the URL says otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// Keeps everything in a PostgreSQL database, or one that speaks like it, which many servers may share.
///
/// A few threads write. One takes all jobs that wait for a lane and runs them in one transaction, which locks the
/// lane's row first: so jobs of a lane run one after another across all servers. A job that turns out to need further
/// lanes runs again in a transaction that locks them all first, in the order of their names, so that no two
/// transactions ever wait for each other.
///
/// One that needs all lanes locks the row of [`Lane::all`] first, without which no lane is ever made, and then every
/// lane that there is. So those that need a few lanes lock no row more than these.
pub struct PostgresEngine {
    shared: Arc<Shared>,
    writers: Mutex<Vec<JoinHandle<()>>>,
    upgrade: Option<Upgrade>,
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
        let upgrade = prepared.unwrap_or_else(|_| Err(server(Fault::new("the database driver panicked"))))?;
        let engine = PostgresEngine {
            shared: Arc::new(Shared { readers: Pool::new(config.clone()), config, lanes: Lanes::default() }),
            writers: Mutex::default(),
            upgrade,
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

    /// What opening did to a store that an older program had left.
    pub fn upgrade(&self) -> Option<&Upgrade> {
        self.upgrade.as_ref()
    }
}

impl Engine for PostgresEngine {
    fn read(&self, job: &mut dyn FnMut(&dyn Reader)) -> Result<(), Fault> {
        self.shared.readers.read(job)
    }

    fn write(&self, lane: &Lane, job: Box<dyn Job>) {
        if let Err(job) = self.shared.lanes.push(lane, job) {
            tell(job, Err(closed()));
        }
    }

    fn may_block(&self) -> bool {
        true
    }

    fn close(&self) {
        self.shared.lanes.close();
        let writers = std::mem::take(&mut *self.writers.lock().unwrap_or_else(PoisonError::into_inner));
        // The last owner may be a job, which is told on a writer thread: that cannot wait for itself.
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
        let mut writer = Writer::new(self.config.clone());
        while let Some((lane, mut jobs)) = self.lanes.take() {
            let mut held = BTreeSet::from([lane.clone()]);
            while !jobs.is_empty() {
                let mut waiting = Vec::new();
                let outcome = write_batch(&mut writer, &mut held, &mut jobs, &mut waiting);
                if outcome.is_err() {
                    waiting.extend(jobs.drain(..));
                }
                // Told before the lane is free again: so callers of one lane hear in the order of its jobs.
                waiting.into_iter().for_each(|job| tell(job, outcome.clone()));
            }
            self.lanes.finish(lane);
        }
        writer.leave();
        self.readers.close();
    }
}

/// Runs jobs with the lanes in `held` and makes their writes durable; `waiting` gets those to be told the outcome.
///
/// `jobs` keeps those that were not run. The first of them may need more lanes: those are in `held` then.
fn write_batch(
    writer: &mut Writer,
    held: &mut BTreeSet<Lane>,
    jobs: &mut VecDeque<Box<dyn Job>>,
    waiting: &mut Vec<Box<dyn Job>>,
) -> Result<(), Fault> {
    let locked = held.clone();
    let mut connection = writer.begin(&locked)?;
    let view = View::new(&mut connection);
    let mut written = Written::new();
    while let Some(mut job) = jobs.pop_front() {
        let ran = run_job(&mut *job, &Overlay { base: &view, written: &written });
        let writes = ran.as_ref().and_then(Option::as_ref);
        let needs_more = writes.is_some_and(|writes| !guards(held, &writes.lanes));
        if needs_more {
            jobs.push_front(job);
        } else if ran.is_some() {
            waiting.push(job);
        }
        // The server ends a transaction whose statement failed, and says COMMIT to it without a complaint.
        view.check()?;
        let writes = ran.flatten().unwrap_or_default();
        if needs_more {
            held.extend(writes.lanes);
            break;
        }
        written.extend(writes.rows);
    }
    drop(view);
    if written.is_empty() {
        return writer.abandon(connection);
    }
    connection.store(&written)?;
    writer.commit(connection, &locked)
}
