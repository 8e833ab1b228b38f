use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use postgres::Config;

use crate::engine::Lane;
use crate::engine::postgres::connection::Connection;
use crate::fault::Fault;

/// How often, and how long apart, a server that went away during a commit is asked what came of it.
const LOOKS: u32 = 100;
const LOOK_PAUSE: Duration = Duration::from_millis(100);

/// What one thread writes with: a connection, and a row of its own that says which commit was its last.
pub(super) struct Writer {
    config: Config,
    connection: Option<Connection>,
    id: Option<i64>,
    commits: i64,
}

impl Writer {
    /// A writer that connects when it is first asked to write.
    pub(super) fn new(config: Config) -> Writer {
        Writer { config, connection: None, id: None, commits: 0 }
    }

    /// Begins a transaction with these lanes locked.
    pub(super) fn begin(&mut self, lanes: &BTreeSet<Lane>) -> Result<Connection, Fault> {
        Connection::begin(self.connection.take(), &self.config, |connection| {
            if self.id.is_none() {
                self.id = Some(connection.add_writer()?);
            }
            connection.begin_write(lanes)
        })
    }

    /// Ends a transaction that wrote nothing.
    pub(super) fn abandon(&mut self, mut connection: Connection) -> Result<(), Fault> {
        connection.abandon()?;
        self.connection = Some(connection);
        Ok(())
    }

    /// Makes the writes of a transaction durable that was begun with these lanes.
    ///
    /// An error means that they are not stored, unless the server stays away for so long that nobody can tell.
    #[expect(
        clippy::disallowed_methods,
        reason = "a server that restarts is not asked again without a pause"
    )]
    pub(super) fn commit(&mut self, mut connection: Connection, lanes: &BTreeSet<Lane>) -> Result<(), Fault> {
        self.commits += 1;
        let id = self.id.unwrap_or_default();
        let Err(fault) = connection.commit(id, self.commits) else {
            self.connection = Some(connection);
            return Ok(());
        };
        drop(connection);
        for _ in 0..LOOKS {
            match self.last_commit(id, lanes) {
                Ok(last) if last == self.commits => return Ok(()),
                Ok(_) => return Err(fault),
                Err(_) => thread::sleep(LOOK_PAUSE),
            }
        }
        // What became of it nobody knows; the row stays as it is, so that no other writer takes its number.
        self.id = None;
        Err(fault)
    }

    /// Leaves the database as if this writer had never been.
    pub(super) fn leave(mut self) {
        // A row that stays is small and harms nobody.
        if let (Some(id), Some(connection)) = (self.id, &mut self.connection) {
            drop(connection.remove_writer(id));
        }
    }

    /// The number of this writer's last commit. Once the lanes are locked none is on its way any more.
    fn last_commit(&mut self, id: i64, lanes: &BTreeSet<Lane>) -> Result<i64, Fault> {
        let mut connection = self.begin(lanes)?;
        let last = connection.mark(id)?;
        self.abandon(connection)?;
        Ok(last)
    }
}
