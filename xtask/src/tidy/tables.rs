//! The rule that two kinds of records never share a table.

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
    use super::numbers;

    #[test]
    fn numbers_of_records_and_facts_are_found() {
        let text = "    const TABLE: Table = Table { id: 7, name: \"a\" };\n    LimitFacts = 10, \"limits\";\n    id: 9\n";
        assert_eq!(numbers(text), [(7, 1), (10, 2)]);
    }
}
