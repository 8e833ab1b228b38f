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
        ("zones/cn-hangzhou-h/instance_types", json!(["ecs.g99.large"]), "no instance type ecs.g99.large"),
        ("zones/cn-hangzhou-h/stock", json!({ "ecs.g99.large": 1 }), "no instance type ecs.g99.large"),
        ("accounts/1000000000000001/entitlements/instance_types", json!(["ecs.g99.large"]), "ecs.g99.large"),
        ("images/m-bp1market0000000gpu001/supported_families", json!(["ecs.g99"]), "family ecs.g99"),
        ("instance_types", json!({ "ecs.g5.large": null }), "names the type ecs.g5.large; take it off there"),
        ("instance_types/ecs.g99.large", json!({ "vcpu": 2 }), "missing field"),
        ("instance_types/ecs.g5.large/vcpu", json!(0), "vcpu"),
        ("instance_types/ecs.g5.large/colour", json!("red"), "colour"),
        ("instance_types/ecs.g5.large/io_optimized", json!("both"), "disk_categories.none"),
        (
            "instance_types",
            json!({ "g99": read(&Story::begin(), "instance_types/ecs.g5.large") }),
            "a name such as",
        ),
        ("disk_categories", json!({ "floppy": {} }), "floppy"),
        ("disk_categories", json!({ "cloud": null }), "cloud"),
        ("disk_categories/cloud_essd/PL1/data_gib/min", json!(0), "1 to 65536 GiB"),
        ("disk_categories/cloud/price_per_gib_hour", json!("cheap"), "money"),
        ("prices/spot_percent", json!(0), "1 to 100 percent"),
        ("prices", json!({ "discount": 1 }), "discount"),
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
fn what_is_sold_is_stored_only_where_it_is_other_than_built_in() {
    let story = Story::begin();
    let facts = |path: &str| read(&story, path).expect("it is there");
    let types = facts("instance_types");
    patch(&story, "instance_types/ecs.g5.large", json!({ "price_per_hour": 1, "vcpu": 4 })).expect("it fits");
    patch(&story, "disk_categories/cloud_essd/PL2/price_per_gib_hour", json!(0.004)).expect("it fits");
    patch(&story, "prices", json!({ "hours_per_month": 500 })).expect("it fits");
    assert_eq!(facts("instance_types/ecs.g5.large/vcpu"), json!(4));
    assert_eq!(facts("instance_types/ecs.g5.large/memory_mib"), json!(8192));
    assert_eq!(facts("disk_categories/cloud_essd/PL2/price_per_gib_hour"), json!(0.004));
    assert_eq!(facts("prices/hours_per_week"), json!(108));
    let added = story.dump().len() - Story::begin().dump().len();
    // What is changed is one row; the other is the move of the market price in each zone that has the type.
    assert!(
        added > 1 && story.cloud().export(None).expect("it can").matches("\"table\":\"wares\"").count() == 1
    );

    let g5 = types["ecs.g5.large"].clone();
    patch(&story, "instance_types/ecs.g5.large", g5).expect("it fits");
    patch(&story, "disk_categories/cloud_essd/PL2/price_per_gib_hour", json!(0.003)).expect("it fits");
    patch(&story, "prices", json!({ "hours_per_month": 430 })).expect("it fits");
    assert_eq!(facts("instance_types"), types);
    assert!(!story.cloud().export(None).expect("it can").contains("\"table\":\"wares\""));
}

#[test]
fn a_type_comes_and_goes_with_what_names_it() {
    let story = Story::begin();
    let facts = |path: &str| read(&story, path).expect("it is there");
    let g8y = facts("instance_types/ecs.g8y.large");
    patch(&story, "instance_types/ecs.m9.large", g8y.clone()).expect("a type that nothing names yet");
    patch(&story, "accounts/1000000000000001/entitlements/instance_types", json!(["ecs.m9.large"]))
        .expect("it is there");
    let sentence =
        patch(&story, "instance_types", json!({ "ecs.m9.large": null })).expect_err("somebody is invited");
    assert!(sentence.contains("the account 1000000000000001 is invited to ecs.m9.large"), "{sentence}");
    let sentence =
        patch(&story, "instance_types", json!({ "ecs.gn6i-c4g1.xlarge": null })).expect_err("zones sell it");
    assert!(sentence.contains("the zone"), "{sentence}");
    let go = json!({
        "accounts": { "1000000000000001": { "entitlements": { "instance_types": [] } } },
        "instance_types": { "ecs.m9.large": null },
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
