use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use redb::{Database, DatabaseError, ReadableDatabase, TableDefinition, TableError};

use crate::engine::redb::{CACHE_BYTES, file};
use crate::fault::OpenError;
use crate::upgrade::Upgrade;

/// The version of the layout below: 1 had the rows alone, 2 says which version it is.
pub(super) const VERSION: i32 = 2;

/// All rows.
pub(super) const ROWS: TableDefinition<'static, &'static [u8], &'static [u8]> = TableDefinition::new("rows");

/// One row, under the empty key: the version.
const LAYOUT: TableDefinition<'static, &'static str, i32> = TableDefinition::new("layout");

/// Makes the tables that are missing, all or none.
pub(super) fn make(database: &Database) -> Result<(), redb::Error> {
    let mut transaction = database.begin_write()?;
    transaction.set_quick_repair(true);
    transaction.open_table(ROWS)?;
    transaction.open_table(LAYOUT)?.insert("", VERSION)?;
    Ok(transaction.commit()?)
}

/// The version of a database; if this program knows it, the rows are there.
pub(super) fn version(database: &impl ReadableDatabase) -> Result<i32, redb::Error> {
    let view = database.begin_read()?;
    let found = match view.open_table(LAYOUT) {
        Ok(layout) => layout.get("")?.map_or(1, |version| version.value()),
        Err(TableError::TableDoesNotExist(_)) => 1,
        Err(cause) => return Err(cause.into()),
    };
    if found <= VERSION {
        view.open_table(ROWS)?;
    }
    Ok(found)
}

/// Brings the database at `path` to the present version; an older one is kept beside it first.
pub(super) fn upgrade(path: &Path) -> Result<Option<Upgrade>, OpenError> {
    let from = look(path)?;
    if from == VERSION {
        return Ok(None);
    }
    let backup = back_up(path, from)?;
    let made = file::open(path, CACHE_BYTES)
        .and_then(|database| make(&database).map_err(|cause| file::trouble(path.to_owned(), cause)));
    if made.is_err() {
        // As it was before: the next start begins anew.
        let _ = fs::remove_file(&backup);
    }
    made.map(|()| Some(Upgrade { from, to: VERSION, backup: Some(backup) }))
}

/// The version of the database at `path`; not a byte of it changes, unless a crash left something to mend.
fn look(path: &Path) -> Result<i32, OpenError> {
    let mut is_whole = true;
    let looked = file::open_version(path, |builder| {
        let opened = builder.open_read_only(path);
        is_whole = !matches!(opened, Err(DatabaseError::RepairAborted));
        opened
    });
    if is_whole {
        return looked.map(|(_, found)| found);
    }
    file::open_version(path, |builder| builder.open(path)).map(|(_, found)| found)
}

/// Copies a database under another name first, so that a crash leaves no copy or a whole one.
fn back_up(path: &Path, version: i32) -> Result<PathBuf, OpenError> {
    let backup = path.with_added_extension(format!("backup-v{version}"));
    let draft = backup.with_added_extension("new");
    let copy = || {
        if backup.try_exists()? {
            return Ok(false);
        }
        fs::copy(path, &draft)?;
        File::open(&draft)?.sync_all()?;
        fs::rename(&draft, &backup)?;
        backup.parent().map_or(Ok(()), |dir| File::open(dir)?.sync_all())?;
        Ok(true)
    };
    match copy() {
        Ok(true) => Ok(backup),
        Ok(false) => Err(OpenError::BackupThere { path: backup }),
        Err(cause) => {
            let cause: io::Error = cause;
            // Half a copy is of no use; where it cannot go, the next one takes its place.
            let _ = fs::remove_file(&draft);
            Err(OpenError::Folder { path: backup, cause })
        }
    }
}
