//! Rows that follow from records are told when they do not.

use moyun_store::{Audit, IndexRow, Key, Lane, MemoryEngine, Record, Span, Table, Tx, Writes};
use serde::{Deserialize, Serialize};

use crate::given::{lane, read, rows_to_write, submit};

#[derive(Clone, Serialize, Deserialize)]
struct Thing {
    name: String,
}

impl Record for Thing {
    const TABLE: Table = Table { id: 7, name: "thing" };

    fn key(&self) -> Key {
        Key::new().text(&self.name)
    }

    fn lane(&self) -> Lane {
        lane("one")
    }

    fn counted_in(&self) -> Option<Key> {
        Some(Key::new().text("all"))
    }

    fn index(&self) -> Vec<IndexRow> {
        vec![IndexRow { index: 3, key: Key::new().text("red") }]
    }

    fn due(&self) -> Option<i64> {
        Some(5)
    }
}

fn store(engine: &MemoryEngine, writes: Writes) {
    submit(engine, &lane("one"), move |_| Some(writes.clone())).recv().unwrap().unwrap();
}

/// A store with one thing in it.
fn one_thing() -> MemoryEngine {
    let engine = MemoryEngine::new();
    let writes = read(&engine, |view| {
        let mut tx = Tx::new(view);
        tx.put(&Thing { name: "cup".to_owned() }).unwrap();
        tx.into_writes()
    });
    store(&engine, writes);
    engine
}

fn problems(engine: &MemoryEngine) -> Vec<String> {
    read(engine, |view| {
        let (tx, mut audit) = (Tx::new(view), Audit::default());
        audit.look::<Thing>(&tx).unwrap();
        audit.problems(&tx).unwrap()
    })
}

/// The keys of the rows that begin with this byte: 2 index, 3 due, 4 count.
fn keys(engine: &MemoryEngine, kind: u8) -> Vec<Vec<u8>> {
    read(engine, |view| {
        let mut keys = vec![];
        let mut note = |key: &[u8], _: &[u8]| {
            keys.push(key.to_vec());
            std::ops::ControlFlow::Continue(())
        };
        view.scan(&Span::prefix(&[kind]), &mut note).unwrap();
        keys
    })
}

#[test]
fn a_sound_store_has_no_problems() {
    assert_eq!(problems(&one_thing()), [""; 0]);
}

#[test]
fn a_missing_row_is_told_with_its_record() {
    for (kind, told) in [
        (2, "thing cup lacks the row red/cup of index 3"),
        (3, "thing cup lacks the due row at 5 ms"),
        (4, "1 of thing are counted in all, which has no counter"),
    ] {
        let engine = one_thing();
        store(&engine, rows_to_write(keys(&engine, kind).into_iter().map(|key| (key, None))));
        assert_eq!(problems(&engine), [told]);
    }
}

#[test]
fn a_row_with_another_value_is_told() {
    for (kind, told) in [
        (2, "thing cup has the row red/cup of index 3 with another value"),
        (3, "thing cup has the due row at 5 ms with another value"),
        (4, "the counter of thing in all says 9, not 1"),
    ] {
        let engine = one_thing();
        let nine = 9_u64.to_be_bytes().to_vec();
        let changed = keys(&engine, kind).into_iter().map(|key| (key, Some(nine.clone())));
        store(&engine, rows_to_write(changed));
        assert_eq!(problems(&engine), [told]);
    }
}

#[test]
fn rows_that_outlived_their_record_are_told() {
    let engine = one_thing();
    store(&engine, rows_to_write(keys(&engine, 1).into_iter().map(|key| (key, None))));
    assert_eq!(
        problems(&engine),
        [
            "the row red/cup of index 3 of thing belongs to no record",
            "the due row at 5 ms of thing belongs to no record",
            "the counter of thing in all says 1, not 0",
        ]
    );
}

#[test]
fn a_record_that_makes_no_sense_is_told() {
    let engine = one_thing();
    let record = keys(&engine, 1).remove(0);
    let elsewhere = [&record[..3], b"jug\x00\x01"].concat();
    let stored = read(&engine, |view| view.get(&record).unwrap());
    store(&engine, rows_to_write([(elsewhere, stored)]));
    assert!(problems(&engine).contains(&"thing jug says itself that it is thing cup".to_owned()));
    store(&engine, rows_to_write([(record, Some(vec![1, 0xC1]))]));
    assert!(problems(&engine).iter().any(|told| told.starts_with("thing cup cannot be read")));
}

#[test]
fn rows_of_a_strange_table_are_told_once() {
    let engine = one_thing();
    let rows = [vec![1, 0, 9, 1], vec![1, 0, 9, 2], vec![77]];
    store(&engine, rows_to_write(rows.into_iter().map(|key| (key, Some(vec![])))));
    assert_eq!(
        problems(&engine),
        ["there are rows of no known kind", "there are rows of table 9, which this program does not know"]
    );
}
