//! The list of rows that no calls alone bring about may only shrink.

use std::collections::BTreeSet;

use moyun_cloud::case::Case;
use moyun_cloud::story::Story;
use moyun_cloud::wire_case::{self, WireCase};
use serde_json::json;

use super::creation::refused;

const SETTINGS: &str = include_str!("../../settings.txt");

/// Rows that are met without a change in the facts of the world stand on no list.
#[test]
fn a_row_is_met_by_calls_alone_or_stands_on_the_list() {
    let (mut all, mut by_calls) = (BTreeSet::new(), BTreeSet::new());
    let common = wire_case::all().into_iter().map(|case| (case.id, is_met_by_calls(&case)));
    let creation = refused("RunInstances").map(|(case, row)| (row.id, is_made_by_calls(case)));
    for (id, met) in common.chain(creation) {
        all.insert(id);
        if met {
            by_calls.insert(id);
        }
    }
    let listed: BTreeSet<&str> = SETTINGS.lines().collect();
    let needy: BTreeSet<&str> = all.difference(&by_calls).copied().collect();
    let new: Vec<_> = needy.difference(&listed).collect();
    let stale: Vec<_> = listed.difference(&needy).collect();
    assert!(new.is_empty(), "rows that need a setting: {new:?}");
    assert!(
        stale.is_empty(),
        "met by calls alone by now, take them off crates/server/tests/settings.txt: {stale:?}"
    );
}

fn is_met_by_calls(case: &WireCase) -> bool {
    if case.facts != json!({}) || case.is_arranged() {
        return false;
    }
    let mut story = Story::begin();
    (case.given)(&mut story);
    !story.is_patched()
}

fn is_made_by_calls(case: &Case) -> bool {
    let mut story = Story::begin();
    (case.given)(&mut story);
    !story.is_patched()
}
