//! Every common row, over a real socket: the refusal byte for byte, what it changed, and the request without its defect.
//!
//! In the four forms of a request each.

mod creation;
mod given;
mod requests;
mod resources;
mod settings;

use std::collections::{BTreeMap, BTreeSet};

use moyun_cloud::doc::Language;
use moyun_cloud::errors::{self, ErrorRow};
use moyun_cloud::{order, registry};
use moyun_server::explain::Shown;
use moyun_server::explain::text::{self, Style};
use serde_json::{Value, json};

use crate::client::{Answer, Server};
use crate::form::{Form, Format, Signature, Words};

/// The rows whose answers say which permission is missing.
const DETAILED: [&str; 4] = ["C026", "C028", "I052", "I068"];

/// What the state of a row made, by the names that its requests call it.
type Marks = BTreeMap<&'static str, String>;

/// A row: a state and a request that meets it, and the one fact whose change makes the same request succeed.
#[derive(Clone)]
struct Row {
    id: &'static str,
    action: &'static str,
    /// Makes the state through the API.
    given: fn(&Server) -> Marks,
    /// The facts that are changed afterwards.
    facts: Value,
    /// What the request says; `$name` stands for what the state made.
    request: Vec<(&'static str, &'static str)>,
    /// What the request says instead, to succeed.
    instead: Vec<(&'static str, &'static str)>,
    /// What is changed in the facts instead.
    mend: Value,
    /// What is done instead.
    act: fn(&Server),
    only_v1: bool,
}

impl Row {
    /// A row about a call that makes a VPC.
    fn of(id: &'static str) -> Row {
        Row::in_call(id, "CreateVpc")
    }

    fn in_call(id: &'static str, action: &'static str) -> Row {
        Row {
            id,
            action,
            given: |_| Marks::new(),
            facts: json!({}),
            request: vec![],
            instead: vec![],
            mend: json!({}),
            act: |_| (),
            only_v1: false,
        }
    }

    fn check(&self, form: Form) {
        let server = Server::start();
        given::keys(&server);
        let marks = (self.given)(&server);
        server.patch(self.facts.clone());
        let mut words = Words::of(self.action);
        words.set("RegionId", "cn-hangzhou");
        self.say(&self.request, &marks, &mut words);
        let state = || (server.dump(), server.admin("GET", "/admin/world", "").body);
        let before = state();
        let refused = words.send(form, &server);
        check_refusal(catalogued(self.id), form, &refused, &server);
        self.check_why(&refused, &marks, &server);
        assert!(state() == before, "{} changed something, {form:?}", self.id);

        server.patch(self.mend.clone());
        (self.act)(&server);
        self.say(&self.instead, &marks, &mut words);
        let twin = words.send(form, &server);
        assert_eq!(twin.status, 200, "the twin of {}, {form:?}: {}", self.id, twin.body);
        let opening = form.opening(words.get("Action").unwrap(), &twin.headers["x-acs-request-id"]);
        assert!(twin.body.starts_with(&opening), "the twin of {}: {}", self.id, twin.body);
    }

    fn say(&self, said: &[(&'static str, &'static str)], marks: &Marks, words: &mut Words) {
        for (name, value) in said {
            let value = value.strip_prefix('$').map_or((*value).to_owned(), |mark| marks[mark].clone());
            words.set(name, value);
        }
    }

    /// The explanation names the row and what came before it, has facts and tells no secret, in every form.
    fn check_why(&self, answer: &Answer, marks: &Marks, server: &Server) {
        let id = &answer.headers["x-acs-request-id"];
        let json = server.admin("GET", &format!("/admin/requests/{id}"), "");
        let shown: Shown = serde_json::from_str(&json.body).unwrap();
        let why = shown.why.as_ref().unwrap_or_else(|| panic!("{} has no explanation", self.id));
        assert_eq!(why.refused_by.row, self.id);
        assert!(!why.facts.is_empty() && !why.would_succeed.is_empty(), "{}: {why:?}", self.id);
        let order = checks_of(&shown);
        let passed: Vec<&str> = why.passed.iter().map(|check| &*check.row).collect();
        assert_eq!(passed, order[..passed.len()], "{}", self.id);
        assert_eq!(order[passed.len()], self.id);

        let page = server.admin("GET", &format!("/requests/{id}"), "");
        assert_eq!(page.headers["content-type"], "text/html;charset=utf-8");
        let code = format!("({})", self.id);
        assert!(page.body.contains(&code), "{}", page.body);
        let text = text::request(&shown, Style { coloured: false, language: Language::Zh });
        assert!(text.contains(&code), "{text}");
        for secret in
            ["moyun-local-secret", "s3cret"].into_iter().chain(marks.get("ann_secret").map(|s| &**s))
        {
            for told in [&json.body, &page.body, &text] {
                assert!(!told.contains(secret), "{}: {told}", self.id);
            }
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

fn all_rows() -> Vec<Row> {
    let about_callers = [requests::rows_about_callers(), requests::rows_about_owners()].concat();
    [requests::rows(), about_callers, resources::rows()].concat()
}

fn check_all(signature: Signature, format: Format) {
    let form = Form { signature, format };
    let met = all_rows().into_iter().filter(|row| signature == Signature::V1 || !row.only_v1);
    met.for_each(|row| row.check(form));
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
    let met: BTreeSet<&str> = all_rows().iter().map(|row| row.id).filter(common).collect();
    let catalogue: BTreeSet<&str> = errors::all().map(|row| row.id).filter(common).collect();
    assert_eq!(catalogue.len(), 48);
    assert_eq!(met, catalogue);
}
