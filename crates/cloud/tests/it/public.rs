//! What the public interface has and Moyun does not may only shrink, and each has its reason.

use std::collections::BTreeSet;

use moyun_cloud::doc;
use moyun_cloud::registry::{ACTIONS, Entry};

/// Parameters of the published interface, an action on each line.
const PARAMS: &str = include_str!("../public/params.txt");

/// Reply fields of the published interface, an action on each line.
const FIELDS: &str = include_str!("../public/fields.txt");

/// What is not served: action, name, and the reason; it stands for what is within it, too.
const UNSERVED: &str = include_str!("../public/unserved.txt");

#[test]
fn every_public_name_is_served_or_stands_on_the_list_with_its_reason() {
    let params = missing(PARAMS, doc::parameter_names);
    let fields = missing(FIELDS, doc::field_names);
    let missing: BTreeSet<String> = params.into_iter().chain(fields).collect();
    let listed: Vec<&str> = UNSERVED.lines().map(|line| line.split_once(": ").unwrap().0).collect();
    let covers = |listed: &str, name: &str| {
        name.strip_prefix(listed).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let new: Vec<_> =
        missing.iter().filter(|name| !listed.iter().any(|listed| covers(listed, name))).collect();
    let stale: Vec<_> =
        listed.iter().filter(|listed| !missing.iter().any(|name| covers(listed, name))).collect();
    assert!(new.is_empty(), "neither served nor on crates/cloud/tests/public/unserved.txt: {new:#?}");
    assert!(
        stale.is_empty(),
        "served by now, take them off crates/cloud/tests/public/unserved.txt: {stale:#?}"
    );
}

/// The names on the list that an action of ours does not have.
fn missing(list: &str, served: impl Fn(&'static Entry) -> BTreeSet<String>) -> Vec<String> {
    let mut missing = vec![];
    for line in list.lines() {
        let mut words = line.split(' ');
        let [product, action] = [(); 2].map(|()| words.next().expect("a line names product and action"));
        let is_it = |entry: &&Entry| entry.spec.product.name() == product && entry.spec.name == action;
        let served =
            served(ACTIONS.iter().find(is_it).unwrap_or_else(|| panic!("there is no {product} {action}")));
        let names = words.filter(|name| !served.contains(*name));
        missing.extend(names.map(|name| format!("{product} {action} {name}")));
    }
    missing
}
