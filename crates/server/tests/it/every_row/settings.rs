//! The list of rows that no calls alone bring about may only shrink.

use std::collections::BTreeSet;

use moyun_cloud::case::Case;
use moyun_cloud::story::Story;
use serde_json::json;

use super::creation::refused;
use super::{Row, all_rows};
use crate::client::Server;

const SETTINGS: &str = include_str!("../../settings.txt");

/// What requests say that only [`keys`](super::given::keys) makes true.
const ARRANGED: [&str; 4] = ["LTAI-own", "LTAI-service", "other@moyun.local", "1000000000000002"];

/// Rows that are met without a change in the facts of the world stand on no list.
#[test]
fn a_row_is_met_by_calls_alone_or_stands_on_the_list() {
    let (mut all, mut by_calls) = (BTreeSet::new(), BTreeSet::new());
    let common = all_rows().into_iter().map(|row| (row.id, is_met_by_calls(&row)));
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

fn is_met_by_calls(row: &Row) -> bool {
    if row.facts != json!({}) || row.request.iter().any(|(_, value)| ARRANGED.contains(value)) {
        return false;
    }
    let server = Server::start();
    (row.given)(&server);
    !server.is_patched()
}

fn is_made_by_calls(case: &Case) -> bool {
    let mut story = Story::begin();
    (case.given)(&mut story);
    !story.is_patched()
}
