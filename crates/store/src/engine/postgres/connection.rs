use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use postgres::error::SqlState;
use postgres::types::ToSql;
use postgres::{Client, Config, NoTls, Row, Statement};

use crate::engine::{Lane, Reader, Span, Visit};
use crate::fault::Fault;
use crate::overlay::Written;

const LOCK_LANE: &str = "SELECT name FROM moyun_lanes WHERE name = $1 FOR UPDATE";
const LANES: &str = "SELECT name FROM moyun_lanes";
const ADD_LANE: &str = "INSERT INTO moyun_lanes (name) VALUES ($1) ON CONFLICT (name) DO NOTHING";
const ADD_WRITER: &str = "INSERT INTO moyun_writers (id, mark) \
                          SELECT COALESCE(max(id), 0) + 1, 0 FROM moyun_writers RETURNING id";
const MARK: &str = "SELECT mark FROM moyun_writers WHERE id = $1";
const GET: &str = "SELECT value FROM moyun_rows WHERE key = $1";
const GET_MANY: &str = "SELECT key, value FROM moyun_rows WHERE key = ANY($1)";
const PUT: &str = "INSERT INTO moyun_rows (key, value) SELECT * FROM UNNEST($1::BYTEA[], $2::BYTEA[]) \
                   ON CONFLICT (key) DO UPDATE SET value = excluded.value";
const DELETE: &str = "DELETE FROM moyun_rows WHERE key = ANY($1)";
const SCAN: &str = "SELECT key, value FROM moyun_rows WHERE key >= $1 AND key < $2 ORDER BY key LIMIT $3";
const SCAN_BACK: &str =
    "SELECT key, value FROM moyun_rows WHERE key >= $1 AND key < $2 ORDER BY key DESC LIMIT $3";
const SCAN_ON: &str = "SELECT key, value FROM moyun_rows WHERE key >= $1 ORDER BY key LIMIT $2";
const SCAN_ON_BACK: &str = "SELECT key, value FROM moyun_rows WHERE key >= $1 ORDER BY key DESC LIMIT $2";

/// A scan fetches little at first, for many stop soon, and then pages of this size.
const PAGE_ROWS: [i64; 2] = [50, 500];

/// How many rows one statement puts or deletes at most.
const STORE_ROWS: usize = 20_000;

