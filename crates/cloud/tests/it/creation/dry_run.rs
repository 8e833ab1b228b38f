//! Rehearsals are judged by every check, and nothing comes of them.

use std::collections::BTreeMap;

use moyun_cloud::case::{Case, Expect};
use moyun_cloud::errors::{ApiError, DryRunPassed};
use moyun_cloud::registry::ACTIONS;
use moyun_cloud::story::Story;

const CREATIONS: [&str; 2] = ["RunInstances", "CreateInstance"];

#[test]
fn a_rehearsal_is_refused_by_the_row_that_the_request_itself_would_meet() {
    for (action, case) in cases() {
        let expected = match case.expect {
            Expect::Reply => &DryRunPassed,
            Expect::Row(row) => row,
        };
        let (mut story, before) = begin(case);
        let refusal = rehearse(&mut story, action, case.request);
        assert_eq!(refusal.row.name, expected.name, "{action}, {}", case.name);
        assert_eq!(story.dump(), before, "{action}, {} changed something", case.name);
    }
}

#[test]
fn a_rehearsed_twin_passes_and_leaves_nothing() {
    for (action, case) in cases().filter(|(_, case)| case.twin.is_some()) {
        let (mut story, _) = begin(case);
        let request = case.mend(&mut story);
        let before = story.dump();
        assert_eq!(
            rehearse(&mut story, action, &request).row.name,
            "DryRunPassed",
            "{action}, {}",
            case.name
        );
        assert_eq!(story.dump(), before, "{action}, {} changed something", case.name);
    }
}

fn cases() -> impl Iterator<Item = (&'static str, &'static Case)> {
    let of_creation = ACTIONS.iter().filter(|entry| CREATIONS.contains(&entry.spec.name));
    of_creation.flat_map(|entry| entry.cases.iter().map(|case| (entry.spec.name, case)))
}

fn begin(case: &Case) -> (Story, BTreeMap<Vec<u8>, Vec<u8>>) {
    let mut story = Story::begin();
    (case.given)(&mut story);
    let dump = story.dump();
    (story, dump)
}

fn rehearse(story: &mut Story, action: &str, request: &str) -> ApiError {
    story.try_call(action, &format!("{request}&DryRun=true")).expect_err("a rehearsal never answers normally")
}
