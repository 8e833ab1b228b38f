//! A list that is walked by NextToken shows each thing once, whatever others make and delete meanwhile.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::buyer::Buyer;
use crate::process::{Moyun, at_once};
use crate::scarce::on_every_cloud;

/// How many instances are there all the time, and how many of them go while the list is walked.
const STAYING: usize = 40;
const GOING: usize = 24;

/// Threads that walk, that make, and that delete.
const WALKERS: usize = 3;
const MAKERS: usize = 3;

fn ids_of(answer: &Value) -> Vec<String> {
    let ids = answer["InstanceIdSets"]["InstanceIdSet"].as_array().unwrap_or_else(|| panic!("{answer}"));
    ids.iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

/// The ids of all pages, of which each is asked of the next server.
fn walk(buyer: &Buyer, servers: &[Moyun]) -> Vec<String> {
    let (mut ids, mut token) = (vec![], String::new());
    for server in servers.iter().cycle() {
        let page = buyer.call(server, "DescribeInstances", &[("MaxResults", "7"), ("NextToken", &token)]);
        let listed = page["Instances"]["Instance"].as_array().unwrap_or_else(|| panic!("{page}"));
        ids.extend(listed.iter().map(|instance| instance["InstanceId"].as_str().unwrap().to_owned()));
        token = page["NextToken"].as_str().unwrap().to_owned();
        if token.is_empty() {
            break;
        }
    }
    ids
}

#[test]
fn a_walk_by_tokens_shows_each_instance_once_while_others_write() {
    on_every_cloud(|servers| {
        let buyer = Buyer::new(&servers[0]);
        buyer.patch(&servers[0], "quotas", r#"{"postpaid_instances":1000}"#);
        let staying: BTreeSet<String> =
            ids_of(&buyer.run(&servers[0], &[("Amount", &STAYING.to_string())])).into_iter().collect();
        let going = ids_of(&buyer.run(&servers[0], &[("Amount", &GOING.to_string())]));
        servers[0].admin("POST", "/admin/clock/advance", r#"{"seconds":120}"#);
        let walks = at_once(WALKERS + MAKERS + 1, |thread| {
            let server = &servers[thread % servers.len()];
            match thread {
                0..WALKERS => return walk(&buyer, servers),
                WALKERS => going.iter().for_each(|id| {
                    let gone = buyer.call(server, "DeleteInstance", &[("InstanceId", id), ("Force", "true")]);
                    assert!(gone["Code"].is_null(), "{gone}");
                }),
                _ => (0..8).for_each(|_| assert_eq!(ids_of(&buyer.run(server, &[("Amount", "3")])).len(), 3)),
            }
            vec![]
        });
        for walked in &walks[..WALKERS] {
            let once: BTreeSet<String> = walked.iter().cloned().collect();
            assert_eq!(once.len(), walked.len(), "something came twice");
            assert!(once.is_superset(&staying), "something did not come");
        }
        let left = walk(&buyer, servers);
        assert_eq!(left.len(), STAYING + 3 * 8 * MAKERS);
        assert!(!left.iter().any(|id| going.contains(id)));
    });
}
