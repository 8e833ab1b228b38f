use postgres::error::SqlState;
use postgres::{Client, Config, NoTls};

use crate::fault::{Fault, OpenError};

/// The version of the tables below.
const VERSION: i32 = 1;

/// The version comes last: where it stands, the other tables are there.
const TABLES: [&str; 3] = [
    "CREATE TABLE IF NOT EXISTS moyun_rows (key BYTEA PRIMARY KEY, value BYTEA NOT NULL)",
    "CREATE TABLE IF NOT EXISTS moyun_lanes (name TEXT PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS moyun_schema (version INT4 PRIMARY KEY)",
];

/// Two servers that start at once on an empty database may collide; the one that loses looks again.
const ATTEMPTS: usize = 3;

/// Makes sure that the database has our tables in a version that we know.
pub(super) fn prepare(config: &Config) -> Result<(), OpenError> {
    let mut client = config.connect(NoTls).map_err(|cause| server("cannot connect", cause))?;
    let mut made = Ok(());
    for _ in 0..ATTEMPTS {
        match version(&mut client)? {
            Some(VERSION) => return Ok(()),
            Some(found) if found > VERSION => return Err(OpenError::Newer { found, known: VERSION }),
            _ => made = make(&mut client),
        }
    }
    match version(&mut client)? {
        Some(_) => Ok(()),
        None => {
            Err(server_fault(made.err().unwrap_or_else(|| Fault::new("the tables vanish as they are made"))))
        }
    }
}

fn version(client: &mut Client) -> Result<Option<i32>, OpenError> {
    match client.query_one("SELECT CAST(max(version) AS INT4) FROM moyun_schema", &[]) {
        Ok(row) => row.try_get(0).map_err(|cause| server("cannot read the schema version", cause)),
        Err(cause) if cause.code() == Some(&SqlState::UNDEFINED_TABLE) => Ok(None),
        Err(cause) => Err(server("cannot read the schema version", cause)),
    }
}

fn make(client: &mut Client) -> Result<(), Fault> {
    let failed = |cause| Fault::caused("cannot create the tables", cause);
    for table in TABLES {
        client.batch_execute(table).map_err(failed)?;
    }
    let add = "INSERT INTO moyun_schema (version) VALUES ($1) ON CONFLICT (version) DO NOTHING";
    client.execute(add, &[&VERSION]).map(drop).map_err(failed)
}

fn server(context: &str, cause: postgres::Error) -> OpenError {
    server_fault(Fault::caused(context, cause))
}

fn server_fault(cause: Fault) -> OpenError {
    OpenError::Server { cause }
}
