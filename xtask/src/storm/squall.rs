//! One fresh cloud and what happens to it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use moyun_cloud::registry::ACTIONS;

use super::engines::Named;
use super::generate::Generator;
use super::judge::{self, Problem, problem};
use super::known::Known;
use super::ledger::Ledger;
use super::side::{Came, Side};
use super::step::{Request, Step};

/// After so many steps the stored bytes of all engines are compared.
const COMPARED_AFTER: usize = 50;
/// After so many steps every record is looked at.
const AUDITED_AFTER: usize = 10;

/// What happened in all squalls together.
#[derive(Default)]
pub(super) struct Tally {
    squalls: usize,
    steps: usize,
    replies: usize,
    succeeded: BTreeSet<String>,
    refused: BTreeSet<(String, &'static str)>,
}

impl Tally {
    pub(super) fn summary(&self, took: Duration) -> String {
        let rate = self.steps as f64 / took.as_secs_f64().max(0.001);
        format!(
            "storm: {} squalls, {} steps ({rate:.0} a second), {} replies; {} of {} actions succeeded, \
            refused for {} pairs of action and row",
            self.squalls,
            self.steps,
            self.replies,
            self.succeeded.len(),
            ACTIONS.len(),
            self.refused.len()
        )
    }

    fn note(&mut self, request: &Request, came: &Came) {
        match came {
            Came::Answer(Ok(_)) => {
                self.replies += 1;
                self.succeeded.insert(request.action());
            }
            Came::Answer(Err(refusal)) => {
                self.refused.insert((request.action(), refusal.row.name));
            }
            Came::Done(_) | Came::Broken(_) => {}
        }
    }
}

/// The steps up to one that must not have ended as it did.
pub(super) struct Failed {
    pub(super) steps: Vec<Step>,
    pub(super) problem: Problem,
}

/// Lets a squall blow: random steps, each judged.
pub(super) fn blow(seed: u64, count: usize, engines: &[Named], tally: &mut Tally) -> Result<(), Failed> {
    let mut steps: Vec<Step> = vec![];
    let mut generator = Generator::new(seed);
    let outcome = (|| {
        let mut sky = Sky::clear(engines, AUDITED_AFTER, &mut generator.known)?;
        for _ in 0..count {
            let step = generator.step(|section| sky.sides[0].world(section));
            steps.push(step.clone());
            let came = sky.take(&step)?;
            if let Step::Call(request) = &step {
                tally.note(request, &came);
                if let Came::Answer(Ok(body)) = &came {
                    generator.learn(request, body);
                }
            }
        }
        tally.steps += count;
        tally.squalls += 1;
        sky.audit()
    })();
    outcome.map_err(|problem| Failed { steps, problem })
}

/// Lets these steps happen again, each of them judged as closely as can be.
pub(super) fn again(steps: &[Step], engines: &[Named]) -> Result<(), Problem> {
    let mut sky = Sky::clear(engines, 1, &mut Known::default())?;
    for step in steps {
        sky.take(step)?;
    }
    sky.audit()
}

/// The same cloud over several engines.
struct Sky {
    sides: Vec<Side>,
    ledger: Ledger,
    taken: usize,
    audited_after: usize,
}

impl Sky {
    fn clear(engines: &[Named], audited_after: usize, known: &mut Known) -> Result<Sky, Problem> {
        let begin = |(name, engine): &Named| Side::begin(name, engine.clone(), known);
        let sides: Result<Vec<Side>, String> = engines.iter().map(begin).collect();
        let sides = sides.map_err(|sentence| problem("the storm cannot begin", sentence))?;
        let ledger = Ledger::of(sides[0].cloud())?;
        Ok(Sky { sides, ledger, taken: 0, audited_after })
    }

    /// Lets a step happen on every engine and judges what came of it.
    fn take(&mut self, step: &Step) -> Result<Came, Problem> {
        let (first, others) = self.sides.split_first().expect("a storm has an engine");
        let before = first.writes();
        let came = first.take(step);
        if let Came::Broken(sentence) = &came {
            return Err(problem(
                format!("broken: {}", sentence.lines().next().unwrap_or_default()),
                sentence,
            ));
        }
        if let (Step::Call(request), Came::Answer(answer)) = (step, &came) {
            judge::answer(request, answer, first)?;
        }
        let refused = matches!(came, Came::Answer(Err(_)) | Came::Done(Err(_)));
        let changed = first.writes() != before;
        if refused && changed {
            return Err(problem("a refusal changed something", came.shown()));
        }
        for other in others {
            judge::same((first, &came), (other, &other.take(step)))?;
        }
        self.taken += 1;
        if self.taken.is_multiple_of(self.audited_after) {
            self.audit()?;
        }
        if changed {
            let ledger = Ledger::of(self.sides[0].cloud())?;
            self.ledger.leads_to(&ledger, step, &came)?;
            self.ledger = ledger;
        }
        Ok(came)
    }

    /// Looks at everything that is stored.
    fn audit(&self) -> Result<(), Problem> {
        judge::state(self.sides[0].cloud())?;
        if self.taken.is_multiple_of(COMPARED_AFTER) {
            let (first, others) = self.sides.split_first().expect("a storm has an engine");
            let stored = if others.is_empty() { BTreeMap::new() } else { first.dump() };
            for side in others {
                let dump = side.dump();
                if dump != stored {
                    let rows = dump.iter().filter(|(key, value)| stored.get(*key) != Some(value));
                    let rows: Vec<_> = rows.map(|(key, _)| String::from_utf8_lossy(key)).collect();
                    return Err(problem(format!("{} stores something else", side.name), format!("{rows:?}")));
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use moyun_store::MemoryEngine;
    use serde_json::json;

    use super::*;

    fn sky() -> Sky {
        let engines: [Named; 1] = [("memory", Arc::new(MemoryEngine::new()))];
        Sky::clear(&engines, 1, &mut Known::default()).expect("a fresh cloud is sound")
    }

    #[test]
    fn squall_is_the_same_whenever_it_blows() {
        let steps = || {
            let mut sky = sky();
            let mut generator = Generator::new(5);
            let take = |_| {
                let step = generator.step(|section| sky.sides[0].world(section));
                let came = sky.take(&step).expect("the cloud does what it should");
                format!("{step} -> {}", came.shown())
            };
            (0..40).map(take).collect::<Vec<_>>()
        };
        assert_eq!(steps(), steps());
    }

    #[test]
    fn unit_or_money_that_comes_from_nowhere_is_seen() {
        for (path, value, kind) in [
            ("zones/cn-hangzhou-h/stock", json!({ "ecs.g5.large": 100 }), "stock does not add up"),
            ("accounts/1000000000000001/billing", json!({ "balance": 1 }), "money went without an order"),
        ] {
            let sky = sky();
            let path = path.split('/').map(str::to_owned).collect();
            assert!(matches!(sky.sides[0].take(&Step::Patch { path, value }), Came::Done(Ok(()))));
            let after = Ledger::of(sky.sides[0].cloud()).expect("the records are sound");
            let step = Generator::new(1).call();
            let outcome = sky.ledger.leads_to(&after, &step, &Came::Answer(Ok(String::new())));
            assert_eq!(outcome.expect_err("nothing accounts for it").kind, kind);
        }
    }
}
