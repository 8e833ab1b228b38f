//! Every limit of a creation is where the world says it is: what reaches it is taken, what passes it is refused.

use moyun_cloud::ecs::instance::creation::given::{base, zone_b};
use moyun_cloud::errors::{self, ErrorRow};
use moyun_cloud::story::Story;
use moyun_cloud::world::DEFAULT_ACCOUNT;
use serde_json::{Value, json};

use crate::creation::REQUEST;

/// A limit of the account, the request that reaches it and the one that passes it.
type Limit = (fn(u32) -> Value, fn(u32) -> String, &'static ErrorRow);

/// A request for so many instances.
fn amount(count: u32) -> String {
    format!("Amount={count}")
}

fn quota(name: &str, count: u32) -> Value {
    json!({ "quotas": { name: count } })
}

/// Requests of a size: at the limit they pass, one above it they do not.
const COUNTS: &[Limit] = &[
    (|n| quota("postpaid_instances", n), amount, &errors::PostPaidInstanceQuotaExceeded),
    (|n| quota("instances_per_vpc", n), amount, &errors::VpcInstanceQuotaExceeded),
    (|n| quota("instances_per_security_group", n), amount, &errors::SecurityGroupFull),
    (
        |n| quota("portable_cloud_disks", n),
        |n| format!("Amount={n}&DataDisk.1.Size=20"),
        &errors::TooManyPortableDisks,
    ),
    (
        |n| json!({ "quotas": { "internet_bandwidth_max": { "PayByTraffic": n } } }),
        |n| format!("InternetMaxBandwidthOut={n}"),
        &errors::BandwidthAboveAccountCeiling,
    ),
    (
        |n| json!({ "quotas": { "internet_bandwidth_max": { "PayByBandwidth": n } } }),
        |n| format!("InternetChargeType=PayByBandwidth&InternetMaxBandwidthOut={n}"),
        &errors::BandwidthAboveAccountCeiling,
    ),
    (
        |n| json!({ "marketplace": { "subscriptions": { "cmjj000001": n } } }),
        |n| format!("ImageId=m-bp1market0000000lamp01&Amount={n}"),
        &errors::MarketImageLicencesUsedUp,
    ),
    (
        |n| json!({ "entitlements": { "spot": { "durations": [n] } } }),
        |n| format!("SpotStrategy=SpotAsPriceGo&SpotDuration={n}"),
        &errors::SpotParameterNotGranted,
    ),
    (
        // An instance of this type with its disk costs 292.40 a month.
        |n| json!({ "billing": { "balance": 100, "credit_limit": f64::from(2924 * n - 1000) / 10.0 } }),
        |n| format!("InstanceChargeType=PrePaid&Period=1&Amount={n}"),
        &errors::BalanceTooLow,
    ),
];

#[test]
fn the_limits_of_an_account_are_where_the_world_puts_them() {
    for (fact, request, row) in COUNTS {
        for limit in [2, 5] {
            let mut story = begin();
            story.patch(&format!("accounts/{DEFAULT_ACCOUNT}"), fact(limit));
            rehearse(&mut story, &request(limit), &errors::DryRunPassed);
            rehearse(&mut story, &request(limit + 1), row);
        }
    }
}

#[test]
fn creations_at_once_are_counted_against_what_the_world_allows() {
    for limit in [1, 3] {
        let mut story = begin();
        story.patch(&format!("accounts/{DEFAULT_ACCOUNT}"), quota("concurrent_instance_creations", limit));
        for _ in 0..limit {
            story.call("RunInstances", REQUEST);
        }
        rehearse(&mut story, "", &errors::TooManyConcurrentCreations);
        story.pass_ms(10_000);
        rehearse(&mut story, "", &errors::DryRunPassed);
    }
}

#[test]
fn stock_and_market_prices_are_what_the_world_says() {
    for stock in [2, 5] {
        let mut story = begin();
        story.patch("zones/cn-hangzhou-h", json!({ "stock": { "ecs.g5.large": stock } }));
        rehearse(&mut story, &amount(stock), &errors::DryRunPassed);
        rehearse(&mut story, &amount(stock + 1), &errors::OutOfStock);
    }
    for (price, below) in [(0.05, "0.049"), (2.5, "2.499")] {
        let mut story = begin();
        story.patch("zones/cn-hangzhou-h", json!({ "spot_prices": { "ecs.g5.large": price } }));
        let bid = |limit: &str| format!("SpotStrategy=SpotWithPriceLimit&SpotPriceLimit={limit}");
        rehearse(&mut story, &bid(&price.to_string()), &errors::DryRunPassed);
        rehearse(&mut story, &bid(below), &errors::SpotPriceLimitBelowMarket);
    }
}

#[test]
fn an_image_is_as_large_and_fits_as_the_world_says() {
    let image = "images/centos_7_9_x64_20G_alibase_20230815.vhd";
    for size in [60, 100] {
        let mut story = begin();
        story.patch(image, json!({ "size": size }));
        rehearse(&mut story, &format!("SystemDisk.Size={size}"), &errors::DryRunPassed);
        rehearse(&mut story, &format!("SystemDisk.Size={}", size - 1), &errors::SystemDiskSmallerThanImage);
    }
    for (facts, row) in [
        (json!({ "os_type": "windows" }), &errors::DryRunPassed),
        (json!({ "architecture": "i386", "bits": 32 }), &errors::ImageDoesNotFitMemory),
        (json!({ "architecture": "arm64" }), &errors::ImageExcludesInstanceType),
        (json!({ "supported_families": ["ecs.g6"] }), &errors::ImageExcludesInstanceType),
        (json!({ "product_code": "cmjj000002" }), &errors::MarketImageNotSubscribed),
    ] {
        let mut story = begin();
        story.patch(image, facts);
        rehearse(&mut story, "", row);
    }
}

#[test]
fn what_is_in_the_making_takes_as_long_as_the_world_says() {
    type Making = (&'static str, fn(&mut Story), &'static str, &'static ErrorRow);
    let makings: [Making; 3] = [
        ("vswitch_pending_ms", v_switch, "VSwitchId=$new", &errors::VSwitchPending),
        ("snapshot_ms", snapshot, "DataDisk.1.SnapshotId=$new", &errors::SnapshotNotReady),
        (
            "hpc_cluster_create_ms",
            hpc_cluster,
            "HpcClusterId=$new&InstanceType=ecs.scch5.16xlarge&SystemDisk.Category=cloud_ssd",
            &errors::HpcClusterCreating,
        ),
    ];
    for (latency, make, request, row) in makings {
        for ms in [700, 90_000] {
            let mut story = begin();
            story.patch("limits", json!({ "latency": { latency: ms } }));
            make(&mut story);
            story.pass_ms(ms - 1);
            rehearse(&mut story, request, row);
            story.pass_ms(1);
            rehearse(&mut story, request, &errors::DryRunPassed);
        }
    }
}

#[test]
fn what_a_zone_offers_is_what_the_world_says() {
    let mut story = Story::begin();
    zone_b(&mut story);
    let more = "InstanceType=ecs.g6.large&SystemDisk.Category=cloud_essd";
    rehearse(&mut story, more, &errors::ZoneLacksInstanceType);
    story.patch("zones/cn-hangzhou-b", json!({ "instance_types": ["ecs.g6.large"] }));
    rehearse(&mut story, more, &errors::ZoneLacksDiskCategory);
    story.patch("zones/cn-hangzhou-b", json!({ "disk_categories": ["cloud_essd"] }));
    rehearse(&mut story, more, &errors::DryRunPassed);
    rehearse(&mut story, "", &errors::ZoneLacksInstanceType);
}

fn begin() -> Story {
    let mut story = Story::begin();
    base(&mut story);
    story
}

fn v_switch(story: &mut Story) {
    let request = "RegionId=cn-hangzhou&VpcId=$v&ZoneId=cn-hangzhou-h&CidrBlock=10.0.2.0/24";
    story.make("new", "Vpc:CreateVSwitch", request, "VSwitchId");
}

fn snapshot(story: &mut Story) {
    let disk = "RegionId=cn-hangzhou&ZoneId=cn-hangzhou-h&DiskCategory=cloud_efficiency&Size=20";
    story.make("disk", "CreateDisk", disk, "DiskId");
    story.make("new", "CreateSnapshot", "DiskId=$disk", "SnapshotId");
}

fn hpc_cluster(story: &mut Story) {
    story.make("new", "CreateHpcCluster", "RegionId=cn-hangzhou&Name=waves", "HpcClusterId");
}

fn rehearse(story: &mut Story, more: &str, row: &'static ErrorRow) {
    let request = format!("{REQUEST}&{more}&DryRun=true");
    let refusal = story.try_call("RunInstances", &request).expect_err("a rehearsal answers no reply");
    assert_eq!(refusal.row.name, row.name, "{more}");
}
