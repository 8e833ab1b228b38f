use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Lane, Span};
use crate::fault::Fault;
use crate::key::{Key, read_i64};
use crate::record::{IndexRow, Record, Table};
use crate::tx::DueRow;

/// The first byte of a stored key says what kind of row it is.
const RECORD: u8 = 1;
const INDEX: u8 = 2;
const DUE: u8 = 3;
const COUNT: u8 = 4;

/// An index row's key before what it is found by: kind, table, index.
pub(super) const INDEX_HEAD: usize = 1 + 2 + 2;

/// A due row's key before the record's primary key: kind, time, table.
const DUE_HEAD: usize = 1 + 8 + 2;

/// The row of a record.
pub(super) fn record(table: Table, key: &Key) -> Vec<u8> {
    [&[RECORD], &table.id.to_be_bytes()[..], key.as_bytes()].concat()
}

/// The beginning of the rows of an index.
pub(super) fn index_prefix(table: Table, index: u16, prefix: &Key) -> Vec<u8> {
    [&[INDEX], &table.id.to_be_bytes()[..], &index.to_be_bytes(), prefix.as_bytes()].concat()
}

/// All due rows up to and with `now_ms`.
pub(super) fn due_until(now_ms: i64) -> Span {
    let all = Span::prefix(&[DUE]);
    match now_ms.checked_add(1) {
        Some(end) => Span { to: Some(Key::new().byte(DUE).i64(end).into_bytes()), ..all },
        None => all,
    }
}

/// The counters that a record is counted in.
pub(super) fn counts<R: Record>(record: &R) -> impl Iterator<Item = Vec<u8>> {
    scopes(record).into_iter().map(|scope| count_of(R::TABLE, &scope))
}

/// The scopes that a record is counted in.
pub(super) fn scopes<R: Record>(record: &R) -> BTreeSet<Key> {
    record.counted_in().into_iter().chain(record.counted_beside()).collect()
}

/// The counter of a scope.
pub(super) fn count_of(table: Table, scope: &Key) -> Vec<u8> {
    [&[COUNT], &table.id.to_be_bytes()[..], scope.as_bytes()].concat()
}

/// The index and due rows of a record.
pub(super) fn derived<R: Record>(record: &R, key: &Key) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let index = record.index().into_iter().map(|row| index_row(R::TABLE, &row, key));
    index.chain(due(record).map(|due| due_row(R::TABLE, &due, key))).collect()
}

/// An index row of the record of a primary key.
pub(super) fn index_row(table: Table, row: &IndexRow, key: &Key) -> (Vec<u8>, Vec<u8>) {
    let head = index_prefix(table, row.index, &row.key);
    let primary_at = (head.len() as u32).to_be_bytes().to_vec();
    ([&head, key.as_bytes()].concat(), primary_at)
}

/// When a record falls due, and in which lane.
pub(super) fn due<R: Record>(record: &R) -> Option<(i64, Lane)> {
    Some((record.due()?, record.lane()))
}

/// The due row of the record of a primary key.
pub(super) fn due_row(table: Table, (at_ms, lane): &(i64, Lane), key: &Key) -> (Vec<u8>, Vec<u8>) {
    let row = Key::new().byte(DUE).i64(*at_ms).u16(table.id).then(key);
    (row.into_bytes(), lane.0.clone().into_bytes())
}

/// The primary key in an index row, whose value says where it begins.
pub(super) fn read_index(row: &[u8], value: &[u8]) -> Result<Key, Fault> {
    let primary_at = value.try_into().map(u32::from_be_bytes).ok();
    let primary = primary_at.and_then(|at| row.get(at as usize..));
    primary
        .map(|key| Key::from_bytes(key.to_vec()))
        .ok_or_else(|| Fault::new("a stored index row is damaged"))
}

/// A due row.
pub(super) fn read_due(row: &[u8], value: &[u8]) -> Result<DueRow, Fault> {
    let damaged = || Fault::new("a stored due row is damaged");
    let (head, key) = row.split_first_chunk::<DUE_HEAD>().ok_or_else(damaged)?;
    let [_, t0, t1, t2, t3, t4, t5, t6, t7, table @ ..] = *head;
    let lane = String::from_utf8(value.to_vec()).map_err(|_| damaged())?;
    Ok(DueRow {
        at_ms: read_i64([t0, t1, t2, t3, t4, t5, t6, t7]),
        lane: Lane(lane),
        table: u16::from_be_bytes(table),
        key: Key::from_bytes(key.to_vec()),
    })
}

/// A counter; what was never counted stands at zero.
pub(super) fn read_count(value: Option<&Vec<u8>>) -> Result<u64, Fault> {
    let Some(value) = value else { return Ok(0) };
    let bytes = value.as_slice().try_into().map_err(|_| Fault::new("a stored counter is damaged"))?;
    Ok(u64::from_be_bytes(bytes))
}

/// The key in the row of a record or counter, and whether it is a record's.
pub(super) fn read_look(row: &[u8]) -> (Key, bool) {
    let key = row.get(1 + 2..).unwrap_or_default();
    (Key::from_bytes(key.to_vec()), row.first() == Some(&RECORD))
}

/// What a row is.
pub(super) enum Kind {
    Record,
    /// Of the index of this number.
    Index(u16),
    Due,
    Count,
}

/// What a row is, and of which table; None when no row of ours is like that.
pub(super) fn read_kind(row: &[u8]) -> Option<(Kind, u16)> {
    let number = |at: usize| Some(u16::from_be_bytes(row.get(at..at + 2)?.try_into().ok()?));
    Some(match *row.first()? {
        RECORD => (Kind::Record, number(1)?),
        INDEX => (Kind::Index(number(3)?), number(1)?),
        DUE => (Kind::Due, number(DUE_HEAD - 2)?),
        COUNT => (Kind::Count, number(1)?),
        _ => return None,
    })
}
