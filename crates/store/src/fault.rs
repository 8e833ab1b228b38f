use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

type Cause = Arc<dyn Error + Send + Sync>;

/// The store or host broke. Carries its cause chain for the log; callers see InternalError.
#[derive(Clone, Debug)]
pub struct Fault {
    context: String,
    cause: Option<Cause>,
}

impl Fault {
    /// A fault that has no deeper cause; `context` says what could not be done.
    pub fn new(context: impl Into<String>) -> Fault {
        Fault { context: context.into(), cause: None }
    }

    /// A fault brought about by `source`; `context` says what could not be done.
    pub fn caused(context: impl Into<String>, source: impl Error + Send + Sync + 'static) -> Fault {
        Fault { context: context.into(), cause: Some(Arc::new(source)) }
    }

    /// The whole chain on one line, outermost first: what the log shows.
    pub fn chain(&self) -> String {
        let mut line = self.context.clone();
        let mut next = self.source();
        while let Some(cause) = next {
            line.push_str(": ");
            line.push_str(&cause.to_string());
            next = cause.source();
        }
        line
    }

    /// Whether the disk is full, over quota or read-only: the operator can mend it, and reads may still work.
    pub fn disk_refused(&self) -> bool {
        let mut next = self.source();
        while let Some(cause) = next {
            if cause.downcast_ref::<io::Error>().is_some_and(refused) {
                return true;
            }
            next = cause.source();
        }
        false
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.context)
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as &(dyn Error + 'static))
    }
}

fn refused(cause: &io::Error) -> bool {
    is_full(cause) || cause.kind() == io::ErrorKind::ReadOnlyFilesystem
}

fn is_full(cause: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(cause.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

/// Why a store could not be opened, each as a sentence that says what to do.
#[derive(Debug)]
pub enum OpenError {
    /// Another process works on the data folder.
    Held {
        /// The data folder.
        path: PathBuf,
        /// The holder: process id and how it was started.
        by: String,
    },
    /// The data folder cannot be created, read or written.
    Folder {
        /// The folder or the file in it that gave the trouble.
        path: PathBuf,
        /// What the host said.
        cause: io::Error,
    },
    /// The database file is not one of ours or is damaged; it was left as it is.
    Damaged {
        /// The database file.
        path: PathBuf,
        /// What is wrong with it.
        cause: Fault,
    },
    /// The database server cannot be used.
    Server {
        /// What the driver or the server said.
        cause: Fault,
    },
    /// What is stored is older than this program, and a copy from an earlier upgrade is where its copy would go.
    BackupThere {
        /// The copy that is there.
        path: PathBuf,
    },
    /// The stored form is newer than this program.
    Newer {
        /// The stored form's version.
        found: i32,
        /// The newest version that this program knows.
        known: i32,
    },
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::Held { path, by } => write!(
                f,
                "the data folder {} is in use by {by}; stop that process or choose another folder",
                path.display()
            ),
            OpenError::Folder { path, cause } => write!(
                f,
                "cannot use {} for data; {} or choose another folder",
                path.display(),
                if is_full(cause) { "make room on its disk" } else { "make it writable for this user" }
            ),
            OpenError::Damaged { path, .. } => write!(
                f,
                "{} is damaged or not a Moyun database and was left untouched; \
                 restore a copy of it, or move it away to start empty",
                path.display()
            ),
            OpenError::Server { cause } => {
                write!(f, "cannot use the PostgreSQL database; {}", what_to_do_with_a_server(cause))
            }
            OpenError::BackupThere { path } => write!(
                f,
                "{} is kept from an upgrade before and would be overwritten by this one; move it away",
                path.display()
            ),
            OpenError::Newer { found, known } => write!(
                f,
                "the database has schema version {found}, this program knows up to {known}; use a newer program"
            ),
        }
    }
}

/// What the operator can do about a database server, as far as it said what is the matter.
fn what_to_do_with_a_server(cause: &Fault) -> &'static str {
    let said = cause.source().and_then(|cause| cause.downcast_ref::<postgres::Error>());
    let Some(code) = said.and_then(postgres::Error::code) else {
        return "see that it runs, and that its URL is right: postgres://user:password@host:5432/database";
    };
    match code.code() {
        // invalid_authorization_specification, invalid_password
        "28000" | "28P01" => "give a user that it lets in, and the right password",
        // invalid_catalog_name
        "3D000" => "create the database, or name one that is there",
        // insufficient_privilege, invalid_schema_name
        "42501" | "3F000" => "let the user read, write and create tables: GRANT USAGE, CREATE ON SCHEMA",
        // read_only_sql_transaction
        "25006" => "name a server that takes writes: a standby takes none",
        // too_many_connections
        "53300" => "raise its max_connections: a Moyun uses up to 12",
        _ => "mend what it complains of",
    }
}

impl Error for OpenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            OpenError::Held { .. } | OpenError::BackupThere { .. } | OpenError::Newer { .. } => None,
            OpenError::Folder { cause, .. } => Some(cause),
            OpenError::Damaged { cause, .. } | OpenError::Server { cause } => Some(cause),
        }
    }
}
