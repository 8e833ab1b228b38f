//! What a disk becomes: category, performance level, speed and price.

use moyun_cloud::ecs::disk::given::{essd_free, essd_subscribed, one_auto};
use moyun_cloud::errors::{PerformanceLevelTooLow, SubscriptionCannotDowngrade};
use moyun_cloud::story::Story;
use serde_json::{Value, json};

use crate::given::balance;

#[test]
fn a_change_shows_at_once_in_level_and_speed() {
    let mut story = Story::begin();
    essd_free(&mut story);
    assert_eq!(shown(&mut story, "$d", &["PerformanceLevel", "IOPS"]), json!(["PL1", 26_800]));
    story.call("ModifyDiskSpec", "DiskId=$d&PerformanceLevel=PL2");
    assert_eq!(shown(&mut story, "$d", &["PerformanceLevel", "IOPS"]), json!(["PL2", 29_000]));
    story.call("ModifyDiskSpec", "DiskId=$d&PerformanceLevel=PL1");
    story.call("ModifyDiskSpec", "DiskId=$d&DiskCategory=cloud_efficiency");
    assert_eq!(shown(&mut story, "$d", &["Category", "IOPS"]), json!(["cloud_efficiency", 5000]));
}

#[test]
fn provisioned_iops_come_on_top_and_go_with_the_category() {
    let mut story = Story::begin();
    one_auto(&mut story);
    story.call("ModifyDiskSpec", "DiskId=$d&ProvisionedIops=50000");
    assert_eq!(shown(&mut story, "$d", &["ProvisionedIops", "IOPS"]), json!([50_000, 56_800]));
    story.call("ModifyDiskSpec", "DiskId=$d&DiskCategory=cloud_essd");
    assert_eq!(shown(&mut story, "$d", &["PerformanceLevel", "IOPS"]), json!(["PL1", 6800]));
}

#[test]
fn a_subscription_pays_the_difference_and_only_goes_up() {
    let mut story = Story::begin();
    essd_subscribed(&mut story);
    let before = balance(&story);
    story.call("ModifyDiskSpec", "DiskId=$data&PerformanceLevel=PL2");
    // 500 GiB at 0.0015 more an hour, for the 31 days of January: 444.33 begun hours of 430 a month.
    assert_eq!(amount(&before) - amount(&balance(&story)), 0.75 * 445.0);
    for (change, row) in [
        ("PerformanceLevel=PL1", &PerformanceLevelTooLow),
        ("DiskCategory=cloud_auto", &SubscriptionCannotDowngrade),
    ] {
        let refusal = story.try_call("ModifyDiskSpec", &format!("DiskId=$data&{change}")).unwrap_err();
        assert_eq!(refusal.row, row);
    }
}

fn shown(story: &mut Story, disk: &str, fields: &[&str]) -> Value {
    let request = format!("RegionId=cn-hangzhou&DiskIds=[\"{}\"]", story.named(disk.trim_start_matches('$')));
    let disk = story.call("DescribeDisks", &request)["Disks"]["Disk"][0].clone();
    fields.iter().map(|field| disk[*field].clone()).collect()
}

fn amount(balance: &Value) -> f64 {
    balance.as_f64().expect("a balance is a number")
}
