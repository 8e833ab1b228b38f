//! Which lanes a write needs.

use moyun_store::{Key, Lane, MemoryEngine, Record, Table, Tx};
use serde::{Deserialize, Serialize};

use crate::given::{lane, read, submit};

/// A note in the lane of whoever holds it.
#[derive(Clone, Serialize, Deserialize)]
struct Note {
    name: String,
    holder: String,
}

impl Record for Note {
    const TABLE: Table = Table { id: 8, name: "note" };

    fn key(&self) -> Key {
        Key::new().text(&self.name)
    }

    fn lane(&self) -> Lane {
        Lane(self.holder.clone())
    }
}

fn note(name: &str, holder: &str) -> Note {
    Note { name: name.to_owned(), holder: holder.to_owned() }
}

/// The lanes that a change needs.
fn lanes(engine: &MemoryEngine, change: &dyn Fn(&mut Tx<'_>)) -> Vec<String> {
    read(engine, |view| {
        let mut tx = Tx::new(view);
        change(&mut tx);
        tx.into_writes().lanes.into_iter().map(|lane| lane.0).collect()
    })
}

#[test]
fn what_is_written_names_the_lanes_that_guard_it() {
    let engine = MemoryEngine::new();
    let put = |tx: &mut Tx<'_>| ["b", "a"].iter().for_each(|holder| tx.put(&note(holder, holder)).unwrap());
    assert_eq!(lanes(&engine, &put), ["a", "b"]);
    let delete = |tx: &mut Tx<'_>| {
        put(tx);
        assert!(tx.delete::<Note>(&note("a", "a").key()).unwrap());
    };
    assert_eq!(lanes(&engine, &delete), ["a", "b"]);
    let nothing = |tx: &mut Tx<'_>| assert!(!tx.delete::<Note>(&note("a", "a").key()).unwrap());
    assert_eq!(lanes(&engine, &nothing), [""; 0]);
}

#[test]
fn a_record_that_changes_its_lane_needs_both() {
    let engine = MemoryEngine::new();
    let hand = |holder: &str| {
        let note = note("n", holder);
        let needed = lanes(&engine, &|tx| tx.put(&note).unwrap());
        let stored = submit(&engine, &lane("one"), move |view| {
            let mut tx = Tx::new(view);
            tx.put(&note).unwrap();
            Some(tx.into_writes())
        });
        stored.recv().unwrap().unwrap();
        needed
    };
    assert_eq!(hand("a"), ["a"]);
    assert_eq!(hand("b"), ["a", "b"]);
    assert_eq!(hand("b"), [""; 0], "nothing changes");
}
