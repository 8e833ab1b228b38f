//! Types, disks and prices of a creation are what the world says, to the last GiB and the last cent.

use moyun_cloud::ecs::instance::creation::given::base;
use moyun_cloud::errors::{self, ErrorRow};
use moyun_cloud::story::Story;
use moyun_cloud::world::DEFAULT_ACCOUNT;
use serde_json::{Value, json};

use crate::creation::{REQUEST, ids};

const TYPE: &str = "instance_types/ecs.g5.large";

fn begin() -> Story {
    let mut story = Story::begin();
    base(&mut story);
    story
}

fn rehearse(story: &mut Story, more: &str, row: &'static ErrorRow) {
    let request = format!("{REQUEST}&{more}&DryRun=true");
    let refusal = story.try_call("RunInstances", &request).expect_err("a rehearsal answers no reply");
    assert_eq!(refusal.row.name, row.name, "{more}");
}

/// The account has so much, and no credit.
fn own(story: &mut Story, balance: f64) {
    let billing = json!({ "billing": { "balance": balance, "credit_limit": 0 } });
    story.patch(&format!("accounts/{DEFAULT_ACCOUNT}"), billing);
}

#[test]
fn an_order_costs_what_the_world_says_and_no_more() {
    // Type by the hour, GiB by the hour, hours of the term, the bill: (type + 40 × GiB) × hours.
    for (hour, gib, hours, bill) in [(0.75, 0.00625, 100, 100.0), (2.25, 0.0125, 700, 1925.0)] {
        for (term, name) in [("Month", "hours_per_month"), ("Week", "hours_per_week")] {
            let (hours, bill) = if term == "Week" { (hours / 10, bill / 10.0) } else { (hours, bill) };
            let mut story = begin();
            story.patch(TYPE, json!({ "price_per_hour": hour }));
            story.patch("disk_categories/cloud_efficiency", json!({ "price_per_gib_hour": gib }));
            story.patch("prices", json!({ name: hours }));
            let order = format!("InstanceChargeType=PrePaid&Period=1&PeriodUnit={term}");
            own(&mut story, bill - 0.5);
            rehearse(&mut story, &order, &errors::BalanceTooLow);
            own(&mut story, bill);
            let shown = story.call(
                "DescribePrice",
                &format!(
                    "RegionId=cn-hangzhou&InstanceType=ecs.g5.large&SystemDisk.Category=cloud_efficiency\
                     &SystemDisk.Size=40&PriceUnit={term}"
                ),
            );
            assert_eq!(shown["PriceInfo"]["Price"]["TradePrice"].as_f64(), Some(bill));
            let made = story.call("RunInstances", &format!("{REQUEST}&{order}"));
            assert_eq!(made["TradePrice"].as_f64(), Some(bill));
            assert_eq!(balance(&story), json!(0));
        }
    }
}

fn balance(story: &Story) -> Value {
    let path = ["accounts", DEFAULT_ACCOUNT, "billing", "balance"].map(str::to_owned);
    story.cloud().world(&path).expect("the engine does not fail").expect("it is there")
}

#[test]
fn the_market_follows_the_list_price() {
    for (hour, percent, price, below) in [(2.0, 20, 0.4, "0.399"), (0.66, 50, 0.33, "0.329")] {
        let mut story = begin();
        story.patch("", json!({ "prices": { "spot_percent": percent } }));
        story.patch(TYPE, json!({ "price_per_hour": hour }));
        let bid = |limit: &str| format!("SpotStrategy=SpotWithPriceLimit&SpotPriceLimit={limit}");
        rehearse(&mut story, &bid(&price.to_string()), &errors::DryRunPassed);
        rehearse(&mut story, &bid(below), &errors::SpotPriceLimitBelowMarket);
        let request = "RegionId=cn-hangzhou&InstanceType=ecs.g5.large&NetworkType=vpc&ZoneId=cn-hangzhou-h";
        let history = story.call("DescribeSpotPriceHistory", request);
        let last = history["SpotPrices"]["SpotPriceType"].as_array().and_then(|all| all.last()).cloned();
        let last = last.expect("the zone has a price");
        assert_eq!((last["SpotPrice"].as_f64(), last["OriginPrice"].as_f64()), (Some(price), Some(hour)));
    }
}

#[test]
fn a_spot_instance_is_recalled_when_the_list_price_takes_the_market_above_its_limit() {
    let mut story = begin();
    let request = format!("{REQUEST}&SpotStrategy=SpotWithPriceLimit&SpotPriceLimit=0.2&SpotDuration=0");
    story.call("RunInstances", &request);
    story.pass_ms(60_000);
    let locks = |story: &mut Story| {
        let shown = story.call("DescribeInstances", "RegionId=cn-hangzhou");
        shown["Instances"]["Instance"][0]["OperationLocks"]["LockReason"].clone()
    };
    story.patch(TYPE, json!({ "price_per_hour": 1 }));
    assert_eq!(locks(&mut story), json!([]));
    story.patch(TYPE, json!({ "price_per_hour": 1.005 }));
    assert_eq!(locks(&mut story), json!([{ "LockReason": "Recycling" }]));
}

