//! What is kept of records that were read.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use moyun_store::{Keeper, Kept, Key, Lane, MemoryEngine, Record, Table, Tx};
use serde::{Deserialize, Serialize};

use crate::given::{lane, read, submit};

#[derive(Serialize, Deserialize)]
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
}

fn write(engine: &MemoryEngine, name: &str, text: &str) {
    let note = Note { name: name.to_owned(), text: text.to_owned() };
    let stored = submit(engine, &lane("one"), move |view| {
        let mut tx = Tx::new(view);
        tx.put(&note).unwrap();
        Some(tx.into_writes())
    });
    stored.recv().unwrap().unwrap();
}

fn find<B: Default + Send + Sync + 'static>(
    engine: &MemoryEngine,
    keeper: &Keeper,
    name: &str,
) -> Option<Arc<Kept<Note, B>>> {
    let keys = [Key::new().text(name)];
    read(engine, |view| Tx::new(view).keeping(keeper).find_many_kept(&keys).unwrap().remove(0))
}

#[test]
fn a_record_is_kept_until_its_bytes_change() {
    let (engine, keeper) = (MemoryEngine::new(), Keeper::default());
    assert!(find::<()>(&engine, &keeper, "a").is_none());
    write(&engine, "a", "first");
    let first = find::<AtomicU32>(&engine, &keeper, "a").unwrap();
    first.beside.store(7, Ordering::Relaxed);
    write(&engine, "b", "beside");
    assert!(Arc::ptr_eq(&first, &find(&engine, &keeper, "a").unwrap()));

    write(&engine, "a", "second");
    let second = find::<AtomicU32>(&engine, &keeper, "a").unwrap();
    assert_eq!((second.record.text.as_str(), second.beside.load(Ordering::Relaxed)), ("second", 0));
    assert_eq!((first.record.text.as_str(), first.beside.load(Ordering::Relaxed)), ("first", 7));
}

#[test]
fn what_follows_from_a_record_is_kept_by_its_type() {
    let (engine, keeper) = (MemoryEngine::new(), Keeper::default());
    write(&engine, "a", "text");
    find::<AtomicU32>(&engine, &keeper, "a").unwrap().beside.store(7, Ordering::Relaxed);
    assert_eq!(find::<String>(&engine, &keeper, "a").unwrap().beside, "");
}

#[test]
fn a_view_sees_its_own_writes_and_needs_no_keeper() {
    let (engine, keeper) = (MemoryEngine::new(), Keeper::default());
    write(&engine, "a", "stored");
    find::<()>(&engine, &keeper, "a").unwrap();
    let keys = [Key::new().text("a"), Key::new().text("none")];
    read(&engine, |view| {
        for mut tx in [Tx::new(view), Tx::new(view).keeping(&keeper)] {
            tx.put(&Note { name: "a".to_owned(), text: "own".to_owned() }).unwrap();
            let found = tx.find_many_kept::<Note, ()>(&keys).unwrap();
            let texts: Vec<_> =
                found.iter().map(|kept| kept.as_ref().map(|kept| &*kept.record.text)).collect();
            assert_eq!(texts, [Some("own"), None]);
        }
    });
    assert_eq!(find::<()>(&engine, &keeper, "a").unwrap().record.text, "stored");
}

#[test]
fn what_is_kept_is_bounded() {
    const RECORD_BYTES: usize = 1 << 20;
    let (engine, keeper) = (MemoryEngine::new(), Keeper::default());
    let kept: Vec<_> = (0..64)
        .map(|number| {
            let name = number.to_string();
            write(&engine, &name, &"x".repeat(RECORD_BYTES));
            Arc::downgrade(&find::<()>(&engine, &keeper, &name).unwrap())
        })
        .collect();
    let alive = kept.iter().filter(|kept| kept.strong_count() > 0).count();
    assert!(alive <= 8, "{alive} records of {RECORD_BYTES} bytes are kept");
}
