//! Snapshots that an operator imports.

use serde::{Deserialize, Serialize};

use crate::catalog::text::{UtcSecond, uid, validate_uid};

/// The largest disk, in GiB.
const GIB_MAX: u32 = 32_768;

/// The facts about an imported snapshot: `snapshots.S` of the world document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SnapshotFacts {
    /// The account that has it.
    #[serde(deserialize_with = "uid")]
    pub account: String,
    /// The region it lies in.
    pub region: String,
    /// What kind of disk it was taken of.
    pub disk_kind: DiskKind,
    /// Size of that disk in GiB.
    pub size: u32,
    /// Whether it is encrypted.
    #[serde(default)]
    pub encrypted: bool,
    /// When it was taken.
    pub creation_time: UtcSecond,
    /// How it is kept.
    #[serde(default)]
    pub category: SnapshotCategory,
}

impl SnapshotFacts {
    /// Refuses values that no snapshot can have, with a sentence.
    pub fn validate(&self) -> Result<(), String> {
        validate_uid(&self.account)?;
        if !(1..=GIB_MAX).contains(&self.size) {
            return Err(format!("A snapshot is of a disk of 1 to {GIB_MAX} GiB, not {}.", self.size));
        }
        Ok(())
    }
}

/// What kind of disk a snapshot was taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiskKind {
    /// A system disk.
    System,
    /// A data disk.
    Data,
}

/// How a snapshot is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SnapshotCategory {
    /// Ready for use.
    #[default]
    Standard,
    /// Archived: it must be taken back before use.
    Archive,
}
