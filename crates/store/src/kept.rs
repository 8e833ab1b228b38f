//! Records that were read lately, so that what has not changed is decoded, and shown, once.

use std::any::Any;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::engine::Span;
use crate::fault::Fault;
use crate::key::Key;
use crate::record::{self, Record};

/// How many bytes of memory records are kept in at most, unless somebody says otherwise.
const RECORD_BYTES: u64 = 48 << 20;

/// What an entry takes beside its record and its row: what leads to it, and what allocators round up.
const ENTRY_BYTES: usize = 256;

/// What a record takes usually, by which the room for records is laid out.
const USUAL_BYTES: u64 = 2048;

/// How many records have something beside them at most, and of how many it is remembered that it was asked for once:
/// where more are asked for in turn, what is beside them would be gone before it is wanted.
const BESIDES: usize = 16_384;

/// How many rows are remembered as seen once, at most.
const ROWS_SEEN: usize = 1 << 16;

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
    /// That of its stored form, by which it is known again.
    fingerprint: u64,
    /// A state of the store in which these bytes were found, by its number; zero when none is known.
    found_in: AtomicU64,
    /// Where what is beside it lies, and under which number.
    besides: Arc<Besides>,
    number: u64,
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
    /// What is kept beside the record; None where the record itself is not kept, or nobody asked for this lately.
    pub fn beside(&self) -> Option<Arc<R::Beside>> {
        let kept = self.0.kept.as_ref()?;
        kept.besides.of(kept.number)
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

    /// Whether it is kept for the bytes of a fingerprint.
    fn is_of(&self, fingerprint: u64) -> bool {
        self.0.kept.as_ref().is_some_and(|kept| kept.fingerprint == fingerprint)
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
#[derive(Debug)]
pub struct Keeper {
    /// By these bytes are known again. The hash has a secret key, so that one in 2^64 changes of a row would go unseen,
    /// and nobody can look for it.
    fingerprints: RandomState,
    records: Cache<Vec<u8>, Entry, Bytes>,
    /// How many records were ever kept.
    numbers: AtomicU64,
    /// Rows of states without a number. Those are looked up again each time, so that little is won by what is kept of
    /// them: it is kept when it is read for the second time.
    sights: Sights,
    besides: Arc<Besides>,
    pages: Cache<Place, Page, Keys>,
}

#[derive(Debug, Clone)]
struct Entry {
    kept: Arc<dyn Any + Send + Sync>,
    bytes: u64,
}

#[derive(Debug, Clone)]
struct Bytes;

impl Weighter<Vec<u8>, Entry> for Bytes {
    fn weight(&self, _: &Vec<u8>, entry: &Entry) -> u64 {
        entry.bytes
    }
}

/// What is beside records, by their numbers. It is made when it is asked for a second time, so that what is asked for
/// once pushes nothing out.
#[derive(Debug)]
struct Besides {
    sights: Sights,
    made: Cache<u64, Arc<dyn Any + Send + Sync>>,
}

impl Default for Besides {
    fn default() -> Besides {
        Besides { sights: Sights::of(BESIDES), made: Cache::new(BESIDES) }
    }
}

impl Besides {
    fn of<B: Default + Send + Sync + 'static>(&self, number: u64) -> Option<Arc<B>> {
        let make = || {
            let made: Arc<dyn Any + Send + Sync> = Arc::<B>::default();
            self.made.insert(number, made.clone());
            made
        };
        let made = self.made.get(&number).or_else(|| self.sights.again(number).then(make))?;
        Some(made.downcast().expect("a kind of record has one kind of thing beside it"))
    }
}

/// What was seen lately, by numbers that are spread evenly: each has one place, and the last that came there is
/// remembered.
#[derive(Debug)]
struct Sights(Vec<AtomicU32>);

impl Sights {
    fn of(places: usize) -> Sights {
        Sights((0..places).map(|_| AtomicU32::new(0)).collect())
    }

    /// Sees a thing, and tells whether it was seen before. It may err, for places are shared; no harm comes of it.
    fn again(&self, thing: u64) -> bool {
        let places = self.0.len() as u64;
        // Not zero, which is the name of nothing.
        let (place, name) = (thing % places, (thing / places) as u32 | 1 << 31);
        self.0[place as usize].swap(name, Ordering::Relaxed) == name
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
        Keeper::of_bytes(RECORD_BYTES)
    }
}

impl Keeper {
    /// One that keeps records in so many bytes of memory, about.
    pub fn of_bytes(bytes: u64) -> Keeper {
        Keeper {
            fingerprints: RandomState::new(),
            records: Cache::with_weighter((bytes / USUAL_BYTES) as usize, bytes, Bytes),
            numbers: AtomicU64::new(0),
            sights: Sights::of(ROWS_SEEN),
            besides: Arc::default(),
            pages: Cache::with_weighter(PAGES, PAGE_KEYS, Keys),
        }
    }

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
        let fingerprint = self.fingerprints.hash_one(stored);
        if let Some(known) = self.find::<R>(row).filter(|known| known.is_of(fingerprint)) {
            known.note(state);
            return Ok(known);
        }
        if state.is_none() && !self.sights.again(self.fingerprints.hash_one(row)) {
            return Kept::decode(stored);
        }
        let keeping = Keeping {
            fingerprint,
            found_in: AtomicU64::new(state.unwrap_or_default()),
            besides: self.besides.clone(),
            number: self.numbers.fetch_add(1, Ordering::Relaxed),
        };
        let kept = Kept::<R>::decode_with(stored, Some(keeping))?;
        let bytes = (ENTRY_BYTES + size_of::<R>() + row.len() + stored.len()) as u64;
        self.records.insert(row.to_vec(), Entry { kept: kept.0.clone(), bytes });
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
