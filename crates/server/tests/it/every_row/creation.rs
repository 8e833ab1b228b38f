//! Every row of instance creation, over a real socket.
//!
//! The table is that of the worked requests of both actions: what is in it is a test here, in memory, and an example.
//! Rows for which no request is at fault stand in `unstoried`.

use std::collections::BTreeSet;
use std::sync::Arc;

use moyun_cloud::case::{Case, Expect};
use moyun_cloud::errors::{self, ErrorRow};
use moyun_cloud::registry::{self, Entry};
use moyun_cloud::story::Story;
use moyun_store::MemoryEngine;

use super::{check_refusal, unstoried};
use crate::client::Server;
use crate::form::{Form, Format, Signature, Words};

fn entry(action: &str) -> &'static Entry {
    registry::ACTIONS.iter().find(|entry| entry.spec.name == action).unwrap()
}

/// The requests of an action that a row of creation refuses.
pub(super) fn refused(action: &str) -> impl Iterator<Item = (&'static Case, &'static ErrorRow)> {
    entry(action).cases.iter().filter_map(|case| match case.expect {
        Expect::Row(row) if row.id.starts_with('I') => Some((case, row)),
        _ => None,
    })
}

fn check_all(action: &str, format: Format) {
    let form = Form { signature: Signature::V1, format };
    refused(action).for_each(|(case, row)| check(action, case, row, form));
}

fn check(action: &str, case: &Case, row: &ErrorRow, form: Form) {
    let engine = Arc::new(MemoryEngine::new());
    let mut story = Story::on(engine.clone());
    (case.given)(&mut story);
    let server = Server::of(story.cloud().clone(), engine, None);
    let state = || (server.dump(), server.admin("GET", "/admin/world", "").body);
    let before = state();
    let answer = words(action, &story, case.request).send(form, &server);
    check_refusal(row, form, &answer, &server);
    assert!(state() == before, "{action}, {} changed something, {form:?}", case.name);

    let request = case.mend(&mut story);
    let twin = words(action, &story, &request).send(form, &server);
    assert_eq!(twin.status, 200, "the twin of {action}, {}, {form:?}: {}", case.name, twin.body);
    let opening = form.opening(action, &twin.headers["x-acs-request-id"]);
    assert!(twin.body.starts_with(&opening), "the twin of {action}, {}: {}", case.name, twin.body);
}

/// A correct call at the time of the story and by its caller.
fn words(action: &str, story: &Story, request: &str) -> Words {
    let mut words = Words::of(action);
    let (id, secret) = story.access_key();
    words.set("AccessKeyId", id);
    words.set("Secret", secret);
    let now = story.cloud().world(&["clock".to_owned(), "now".to_owned()]).unwrap().unwrap();
    words.set("Timestamp", now.as_str().unwrap());
    for pair in request.split('&') {
        let (name, value) = pair.split_once('=').unwrap();
        words.set(name, story.text(value));
    }
    words
}

#[test]
fn every_row_of_run_instances_in_xml() {
    check_all("RunInstances", Format::Xml);
}

#[test]
fn every_row_of_run_instances_in_json() {
    check_all("RunInstances", Format::Json);
}

#[test]
fn every_row_of_create_instance_in_xml() {
    check_all("CreateInstance", Format::Xml);
}

#[test]
fn every_row_of_create_instance_in_json() {
    check_all("CreateInstance", Format::Json);
}

#[test]
fn every_row_of_creation_is_in_the_table() {
    let catalogue: BTreeSet<&str> =
        errors::all().map(|row| row.id).filter(|id| id.starts_with('I')).collect();
    assert_eq!(catalogue.len(), 105);
    // CreateInstance makes one instance, so nothing is wrong with its number.
    for (action, not_its_own) in [("RunInstances", vec![]), ("CreateInstance", vec!["I021"])] {
        let unstoried = unstoried::met().filter(|(of, _)| *of == action).map(|(_, id)| id);
        let met: BTreeSet<&str> = refused(action).map(|(_, row)| row.id).chain(unstoried).collect();
        let missing: Vec<_> = catalogue.difference(&met).copied().collect();
        assert_eq!(missing, not_its_own, "{action}");
    }
}

#[test]
fn every_refused_creation_has_a_twin() {
    for action in ["RunInstances", "CreateInstance"] {
        let alone: Vec<_> =
            refused(action).filter(|(case, _)| case.twin.is_none()).map(|(case, _)| case.name).collect();
        assert!(alone.is_empty(), "{action}: {alone:?}");
    }
}
