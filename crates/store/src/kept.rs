//! Records that were read lately, so that what has not changed is decoded, and shown, once.

use std::any::Any;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::engine::Span;
use crate::fault::Fault;
use crate::key::Key;
use crate::record::{self, Record};

/// How many records are kept at most, should they be small.
const RECORDS: usize = 16_384;

/// How many bytes they may come to in their stored form, which is about a fifth of what is kept of each.
const STORED_BYTES: u64 = 32 << 20;

/// How many pages of lists are kept at most, and how many keys are on them.
const PAGES: usize = 256;
const PAGE_KEYS: u64 = 1 << 15;

/// A record that is kept with what follows from it.
pub trait Beside: Record {
    /// What follows from the record alone. Empty at first.
    type Beside: Default + Send + Sync + 'static;
}

/// A record, and beside it what follows from it; a clone is the same one.
#[derive(Debug)]
pub struct Kept<R>(Arc<Inner<R>>);

#[derive(Debug)]
struct Inner<R> {
    stored: Vec<u8>,
    record: R,
    /// Whether it was stored in the present form.
    is_current: bool,
    /// Made when somebody asks for it.
    beside: OnceLock<Box<dyn Any + Send + Sync>>,
    /// A state of the store in which these bytes were found, by its number; zero when none is known.
    found_in: AtomicU64,
}

impl<R> Clone for Kept<R> {
    fn clone(&self) -> Self {
        Kept(self.0.clone())
    }
}

impl<R> Kept<R> {
    /// The record.
    pub fn record(&self) -> &R {
        &self.0.record
    }

    /// Whether it was stored in the present form.
    pub(crate) fn is_current(&self) -> bool {
        self.0.is_current
    }
}

impl<R: Beside> Kept<R> {
    /// What is kept beside the record.
    pub fn beside(&self) -> &R::Beside {
        let beside = self.0.beside.get_or_init(|| Box::<R::Beside>::default());
        beside.downcast_ref().expect("a kind of record has one kind of thing beside it")
    }
}

impl<R: Record> Kept<R> {
    pub(crate) fn decode(stored: &[u8]) -> Result<Kept<R>, Fault> {
        let (record, is_current) = record::decode(stored)?;
        let (stored, beside, found_in) = (stored.to_vec(), OnceLock::new(), AtomicU64::new(0));
        Ok(Kept(Arc::new(Inner { stored, record, is_current, beside, found_in })))
    }

    /// The record for whoever changes it.
    pub(crate) fn into_record(self) -> R {
        Arc::try_unwrap(self.0).map_or_else(|shared| shared.record.clone(), |own| own.record)
    }
}

/// A bounded memory of records by the rows that they are stored under, and of pages by what they are part of.
///
/// It knows nothing of time: whoever asks brings the bytes that are stored now, and gets what was kept only for the
/// very same bytes; or the number of the state that is read, if somebody has found those bytes in it before.
#[derive(Debug)]
pub struct Keeper {
    records: Cache<Vec<u8>, Entry, StoredBytes>,
    pages: Cache<Place, Page, Keys>,
}

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

/// What a page is part of, and where it lies there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub(crate) span: Span,
    pub(crate) skip: usize,
    pub(crate) limit: usize,
}

/// The primary keys on a page of an index, as one state had them.
#[derive(Debug, Clone)]
struct Page {
    keys: Arc<[Key]>,
    state: u64,
}

#[derive(Debug, Clone)]
struct Keys;

impl Weighter<Place, Page> for Keys {
    fn weight(&self, _: &Place, page: &Page) -> u64 {
        page.keys.len() as u64 + 1
    }
}

impl Default for Keeper {
    fn default() -> Keeper {
        Keeper {
            records: Cache::with_weighter(RECORDS, STORED_BYTES, StoredBytes),
            pages: Cache::with_weighter(PAGES, PAGE_KEYS, Keys),
        }
    }
}

impl Keeper {
    /// The record of a row, if it was read in this state before.
    pub(crate) fn known<R: Record>(&self, row: &[u8], state: Option<u64>) -> Option<Kept<R>> {
        let state = state?;
        let known = self.find::<R>(row)?;
        (known.0.found_in.load(Ordering::Relaxed) == state).then_some(known)
    }

    /// The record of a row whose bytes are these, in this state if it has a number.
    pub(crate) fn keep<R: Record>(
        &self,
        row: &[u8],
        stored: &[u8],
        state: Option<u64>,
    ) -> Result<Kept<R>, Fault> {
        let kept = match self.find::<R>(row).filter(|known| known.0.stored == stored) {
            Some(known) => known,
            None => {
                let kept = Kept::<R>::decode(stored)?;
                let stored_bytes = (row.len() + stored.len()) as u64;
                self.records.insert(row.to_vec(), Entry { kept: kept.0.clone(), stored_bytes });
                kept
            }
        };
        if let Some(state) = state {
            kept.0.found_in.store(state, Ordering::Relaxed);
        }
        Ok(kept)
    }

    /// A page in a state: what is known of it, or what `read` comes to.
    pub(crate) fn page(
        &self,
        place: Place,
        state: u64,
        read: impl FnOnce(&Place) -> Result<Vec<Key>, Fault>,
    ) -> Result<Vec<Key>, Fault> {
        if let Some(known) = self.pages.get(&place).filter(|page| page.state == state) {
            return Ok(known.keys.to_vec());
        }
        let keys = read(&place)?;
        self.pages.insert(place, Page { keys: keys.as_slice().into(), state });
        Ok(keys)
    }

    fn find<R: Record>(&self, row: &[u8]) -> Option<Kept<R>> {
        self.records.get(row).and_then(|entry| entry.kept.downcast().ok()).map(Kept)
    }
}
