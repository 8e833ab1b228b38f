//! One point: so many connections, each sending one request after another for a while.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::Outcome;
use crate::load::now;
use crate::load::process::Reference;
use crate::server::client::Connection;
use crate::server::process::Moyun;
use crate::server::requests::{Calls, sign_all};

/// The line above the points.
pub(super) const HEAD: &str = "                               clients  requests/s  instances/s   p50 ms   p99 ms  bare requests/s  ratio";

/// How long the rate is guessed for before the measurement, and how many requests are signed for that.
const GUESS: Duration = Duration::from_millis(300);
const GUESS_REQUESTS: usize = 10_000;

/// How long an answer that never comes is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// Calls of one kind.
pub(super) struct Kind {
    /// What the table calls it.
    pub(super) name: String,
    /// The calls.
    pub(super) calls: Box<Calls>,
    /// How many instances one call makes.
    pub(super) instances: Option<u32>,
}

/// Measures the server and the bare one, and prints a line.
pub(super) async fn measure(moyun: &Moyun, kind: &Kind, connections: usize, time: Duration) -> Outcome {
    let told = |sentence| format!("{} with {connections} clients: {sentence}", kind.name);
    let ours = measure_at(moyun.api, kind, connections, time).await.map_err(told)?;
    let reference = Reference::start(ours.body_bytes).await?;
    let bare = measure_at(reference.address, kind, connections, time).await.map_err(told)?;
    println!("{}", line(kind, connections, &ours, &bare));
    Ok(())
}

/// What was measured.
#[derive(Default)]
pub(super) struct Measured {
    /// How long each request took, shortest first.
    latencies: Vec<Duration>,
    elapsed: Duration,
    /// How long an answer was.
    body_bytes: usize,
}

impl Measured {
    pub(super) fn requests_per_second(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "no machine answers that many")]
        let count = self.latencies.len() as f64;
        count / self.elapsed.as_secs_f64().max(1e-9)
    }

    /// How long so many of a hundred requests took at most.
    pub(super) fn percentile(&self, share: usize) -> Duration {
        let count = self.latencies.len();
        let at = (count * share / 100).min(count.saturating_sub(1));
        self.latencies.get(at).copied().unwrap_or_default()
    }

    /// Both together.
    pub(super) fn and(mut self, later: Measured) -> Measured {
        self.latencies.extend(later.latencies);
        self.latencies.sort_unstable();
        self.elapsed += later.elapsed;
        self.body_bytes = self.body_bytes.max(later.body_bytes);
        self
    }
}

/// Measures one server.
pub(super) async fn measure_at(
    address: SocketAddr,
    kind: &Kind,
    connections: usize,
    time: Duration,
) -> Outcome<Measured> {
    let guessed = load(address, sign(kind, GUESS_REQUESTS), connections, GUESS).await?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rate is positive and small"
    )]
    let enough = (guessed.requests_per_second() * time.as_secs_f64() * 1.4) as usize + GUESS_REQUESTS;
    load(address, sign(kind, enough), connections, time).await
}

fn sign(kind: &Kind, count: usize) -> Vec<Vec<u8>> {
    static NEXT: AtomicUsize = AtomicUsize::new(1_000_000);
    sign_all(&*kind.calls, NEXT.fetch_add(count, Ordering::Relaxed), count)
}

/// Sends the requests until they or the time are used up.
async fn load(
    address: SocketAddr,
    requests: Vec<Vec<u8>>,
    connections: usize,
    time: Duration,
) -> Outcome<Measured> {
    let mut open = vec![];
    for _ in 0..connections {
        open.push(Connection::open(address).await?);
    }
    let (requests, next) = (Arc::new(requests), Arc::new(AtomicUsize::new(0)));
    let begin = now();
    let end = begin + time;
    let mut clients = JoinSet::new();
    for connection in open {
        clients.spawn(timeout(time + PATIENCE, client(connection, requests.clone(), next.clone(), end)));
    }
    let (mut latencies, mut body_bytes) = (vec![], 0);
    while let Some(client) = clients.join_next().await {
        let client = client.map_err(|error| format!("a client failed: {error}"))?;
        let (its, bytes) = client.map_err(|_| "an answer did not come".to_owned())??;
        latencies.extend(its);
        body_bytes = body_bytes.max(bytes);
    }
    let elapsed = begin.elapsed();
    latencies.sort_unstable();
    Ok(Measured { latencies, elapsed, body_bytes })
}

/// One client: how long each of its requests took, and how long the longest body was.
async fn client(
    mut connection: Connection,
    requests: Arc<Vec<Vec<u8>>>,
    next: Arc<AtomicUsize>,
    end: Instant,
) -> Outcome<(Vec<Duration>, usize)> {
    let (mut latencies, mut body_bytes) = (vec![], 0);
    let mut begin = now();
    while begin < end
        && let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed))
    {
        let answer = connection.send(request).await?;
        body_bytes = body_bytes.max(answer.ok()?.len());
        let done = now();
        latencies.push(done - begin);
        begin = done;
    }
    Ok((latencies, body_bytes))
}

fn line(kind: &Kind, connections: usize, ours: &Measured, bare: &Measured) -> String {
    let (rate, bare_rate) = (ours.requests_per_second(), bare.requests_per_second());
    let instances = kind.instances.map_or("-".to_owned(), |each| format!("{:.0}", rate * f64::from(each)));
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    format!(
        "{:<30} {connections:>7}  {rate:>10.0}  {instances:>11}  {:>7.2}  {:>7.2}  {bare_rate:>15.0}  {:>5.3}",
        kind.name,
        ms(ours.percentile(50)),
        ms(ours.percentile(99)),
        rate / bare_rate,
    )
}
