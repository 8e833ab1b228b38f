//! Every common row, over a real socket: the refusal byte for byte, what it changed, and the request without its defect.
//!
//! In the four forms of a request each.

mod creation;
mod settings;

use std::collections::BTreeSet;
use std::sync::Arc;

use moyun_cloud::doc::Language;
use moyun_cloud::errors::{self, ErrorRow};
use moyun_cloud::story::Story;
use moyun_cloud::wire_case::{self, First, WireCase};
use moyun_cloud::{order, registry};
use moyun_server::env::Machine;
use moyun_server::explain::Shown;
use moyun_server::explain::text::{self, Style};
use moyun_store::MemoryEngine;

use crate::client::{Answer, Server, signed};
use crate::form::{Form, Format, Signature, Words, version};

/// The rows whose answers say which permission is missing.
const DETAILED: [&str; 4] = ["C026", "C028", "I052", "I068"];

fn check(case: &WireCase, form: Form) {
    let (server, mut story) = begin(case);
    let mut words = Words::of(case.action);
    words.set("RegionId", "cn-hangzhou");
    say(&case.request, &story, &mut words);
    let state = || (server.dump(), server.admin("GET", "/admin/world", "").body);
    let before = state();
    let refused = words.send(form, &server);
    check_refusal(catalogued(case.id), form, &refused, &server);
    check_why(case, &refused, &server);
    assert!(state() == before, "{} changed something, {form:?}", case.id);

    case.mend(&mut story);
    say(&case.instead, &story, &mut words);
    let twin = words.send(form, &server);
    assert_eq!(twin.status, 200, "the twin of {}, {form:?}: {}", case.id, twin.body);
    let opening = form.opening(words.get("Action").unwrap(), &twin.headers["x-acs-request-id"]);
    assert!(twin.body.starts_with(&opening), "the twin of {}: {}", case.id, twin.body);
}

/// A server in the state in which the request of a case is refused.
fn begin(case: &WireCase) -> (Server, Story) {
    let engine = Arc::new(MemoryEngine::new());
    let mut story = Story::with(engine.clone(), Arc::new(Machine));
    case.arrange(&mut story);
    (case.given)(&mut story);
    let server = Server::of(story.cloud().clone(), engine, None);
    if let Some(first) = case.first {
        send_first(first, &server, &mut story);
    }
    case.spoil(&mut story);
    (server, story)
}

fn send_first(first: First, server: &Server, story: &mut Story) {
    let params = [("RegionId", "cn-hangzhou"), ("Version", version(first.action)), first.said];
    if !first.is_held {
        assert_eq!(server.call(first.action, &params).status, 200);
        return;
    }
    // Nobody waits for its answer.
    drop(server.get_later(&signed("GET", server.params(first.action, &params)).encode()));
    while story.call("Vpc:DescribeVpcs", "RegionId=cn-hangzhou")["TotalCount"] != 1 {
        std::thread::yield_now();
    }
}

fn say(said: &[(&'static str, &'static str)], story: &Story, words: &mut Words) {
    for (name, value) in said {
        words.set(name, story.text(value));
    }
}

/// The explanation names the row and what came before it, has facts and tells no secret, in every form.
fn check_why(case: &WireCase, answer: &Answer, server: &Server) {
    let id = &answer.headers["x-acs-request-id"];
    let json = server.admin("GET", &format!("/admin/requests/{id}"), "");
    let shown: Shown = serde_json::from_str(&json.body).unwrap();
    let why = shown.why.as_ref().unwrap_or_else(|| panic!("{} has no explanation", case.id));
    assert_eq!(why.refused_by.row, case.id);
    assert!(!why.facts.is_empty() && !why.would_succeed.is_empty(), "{}: {why:?}", case.id);
    let order = checks_of(&shown);
    let passed: Vec<&str> = why.passed.iter().map(|check| &*check.row).collect();
    assert_eq!(passed, order[..passed.len()], "{}", case.id);
    assert_eq!(order[passed.len()], case.id);

    let page = server.admin("GET", &format!("/requests/{id}"), "");
    assert_eq!(page.headers["content-type"], "text/html;charset=utf-8");
    let code = format!("({})", case.id);
    assert!(page.body.contains(&code), "{}", page.body);
    let text = text::request(&shown, Style { coloured: false, language: Language::Zh });
    assert!(text.contains(&code), "{text}");
    for secret in ["moyun-local-secret", "s3cret"] {
        for told in [&json.body, &page.body, &text] {
            assert!(!told.contains(secret), "{}: {told}", case.id);
        }
    }
}

fn check_refusal(row: &ErrorRow, form: Form, answer: &Answer, server: &Server) {
    assert_eq!(answer.status, row.status, "{}, {form:?}: {}", row.id, answer.body);
    assert_eq!(answer.headers["content-type"], form.content_type());
    // Policies say which permission is missing.
    let detail = if DETAILED.contains(&row.id) { form.detail(&answer.body) } else { "" };
    let body = form.refusal(row, &answer.headers["x-acs-request-id"], server.admin, detail);
    assert_eq!(answer.body, body, "{}, {form:?}", row.id);
}

/// The ids of all checks of a call, in the documented order.
fn checks_of(shown: &Shown) -> Vec<&'static str> {
    let (version, action) = (shown.told.version.as_deref(), shown.told.action.as_deref());
    let spec =
        version.zip(action).and_then(|(version, action)| registry::find(version, action)).map(|it| it.spec);
    let steps = order::steps().filter(|step| spec.is_none_or(|spec| (step.applies)(spec)));
    steps.flat_map(|step| step.checks(spec)).map(|check| check.row.id).collect()
}

fn catalogued(id: &str) -> &'static ErrorRow {
    errors::all().find(|row| row.id == id).unwrap_or_else(|| panic!("there is no row {id}"))
}

fn check_all(signature: Signature, format: Format) {
    let form = Form { signature, format };
    let met = wire_case::all().into_iter().filter(|case| signature == Signature::V1 || !case.only_v1);
    met.for_each(|case| check(&case, form));
}

#[test]
fn every_row_in_v1_and_xml() {
    check_all(Signature::V1, Format::Xml);
}

#[test]
fn every_row_in_v1_and_json() {
    check_all(Signature::V1, Format::Json);
}

#[test]
fn every_row_in_v3_and_xml() {
    check_all(Signature::V3, Format::Xml);
}

#[test]
fn every_row_in_v3_and_json() {
    check_all(Signature::V3, Format::Json);
}

#[test]
fn every_common_row_is_in_the_table() {
    let common = |id: &&str| id.starts_with('C');
    let met: BTreeSet<&str> = wire_case::all().iter().map(|case| case.id).filter(common).collect();
    let catalogue: BTreeSet<&str> = errors::all().map(|row| row.id).filter(common).collect();
    assert_eq!(catalogue.len(), 48);
    assert_eq!(met, catalogue);
}
