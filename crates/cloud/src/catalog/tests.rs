//! Rules over the whole catalogue.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::catalog::accounts::{AccessKeyFacts, AccountFacts};
use crate::catalog::disk_categories::{DiskCategory, DiskFacts, PerformanceLevel};
use crate::catalog::images::{self, ImageFacts};
use crate::catalog::instance_types::{
    Architecture, InstanceType, IoMode, NetworkType, family_of, is_type_id,
};
use crate::catalog::limits::{self, LimitFacts};
use crate::catalog::money::Money;
use crate::catalog::regions::{self, RegionFacts};
use crate::catalog::text::Span;
use crate::catalog::wares::{PriceFacts, WareChanges, Wares};
use crate::catalog::zones::{self, Access, Creatable, Lifecycle, Sale, Stock, ZoneFacts};

/// The value survives being written to a document and read again.
fn survives_documents<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
    let text = toml::to_string(&BTreeMap::from([("value", value)])).unwrap();
    let read: BTreeMap<String, T> = toml::from_str(&text).unwrap();
    assert_eq!(&read["value"], value, "{text}");
}

/// What the document says after one of its fields is set to something else.
fn changed<T: Serialize + DeserializeOwned>(facts: &T, pointer: &str, value: Value) -> Result<T, String> {
    let mut document = serde_json::to_value(facts).unwrap();
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    document.pointer_mut(parent).unwrap()[field] = value;
    serde_json::from_value(document).map_err(|error| error.to_string())
}

fn zone(id: &str) -> ZoneFacts {
    zones::find(id).unwrap().facts()
}

fn types() -> Vec<InstanceType> {
    Wares::built_in().types().iter().map(|kind| (**kind).clone()).collect()
}

#[test]
fn the_tables_are_complete() {
    assert_eq!(types().len(), 45);
    assert_eq!(images::all().len(), 18);
    assert_eq!(regions::all().len(), 8);
    assert_eq!(zones::all().len(), 27);
    let ids: BTreeSet<_> = types().into_iter().map(|kind| kind.id).collect();
    assert_eq!(ids.len(), 45);
    let ids: BTreeSet<_> = zones::all().iter().map(zones::Zone::id).collect();
    assert_eq!(ids.len(), 27);
}

#[test]
fn built_in_facts_are_valid_and_survive_documents() {
    for (_, facts) in regions::builtin_regions() {
        facts.validate().unwrap();
        survives_documents(&facts);
    }
    for (_, facts) in zones::builtin_zones() {
        facts.validate().unwrap();
        assert!(regions::find(&facts.region).is_some());
        survives_documents(&facts);
    }
    for (_, facts) in images::builtin_images() {
        facts.validate().unwrap();
        survives_documents(&facts);
    }
    for (_, facts) in limits::builtin_components() {
        facts.validate().unwrap();
        survives_documents(&facts);
    }
    let account = AccountFacts::standard("owner@moyun.local");
    account.validate().unwrap();
    survives_documents(&account);
    let key = AccessKeyFacts::of_owner("1000000000000001", "moyun-local-secret");
    key.validate().unwrap();
    survives_documents(&key);
    LimitFacts::default().validate().unwrap();
    survives_documents(&LimitFacts::default());
    for kind in types() {
        assert!(is_type_id(&kind.id), "{}", kind.id);
        kind.validate().unwrap();
        // Its name is not part of what the document says about it.
        survives_documents(&InstanceType { id: String::new(), ..kind });
    }
    let disks = DiskFacts::default();
    disks.validate().unwrap();
    survives_documents(&disks);
    PriceFacts::default().validate().unwrap();
    survives_documents(&PriceFacts::default());
}

