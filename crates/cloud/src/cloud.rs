//! The whole cloud over one store.

use std::ops::ControlFlow;
use std::sync::{Arc, mpsc};

use moyun_store::{Engine, Fault, Keeper, Key, Lane, Reader, Span, Task, Tx, Visit, Writes};
use serde_json::Value;

use crate::audit;
use crate::call::{self, Answered, Call, Settlement};
use crate::clock::Clock;
use crate::ecs::price::moves::Market;
use crate::ids::AccountId;
use crate::ram::access_key::uses::{self, Uses};
use crate::spec::Mode;
use crate::state;
use crate::tick;
use crate::world::{self, PatchError, world_lane};

/// What the cloud takes from outside: the time and randomness.
pub trait Env: Send + Sync {
    /// The machine's clock, in milliseconds since 1970.
    fn now_ms(&self) -> i64;
    /// Where the randomness of one request starts; never the same twice.
    fn seed(&self) -> [u8; 32];
}

/// The cloud.
#[derive(Clone)]
pub struct Cloud {
    engine: Arc<dyn Engine>,
    env: Arc<dyn Env>,
    /// What a user's world file changes in the built-in world.
    world_file: Arc<Value>,
    memory: Arc<Memory>,
}

/// What is known beside the store.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// What was read lately.
    pub(crate) keeper: Keeper,
    /// Uses of access keys that the store may not know yet.
    pub(crate) uses: Uses,
}

impl Cloud {
    /// Opens the cloud in a store; an empty store gets the built-in world and the world file merged over it.
    pub fn open(engine: Arc<dyn Engine>, env: Arc<dyn Env>, world_file: Value) -> Result<Cloud, PatchError> {
        Cloud::open_with(engine, env, world_file, Memory::default())
    }

    /// [`Cloud::open`] that keeps records it has read in so many bytes of memory at most.
    pub fn open_caching(
        engine: Arc<dyn Engine>,
        env: Arc<dyn Env>,
        world_file: Value,
        record_bytes: u64,
    ) -> Result<Cloud, PatchError> {
        let memory = Memory { keeper: Keeper::of_bytes(record_bytes), ..Memory::default() };
        Cloud::open_with(engine, env, world_file, memory)
    }

    fn open_with(
        engine: Arc<dyn Engine>,
        env: Arc<dyn Env>,
        world_file: Value,
        memory: Memory,
    ) -> Result<Cloud, PatchError> {
        let cloud = Cloud { engine, env, world_file: Arc::new(world_file), memory: Arc::new(memory) };
        cloud.plant()?;
        Ok(cloud)
    }

    /// The machine's time and randomness.
    pub fn env(&self) -> &dyn Env {
        &*self.env
    }

    /// Whether calls can wait for a network or a disk.
    pub fn may_block(&self) -> bool {
        self.engine.may_block()
    }

    /// Stops accepting calls and finishes those accepted.
    pub fn close(&self) {
        self.engine.close();
    }

    /// Runs a call. The answer comes once what it says is durable, perhaps from another thread; if the cloud is closed
    /// meanwhile it never comes and `answer` is dropped.
    pub fn call(&self, call: Call, answer: impl FnOnce(Answered) + Send + 'static) {
        let machine_ms = self.env.now_ms();
        let creates = call.entry.spec.creates_instances;
        if call.entry.spec.mode == Mode::Read {
            let mut outcome = None;
            let read = self.engine.read(&mut |view| {
                outcome = Some(call::perform(&call, view, machine_ms, &self.memory).0);
            });
            return answer(match (read, outcome) {
                (Ok(()), Some(outcome)) => outcome,
                (Ok(()), None) => call::fault_answer(creates, Fault::new("the store did not run the call")),
                (Err(fault), _) => call::fault_answer(creates, fault),
            });
        }
        let lane = call.caller.account.lane();
        let memory = self.memory.clone();
        let perform = move |view: &dyn Reader| {
            let (outcome, writes) = call::perform(&call, view, machine_ms, &memory);
            (outcome, writes.filter(|writes| !writes.rows.is_empty()))
        };
        let done = move |outcome: Result<Answered, Fault>| {
            answer(outcome.unwrap_or_else(|fault| call::fault_answer(creates, fault)))
        };
        self.engine.write(&lane, Task::boxed(perform, done));
    }

