mod audit;
mod looks;
mod rows;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

use crate::engine::{Lane, Reader, Span, Visit, Writes};
use crate::fault::Fault;
use crate::kept::{Keeper, Kept, Place};
use crate::key::Key;
use crate::overlay::{Overlay, Written};
use crate::record::{Record, decode, encode};
use crate::tx::looks::Looks;

pub use audit::Audit;
pub use looks::{Found, Look};

/// An action's view: the base view with its own writes on top.
///
/// What it has looked up once it does not ask the base again, so that an action sees one state from start to end.
pub struct Tx<'a> {
    base: &'a dyn Reader,
    written: Written,
    /// Those that guard what was written.
    lanes: BTreeSet<Lane>,
    seen: RefCell<HashMap<Vec<u8>, Option<Vec<u8>>>>,
    keeper: Option<&'a Keeper>,
    looks: Looks,
}

/// A record that changes by itself, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueRow {
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// The lane in which the change must be made.
    pub lane: Lane,
    /// The record's table.
    pub table: u16,
    /// The record's primary key.
    pub key: Key,
}

impl<'a> Tx<'a> {
    /// A view of `base` with nothing written yet.
    pub fn new(base: &'a dyn Reader) -> Tx<'a> {
        let (written, lanes, seen) = (Written::new(), BTreeSet::new(), RefCell::default());
        Tx { base, written, lanes, seen, keeper: None, looks: Looks::default() }
    }

    /// The same view, which asks `keeper` for what it need not decode again.
    #[must_use]
    pub fn keeping(self, keeper: &'a Keeper) -> Tx<'a> {
        Tx { keeper: Some(keeper), ..self }
    }

    /// The record of this primary key.
    pub fn find<R: Record>(&self, key: &Key) -> Result<Option<R>, Fault> {
        Ok(self.find_kept::<R>(key)?.map(Kept::into_record))
    }

    /// The records of these primary keys, in the order of `keys`.
    pub fn find_many<R: Record>(&self, keys: &[Key]) -> Result<Vec<Option<R>>, Fault> {
        let keys: Vec<Vec<u8>> = keys.iter().map(|key| rows::record(R::TABLE, key)).collect();
        self.look_up(&keys)?;
        let find = |row: Vec<u8>| {
            let found = self.peek(&row, |bytes| bytes.map(|bytes| read(bytes)).transpose())?;
            self.looks.note(R::TABLE, row);
            found
        };
        keys.into_iter().map(find).collect()
    }

    /// [`Tx::find`] for whoever only looks.
    pub fn find_kept<R: Record>(&self, key: &Key) -> Result<Option<Kept<R>>, Fault> {
        let row = rows::record(R::TABLE, key);
        let found = match self.known(&row) {
            Some(known) => Some(known),
            None => self.keep(&row)?,
        };
        self.looks.note(R::TABLE, row);
        Ok(found)
    }

    /// [`Tx::find_many`] that decodes only what the view's keeper does not know yet.
    pub fn find_many_kept<R: Record>(&self, keys: &[Key]) -> Result<Vec<Option<Kept<R>>>, Fault> {
        let rows: Vec<Vec<u8>> = keys.iter().map(|key| rows::record(R::TABLE, key)).collect();
        let mut found: Vec<Option<Kept<R>>> = rows.iter().map(|row| self.known(row)).collect();
        let unknown = rows.iter().zip(&found).filter(|(_, found)| found.is_none()).map(|(row, _)| row);
        // One alone, or those that are at hand, `keep` looks at one by one.
        if self.base.state().is_none() && unknown.clone().nth(1).is_some() {
            self.look_up(&unknown.cloned().collect::<Vec<_>>())?;
        }
        for (row, found) in rows.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            *found = self.keep(row)?;
        }
        Ok(found)
    }

    /// Lets go of records that were looked at in passing, so that a long walk holds few; they may be looked up again.
    pub fn forget<R: Record>(&self, keys: &[Key]) {
        let mut seen = self.seen.borrow_mut();
        for key in keys {
            seen.remove(&rows::record(R::TABLE, key));
        }
    }

    /// Stores a record in place of what was under its primary key, with its index, due and count rows.
    pub fn put<R: Record>(&mut self, record: &R) -> Result<(), Fault> {
        let key = record.key();
        let row = rows::record(R::TABLE, &key);
        let bytes = encode(record)?;
        let stored = self.peek(&row, |stored| match stored {
            Some(stored) if *stored == bytes => Ok(Before::Same),
            Some(stored) => self.decode::<R>(&row, stored, None).map(Before::Other),
            None => Ok(Before::Nothing),
        })??;
        let (old, rewrite) = match &stored {
            Before::Same => return Ok(()),
            Before::Nothing => (None, false),
            Before::Other(old) => (Some(old.record()), !old.is_current()),
        };
        self.lanes.extend(old.map(R::lane));
        self.lanes.insert(record.lane());
        self.follow(&key, old, Some(record), rewrite)?;
        self.written.insert(row, Some(bytes));
        Ok(())
    }

    /// [`Tx::put`] of many records with one round trip to the store.
    pub fn put_all<R: Record>(&mut self, records: &[R]) -> Result<(), Fault> {
        let keys: Vec<Vec<u8>> = records
            .iter()
            .map(|record| rows::record(R::TABLE, &record.key()))
            .chain(records.iter().flat_map(rows::counts))
            .collect();
        self.look_up(&keys)?;
        records.iter().try_for_each(|record| self.put(record))
    }

    /// Removes a record with its index, due and count rows; true if it was there.
    pub fn delete<R: Record>(&mut self, key: &Key) -> Result<bool, Fault> {
        let Some(old) = self.find::<R>(key)? else { return Ok(false) };
        self.lanes.insert(old.lane());
        self.follow(key, Some(&old), None, false)?;
        self.written.insert(rows::record(R::TABLE, key), None);
        Ok(true)
    }

    /// Visits the records whose primary key starts with `prefix`, in key order.
    pub fn scan<R: Record>(
        &self,
        prefix: &Key,
        visit: &mut dyn FnMut(R) -> ControlFlow<()>,
    ) -> Result<(), Fault> {
        let span = Span::prefix(&rows::record(R::TABLE, prefix));
        self.scan_decoded(&span, &mut |_, value| Ok(visit(read(value)?)))
    }

    /// The records whose primary key starts with `prefix`, in key order.
    pub fn list<R: Record>(&self, prefix: &Key) -> Result<Vec<R>, Fault> {
        let mut records = Vec::new();
        self.scan(prefix, &mut |record| {
            records.push(record);
            ControlFlow::Continue(())
        })?;
        Ok(records)
    }

    /// Primary keys found under an index prefix, in index order; skipped rows are not decoded.
    pub fn index_keys<R: Record>(
        &self,
        index: u16,
        prefix: &Key,
        skip: usize,
        limit: usize,
    ) -> Result<Vec<Key>, Fault> {
        let span = Span::prefix(&rows::index_prefix(R::TABLE, index, prefix));
        self.index_page(Place { span, skip, limit })
    }

    /// Primary keys under an index prefix that come after a position in it; nothing need stand at the position any more.
    ///
    /// A position is what follows the prefix: the rest of the index row's parts and the primary key.
    pub fn index_keys_after<R: Record>(
        &self,
        index: u16,
        prefix: &Key,
        position: &Key,
        limit: usize,
    ) -> Result<Vec<Key>, Fault> {
        let prefix = rows::index_prefix(R::TABLE, index, prefix);
        let span = Span::prefix(&prefix).after(&[&prefix, position.as_bytes()].concat());
        self.index_page(Place { span, skip: 0, limit })
    }

    /// The records found under an index prefix, in index order.
    pub fn index_list<R: Record>(
        &self,
        index: u16,
        prefix: &Key,
        skip: usize,
        limit: usize,
    ) -> Result<Vec<R>, Fault> {
        let keys = self.index_keys::<R>(index, prefix, skip, limit)?;
        // Between two reads another server may delete a record of another lane: then it is no longer to be listed.
        Ok(self.find_many(&keys)?.into_iter().flatten().collect())
    }

    /// How many records of the table are counted in `scope`: a stored counter, not a scan.
    pub fn count<R: Record>(&self, scope: &Key) -> Result<u64, Fault> {
        let row = rows::count_of(R::TABLE, scope);
        let count = self.peek(&row, rows::read_count)?;
        self.looks.note(R::TABLE, row);
        count
    }

    /// Rows due at or before `now_ms`, earliest first.
    pub fn due_until(&self, now_ms: i64, limit: usize) -> Result<Vec<DueRow>, Fault> {
        self.page(&rows::due_until(now_ms), 0, limit, rows::read_due)
    }

    /// When the next row falls due.
    pub fn next_due(&self) -> Result<Option<i64>, Fault> {
        Ok(self.due_until(i64::MAX, 1)?.first().map(|row| row.at_ms))
    }

    /// The records and counters that were looked at last, as they were stored, latest first.
    pub fn looks(&self, limit: usize) -> Vec<Look> {
        let seen = self.seen.borrow();
        let show = |(table, row): (_, Vec<u8>)| {
            let (key, is_record) = rows::read_look(&row);
            // What the keeper knew was not read, but a view of its state shows the same now.
            let stored =
                seen.get(&row).map_or_else(|| self.base.get(&row), |stored| Ok(stored.clone())).ok()?;
            let found = match is_record {
                true => Found::Record(stored),
                false => Found::Count(rows::read_count(stored.as_ref()).ok()?),
            };
            Some(Look { table, key, found })
        };
        self.looks.latest(limit).into_iter().filter_map(show).collect()
    }

    /// What was written, and the lanes that guard it.
    pub fn into_writes(self) -> Writes {
        Writes { rows: self.written, lanes: self.lanes }
    }

    /// Whether nothing was written.
    pub fn is_clean(&self) -> bool {
        self.written.is_empty()
    }

    /// Makes index, due and count rows follow a record from `old` to `new`; `rewrite` when what an older program
    /// derived from `old` may differ from what this one derives.
    fn follow<R: Record>(
        &mut self,
        key: &Key,
        old: Option<&R>,
        new: Option<&R>,
        rewrite: bool,
    ) -> Result<(), Fault> {
        // Most changes leave most rows as they are: rows are made of what differs alone.
        let index = |record: Option<&R>| record.map(R::index).unwrap_or_default();
        let (before, after) = (index(old), index(new));
        let (due_before, due_after) = (old.and_then(rows::due), new.and_then(rows::due));
        for row in before.iter().filter(|row| !after.contains(row)) {
            self.written.insert(rows::index_row(R::TABLE, row, key).0, None);
        }
        for row in after.iter().filter(|row| rewrite || !before.contains(row)) {
            let (row, value) = rows::index_row(R::TABLE, row, key);
            self.written.insert(row, Some(value));
        }
        if rewrite || due_before != due_after {
            if let Some(due) = &due_before {
                self.written.insert(rows::due_row(R::TABLE, due, key).0, None);
            }
            if let Some(due) = &due_after {
                let (row, value) = rows::due_row(R::TABLE, due, key);
                self.written.insert(row, Some(value));
            }
        }
        let scopes = |record: Option<&R>| record.map(rows::scopes).unwrap_or_default();
        let (left, entered) = (scopes(old), scopes(new));
        for scope in left.difference(&entered) {
            self.add(&rows::count_of(R::TABLE, scope), |count| count.checked_sub(1))?;
        }
        for scope in entered.difference(&left) {
            self.add(&rows::count_of(R::TABLE, scope), |count| count.checked_add(1))?;
        }
        Ok(())
    }

    fn add(&mut self, row: &[u8], change: impl FnOnce(u64) -> Option<u64>) -> Result<(), Fault> {
        let count = self.peek(row, rows::read_count)??;
        let count = change(count).ok_or_else(|| Fault::new("a stored counter disagrees with its records"))?;
        let value = (count > 0).then(|| count.to_be_bytes().to_vec());
        self.written.insert(row.to_vec(), value);
        Ok(())
    }

    /// What the keeper knows of a row in this very state of the store.
    fn known<R: Record>(&self, row: &[u8]) -> Option<Kept<R>> {
        if self.written.contains_key(row) {
            return None;
        }
        self.keeper?.known(row, self.base.state())
    }

    /// Reads a row and has the keeper keep it.
    fn keep<R: Record>(&self, row: &[u8]) -> Result<Option<Kept<R>>, Fault> {
        let read =
            |stored: Option<&[u8]>, state| stored.map(|stored| self.decode(row, stored, state)).transpose();
        let Some(state) = self.base.state().filter(|_| !self.written.contains_key(row)) else {
            return self.peek(row, |stored| read(stored.map(Vec::as_slice), None))?;
        };
        // A numbered state stays as it is: what was seen in it need not be remembered.
        let mut kept = Ok(None);
        self.base.show(row, &mut |stored| kept = read(stored, Some(state)))?;
        kept
    }

    /// The record of these bytes, which the keeper may have decoded before.
    fn decode<R: Record>(&self, row: &[u8], stored: &[u8], state: Option<u64>) -> Result<Kept<R>, Fault> {
        match self.keeper {
            Some(keeper) => keeper.keep(row, stored, state),
            None => Kept::decode(stored),
        }
    }

    /// Shows the visible value of a row without copying it.
    fn peek<T>(&self, key: &[u8], show: impl FnOnce(Option<&Vec<u8>>) -> T) -> Result<T, Fault> {
        if let Some(value) = self.written.get(key) {
            return Ok(show(value.as_ref()));
        }
        if let Some(value) = self.seen.borrow().get(key) {
            return Ok(show(value.as_ref()));
        }
        let value = self.base.get(key)?;
        let shown = show(value.as_ref());
        self.seen.borrow_mut().insert(key.to_vec(), value);
        Ok(shown)
    }

    /// Fetches in one go what `peek` would fetch one by one.
    fn look_up(&self, keys: &[Vec<u8>]) -> Result<(), Fault> {
        let mut seen = self.seen.borrow_mut();
        let unknown = |key: &&Vec<u8>| !self.written.contains_key(*key) && !seen.contains_key(*key);
        let missing: Vec<Vec<u8>> = keys.iter().filter(unknown).cloned().collect();
        if !missing.is_empty() {
            let values = self.base.get_many(&missing)?;
            seen.extend(missing.into_iter().zip(values));
        }
        Ok(())
    }

    /// The primary keys on a page of an index, which the keeper may know from this very state of the store.
    fn index_page(&self, place: Place) -> Result<Vec<Key>, Fault> {
        let read = |place: &Place| self.page(&place.span, place.skip, place.limit, rows::read_index);
        match (self.keeper, self.base.state()) {
            (Some(keeper), Some(state)) if self.written.is_empty() => keeper.page(place, state, read),
            _ => read(&place),
        }
    }

    fn page<T>(
        &self,
        span: &Span,
        mut skip: usize,
        limit: usize,
        read: impl Fn(&[u8], &[u8]) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut page = Vec::new();
        if limit == 0 {
            return Ok(page);
        }
        self.scan_decoded(span, &mut |key, value| {
            if skip > 0 {
                skip -= 1;
                return Ok(ControlFlow::Continue(()));
            }
            page.push(read(key, value)?);
            Ok(if page.len() == limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        Ok(page)
    }

    /// A scan whose visitor may meet a row that it cannot read.
    fn scan_decoded(&self, span: &Span, visit: &mut TryVisit<'_>) -> Result<(), Fault> {
        let mut outcome = Ok(());
        Reader::scan(self, span, &mut |key, value| {
            visit(key, value).unwrap_or_else(|fault| {
                outcome = Err(fault);
                ControlFlow::Break(())
            })
        })?;
        outcome
    }
}

impl Reader for Tx<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        self.peek(key, |value| value.cloned())
    }

    fn get_many(&self, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>, Fault> {
        self.look_up(keys)?;
        keys.iter().map(|key| self.get(key)).collect()
    }

    fn scan(&self, span: &Span, visit: &mut Visit<'_>) -> Result<(), Fault> {
        Overlay { base: self.base, written: &self.written }.scan(span, visit)
    }
}

/// A [`Visit`] that may meet a row it cannot read.
type TryVisit<'a> = dyn FnMut(&[u8], &[u8]) -> Result<ControlFlow<()>, Fault> + 'a;

/// What was under the key of a record about to be put.
enum Before<R> {
    Nothing,
    Same,
    /// Another state.
    Other(Kept<R>),
}

fn read<R: Record>(bytes: &[u8]) -> Result<R, Fault> {
    decode(bytes).map(|(record, _)| record)
}
