use std::collections::BTreeSet;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, channel};

use moyun_store::{Engine, Fault, Lane, MemoryEngine, PostgresEngine, Reader, RedbEngine, Task, Writes};
use postgres::{Client, NoTls};

/// Runs a scenario on a fresh store of every engine that can be had.
pub(crate) fn on_every_engine(scenario: impl Fn(Arc<dyn Engine>)) {
    scenario(Arc::new(MemoryEngine::new()));
    let folder = tempfile::tempdir().unwrap();
    scenario(Arc::new(RedbEngine::open(folder.path()).unwrap()));
    if let Some(database) = PostgresSchema::fresh() {
        scenario(Arc::new(PostgresEngine::connect(&database.url).unwrap()));
    }
}

pub(crate) fn lane(name: &str) -> Lane {
    Lane(name.to_owned())
}

/// Hands a job over; its outcome arrives on the receiver, which hangs up when the outcome is never told.
pub(crate) fn submit(
    engine: &dyn Engine,
    lane: &Lane,
    mut job: impl FnMut(&dyn Reader) -> Option<Writes> + Send + 'static,
) -> Receiver<Result<(), Fault>> {
    let (told, outcome) = channel();
    engine.write(lane, Task::boxed(move |view| ((), job(view)), move |outcome| told.send(outcome).unwrap()));
    outcome
}

pub(crate) fn write_rows(engine: &dyn Engine, rows: &[(&str, Option<&str>)]) {
    let rows =
        rows.iter().map(|(key, value)| (key.as_bytes().to_vec(), value.map(|v| v.as_bytes().to_vec())));
    let writes = rows_to_write(rows);
    submit(engine, &lane("one"), move |_| Some(writes.clone())).recv().unwrap().unwrap();
}

/// Writes that no lane but the job's own guards.
pub(crate) fn rows_to_write(rows: impl IntoIterator<Item = (Vec<u8>, Option<Vec<u8>>)>) -> Writes {
    Writes { rows: rows.into_iter().collect(), lanes: BTreeSet::new() }
}

pub(crate) fn read<T>(engine: &dyn Engine, look: impl Fn(&dyn Reader) -> T) -> T {
    let mut seen = None;
    engine.read(&mut |view| seen = Some(look(view))).unwrap();
    seen.expect("an engine runs the job of a read")
}

pub(crate) fn get(engine: &dyn Engine, key: &str) -> Option<String> {
    read(engine, |view| view.get(key.as_bytes()).unwrap()).map(|value| String::from_utf8(value).unwrap())
}

pub(crate) fn number(bytes: Option<Vec<u8>>) -> u64 {
    bytes.map_or(0, |bytes| u64::from_be_bytes(bytes.try_into().unwrap()))
}

pub(crate) fn add_one(view: &dyn Reader) -> Option<Writes> {
    let count = number(view.get(b"count").unwrap()) + 1;
    Some(rows_to_write([(b"count".to_vec(), Some(count.to_be_bytes().to_vec()))]))
}

/// Adds one to what the lanes of these names guard together.
pub(crate) fn guarded<const N: usize>(names: [&'static str; N]) -> impl FnMut(&dyn Reader) -> Option<Writes> {
    move |view| Some(Writes { lanes: names.map(lane).into(), ..add_one(view)? })
}

/// A schema of one test in the PostgreSQL database that `MOYUN_TEST_POSTGRES` names.
pub(crate) struct PostgresSchema {
    /// The URL of the database with this schema in front.
    pub(crate) url: String,
    pub(crate) name: String,
    admin_url: String,
}

impl PostgresSchema {
    /// None when the tests were given no database.
    pub(crate) fn fresh() -> Option<PostgresSchema> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        #[expect(clippy::disallowed_methods, reason = "tests have no command line of their own")]
        let admin_url = std::env::var("MOYUN_TEST_POSTGRES").ok()?;
        let name = format!("moyun_test_{}_{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let mark = if admin_url.contains('?') { '&' } else { '?' };
        let url = format!("{admin_url}{mark}application_name={name}&options=-csearch_path%3D{name}");
        let schema = PostgresSchema { url, name, admin_url };
        schema.run(&format!("CREATE SCHEMA {}", schema.name));
        Some(schema)
    }

    /// Waits until so many of our connections wait for a lock; nobody may be done before, which `waits` tells.
    pub(crate) fn wait_for_waiters(&self, count: i64, waits: &dyn Fn() -> bool) {
        let mut client = Client::connect(&self.admin_url, NoTls).unwrap();
        let waiting =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1 AND wait_event_type = 'Lock'";
        while client.query_one(waiting, &[&self.name]).unwrap().get::<_, i64>(0) < count {
            assert!(waits(), "what should wait was done");
        }
    }

    /// Runs a statement as the database's owner.
    pub(crate) fn run(&self, sql: &str) {
        Client::connect(&self.admin_url, NoTls).unwrap().batch_execute(sql).unwrap();
    }
}

impl Drop for PostgresSchema {
    fn drop(&mut self) {
        self.run(&format!("DROP SCHEMA {} CASCADE", self.name));
    }
}
