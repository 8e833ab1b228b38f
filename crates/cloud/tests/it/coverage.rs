//! The list of (action, error row) pairs without a case may only shrink.

use std::collections::BTreeSet;

use moyun_cloud::case::Expect;
use moyun_cloud::errors::{RequiredParameterEmpty, RequiredParameterMissing};
use moyun_cloud::registry::{ACTIONS, Entry};
use moyun_cloud::spec::{ParamSpec, RegionUse};
use moyun_cloud::story::Story;

const UNCOVERED: &str = include_str!("../uncovered.txt");

#[test]
fn every_error_of_an_action_has_a_case_or_stands_on_the_list() {
    let listed: BTreeSet<&str> = UNCOVERED.lines().filter(|line| !line.is_empty()).collect();
    let uncovered = uncovered();
    let uncovered: BTreeSet<&str> = uncovered.iter().map(String::as_str).collect();
    let new: Vec<_> = uncovered.difference(&listed).collect();
    let stale: Vec<_> = listed.difference(&uncovered).collect();
    assert!(new.is_empty(), "errors without a case: {new:#?}");
    assert!(stale.is_empty(), "covered by now, take them off crates/cloud/tests/uncovered.txt: {stale:#?}");
}

#[test]
fn every_required_parameter_is_told_when_it_is_missing_or_empty() {
    let mut wrong = vec![];
    for entry in ACTIONS {
        let name = format!("{}:{}", entry.spec.product.name(), entry.spec.name);
        let case = entry.cases.iter().find(|case| matches!(case.expect, Expect::Reply));
        let case = case.unwrap_or_else(|| panic!("{name} has no case that succeeds"));
        let pairs: Vec<&str> = case.request.split('&').collect();
        let mut story = Story::begin();
        (case.given)(&mut story);
        for (at, pair) in pairs.iter().enumerate() {
            let parameter = pair.split('=').next().unwrap_or_default();
            if !is_required(entry, parameter) {
                continue;
            }
            let emptied = format!("{parameter}=");
            for (changed, row) in
                [(None, &RequiredParameterMissing), (Some(&*emptied), &RequiredParameterEmpty)]
            {
                let (before, after) = (&pairs[..at], &pairs[at + 1..]);
                let request = before.iter().copied().chain(changed).chain(after.iter().copied());
                let answer = story.try_call(&name, &request.collect::<Vec<_>>().join("&"));
                let met = answer.err().map(|refusal| refusal.row);
                if met != Some(row) || !entry.spec.raises.contains(&row) {
                    wrong.push(format!("{name} {parameter}: {:?} for {}", met.map(|row| row.name), row.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_has_a_row_of_its_own_for_its_absence_is_refused_with_it() {
    let mut met = vec![];
    for entry in ACTIONS {
        for (param, row) in entry.spec.params.iter().filter_map(|param| Some((param, param.missing?))) {
            let name = format!("{}:{}", entry.spec.product.name(), entry.spec.name);
            let case = entry.cases.iter().find(|case| matches!(case.expect, Expect::Reply));
            let case = case.unwrap_or_else(|| panic!("{name} has no case that succeeds"));
            let is_of_it = |pair: &&str| {
                let rest = pair.strip_prefix(param.name);
                rest.is_some_and(|rest| rest.starts_with(['=', '.']))
            };
            let rest: Vec<&str> = case.request.split('&').filter(|pair| !is_of_it(pair)).collect();
            let mut story = Story::begin();
            (case.given)(&mut story);
            let answer = story.try_call(&name, &rest.join("&"));
            assert_eq!(answer.err().map(|refusal| refusal.row), Some(row), "{name} without {}", param.name);
            met.push(name);
        }
    }
    assert!(!met.is_empty());
}

/// Whether an action always requires this parameter, which holds one value.
fn is_required(entry: &Entry, parameter: &str) -> bool {
    let is_it = |param: &ParamSpec| param.required && param.missing.is_none() && param.name == parameter;
    entry.spec.params.iter().any(is_it)
        || (parameter == "RegionId" && entry.spec.region == RegionUse::Required)
}

/// The pairs of action and row without a case. That what is required is not empty holds for every action by the test above.
fn uncovered() -> Vec<String> {
    let mut pairs = vec![];
    for entry in ACTIONS {
        for row in entry.spec.raises.iter().filter(|row| **row != &RequiredParameterEmpty) {
            let covered =
                entry.cases.iter().any(|case| matches!(case.expect, Expect::Row(met) if met == *row));
            if !covered {
                pairs.push(format!("{} {} {}", entry.spec.product.name(), entry.spec.name, row.name));
            }
        }
    }
    pairs
}