#[test]
fn disks_are_as_small_and_as_large_as_the_world_says() {
    for (min, max) in [(7, 90), (64, 4000)] {
        let mut story = begin();
        let sizes = json!({ "min": min, "max": max });
        let limits = json!({ "system_gib": sizes, "data_gib": sizes });
        story
            .patch("disk_categories", json!({ "cloud_efficiency": limits, "cloud_essd": { "PL2": limits } }));
        story.patch("images/centos_7_9_x64_20G_alibase_20230815.vhd", json!({ "size": 1 }));
        let fitting = format!("SystemDisk.Size={min}");
        for (size, system, data) in [
            (min - 1, &errors::SystemDiskTooSmall, &errors::DataDiskSizeInvalid),
            (min, &errors::DryRunPassed, &errors::DryRunPassed),
            (max, &errors::DryRunPassed, &errors::DryRunPassed),
            (max + 1, &errors::SystemDiskTooLarge, &errors::DataDiskTooLarge),
        ] {
            rehearse(&mut story, &format!("SystemDisk.Size={size}"), system);
            rehearse(&mut story, &format!("{fitting}&DataDisk.1.Size={size}"), data);
            let essd =
                "InstanceType=ecs.g6.large&DataDisk.1.Category=cloud_essd&DataDisk.1.PerformanceLevel=PL2";
            rehearse(&mut story, &format!("{fitting}&{essd}&DataDisk.1.Size={size}"), data);
        }
        let request = "RegionId=cn-hangzhou&DestinationResource=SystemDisk&InstanceType=ecs.g5.large&ZoneId=cn-hangzhou-h";
        let shown = story.call("DescribeAvailableResource", request).to_string();
        assert!(shown.contains(&format!("\"Max\":{max},\"Min\":{min}")), "{shown}");
    }
}

#[test]
fn what_disks_can_do_is_what_the_world_says() {
    let mut story = begin();
    let encrypted = "DataDisk.1.Size=40&DataDisk.1.Encrypted=true";
    rehearse(&mut story, encrypted, &errors::DryRunPassed);
    story.patch("disk_categories/cloud_efficiency", json!({ "encryptable": false }));
    rehearse(&mut story, encrypted, &errors::CategoryCannotEncrypt);
    let kept = "DataDisk.1.Size=40&DataDisk.1.DeleteWithInstance=false";
    rehearse(&mut story, kept, &errors::DryRunPassed);
    story.patch("disk_categories/cloud_efficiency", json!({ "portable": false }));
    rehearse(&mut story, kept, &errors::EphemeralDiskDeleteWithInstance);
    for most in [80, 300] {
        let disks = |second: u64| format!("DataDisk.1.Size=40&DataDisk.2.Size={second}");
        story.patch("disk_categories/cloud_efficiency", json!({ "data_gib_of_instance": most }));
        rehearse(&mut story, &disks(most - 40), &errors::DryRunPassed);
        rehearse(&mut story, &disks(most - 39), &errors::EphemeralDisksTooLargeTogether);
    }
}

