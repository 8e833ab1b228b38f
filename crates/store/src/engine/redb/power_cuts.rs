//! What was told to be stored is stored, whole, wherever the power goes away.

mod disk;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use redb::Builder;
use serde::{Deserialize, Serialize};

use crate::MemoryEngine;
use crate::engine::redb::power_cuts::disk::Disk;
use crate::engine::redb::{RedbEngine, file, layout};
use crate::engine::{Engine, Lane, Reader, Span, Task, Writes};
use crate::fault::{Fault, OpenError};
use crate::key::Key;
use crate::record::{IndexRow, Record, Table};
use crate::tx::Tx;

/// How many histories are lived, and how often the power goes in each.
const HISTORIES: u64 = 25;
const CUTS: u32 = 50;

/// How many operations the power lasts for at most. A commit takes about fifteen.
const POWER_MAX: usize = 150;

/// How many jobs share a commit at most, and how many things each changes.
const JOBS_MAX: usize = 4;
const CHANGES_MAX: usize = 6;

/// How long the filling of a thing is at most: then it takes several pages, and the file grows.
const FILLING_MAX: usize = 60_000;

/// Power that does not go away.
const FOREVER: u32 = u32::MAX;

/// All rows of a store.
type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

#[test]
fn power_cuts_lose_nothing_that_was_told_and_leave_nothing_half_done() {
    let mut told = 0;
    for seed in 0..HISTORIES {
        let mut history = History::begin(seed);
        for cut in 0..CUTS {
            history.live_until_the_power_goes(&format!("seed {seed}, cut {cut}"));
        }
        told += history.told;
    }
    assert!(told > u64::from(CUTS) * HISTORIES, "the cuts leave time to store something: {told}");
}

#[test]
fn the_same_seed_is_the_same_history() {
    let lived = [0, 1].map(|_| {
        let mut history = History::begin(7);
        (0..10).for_each(|cut| history.live_until_the_power_goes(&format!("cut {cut}")));
        history
    });
    assert!(lived[0].content == lived[1].content && lived[0].told == lived[1].told);
}

/// What happens to one database: it is opened, written, cut off, and opened again.
struct History {
    rng: ChaCha8Rng,
    /// What is on the disk.
    content: Vec<u8>,
    /// What must be stored.
    rows: Rows,
    /// How many commits were told to be durable.
    told: u64,
}

impl History {
    fn begin(seed: u64) -> History {
        let disk = Disk::with(Vec::new(), FOREVER);
        layout::make(&Builder::new().create_with_backend(disk.clone()).unwrap()).unwrap();
        let rng = ChaCha8Rng::seed_from_u64(seed);
        History { rng, content: disk.content(), rows: Rows::new(), told: 0 }
    }

    /// Stores one thing after another while the power lasts, and looks what is left.
    fn live_until_the_power_goes(&mut self, place: &str) {
        let power = 1 + draw(&mut self.rng, POWER_MAX) as u32;
        let disk = Disk::with(std::mem::take(&mut self.content), power);
        let mut in_doubt = None;
        match open(&disk) {
            Ok(engine) => {
                let told = self.told;
                while in_doubt.is_none() {
                    assert!(self.told - told < POWER_MAX as u64, "{place}: commits go to the disk");
                    let jobs = some_jobs(&mut self.rng);
                    let after = rows_after(&self.rows, &jobs);
                    if store_together(&engine, &jobs) {
                        self.rows = after;
                        self.told += 1;
                    } else {
                        in_doubt = Some(after);
                    }
                }
                engine.close();
            }
            Err(refusal) => assert!(disk.is_off(), "{place}: {refusal:?}"),
        }
        assert!(disk.is_off(), "{place}: only a cut keeps anything from being stored");
        self.content = disk.survivors(&mut self.rng);
        // Looked at on a copy, so that the next life begins with the damage, and may be cut off while it mends it.
        let engine = open(&Disk::with(self.content.clone(), FOREVER));
        let found = all_rows(&engine.unwrap_or_else(|refusal| panic!("{place}: {refusal:?}")));
        if in_doubt.as_ref() == Some(&found) {
            self.rows = found;
        } else {
            assert!(
                found == self.rows,
                "{place}: the store is neither as before nor as after the last commit"
            );
        }
    }
}

fn open(disk: &Disk) -> Result<RedbEngine, OpenError> {
    let (place, disk) = (Path::new("a disk in memory"), disk.clone());
    let open = move || {
        let disk = disk.clone();
        file::open_by(place, move |builder| builder.create_with_backend(disk))
    };
    RedbEngine::over(place, None, Box::new(open))
}