#[test]
fn only_what_is_other_than_built_in_is_kept() {
    let mut changes = WareChanges::default();
    let g5 = (**Wares::built_in().find_type("ecs.g5.large").unwrap()).clone();
    let dearer = InstanceType { price_per_hour: Money::yuan(1), ..g5.clone() };
    changes.put_type("ecs.g5.large", Some(dearer.clone()));
    changes.put_type("ecs.zz9.large", Some(dearer.clone()));
    changes.put_type("ecs.t1.small", None);
    let wares = Wares::changed(&changes);
    let ids: Vec<&str> = wares.types().iter().map(|kind| &*kind.id).collect();
    let mut expected: Vec<String> = types().into_iter().map(|kind| kind.id).collect();
    expected.retain(|id| id != "ecs.t1.small");
    expected.push("ecs.zz9.large".to_owned());
    assert_eq!(ids, expected);
    assert_eq!(**wares.find_type("ecs.g5.large").unwrap(), dearer);

    changes.put_type("ecs.g5.large", Some(g5));
    changes.put_type("ecs.zz9.large", None);
    changes.put_type("ecs.t1.small", Some((**Wares::built_in().find_type("ecs.t1.small").unwrap()).clone()));
    changes.put_disks(DiskFacts::default());
    changes.put_prices(PriceFacts::default());
    assert_eq!(changes, WareChanges::default());
}

#[test]
fn impossible_wares_are_refused_with_a_sentence() {
    let refuses = |result: Result<(), String>| assert!(result.is_err_and(|sentence| sentence.ends_with('.')));
    let g5 = (**Wares::built_in().find_type("ecs.g5.large").unwrap()).clone();
    for (pointer, value) in [
        ("/vcpu", json!(0)),
        ("/memory_mib", json!(0)),
        ("/io_optimized", json!("both")),
        ("/io_optimized", json!("none")),
        ("/network_types", json!([])),
        ("/max_data_disks", json!(17)),
        ("/price_per_hour", json!(-1)),
        ("/gpu", json!({ "amount": 0, "spec": "NVIDIA T4", "memory_gib": 16 })),
    ] {
        refuses(changed::<InstanceType>(&g5, pointer, value).unwrap().validate());
    }
    let disks = DiskFacts::default();
    for (pointer, value) in [
        ("/cloud/system_gib", json!({ "min": 0, "max": 500 })),
        ("/cloud/data_gib", json!({ "min": 50, "max": 5 })),
        ("/cloud_essd/PL2/data_gib", json!({ "min": 1, "max": 65537 })),
        ("/cloud_essd/PL2/price_per_gib_hour", json!(-0.001)),
    ] {
        refuses(changed::<DiskFacts>(&disks, pointer, value).unwrap().validate());
    }
    assert!(changed::<DiskFacts>(&disks, "/floppy", json!({})).is_err());
    for (pointer, value) in
        [("/hours_per_week", json!(169)), ("/hours_per_month", json!(745)), ("/spot_percent", json!(0))]
    {
        refuses(changed::<PriceFacts>(&PriceFacts::default(), pointer, value).unwrap().validate());
    }
    for name in ["ecs.g5", "ecs.g5.large.", "ecs..large", "ecs.-.large", "rds.g5.large", "ecs.g5.lar/ge"] {
        assert!(!is_type_id(name), "{name}");
    }
}

#[test]
fn families_leave_out_size_and_what_follows_a_dash() {
    assert_eq!(family_of("ecs.g5.large"), "ecs.g5");
    assert_eq!(family_of("ecs.t5-lc2m1.nano"), "ecs.t5");
    assert_eq!(family_of("ecs.gn6i-c4g1.xlarge"), "ecs.gn6i");
    assert_eq!(family_of("ecs.u1-c1m2.large"), "ecs.u1");
    assert_eq!(family_of("ecs.scch5.16xlarge"), "ecs.scch5");
    let wares = Wares::built_in();
    let names: Vec<_> = wares.families().map(InstanceType::family).collect();
    assert_eq!(names.len(), names.iter().collect::<BTreeSet<_>>().len());
    assert!(wares.families().all(|kind| kind.generation_name().starts_with("ecs-")));
}

#[test]
fn types_of_every_io_mode_are_built_in() {
    let modes = |mode| types().iter().filter(|kind| kind.io_optimized == mode).count();
    assert_eq!((modes(IoMode::None), modes(IoMode::Both), modes(IoMode::Opt)), (4, 4, 37));
}

