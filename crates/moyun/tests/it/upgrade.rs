//! State that an older program left is upgraded, and the log says what became of it.

use std::fs;
use std::path::Path;

use redb::{Database, TableDefinition};

use crate::process::{Moyun, moyun_through};
use crate::schema::Schema;

/// Where the present version of a data directory says which it is; the first had none.
const LAYOUT: TableDefinition<'_, &str, i32> = TableDefinition::new("layout");

/// What a start and a stop write to the log.
fn log_of_a_start(folder: &Path, arguments: &[&str]) -> String {
    let command = moyun_through(None, r#"exec "$@" 2> "$MOYUN_DATA.log""#);
    assert!(Moyun::start_with(command, &folder.join("data"), arguments).stop().success());
    fs::read_to_string(folder.join("data.log")).unwrap()
}

#[test]
fn a_directory_of_an_older_layout_is_upgraded_and_its_backup_is_named_in_the_log() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(log_of_a_start(folder.path(), &[]), "");
    let store = folder.path().join("data/moyun.redb");
    let database = Database::open(&store).unwrap();
    let transaction = database.begin_write().unwrap();
    assert!(transaction.delete_table(LAYOUT).unwrap());
    transaction.commit().unwrap();
    drop(database);

    let log = log_of_a_start(folder.path(), &[]);
    let backup = folder.path().join("data/moyun.redb.backup-v1");
    for words in ["INFO", "upgraded from layout 1 to 2", backup.to_str().unwrap()] {
        assert!(log.contains(words), "{words} in: {log}");
    }
    assert_eq!(log.lines().count(), 1, "{log}");
    assert!(backup.exists());
    assert_eq!(log_of_a_start(folder.path(), &[]), "", "once");
}

#[test]
fn a_database_of_an_older_layout_is_upgraded_and_the_log_says_so() {
    let Some(schema) = Schema::fresh() else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = ["--store", &schema.url];
    assert_eq!(log_of_a_start(folder.path(), &store), "");
    schema.run(&format!("UPDATE {}.moyun_schema SET version = 1", schema.name));
    let log = log_of_a_start(folder.path(), &store);
    for words in ["INFO", "upgraded from layout 1 to 2", "what was there before is as it was"] {
        assert!(log.contains(words), "{words} in: {log}");
    }
    assert_eq!(log_of_a_start(folder.path(), &store), "", "once");
}
