//! `cargo xtask fuzz`: the targets of `crates/fuzz` without libFuzzer.
//!
//! Every input of the corpus comes once, then inputs like them, the same for the same seed. `cargo +nightly fuzz run
//! TARGET` runs the same targets with an eye for the paths that an input takes, and finds more in the same time.

mod mutate;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use moyun_fuzz::{Reached, TARGETS, Target};

use crate::dice::Dice;
use crate::{Outcome, machine, panics};

/// What is run, and for how long.
#[derive(Args)]
pub(crate) struct Options {
    /// The seconds for each target, of which as many run at once as the machine has cores; the corpus comes at any rate.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Only this target.
    #[arg(long)]
    target: Option<String>,
    /// Which inputs come after the corpus.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only this input, and what it leads to as it is.
    #[arg(long, requires = "target")]
    input: Option<PathBuf>,
}

impl Options {
    /// A minute for each, and always the same inputs first.
    pub(crate) fn brief() -> Options {
        Options { seconds: 60, target: None, seed: 1, input: None }
    }
}

/// Runs the targets, each until its time is over or something is not as it must be.
pub(crate) fn run(options: &Options) -> Outcome {
    let wanted = |target: &&Target| options.target.as_ref().is_none_or(|name| name == target.name);
    let targets: Vec<&Target> = TARGETS.iter().filter(wanted).collect();
    if targets.is_empty() {
        let known: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        return Err(format!("there is no such target; there are {}", known.join(", ")));
    }
    if let Some(path) = &options.input {
        let input = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        for target in targets {
            let reached = (target.run)(&input);
            println!("{}: {reached:?}", target.name);
        }
        return Ok(());
    }
    panics::keep();
    let time = Duration::from_secs(options.seconds);
    let waiting = Mutex::new(targets.into_iter());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || -> Vec<String> {
        let outcomes = std::iter::from_fn(next).map(|target| fuzz(target, time, options.seed));
        outcomes.filter_map(Outcome::err).collect()
    };
    let cores = thread::available_parallelism().map_or(1, Into::into);
    let found: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a panic of a target is caught")).collect()
    });
    if found.is_empty() { Ok(()) } else { Err(found.join("\n")) }
}

/// Runs one target for a time.
fn fuzz(target: &Target, time: Duration, seed: u64) -> Outcome {
    let begin = now();
    let corpus = corpus(&machine::root().join("fuzz/corpus").join(target.name))?;
    let (mut count, mut inside) = (corpus.len() as u64, Vec::new());
    for input in &corpus {
        if judge(target, input)? == Reached::Inside {
            inside.push(input.clone());
        }
    }
    let mut let_in = inside.len() as u64;
    let mut dice = Dice::of(seed);
    while begin.elapsed() < time {
        // Many inputs are there for the ways in which they are refused; what is like them is refused, too.
        let like = if inside.is_empty() || dice.below(2) == 0 { &corpus } else { &inside };
        let reached = judge(target, &mutate::mutated(like, &mut dice))?;
        count += 1;
        let_in += u64::from(reached == Reached::Inside);
    }
    let took = begin.elapsed().as_secs_f64();
    let (name, known) = (target.name, corpus.len());
    println!("{name:>10}: {count} inputs in {took:.1} s, {known} of them the corpus; {let_in} were let in");
    Ok(())
}

/// The inputs of a folder, in the order of their names.
fn corpus(folder: &Path) -> Outcome<Vec<Vec<u8>>> {
    let told = |error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(told)?;
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.sort_unstable();
    paths.iter().map(fs::read).collect::<Result<_, _>>().map_err(told)
}

/// Keeps an input for which the target panics, and says how to see it again.
fn judge(target: &Target, input: &[u8]) -> Outcome<Reached> {
    if let Ok(reached) = catch_unwind(AssertUnwindSafe(|| (target.run)(input))) {
        return Ok(reached);
    }
    let folder = machine::root().join("fuzz/artifacts").join(target.name);
    let path = folder.join("found");
    let kept = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, input));
    kept.map_err(|error| format!("{}: {error}", path.display()))?;
    let again = format!("cargo xtask fuzz --target {} --input {}", target.name, path.display());
    Err(format!("{}: {}\nAgain: {again}", target.name, panics::last()))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a chore takes as long as it is told to by the machine's clock"
)]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_a_corpus_and_every_corpus_a_target() {
        let folders = fs::read_dir(machine::root().join("fuzz/corpus")).unwrap();
        let mut folders: Vec<String> =
            folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        folders.sort_unstable();
        assert_eq!(folders, TARGETS.iter().map(|target| target.name).collect::<Vec<_>>());
    }

    #[test]
    fn every_target_is_a_program_for_libfuzzer() {
        for Target { name, .. } in TARGETS {
            let path = machine::root().join("fuzz/fuzz_targets").join(name).with_extension("rs");
            let program = fs::read_to_string(path).unwrap();
            assert!(program.contains(&format!("moyun_fuzz::run(\"{name}\", input)")), "{name}");
        }
    }

    #[test]
    fn what_panics_is_told_and_kept() {
        let target = Target {
            name: "test-of-xtask",
            run: |input| {
                assert_ne!(input, b"bad");
                Reached::Inside
            },
        };
        assert_eq!(judge(&target, b"good"), Ok(Reached::Inside));
        assert!(judge(&target, b"bad").unwrap_err().contains("--target test-of-xtask --input"));
        let folder = machine::root().join("fuzz/artifacts/test-of-xtask");
        assert_eq!(fs::read(folder.join("found")).unwrap(), b"bad");
        fs::remove_dir_all(folder).unwrap();
    }
}
