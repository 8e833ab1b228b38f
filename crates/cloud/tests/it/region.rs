//! Regions and zones: what the world says about them shows at once, and what is listed is what is offered.

use std::collections::BTreeSet;

use moyun_cloud::catalog::accounts::AccountFacts;
use moyun_cloud::catalog::disk_categories::DiskCategory;
use moyun_cloud::catalog::instance_types::NetworkType;
use moyun_cloud::catalog::offer;
use moyun_cloud::catalog::wares::Wares;
use moyun_cloud::catalog::{regions, zones};
use moyun_cloud::story::Story;
use serde_json::{Value, json};

const G6: &str = "RegionId=cn-hangzhou&DestinationResource=InstanceType&InstanceType=ecs.g6.large";

#[test]
fn a_zone_put_off_sale_offers_nothing_until_it_sells_again() {
    let mut story = Story::begin();
    assert_eq!(supply(&mut story, G6, "cn-hangzhou-h"), Some(("Available", "WithStock")));
    assert!(zone(&mut story, "cn-hangzhou-h")["AvailableResourceCreation"].to_string().contains("Instance"));

    story.patch("zones/cn-hangzhou-h", json!({ "sale": "off" }));
    assert_eq!(supply(&mut story, G6, "cn-hangzhou-h"), Some(("SoldOut", "ClosedWithoutStock")));
    assert_eq!(supply(&mut story, G6, "cn-hangzhou-i"), Some(("Available", "WithStock")));
    let closed = zone(&mut story, "cn-hangzhou-h");
    assert_eq!(closed["AvailableResourceCreation"]["ResourceTypes"], json!(["VSwitch"]));
    assert_eq!(closed["AvailableInstanceTypes"]["InstanceTypes"], json!([]));
    assert_eq!(closed["AvailableDiskCategories"]["DiskCategories"], json!([]));
    assert_eq!(closed["AvailableResources"]["ResourcesInfo"], json!([]));

    story.patch("zones/cn-hangzhou-h", json!({ "sale": "on" }));
    assert_eq!(supply(&mut story, G6, "cn-hangzhou-h"), Some(("Available", "WithStock")));
}

#[test]
fn a_type_without_stock_is_sold_out_in_its_zone_only() {
    let mut story = Story::begin();
    story.patch("zones/cn-hangzhou-h/stock", json!({ "ecs.g6.large": 0, "ecs.n1.small": 0 }));
    assert_eq!(supply(&mut story, G6, "cn-hangzhou-h"), Some(("SoldOut", "WithoutStock")));
    assert_eq!(supply(&mut story, G6, "cn-hangzhou-g"), Some(("Available", "WithStock")));
    let old = "RegionId=cn-hangzhou&DestinationResource=Zone&InstanceType=ecs.n1.small";
    assert_eq!(supply(&mut story, old, "cn-hangzhou-h"), Some(("SoldOut", "ClosedWithoutStock")));
    assert_eq!(supply(&mut story, old, "cn-hangzhou-g"), Some(("Available", "ClosedWithStock")));
    let types = zone(&mut story, "cn-hangzhou-h")["AvailableInstanceTypes"].to_string();
    assert!(!types.contains("ecs.g6.large") && types.contains("ecs.g7.large"), "{types}");

    story.patch("zones/cn-hangzhou-h/stock", json!({ "ecs.g6.large": 1 }));
    assert_eq!(supply(&mut story, G6, "cn-hangzhou-h"), Some(("Available", "WithStock")));
}

#[test]
fn zones_are_listed_to_those_who_may_use_them() {
    let mut story = Story::begin();
    assert_eq!(zone(&mut story, "cn-hangzhou-a"), Value::Null, "retired");
    assert_eq!(zone(&mut story, "cn-hangzhou-j"), Value::Null, "by invitation");

    story.patch("accounts/1000000000000001/entitlements", json!({ "zones": ["cn-hangzhou-j"] }));
    assert_eq!(zone(&mut story, "cn-hangzhou-j")["ZoneId"], "cn-hangzhou-j");
    assert_eq!(supply(&mut story, G6, "cn-hangzhou-j"), Some(("Available", "WithStock")));
}

#[test]
fn types_and_disks_by_grant_are_offered_to_those_who_have_it() {
    let mut story = Story::begin();
    let invited = "RegionId=cn-hangzhou&DestinationResource=Zone&InstanceType=ecs.re4e.40xlarge";
    let local = "RegionId=cn-hangzhou&DestinationResource=Zone&InstanceType=ecs.s3.large\
                 &SystemDiskCategory=ephemeral_ssd";
    assert_eq!(supply(&mut story, invited, "cn-hangzhou-h"), None);
    assert_eq!(supply(&mut story, local, "cn-hangzhou-b"), None);

    let grants = json!({ "instance_types": ["ecs.re4e.40xlarge"], "disk_categories": ["ephemeral_ssd"] });
    story.patch("accounts/1000000000000001/entitlements", grants);
    assert_eq!(supply(&mut story, invited, "cn-hangzhou-h"), Some(("Available", "WithStock")));
    assert_eq!(supply(&mut story, local, "cn-hangzhou-b"), Some(("Available", "ClosedWithStock")));
}

