//! What is kept of records that were read.

use std::cell::Cell;
use std::sync::{Arc, OnceLock};

use moyun_store::{
    Beside, Fault, IndexRow, Keeper, Kept, Key, Lane, MemoryEngine, Reader, Record, Span, Table, Tx, Visit,
};
use serde::{Deserialize, Serialize};

use crate::given::{lane, read, submit};

#[derive(Clone, Serialize, Deserialize)]
struct Note {
    name: String,
    text: String,
}

impl Record for Note {
    const TABLE: Table = Table { id: 9, name: "note" };

    fn key(&self) -> Key {
        Key::new().text(&self.name)
    }

    fn lane(&self) -> Lane {
        lane("one")
    }

    fn index(&self) -> Vec<IndexRow> {
        vec![IndexRow { index: BY_FIRST_LETTER, key: Key::new().text(&self.text[..1]) }]
    }
}

impl Beside for Note {
    type Beside = OnceLock<Arc<()>>;
}

const BY_FIRST_LETTER: u16 = 0;

fn write(engine: &MemoryEngine, name: &str, text: &str) {
    let note = Note { name: name.to_owned(), text: text.to_owned() };
    let stored = submit(engine, &lane("one"), move |view| {
        let mut tx = Tx::new(view);
        tx.put(&note).unwrap();
        Some(tx.into_writes())
    });
    stored.recv().unwrap().unwrap();
}

fn find(engine: &MemoryEngine, keeper: &Keeper, name: &str) -> Option<Kept<Note>> {
    let keys = [Key::new().text(name)];
    read(engine, |view| Tx::new(view).keeping(keeper).find_many_kept(&keys).unwrap().remove(0))
}

#[test]
fn a_record_is_kept_until_its_bytes_change() {
    let (engine, keeper) = (MemoryEngine::new(), Keeper::default());
    assert!(find(&engine, &keeper, "a").is_none());
    write(&engine, "a", "first");
    let first = find(&engine, &keeper, "a").unwrap();
    write(&engine, "b", "another");
    assert!(are_one(&first, &find(&engine, &keeper, "a").unwrap()));

    write(&engine, "a", "second");
    let second = find(&engine, &keeper, "a").unwrap();
    assert!(second.record().text == "second" && first.record().text == "first");
}

#[test]
fn what_is_beside_a_record_is_kept_when_it_is_asked_for_again() {
    let (engine, keeper) = (MemoryEngine::new(), Keeper::default());
    write(&engine, "a", "first");
    let first = find(&engine, &keeper, "a").unwrap();
    assert!(first.beside().is_none(), "asked for once");
    first.beside().unwrap().set(Arc::new(())).unwrap();
    write(&engine, "b", "another");
    assert!(find(&engine, &keeper, "a").unwrap().beside().unwrap().get().is_some());

    write(&engine, "a", "second");
    let second = find(&engine, &keeper, "a").unwrap();
    assert!(second.beside().is_none() && second.beside().unwrap().get().is_none());
    assert!(first.beside().unwrap().get().is_some());
}

#[test]
fn where_no_state_has_a_number_a_record_is_kept_when_it_is_read_again() {
    let (engine, keeper) = (MemoryEngine::new(), Keeper::default());
    write(&engine, "a", "first");
    let look = || {
        read(&engine, |view| {
            let far = Counting { view, state: None, reads: Cell::new(0) };
            let found = Tx::new(&far).keeping(&keeper).find_kept::<Note>(&Key::new().text("a")).unwrap();
            assert_eq!(far.reads.get(), 1, "others write there");
            found.unwrap()
        })
    };
    let (first, second, third) = (look(), look(), look());
    assert!(!are_one(&first, &second) && are_one(&second, &third));
    write(&engine, "a", "second");
    assert_eq!(look().record().text, "second");
}

#[test]
fn a_view_sees_its_own_writes_and_needs_no_keeper() {
    let (engine, keeper) = (MemoryEngine::new(), Keeper::default());
    write(&engine, "a", "stored");
    find(&engine, &keeper, "a").unwrap();
    let keys = [Key::new().text("a"), Key::new().text("none")];
    read(&engine, |view| {
        for mut tx in [Tx::new(view), Tx::new(view).keeping(&keeper)] {
            let listed =
                |tx: &Tx<'_>| tx.index_keys::<Note>(BY_FIRST_LETTER, &Key::new().text("o"), 0, 9).unwrap();
            assert_eq!(listed(&tx), []);
            tx.put(&Note { name: "a".to_owned(), text: "own".to_owned() }).unwrap();
            let found = tx.find_many_kept::<Note>(&keys).unwrap();
            let texts: Vec<_> =
                found.iter().map(|kept| kept.as_ref().map(|kept| &*kept.record().text)).collect();
            assert_eq!(texts, [Some("own"), None]);
            assert_eq!(tx.find::<Note>(&keys[0]).unwrap().unwrap().text, "own");
            assert_eq!(listed(&tx), [Key::new().text("a")]);
        }
    });
    assert_eq!(find(&engine, &keeper, "a").unwrap().record().text, "stored");
}

