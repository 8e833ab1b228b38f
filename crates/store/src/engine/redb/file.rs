use std::fs::{self, File};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use redb::{Builder, Database, DatabaseError, ReadableDatabase, StorageError};

use crate::engine::redb::{CACHE_BYTES, layout};
use crate::fault::{Fault, OpenError};

/// Finds the database file in `dir`; one that is not there is made.
pub(super) fn find_or_create(dir: &Path) -> Result<PathBuf, OpenError> {
    let path = dir.join("moyun.redb");
    let exists = path.try_exists().map_err(|cause| OpenError::Folder { path: path.clone(), cause })?;
    if !exists {
        create(dir, &path)?;
    }
    Ok(path)
}

/// Opens an existing database file, of which so many bytes are kept in memory at most; whatever is in it, it is not
/// overwritten.
pub(super) fn open(path: &Path, cache_bytes: usize) -> Result<Database, OpenError> {
    open_by(path, |builder| builder.set_cache_size(cache_bytes).open(path))
}

/// Opens a database, which is at `path`, by `open`.
pub(super) fn open_by(
    path: &Path,
    open: impl FnOnce(&mut Builder) -> Result<Database, DatabaseError>,
) -> Result<Database, OpenError> {
    open_version(path, open).map(|(database, _)| database)
}

/// Opens a database and tells its version, which is one that this program knows.
pub(super) fn open_version<D: ReadableDatabase>(
    path: &Path,
    open: impl FnOnce(&mut Builder) -> Result<D, DatabaseError>,
) -> Result<(D, i32), OpenError> {
    let damaged = |cause| OpenError::Damaged { path: path.to_owned(), cause };
    let opened = catch_unwind(AssertUnwindSafe(|| {
        let database = open(Builder::new().set_cache_size(CACHE_BYTES))?;
        let version = layout::version(&database);
        Ok((database, version))
    }));
    match opened {
        Ok(Ok((_, Ok(found)))) if found > layout::VERSION => {
            Err(OpenError::Newer { found, known: layout::VERSION })
        }
        Ok(Ok((database, Ok(found)))) => Ok((database, found)),
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
    layout::make(&database).map_err(|cause| self::trouble(draft.clone(), cause))?;
    drop(database);
    fs::rename(&draft, path).and_then(|()| File::open(dir)?.sync_all()).map_err(trouble)
}

/// What to do where a database at `path` cannot be written.
pub(super) fn trouble(path: PathBuf, cause: redb::Error) -> OpenError {
    let cause = match cause {
        redb::Error::Io(cause) => cause,
        other => io::Error::other(other),
    };
    OpenError::Folder { path, cause }
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
