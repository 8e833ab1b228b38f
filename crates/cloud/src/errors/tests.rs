//! Rules over the whole catalogue.

use std::collections::{BTreeMap, BTreeSet};

use super::common::ActionUnknown;
use super::neighbour::call::{ParametersConflict, RequiredParameterMissing};
use super::{ApiError, ErrorRow, all};

/// The published rows, byte for byte: id, code, status, message, Chinese note.
const GOLDEN: &str = include_str!("../../tests/golden/errors.tsv");

fn published() -> Vec<Vec<&'static str>> {
    GOLDEN.lines().skip(1).map(|line| line.split('\t').collect()).collect()
}

fn triple(row: &ErrorRow) -> (&'static str, u16, &'static str) {
    (row.code, row.status, row.message)
}

fn is_published(row: &&ErrorRow) -> bool {
    !row.id.starts_with('N')
}

#[test]
fn published_rows_equal_the_golden_file() {
    let published = published();
    assert_eq!(published.len(), 153);
    let ours: BTreeMap<&str, &ErrorRow> = all().filter(is_published).map(|row| (row.id, row)).collect();
    assert_eq!(ours.len(), published.len());
    for fields in published {
        let row = ours[fields[0]];
        assert_eq!(vec![row.id, row.code, &row.status.to_string(), row.message], fields[..4]);
        if fields[4].is_empty() {
            assert!(!row.note_zh.is_empty(), "{} has no Chinese note", row.id);
        } else {
            assert_eq!(row.note_zh, fields[4], "{}", row.id);
        }
    }
}

#[test]
fn ids_and_names_are_unique() {
    let ids: BTreeSet<_> = all().map(|row| row.id).collect();
    let names: BTreeSet<_> = all().map(|row| row.name).collect();
    assert_eq!((ids.len(), names.len()), (all().count(), all().count()));
}

#[test]
fn neighbours_never_repeat_a_row() {
    let mut seen: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for row in all() {
        seen.entry(triple(row)).or_default().push(row.id);
    }
    let twice: Vec<_> = seen.into_values().filter(|ids| ids.len() > 1).collect();
    // The published tables themselves hold these two under both headings.
    assert_eq!(twice, [["C040", "I090"], ["C042", "I094"]]);
}

#[test]
fn only_neighbours_name_values() {
    assert!(all().filter(is_published).all(|row| !row.message.contains(['{', '}'])));
}

#[test]
fn every_row_is_an_error_with_words_in_both_languages() {
    for row in all() {
        assert!((400..=503).contains(&row.status), "{}", row.name);
        assert!(row.doc.ends_with('.') && !row.doc.contains("  "), "{}: {}", row.name, row.doc);
        assert!(row.note_zh.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}", row.name);
    }
}

#[test]
fn a_message_is_filled_with_its_values() {
    assert_eq!(
        RequiredParameterMissing.with("name", "ImageId").message(),
        "The input parameter ImageId that is mandatory for processing this request is not supplied."
    );
    assert_eq!(
        ParametersConflict.with("first", "{second}").with("second", "B").message(),
        "The specified parameters {second} and B cannot be used together."
    );
    assert_eq!(ApiError::from(&ActionUnknown).message(), ActionUnknown.message);
}

#[test]
fn a_client_may_retry_what_passes_by_itself() {
    let mut retried: Vec<&str> =
        all().filter(is_published).filter(|row| row.may_pass_later()).map(|row| row.id).collect();
    retried.sort_unstable();
    let by_time = ["C020", "C022", "C023", "C035", "C045", "I003", "I042", "I066", "I076", "I103"];
    let by_repair = ["C046", "C047", "C048", "I105"];
    let mut expected = [&by_time[..], &by_repair].concat();
    expected.sort_unstable();
    assert_eq!(retried, expected);
}
