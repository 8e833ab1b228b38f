//! `cargo xtask storm`: random calls of every action against the whole cloud, and what must be true whatever is called.
//!
//! A storm is a row of squalls. Each begins with a fresh cloud and a seed of its own, the same on every machine, so that
//! what goes wrong in one can be seen again alone. Of one that went wrong all steps are left out that it does not need.

mod engines;
mod generate;
mod judge;
mod known;
mod ledger;
mod shrink;
mod side;
mod squall;
mod step;
mod values;
mod watched;

use std::time::{Duration, Instant};

use clap::Args;

use crate::{Outcome, panics};
use engines::Engines;
use squall::Tally;

/// How long, and from where.
#[derive(Args)]
pub(crate) struct Options {
    /// The seconds after which no new squall begins; one comes at any rate.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// The seed of the first squall; the others have those that follow.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The steps of a squall.
    #[arg(long, default_value_t = 600)]
    steps: usize,
    /// A PostgreSQL database that takes part in a schema of its own.
    #[arg(long, env = "MOYUN_TEST_POSTGRES")]
    postgres: Option<String>,
}

impl Options {
    /// As long as everybody can wait for, and always the same squalls.
    pub(crate) fn brief(postgres: Option<String>) -> Options {
        Options { seconds: 10, seed: 1, steps: 300, postgres }
    }
}

/// Every squall of so many goes over all engines; the others over memory alone, which is much faster.
const ON_ALL_ENGINES: u64 = 8;

/// Lets it storm.
pub(crate) fn run(options: &Options) -> Outcome {
    panics::keep();
    let begin = now();
    let mut tally = Tally::default();
    let engines = Engines::open(options.postgres.as_deref())?;
    for seed in options.seed.. {
        let sides =
            engines.take(if (seed - options.seed).is_multiple_of(ON_ALL_ENGINES) { usize::MAX } else { 1 });
        if let Err(failed) = squall::blow(seed, options.steps, sides, &mut tally) {
            return Err(shrink::tell(seed, options.steps, &failed, sides));
        }
        if begin.elapsed() >= Duration::from_secs(options.seconds) {
            break;
        }
    }
    println!("{}", tally.summary(begin.elapsed()));
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a chore takes as long as it is told to by the machine's clock"
)]
fn now() -> Instant {
    Instant::now()
}
