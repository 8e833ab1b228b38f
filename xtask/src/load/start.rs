//! How soon a fresh server answers, and how much memory it holds while nothing happens.

use std::path::Path;
use std::time::Duration;

use crate::Outcome;
use crate::load::now;
use crate::server::client::Connection;
use crate::server::process::{Memory, Moyun};
use crate::server::requests::Call;

/// How often a start on existing data is measured.
const STARTS: usize = 5;

/// Measures on a folder that is empty at first, and prints.
pub(super) async fn measure(program: &Path, data: &Path) -> Outcome {
    let (first, _) = start(program, data, 0).await?;
    let (mut later, mut memory_mib) = (vec![], 0.0);
    for nonce in 1..=STARTS as u64 {
        let (took, memory) = start(program, data, nonce).await?;
        later.push(took);
        memory_mib = memory;
    }
    later.sort_unstable();
    let median = later[STARTS / 2];
    println!("start to first answer: {} on a new folder", shown(first));
    println!("start to first answer: {} on an existing one (median of {STARTS})", shown(median));
    println!("idle memory: {memory_mib:.1} MiB");
    Ok(())
}

/// Starts, asks one thing, and stops. Returns the time to the answer and the memory held after it.
async fn start(program: &Path, data: &Path, nonce: u64) -> Outcome<(Duration, f64)> {
    let request = Call::new("2014-05-26", "DescribeRegions", "").sign(nonce);
    let begin = now();
    let mut moyun = Moyun::start(program, data).await?;
    Connection::open(moyun.api).await?.send(&request).await?.ok()?;
    let took = begin.elapsed();
    let memory_mib = moyun.memory_mib(Memory::Now)?;
    moyun.stop().await?;
    Ok((took, memory_mib))
}

fn shown(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
