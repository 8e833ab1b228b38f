//! The example of a request: whole, signed, and of the parameters that the table tells.

use std::collections::BTreeMap;

use moyun_wire::params::Params;
use moyun_wire::{timestamp, v1};

use crate::doc::check::outline::Kind;
use crate::doc::check::tables::Param;
use crate::doc::check::{Findings, Section};
use crate::doc::index;
use crate::world::{DEFAULT_KEY_ID, DEFAULT_SECRET};

/// What a request that is signed over its parameters cannot do without.
const SIGNED_PARAMS: [&str; 6] =
    ["Action", "Version", "AccessKeyId", "Signature", "SignatureNonce", "Timestamp"];

/// What a request that is signed over its headers cannot do without.
const SIGNED_HEADERS: [&str; 5] =
    ["authorization", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce"];

/// Holds the example against the form and the table of the request.
pub(super) fn judge(
    section: &Section<'_>,
    title: &str,
    params: Option<&[Param<'_>]>,
    findings: &mut Findings,
) {
    let code = section.blocks.iter().find_map(|block| match &block.kind {
        Kind::Code(text) => Some((block.line, text)),
        _ => None,
    });
    let Some((line, text)) = code else {
        findings.add(section.line, "the signed request is missing: give it between lines of ```");
        return;
    };
    let Some(request) = Request::read(text) else {
        findings.add(line, "this is no request: it begins with `GET http://…?…` or `POST http://…`");
        return;
    };
    let action = if request.is_signed_over_headers() {
        request.judge_headers(line, findings)
    } else {
        request.judge_signature(line, findings)
    };
    if let Some(action) = action.filter(|action| *action != title) {
        findings.add(line, format!("the request calls `{action}`, the page is about `{title}`"));
    }
    if let Some(table) = params {
        request.compare(table, line, findings);
    }
}

struct Request {
    method: String,
    params: Params,
    headers: BTreeMap<String, String>,
}

impl Request {
    /// Reads the first line, lines that carry the address on, headers, and behind an empty line a form.
    fn read(text: &str) -> Option<Request> {
        let mut lines = text.trim().lines().map(str::trim);
        let mut words = lines.next()?.split_whitespace();
        let (method, mut address) = match words.next()? {
            url if url.starts_with("http") => ("GET", url.to_owned()),
            method => (method, words.next()?.to_owned()),
        };
        let (mut headers, mut form) = (BTreeMap::new(), None::<String>);
        for line in lines {
            match (&mut form, line.split_once(": ")) {
                (Some(form), _) => *form += line,
                (None, _) if line.is_empty() => form = Some(String::new()),
                (None, _) if line.starts_with(['&', '?']) => address += line,
                (None, Some((name, value))) => drop(headers.insert(name.to_lowercase(), value.to_owned())),
                (None, None) => return None,
            }
        }
        let (place, query) = address.split_once('?').unwrap_or((&address, ""));
        if !matches!(method, "GET" | "POST") || !(place.contains("://") || headers.contains_key("host")) {
            return None;
        }
        let params = Params::decode(query.as_bytes(), form.as_deref().map(str::as_bytes)).ok()?;
        Some(Request { method: method.to_owned(), params, headers })
    }

    fn is_signed_over_headers(&self) -> bool {
        self.headers.get("authorization").is_some_and(|value| value.starts_with("ACS3-"))
    }

    /// The action that the headers name.
    fn judge_headers(&self, line: usize, findings: &mut Findings) -> Option<&str> {
        for name in SIGNED_HEADERS.into_iter().filter(|name| !self.headers.contains_key(*name)) {
            findings.add(line, format!("the request is not signed: the header `{name}` is missing"));
        }
        if !self.headers.get("authorization")?.contains("Signature=") {
            findings.add(line, "the request is not signed: `Authorization` has no `Signature=`");
        }
        self.headers.get("x-acs-action").map(String::as_str)
    }

    /// The action that the parameters name.
    fn judge_signature(&self, line: usize, findings: &mut Findings) -> Option<&str> {
        for name in SIGNED_PARAMS.into_iter().filter(|name| self.params.given(name).is_none()) {
            findings.add(line, format!("the request is not signed: `{name}` is missing"));
        }
        if let Some(time) = self.params.given("Timestamp").filter(|time| timestamp::parse(time).is_none()) {
            findings.add(line, format!("the Timestamp `{time}` is not written as `2026-01-01T00:00:00Z`"));
        }
        if let Some(signature) = self.params.given("Signature")
            && self.params.given("AccessKeyId") == Some(DEFAULT_KEY_ID)
            && !v1::verify(&self.method, &self.params, DEFAULT_SECRET, signature)
        {
            findings.add(line, "the signature is not the one that the built-in key gives for this request");
        }
        self.params.given("Action")
    }

    /// Finds required parameters that are missing and parameters that the table does not tell.
    fn compare(&self, table: &[Param<'_>], line: usize, findings: &mut Findings) {
        let known: Vec<String> = table.iter().map(|param| numbered(param.name)).collect();
        let name_of = |(name, value): (&str, &str)| {
            let name = numbered(name);
            // A list may also be sent as one JSON array.
            let list = format!("{name}.N");
            if value.starts_with('[') && known.contains(&list) { list } else { name }
        };
        let given: Vec<String> = self.params.iter().map(name_of).collect();
        let in_headers = self.is_signed_over_headers();
        for param in table.iter().filter(|param| param.required) {
            let name = numbered(param.name);
            let stands_alone = !name.trim_end_matches(".N").contains('.');
            let is_told = in_headers && matches!(param.name, "Action" | "Version");
            let within = format!("{name}.");
            if stands_alone
                && !is_told
                && !given.iter().any(|given| *given == name || given.starts_with(&within))
            {
                findings.add(line, format!("the request lacks `{}`, which is required", param.name));
            }
        }
        for name in given.iter().filter(|name| !index::is_common(name) && !known.contains(name)) {
            findings.add(line, format!("the request has `{name}`, of which the table tells nothing"));
        }
    }
}

/// A name with `N` for each number in it.
fn numbered(name: &str) -> String {
    let word = |word: &str| {
        let counts = word == "n" || (!word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()));
        if counts { "N".to_owned() } else { word.to_owned() }
    };
    name.split('.').map(word).collect::<Vec<_>>().join(".")
}
