use std::fs::{self, File};
use std::io;
use std::panic::{UnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use redb::{Builder, Database, DatabaseError, ReadableDatabase, StorageError, TableDefinition};

use crate::fault::{Fault, OpenError};

/// All rows.
pub(super) const ROWS: TableDefinition<'static, &'static [u8], &'static [u8]> = TableDefinition::new("rows");

/// An upper bound: memory is taken as pages are read.
const CACHE_BYTES: usize = 64 << 20;

/// Finds the database file in `dir`; one that is not there is made.
pub(super) fn find_or_create(dir: &Path) -> Result<PathBuf, OpenError> {
    let path = dir.join("moyun.redb");
    let exists = path.try_exists().map_err(|cause| OpenError::Folder { path: path.clone(), cause })?;
    if !exists {
        create(dir, &path)?;
    }
    Ok(path)
}

/// Opens an existing database file; whatever is in it, it is not overwritten.
pub(super) fn open(path: &Path) -> Result<Database, OpenError> {
    open_by(path, |builder| builder.open(path))
}

/// Opens a database, which is at `path`, by `open`.
pub(super) fn open_by(
    path: &Path,
    open: impl FnOnce(&mut Builder) -> Result<Database, DatabaseError> + UnwindSafe,
) -> Result<Database, OpenError> {
    let damaged = |cause| OpenError::Damaged { path: path.to_owned(), cause };
    let opened = catch_unwind(|| {
        let database = open(Builder::new().set_cache_size(CACHE_BYTES))?;
        let rows =
            database.begin_read().map_err(redb::Error::from).and_then(|view| Ok(view.open_table(ROWS)?));
        Ok((database, rows.map(drop)))
    });
    match opened {
        Ok(Ok((database, Ok(())))) => Ok(database),
        Ok(Ok((_, Err(cause)))) => Err(damaged(fault("it lacks the table of rows", cause))),
        Ok(Err(cause)) => Err(refusal(path, cause)),
        Err(_) => Err(damaged(Fault::new("its structure makes no sense"))),
    }
}

/// Makes a database file under another name first, so that a crash leaves none or a whole one.
fn create(dir: &Path, path: &Path) -> Result<(), OpenError> {
    let draft = path.with_extension("redb.new");
    let trouble = |cause| OpenError::Folder { path: draft.clone(), cause };
    match fs::remove_file(&draft) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(trouble(cause)),
        _ => {}
    }
    let database = Builder::new().set_cache_size(CACHE_BYTES).create(&draft);
    let database = database.map_err(|cause| refusal(&draft, cause))?;
    lay_out(&database).map_err(|cause| match cause {
        redb::Error::Io(cause) => trouble(cause),
        other => trouble(io::Error::other(other)),
    })?;
    drop(database);
    fs::rename(&draft, path).and_then(|()| File::open(dir)?.sync_all()).map_err(trouble)
}

/// Makes the table of rows.
pub(super) fn lay_out(database: &Database) -> Result<(), redb::Error> {
    let transaction = database.begin_write()?;
    transaction.open_table(ROWS)?;
    Ok(transaction.commit()?)
}

fn refusal(path: &Path, cause: DatabaseError) -> OpenError {
    let path = path.to_owned();
    match cause {
        DatabaseError::DatabaseAlreadyOpen | DatabaseError::LockProtocolMismatch => {
            OpenError::Held { path, by: "a program that is not Moyun".to_owned() }
        }
        DatabaseError::Storage(StorageError::Io(cause)) if !tells_of_damage(&cause) => {
            OpenError::Folder { path, cause }
        }
        other => OpenError::Damaged { path, cause: fault("cannot read the database file", other) },
    }
}

fn tells_of_damage(cause: &io::Error) -> bool {
    matches!(cause.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof)
}

/// A fault whose chain shows the host's error itself, for redb's errors do not name it as their source.
pub(super) fn fault(context: &str, cause: impl Into<redb::Error>) -> Fault {
    match cause.into() {
        redb::Error::Io(cause) => Fault::caused(context, cause),
        cause => Fault::caused(context, cause),
    }
}
