//! The world document: what can be said, what is refused with a sentence, and that nothing is applied by halves.

use moyun_cloud::story::Story;
use moyun_cloud::world::PatchError;
use serde_json::{Value, json};

fn patch(story: &Story, path: &str, patch: Value) -> Result<(), String> {
    let path = path.split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect();
    story.cloud().patch_world(path, patch).map_err(|error| match error {
        PatchError::Refused(sentence) => sentence,
        PatchError::Fault(fault) => panic!("{}", fault.chain()),
    })
}

fn read(story: &Story, path: &str) -> Option<Value> {
    let path: Vec<String> = path.split('/').map(str::to_owned).collect();
    story.cloud().world(&path).expect("the engine of a story does not fail")
}

#[test]
fn impossible_facts_are_refused_with_a_sentence_and_nothing_is_applied() {
    let snapshot = json!({ "account": "1000000000000001", "region": "cn-hangzhou", "disk_kind": "data", "size": 40,
        "creation_time": "2013-07-01T00:00:00Z" });
    let with = |name: &str, value: Value| {
        let mut snapshot = snapshot.clone();
        snapshot[name] = value;
        json!({ "s-imported": snapshot })
    };
    let table = [
        ("zones/cn-moon-a", json!({ "region": "cn-moon" }), "cn-moon"),
        ("zones/cn-hangzhou-h/region", json!("cn-moon"), "no region cn-moon"),
        ("regions", json!({ "cn-hangzhou": null }), "cn-hangzhou-"),
        ("access_keys/LTAI-new", json!({ "secret": "s", "account": "1999999999999999" }), "no account 1999"),
        ("access_keys/LTAI-new", json!({ "account": "1000000000000001" }), "secret"),
        ("accounts", json!({ "1000000000000001": null }), "LTAI5tMoyunLocalTest"),
        ("accounts/somebody", json!({}), "uid"),
        ("accounts/1000000000000002", json!({ "login_name": "owner@moyun.local" }), "1000000000000001"),
        ("accounts/1999999999999999/billing", json!({ "balance": "1.00" }), "no accounts/1999999999999999"),
        ("accounts/1000000000000001/resource_grants", json!(["1999999999999999"]), "no account"),
        ("accounts/1000000000000001/entitlements/zones", json!(["cn-moon-a"]), "no zone"),
        ("accounts/1000000000000001/entitlements/regions", json!(["cn-moon"]), "no region"),
        ("limits/throttle", json!({ "RunInstancez": "1/min" }), "RunInstancez"),
        ("limits/throttle", json!({ "DescribeRegions": "often" }), "often"),
        ("limits/latency/create_commit_ms", json!(-1), "-1"),
        ("components", json!({ "compute": null }), "compute"),
        ("components/coffee", json!({ "state": "ok" }), "coffee"),
        ("snapshots", with("size", json!(0)), "GiB"),
        ("snapshots", with("account", json!("1999999999999999")), "no account"),
        ("snapshots", with("region", json!("cn-moon")), "no region"),
        ("snapshots", with("disk_kind", json!("floppy")), "floppy"),
        ("snapshots", json!({ "imported": snapshot }), "s-"),
    ];
    let story = Story::begin();
    let before = story.dump();
    for (path, change, word) in table {
        let sentence = patch(&story, path, change.clone()).expect_err("the patch is refused");
        assert!(sentence.contains(word), "{path} {change}: {sentence}");
        assert!(story.dump() == before, "{path} {change} changed something");
    }
}

#[test]
fn what_belongs_together_may_come_and_go_in_one_patch() {
    let story = Story::begin();
    let facts = |path: &str| read(&story, path).expect("it is there");
    let (region, mut zone) = (facts("regions/cn-hangzhou"), facts("zones/cn-hangzhou-h"));
    zone["region"] = json!("cn-moon");
    let come = json!({
        "access_keys": { "LTAI-new": { "secret": "s", "account": 1000000000000002u64 } },
        "accounts": { "1000000000000002": { "resource_grants": ["1000000000000001"] } },
        "zones": { "cn-moon-a": zone }, "regions": { "cn-moon": region },
    });
    patch(&story, "", come).expect("it fits");
    assert_eq!(
        read(&story, "accounts/1000000000000002/login_name"),
        Some(json!("1000000000000002@moyun.local"))
    );
    assert_eq!(read(&story, "access_keys/LTAI-new/kind"), Some(json!("owner")));
    let go = json!({
        "accounts": { "1000000000000002": null }, "access_keys": { "LTAI-new": null },
        "regions": { "cn-moon": null }, "zones": { "cn-moon-a": null },
    });
    patch(&story, "", go).expect("it fits");
    assert!(story.dump() == Story::begin().dump());
}

#[test]
fn snapshots_are_imported_by_id() {
    let story = Story::begin();
    let facts = json!({ "account": "1000000000000001", "region": "cn-hangzhou", "disk_kind": "data", "size": 40,
        "creation_time": "2013-07-01T00:00:00Z" });
    patch(&story, "snapshots/s-imported", facts).expect("it is possible");
    assert_eq!(read(&story, "snapshots/s-imported/category"), Some(json!("standard")));
    assert_eq!(read(&story, "snapshots/s-imported/encrypted"), Some(json!(false)));
    patch(&story, "snapshots", json!({ "s-imported": null })).expect("it goes");
    assert_eq!(read(&story, "snapshots"), Some(json!({})));
}

#[test]
fn every_path_of_the_document_can_be_read_and_patched_with_what_it_holds() {
    let story = Story::begin();
    let document =
        story.cloud().world(&[]).expect("the engine of a story does not fail").expect("it is there");
    for (section, things) in document.as_object().expect("the document is an object") {
        assert_eq!(read(&story, section).as_ref(), Some(things), "{section}");
        patch(&story, section, things.clone()).unwrap_or_else(|sentence| panic!("{section}: {sentence}"));
    }
    assert!(story.dump() == Story::begin().dump());
}
