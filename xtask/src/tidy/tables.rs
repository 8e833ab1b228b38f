//! The rules that two kinds of records never share a table, and that the list of all kinds names each.

use std::collections::BTreeMap;

use super::Finding;
use super::tree::Tree;

/// A table's number stands in every stored key: where two kinds of records have one, they overwrite each other.
pub(super) fn table_numbers_are_unique(tree: &Tree) -> Vec<Finding> {
    let mut known = BTreeMap::<u16, String>::new();
    let mut findings = Vec::new();
    for (path, text) in tree.texts().filter(|(path, _)| path.starts_with("crates/cloud/src/")) {
        for (number, line) in numbers(text) {
            if let Some(other) = known.insert(number, format!("{path}:{line}")) {
                findings.push(Finding::new(path, line, format!("table {number} is that of {other} already")));
            }
        }
    }
    findings
}

/// Where every kind of record is listed.
const KINDS: &str = "crates/cloud/src/tables.rs";

/// A kind that the list lacks is neither checked nor copied.
pub(super) fn every_kind_is_listed(tree: &Tree) -> Vec<Finding> {
    let listed = tree.texts().find(|(path, _)| *path == KINDS).map(|(_, text)| text).unwrap_or_default();
    let sources = tree.texts().filter(|(path, _)| path.starts_with("crates/cloud/src/") && !is_test(path));
    let kinds = sources.flat_map(|(path, text)| kinds(text).into_iter().map(move |kind| (path, kind)));
    kinds
        .filter(|(_, (kind, _))| !listed.contains(&format!("kind::<{kind}>(")))
        .map(|(path, (kind, line))| Finding::new(path, line, format!("{KINDS} does not list {kind}")))
        .collect()
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs")
}

/// The types in `impl Record for T` and `TFacts = N, "name"`, as the list names them, with their lines.
fn kinds(text: &str) -> Vec<(String, usize)> {
    let kind_in = |line: &str| {
        let record = || line.strip_prefix("impl Record for ")?.strip_suffix(" {").map(str::to_owned);
        let (facts, rest) = line.trim_start().split_once(" = ").unzip();
        let facts = facts.filter(|name| name.ends_with("Facts") && !name.contains(' '));
        let facts = facts.filter(|_| rest.is_some_and(|rest: &str| rest.contains(", \"")));
        facts.map(|name| format!("Fact<{name}>")).or_else(record)
    };
    text.lines().enumerate().filter_map(|(at, line)| Some((kind_in(line)?, at + 1))).collect()
}

/// The numbers in `const TABLE: Table = Table { id: N, ..`, and in tables of facts (`Facts = N, "name"`), with their lines.
fn numbers(text: &str) -> Vec<(u16, usize)> {
    let number_in = |line: &str| {
        let fact =
            || line.split_once("Facts = ").filter(|(_, rest)| rest.contains(", \"")).map(|(_, rest)| rest);
        let rest = line.split_once("Table { id: ").map(|(_, rest)| rest).or_else(fact)?;
        rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    };
    text.lines().enumerate().filter_map(|(at, line)| Some((number_in(line)?, at + 1))).collect()
}

#[cfg(test)]
mod tests {
    use super::{kinds, numbers};

    #[test]
    fn numbers_of_records_and_facts_are_found() {
        let text = "    const TABLE: Table = Table { id: 7, name: \"a\" };\n    LimitFacts = 10, \"limits\";\n    id: 9\n";
        assert_eq!(numbers(text), [(7, 1), (10, 2)]);
    }

    #[test]
    fn kinds_of_records_and_facts_are_found() {
        let text =
            "impl Record for Disk {\nimpl<F: Facts> Record for Fact<F> {\n    LimitFacts = 10, \"limits\";\n";
        assert_eq!(kinds(text), [("Disk".to_owned(), 1), ("Fact<LimitFacts>".to_owned(), 3)]);
    }
}
