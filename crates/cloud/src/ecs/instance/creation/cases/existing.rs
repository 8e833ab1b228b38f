//! Requests that end with something that is not there, or that the account may not use.

use serde_json::json;

use crate::case::Case;
use crate::ecs::hpc_cluster::given::{creating_cluster, one_cluster};
use crate::ecs::image::given::{licensed, listed_again, market_image_removed, one_creating, one_deleted};
use crate::ecs::instance::creation::cases::authorized::base_and_role;
use crate::ecs::instance::creation::given::{
    a_while, account, base, disks_granted, key_pair, network, plain, request, zone_b,
};
use crate::errors::{
    AccountNotAdmittedToSpot, CreationImageNotFound, CreationSecurityGroupNotFound, DataDiskSnapshotNotFound,
    HpcClusterCreating, HpcClusterNotFound, ImageDisabled, ImageStatusWrong, InstanceTypeByInvitation,
    InstanceTypeUnknown, KeyPairNotFound, MarketImageNotSubscribed, MarketImageRemoved, RamRoleNotFound,
    SnapshotTooLargeOrCategoryNotGranted, SpotParameterNotGranted, SystemDiskCategoryNotGranted,
    UserDataNotGranted, VSwitchForeign, VSwitchIdMissing, VSwitchNotFound, VSwitchPending, ZoneByInvitation,
    ZoneNotFound, ZoneRetired, ZoneTakesNoInstances,
};
use crate::story::Story;

