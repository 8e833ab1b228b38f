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

/// How long the rate is guessed for before the measurement, and how many requests are signed beyond what it says.
const GUESS: Duration = Duration::from_millis(300);
const SPARE_REQUESTS: usize = 10_000;

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
pub(super) struct Measured {
    /// How long each request took, shortest first.
    latencies: Vec<Duration>,
    elapsed: Duration,
    /// How long an answer was.
    body_bytes: usize,
}

impl Measured {
    fn new(mut latencies: Vec<Duration>, elapsed: Duration, body_bytes: usize) -> Measured {
        latencies.sort_unstable();
        Measured { latencies, elapsed, body_bytes }
    }

    /// All of them together.
    pub(super) fn all(parts: &[Measured]) -> Measured {
        let latencies = parts.iter().flat_map(|part| &part.latencies).copied().collect();
        let longest = parts.iter().map(|part| part.body_bytes).max();
        Measured::new(latencies, parts.iter().map(|part| part.elapsed).sum(), longest.unwrap_or_default())
    }

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
}

/// Measures one server.
async fn measure_at(
    address: SocketAddr,
    kind: &Kind,
    connections: usize,
    time: Duration,
) -> Outcome<Measured> {
    let asker = Asker::guess(address, kind, connections).await?;
    asker.ask(&asker.sign(time), time).await
}

/// So many clients that ask a server one kind of thing.
pub(super) struct Asker<'k> {
    address: SocketAddr,
    kind: &'k Kind,
    connections: usize,
    /// About how many it answers.
    requests_per_second: f64,
}

/// Requests that are signed, and how many of them were taken.
pub(super) struct Signed {
    requests: Vec<Vec<u8>>,
    next: AtomicUsize,
}

impl Asker<'_> {
    /// Asks for a moment, to know the rate.
    pub(super) async fn guess(address: SocketAddr, kind: &Kind, connections: usize) -> Outcome<Asker<'_>> {
        let mut asker = Asker { address, kind, connections, requests_per_second: 0.0 };
        let guessed = asker.ask(&asker.sign(GUESS), GUESS).await?;
        asker.requests_per_second = guessed.requests_per_second();
        Ok(asker)
    }

    /// More requests than can be answered in a time.
    pub(super) fn sign(&self, time: Duration) -> Arc<Signed> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rate is positive and small"
        )]
        let enough = (self.requests_per_second * time.as_secs_f64() * 1.4) as usize + SPARE_REQUESTS;
        static NEXT: AtomicUsize = AtomicUsize::new(1_000_000);
        let requests = sign_all(&*self.kind.calls, NEXT.fetch_add(enough, Ordering::Relaxed), enough);
        Arc::new(Signed { requests, next: AtomicUsize::default() })
    }

    /// Sends what was signed and not yet sent, until it or the time is used up.
    pub(super) async fn ask(&self, signed: &Arc<Signed>, time: Duration) -> Outcome<Measured> {
        let mut open = vec![];
        for _ in 0..self.connections {
            open.push(Connection::open(self.address).await?);
        }
        let begin = now();
        let mut clients = JoinSet::new();
        for connection in open {
            clients.spawn(timeout(time + PATIENCE, client(connection, signed.clone(), begin + time)));
        }
        let (mut latencies, mut body_bytes) = (vec![], 0);
        while let Some(client) = clients.join_next().await {
            let client = client.map_err(|error| format!("a client failed: {error}"))?;
            let (its, bytes) = client.map_err(|_| "an answer did not come".to_owned())??;
            latencies.extend(its);
            body_bytes = body_bytes.max(bytes);
        }
        Ok(Measured::new(latencies, begin.elapsed(), body_bytes))
    }
}

/// One client: how long each of its requests took, and how long the longest body was.
async fn client(
    mut connection: Connection,
    signed: Arc<Signed>,
    end: Instant,
) -> Outcome<(Vec<Duration>, usize)> {
    let (mut latencies, mut body_bytes) = (vec![], 0);
    let mut begin = now();
    while begin < end
        && let Some(request) = signed.requests.get(signed.next.fetch_add(1, Ordering::Relaxed))
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