#[test]
fn what_was_read_in_a_state_is_not_read_in_it_again() {
    let (engine, keeper) = (MemoryEngine::new(), Keeper::default());
    write(&engine, "a", "first");
    let look = || {
        read(&engine, |view| {
            let counting = Counting { view, state: view.state(), reads: Cell::new(0) };
            let tx = Tx::new(&counting).keeping(&keeper);
            let found = tx.find::<Note>(&Key::new().text("a")).unwrap().unwrap().text;
            let listed = tx.index_list::<Note>(BY_FIRST_LETTER, &Key::new().text("f"), 0, 9).unwrap().len();
            drop(tx);
            (found, listed, counting.reads.get())
        })
    };
    let (found, listed, reads) = look();
    assert!((found.as_str(), listed) == ("first", 1) && reads > 0);
    look();
    // A list decodes what it finds anew; the index and the record itself are known.
    assert_eq!(look(), ("first".to_owned(), 1, 1));
    write(&engine, "a", "second");
    let (found, listed, reads) = look();
    assert!((found.as_str(), listed) == ("second", 0) && reads > 0);
    assert_eq!(look(), ("second".to_owned(), 0, 0));
}

#[test]
fn records_are_kept_in_bounded_memory() {
    const RECORD_BYTES: usize = 1 << 20;
    let (engine, keeper) = (MemoryEngine::new(), Keeper::of_bytes(32 << 20));
    let names: Vec<String> = (0..64).map(|number: u32| number.to_string()).collect();
    for name in &names {
        write(&engine, name, &"x".repeat(RECORD_BYTES));
    }
    for name in &names {
        find(&engine, &keeper, name).unwrap();
    }
    let is_known = |name: &&String| {
        read(&engine, |view| {
            let counting = Counting { view, state: view.state(), reads: Cell::new(0) };
            Tx::new(&counting).keeping(&keeper).find_kept::<Note>(&Key::new().text(name)).unwrap().unwrap();
            counting.reads.get() == 0
        })
    };
    // From the last one, which is known: to look at one that is not pushes out others.
    let known = names.iter().rev().filter(is_known).count();
    assert!((1..32).contains(&known), "{known} records of {RECORD_BYTES} bytes are kept");
}

#[test]
fn what_is_beside_records_is_bounded() {
    let (engine, keeper) = (MemoryEngine::new(), Keeper::default());
    let beside: Vec<_> = (0..20_000)
        .map(|number: u32| {
            let name = number.to_string();
            write(&engine, &name, "x");
            let note = find(&engine, &keeper, &name).unwrap();
            let alive = Arc::new(());
            note.beside().or_else(|| note.beside()).unwrap().set(alive.clone()).unwrap();
            Arc::downgrade(&alive)
        })
        .collect();
    let alive = beside.iter().filter(|beside| beside.strong_count() > 0).count();
    assert!((1..=16_384).contains(&alive), "{alive} records have something beside them");
}

#[test]
fn too_many_in_turn_have_nothing_beside_them() {
    let (engine, keeper) = (MemoryEngine::new(), Keeper::default());
    let names: Vec<String> = (0..2 * 16_384).map(|number: u32| number.to_string()).collect();
    for name in &names {
        write(&engine, name, "x");
    }
    for _ in 0..2 {
        assert!(names.iter().all(|name| find(&engine, &keeper, name).unwrap().beside().is_none()));
    }
}

fn are_one(one: &Kept<Note>, other: &Kept<Note>) -> bool {
    std::ptr::eq(one.record(), other.record())
}

/// A view that counts how often it is asked.
struct Counting<'v> {
    view: &'v dyn Reader,
    state: Option<u64>,
    reads: Cell<u32>,
}

impl Reader for Counting<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        self.reads.update(|reads| reads + 1);
        self.view.get(key)
    }

    fn get_many(&self, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>, Fault> {
        self.reads.update(|reads| reads + 1);
        self.view.get_many(keys)
    }

    fn scan(&self, span: &Span, visit: &mut Visit<'_>) -> Result<(), Fault> {
        self.reads.update(|reads| reads + 1);
        self.view.scan(span, visit)
    }

    fn state(&self) -> Option<u64> {
        self.state
    }
}
