//! Disks at the edges of what their categories allow.

use moyun_cloud::ecs::instance::creation::given::{base, ephemeral};
use moyun_cloud::errors::{
    DataDiskSizeInvalid, DataDiskTooLarge, ErrorRow, SystemDiskTooLarge, SystemDiskTooSmall,
};
use moyun_cloud::story::Story;

const OPTIMIZED: &str = "RegionId=cn-hangzhou&SecurityGroupId=$g&VSwitchId=$w&DryRun=true";
const PLAIN: &str = "RegionId=cn-hangzhou&SecurityGroupId=$g&VSwitchId=$w&InstanceType=ecs.s2.large\
    &IoOptimized=none&DryRun=true";

/// Category and level, the type to try it with, the sizes of system disks and those of data disks.
type Row = (&'static str, &'static str, (u64, u64), (u64, u64));

const ROWS: &[Row] = &[
    ("cloud_efficiency", "ecs.g6.large", (20, 2048), (20, 32_768)),
    ("cloud_ssd", "ecs.g6.large", (20, 2048), (20, 32_768)),
    ("cloud_essd", "ecs.g6.large", (20, 2048), (20, 65_536)),
    ("cloud_essd PL0", "ecs.g6.large", (1, 2048), (1, 65_536)),
    ("cloud_essd PL1", "ecs.g6.large", (20, 2048), (20, 65_536)),
    ("cloud_essd PL2", "ecs.g6.large", (461, 2048), (461, 65_536)),
    ("cloud_essd PL3", "ecs.g6.large", (1261, 2048), (1261, 65_536)),
    ("cloud_auto", "ecs.g6.large", (1, 2048), (1, 65_536)),
    ("cloud_essd_entry", "ecs.u1-c1m2.large", (10, 2048), (10, 32_768)),
];

const PLAIN_ROWS: &[Row] = &[
    ("cloud", "ecs.s2.large", (20, 500), (5, 2000)),
    ("ephemeral_ssd", "ecs.s2.large", (20, 500), (5, 800)),
];

#[test]
fn disks_of_optimized_instances_stay_within_the_bounds_of_their_category() {
    let mut story = Story::begin();
    base(&mut story);
    ROWS.iter().for_each(|row| check_edges(&mut story, OPTIMIZED, row));
}

#[test]
fn disks_of_plain_instances_stay_within_the_bounds_of_their_category() {
    let mut story = Story::begin();
    ephemeral(&mut story);
    PLAIN_ROWS.iter().for_each(|row| check_edges(&mut story, PLAIN, row));
}

fn check_edges(story: &mut Story, request: &str, (disk, kind, system, data): &Row) {
    let (category, level) = disk.split_once(' ').unwrap_or((disk, ""));
    // An image of the size of the smallest disk, so that only the category counts.
    let image = "centos_7_9_x64_20G_alibase_20230815.vhd";
    story.patch(&format!("images/{image}"), serde_json::json!({ "size": 1 }));
    let common = format!(
        "{request}&ImageId={image}&InstanceType={kind}&SystemDisk.Category={category}\
        &SystemDisk.PerformanceLevel={level}"
    );
    for (size, row) in [
        (system.0 - 1, (system.0 > 1).then_some(&SystemDiskTooSmall)),
        (system.0, None),
        (system.1, None),
        (system.1 + 1, Some(&SystemDiskTooLarge)),
    ] {
        if size > 0 {
            judge(story, &format!("{common}&SystemDisk.Size={size}"), row);
        }
    }
    let common = format!(
        "{common}&SystemDisk.Size={}&DataDisk.1.Category={category}&DataDisk.1.PerformanceLevel={level}",
        system.0
    );
    for (size, row) in [
        (data.0 - 1, Some(&DataDiskSizeInvalid)),
        (data.0, None),
        (data.1, None),
        (data.1 + 1, Some(&DataDiskTooLarge)),
    ] {
        judge(story, &format!("{common}&DataDisk.1.Size={size}"), row);
    }
}

/// A rehearsal passes, or is refused by the row.
fn judge(story: &mut Story, request: &str, row: Option<&'static ErrorRow>) {
    let refusal = story.try_call("RunInstances", request).expect_err("a rehearsal never answers normally");
    assert_eq!(refusal.row.name, row.map_or("DryRunPassed", |row| row.name), "{request}");
}