/// Has all jobs run in one commit, and tells whether each was told that it is durable.
fn store_together(engine: &RedbEngine, jobs: &[Vec<Change>]) -> bool {
    let (open_gate, gate) = channel::<()>();
    // The writer takes all that waits: it waits at the gate until everything does.
    let held = submit(engine, move |_| {
        let _ = gate.recv();
        Ok(None)
    });
    let outcomes: Vec<_> = jobs.iter().map(|job| submit_job(engine, job)).collect();
    drop(open_gate);
    let told: Vec<bool> =
        outcomes.iter().chain([&held]).map(|outcome| outcome.recv().unwrap().is_ok()).collect();
    assert!(told.iter().all(|each| *each == told[0]), "those who share a commit share its outcome: {told:?}");
    told[0]
}

/// What is stored once the jobs have been run over `rows`, as the store in memory has it.
fn rows_after(rows: &Rows, jobs: &[Vec<Change>]) -> Rows {
    let model = MemoryEngine::new();
    let rows = rows.iter().map(|(key, value)| (key.clone(), Some(value.clone()))).collect();
    let before = Writes { rows, ..Writes::default() };
    submit(&model, move |_| Ok(Some(before.clone()))).recv().unwrap().unwrap();
    for job in jobs {
        submit_job(&model, job).recv().unwrap().unwrap();
    }
    all_rows(&model)
}

fn submit_job(engine: &dyn Engine, job: &[Change]) -> Receiver<Result<(), Fault>> {
    let job = job.to_vec();
    submit(engine, move |view| {
        let mut tx = Tx::new(view);
        for change in &job {
            match change {
                Change::Put(thing) => tx.put(thing)?,
                Change::Delete(number) => {
                    tx.delete::<Thing>(&Thing::key_of(*number))?;
                }
            }
        }
        Ok(Some(tx.into_writes()))
    })
}

/// Hands a job over; what it or its commit came to arrives on the receiver.
fn submit(
    engine: &dyn Engine,
    job: impl FnMut(&dyn Reader) -> Result<Option<Writes>, Fault> + Send + 'static,
) -> Receiver<Result<(), Fault>> {
    let (told, outcome) = channel();
    let mut job = job;
    let run = move |view: &dyn Reader| match job(view) {
        Ok(writes) => (Ok(()), writes),
        Err(fault) => (Err(fault), None),
    };
    let done = move |outcome: Result<Result<(), Fault>, Fault>| told.send(outcome.flatten()).unwrap();
    engine.write(&Lane("one".to_owned()), Task::boxed(run, done));
    outcome
}

fn all_rows(engine: &dyn Engine) -> Rows {
    let mut rows = Rows::new();
    let mut job = |view: &dyn Reader| {
        let all = Span::prefix(&[]);
        view.scan(&all, &mut |key, value| {
            rows.insert(key.to_vec(), value.to_vec());
            ControlFlow::Continue(())
        })
        .unwrap();
    };
    engine.read(&mut job).unwrap();
    rows
}

/// A thing with index, count and due rows.
#[derive(Clone, Serialize, Deserialize)]
struct Thing {
    number: u64,
    shelf: u64,
    filling: String,
}

#[derive(Clone)]
enum Change {
    Put(Thing),
    Delete(u64),
}

impl Thing {
    fn key_of(number: u64) -> Key {
        Key::new().u64(number)
    }
}

impl Record for Thing {
    const TABLE: Table = Table { id: 7, name: "thing" };

    fn key(&self) -> Key {
        Thing::key_of(self.number)
    }

    fn lane(&self) -> Lane {
        Lane("one".to_owned())
    }

    fn counted_in(&self) -> Option<Key> {
        Some(Key::new().u64(self.shelf))
    }

    fn index(&self) -> Vec<IndexRow> {
        vec![IndexRow { index: 1, key: Key::new().u64(self.shelf) }]
    }

    fn due(&self) -> Option<i64> {
        Some(self.filling.len() as i64)
    }
}

fn some_jobs(rng: &mut ChaCha8Rng) -> Vec<Vec<Change>> {
    (0..=draw(rng, JOBS_MAX))
        .map(|_| (0..=draw(rng, CHANGES_MAX)).map(|_| some_change(rng)).collect())
        .collect()
}

fn some_change(rng: &mut ChaCha8Rng) -> Change {
    let number = draw(rng, 40) as u64;
    if draw(rng, 3) == 0 {
        return Change::Delete(number);
    }
    let length = if draw(rng, 20) == 0 { draw(rng, FILLING_MAX) } else { draw(rng, 100) };
    let letter = ["a", "b", "c", "d"][draw(rng, 4)];
    Change::Put(Thing { number, shelf: draw(rng, 4) as u64, filling: letter.repeat(length) })
}

/// A number below `end`.
fn draw(rng: &mut ChaCha8Rng, end: usize) -> usize {
    rng.next_u64() as usize % end
}
