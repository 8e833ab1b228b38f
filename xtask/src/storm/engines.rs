//! The engines that a storm goes over.

use std::sync::Arc;

use moyun_store::{Engine, MemoryEngine, PostgresEngine, RedbEngine};
use postgres::{Client, NoTls};
use tempfile::TempDir;

use crate::Outcome;

/// An engine and what it is called.
pub(super) type Named = (&'static str, Arc<dyn Engine>);

/// Memory first; then redb, and PostgreSQL if there is one.
pub(super) struct Engines {
    named: Vec<Named>,
    _folder: TempDir,
    _schema: Option<Schema>,
}

impl Engines {
    pub(super) fn open(postgres: Option<&str>) -> Outcome<Engines> {
        let folder = tempfile::tempdir().map_err(|error| format!("a temporary folder: {error}"))?;
        let redb = RedbEngine::open(folder.path()).map_err(|error| error.to_string())?;
        let mut named: Vec<Named> = vec![("memory", Arc::new(MemoryEngine::new())), ("redb", Arc::new(redb))];
        let schema = postgres.map(Schema::make).transpose()?;
        if let Some(schema) = &schema {
            let engine = PostgresEngine::connect(&schema.url).map_err(|error| error.to_string())?;
            named.push(("PostgreSQL", Arc::new(engine)));
        }
        Ok(Engines { named, _folder: folder, _schema: schema })
    }

    /// The first of them.
    pub(super) fn take(&self, count: usize) -> &[Named] {
        &self.named[..count.min(self.named.len())]
    }
}

/// A schema that goes with its owner.
struct Schema {
    database: String,
    name: String,
    url: String,
}

impl Schema {
    fn make(database: &str) -> Outcome<Schema> {
        let name = format!("moyun_storm_{}", std::process::id());
        let mark = if database.contains('?') { '&' } else { '?' };
        let url = format!("{database}{mark}options=-csearch_path%3D{name}");
        let schema = Schema { database: database.to_owned(), name, url };
        schema.run(&format!("CREATE SCHEMA {}", schema.name))?;
        Ok(schema)
    }

    fn run(&self, sql: &str) -> Outcome {
        let client = Client::connect(&self.database, NoTls);
        let ran = client.and_then(|mut client| client.batch_execute(sql));
        ran.map_err(|error| format!("{sql}: {error}"))
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        if let Err(sentence) = self.run(&format!("DROP SCHEMA {} CASCADE", self.name)) {
            eprintln!("{sentence}");
        }
    }
}
