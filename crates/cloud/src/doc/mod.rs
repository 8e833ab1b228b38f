//! The reference: one page for each action, always in the same form, made from its definition and its cases.

mod example;
mod form;
mod indent;
mod index;
mod limits;
mod page;
mod rows;
mod texts;

pub use form::{FORM, Heading, Language};
pub use texts::{Audit, audit};

use std::collections::BTreeMap;

use crate::registry::{ACTIONS, Entry};

/// Every file of the reference in every language, by its path below `docs/reference`.
pub fn reference() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for language in Language::ALL {
        files.insert(format!("{}/README.md", language.folder()), index::render(language));
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

/// The page of an action in a language.
pub fn page_of(entry: &'static Entry, language: Language) -> String {
    page::render(entry, &example::record(entry), language)
}

/// Where the page of an action lies within a language.
pub fn path(entry: &Entry) -> String {
    format!("{}/{}.md", entry.spec.product.name().to_lowercase(), entry.spec.name)
}
