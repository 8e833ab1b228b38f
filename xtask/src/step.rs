//! Steps of a chore that are announced and timed.

use std::time::{Duration, Instant};

use crate::Outcome;

/// The steps done so far and the time each took.
#[derive(Default)]
pub(crate) struct Steps {
    done: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// Announces a step, does it, and says how long it took.
    pub(crate) fn step<T>(&mut self, title: &'static str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        println!("\n=== {title}");
        let begin = now();
        let outcome = work();
        let took = begin.elapsed();
        let end = if outcome.is_ok() { "done" } else { "FAILED" };
        println!("=== {title}: {end} after {:.1} s", took.as_secs_f64());
        self.done.push((title, took));
        outcome.map_err(|sentence| format!("{title}: {sentence}"))
    }

    /// Lists all steps with their times.
    pub(crate) fn summary(&self) -> String {
        let line = |(title, took): &(&str, Duration)| format!("{:>8.1} s  {title}\n", took.as_secs_f64());
        self.done.iter().map(line).collect()
    }
}

#[expect(clippy::disallowed_methods, reason = "a chore tells how long it really took")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failure_names_the_step() {
        let mut steps = Steps::default();
        assert_eq!(steps.step("good", || Ok(())), Ok(()));
        assert_eq!(
            steps.step("bad", || Outcome::Err("it broke".to_owned())),
            Err::<(), _>("bad: it broke".to_owned())
        );
        assert_eq!(steps.summary().lines().count(), 2);
    }
}
