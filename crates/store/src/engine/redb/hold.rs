use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::Path;
use std::{env, process};

use crate::fault::OpenError;

/// The sole right to work on a data folder: a locked file that names its holder.
///
/// The host takes the lock back when the process ends, however it ends.
pub(super) struct Hold {
    file: File,
}

impl Hold {
    /// Makes the folder if need be and takes it, or says who has it.
    pub(super) fn take(dir: &Path) -> Result<Hold, OpenError> {
        let path = dir.join("LOCK");
        let trouble = |at: &Path| {
            let path = at.to_owned();
            |cause: io::Error| OpenError::Folder { path, cause }
        };
        fs::create_dir_all(dir).map_err(trouble(dir))?;
        // Not truncated here: until the lock is ours, the text in it is another's.
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = file.map_err(trouble(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(OpenError::Held { path: dir.to_owned(), by: holder(&path) });
            }
            Err(TryLockError::Error(cause)) => return Err(trouble(&path)(cause)),
        }
        let named = file.set_len(0).and_then(|()| writeln!(file, "{}", own_name()));
        named.map_err(trouble(&path))?;
        Ok(Hold { file })
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        // Only a courtesy to whoever looks into the file: what counts is the lock, which closing gives back.
        let _ = self.file.set_len(0);
    }
}

fn own_name() -> String {
    let shown = |path: io::Result<std::path::PathBuf>| {
        path.map_or_else(|_| "an unknown place".to_owned(), |path| path.display().to_string())
    };
    format!("pid {} ({}, started in {})", process::id(), shown(env::current_exe()), shown(env::current_dir()))
}

fn holder(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    match text.trim() {
        "" => "a process that has not written its name yet".to_owned(),
        name => name.to_owned(),
    }
}