    /// Looks at the state; the closure also gets the time.
    pub fn read<T>(&self, look: impl FnOnce(&Tx<'_>, i64) -> Result<T, Fault>) -> Result<T, Fault> {
        let machine_ms = self.env.now_ms();
        let (mut look, mut seen) = (Some(look), None);
        self.engine.read(&mut |view| {
            let tx = Tx::new(view).keeping(&self.memory.keeper);
            if let Some(look) = look.take() {
                seen = Some(Clock::load(&tx).and_then(|clock| look(&tx, clock.now_ms(machine_ms))));
            }
        })?;
        seen.unwrap_or_else(|| Err(Fault::new("the store did not look")))
    }

    /// Changes the state outside any call and waits until the change is durable. It may be decided anew, on a later
    /// state, when it turns out to touch what other lanes guard.
    pub fn write<T, E>(
        &self,
        lane: &Lane,
        mut change: impl FnMut(&mut Tx<'_>, i64) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let (machine_ms, memory) = (self.env.now_ms(), self.memory.clone());
        self.write_raw(lane, move |view| {
            let mut tx = Tx::new(view).keeping(&memory.keeper);
            let changed = change(&mut tx, machine_ms);
            let writes = changed.is_ok().then(|| tx.into_writes());
            (changed, writes)
        })
    }

    /// The orders of an account that were not paid at once, the newest first.
    pub fn orders(&self, account: &AccountId) -> Result<Value, Fault> {
        self.read(|tx, _| call::list_orders(tx, account))
    }

    /// Pays an unpaid order or gives it up, and shows it.
    pub fn settle_order(
        &self,
        settlement: Settlement,
        account: AccountId,
        id: String,
    ) -> Result<Value, PatchError> {
        let (machine_ms, seed, memory) = (self.env.now_ms(), self.env.seed(), self.memory.clone());
        self.write_raw(&account.lane(), move |view| {
            let settled = call::settle_order(settlement, (&account, &id), view, (machine_ms, seed), &memory);
            match settled {
                Ok((order, writes)) => (Ok(order), Some(writes)),
                Err(refusal) => (Err(refusal), None),
            }
        })
    }

    /// How long it takes by the machine's clock until the cloud's shows a time; None when it never will by itself.
    pub fn machine_ms_until(&self, at_ms: i64) -> Result<Option<u64>, Fault> {
        let machine_ms = self.env.now_ms();
        self.read(|tx, _| Ok(Clock::load(tx)?.machine_ms_until(at_ms, machine_ms)))
    }

    /// Stores which access keys were used since the last time; what cannot be stored is kept for the next.
    pub fn store_uses(&self) -> Result<(), Fault> {
        let uses = self.memory.uses.take();
        if uses.is_empty() {
            return Ok(());
        }
        let writing = uses.clone();
        let stored = self.write(&uses::lane(), move |tx, _| uses::store(tx, &writing));
        if stored.is_err() {
            uses.into_iter().for_each(|last| self.memory.uses.keep(last));
        }
        stored
    }

    /// The part of the world document under a path.
    pub fn world(&self, path: &[String]) -> Result<Option<Value>, Fault> {
        let machine_ms = self.env.now_ms();
        self.read(|tx, _| world::read(tx, path, machine_ms))
    }

    /// Merges a patch into the world document, all or nothing.
    pub fn patch_world(&self, path: Vec<String>, patch: Value) -> Result<(), PatchError> {
        self.write::<_, PatchError>(&world_lane(), move |tx, machine_ms| {
            let market = Market::look(tx)?;
            world::patch(tx, &path, patch.clone(), machine_ms)?;
            Ok(market.note_moves(tx, Clock::load(tx)?.now_ms(machine_ms))?)
        })?;
        self.settle()?;
        Ok(())
    }

    /// Moves the clock ahead and applies everything that falls due on the way, in order.
    pub fn advance(&self, by_ms: i64) -> Result<i64, Fault> {
        let now_ms = self.write::<i64, Fault>(&world_lane(), move |tx, machine_ms| {
            let clock = Clock::load(tx)?.advanced(by_ms);
            tx.put(&clock)?;
            Ok(clock.now_ms(machine_ms))
        })?;
        self.settle()?;
        Ok(now_ms)
    }

    /// Forgets everything and plants the world anew, in one step.
    pub fn reset(&self) -> Result<(), PatchError> {
        self.memory.uses.take();
        let (world_file, machine_ms) = (self.world_file.clone(), self.env.now_ms());
        self.write_raw(&Lane::all(), move |view| match replant(view, &world_file, machine_ms) {
            Ok(writes) => (Ok(()), Some(writes)),
            Err(error) => (Err(error), None),
        })
    }

    /// The state, or what belongs to one account, one record a line.
    pub fn export(&self, account: Option<&AccountId>) -> Result<String, Fault> {
        self.read(|tx, _| state::export(tx, account))
    }

    /// Replaces the state, or what belongs to one account, by what was exported, all or nothing; how many records came.
    pub fn import(&self, account: Option<AccountId>, lines: String) -> Result<u64, PatchError> {
        self.memory.uses.take();
        let count =
            self.write_raw(&Lane::all(), move |view| match state::import(view, account.as_ref(), &lines) {
                Ok((count, writes)) => (Ok(count), Some(writes)),
                Err(error) => (Err(error), None),
            })?;
        self.settle()?;
        Ok(count)
    }

    /// Every inconsistency of the state.
    pub fn problems(&self) -> Result<Vec<String>, Fault> {
        self.read(|tx, _| Ok(audit::problems(tx)))
    }

    /// Applies all that is due now. Returns when the next thing falls due, if anything does.
    pub fn settle(&self) -> Result<Option<i64>, Fault> {
        loop {
            let (now_ms, rows) = self.read(|tx, now_ms| Ok((now_ms, tx.due_until(now_ms, tick::BATCH)?)))?;
            let Some(last) = rows.last() else {
                return self.read(|tx, _| tx.next_due());
            };
            // Beyond the last row seen there may be others that come first.
            let until_ms = if rows.len() < tick::BATCH { now_ms } else { last.at_ms };
            let mut lanes: Vec<Lane> = rows.iter().map(|row| row.lane.clone()).collect();
            lanes.sort_unstable();
            lanes.dedup();
            for lane in lanes {
                let rows: Vec<_> = rows.iter().filter(|row| row.lane == lane).cloned().collect();
                let (in_lane, seed, memory) = (lane.clone(), self.env.seed(), self.memory.clone());
                self.write_raw::<(), Fault>(&lane, move |view| {
                    let tx = Tx::new(view).keeping(&memory.keeper);
                    match tick::apply(tx, &in_lane, &rows, until_ms, seed) {
                        Ok(writes) => (Ok(()), Some(writes)),
                        Err(fault) => (Err(fault), None),
                    }
                })?;
            }
        }
    }

    fn plant(&self) -> Result<(), PatchError> {
        let world_file = self.world_file.clone();
        self.write(&world_lane(), move |tx, machine_ms| match tx.find::<Clock>(&Key::new())? {
            Some(_) => Ok(()),
            None => plant(tx, &world_file, machine_ms),
        })
    }

    fn write_raw<T, E>(
        &self,
        lane: &Lane,
        mut job: impl FnMut(&dyn Reader) -> (Result<T, E>, Option<Writes>) + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let (tell, told) = mpsc::sync_channel(1);
        let run = move |view: &dyn Reader| {
            let (outcome, writes) = job(view);
            (outcome, writes.filter(|writes| !writes.rows.is_empty()))
        };
        let done = move |outcome: Result<Result<T, E>, Fault>| {
            // Nobody listens any more only when the caller is gone.
            let _ = tell.send(outcome.map_err(E::from).flatten());
        };
        self.engine.write(lane, Task::boxed(run, done));
        told.recv().unwrap_or_else(|_| Err(Fault::new("the store gave up the write").into()))
    }
}

/// Plants the built-in world and merges the world file over it.
fn plant(tx: &mut Tx<'_>, world_file: &Value, machine_ms: i64) -> Result<(), PatchError> {
    world::plant(tx)?;
    match world_file {
        Value::Null => Ok(()),
        changes => world::patch(tx, &[], changes.clone(), machine_ms),
    }
}

/// What turns everything in a view into the world as it was planted.
fn replant(view: &dyn Reader, world_file: &Value, machine_ms: i64) -> Result<Writes, PatchError> {
    let mut writes = Writes::default();
    view.scan(&Span::prefix(&[]), &mut |key, _| {
        writes.rows.insert(key.to_vec(), None);
        ControlFlow::Continue(())
    })?;
    let mut tx = Tx::new(&Void);
    plant(&mut tx, world_file, machine_ms)?;
    let Writes { rows, lanes } = tx.into_writes();
    writes.rows.extend(rows);
    Ok(Writes { lanes, ..writes })
}

/// A view with nothing in it.
pub(crate) struct Void;

impl Reader for Void {
    fn get(&self, _: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        Ok(None)
    }
    fn get_many(&self, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>, Fault> {
        Ok(vec![None; keys.len()])
    }
    fn scan(&self, _: &Span, _: &mut Visit<'_>) -> Result<(), Fault> {
        Ok(())
    }
}