type Params<'p> = &'p [&'p (dyn ToSql + Sync)];

/// A connection with the statements prepared on it.
pub(super) struct Connection {
    client: Client,
    prepared: HashMap<&'static str, Statement>,
}

impl Connection {
    /// Begins a transaction on a kept connection, or on a new one if that has died meanwhile.
    ///
    /// Nothing has been run yet when it turns out to be dead, so that nobody need hear of it.
    pub(super) fn begin(
        kept: Option<Connection>,
        config: &Config,
        mut begin: impl FnMut(&mut Connection) -> Result<(), Fault>,
    ) -> Result<Connection, Fault> {
        if let Some(mut connection) = kept
            && begin(&mut connection).is_ok()
        {
            return Ok(connection);
        }
        let client = config.connect(NoTls);
        let client = client.map_err(|cause| Fault::caused("cannot connect to the database", cause))?;
        let mut connection = Connection { client, prepared: HashMap::new() };
        begin(&mut connection)?;
        Ok(connection)
    }

    /// Begins to read one unchanging state.
    pub(super) fn begin_read(&mut self) -> Result<(), Fault> {
        self.run("START TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", "cannot begin to read")
    }

    /// Begins to write, with the lanes locked until the end: in the order of their names, as every server does.
    ///
    /// READ COMMITTED is enough: all that may change a lane's rows holds the lane, and each statement after the lock
    /// sees everything that its last holder committed. A snapshot taken at the beginning would not.
    pub(super) fn begin_write(&mut self, lanes: &BTreeSet<Lane>) -> Result<(), Fault> {
        self.start_write()?;
        if lanes.contains(&Lane::all()) {
            return self.lock_all();
        }
        for lane in lanes {
            if !self.lock(lane)? {
                // Not while others are held: whoever locks all lanes may hold the right to make one and wait for those.
                self.abandon()?;
                self.make_lane(lane)?;
                return self.begin_write(lanes);
            }
        }
        Ok(())
    }

    fn start_write(&mut self) -> Result<(), Fault> {
        self.run("START TRANSACTION ISOLATION LEVEL READ COMMITTED", "cannot begin to write")
    }

    /// Locks the row of a lane; false when it has none yet.
    fn lock(&mut self, lane: &Lane) -> Result<bool, Fault> {
        let locked = self.query(LOCK_LANE, &[&lane.0]);
        locked.map(|rows| !rows.is_empty()).map_err(|cause| Fault::caused("cannot lock the lane", cause))
    }

    /// Locks all lanes in the order of their names, of which that of all lanes is the first.
    fn lock_all(&mut self) -> Result<(), Fault> {
        self.lock_making()?;
        let cannot = |cause| Fault::caused("cannot list the lanes", cause);
        let rows = self.query(LANES, &[]).map_err(cannot)?;
        let names: Result<BTreeSet<String>, _> = rows.iter().map(|row| row.try_get(0)).collect();
        names.map_err(cannot)?.into_iter().try_for_each(|name| self.lock(&Lane(name)).map(drop))
    }

    /// Gives a lane its row, in a transaction that holds nothing but the right to.
    fn make_lane(&mut self, lane: &Lane) -> Result<(), Fault> {
        self.start_write()?;
        self.lock_making()?;
        self.add_lane(lane)?;
        self.run("COMMIT", "cannot make the lane")
    }

    /// Locks the row without which no lane is made.
    fn lock_making(&mut self) -> Result<(), Fault> {
        let all = Lane::all();
        if !self.lock(&all)? {
            self.add_lane(&all)?;
            if !self.lock(&all)? {
                return Err(Fault::new("the row of all lanes vanishes as it is made"));
            }
        }
        Ok(())
    }

    fn add_lane(&mut self, lane: &Lane) -> Result<(), Fault> {
        let added = self.query(ADD_LANE, &[&lane.0]);
        added.map(drop).map_err(|cause| Fault::caused("cannot make the lane", cause))
    }

    /// Puts and deletes rows in the transaction.
    pub(super) fn store(&mut self, written: &Written) -> Result<(), Fault> {
        let (mut keys, mut values, mut gone) = (Vec::new(), Vec::new(), Vec::new());
        for (key, value) in written {
            match value {
                Some(value) => {
                    keys.push(key.as_slice());
                    values.push(value.as_slice());
                }
                None => gone.push(key.as_slice()),
            }
        }
        for (keys, values) in keys.chunks(STORE_ROWS).zip(values.chunks(STORE_ROWS)) {
            let put = self.query(PUT, &[&keys, &values]);
            put.map_err(|cause| Fault::caused("cannot write rows", cause))?;
        }
        for gone in gone.chunks(STORE_ROWS) {
            let deleted = self.query(DELETE, &[&gone]);
            deleted.map_err(|cause| Fault::caused("cannot delete rows", cause))?;
        }
        Ok(())
    }

    /// Ends a transaction that wrote nothing, which costs no sync.
    pub(super) fn abandon(&mut self) -> Result<(), Fault> {
        self.run("ROLLBACK", "cannot end an empty write")
    }

    /// Ends the transaction and makes its writes durable, and with them that this writer made its commit of this number.
    pub(super) fn commit(&mut self, writer: i64, mark: i64) -> Result<(), Fault> {
        let end = format!("UPDATE moyun_writers SET mark = {mark} WHERE id = {writer}; COMMIT");
        self.run(&end, "cannot commit")
    }

    /// Ends a transaction that read.
    pub(super) fn end_read(&mut self) -> Result<(), Fault> {
        self.run("COMMIT", "cannot end a read")
    }

    /// Enters a writer under a number that no other has.
    pub(super) fn add_writer(&mut self) -> Result<i64, Fault> {
        let cannot = |cause| Fault::caused("cannot enter a writer", cause);
        let mut added = self.client.query_one(ADD_WRITER, &[]);
        // Of several that enter at once, one gets the number.
        while added.as_ref().is_err_and(|cause| cause.code() == Some(&SqlState::UNIQUE_VIOLATION)) {
            added = self.client.query_one(ADD_WRITER, &[]);
        }
        added.map_err(cannot)?.try_get(0).map_err(cannot)
    }

    /// Strikes out a writer that writes no more.
    pub(super) fn remove_writer(&mut self, writer: i64) -> Result<(), Fault> {
        self.run(&format!("DELETE FROM moyun_writers WHERE id = {writer}"), "cannot strike out a writer")
    }

    /// The number of the last commit that a writer made.
    pub(super) fn mark(&mut self, writer: i64) -> Result<i64, Fault> {
        let cannot = |cause| Fault::caused("cannot look for a commit", cause);
        let row = self.client.query_one(MARK, &[&writer]).map_err(cannot)?;
        row.try_get(0).map_err(cannot)
    }

    fn run(&mut self, sql: &str, context: &str) -> Result<(), Fault> {
        self.client.batch_execute(sql).map_err(|cause| Fault::caused(context, cause))
    }

    fn query(&mut self, sql: &'static str, params: Params<'_>) -> Result<Vec<Row>, postgres::Error> {
        let statement = match self.prepared.get(sql) {
            Some(statement) => statement.clone(),
            None => {
                let statement = self.client.prepare(sql)?;
                self.prepared.insert(sql, statement.clone());
                statement
            }
        };
        self.client.query(&statement, params)
    }
}

/// The rows as the transaction of a connection sees them.
pub(super) struct View<'c> {
    connection: RefCell<&'c mut Connection>,
    failed: RefCell<Option<Fault>>,
}

