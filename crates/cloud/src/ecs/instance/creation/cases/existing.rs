//! Requests that end with something that is not there, or that the account may not use.

use serde_json::json;

use crate::case::Case;
use crate::ecs::hpc_cluster::given::creating_cluster;
use crate::ecs::image::given::{market_image_removed, one_creating, one_deleted};
use crate::ecs::instance::creation::given::{account, base, network, plain, request, zone_b};
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
    Case::err("an unknown type", base, request!("InstanceType=ecs.g99.large"), &InstanceTypeUnknown),
    Case::err("an unknown zone", base, request!("ZoneId=cn-hangzhou-zz"), &ZoneNotFound),
    Case::err("a zone of another region", base, request!("ZoneId=cn-beijing-f"), &ZoneTakesNoInstances),
    Case::err(
        "a zone for disks alone",
        base,
        request!("RegionId=cn-beijing", "ZoneId=cn-beijing-a"),
        &ZoneTakesNoInstances,
    ),
    Case::err("a retired zone", base, request!("ZoneId=cn-hangzhou-a"), &ZoneRetired),
    Case::err("an unknown image", base, request!("ImageId=m-bp1doesnotexist00001"), &CreationImageNotFound),
    Case::err("an unknown family", base, request!("ImageId=", "ImageFamily=mine"), &CreationImageNotFound),
    Case::err("a disabled image", image_disabled, request!(), &ImageDisabled),
    Case::err("a deleted image", one_deleted, request!("ImageId=$m"), &ImageDisabled),
    Case::err("an image that is still made", one_creating, request!("ImageId=$m"), &ImageStatusWrong),
    Case::err(
        "an image of a product that the market gave up",
        market_image_removed,
        request!("ImageId=$m"),
        &MarketImageRemoved,
    ),
    Case::err(
        "an unknown security group",
        base,
        request!("SecurityGroupId=sg-bp1doesnotexist001"),
        &CreationSecurityGroupNotFound,
    ),
    Case::err("a VPC group without a vSwitch", base, request!("VSwitchId="), &VSwitchIdMissing),
    Case::err("an unknown vSwitch", base, request!("VSwitchId=vsw-bp1doesnotexist00001"), &VSwitchNotFound),
    Case::err(
        "a vSwitch of another region",
        v_switch_in_beijing,
        request!("VSwitchId=$other"),
        &VSwitchForeign,
    ),
    Case::err("a vSwitch that is not ready", v_switch_pending, request!(), &VSwitchPending),
    Case::err("a vSwitch left in a retired zone", zone_gone, request!(), &ZoneRetired),
    Case::err("an unknown key pair", base, request!("KeyPairName=nope"), &KeyPairNotFound),
    Case::err("an unknown role", base, request!("RamRoleName=nope"), &RamRoleNotFound),
    Case::err(
        "an unknown HPC cluster",
        base,
        request!(
            "InstanceType=ecs.scch5.16xlarge",
            "SystemDisk.Category=cloud_ssd",
            "HpcClusterId=hpc-bp1doesnotexist0001"
        ),
        &HpcClusterNotFound,
    ),
    Case::err(
        "an HPC cluster that is not ready",
        creating_cluster,
        request!("InstanceType=ecs.scch5.16xlarge", "SystemDisk.Category=cloud_ssd", "HpcClusterId=$h"),
        &HpcClusterCreating,
    ),
    Case::err(
        "an unknown snapshot",
        base,
        request!("DataDisk.1.SnapshotId=s-bp1doesnotexist00001"),
        &DataDiskSnapshotNotFound,
    ),
    Case::err(
        "user data that is not granted",
        no_user_data,
        request!("UserData=ZWNobw=="),
        &UserDataNotGranted,
    ),
    Case::err(
        "a type by invitation",
        base,
        request!("InstanceType=ecs.re4e.40xlarge"),
        &InstanceTypeByInvitation,
    ),
    Case::err(
        "a system disk that needs a grant",
        zone_b,
        plain!("SystemDisk.Category=ephemeral_ssd"),
        &SystemDiskCategoryNotGranted,
    ),
    Case::err(
        "a data disk that needs a grant",
        zone_b,
        plain!("DataDisk.1.Category=ephemeral_ssd", "DataDisk.1.Size=100"),
        &SnapshotTooLargeOrCategoryNotGranted,
    ),
    Case::err(
        "a zone by invitation",
        zone_j,
        request!("InstanceType=ecs.g6.large", "SystemDisk.Category=cloud_essd"),
        &ZoneByInvitation,
    ),
    Case::err(
        "an account without spot",
        no_spot,
        request!("SpotStrategy=SpotAsPriceGo"),
        &AccountNotAdmittedToSpot,
    ),
    Case::err(
        "three safe hours",
        base,
        request!("SpotStrategy=SpotAsPriceGo", "SpotDuration=3"),
        &SpotParameterNotGranted,
    ),
    Case::err(
        "a market image without a licence",
        base,
        request!("ImageId=m-bp1market0000000lamp01"),
        &MarketImageNotSubscribed,
    ),
];

fn image_disabled(story: &mut Story) {
    base(story);
    story.patch("images/centos_7_9_x64_20G_alibase_20230815.vhd", json!({ "status": "UnAvailable" }));
}

fn v_switch_in_beijing(story: &mut Story) {
    network(story, "cn-beijing", "cn-beijing-f");
    let other = story.named("w").to_owned();
    base(story);
    story.bind("other", other);
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

fn no_user_data(story: &mut Story) {
    base(story);
    account(story, json!({ "entitlements": { "user_data": false } }));
}

fn zone_j(story: &mut Story) {
    network(story, "cn-hangzhou", "cn-hangzhou-j");
}

fn no_spot(story: &mut Story) {
    base(story);
    account(story, json!({ "entitlements": { "spot": { "allowed": false } } }));
}
