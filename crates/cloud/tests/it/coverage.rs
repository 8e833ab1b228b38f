//! The list of (action, error row) pairs without a case may only shrink.

use std::collections::BTreeSet;

use moyun_cloud::case::Expect;
use moyun_cloud::registry::ACTIONS;

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

fn uncovered() -> Vec<String> {
    let mut pairs = vec![];
    for entry in ACTIONS {
        for row in entry.spec.raises {
            let covered =
                entry.cases.iter().any(|case| matches!(case.expect, Expect::Row(met) if met == *row));
            if !covered {
                pairs.push(format!("{} {} {}", entry.spec.product.name(), entry.spec.name, row.name));
            }
        }
    }
    pairs
}
