use postgres::error::SqlState;
use postgres::{Client, Config, NoTls};

use crate::fault::{Fault, OpenError};
use crate::upgrade::Upgrade;

/// The version of the tables below.
const VERSION: i32 = 2;

/// The version comes last: where it stands, the other tables are there.
const TABLES: [&str; 4] = [
    "CREATE TABLE IF NOT EXISTS moyun_rows (key BYTEA PRIMARY KEY, value BYTEA NOT NULL)",
    "CREATE TABLE IF NOT EXISTS moyun_lanes (name TEXT PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS moyun_writers (id INT8 PRIMARY KEY, mark INT8 NOT NULL)",
    "CREATE TABLE IF NOT EXISTS moyun_schema (version INT4 PRIMARY KEY)",
];

/// How a database says that another server made the same thing in the same moment.
const COLLISIONS: [SqlState; 4] = [
    SqlState::UNIQUE_VIOLATION,
    SqlState::DUPLICATE_TABLE,
    SqlState::DUPLICATE_OBJECT,
    SqlState::T_R_SERIALIZATION_FAILURE,
];

/// Makes sure that the database has our tables in a version that we know.
pub(super) fn prepare(config: &Config) -> Result<Option<Upgrade>, OpenError> {
    let mut client = config.connect(NoTls).map_err(|cause| server("cannot connect", cause))?;
    let from = match version(&mut client)? {
        Some(VERSION) => return Ok(None),
        Some(found) if found > VERSION => return Err(OpenError::Newer { found, known: VERSION }),
        older => older,
    };
    make(&mut client).map_err(|cause| server("cannot create the tables", cause))?;
    Ok(from.map(|from| Upgrade { from, to: VERSION, backup: None }))
}

fn version(client: &mut Client) -> Result<Option<i32>, OpenError> {
    match client.query_one("SELECT CAST(max(version) AS INT4) FROM moyun_schema", &[]) {
        Ok(row) => row.try_get(0).map_err(|cause| server("cannot read the schema version", cause)),
        Err(cause) if cause.code() == Some(&SqlState::UNDEFINED_TABLE) => Ok(None),
        Err(cause) => Err(server("cannot read the schema version", cause)),
    }
}

fn make(client: &mut Client) -> Result<(), postgres::Error> {
    for table in TABLES {
        make_table(client, table)?;
    }
    let add = "INSERT INTO moyun_schema (version) VALUES ($1) ON CONFLICT (version) DO NOTHING";
    client.execute(add, &[&VERSION]).map(drop)
}

/// `IF NOT EXISTS` looks before it makes: of several servers that start at once on an empty database, all but one may be told that
/// the table, its type or its index has come to be meanwhile. It has then, and asking once more finds it.
fn make_table(client: &mut Client, table: &str) -> Result<(), postgres::Error> {
    match client.batch_execute(table) {
        Err(cause) if cause.code().is_some_and(|code| COLLISIONS.contains(code)) => {
            client.batch_execute(table)
        }
        made => made,
    }
}

fn server(context: &str, cause: postgres::Error) -> OpenError {
    OpenError::Server { cause: Fault::caused(context, cause) }
}
