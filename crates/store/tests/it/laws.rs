//! What holds for every key and for every sequence of puts and deletes.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use moyun_store::{
    DueRow, Engine, Fault, Found, IndexRow, Key, Lane, MemoryEngine, Reader, Record, Span, Table, Tx, Writes,
};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::{prop_assert_eq, proptest};
use serde::{Deserialize, Serialize};

use crate::given::{lane, read, rows_to_write, submit};

/// A thing on a shelf that may have a colour and may perish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Thing {
    shelf: String,
    name: String,
    colour: Option<String>,
    perishes_ms: Option<i64>,
}

const BY_COLOUR: u16 = 1;

impl Record for Thing {
    const TABLE: Table = Table { id: 7, name: "thing" };

    fn key(&self) -> Key {
        Key::new().text(&self.shelf).text(&self.name)
    }

    fn lane(&self) -> Lane {
        Lane(self.shelf.clone())
    }

    fn counted_in(&self) -> Option<Key> {
        // Only things of a colour count: so a put can move a thing in and out of its counter.
        self.colour.as_ref().map(|_| Key::new().text(&self.shelf))
    }

    fn counted_beside(&self) -> Vec<Key> {
        self.colour.iter().map(|colour| Key::new().text("colour").text(colour)).collect()
    }

    fn index(&self) -> Vec<IndexRow> {
        let by_colour = |colour| IndexRow { index: BY_COLOUR, key: Key::new().text(colour) };
        self.colour.iter().map(by_colour).collect()
    }

    fn due(&self) -> Option<i64> {
        self.perishes_ms
    }
}

#[derive(Clone, Debug)]
enum Step {
    Put(Thing),
    PutAll(Vec<Thing>),
    Delete(String, String),
    /// Store what was written so far and go on with a new view.
    Commit,
}

fn shelf() -> impl Strategy<Value = String> {
    prop_oneof![Just("a".to_owned()), Just("a\0".to_owned()), Just("ab".to_owned())]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), Just("x".to_owned()), Just("x\0y".to_owned()), Just("y".to_owned())]
}

fn thing() -> impl Strategy<Value = Thing> {
    let colour = prop_oneof![Just(None), Just(Some("red".to_owned())), Just(Some("redder".to_owned()))];
    let perishes_ms = prop_oneof![Just(None), (-3..3_i64).prop_map(Some), Just(Some(i64::MAX))];
    (shelf(), name(), colour, perishes_ms).prop_map(|(shelf, name, colour, perishes_ms)| Thing {
        shelf,
        name,
        colour,
        perishes_ms,
    })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => thing().prop_map(Step::Put),
        1 => vec(thing(), 0..4).prop_map(Step::PutAll),
        2 => (shelf(), name()).prop_map(|(shelf, name)| Step::Delete(shelf, name)),
        1 => Just(Step::Commit),
    ]
}

type Model = BTreeMap<(String, String), Thing>;

fn store(engine: &MemoryEngine, writes: Writes) {
    submit(engine, &lane("one"), move |_| Some(writes.clone())).recv().unwrap().unwrap();
}

fn rows(view: &dyn Reader, span: &Span) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut rows = Vec::new();
    view.scan(span, &mut |key, value| {
        rows.push((key.to_vec(), value.to_vec()));
        ControlFlow::Continue(())
    })
    .unwrap();
    rows
}