impl<'c> View<'c> {
    /// The view of the transaction that was begun on `connection`.
    pub(super) fn new(connection: &'c mut Connection) -> View<'c> {
        View { connection: RefCell::new(connection), failed: RefCell::new(None) }
    }

    /// The first failure of a read, after which the transaction is of no use.
    pub(super) fn check(&self) -> Result<(), Fault> {
        self.failed.borrow().clone().map_or(Ok(()), Err)
    }

    fn query(&self, sql: &'static str, params: Params<'_>) -> Result<Vec<Row>, Fault> {
        self.connection.borrow_mut().query(sql, params).map_err(|cause| self.fail(cause))
    }

    fn column<'r>(&self, row: &'r Row, column: usize) -> Result<&'r [u8], Fault> {
        row.try_get(column).map_err(|cause| self.fail(cause))
    }

    fn fail(&self, cause: postgres::Error) -> Fault {
        let fault = Fault::caused("cannot read rows", cause);
        self.failed.borrow_mut().get_or_insert(fault).clone()
    }
}

impl Reader for View<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        let rows = self.query(GET, &[&key])?;
        rows.first().map(|row| self.column(row, 0).map(<[u8]>::to_vec)).transpose()
    }

    fn get_many(&self, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>, Fault> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.query(GET_MANY, &[&keys])?;
        let mut found = HashMap::with_capacity(rows.len());
        for row in &rows {
            found.insert(self.column(row, 0)?, self.column(row, 1)?);
        }
        Ok(keys.iter().map(|key| found.get(key.as_slice()).map(|value| value.to_vec())).collect())
    }

    fn scan(&self, span: &Span, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let mut left = span.clone();
        for limit in PAGE_ROWS.into_iter().chain(std::iter::repeat(PAGE_ROWS[1])) {
            if left.is_empty() {
                break;
            }
            let rows = match (&left.to, left.reverse) {
                (Some(to), false) => self.query(SCAN, &[&left.from, to, &limit]),
                (Some(to), true) => self.query(SCAN_BACK, &[&left.from, to, &limit]),
                (None, false) => self.query(SCAN_ON, &[&left.from, &limit]),
                (None, true) => self.query(SCAN_ON_BACK, &[&left.from, &limit]),
            }?;
            for row in &rows {
                if visit(self.column(row, 0)?, self.column(row, 1)?).is_break() {
                    return Ok(());
                }
            }
            let full = rows.len() as i64 == limit;
            let Some(last) = rows.last().filter(|_| full) else { break };
            left = left.after(self.column(last, 0)?);
        }
        Ok(())
    }
}
