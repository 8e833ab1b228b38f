//! `cargo xtask tidy`: the rules of style that a machine can see.
//!
//! Each rule is a function from the tree to its findings, so that its tests need no repository.

mod files;
mod modules;
mod registry;
mod rust;
mod tables;
mod tree;

use std::fmt;

use crate::Outcome;
use tree::Tree;

/// All rules, in the order in which their findings are told.
const RULES: &[fn(&Tree) -> Vec<Finding>] = &[
    files::no_file_over_a_mebibyte,
    files::rust_files_are_short,
    files::markdown_has_one_title,
    files::open_ends_name_an_issue,
    files::no_places_of_our_machines,
    rust::functions_are_short,
    rust::no_debug_macro,
    modules::every_rust_file_is_compiled,
    registry::every_action_is_registered,
    tables::table_numbers_are_unique,
    tables::every_kind_is_listed,
];

/// Tells all findings and fails if there are any.
pub(crate) fn run() -> Outcome {
    let tree = Tree::of_repository()?;
    let findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => Ok(()),
        1 => Err("1 finding".to_owned()),
        many => Err(format!("{many} findings")),
    }
}

/// One place where a rule is broken.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    path: String,
    line: usize,
    sentence: String,
}

impl Finding {
    fn new(path: &str, line: usize, sentence: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, sentence: sentence.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finding_reads_as_a_place_and_a_sentence() {
        let finding = Finding::new("crates/wire/src/lib.rs", 7, "something is wrong");
        assert_eq!(finding.to_string(), "crates/wire/src/lib.rs:7: something is wrong");
    }
}
