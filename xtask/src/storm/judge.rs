//! What must be true whatever happens.

use moyun_cloud::audit;
use moyun_cloud::call::Answer;
use moyun_cloud::cloud::Cloud;
use moyun_wire::out::Format;
use serde_json::Value;

use super::side::{Came, Side};
use super::step::Request;

/// Something that must not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// What it is in a few words, the same however long the way to it was.
    pub(super) kind: String,
    /// All about it.
    pub(super) sentence: String,
}

pub(super) fn problem(kind: impl Into<String>, sentence: impl Into<String>) -> Problem {
    Problem { kind: kind.into(), sentence: sentence.into() }
}

/// Whether a call was answered as it may be.
pub(super) fn answer(request: &Request, answer: &Answer, side: &Side) -> Result<(), Problem> {
    let spec = request.entry.spec;
    let refusal = match answer {
        Ok(body) if request.format == Format::Json => {
            let read = serde_json::from_str::<Value>(body);
            return read.map(drop).map_err(|error| problem("a reply is no JSON", format!("{error}: {body}")));
        }
        Ok(_) => return Ok(()),
        Err(refusal) => refusal,
    };
    let told = format!("{} answers {refusal}", request.action());
    let kind = |what: &str| format!("{what}: {} {}", request.action(), refusal.row.name);
    if refusal.row.status >= 500 && is_whole(side) {
        let fault = refusal.fault.as_ref().map(ToString::to_string).unwrap_or_default();
        return Err(problem(kind("a fault where nothing is broken"), format!("{told}: {fault}")));
    }
    let Some(step) = refusal.step else {
        return Err(problem(kind("a refusal at no step"), told));
    };
    // A fault may come up at any step, and a common row in any action.
    let is_common = refusal.fault.is_some() || refusal.row.id.starts_with('C');
    if !is_common && step.checks(Some(spec)).iter().all(|check| check.row != refusal.row) {
        return Err(problem(kind("a row that is not declared"), format!("{told} at {}", step.name)));
    }
    Ok(())
}

/// Whether every part of the world works.
fn is_whole(side: &Side) -> bool {
    let all = |section: &str, field: &str, good: &str| {
        let things = side.world(section);
        things.as_object().is_some_and(|things| things.values().all(|thing| thing[field] == good))
    };
    all("components", "state", "ok") && all("regions", "state", "normal")
}

/// Whether rows follow from records, and what records name is there.
pub(super) fn state(cloud: &Cloud) -> Result<(), Problem> {
    let problems = cloud.read(|tx, _| Ok(audit::problems(tx)));
    let problems = problems.map_err(|fault| problem("the store cannot be read", fault.to_string()))?;
    match problems.first() {
        None => Ok(()),
        Some(first) => {
            // Ids differ from run to run of fewer steps; the other words do not.
            let words = first.split_whitespace().filter(|word| !word.contains(|c: char| c.is_ascii_digit()));
            Err(problem(words.collect::<Vec<_>>().join(" "), problems.join("\n")))
        }
    }
}

/// Whether two engines did the same.
pub(super) fn same(one: (&Side, &Came), other: (&Side, &Came)) -> Result<(), Problem> {
    let (first, second) = (one.1.shown(), other.1.shown());
    if first == second {
        return Ok(());
    }
    let (one, other) = (one.0.name, other.0.name);
    Err(problem(
        format!("{one} and {other} answer differently"),
        format!("{one}: {first}\n{other}: {second}"),
    ))
}
