//! The fact behind every refusal of the creations is shown by a call that has a field for it.

use std::collections::BTreeSet;

use moyun_cloud::case::Expect;
use moyun_cloud::registry::ACTIONS;

/// Rows about the request alone: what it says is no value, or its own parts exclude each other.
const OF_THE_REQUEST: &str = "I007 I008 I009 I010 I011 I012 I015 I016 I019 I020 I021 I025 I030 I034 I035 I037 I038 I040 \
    I050 I056 I091 I096";

/// Rows about facts for which no reply of the published interface has a field; the world document shows them.
const WITHOUT_FIELD: [(&str, &str); 21] = [
    ("I001", "what an account owes is a matter of billing, which ECS does not tell"),
    (
        "I017",
        "that VPCs of a region have elastic addresses alone is a property of the region without a field",
    ),
    ("I018", "the same"),
    ("I024", "whether KMS is open is told by KMS"),
    ("I026", "where disks can be encrypted is a property of the region without a field"),
    ("I027", "which categories can be encrypted has no field"),
    ("I032", "who is admitted to spot instances has no field"),
    ("I033", "the same"),
    ("I052", "policies are told by RAM to those who may read it; the caller here may not"),
    ("I055", "that the marketplace gave a product up is told by the marketplace"),
    ("I063", "payment methods are a matter of billing"),
    ("I068", "as I052"),
    ("I069", "who may use user data has no field"),
    ("I078", "which categories are filled from snapshots has no field"),
    ("I080", "how many licences an account bought is told by the marketplace"),
    ("I082", "DescribeRegions lists all regions to everybody"),
    ("I086", "a zone that is gone is listed nowhere"),
    ("I094", "what never was a region is listed nowhere"),
    ("I101", "what never was a zone is listed nowhere"),
    ("I104", "payment methods are a matter of billing"),
    ("I105", "a component that fails tells nobody"),
];

#[test]
fn every_row_of_the_creations_is_shown_or_has_its_reason() {
    let shown: BTreeSet<&str> = cases().filter(|case| case.1).map(|case| case.0).collect();
    let of_the_request: BTreeSet<&str> = OF_THE_REQUEST.split_whitespace().collect();
    let without_field: BTreeSet<&str> = WITHOUT_FIELD.into_iter().map(|(row, _)| row).collect();
    let rows: BTreeSet<String> = (1..=105).map(|n| format!("I{n:03}")).collect();
    for row in &rows {
        let places = [&shown, &of_the_request, &without_field];
        let places = places.iter().filter(|places| places.contains(row.as_str())).count();
        assert_eq!(places, 1, "{row} is shown, about the request, or without a field: one of these");
    }
    let all = shown.iter().chain(&of_the_request).chain(&without_field);
    let unknown: Vec<_> = all.filter(|row| row.starts_with('I') && !rows.contains(**row)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// The refusals of the creations: their rows, and whether a call shows the fact.
fn cases() -> impl Iterator<Item = (&'static str, bool)> {
    let creations = ACTIONS.iter().filter(|entry| entry.spec.creates_instances);
    creations.flat_map(|entry| entry.cases).filter_map(|case| match case.expect {
        Expect::Row(row) => Some((row.id, case.shown.is_some())),
        Expect::Reply => None,
    })
}
