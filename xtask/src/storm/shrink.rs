//! Leaves out of a failed squall what the failure does not need.

use std::time::Duration;

use super::engines::Named;
use super::judge::Problem;
use super::now;
use super::squall::{Failed, again};

/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The sentence that tells of a failed squall: its problem and the fewest steps that lead to it.
pub(super) fn tell(seed: u64, count: usize, failed: &Failed, engines: &[Named]) -> String {
    let is_same = |problem: &Problem| problem.kind == failed.problem.kind;
    // Memory alone is faster, where it shows the problem.
    let alone = again(&failed.steps, &engines[..1]).is_err_and(|problem| is_same(&problem));
    let engines = if alone { &engines[..1] } else { engines };
    let until = now() + PATIENCE;
    let mut problem = failed.problem.clone();
    let steps = shortest(failed.steps.clone(), |steps| {
        let found = if now() < until { again(steps, engines).err().filter(is_same) } else { None };
        found.map(|found| problem = found).is_some()
    });
    let steps: Vec<String> = steps.iter().map(|step| format!("  {step}")).collect();
    format!(
        "{}\n{}\nafter these steps, of {}:\n{}\nagain: cargo xtask storm --seconds 0 --seed {seed} --steps {count}",
        problem.kind,
        problem.sentence,
        failed.steps.len(),
        steps.join("\n")
    )
}

/// Takes away longer runs of steps first, then shorter ones, for as long as the rest still fails.
fn shortest<T: Clone>(mut steps: Vec<T>, mut fails: impl FnMut(&[T]) -> bool) -> Vec<T> {
    let mut length = steps.len().div_ceil(2);
    while length > 0 {
        let mut from = 0;
        while from < steps.len() {
            let to = (from + length).min(steps.len());
            let fewer = [&steps[..from], &steps[to..]].concat();
            if fails(&fewer) { steps = fewer } else { from = to }
        }
        length /= 2;
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::shortest;

    #[test]
    fn what_a_failure_needs_is_what_is_left() {
        let needs = |steps: &[u32]| steps.contains(&3) && steps.contains(&17);
        assert_eq!(shortest((0..100).collect(), needs), [3, 17]);
        assert_eq!(shortest((0..7).collect(), |_| true), [0; 0]);
        assert_eq!(shortest(vec![1, 2], |steps| steps.len() == 2), [1, 2]);
    }
}
