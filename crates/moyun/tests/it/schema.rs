//! A schema of one test in the PostgreSQL database that `MOYUN_TEST_POSTGRES` names.

use std::sync::atomic::{AtomicU32, Ordering};

use postgres::{Client, NoTls};

/// A schema that goes when the test is over.
pub(crate) struct Schema {
    /// The URL of the database with this schema in front.
    pub(crate) url: String,
    pub(crate) name: String,
    admin_url: String,
}

impl Schema {
    /// None when the tests were given no database.
    pub(crate) fn fresh() -> Option<Schema> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        #[expect(clippy::disallowed_methods, reason = "tests have no command line of their own")]
        let admin_url = std::env::var("MOYUN_TEST_POSTGRES").ok()?;
        let name = format!("moyun_process_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let mark = if admin_url.contains('?') { '&' } else { '?' };
        let url = format!("{admin_url}{mark}options=-csearch_path%3D{name}");
        let schema = Schema { url, name, admin_url };
        schema.run(&format!("CREATE SCHEMA {}", schema.name));
        Some(schema)
    }

    /// Runs a statement as the owner of the database.
    pub(crate) fn run(&self, sql: &str) {
        Client::connect(&self.admin_url, NoTls).unwrap().batch_execute(sql).unwrap();
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        self.run(&format!("DROP SCHEMA {} CASCADE", self.name));
    }
}
