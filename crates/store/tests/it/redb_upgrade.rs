//! A data folder of another version: an older one is kept and upgraded, a newer one is left alone.

use std::fs;
use std::path::{Path, PathBuf};

use moyun_store::{Engine, OpenError, RedbEngine};
use redb::{Database, ReadableDatabase, TableDefinition};

/// The one table of version 1.
const ROWS: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("rows");

/// Where later versions say which they are.
const LAYOUT: TableDefinition<'_, &str, i32> = TableDefinition::new("layout");

/// A folder in which a process of version 1 works.
fn folder_in_use() -> (tempfile::TempDir, Database) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::create(file(&folder)).unwrap();
    let transaction = database.begin_write().unwrap();
    transaction.open_table(ROWS).unwrap().insert(&b"a"[..], &b"1"[..]).unwrap();
    transaction.commit().unwrap();
    (folder, database)
}

/// A folder as version 1 left it, and the bytes of its file.
fn folder_of_version_1() -> (tempfile::TempDir, Vec<u8>) {
    let (folder, database) = folder_in_use();
    drop(database);
    let bytes = fs::read(file(&folder)).unwrap();
    (folder, bytes)
}

fn file(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("moyun.redb")
}

fn backup(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("moyun.redb.backup-v1")
}

/// What is stored under the key of the old row.
fn stored(engine: &RedbEngine) -> Option<Vec<u8>> {
    let mut value = None;
    engine.read(&mut |view| value = view.get(b"a").unwrap()).unwrap();
    value
}

fn version(file: &Path) -> i32 {
    let database = Database::open(file).unwrap();
    let view = database.begin_read().unwrap();
    view.open_table(LAYOUT).unwrap().get("").unwrap().unwrap().value()
}

fn refusal(folder: &tempfile::TempDir) -> OpenError {
    RedbEngine::open(folder.path()).err().expect("the folder should have been refused")
}

#[test]
fn an_older_folder_is_kept_beside_the_upgraded_one() {
    let (folder, bytes) = folder_of_version_1();
    let engine = RedbEngine::open(folder.path()).unwrap();
    let upgrade = engine.upgrade().expect("an upgrade is told").to_string();
    assert!(upgrade.contains("from layout 1 to 2"), "{upgrade}");
    assert!(upgrade.contains(backup(&folder).to_str().unwrap()), "{upgrade}");
    assert_eq!(stored(&engine), Some(b"1".to_vec()));
    engine.close();
    assert_eq!(version(&file(&folder)), 2);
    assert!(fs::read(backup(&folder)).unwrap() == bytes, "the backup is what was there");

    let restored = tempfile::tempdir().unwrap();
    fs::copy(backup(&folder), file(&restored)).unwrap();
    assert_eq!(stored(&RedbEngine::open(restored.path()).unwrap()), Some(b"1".to_vec()));
}

#[test]
fn an_older_folder_is_upgraded_also_after_a_crash() {
    let (in_use, _database) = folder_in_use();
    let crashed = tempfile::tempdir().unwrap();
    fs::copy(file(&in_use), file(&crashed)).unwrap();
    assert_eq!(stored(&RedbEngine::open(crashed.path()).unwrap()), Some(b"1".to_vec()));
    assert_eq!(version(&file(&crashed)), 2);
    fs::rename(backup(&crashed), file(&crashed)).unwrap();
    assert_eq!(stored(&RedbEngine::open(crashed.path()).unwrap()), Some(b"1".to_vec()));
}

#[test]
fn a_folder_of_the_present_version_is_not_copied() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let engine = RedbEngine::open(folder.path()).unwrap();
        assert_eq!(engine.upgrade(), None);
        engine.close();
        assert_eq!(version(&file(&folder)), 2);
        assert!(!backup(&folder).exists());
    }
}

#[test]
fn a_backup_that_is_there_is_not_overwritten() {
    let (folder, bytes) = folder_of_version_1();
    fs::write(backup(&folder), "kept").unwrap();
    let refusal = refusal(&folder);
    assert!(matches!(&refusal, OpenError::BackupThere { path } if *path == backup(&folder)), "{refusal:?}");
    assert!(refusal.to_string().contains("move it away"), "{refusal}");
    assert_eq!(fs::read(backup(&folder)).unwrap(), b"kept");
    assert!(fs::read(file(&folder)).unwrap() == bytes, "the database was changed");
    fs::remove_file(backup(&folder)).unwrap();
    assert_eq!(stored(&RedbEngine::open(folder.path()).unwrap()), Some(b"1".to_vec()));
}

#[test]
fn a_disk_without_room_for_the_backup_leaves_everything_as_it_was() {
    let (folder, bytes) = folder_of_version_1();
    // Every write to it finds the disk full.
    let draft = folder.path().join("moyun.redb.backup-v1.new");
    std::os::unix::fs::symlink("/dev/full", &draft).unwrap();
    let refusal = refusal(&folder);
    assert!(matches!(refusal, OpenError::Folder { .. }), "{refusal:?}");
    let told = refusal.to_string();
    assert!(told.contains("backup-v1") && told.contains("make room on its disk"), "{told}");
    assert!(!backup(&folder).exists() && draft.symlink_metadata().is_err(), "half a copy is left");
    assert!(fs::read(file(&folder)).unwrap() == bytes, "the database was changed");
    assert_eq!(stored(&RedbEngine::open(folder.path()).unwrap()), Some(b"1".to_vec()));
}

#[test]
fn a_newer_folder_is_refused_and_left_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::create(file(&folder)).unwrap();
    let transaction = database.begin_write().unwrap();
    transaction.open_table(LAYOUT).unwrap().insert("", 3).unwrap();
    transaction.commit().unwrap();
    drop(database);
    let bytes = fs::read(file(&folder)).unwrap();
    let refusal = refusal(&folder);
    assert!(matches!(refusal, OpenError::Newer { found: 3, known: 2 }), "{refusal:?}");
    assert!(fs::read(file(&folder)).unwrap() == bytes, "the database was changed");
    assert!(!backup(&folder).exists());
}
