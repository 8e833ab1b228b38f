//! What all actions share: pages whose words lie in `zh/` and `en/`, and whose values are generated.

mod signing;
mod world;

use std::fmt::Write;

use moyun_wire::out::Format;
use moyun_wire::reply::ErrorReply;

use crate::case::Expect;
use crate::catalog::limits::{OUTSIDE_COMPONENTS, OWN_COMPONENTS};
use crate::doc::form::Language;
use crate::doc::{example, indent, index, page, rows};
use crate::errors::{self, ErrorRow, InstanceNotFound};
use crate::registry::{ACTIONS, Entry};
use crate::story::{ENDPOINT, REQUEST_ID, Story};
use crate::world::DEFAULT_SECRET;
pub(super) use world::audit;

/// The words of a page.
struct Text {
    name: &'static str,
    zh: &'static str,
    en: &'static str,
}

macro_rules! text {
    ($name:literal) => {
        Text {
            name: $name,
            zh: include_str!(concat!("zh/", $name, ".md")),
            en: include_str!(concat!("en/", $name, ".md")),
        }
    };
}

const TEXTS: [Text; 9] = [
    text!("calling"),
    text!("parameters"),
    text!("replies"),
    text!("errors"),
    text!("idempotence"),
    text!("paging"),
    text!("tags"),
    text!("world"),
    text!("clock"),
];

/// Every page of a language: where it lies within the language, and its text.
pub(super) fn pages(language: Language) -> impl Iterator<Item = (String, String)> {
    TEXTS.iter().map(move |text| (path(text), fill(language.pick(text.zh, text.en), language)))
}

/// One of these pages.
pub(super) fn page(path: &str, language: Language) -> Option<String> {
    let text = TEXTS.iter().find(|text| self::path(text) == path)?;
    Some(fill(language.pick(text.zh, text.en), language))
}

/// A link to each page.
pub(super) fn links(language: Language) -> String {
    titles(language).map(|(path, title)| format!("- [{title}]({path})\n")).collect()
}

/// Where each page lies within the language, and its title.
pub(super) fn titles(language: Language) -> impl Iterator<Item = (String, &'static str)> {
    TEXTS.iter().map(move |text| {
        let title = language.pick(text.zh, text.en).lines().next().unwrap_or_default();
        (path(text), title.trim_start_matches("# "))
    })
}

fn path(text: &Text) -> String {
    format!("common/{}.md", text.name)
}

/// The text with a value for each `{{name}}`.
fn fill(text: &str, language: Language) -> String {
    let mut pieces = text.split("{{");
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, after) = piece.split_once("}}").expect("every {{ of a text has its }}");
        filled += value(name, language).trim_end();
        filled += after;
    }
    filled
}

fn value(name: &str, language: Language) -> String {
    if let Some(step) = name.strip_prefix("v1.") {
        return signing::v1(step);
    }
    if let Some(step) = name.strip_prefix("v3.") {
        return signing::v3(step);
    }
    if let Some(path) = name.strip_prefix("world ") {
        return world::fact(path);
    }
    if let Some(id) = name.strip_prefix("code ") {
        return row(id).code.to_owned();
    }
    let common = || errors::all().filter(|row| row.id.starts_with('C'));
    match name {
        "endpoint" => example::ENDPOINT.to_owned(),
        "secret" => DEFAULT_SECRET.to_owned(),
        "parameters" => index::params(language),
        "errors" => page::errors(common(), language),
        "errors.count" => common().count().to_string(),
        "reply.xml" => indent::xml(&example::record(stopping()).xml),
        "reply.json" => indent::json(&example::record(stopping()).json),
        "error.xml" => indent::xml(&refusal(Format::Xml)),
        "error.json" => indent::json(&refusal(Format::Json)),
        "idempotent" => actions(|entry| entry.spec.idempotent),
        "paged.token" => actions(|entry| takes(entry, "NextToken")),
        "paged.number" => actions(|entry| takes(entry, "PageNumber") && !takes(entry, "NextToken")),
        "tagged" => actions(|entry| takes(entry, "Tag.N")),
        "components" => [OWN_COMPONENTS, OUTSIDE_COMPONENTS].concat().join(language.pick("、", ", ")),
        "samples" => world::samples(language),
        "world.table" => world::table("", language),
        "latencies" => world::table("limits.latency.", language),
        other => panic!("a text asks for {other}, which nothing gives"),
    }
}

fn row(id: &str) -> &'static ErrorRow {
    errors::all().find(|row| row.id == id).unwrap_or_else(|| panic!("there is no row {id}"))
}

/// The action that shows what replies are like: its own reply is empty.
fn stopping() -> &'static Entry {
    ACTIONS.iter().find(|entry| entry.spec.name == "StopInstance").expect("instances can be stopped")
}

/// What the action is refused with where there is no instance.
fn refusal(format: Format) -> String {
    let is_it = |expect: &Expect| matches!(expect, Expect::Row(row) if **row == InstanceNotFound);
    let case = stopping().cases.iter().find(|case| is_it(&case.expect)).expect("an instance can be absent");
    let mut story = Story::begin();
    (case.given)(&mut story);
    let refusal = story.answer_of(stopping(), case.request, format).expect_err("the case is refused");
    let message = refusal.message();
    ErrorReply {
        request_id: REQUEST_ID,
        host_id: ENDPOINT,
        code: refusal.row.code,
        message: &message,
        recommend: Some(&format!("{}requests/{REQUEST_ID}", example::ADMIN)),
        access_denied: None,
    }
    .body(format)
}

fn takes(entry: &Entry, name: &str) -> bool {
    rows::params(entry.spec.params).iter().any(|row| row.name == name)
}

/// A link to each of these actions.
fn actions(is_meant: impl Fn(&Entry) -> bool) -> String {
    let mut text = String::new();
    for entry in ACTIONS.iter().filter(|entry| is_meant(entry)) {
        let (product, name, path) = (entry.spec.product.name(), entry.spec.name, super::path(entry));
        writeln!(text, "- [{product} {name}](../{path})").expect("writing to a String cannot fail");
    }
    text
}