#[test]
fn a_region_that_sells_nothing_of_a_kind_is_sold_out() {
    let mut story = Story::begin();
    let status = |story: &mut Story, request: &str| {
        let reply = story.call("DescribeRegions", request);
        let regions = reply["Regions"]["Region"].as_array().unwrap();
        let region = regions.iter().find(|region| region["RegionId"] == "us-west-1").unwrap();
        region["Status"].as_str().unwrap().to_owned()
    };
    assert_eq!(status(&mut story, ""), "available");
    story.patch("zones/us-west-1a", json!({ "sale": "off" }));
    assert_eq!(status(&mut story, ""), "available");
    story.patch("zones/us-west-1b", json!({ "creatable": ["Disk"] }));
    assert_eq!(status(&mut story, ""), "soldOut");
    assert_eq!(status(&mut story, "ResourceType=disk"), "available");
}

#[test]
fn what_is_listed_is_what_zones_offer() {
    let mut story = Story::begin();
    let account = AccountFacts::standard("owner@moyun.local");
    for region in regions::all() {
        for network in [NetworkType::Vpc, NetworkType::Classic] {
            for io_optimized in [true, false] {
                for category in DiskCategory::ALL {
                    let listed = listed(&mut story, region.id, network, io_optimized, *category);
                    let offered = offered(&account, region.id, network, io_optimized, *category);
                    assert_eq!(listed, offered, "{} {network:?} {io_optimized} {category:?}", region.id);
                }
            }
        }
    }
}

/// Zone and type of everything available.
fn listed(
    story: &mut Story,
    region: &str,
    network: NetworkType,
    io_optimized: bool,
    category: DiskCategory,
) -> BTreeSet<(String, String)> {
    let request = format!(
        "RegionId={region}&DestinationResource=InstanceType&NetworkCategory={}&IoOptimized={}\
         &SystemDiskCategory={}",
        network.wire_name(),
        if io_optimized { "optimized" } else { "none" },
        category.wire_name()
    );
    let reply = story.call("DescribeAvailableResource", &request);
    let mut pairs = BTreeSet::new();
    for zone in reply["AvailableZones"]["AvailableZone"].as_array().expect("a list is always there") {
        let resources = &zone["AvailableResources"]["AvailableResource"][0]["SupportedResources"];
        let resources = resources["SupportedResource"].as_array().expect("a list is always there");
        for resource in resources.iter().filter(|resource| resource["Status"] == "Available") {
            let id = zone["ZoneId"].as_str().expect("ids and statuses are texts").to_owned();
            pairs.insert((id, resource["Value"].as_str().expect("ids and statuses are texts").to_owned()));
        }
    }
    pairs
}

/// Zone and type of everything that the account could create, by the rules of creation.
fn offered(
    account: &AccountFacts,
    region: &str,
    network: NetworkType,
    io_optimized: bool,
    category: DiskCategory,
) -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    for (id, zone) in zones::builtin_zones().into_iter().filter(|(_, zone)| zone.region == region) {
        for kind in Wares::built_in().types() {
            let may_buy = offer::is_open_to(&id, &zone, account)
                && offer::may_use_type(account, kind)
                && offer::may_use_category(account, category);
            if may_buy
                && offer::is_on_sale(&zone)
                && offer::zone_offers(&zone, kind, network, io_optimized, category)
            {
                pairs.insert((id.clone(), kind.id.to_owned()));
            }
        }
    }
    pairs
}

/// Status and StatusCategory of a zone in an answer of DescribeAvailableResource, if it is there.
fn supply(story: &mut Story, request: &str, zone: &str) -> Option<(&'static str, &'static str)> {
    let reply = story.call("DescribeAvailableResource", request);
    let zones = reply["AvailableZones"]["AvailableZone"].as_array().expect("a list is always there");
    let found = zones.iter().find(|found| found["ZoneId"] == zone)?;
    let word = |name: &str| {
        let words =
            ["Available", "SoldOut", "WithStock", "WithoutStock", "ClosedWithStock", "ClosedWithoutStock"];
        words.into_iter().find(|word| found[name] == *word).expect("a known word")
    };
    Some((word("Status"), word("StatusCategory")))
}

/// A zone of cn-hangzhou in DescribeZones; null when it is not listed.
fn zone(story: &mut Story, id: &str) -> Value {
    let reply = story.call("DescribeZones", "RegionId=cn-hangzhou");
    let zones = reply["Zones"]["Zone"].as_array().expect("a list is always there");
    zones.iter().find(|zone| zone["ZoneId"] == id).cloned().unwrap_or(Value::Null)
}