#[test]
fn a_type_is_what_the_world_says() {
    let cloud = json!({ "none": ["cloud"], "optimized": ["cloud_efficiency"] });
    let windows = "ImageId=win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd";
    let rows: [(Value, &str, &'static ErrorRow); 8] = [
        (json!({ "by_invitation": true }), "", &errors::InstanceTypeByInvitation),
        (
            json!({ "io_optimized": "both", "disk_categories": cloud }),
            "IoOptimized=none&SystemDisk.Category=cloud",
            &errors::NoZoneOffersCombination,
        ),
        (json!({ "network_types": ["classic"] }), "", &errors::NoZoneOffersCombination),
        (json!({ "architecture": "ARM" }), "", &errors::ImageExcludesInstanceType),
        (json!({ "memory_mib": 512 }), windows, &errors::ImageDoesNotFitMemory),
        (json!({ "memory_mib": 513 }), windows, &errors::DryRunPassed),
        (json!({ "hpc_cluster": true }), "", &errors::HpcClusterNecessary),
        (json!({ "disk_categories": { "optimized": ["cloud_ssd"] } }), "", &errors::TypeLacksDiskCategory),
    ];
    for (facts, more, row) in rows {
        let mut story = begin();
        story.patch(TYPE, facts.clone());
        rehearse(&mut story, more, row);
    }
    for most in [1, 5] {
        let mut story = begin();
        story.patch(TYPE, json!({ "max_data_disks": most }));
        let disks = |count: u32| (1..=count).map(|at| format!("DataDisk.{at}.Size=20&")).collect::<String>();
        rehearse(&mut story, &disks(most), &errors::DryRunPassed);
        rehearse(&mut story, &disks(most + 1), &errors::TooManyDisksForType);
    }
}

#[test]
fn instances_and_lists_tell_what_a_type_is_now() {
    let mut story = begin();
    let made = story.call("RunInstances", REQUEST);
    let machine = |story: &mut Story| {
        let shown = story.call("DescribeInstances", "RegionId=cn-hangzhou");
        let instance = &shown["Instances"]["Instance"][0];
        let attribute = story.call("DescribeInstanceAttribute", &format!("InstanceId={}", ids(&made)[0]));
        let listed = story.call("DescribeInstanceTypes", "InstanceTypes.1=ecs.g5.large");
        let listed = &listed["InstanceTypes"]["InstanceType"][0];
        assert_eq!((&instance["Cpu"], &instance["Memory"]), (&attribute["Cpu"], &attribute["Memory"]));
        assert_eq!(instance["Cpu"], listed["CpuCoreCount"]);
        assert_eq!(instance["GPUSpec"], listed["GPUSpec"]);
        [instance["Cpu"].clone(), instance["Memory"].clone(), instance["GPUSpec"].clone()]
    };
    assert_eq!(machine(&mut story), [json!(2), json!(8192), json!("")]);
    let gpu = json!({ "amount": 1, "spec": "Moon X1", "memory_gib": 4 });
    story.patch(TYPE, json!({ "vcpu": 6, "memory_mib": 12288, "gpu": gpu }));
    assert_eq!(machine(&mut story), [json!(6), json!(12288), json!("Moon X1")]);
    story.patch(TYPE, json!({ "vcpu": 2, "memory_mib": 8192, "gpu": null }));
    assert_eq!(machine(&mut story), [json!(2), json!(8192), json!("")]);
}

#[test]
fn a_type_that_the_world_adds_is_listed_sold_and_paged() {
    let mut story = begin();
    let g5 = story.cloud().world(&TYPE.split('/').map(str::to_owned).collect::<Vec<_>>());
    let g5 = g5.expect("the engine does not fail").expect("it is there");
    story.patch("instance_types", json!({ "ecs.moon.large": g5 }));
    rehearse(&mut story, "InstanceType=ecs.moon.large", &errors::NoZoneOffersCombination);
    story.patch("zones/cn-hangzhou-h", json!({ "instance_types": ["ecs.g5.large", "ecs.moon.large"] }));
    rehearse(&mut story, "InstanceType=ecs.moon.large", &errors::DryRunPassed);
    let families = story.call("DescribeInstanceTypeFamilies", "RegionId=cn-hangzhou").to_string();
    assert!(families.contains("\"ecs.moon\""), "{families}");
    let mut token = String::new();
    let mut last = vec![];
    loop {
        let page = story.call("DescribeInstanceTypes", &format!("MaxResults=10&NextToken={token}"));
        last.extend(
            page["InstanceTypes"]["InstanceType"].as_array().expect("a list is there").iter().cloned(),
        );
        token = page["NextToken"].as_str().expect("a token is a text").to_owned();
        if token.is_empty() {
            break;
        }
    }
    assert_eq!((last.len(), &last[45]["InstanceTypeId"]), (46, &json!("ecs.moon.large")));
}

#[test]
fn an_instance_tells_the_system_of_an_image_that_the_world_added() {
    let mut story = begin();
    let image = "m-moon.vhd";
    let label = json!({
        "os_name": "Moon OS 1", "os_name_zh": "月球 1", "platform": "Moon", "boot_mode": "UEFI",
        "image_family": "acs:moon", "creation_time": "2025-06-01T00:00:00Z"
    });
    let facts = json!({
        "status": "Available", "market_state": "listed", "io_optimized": true, "architecture": "x86_64",
        "bits": 64, "os_type": "windows", "size": 20, "label": label
    });
    story.patch("images", json!({ image: facts }));
    let request = REQUEST.replace("ImageId=centos_7_9_x64_20G_alibase_20230815.vhd", "ImageFamily=acs:moon");
    story.call("RunInstances", &request);
    let shown = story.call("DescribeInstances", "RegionId=cn-hangzhou");
    let instance = &shown["Instances"]["Instance"][0];
    let told = ["ImageId", "OSName", "OSNameEn", "OSType"].map(|name| instance[name].clone());
    assert_eq!(told, [json!(image), json!("月球 1"), json!("Moon OS 1"), json!("windows")]);
    let shown = story.call("DescribeImages", "RegionId=cn-hangzhou&ImageFamily=acs:moon");
    let listed = &shown["Images"]["Image"][0];
    let told = ["Platform", "BootMode", "CreationTime"].map(|name| listed[name].clone());
    assert_eq!(told, [json!("Moon"), json!("UEFI"), json!("2025-06-01T00:00:00Z")]);
}
