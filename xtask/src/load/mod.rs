//! `cargo xtask load`: how fast the server is, beside a bare one that only verifies a signature.

mod curve;
mod ground;
mod point;
mod process;
pub(crate) mod reference;
mod setup;
mod start;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

use crate::Outcome;
use crate::clients;
use crate::crash::Store;
use crate::machine::{self, command, run as run_command};
use crate::server::process::Moyun;

/// What `cargo xtask load` can be told.
#[derive(Args)]
pub(crate) struct Options {
    /// Seconds that each point is measured for.
    #[arg(long, default_value_t = 3)]
    seconds: u64,
    /// The server to measure, instead of a fresh release build.
    #[arg(long, value_name = "FILE")]
    bin: Option<PathBuf>,
    /// Measure reading alone, at each of these numbers of instances, such as 1000,10000,100000,1000000.
    #[arg(long, value_name = "INSTANCES", value_delimiter = ',')]
    curve: Vec<u32>,
    /// Where the server of the curve keeps its state; a PostgreSQL is started for it.
    #[arg(long, value_enum, default_value = "redb", requires = "curve")]
    store: Store,
    /// What the server of the curve is told as its --cache.
    #[arg(long, value_name = "MIB", requires = "curve", conflicts_with = "store")]
    cache: Option<u32>,
    /// Be the bare server, answering so many bytes, until stdin ends.
    #[arg(long, value_name = "BYTES", hide = true)]
    reference: Option<usize>,
}

/// Measures and prints, or is the bare server.
pub(crate) fn run(options: &Options) -> Outcome {
    if let Some(bytes) = options.reference {
        return runtime()?.block_on(reference::serve(bytes));
    }
    let server = match &options.bin {
        Some(named) => named.canonicalize().map_err(|error| format!("{}: {error}", named.display()))?,
        None => clients::build()?,
    };
    if cfg!(debug_assertions) {
        return run_optimized(&server, options);
    }
    let seconds = Duration::from_secs(options.seconds.max(1));
    runtime()?.block_on(async {
        // Whatever ends first, the other is dropped, and with it every process that was started.
        tokio::select! {
            outcome = measure(&server, seconds), if options.curve.is_empty() => outcome,
            outcome = curve::measure(&server, options, seconds), if !options.curve.is_empty() => outcome,
            sentence = interrupted() => Err(sentence?),
        }
    })
}

/// A client that was not optimized would be measured instead of the server.
fn run_optimized(server: &Path, options: &Options) -> Outcome {
    run_command(&mut command("cargo", &["build", "--release", "--package", "xtask"]))?;
    let program = machine::target_dir()?.join("release/xtask");
    let seconds = options.seconds.to_string();
    let mut load = command(program, &["load", "--seconds", &seconds, "--bin"]);
    load.arg(server);
    for size in &options.curve {
        load.args(["--curve", &size.to_string()]);
    }
    if let Some(mib) = options.cache {
        load.args(["--cache", &mib.to_string()]);
    }
    if options.store == Store::Postgres {
        load.args(["--store", "postgres"]);
    }
    run_command(&mut load)
}

async fn measure(server: &Path, seconds: Duration) -> Outcome {
    let data = tempfile::tempdir().map_err(|error| format!("a folder for the data: {error}"))?;
    start::measure(server, data.path()).await?;
    let mut moyun = Moyun::start(server, data.path()).await?;
    let site = setup::Site::prepare(&moyun).await?;
    println!("\n{}", point::HEAD);
    let list = site.describe_instances();
    for connections in [1, 16, 64] {
        point::measure(&moyun, &list, connections, seconds).await?;
    }
    for amount in [1, 100] {
        let run = site.run_instances(amount);
        for connections in [1, 16, 64] {
            point::measure(&moyun, &run, connections, seconds).await?;
        }
    }
    moyun.stop().await
}

async fn interrupted() -> Outcome<String> {
    let listen = |kind| signal(kind).map_err(|error| format!("signals cannot be received: {error}"));
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok("interrupted".to_owned())
}

fn runtime() -> Outcome<tokio::runtime::Runtime> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| format!("threads cannot be started: {error}"))
}

#[expect(clippy::disallowed_methods, reason = "what is measured is real time")]
fn now() -> Instant {
    Instant::now()
}