#[test]
fn special_types_are_marked() {
    let marked = |is: fn(&InstanceType) -> bool| -> Vec<String> {
        types().into_iter().filter(is).map(|kind| kind.id).collect()
    };
    assert_eq!(marked(|row| row.by_invitation), ["ecs.re4e.40xlarge"]);
    assert_eq!(marked(|row| row.architecture == Architecture::Arm64), ["ecs.g8y.large"]);
    assert_eq!(
        marked(|row| row.hpc_cluster),
        ["ecs.scch5.16xlarge", "ecs.sccg5.24xlarge", "ecs.sccgn6.24xlarge"]
    );
    assert_eq!(marked(|row| row.network_types.contains(&NetworkType::Classic)).len(), 14);
    assert_eq!(marked(|row| row.retired).len(), 10);
    assert_eq!(marked(|row| row.burstable.is_some()).len(), 4);
    assert_eq!(marked(|row| row.max_data_disks == 4).len(), 8);
}

#[test]
fn prices_follow_from_the_list_price() {
    let wares = Wares::built_in();
    let g5 = wares.find_type("ecs.g5.large").unwrap();
    assert_eq!(g5.price_per_hour, Money::milli(660));
    assert_eq!(wares.spot_price(g5), Money::milli(132));
}

#[test]
fn disk_sizes_end_where_the_table_says() {
    let disks = DiskFacts::default();
    let edges = |category: DiskCategory, level| {
        let limits = disks.limits(category, level);
        [limits.system_gib.min, limits.system_gib.max, limits.data_gib.min, limits.data_gib.max]
    };
    assert_eq!(edges(DiskCategory::Cloud, None), [20, 500, 5, 2000]);
    assert_eq!(edges(DiskCategory::CloudEfficiency, None), [20, 2048, 20, 32768]);
    assert_eq!(edges(DiskCategory::CloudSsd, None), [20, 2048, 20, 32768]);
    assert_eq!(edges(DiskCategory::CloudEssd, Some(PerformanceLevel::Pl0)), [1, 2048, 1, 65536]);
    assert_eq!(edges(DiskCategory::CloudEssd, None), [20, 2048, 20, 65536]);
    assert_eq!(edges(DiskCategory::CloudEssd, Some(PerformanceLevel::Pl2)), [461, 2048, 461, 65536]);
    assert_eq!(edges(DiskCategory::CloudEssd, Some(PerformanceLevel::Pl3)), [1261, 2048, 1261, 65536]);
    assert_eq!(edges(DiskCategory::CloudAuto, None), [1, 2048, 1, 65536]);
    assert_eq!(edges(DiskCategory::CloudEssdEntry, None), [10, 2048, 10, 32768]);
    assert_eq!(edges(DiskCategory::EphemeralSsd, None), [20, 500, 5, 800]);
    for category in DiskCategory::ALL {
        let limits = disks.limits(*category, None);
        let is_cloud = *category != DiskCategory::EphemeralSsd;
        assert_eq!((limits.encryptable, limits.portable), (is_cloud, is_cloud));
        assert_eq!(limits.data_gib_of_instance, (!is_cloud).then_some(1024));
    }
    let spans = [disks.system_gib(DiskCategory::CloudEssd), disks.data_gib(DiskCategory::CloudEssd)];
    assert_eq!(spans.map(|sizes| (sizes.min, sizes.max)), [(1, 2048), (1, 65536)]);
}

#[test]
fn wire_names_are_those_of_documents() {
    for category in DiskCategory::ALL {
        assert_eq!(serde_json::to_value(category).unwrap(), category.wire_name());
        assert_eq!(DiskCategory::find(category.wire_name()), Some(*category));
        assert_eq!(category.level(None).is_some(), *category == DiskCategory::CloudEssd);
    }
    for level in PerformanceLevel::ALL {
        assert_eq!(serde_json::to_value(level).unwrap(), level.wire_name());
        assert_eq!(PerformanceLevel::find(level.wire_name()), Some(*level));
    }
    for image in images::all() {
        let facts = serde_json::to_value(image.facts()).unwrap();
        assert_eq!(facts["architecture"], image.architecture.wire_name());
        assert_eq!(facts["os_type"], image.os_type.wire_name());
    }
    let h = serde_json::to_value(zone("cn-hangzhou-h")).unwrap();
    assert_eq!(h["creatable"], json!(["Instance", "Disk", "VSwitch"]));
    assert_eq!(
        (&h["sale"], &h["access"], &h["lifecycle"]),
        (&json!("on"), &json!("public"), &json!("active"))
    );
    assert_eq!(h["network_types"], json!(["vpc"]));
}

