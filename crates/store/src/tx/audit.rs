use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use crate::engine::{Reader, Span};
use crate::fault::Fault;
use crate::key::Key;
use crate::record::{Record, Table, decode};
use crate::tx::{Tx, rows};

/// Compares the index, due and count rows of a view with what its records say.
///
/// Every table is looked at once; what is left then belongs to nothing.
#[derive(Default)]
pub struct Audit {
    tables: BTreeMap<u16, &'static str>,
    /// Index and due rows as they should be, and of which record.
    derived: BTreeMap<Vec<u8>, (Vec<u8>, String)>,
    counts: BTreeMap<Vec<u8>, u64>,
    problems: Vec<String>,
}

impl Audit {
    /// Takes in the records of one table.
    pub fn look<R: Record>(&mut self, tx: &Tx<'_>) -> Result<(), Fault> {
        self.tables.insert(R::TABLE.id, R::TABLE.name);
        let head = rows::record(R::TABLE, &Key::new());
        Reader::scan(tx, &Span::prefix(&head), &mut |row, stored| {
            let key = Key::from_bytes(row[head.len()..].to_vec());
            let name = name_of(R::TABLE, &key);
            match decode::<R>(stored) {
                Ok((record, _)) => self.take_in(&record, &key, &name),
                Err(fault) => self.problems.push(format!("{name} cannot be read: {}", fault.chain())),
            }
            ControlFlow::Continue(())
        })
    }

    fn take_in<R: Record>(&mut self, record: &R, key: &Key, name: &str) {
        if record.key() != *key {
            self.problems.push(format!("{name} says itself that it is {}", name_of(R::TABLE, &record.key())));
        }
        let derived = rows::derived(record, key);
        self.derived.extend(derived.into_iter().map(|(row, value)| (row, (value, name.to_owned()))));
        for scope in rows::counts(record) {
            *self.counts.entry(scope).or_default() += 1;
        }
    }

    /// Every difference as a sentence, once all tables were looked at.
    pub fn problems(mut self, tx: &Tx<'_>) -> Result<Vec<String>, Fault> {
        let mut strange = BTreeSet::new();
        Reader::scan(tx, &Span::prefix(&[]), &mut |row, value| {
            match rows::read_kind(row) {
                Some((rows::Kind::Record, table)) if self.tables.contains_key(&table) => {}
                Some((rows::Kind::Count, table)) if self.tables.contains_key(&table) => {
                    self.compare_count(table, row, value);
                }
                Some((rows::Kind::Index(_) | rows::Kind::Due, table)) if self.tables.contains_key(&table) => {
                    self.compare_derived(table, row, value);
                }
                known => _ = strange.insert(known.map(|(_, table)| table)),
            }
            ControlFlow::Continue(())
        })?;
        let absent = self.derived.iter().map(|(row, (_, name))| format!("{name} lacks {}", described(row)));
        self.problems.extend(absent);
        for (row, count) in &self.counts {
            let (table, scope) = (self.table_of(row), rows::read_look(row).0.words());
            self.problems.push(format!("{count} of {table} are counted in {scope}, which has no counter"));
        }
        self.problems.extend(strange.into_iter().map(|table| match table {
            Some(table) => format!("there are rows of table {table}, which this program does not know"),
            None => "there are rows of no known kind".to_owned(),
        }));
        Ok(self.problems)
    }

    fn compare_count(&mut self, table: u16, row: &[u8], value: &[u8]) {
        let expected = self.counts.remove(row).unwrap_or_default();
        let found = rows::read_count(Some(&value.to_vec()));
        if !matches!(found, Ok(found) if found == expected) {
            let (table, scope) = (self.tables[&table], rows::read_look(row).0.words());
            let found = found.map_or_else(|fault| fault.chain(), |found| found.to_string());
            self.problems.push(format!("the counter of {table} in {scope} says {found}, not {expected}"));
        }
    }

    fn compare_derived(&mut self, table: u16, row: &[u8], value: &[u8]) {
        match self.derived.remove(row) {
            Some((expected, _)) if expected == value => {}
            Some((_, name)) => {
                self.problems.push(format!("{name} has {} with another value", described(row)))
            }
            None => {
                let table = self.tables[&table];
                self.problems.push(format!("{} of {table} belongs to no record", described(row)));
            }
        }
    }

    fn table_of(&self, row: &[u8]) -> &'static str {
        rows::read_kind(row).and_then(|(_, table)| self.tables.get(&table)).copied().unwrap_or_default()
    }
}

fn name_of(table: Table, key: &Key) -> String {
    format!("{} {}", table.name, key.words()).trim_end().to_owned()
}

/// An index or due row in words.
fn described(row: &[u8]) -> String {
    match rows::read_kind(row) {
        Some((rows::Kind::Index(index), _)) => {
            let key = row.get(rows::INDEX_HEAD..).unwrap_or_default();
            format!("the row {} of index {index}", Key::from_bytes(key.to_vec()).words())
        }
        _ => {
            let due = rows::read_due(row, &[]);
            due.map_or_else(|fault| fault.chain(), |due| format!("the due row at {} ms", due.at_ms))
        }
    }
}
