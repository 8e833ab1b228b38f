//! The example of a page: a case that really ran.

use moyun_wire::out::Format;
use moyun_wire::params::Params;
use moyun_wire::{timestamp, v1};
use serde_json::Value;

use crate::case::{Case, Expect};
use crate::registry::Entry;
use crate::story::{DAWN_MS, Story};
use crate::world::{DEFAULT_KEY_ID, DEFAULT_SECRET};

/// The nonce of every example.
pub(super) const NONCE: &str = "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf";

/// Where the server listens unless it is told otherwise.
pub(super) const ENDPOINT: &str = "http://127.0.0.1:4580/";

/// Where its admin API listens.
pub(super) const ADMIN: &str = "http://127.0.0.1:4581/";

/// An XML body up to this length is short enough to be read.
const READABLE_BYTES: usize = 8 << 10;

/// A request and what it was answered.
pub(super) struct Example {
    /// What is special about it.
    pub(super) case: &'static str,
    /// The request as a signed address.
    pub(super) url: String,
    /// The reply in XML.
    pub(super) xml: String,
    /// The reply in JSON.
    pub(super) json: String,
}

/// Runs the first case that succeeds with a reply that can be read and lists something; if none does, the first that can be
/// read, and if none can, the one with the shortest.
pub(super) fn record(entry: &Entry) -> Example {
    let succeeding = entry.cases.iter().filter(|case| matches!(case.expect, Expect::Reply));
    let mut best: Option<Example> = None;
    for case in succeeding {
        let example = run(entry, case);
        if example.is_readable() && example.lists_something() {
            return example;
        }
        let is_better = |known: &Example| match (example.is_readable(), known.is_readable()) {
            (false, false) => example.xml.len() < known.xml.len(),
            (is_readable, was_readable) => is_readable && !was_readable,
        };
        if best.as_ref().is_none_or(is_better) {
            best = Some(example);
        }
    }
    best.unwrap_or_else(|| panic!("{} has no case that succeeds", entry.spec.name))
}

impl Example {
    fn is_readable(&self) -> bool {
        self.xml.len() <= READABLE_BYTES
    }

    /// Whether the reply has no list at all, or one that is not empty.
    pub(super) fn lists_something(&self) -> bool {
        let reply: Value = serde_json::from_str(&self.json).expect("a reply is JSON");
        let mut lists = vec![];
        add_lists(&reply, &mut lists);
        lists.is_empty() || lists.iter().any(|list| !list.is_empty())
    }
}

fn add_lists<'v>(value: &'v Value, lists: &mut Vec<&'v [Value]>) {
    match value {
        Value::Array(list) => lists.push(list),
        Value::Object(fields) => fields.values().for_each(|field| add_lists(field, lists)),
        _ => {}
    }
}

fn run(entry: &Entry, case: &'static Case) -> Example {
    let action = format!("{}:{}", entry.spec.product.name(), entry.spec.name);
    let answer = |format| {
        let mut story = Story::begin();
        (case.given)(&mut story);
        let query = story.fill(case.request);
        let body = story.answer(&action, case.request, format);
        (query, body.unwrap_or_else(|refusal| panic!("{action} — {}: {refusal}", case.name)))
    };
    let ((query, xml), (_, json)) = (answer(Format::Xml), answer(Format::Json));
    Example { case: case.name, url: sign(entry, &query), xml, json }
}

/// The request as the default account signs it when a story begins.
pub(super) fn sign(entry: &Entry, query: &str) -> String {
    let mut params = unsigned(entry, query);
    let method = v1::Method::HmacSha1;
    params.insert("Signature", v1::sign(method, DEFAULT_SECRET, &v1::string_to_sign("GET", &params)));
    format!("{ENDPOINT}?{}", params.encode())
}

/// All parameters of the request but its signature.
pub(super) fn unsigned(entry: &Entry, query: &str) -> Params {
    let mut params = Params::decode(query.as_bytes(), None).expect("a story's requests are well formed");
    for (name, value) in [
        ("Action", entry.spec.name),
        ("Version", entry.spec.product.version()),
        ("AccessKeyId", DEFAULT_KEY_ID),
        ("SignatureMethod", v1::Method::HmacSha1.name()),
        ("SignatureVersion", "1.0"),
        ("SignatureNonce", NONCE),
        ("Timestamp", &timestamp::to_second(DAWN_MS)),
    ] {
        params.insert(name, value);
    }
    params
}
