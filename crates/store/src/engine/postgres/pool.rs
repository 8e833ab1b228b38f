use std::sync::{Condvar, Mutex, PoisonError};

use postgres::Config;

use crate::engine::postgres::connection::{Connection, View};
use crate::engine::{Reader, closed};
use crate::fault::Fault;

/// How many reads go on at once, each on a connection of its own.
const READERS_MAX: usize = 8;

/// The connections that reads share.
pub(super) struct Pool {
    config: Config,
    state: Mutex<State>,
    returned: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Connection>,
    lent: usize,
    closed: bool,
}

impl Pool {
    /// A pool that connects when a read first asks.
    pub(super) fn new(config: Config) -> Pool {
        Pool { config, state: Mutex::default(), returned: Condvar::new() }
    }

    /// Runs a read on a connection that is free, or a new one.
    pub(super) fn read(&self, job: &mut dyn FnMut(&dyn Reader)) -> Result<(), Fault> {
        let mut lease = self.lend()?;
        let mut connection =
            Connection::begin(lease.connection.take(), &self.config, Connection::begin_read)?;
        let view = View::new(&mut connection);
        job(&view);
        // The job has seen what failed and told it; what is left is not to use this connection again.
        if view.check().is_ok() && connection.end_read().is_ok() {
            lease.connection = Some(connection);
        }
        Ok(())
    }

    /// Lends no more, and ends the connections that are idle.
    pub(super) fn close(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.closed = true;
        let idle = std::mem::take(&mut state.idle);
        drop(state);
        self.returned.notify_all();
        drop(idle);
    }

    fn lend(&self) -> Result<Lease<'_>, Fault> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let all_out = |state: &mut State| state.lent == READERS_MAX && !state.closed;
        let mut state = self.returned.wait_while(state, all_out).unwrap_or_else(PoisonError::into_inner);
        if state.closed {
            return Err(closed());
        }
        state.lent += 1;
        Ok(Lease { pool: self, connection: state.idle.pop() })
    }
}

/// The right to one connection; it ends with the read, however the read ends.
struct Lease<'p> {
    pool: &'p Pool,
    connection: Option<Connection>,
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        let mut state = self.pool.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.lent -= 1;
        if !state.closed {
            state.idle.extend(self.connection.take());
        }
        drop(state);
        self.pool.returned.notify_one();
    }
}
