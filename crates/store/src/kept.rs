//! Records that were read lately, so that what has not changed is decoded, and shown, once.

use std::any::Any;
use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::fault::Fault;
use crate::record::{self, Record};

/// How many records are kept at most, should they be small.
const RECORDS: usize = 4096;

/// How many bytes they may come to in their stored form, which is about a fifth of what is kept of each.
const STORED_BYTES: u64 = 8 << 20;

/// A record, and beside it what follows from it; a clone is the same one.
#[derive(Debug)]
pub struct Kept<R, B>(Arc<Inner<R, B>>);

#[derive(Debug)]
struct Inner<R, B> {
    stored: Vec<u8>,
    record: R,
    beside: B,
}

impl<R, B> Clone for Kept<R, B> {
    fn clone(&self) -> Self {
        Kept(self.0.clone())
    }
}

impl<R, B> Kept<R, B> {
    /// The record.
    pub fn record(&self) -> &R {
        &self.0.record
    }

    /// Empty at first; whoever fills it keeps to what follows from the record alone.
    pub fn beside(&self) -> &B {
        &self.0.beside
    }
}

impl<R: Record, B: Default> Kept<R, B> {
    pub(crate) fn decode(stored: &[u8]) -> Result<Kept<R, B>, Fault> {
        let (record, _) = record::decode(stored)?;
        Ok(Kept(Arc::new(Inner { stored: stored.to_vec(), record, beside: B::default() })))
    }
}

/// A bounded memory of records by the rows that they are stored under.
///
/// It knows nothing of time: whoever asks brings the bytes that are stored now, and gets what was kept only for the
/// very same bytes.
#[derive(Debug)]
pub struct Keeper(Cache<Vec<u8>, Entry, StoredBytes>);

#[derive(Debug, Clone)]
struct Entry {
    kept: Arc<dyn Any + Send + Sync>,
    stored_bytes: u64,
}

#[derive(Debug, Clone)]
struct StoredBytes;

impl Weighter<Vec<u8>, Entry> for StoredBytes {
    fn weight(&self, _: &Vec<u8>, entry: &Entry) -> u64 {
        entry.stored_bytes
    }
}

impl Default for Keeper {
    fn default() -> Keeper {
        Keeper(Cache::with_weighter(RECORDS, STORED_BYTES, StoredBytes))
    }
}

impl Keeper {
    /// The record of a row whose bytes are these.
    pub(crate) fn keep<R, B>(&self, row: &[u8], stored: &[u8]) -> Result<Kept<R, B>, Fault>
    where
        R: Record + Send + Sync + 'static,
        B: Default + Send + Sync + 'static,
    {
        let known = self.0.get(row).and_then(|entry| entry.kept.downcast::<Inner<R, B>>().ok());
        if let Some(inner) = known.filter(|inner| inner.stored == stored) {
            return Ok(Kept(inner));
        }
        let kept = Kept::<R, B>::decode(stored)?;
        let stored_bytes = (row.len() + stored.len()) as u64;
        self.0.insert(row.to_vec(), Entry { kept: kept.0.clone(), stored_bytes });
        Ok(kept)
    }
}