pub(super) const SHARED: &[Case] = &[
    Case::err("an unknown type", base, request!("InstanceType=ecs.g99.large"), &InstanceTypeUnknown)
        .instead("InstanceType=ecs.g5.large")
    .shown("DescribeInstanceTypes", "InstanceTypes.1=ecs.g99.large", "\"InstanceType\":[]"),
    Case::err("an unknown zone", base, request!("ZoneId=cn-hangzhou-zz"), &ZoneNotFound)
        .instead("ZoneId=cn-hangzhou-h"),
    Case::err("a zone of another region", base, request!("ZoneId=cn-beijing-f"), &ZoneTakesNoInstances)
        .instead("ZoneId=cn-hangzhou-h")
    .shown("DescribeZones", "RegionId=cn-beijing", "\"ZoneId\":\"cn-beijing-f\""),
    Case::err(
        "a zone for disks alone",
        beijing,
        request!("RegionId=cn-beijing", "ZoneId=cn-beijing-a"),
        &ZoneTakesNoInstances,
    )
    .instead("ZoneId=cn-beijing-f"),
    Case::err("a retired zone", base, request!("ZoneId=cn-hangzhou-a"), &ZoneRetired)
        .instead("ZoneId=cn-hangzhou-h"),
    Case::err("an unknown image", base, request!("ImageId=m-bp1doesnotexist00001"), &CreationImageNotFound)
        .instead("ImageId=centos_7_9_x64_20G_alibase_20230815.vhd")
    .shown("DescribeImages", "RegionId=cn-hangzhou&ImageId=m-bp1doesnotexist00001", "\"TotalCount\":0"),
    Case::err("an unknown family", base, request!("ImageId=", "ImageFamily=mine"), &CreationImageNotFound)
        .instead("ImageFamily=acs:centos_7_9_x64"),
    Case::err("a disabled image", image_disabled, request!(), &ImageDisabled).after(image_enabled).shown(
        "DescribeImages",
        "RegionId=cn-hangzhou&Status=UnAvailable",
        "centos_7_9_x64",
    ),
    Case::err("a deleted image", one_deleted, request!("ImageId=$m"), &ImageDisabled)
        .instead("ImageId=centos_7_9_x64_20G_alibase_20230815.vhd"),
    Case::err("an image that is still made", one_creating, request!("ImageId=$m"), &ImageStatusWrong),
    Case::err(
        "an image of a product that the market gave up",
        market_image_removed,
        request!("ImageId=$m"),
        &MarketImageRemoved,
    )
    .after(listed_again),
    Case::err(
        "an unknown security group",
        base,
        request!("SecurityGroupId=sg-bp1doesnotexist001"),
        &CreationSecurityGroupNotFound,
    )
    .instead("SecurityGroupId=$g")
    .shown("DescribeSecurityGroups", "RegionId=cn-hangzhou&SecurityGroupId=sg-bp1doesnotexist001", "\"TotalCount\":0"),
    Case::err("a VPC group without a vSwitch", base, request!("VSwitchId="), &VSwitchIdMissing)
        .instead("VSwitchId=$w")
    .shown("DescribeSecurityGroups", "RegionId=cn-hangzhou&SecurityGroupId=$g", "\"VpcId\":\"vpc-"),
    Case::err("an unknown vSwitch", base, request!("VSwitchId=vsw-bp1doesnotexist00001"), &VSwitchNotFound)
        .instead("VSwitchId=$w")
    .shown("Vpc:DescribeVSwitches", "RegionId=cn-hangzhou&VSwitchId=vsw-bp1doesnotexist00001", "\"TotalCount\":0"),
    Case::err(
        "a vSwitch of another region",
        v_switch_in_beijing,
        request!("VSwitchId=$other"),
        &VSwitchForeign,
    )
    .instead("VSwitchId=$w")
    .shown("Vpc:DescribeVSwitches", "RegionId=cn-beijing&VSwitchId=$other", "\"TotalCount\":1"),
    Case::err("a vSwitch that is not ready", v_switch_pending, request!(), &VSwitchPending)
        .after(a_while)
        .shown("Vpc:DescribeVSwitches", "RegionId=cn-hangzhou", "\"Status\":\"Pending\""),
    Case::err("a vSwitch left in a retired zone", zone_gone, request!(), &ZoneRetired).after(zone_back),
    Case::err("an unknown key pair", key_pair, request!("KeyPairName=nope"), &KeyPairNotFound)
        .instead("KeyPairName=login")
    .shown("DescribeKeyPairs", "RegionId=cn-hangzhou&KeyPairName=nope", "\"TotalCount\":0"),
    Case::err("an unknown role", base_and_role, request!("RamRoleName=nope"), &RamRoleNotFound)
        .instead("RamRoleName=worker"),
    Case::err(
        "an unknown HPC cluster",
        one_cluster,
        request!(
            "InstanceType=ecs.scch5.16xlarge",
            "SystemDisk.Category=cloud_ssd",
            "HpcClusterId=hpc-bp1doesnotexist0001"
        ),
        &HpcClusterNotFound,
    )
    .instead("HpcClusterId=$h")
    .shown("DescribeHpcClusters", "RegionId=cn-hangzhou&HpcClusterIds=[\"hpc-bp1doesnotexist0001\"]", "\"TotalCount\":0"),
    Case::err(
        "an HPC cluster that is not ready",
        creating_cluster,
        request!("InstanceType=ecs.scch5.16xlarge", "SystemDisk.Category=cloud_ssd", "HpcClusterId=$h"),
        &HpcClusterCreating,
    )
    .after(a_while)
    .shown("DescribeHpcClusters", "RegionId=cn-hangzhou", "\"Status\":\"creating\""),
    Case::err(
        "an unknown snapshot",
        base,
        request!("DataDisk.1.SnapshotId=s-bp1doesnotexist00001"),
        &DataDiskSnapshotNotFound,
    )
    .instead("DataDisk.1.SnapshotId&DataDisk.1.Size=20")
    .shown("DescribeSnapshots", "RegionId=cn-hangzhou&SnapshotIds=[\"s-bp1doesnotexist00001\"]", "\"TotalCount\":0"),
    Case::err(
        "user data that is not granted",
        no_user_data,
        request!("UserData=ZWNobw=="),
        &UserDataNotGranted,
    )
    .after(user_data),
    Case::err(
        "a type by invitation",
        base,
        request!("InstanceType=ecs.re4e.40xlarge"),
        &InstanceTypeByInvitation,
    )
    .instead("InstanceType=ecs.g5.large")
    .shown("DescribeAvailableResource", "RegionId=cn-hangzhou&DestinationResource=InstanceType&InstanceType=ecs.re4e.40xlarge", "\"AvailableZones\":{\"AvailableZone\":[]}"),
    Case::err(
        "a system disk that needs a grant",
        zone_b,
        plain!("SystemDisk.Category=ephemeral_ssd"),
        &SystemDiskCategoryNotGranted,
    )
    .after(disks_granted)
    .shown("DescribeAvailableResource", "RegionId=cn-hangzhou&DestinationResource=SystemDisk&InstanceType=ecs.s2.large&IoOptimized=none&SystemDiskCategory=ephemeral_ssd", "\"AvailableZones\":{\"AvailableZone\":[]}"),
    Case::err(
        "a data disk that needs a grant",
        zone_b,
        plain!("DataDisk.1.Category=ephemeral_ssd", "DataDisk.1.Size=100"),
        &SnapshotTooLargeOrCategoryNotGranted,
    )
    .instead("DataDisk.1.Category=cloud")
    .shown("DescribeAvailableResource", "RegionId=cn-hangzhou&DestinationResource=DataDisk&InstanceType=ecs.s2.large&IoOptimized=none&DataDiskCategory=ephemeral_ssd", "\"AvailableZones\":{\"AvailableZone\":[]}"),
    Case::err(
        "a zone by invitation",
        zone_j,
        request!("InstanceType=ecs.g6.large", "SystemDisk.Category=cloud_essd"),
        &ZoneByInvitation,
    )
    .after(invited)
    .shown("DescribeAvailableResource", "RegionId=cn-hangzhou&DestinationResource=InstanceType&InstanceType=ecs.g6.large&ZoneId=cn-hangzhou-j", "\"AvailableZones\":{\"AvailableZone\":[]}"),
    Case::err(
        "an account without spot",
        no_spot,
        request!("SpotStrategy=SpotAsPriceGo"),
        &AccountNotAdmittedToSpot,
    )
    .after(spot),
    Case::err(
        "three safe hours",
        base,
        request!("SpotStrategy=SpotAsPriceGo", "SpotDuration=3"),
        &SpotParameterNotGranted,
    )
    .instead("SpotDuration=1"),
    Case::err(
        "a market image without a licence",
        base,
        request!("ImageId=m-bp1market0000000lamp01"),
        &MarketImageNotSubscribed,
    )
    .shown(
        "DescribeImages",
        "RegionId=cn-hangzhou&ImageId=m-bp1market0000000lamp01",
        "\"IsSubscribed\":false",
    )
    .after(licensed),
];

