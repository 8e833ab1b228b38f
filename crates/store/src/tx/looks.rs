use std::cell::RefCell;

use serde::de::DeserializeOwned;

use crate::key::Key;
use crate::record::Table;

/// How many looks are remembered at least.
const KEPT: usize = 32;

/// What an action has looked at lately: what its last check compared is among it.
#[derive(Default)]
pub(super) struct Looks(RefCell<Vec<(Table, Vec<u8>)>>);

/// One record or counter that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The kind of record.
    pub table: Table,
    /// The primary key, or the scope in which records are counted.
    pub key: Key,
    /// What was there.
    pub found: Found,
}

/// What was there when somebody looked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A record in its stored form; None where there is none.
    Record(Option<Vec<u8>>),
    /// How many records are counted.
    Count(u64),
}

impl Look {
    /// The record as it was stored, read as whatever takes its fields; None where there was none.
    pub fn record<T: DeserializeOwned>(&self) -> Option<T> {
        let Found::Record(Some(bytes)) = &self.found else { return None };
        let (_version, body) = bytes.split_first()?;
        rmp_serde::from_slice(body).ok()
    }
}

impl Looks {
    /// Notes a row that was looked at.
    pub(super) fn note(&self, table: Table, row: Vec<u8>) {
        let mut looks = self.0.borrow_mut();
        if looks.len() == 2 * KEPT {
            looks.drain(..KEPT);
        }
        looks.push((table, row));
    }

    /// The rows that were looked at last, latest first, each once.
    pub(super) fn latest(&self, limit: usize) -> Vec<(Table, Vec<u8>)> {
        let mut latest: Vec<(Table, Vec<u8>)> = vec![];
        for look in self.0.borrow().iter().rev() {
            if latest.len() < limit && !latest.contains(look) {
                latest.push(look.clone());
            }
        }
        latest
    }
}
