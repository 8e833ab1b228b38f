//! Records that were read lately, so that what has not changed is decoded, and shown, once.

use std::any::Any;
use std::hash::{DefaultHasher, Hasher};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::engine::Span;
use crate::fault::Fault;
use crate::key::Key;
use crate::record::{self, Record};

/// How many records are kept at most, should they be small.
const RECORDS: usize = 16_384;

/// How many bytes they may come to in their stored form, which is a small part of what is kept of each.
const STORED_BYTES: u64 = 32 << 20;

/// How many rows are remembered as seen once, at most.
const SIGHTS: usize = 1 << 16;

/// How many pages of lists are kept at most, and how many keys are on them.
const PAGES: usize = 256;
const PAGE_KEYS: u64 = 1 << 15;

/// A record that is kept with what follows from it.
pub trait Beside: Record {
    /// What follows from the record alone. Empty at first.
    type Beside: Default + Send + Sync + 'static;
}

/// A record that was read, and what is beside it if it is kept; a clone is the same one.
#[derive(Debug)]
pub struct Kept<R>(Arc<Inner<R>>);

#[derive(Debug)]
struct Inner<R> {
    record: R,
    /// Whether it was stored in the present form.
    is_current: bool,
    /// None where nobody keeps it.
    kept: Option<Keeping>,
}

/// What a record has while it is kept.
#[derive(Debug)]
struct Keeping {
    /// Its stored form, by which it is known again.
    stored: Vec<u8>,
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
    /// What is kept beside the record; None where the record itself is not kept.
    pub fn beside(&self) -> Option<&R::Beside> {
        let beside = self.0.kept.as_ref()?.beside.get_or_init(|| Box::<R::Beside>::default());
        Some(beside.downcast_ref().expect("a kind of record has one kind of thing beside it"))
    }
}

impl<R: Record> Kept<R> {
    /// A record that nobody keeps.
    pub(crate) fn decode(stored: &[u8]) -> Result<Kept<R>, Fault> {
        Kept::decode_with(stored, None)
    }

    fn decode_with(stored: &[u8], kept: Option<Keeping>) -> Result<Kept<R>, Fault> {
        let (record, is_current) = record::decode(stored)?;
        Ok(Kept(Arc::new(Inner { record, is_current, kept })))
    }

    /// Whether it is kept for these bytes.
    fn is_of(&self, stored: &[u8]) -> bool {
        self.0.kept.as_ref().is_some_and(|kept| kept.stored == stored)
    }

    /// Whether it is known to be what a state has.
    fn is_of_state(&self, state: u64) -> bool {
        self.0.kept.as_ref().is_some_and(|kept| kept.found_in.load(Ordering::Relaxed) == state)
    }

    /// Notes that a state has it, if the state has a number.
    fn note(&self, state: Option<u64>) {
        if let (Some(kept), Some(state)) = (&self.0.kept, state) {
            kept.found_in.store(state, Ordering::Relaxed);
        }
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
///
/// A record is kept when it is read for the second time, so that those that are asked for once push nothing out.
#[derive(Debug)]
pub struct Keeper {
    sights: Sights,
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

/// Which rows were seen lately: each has one place, and the last that came there is remembered.
#[derive(Debug)]
struct Sights(Vec<AtomicU32>);

impl Default for Sights {
    fn default() -> Sights {
        Sights((0..SIGHTS).map(|_| AtomicU32::new(0)).collect())
    }
}

impl Sights {
    /// Sees a row, and tells whether it was seen before. It may err, for places are shared; no harm comes of it.
    fn again(&self, row: &[u8]) -> bool {
        let mut hasher = DefaultHasher::new();
        hasher.write(row);
        let hash = hasher.finish();
        let (place, name) = ((hash >> 32) as usize % SIGHTS, hash as u32);
        self.0[place].swap(name, Ordering::Relaxed) == name
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
            sights: Sights::default(),
            records: Cache::with_weighter(RECORDS, STORED_BYTES, StoredBytes),
            pages: Cache::with_weighter(PAGES, PAGE_KEYS, Keys),
        }
    }
}

impl Keeper {
    /// The record of a row, if it was read in this state before.
    pub(crate) fn known<R: Record>(&self, row: &[u8], state: Option<u64>) -> Option<Kept<R>> {
        let state = state?;
        self.find::<R>(row).filter(|known| known.is_of_state(state))
    }

    /// The record of a row whose bytes are these, in this state if it has a number.
    pub(crate) fn keep<R: Record>(
        &self,
        row: &[u8],
        stored: &[u8],
        state: Option<u64>,
    ) -> Result<Kept<R>, Fault> {
        if let Some(known) = self.find::<R>(row).filter(|known| known.is_of(stored)) {
            known.note(state);
            return Ok(known);
        }
        if !self.sights.again(row) {
            return Kept::decode(stored);
        }
        let found_in = AtomicU64::new(state.unwrap_or_default());
        let keeping = Keeping { stored: stored.to_vec(), beside: OnceLock::new(), found_in };
        let kept = Kept::<R>::decode_with(stored, Some(keeping))?;
        let stored_bytes = (row.len() + stored.len()) as u64;
        self.records.insert(row.to_vec(), Entry { kept: kept.0.clone(), stored_bytes });
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
