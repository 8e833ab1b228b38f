//! `cargo xtask crash`: kills servers, or their database, and looks whether anything that was answered is lost.
//!
//! Clients write with tokens and note what was answered in ledgers of their own. After each kill the clients repeat what
//! was not answered, and everything that the API tells is compared with the ledgers.

mod books;
mod client;
mod cloud;
mod ledger;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use clap::{Args, ValueEnum};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use tokio::sync::mpsc::unbounded_channel;
use tokio::task::JoinSet;

use crate::Outcome;
use crate::clients;
use crate::crash::books::Account;
use crate::crash::client::{Client, Shift};
use crate::crash::cloud::Cloud;

/// How many accounts there are, and how many clients of each.
const ACCOUNTS: usize = 3;
const CLIENTS: usize = 4;

/// How many kills one cloud lives through before the next begins empty. A database fails over once.
const KILLS_PER_CLOUD: u32 = 50;

/// How many answers come before a kill at most, and how long after the last of them it comes.
const ANSWERS_MAX: usize = 80;
const DELAY_MS_MAX: usize = 4;

/// How soon a killed server answers again.
const RESTART_MAX: Duration = Duration::from_secs(1);

/// What `cargo xtask crash` can be told.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    plan: Plan,
    /// The seed of all random decisions; a new one each time unless it is given.
    #[arg(long)]
    seed: Option<u64>,
    /// The server to kill, instead of a fresh release build.
    #[arg(long, value_name = "FILE")]
    bin: Option<PathBuf>,
}