#[test]
fn zones_offer_what_the_table_says() {
    assert_eq!(zone("cn-hangzhou-a").lifecycle, Lifecycle::Retired);
    assert_eq!(zone("cn-hangzhou-f").sale, Sale::Off);
    assert_eq!(zone("cn-hangzhou-j").access, Access::Invited);
    assert_eq!(zone("cn-beijing-a").creatable, [Creatable::Disk, Creatable::VSwitch]);
    assert!(zone("cn-hangzhou-b").vpc_io_optimized && !zone("cn-qingdao-b").vpc_io_optimized);
    assert!(zone("cn-qingdao-b").network_types.contains(&NetworkType::Classic));
    let sells =
        |id: &str, instance_type: &str| zone(id).instance_types.iter().any(|sold| sold == instance_type);
    assert!(sells("cn-hangzhou-h", "ecs.scch5.16xlarge") && !sells("cn-hongkong-b", "ecs.scch5.16xlarge"));
    assert!(sells("cn-hangzhou-i", "ecs.g6.large") && !sells("cn-hangzhou-g", "ecs.g7.large"));
    assert!(sells("us-west-1a", "ecs.gn5-c4g1.xlarge") && !sells("ap-southeast-1c", "ecs.g5.large"));
    assert!(!zone("cn-hangzhou-i").disk_categories.contains(&DiskCategory::CloudSsd));
}

#[test]
fn every_type_is_sold_somewhere_with_a_disk_that_it_takes() {
    for row in types() {
        let takes = |category: &DiskCategory| {
            row.disks(true).contains(category) || row.disks(false).contains(category)
        };
        let fits = |facts: &ZoneFacts| facts.instance_types.contains(&row.id);
        let sellers: Vec<_> = zones::all().iter().map(zones::Zone::facts).filter(fits).collect();
        assert!(!sellers.is_empty(), "{}", row.id);
        assert!(sellers.iter().all(|facts| facts.disk_categories.iter().any(takes)), "{}", row.id);
    }
}

#[test]
fn zones_are_named_after_their_city() {
    let h = zones::find("cn-hangzhou-h").unwrap();
    assert_eq!((h.name_en().as_str(), h.name_zh().as_str()), ("Hangzhou Zone H", "杭州 可用区H"));
    assert_eq!(regions::find("us-west-1").unwrap().endpoint(), "ecs.us-west-1.aliyuncs.com");
}

#[test]
fn stock_is_a_number_or_unlimited() {
    let facts =
        changed(&zone("cn-hangzhou-h"), "/stock", json!({"ecs.g5.large": 2, "ecs.g6.large": "unlimited"}));
    let facts = facts.unwrap();
    facts.validate().unwrap();
    survives_documents(&facts);
    assert_eq!(facts.stock_of("ecs.g5.large"), Stock::Units(2));
    assert_eq!(facts.stock_of("ecs.g6.large"), Stock::Unlimited);
    assert_eq!(facts.stock_of("ecs.g7.large"), Stock::Unlimited);
    assert_eq!((Stock::Units(2).at_most(3), Stock::Unlimited.at_most(3)), (2, 3));
    assert!(changed(&facts, "/stock/ecs.g5.large", json!(-1)).is_err());
    assert!(changed(&facts, "/stock/ecs.g5.large", json!("plenty")).is_err());
}

#[test]
fn unknown_fields_and_words_are_refused() {
    let h = zone("cn-hangzhou-h");
    for (pointer, value) in
        [("/error", json!("I084")), ("/sale", json!("maybe")), ("/disk_categories", json!(["floppy"]))]
    {
        assert!(changed(&h, pointer, value).is_err(), "{pointer}");
    }
    let account = AccountFacts::standard("owner@moyun.local");
    assert!(changed(&account, "/billing/currency", json!("EUR")).is_err());
    assert!(changed(&account, "/quotas/postpaid_instances", json!(-1)).is_err());
    assert!(changed(&LimitFacts::default(), "/latency/boot_ms", json!(1)).is_err());
}

