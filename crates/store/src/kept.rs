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

/// A record as it is stored, decoded, and beside it what follows from it.
#[derive(Debug)]
pub struct Kept<R, B> {
    stored: Vec<u8>,
    /// The record.
    pub record: R,
    /// Empty at first; whoever fills it keeps to what follows from the record alone.
    pub beside: B,
}

impl<R: Record, B: Default> Kept<R, B> {
    pub(crate) fn decode(stored: &[u8]) -> Result<Kept<R, B>, Fault> {
        let (record, _) = record::decode(stored)?;
        Ok(Kept { stored: stored.to_vec(), record, beside: B::default() })
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
    pub(crate) fn keep<R, B>(&self, row: &[u8], stored: &[u8]) -> Result<Arc<Kept<R, B>>, Fault>
    where
        R: Record + Send + Sync + 'static,
        B: Default + Send + Sync + 'static,
    {
        let known = self.0.get(row).and_then(|entry| entry.kept.downcast::<Kept<R, B>>().ok());
        if let Some(kept) = known.filter(|kept| kept.stored == stored) {
            return Ok(kept);
        }
        let kept = Arc::new(Kept::decode(stored)?);
        let stored_bytes = (row.len() + stored.len()) as u64;
        self.0.insert(row.to_vec(), Entry { kept: kept.clone(), stored_bytes });
        Ok(kept)
    }
}
