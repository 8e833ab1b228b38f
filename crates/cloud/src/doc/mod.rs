//! The reference: one page for each action, always in the same form, made from its definition and its cases.

mod check;
mod common;
mod error_centre;
mod example;
mod form;
mod indent;
mod index;
mod limits;
mod metadata;
mod page;
mod rows;
pub mod site;
mod texts;

pub use check::{Finding, check};
pub use form::{FORM, Heading, Language};
pub use metadata::{all_metadata, metadata};
pub use texts::{Audit, audit};

use std::collections::{BTreeMap, BTreeSet};

use crate::registry::{ACTIONS, Entry};
use crate::spec::{Product, RegionUse};

/// Every file of the reference in every language, by its path below `docs/reference`.
pub fn reference() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let recorded = error_centre::record(|_| true);
    for language in Language::ALL {
        files.insert(format!("{}/README.md", language.folder()), index::render(language));
        let pages = common::pages(language).chain(error_centre::pages(&recorded, language));
        files.extend(pages.map(|(path, text)| (format!("{}/{path}", language.folder()), text)));
    }
    for entry in ACTIONS {
        let recorded = example::record(entry);
        for language in Language::ALL {
            let path = format!("{}/{}", language.folder(), path(entry));
            files.insert(path, page::render(entry, &recorded, language));
        }
    }
    files
}

/// The actions whose example lists nothing: none of their cases answers with an item.
pub fn empty_examples() -> Vec<&'static str> {
    let is_empty = |entry: &&Entry| !example::record(entry).lists_something();
    ACTIONS.iter().filter(is_empty).map(|entry| entry.spec.name).collect()
}

/// One file of the reference by its path below `docs/reference`, made without the others.
pub fn file(path: &str) -> Option<String> {
    let (folder, within) = path.split_once('/')?;
    let language = Language::ALL.into_iter().find(|language| language.folder() == folder)?;
    if within == "README.md" {
        return Some(index::render(language));
    }
    if let Some(entry) = ACTIONS.iter().find(|entry| self::path(entry) == within) {
        return Some(page::render(entry, &example::record(entry), language));
    }
    common::page(within, language).or_else(|| error_centre::page(within, language))
}

/// Facts of the world whose meaning no page tells, and meanings of facts that the world does not have.
pub fn audit_world() -> (Vec<String>, Vec<String>) {
    common::audit()
}

/// The pages of the actions alone, by their path below `docs/reference`.
pub fn action_pages() -> impl Iterator<Item = (String, String)> {
    let is_action = |path: &str| {
        let folder = path.split('/').nth(1).unwrap_or_default();
        Product::ALL.iter().any(|product| product.ram_code() == folder)
    };
    reference().into_iter().filter(move |(path, _)| is_action(path))
}

/// The whole name of every parameter of an action that is not common to all.
pub fn parameter_names(entry: &'static Entry) -> BTreeSet<String> {
    let spec = entry.spec;
    let of_kind = [
        ("RegionId", spec.region != RegionUse::None),
        ("DryRun", spec.dry_run.is_some()),
        ("ClientToken", spec.idempotent),
    ];
    let of_kind = of_kind.into_iter().filter(|(_, is_taken)| *is_taken).map(|(name, _)| name.to_owned());
    of_kind.chain(rows::params(spec.params).into_iter().map(|row| row.name)).collect()
}

/// The whole name of every field of an action's reply, and of what holds it: `Regions`, `Regions.Region`, ….
pub fn field_names(entry: &'static Entry) -> BTreeSet<String> {
    let mut names = BTreeSet::from(["RequestId".to_owned()]);
    rows::add_paths("", entry.spec.reply, &mut names);
    names
}

/// Where the page of an error code lies within a language.
pub fn path_of_code(code: &str) -> String {
    format!("errors/{}.md", error_centre::file(code))
}

/// Where the page of an action lies within a language.
pub fn path(entry: &Entry) -> String {
    format!("{}/{}.md", entry.spec.product.name().to_lowercase(), entry.spec.name)
}
