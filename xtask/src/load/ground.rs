//! Where measured servers keep their state: folders, or databases of a PostgreSQL of their own.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::Outcome;
use crate::crash::Store;
use crate::postgres::Cluster;
use crate::server::process::Moyun;

/// The ground that places are taken from; all go with it.
pub(super) enum Ground {
    Folder(TempDir, Cache),
    Postgres(Cluster),
}

/// How many MiB of a folder its server keeps in memory; None is the server's own default.
type Cache = Option<u32>;

/// The place of one server.
pub(super) enum Place {
    Folder(PathBuf, Cache),
    Database { url: String, files: PathBuf },
}

impl Ground {
    pub(super) fn prepare(store: Store, cache: Cache) -> Outcome<Ground> {
        let folder = || tempfile::tempdir().map_err(|error| format!("a folder for the data: {error}"));
        Ok(match store {
            Store::Redb => Ground::Folder(folder()?, cache),
            Store::Postgres => Ground::Postgres(Cluster::start()?),
        })
    }

    /// An empty place of this name.
    pub(super) fn place(&self, name: &str) -> Outcome<Place> {
        Ok(match self {
            Ground::Folder(folder, cache) => Place::Folder(folder.path().join(name), *cache),
            Ground::Postgres(cluster) => {
                let (url, files) = cluster.create_database(name)?;
                Place::Database { url, files }
            }
        })
    }
}

impl Place {
    /// Starts a server on it.
    pub(super) async fn start(&self, program: &Path) -> Outcome<Moyun> {
        match self {
            Place::Folder(folder, None) => Moyun::start(program, folder).await,
            Place::Folder(folder, Some(mib)) => {
                let cache = mib.to_string();
                let state = ["--data".as_ref(), folder.as_os_str(), "--cache".as_ref(), cache.as_ref()];
                Moyun::start_over(program, &state).await
            }
            Place::Database { url, .. } => {
                Moyun::start_over(program, &["--store", url].map(OsStr::new)).await
            }
        }
    }

    /// How much room its files take.
    pub(super) fn files_mib(&self) -> Outcome<f64> {
        let (Place::Folder(folder, _) | Place::Database { files: folder, .. }) = self;
        let told = |error| format!("{}: {error}", folder.display());
        let mut bytes = 0;
        for entry in std::fs::read_dir(folder).map_err(told)? {
            bytes += entry.and_then(|entry| entry.metadata()).map_err(told)?.len();
        }
        #[expect(clippy::cast_precision_loss, reason = "no files are that long")]
        Ok(bytes as f64 / f64::from(1 << 20))
    }
}