/// Takes the steps, holds the transaction against the model after each, and returns what is stored at the end.
fn live(steps: &[Step], check: impl Fn(&Tx<'_>, &Model)) -> Vec<(Vec<u8>, Vec<u8>)> {
    let engine = MemoryEngine::new();
    let mut model = Model::new();
    for steps in steps.split_inclusive(|step| matches!(step, Step::Commit)) {
        let mut after = model.clone();
        let mut writes = None;
        engine
            .read(&mut |view| {
                let mut tx = Tx::new(view);
                for step in steps {
                    take(step, &mut tx, &mut after);
                    check(&tx, &after);
                }
                writes = Some(std::mem::replace(&mut tx, Tx::new(view)).into_writes());
            })
            .unwrap();
        store(&engine, writes.unwrap());
        model = after;
    }
    read(&engine, |view| {
        check(&Tx::new(view), &model);
        rows(view, &Span::prefix(b""))
    })
}

fn take(step: &Step, tx: &mut Tx<'_>, model: &mut Model) {
    let mut expect = |thing: &Thing| model.insert((thing.shelf.clone(), thing.name.clone()), thing.clone());
    match step {
        Step::Put(thing) => {
            tx.put(thing).unwrap();
            expect(thing);
        }
        Step::PutAll(things) => {
            tx.put_all(things).unwrap();
            things.iter().for_each(|thing| drop(expect(thing)));
        }
        Step::Delete(shelf, name) => {
            let was_there = tx.delete::<Thing>(&Key::new().text(shelf).text(name)).unwrap();
            assert_eq!(was_there, model.remove(&(shelf.clone(), name.clone())).is_some());
        }
        Step::Commit => {}
    }
}

fn check_records(tx: &Tx<'_>, model: &Model) {
    assert_eq!(tx.list::<Thing>(&Key::new()).unwrap(), model.values().cloned().collect::<Vec<_>>());
    let asked: Vec<(String, String)> = ["a", "a\0", "ab", "b"]
        .iter()
        .flat_map(|shelf| ["", "x", "x\0y", "z"].map(|name| ((*shelf).to_owned(), name.to_owned())))
        .collect();
    let keys: Vec<Key> = asked.iter().map(|(shelf, name)| Key::new().text(shelf).text(name)).collect();
    let expected: Vec<Option<Thing>> = asked.iter().map(|key| model.get(key).cloned()).collect();
    assert_eq!(tx.find_many::<Thing>(&keys).unwrap(), expected);
    for (key, expected) in keys.iter().zip(expected) {
        assert_eq!(tx.find::<Thing>(key).unwrap(), expected);
    }
}

fn check_index(tx: &Tx<'_>, model: &Model) {
    for colour in ["red", "redder", "blue"] {
        let found = tx.index_list::<Thing>(BY_COLOUR, &Key::new().text(colour), 0, usize::MAX).unwrap();
        let of_colour = model.values().filter(|thing| thing.colour.as_deref() == Some(colour));
        assert_eq!(found, of_colour.cloned().collect::<Vec<_>>());
        let page = tx.index_keys::<Thing>(BY_COLOUR, &Key::new().text(colour), 1, 2).unwrap();
        assert_eq!(page, found.iter().skip(1).take(2).map(Record::key).collect::<Vec<_>>());
    }
}

fn check_counts(tx: &Tx<'_>, model: &Model) {
    for shelf in ["a", "a\0", "ab", "b"] {
        let counted = model.values().filter(|thing| thing.shelf == shelf && thing.colour.is_some());
        assert_eq!(tx.count::<Thing>(&Key::new().text(shelf)).unwrap(), counted.count() as u64);
    }
    for colour in ["red", "redder", "blue"] {
        let counted = model.values().filter(|thing| thing.colour.as_deref() == Some(colour));
        let scope = Key::new().text("colour").text(colour);
        assert_eq!(tx.count::<Thing>(&scope).unwrap(), counted.count() as u64);
    }
}

fn check_due(tx: &Tx<'_>, model: &Model) {
    let row = |thing: &Thing| {
        let at_ms = thing.perishes_ms?;
        Some(DueRow { at_ms, lane: Lane(thing.shelf.clone()), table: Thing::TABLE.id, key: thing.key() })
    };
    let mut expected: Vec<DueRow> = model.values().filter_map(row).collect();
    expected.sort_by_key(|row| (row.at_ms, row.key.clone()));
    assert_eq!(tx.next_due().unwrap(), expected.first().map(|row| row.at_ms));
    assert_eq!(tx.due_until(i64::MAX, usize::MAX).unwrap(), expected);
    expected.retain(|row| row.at_ms <= 0);
    assert_eq!(tx.due_until(0, usize::MAX).unwrap(), expected);
    expected.truncate(2);
    assert_eq!(tx.due_until(0, 2).unwrap(), expected);
}

proptest! {
    #[test]
    fn key_order_is_value_order(
        a in (".{0,3}|[\0\u{1}a]{0,3}", any::<u64>(), any::<i64>(), -2..2_i64, "[\0\u{1}a]{0,3}"),
        b in (".{0,3}|[\0\u{1}a]{0,3}", any::<u64>(), any::<i64>(), -2..2_i64, "[\0\u{1}a]{0,3}"),
        same in 0..5_usize,
    ) {
        let mut b = b;
        if same > 0 { b.0 = a.0.clone(); }
        if same > 1 { b.1 = a.1; }
        if same > 2 { b.2 = a.2; }
        if same > 3 { b.3 = a.3; }
        let key = |v: &(String, u64, i64, i64, String)| Key::new().text(&v.0).u64(v.1).i64(v.2).desc_i64(v.3).text(&v.4);
        let order = (&a.0, a.1, a.2, -a.3, &a.4).cmp(&(&b.0, b.1, b.2, -b.3, &b.4));
        prop_assert_eq!(key(&a).as_bytes().cmp(key(&b).as_bytes()), order);
    }

    #[test]
    fn a_key_prefixes_exactly_the_keys_that_begin_with_its_parts(
        part in "[\0\u{1}\u{ff}a]{0,3}", other in "[\0\u{1}\u{ff}a]{0,3}", rest in any::<i64>(),
    ) {
        let span = Key::new().text(&part).prefix();
        let longer = Key::new().text(&other).i64(rest);
        let inside = longer.as_bytes() >= span.from.as_slice()
            && span.to.as_ref().is_none_or(|to| longer.as_bytes() < to.as_slice());
        prop_assert_eq!(inside, part == other);
    }

    #[test]
    fn buffer_over_base_equals_model(
        base in vec((vec(0..3_u8, 0..3), vec(any::<u8>(), 0..2)), 0..12),
        steps in vec(step(), 0..12),
        from in vec(0..3_u8, 0..3), to in proptest::option::of(vec(0..4_u8, 0..3)), reverse in any::<bool>(),
        stop_after in 1..20_usize,
    ) {
        let engine = MemoryEngine::new();
        store(&engine, rows_to_write(base.into_iter().map(|(key, value)| (key, Some(value)))));
        let span = Span { from, to, reverse };
        let holds = read(&engine, |view| {
            let (mut tx, mut things) = (Tx::new(view), Model::new());
            steps.iter().for_each(|step| take(step, &mut tx, &mut things));
            let mut seen = Vec::new();
            Reader::scan(&tx, &span, &mut |key, value| {
                seen.push((key.to_vec(), value.to_vec()));
                if seen.len() == stop_after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            }).unwrap();
            let mut model: BTreeMap<_, _> = rows(view, &Span::prefix(b"")).into_iter().collect();
            for (key, value) in tx.into_writes().rows {
                match value {
                    Some(value) => drop(model.insert(key, value)),
                    None => drop(model.remove(&key)),
                }
            }
            let inside = |key: &Vec<u8>| *key >= span.from && span.to.as_ref().is_none_or(|to| key < to);
            let mut expected: Vec<_> = model.into_iter().filter(|(key, _)| inside(key)).collect();
            if span.reverse { expected.reverse(); }
            expected.truncate(stop_after);
            (seen, expected)
        });
        prop_assert_eq!(holds.0, holds.1);
    }

    #[test]
    fn records_are_what_was_put(steps in vec(step(), 0..20)) {
        live(&steps, check_records);
    }

    #[test]
    fn index_lists_exactly_the_records_that_name_it(steps in vec(step(), 0..20)) {
        live(&steps, check_index);
    }

    #[test]
    fn counts_are_numbers_of_records(steps in vec(step(), 0..20)) {
        live(&steps, check_counts);
    }

    #[test]
    fn due_rows_are_the_records_due(steps in vec(step(), 0..20)) {
        live(&steps, check_due);
    }

    #[test]
    fn deleting_all_leaves_no_row_behind(steps in vec(step(), 0..20)) {
        let shelves = ["a", "a\0", "ab"];
        let all = shelves.iter().flat_map(|shelf| ["", "x", "x\0y", "y"].map(|name| (shelf, name)));
        let deletes = all.map(|(shelf, name)| Step::Delete((*shelf).to_owned(), name.to_owned()));
        let steps: Vec<Step> = steps.into_iter().chain(deletes).collect();
        prop_assert_eq!(live(&steps, |_, _| {}), []);
    }
}

#[test]
fn putting_what_is_stored_already_writes_nothing() {
    let engine = MemoryEngine::new();
    let thing =
        Thing { shelf: "a".into(), name: "x".into(), colour: Some("red".into()), perishes_ms: Some(5) };
    let put = thing.clone();
    let job = move |view: &dyn Reader| {
        let mut tx = Tx::new(view);
        tx.put(&put).unwrap();
        Some(tx.into_writes())
    };
    submit(&engine, &lane("one"), job).recv().unwrap().unwrap();
    read(&engine, |view| {
        let mut tx = Tx::new(view);
        assert!(tx.is_clean());
        tx.put(&thing).unwrap();
        assert!(tx.is_clean());
        tx.put(&Thing { perishes_ms: None, ..thing.clone() }).unwrap();
        assert!(!tx.is_clean());
    });
}

/// What [`Thing`] was before it had colours: without index and counter.
#[derive(Clone, Serialize, Deserialize)]
struct OldThing {
    shelf: String,
    name: String,
}

impl Record for OldThing {
    const TABLE: Table = Thing::TABLE;

    fn key(&self) -> Key {
        Key::new().text(&self.shelf).text(&self.name)
    }

    fn lane(&self) -> Lane {
        Lane(self.shelf.clone())
    }
}

/// What [`Thing`] may become: all have a colour.
#[derive(Clone, Serialize, Deserialize)]
struct NewThing {
    shelf: String,
    name: String,
    colour: String,
}

impl Record for NewThing {
    const TABLE: Table = Thing::TABLE;
    const VERSION: u8 = 2;

    fn key(&self) -> Key {
        Key::new().text(&self.shelf).text(&self.name)
    }

    fn lane(&self) -> Lane {
        Lane(self.shelf.clone())
    }

    fn index(&self) -> Vec<IndexRow> {
        vec![IndexRow { index: BY_COLOUR, key: Key::new().text(&self.colour) }]
    }

    fn migrate(version: u8, bytes: &[u8]) -> Result<NewThing, Fault> {
        assert_eq!(version, 1);
        let old: OldThing =
            rmp_serde::from_slice(bytes).map_err(|cause| Fault::caused("an old thing", cause))?;
        Ok(NewThing { shelf: old.shelf, name: old.name, colour: "grey".into() })
    }
}

#[test]
fn record_of_older_version_is_migrated_and_indexed_when_put_again() {
    let engine = MemoryEngine::new();
    read(&engine, |view| {
        let mut tx = Tx::new(view);
        tx.put(&OldThing { shelf: "a".into(), name: "x".into() }).unwrap();
        let key = Key::new().text("a").text("x");
        let thing = tx.find::<NewThing>(&key).unwrap().unwrap();
        assert_eq!(thing.colour, "grey");
        tx.put(&thing).unwrap();
        let grey = Key::new().text("grey");
        assert_eq!(tx.index_keys::<NewThing>(BY_COLOUR, &grey, 0, 9).unwrap(), [key]);
    });
}

#[test]
fn record_of_unknown_version_is_a_fault_that_names_it() {
    let engine = MemoryEngine::new();
    read(&engine, |view| {
        let mut tx = Tx::new(view);
        tx.put(&NewThing { shelf: "a".into(), name: "x".into(), colour: "red".into() }).unwrap();
        let fault = tx.find::<Thing>(&Key::new().text("a").text("x")).unwrap_err();
        assert!(fault.to_string().contains("thing record of version 2"), "{fault}");
    });
}

#[test]
fn added_field_with_a_default_needs_no_new_version() {
    #[derive(Clone, Serialize, Deserialize)]
    struct Grown {
        shelf: String,
        name: String,
        #[serde(default)]
        weight: u32,
    }
    impl Record for Grown {
        const TABLE: Table = Thing::TABLE;

        fn key(&self) -> Key {
            Key::new().text(&self.shelf).text(&self.name)
        }

        fn lane(&self) -> Lane {
            Lane(self.shelf.clone())
        }
    }
    let engine = MemoryEngine::new();
    read(&engine, |view| {
        let mut tx = Tx::new(view);
        tx.put(&OldThing { shelf: "a".into(), name: "x".into() }).unwrap();
        assert_eq!(tx.find::<Grown>(&Key::new().text("a").text("x")).unwrap().unwrap().weight, 0);
    });
}

#[test]
fn a_transaction_tells_what_it_looked_at_last_as_it_was_stored() {
    let engine = MemoryEngine::new();
    let thing = |name: &str| Thing {
        shelf: "a".to_owned(),
        name: name.to_owned(),
        colour: Some("red".to_owned()),
        perishes_ms: None,
    };
    let key = |name: &str| Key::new().text("a").text(name);
    submit(&engine, &lane("one"), move |view| {
        let mut tx = Tx::new(view);
        tx.put(&thing("stored")).unwrap();
        Some(tx.into_writes())
    })
    .recv()
    .unwrap()
    .unwrap();
    let looks = read(&engine, |view| {
        let tx = Tx::new(view);
        tx.find::<Thing>(&key("stored")).unwrap();
        tx.count::<Thing>(&Key::new().text("a")).unwrap();
        tx.find_many::<Thing>(&[key("absent"), key("stored")]).unwrap();
        tx.looks(9)
    });
    let seen: Vec<_> = looks.iter().map(|look| (look.key.words(), look.record::<Thing>())).collect();
    assert_eq!(
        seen,
        [
            ("a/stored".to_owned(), Some(thing("stored"))),
            ("a/absent".to_owned(), None),
            ("a".to_owned(), None)
        ]
    );
    assert_eq!((&looks[1].found, &looks[2].found), (&Found::Record(None), &Found::Count(1)));
}
