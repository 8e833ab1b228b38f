//! What the search of the site knows.

use std::collections::BTreeMap;

use serde_json::json;

use crate::doc::form::Language;
use crate::doc::texts::Wanted;
use crate::doc::{common, error_centre, path, site};
use crate::errors;
use crate::registry::ACTIONS;

/// A script that names every page of a language: its title, its address within the language, what it is, and its gist.
pub(super) fn index(language: Language) -> String {
    let mut pages = vec![];
    for entry in ACTIONS {
        let gist = Wanted::action(entry).text(language).split("\n\n").next().unwrap_or_default();
        pages.push(json!([entry.spec.name, site::address(&path(entry)), entry.spec.product.name(), gist]));
    }
    for (path, title) in common::titles(language) {
        pages.push(json!([title, site::address(&path), language.pick("公共内容", "Common"), ""]));
    }
    // One page tells all rows of a code.
    let mut codes: BTreeMap<&str, (u16, Vec<&str>)> = BTreeMap::new();
    for row in errors::all() {
        let (_, gists) = codes.entry(error_centre::file(row.code)).or_insert((row.status, vec![]));
        gists.push(language.pick(row.note_zh, row.doc));
    }
    for (code, (status, gists)) in codes {
        let address = site::address(&format!("errors/{code}.md"));
        pages.push(json!([code, address, status.to_string(), gists.join(" ")]));
    }
    format!("globalThis.moyunPages = {};\n", json!(pages))
}
