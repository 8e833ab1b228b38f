//! What is judged of every call: the region that it means, and that a refusal changes nothing.

use moyun_cloud::ecs::instance::creation::given::base;
use moyun_cloud::errors::{
    CreationFault, DependencyUnintelligible, DryRunPassed, ErrorRow, InternalFault, RegionUnderMaintenance,
    ServiceDown, VpcIdUnknown,
};
use moyun_cloud::story::Story;
use moyun_cloud::vpc::given::one_vpc;
use serde_json::json;

/// The call is refused by this row and changes nothing.
fn refused(story: &mut Story, action: &str, request: &str, row: &'static ErrorRow) {
    let before = story.dump();
    let refusal = story.try_call(action, request).expect_err("the call is refused");
    assert_eq!(refusal.row, row, "{action} {request}");
    assert!(story.dump() == before, "{action} {request} changed something");
}

#[test]
fn a_region_that_is_down_refuses_everything_but_its_own_description() {
    let mut story = Story::begin();
    one_vpc(&mut story);
    story.patch("regions/cn-hangzhou/state", json!("unavailable"));
    refused(&mut story, "Vpc:CreateVpc", "RegionId=cn-hangzhou", &ServiceDown);
    refused(&mut story, "Vpc:DescribeVpcs", "RegionId=cn-hangzhou", &ServiceDown);
    story.call("Vpc:CreateVpc", "RegionId=cn-beijing");
    let regions = story.call("DescribeRegions", "");
    let regions = regions["Regions"]["Region"].as_array().unwrap();
    let down = regions.iter().find(|region| region["RegionId"] == "cn-hangzhou").unwrap();
    assert_eq!(down["Status"], "unavailable");

    story.patch("regions/cn-hangzhou/state", json!("normal"));
    story.call("Vpc:CreateVpc", "RegionId=cn-hangzhou");
}

#[test]
fn a_call_without_region_is_judged_by_the_region_of_its_resource() {
    let mut story = Story::begin();
    one_vpc(&mut story);
    story.patch("regions/cn-hangzhou/state", json!("unavailable"));
    refused(&mut story, "Vpc:DeleteVpc", "VpcId=$vpc", &ServiceDown);
    refused(&mut story, "Vpc:DeleteVpc", "VpcId=vpc-unknown", &VpcIdUnknown);
    story.patch("regions/cn-hangzhou/state", json!("normal"));
    story.call("Vpc:DeleteVpc", "VpcId=$vpc");
}

#[test]
fn maintenance_begins_and_ends_by_the_clock() {
    let mut story = Story::begin();
    one_vpc(&mut story);
    let window = json!([{ "from": "2026-01-01T01:00:00Z", "to": "2026-01-01T02:00:00Z" }]);
    story.patch("regions/cn-hangzhou/maintenance", window);
    story.call("Vpc:CreateVpc", "RegionId=cn-hangzhou");
    story.pass_ms(3_600_000);
    refused(&mut story, "Vpc:CreateVpc", "RegionId=cn-hangzhou", &RegionUnderMaintenance);
    refused(&mut story, "Vpc:DeleteVpc", "VpcId=$vpc", &RegionUnderMaintenance);
    story.call("Vpc:CreateVpc", "RegionId=cn-beijing");
    story.call("DescribeRegions", "");
    story.pass_ms(3_600_000);
    story.call("Vpc:DeleteVpc", "VpcId=$vpc");
}

const CREATION: &str = "RegionId=cn-hangzhou&SecurityGroupId=$g&VSwitchId=$w&InstanceType=ecs.g5.large\
    &ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&SystemDisk.Category=cloud_efficiency";

#[test]
fn a_part_of_the_cloud_that_fails_fails_what_needs_it_and_nothing_changes() {
    for (part, vpc_row, creation_row) in [
        ("compute", None, Some(&CreationFault)),
        ("block-storage", None, Some(&CreationFault)),
        ("network", Some(&InternalFault), Some(&CreationFault)),
        ("state-store", Some(&InternalFault), Some(&CreationFault)),
        ("kms", None, None),
    ] {
        for state in ["failing", "unreachable"] {
            let mut story = Story::begin();
            base(&mut story);
            story.patch(&format!("components/{part}"), json!({ "state": state }));
            for (action, request, row) in
                [("Vpc:CreateVpc", "RegionId=cn-hangzhou", vpc_row), ("RunInstances", CREATION, creation_row)]
            {
                match row {
                    None => drop(story.call(action, request)),
                    Some(row) => {
                        refused(&mut story, action, request, row);
                        refused(&mut story, action, &format!("{request}&DryRun=true"), &DryRunPassed);
                    }
                }
            }
            story.call("DescribeInstances", "RegionId=cn-hangzhou");
            story.patch(&format!("components/{part}"), json!({ "state": "ok" }));
            story.call("RunInstances", CREATION);
        }
    }
}

#[test]
fn a_service_beside_the_cloud_matters_to_the_requests_that_need_it() {
    for (service, needs_it) in [
        ("kms", "DataDisk.1.Category=cloud_efficiency&DataDisk.1.Size=40&DataDisk.1.Encrypted=true"),
        ("billing", "InstanceChargeType=PrePaid&Period=1"),
    ] {
        let mut story = Story::begin();
        base(&mut story);
        let request = format!("{CREATION}&{needs_it}");
        story.patch(&format!("components/{service}/state"), json!("failing"));
        refused(&mut story, "RunInstances", &request, &DependencyUnintelligible);
        story.call("RunInstances", CREATION);
        story.patch(&format!("components/{service}/state"), json!("ok"));
        story.call("RunInstances", &request);
    }
}