/// What is killed, and how often.
#[derive(Args, Clone, Copy)]
pub(crate) struct Plan {
    /// How often something is killed.
    #[arg(long, default_value_t = 1000)]
    pub(crate) times: u32,
    /// Where the servers keep their state.
    #[arg(long, value_enum, default_value = "redb")]
    pub(crate) store: Store,
    /// How many servers share a PostgreSQL.
    #[arg(long, default_value_t = 1)]
    pub(crate) servers: usize,
    /// What is killed: one of the servers, or the primary of a synchronous pair of PostgreSQL servers.
    #[arg(long, value_enum, default_value = "server")]
    pub(crate) kill: Victim,
    /// How many hundreds of instances there are beforehand.
    #[arg(long, default_value_t = 0)]
    pub(crate) hundreds: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Store {
    Redb,
    Postgres,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Victim {
    Server,
    Database,
}

/// Does what the options say.
pub(crate) fn run(options: &Options) -> Outcome {
    let server = match &options.bin {
        Some(named) => named.canonicalize().map_err(|error| format!("{}: {error}", named.display()))?,
        None => clients::build()?,
    };
    prove(&server, options.plan, options.seed)
}

/// Kills as planned. The error says how to live through the same again.
pub(crate) fn prove(server: &Path, plan: Plan, seed: Option<u64>) -> Outcome {
    let Plan { times, store, servers, kill, hundreds } = plan;
    if store == Store::Redb && (servers > 1 || kill == Victim::Database) {
        return Err("a redb file has one server and no database that could be killed".to_owned());
    }
    let seed = seed.unwrap_or_else(new_seed);
    let place = format!("--store {store:?} --servers {servers} --kill {kill:?}").to_lowercase();
    let again = format!("--times {times} {place} --hundreds {hundreds} --seed {seed}");
    println!("crash {again}");
    let runtime = tokio::runtime::Runtime::new().map_err(|error| format!("threads: {error}"))?;
    let tally = runtime.block_on(all(server, plan, seed));
    let tally = tally.map_err(|sentence| format!("{sentence}\nagain: cargo xtask crash {again}"))?;
    println!("{}", tally.line(plan));
    Ok(())
}

/// What was lived through.
#[derive(Default)]
struct Tally {
    answered: usize,
    lost: usize,
    restarts: Vec<Duration>,
}

impl Tally {
    fn line(mut self, plan: Plan) -> String {
        self.restarts.sort_unstable();
        let Tally { answered, lost, restarts } = self;
        let told = format!(
            "{} kills: {answered} writes answered, all there; {lost} lost their answer, and each was made once",
            plan.times
        );
        let (Some(median), Some(longest)) = (restarts.get(restarts.len() / 2), restarts.last()) else {
            return told;
        };
        format!("{told}; back after {} ms (median), {} ms (longest)", median.as_millis(), longest.as_millis())
    }
}

async fn all(program: &Path, plan: Plan, seed: u64) -> Outcome<Tally> {
    let mut tally = Tally::default();
    let per_cloud = if plan.kill == Victim::Database { 1 } else { KILLS_PER_CLOUD };
    let mut kill = 0;
    while kill < plan.times {
        let mut cloud = Cloud::start(program, plan).await?;
        books::fill(&cloud.addresses()[0], plan.hundreds).await?;
        let mut accounts = vec![];
        for _ in 0..ACCOUNTS {
            accounts.push(Arc::new(Account::open(&cloud.addresses()[0]).await?));
        }
        let members = accounts.iter().flat_map(|account| vec![account; CLIENTS]).enumerate();
        let mut clients: Vec<Client> =
            members.map(|(number, account)| Client::new(number, Arc::clone(account))).collect();
        let end = plan.times.min(kill + per_cloud);
        while kill < end {
            let told = |sentence| format!("kill {kill}: {sentence}");
            clients = live(&mut cloud, clients, seed, kill, &mut tally).await.map_err(told)?;
            books::check(&cloud.addresses(), &accounts, &clients).await.map_err(told)?;
            kill += 1;
        }
        println!("{kill} kills, {} writes answered", tally.answered);
        cloud.stop().await?;
    }
    Ok(tally)
}

/// One kill, from the first write to the last repetition.
async fn live(
    cloud: &mut Cloud,
    mut clients: Vec<Client>,
    seed: u64,
    kill: u32,
    tally: &mut Tally,
) -> Outcome<Vec<Client>> {
    let mut rng = stream(seed, kill, 0);
    let (note, mut answers) = unbounded_channel();
    let over = Arc::new(AtomicBool::new(false));
    let shift = Shift { servers: cloud.addresses(), kill: cloud.victim(), over: Arc::clone(&over), note };
    let mut working = JoinSet::new();
    for mut client in clients.drain(..) {
        let (shift, rng) = (shift.clone(), stream(seed, kill, 1 + client.number as u64));
        working.spawn(async move { client.work(&shift, rng).await.map(|()| client) });
    }
    drop(shift);
    let mut answered = 0;
    for _ in 0..=draw(&mut rng, ANSWERS_MAX) {
        answered += usize::from(answers.recv().await.is_some());
    }
    tokio::time::sleep(Duration::from_millis(draw(&mut rng, DELAY_MS_MAX) as u64)).await;
    cloud.kill(&mut rng).await?;
    over.store(true, Ordering::Release);
    while let Some(client) = working.join_next().await {
        clients.push(client.map_err(|error| format!("a client failed: {error}"))??);
    }
    clients.sort_by_key(|client| client.number);
    if let Some(took) = cloud.restart().await? {
        if took > RESTART_MAX {
            return Err(format!("the server needed {took:?} to answer again"));
        }
        tally.restarts.push(took);
    }
    tally.lost += clients.iter_mut().map(Client::take_lost).sum::<usize>();
    for client in &mut clients {
        client.settle(&cloud.addresses()).await?;
    }
    while answers.try_recv().is_ok() {
        answered += 1;
    }
    tally.answered += answered;
    Ok(clients)
}

/// The decisions of one client, or of whoever kills, around one kill.
fn stream(seed: u64, kill: u32, number: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(u64::from(kill) << 32 | number);
    rng
}

/// A number below `end`.
fn draw(rng: &mut ChaCha8Rng, end: usize) -> usize {
    rng.next_u64() as usize % end
}

#[expect(clippy::disallowed_methods, reason = "another seed each time")]
fn new_seed() -> u64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::from(since_1970.subsec_nanos())
}

#[expect(clippy::disallowed_methods, reason = "a restart is measured in real time")]
fn now() -> Instant {
    Instant::now()
}