fn image_disabled(story: &mut Story) {
    base(story);
    story.patch("images/centos_7_9_x64_20G_alibase_20230815.vhd", json!({ "status": "UnAvailable" }));
}

fn image_enabled(story: &mut Story) {
    story.patch("images/centos_7_9_x64_20G_alibase_20230815.vhd", json!({ "status": "Available" }));
}

fn beijing(story: &mut Story) {
    network(story, "cn-beijing", "cn-beijing-f");
}

fn v_switch_in_beijing(story: &mut Story) {
    network(story, "cn-beijing", "cn-beijing-f");
    story.bind("other", story.named("w").to_owned());
    base(story);
}

fn v_switch_pending(story: &mut Story) {
    base(story);
    let request = "RegionId=cn-hangzhou&VpcId=$v&ZoneId=cn-hangzhou-h&CidrBlock=10.0.2.0/24";
    story.make("w", "Vpc:CreateVSwitch", request, "VSwitchId");
}

fn zone_gone(story: &mut Story) {
    base(story);
    story.patch("zones/cn-hangzhou-h", json!({ "lifecycle": "retired" }));
}

fn zone_back(story: &mut Story) {
    story.patch("zones/cn-hangzhou-h", json!({ "lifecycle": "active" }));
}

fn user_data(story: &mut Story) {
    account(story, json!({ "entitlements": { "user_data": true } }));
}

fn no_user_data(story: &mut Story) {
    base(story);
    account(story, json!({ "entitlements": { "user_data": false } }));
}

fn zone_j(story: &mut Story) {
    network(story, "cn-hangzhou", "cn-hangzhou-j");
}

fn invited(story: &mut Story) {
    account(story, json!({ "entitlements": { "zones": ["cn-hangzhou-j"] } }));
}

fn spot(story: &mut Story) {
    account(story, json!({ "entitlements": { "spot": { "allowed": true } } }));
}

fn no_spot(story: &mut Story) {
    base(story);
    account(story, json!({ "entitlements": { "spot": { "allowed": false } } }));
}
