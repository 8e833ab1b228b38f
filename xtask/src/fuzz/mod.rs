//! `cargo xtask fuzz`: the targets of `crates/fuzz` without libFuzzer.
//!
//! Every input of the corpus comes once, then inputs like them, the same for the same seed. `cargo +nightly fuzz run
//! TARGET` runs the same targets with an eye for the paths that an input takes, and finds more in the same time.

mod mutate;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use moyun_fuzz::{TARGETS, Target};

use crate::dice::Dice;
use crate::{Outcome, machine, panics};

/// What is run, and for how long.
#[derive(Args)]
pub(crate) struct Options {
    /// The seconds for all targets together; the corpus comes at any rate.
    #[arg(long, default_value_t = 60)]
    seconds: u32,
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
    /// As long as everybody can wait for, and always the same inputs first.
    pub(crate) fn brief() -> Options {
        Options { seconds: 15, target: None, seed: 1, input: None }
    }
}

/// Runs the targets one after another, and stops at the first input for which something is not as it must be.
pub(crate) fn run(options: &Options) -> Outcome {
    let wanted = |target: &&Target| options.target.as_ref().is_none_or(|name| name == target.name);
    let targets: Vec<&Target> = TARGETS.iter().filter(wanted).collect();
    let Some(count) = u32::try_from(targets.len()).ok().filter(|count| *count > 0) else {
        let known: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        return Err(format!("there is no such target; there are {}", known.join(", ")));
    };
    if let Some(path) = &options.input {
        let input = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        targets.iter().for_each(|target| (target.run)(&input));
        return Ok(());
    }
    panics::keep();
    let share = Duration::from_secs(options.seconds.into()) / count;
    targets.into_iter().try_for_each(|target| fuzz(target, share, options.seed))
}

/// Runs one target for a time.
fn fuzz(target: &Target, share: Duration, seed: u64) -> Outcome {
    let begin = now();
    let corpus = corpus(&machine::root().join("fuzz/corpus").join(target.name))?;
    for input in &corpus {
        judge(target, input)?;
    }
    let mut dice = Dice::of(seed);
    let mut count = corpus.len();
    while begin.elapsed() < share {
        judge(target, &mutate::mutated(&corpus, &mut dice))?;
        count += 1;
    }
    let took = begin.elapsed().as_secs_f64();
    println!("{:>10}: {count} inputs in {took:.1} s, {} of them the corpus", target.name, corpus.len());
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
fn judge(target: &Target, input: &[u8]) -> Outcome {
    if catch_unwind(AssertUnwindSafe(|| (target.run)(input))).is_ok() {
        return Ok(());
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
        let target = Target { name: "test-of-xtask", run: |input| assert_ne!(input, b"bad") };
        assert_eq!(judge(&target, b"good"), Ok(()));
        assert!(judge(&target, b"bad").unwrap_err().contains("--target test-of-xtask --input"));
        let folder = machine::root().join("fuzz/artifacts/test-of-xtask");
        assert_eq!(fs::read(folder.join("found")).unwrap(), b"bad");
        fs::remove_dir_all(folder).unwrap();
    }
}