#[test]
fn impossible_values_are_refused_with_a_sentence() {
    let refuses = |result: Result<(), String>| assert!(result.is_err_and(|sentence| sentence.ends_with('.')));
    let h = zone("cn-hangzhou-h");
    refuses(changed::<ZoneFacts>(&h, "/spot_prices", json!({"ecs.g5.large": 0})).unwrap().validate());
    refuses(changed::<ZoneFacts>(&h, "/spot_prices", json!({"ecs.g5.large": 0.1234})).unwrap().validate());
    let windows = json!([{"from": "2026-01-02T00:00:00Z", "to": "2026-01-01T00:00:00Z"}]);
    let hangzhou = regions::find("cn-hangzhou").unwrap().facts();
    refuses(changed::<RegionFacts>(&hangzhou, "/maintenance", windows).unwrap().validate());
    let centos = images::find("centos_7_9_x64_20G_alibase_20230815.vhd").unwrap().facts();
    for (pointer, value) in [
        ("/size", json!(0)),
        ("/bits", json!(32)),
        ("/data_disks", json!([{"device": "/dev/xvdb", "size": 0}])),
    ] {
        refuses(changed::<ImageFacts>(&centos, pointer, value).unwrap().validate());
    }
    let limits = LimitFacts::default();
    for (pointer, value) in [
        ("/client_token_ttl", json!("0s")),
        ("/max_in_flight", json!(0)),
        ("/latency/image_ms", json!(90_000_000)),
    ] {
        refuses(changed::<LimitFacts>(&limits, pointer, value).unwrap().validate());
    }
}

#[test]
fn impossible_accounts_are_refused() {
    let account = AccountFacts::standard("owner@moyun.local");
    for (pointer, value) in [
        ("/login_name", json!("@moyun.local")),
        ("/login_name", json!("")),
        ("/billing/credit_limit", json!(-1)),
        ("/billing/overdue_amount", json!(-0.01)),
        ("/entitlements/preview_parameters", json!(["Zone"])),
        ("/entitlements/spot/durations", json!([7])),
        ("/quotas/internet_bandwidth_max", json!({"PayByTraffic": 101})),
        ("/resource_grants", json!(["somebody"])),
    ] {
        assert!(changed::<AccountFacts>(&account, pointer, value).unwrap().validate().is_err(), "{pointer}");
    }
    let key = AccessKeyFacts::of_owner("1000000000000001", "secret");
    assert!(changed::<AccessKeyFacts>(&key, "/kind", json!("ram_user")).unwrap().validate().is_err());
}

#[test]
fn an_operator_may_write_what_the_documentation_shows() {
    let account = AccountFacts::standard("owner@moyun.local");
    for (pointer, value) in [
        ("/billing/overdue_amount", json!(35.20)),
        ("/billing/payment_methods", json!(["settlement"])),
        ("/entitlements/regions", json!(["cn-hangzhou"])),
        ("/entitlements/disk_categories", json!(["ephemeral_ssd"])),
        ("/quotas/internet_bandwidth_max", json!({"PayByTraffic": 50})),
        ("/quotas/instances_per_security_group", json!(3)),
        ("/marketplace/subscriptions", json!({"cmjj000001": 1})),
        ("/resource_grants", json!([1_000_000_000_000_002_u64])),
    ] {
        let account = changed::<AccountFacts>(&account, pointer, value).unwrap();
        account.validate().unwrap();
        survives_documents(&account);
    }
    assert_eq!(account.quotas.security_group_instances_max(NetworkType::Vpc), 2000);
    assert_eq!(account.quotas.security_group_instances_max(NetworkType::Classic), 1000);
    let limits = changed::<LimitFacts>(&LimitFacts::default(), "/throttle", json!({"RunInstances": "3/min"}));
    survives_documents(&limits.unwrap());
}

#[test]
fn a_nonce_is_remembered_while_its_timestamp_is_accepted() {
    let limits = LimitFacts { timestamp_skew: Span::seconds(1800), ..LimitFacts::default() };
    limits.validate().unwrap();
    assert_eq!(limits.nonce_retention(), Span::seconds(1800));
    assert_eq!(LimitFacts::default().nonce_retention(), Span::seconds(900));
}
