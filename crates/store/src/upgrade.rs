//! What opening a store did to one that an older program had left.

use std::fmt;
use std::path::PathBuf;

/// A store was brought to the layout of this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upgrade {
    /// The version of its layout before.
    pub from: i32,
    /// The version now.
    pub to: i32,
    /// Where a copy of what was there before lies; None where all that was there stays as it is.
    pub backup: Option<PathBuf>,
}

impl fmt::Display for Upgrade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the store was upgraded from layout {} to {}; ", self.from, self.to)?;
        match &self.backup {
            Some(backup) => write!(f, "what was there before is kept as {}", backup.display()),
            None => f.write_str("tables were added, and what was there before is as it was"),
        }
    }
}
