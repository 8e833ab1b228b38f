//! Requests that end with things that do not go together.

use serde_json::json;

use crate::case::Case;
use crate::ecs::hpc_cluster::given::one_cluster;
use crate::ecs::instance::creation::given::{
    account, base, classic, classic_request, ephemeral, key_pair, network, network_in, plain, request,
    windows, zone_b,
};
use crate::errors::{
    BandwidthAboveAccountCeiling, CategoryCannotEncrypt, DataDiskSizeInvalid, DataDiskTooLarge,
    DiskCategoriesDoNotCombine, EphemeralDiskDeleteWithInstance, HostNameUnfitForGuest, HpcClusterNecessary,
    HpcClusterUnnecessary, ImageDoesNotFitMemory, ImageExcludesInstanceType, ImageNotIoOptimized,
    KeyPairWithWindows, KmsNotEnabled, NetworkTypeNotOffered, PasswordMalformed,
    PrivateAddressOutsideVSwitch, PrivateAddressTaken, PrivateAddressesUsedUp, RegionCannotEncrypt,
    RegionTakesNoInternetChargeType, RegionTakesNoPublicBandwidth, SecurityGroupInOtherVpc,
    SystemDiskSmallerThanImage, SystemDiskTooLarge, SystemDiskTooSmall, TypeLacksDiskCategory,
    TypeNotIoOptimized, TypeOnlyIoOptimized, UserDataUnsupported, VSwitchInOtherZone, ZoneVpcNotIoOptimized,
};
use crate::story::Story;

pub(super) const SHARED: &[Case] = &[
    Case::err(
        "a group of another VPC",
        two_vpcs,
        request!("SecurityGroupId=$other"),
        &SecurityGroupInOtherVpc,
    )
    .instead("SecurityGroupId=$g"),
    Case::err(
        "a classic group and a vSwitch",
        classic_group,
        request!("SecurityGroupId=$other"),
        &SecurityGroupInOtherVpc,
    )
    .instead("SecurityGroupId=$g")
    .shown("DescribeSecurityGroups", "RegionId=cn-hangzhou&SecurityGroupId=$other", "\"VpcId\":\"\""),
    Case::err("a vSwitch of another zone", base, request!("ZoneId=cn-hangzhou-g"), &VSwitchInOtherZone)
        .instead("ZoneId=cn-hangzhou-h")
    .shown("Vpc:DescribeVSwitches", "RegionId=cn-hangzhou&VSwitchId=$w", "\"ZoneId\":\"cn-hangzhou-h\""),
    Case::err(
        "an address of another block",
        base,
        request!("PrivateIpAddress=10.0.2.1"),
        &PrivateAddressOutsideVSwitch,
    ),
    Case::err(
        "an address in use",
        address_taken,
        request!("PrivateIpAddress=10.0.1.77"),
        &PrivateAddressTaken,
    ),
    Case::err("a full vSwitch", v_switch_full, request!(), &PrivateAddressesUsedUp),
    Case::err(
        "a zone without the classic network",
        classic,
        classic_request!("ZoneId=cn-hangzhou-h"),
        &NetworkTypeNotOffered,
    )
    .instead("ZoneId=cn-hangzhou-b")
    .shown("DescribeAvailableResource", "RegionId=cn-hangzhou&DestinationResource=Network&NetworkCategory=classic&ZoneId=cn-hangzhou-h", "\"AvailableZones\":{\"AvailableZone\":[]}"),
    Case::err(
        "bandwidth where a VPC has none",
        qingdao,
        request!("RegionId=cn-qingdao", "InternetMaxBandwidthOut=5"),
        &RegionTakesNoPublicBandwidth,
    )
    .instead("InternetMaxBandwidthOut=0"),
    Case::err(
        "billed traffic where a VPC has none",
        qingdao,
        request!("RegionId=cn-qingdao", "InternetChargeType=PayByTraffic"),
        &RegionTakesNoInternetChargeType,
    )
    .instead("InternetChargeType"),
    Case::err(
        "more bandwidth than the account may have",
        narrow,
        request!("InternetMaxBandwidthOut=80"),
        &BandwidthAboveAccountCeiling,
    )
    .instead("InternetMaxBandwidthOut=50")
    .shown("DescribeBandwidthLimitation", "RegionId=cn-hangzhou&InstanceType=ecs.g5.large", "\"Max\":50"),
    Case::err(
        "a type that cannot be optimized",
        zone_b,
        plain!("InstanceType=ecs.s2.small", "IoOptimized=optimized"),
        &TypeNotIoOptimized,
    )
    .instead("IoOptimized=none")
    .shown("DescribeAvailableResource", "RegionId=cn-hangzhou&DestinationResource=IoOptimized&InstanceType=ecs.s2.small&IoOptimized=optimized", "\"AvailableZones\":{\"AvailableZone\":[]}"),
    Case::err("a type that must be optimized", base, request!("IoOptimized=none"), &TypeOnlyIoOptimized)
        .instead("IoOptimized=optimized")
    .shown("DescribeAvailableResource", "RegionId=cn-hangzhou&DestinationResource=IoOptimized&InstanceType=ecs.g5.large&IoOptimized=none", "\"AvailableZones\":{\"AvailableZone\":[]}"),
    Case::err(
        "an old image",
        base,
        request!("InstanceType=ecs.n4.small", "ImageId=_32_23c472_20120822172155_aliguest.vhd"),
        &ImageNotIoOptimized,
    )
    .shown(
        "DescribeImages",
        "RegionId=cn-hangzhou&ImageId=_32_23c472_20120822172155_aliguest.vhd",
        "\"IsSupportIoOptimized\":false",
    )
    .instead("ImageId=centos_7_9_x64_20G_alibase_20230815.vhd"),
    Case::err(
        "a zone that does not optimize in a VPC",
        qingdao_b,
        request!("RegionId=cn-qingdao", "InstanceType=ecs.n4.large"),
        &ZoneVpcNotIoOptimized,
    )
    .after(optimized_in_vpc)
    .shown("DescribeAvailableResource", "RegionId=cn-qingdao&DestinationResource=IoOptimized&InstanceType=ecs.n4.large&ZoneId=cn-qingdao-b&IoOptimized=optimized&NetworkCategory=vpc", "\"AvailableZones\":{\"AvailableZone\":[]}"),
    Case::err(
        "user data in the classic network",
        classic,
        classic_request!("UserData=ZWNobw=="),
        &UserDataUnsupported,
    )
    .instead("UserData")
    .shown("DescribeSecurityGroups", "RegionId=cn-hangzhou&SecurityGroupId=$g", "\"VpcId\":\"\""),
    Case::err("user data without optimization", zone_b, plain!("UserData=ZWNobw=="), &UserDataUnsupported)
        .instead("UserData"),
    Case::err(
        "32 bits and much memory",
        base,
        request!("ImageId=ubuntu_14_0405_32_40G_alibase_20170711.vhd"),
        &ImageDoesNotFitMemory,
    )
    .instead("ImageId=centos_7_9_x64_20G_alibase_20230815.vhd")
    .shown("DescribeImages", "RegionId=cn-hangzhou&ImageId=ubuntu_14_0405_32_40G_alibase_20170711.vhd", "\"Architecture\":\"i386\""),
    Case::err(
        "Windows and little memory",
        base,
        windows!("InstanceType=ecs.t5-lc2m1.nano"),
        &ImageDoesNotFitMemory,
    )
    .instead("InstanceType=ecs.g5.large"),
    Case::err(
        "an image for other processors",
        base,
        request!("ImageId=aliyun_3_arm64_20G_alibase_20230731.vhd"),
        &ImageExcludesInstanceType,
    )
    .shown(
        "DescribeImages",
        "RegionId=cn-hangzhou&ImageId=aliyun_3_arm64_20G_alibase_20230731.vhd",
        "\"Architecture\":\"arm64\"",
    )
    .instead("ImageId=centos_7_9_x64_20G_alibase_20230815.vhd"),
    Case::err(
        "a host name with a dot for Windows",
        base,
        windows!("HostName=web.prod"),
        &HostNameUnfitForGuest,
    )
    .shown(
        "DescribeImages",
        "RegionId=cn-hangzhou&ImageId=win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd",
        "\"OSType\":\"windows\"",
    )
    .instead("HostName=web-prod"),
    Case::err(
        "a host name of 16 letters for Windows",
        base,
        windows!("HostName=abcdefghijklmnop"),
        &HostNameUnfitForGuest,
    )
    .instead("HostName=abcdefghijklmno"),
    Case::err(
        "a password with a slash for Windows",
        base,
        windows!("Password=/Passw0rd"),
        &PasswordMalformed,
    )
    .instead("Password=Passw0rd/"),
    Case::err("a key pair for Windows", key_pair, windows!("KeyPairName=login"), &KeyPairWithWindows)
        .instead("KeyPairName")
    .shown("DescribeImages", "RegionId=cn-hangzhou&ImageId=win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd", "\"OSType\":\"windows\""),
    Case::err(
        "an HPC type without a cluster",
        one_cluster,
        request!("InstanceType=ecs.scch5.16xlarge", "SystemDisk.Category=cloud_ssd"),
        &HpcClusterNecessary,
    )
    .instead("HpcClusterId=$h")
    .shown("DescribeInstanceTypes", "InstanceTypes.1=ecs.scch5.16xlarge", "Super Computing Cluster"),
    Case::err(
        "an HPC cluster for another type",
        one_cluster,
        request!("HpcClusterId=$h"),
        &HpcClusterUnnecessary,
    )
    .instead("HpcClusterId")
    .shown("DescribeInstanceTypes", "InstanceTypes.1=ecs.g5.large", "General-purpose"),
    Case::err(
        "a disk that the type does not take",
        base,
        request!("SystemDisk.Category=cloud"),
        &TypeLacksDiskCategory,
    )
    .instead("SystemDisk.Category=cloud_ssd")
    .shown("DescribeAvailableResource", "RegionId=cn-hangzhou&DestinationResource=SystemDisk&InstanceType=ecs.g5.large&SystemDiskCategory=cloud", "\"AvailableZones\":{\"AvailableZone\":[]}"),
    Case::err(
        "a local disk beside a cloud disk",
        ephemeral,
        plain!("DataDisk.1.Category=ephemeral_ssd", "DataDisk.1.Size=100"),
        &DiskCategoriesDoNotCombine,
    )
    .instead("SystemDisk.Category=ephemeral_ssd")
    .shown("DescribeAvailableResource", "RegionId=cn-hangzhou&DestinationResource=DataDisk&InstanceType=ecs.s2.large&IoOptimized=none&SystemDiskCategory=cloud&DataDiskCategory=ephemeral_ssd", "\"AvailableZones\":{\"AvailableZone\":[]}"),
    Case::err("a small system disk", base, request!("SystemDisk.Size=10"), &SystemDiskTooSmall)
        .instead("SystemDisk.Size=20")
    .shown("DescribeAvailableResource", "RegionId=cn-hangzhou&DestinationResource=SystemDisk&InstanceType=ecs.g5.large&SystemDiskCategory=cloud_efficiency", "\"Min\":20"),
    Case::err("a large system disk", base, request!("SystemDisk.Size=3000"), &SystemDiskTooLarge)
        .instead("SystemDisk.Size=2048")
    .shown("DescribeAvailableResource", "RegionId=cn-hangzhou&DestinationResource=SystemDisk&InstanceType=ecs.g5.large&SystemDiskCategory=cloud_efficiency", "\"Max\":2048"),
    Case::err(
        "a system disk smaller than the image",
        base,
        windows!("SystemDisk.Size=30"),
        &SystemDiskSmallerThanImage,
    )
    .shown(
        "DescribeImages",
        "RegionId=cn-hangzhou&ImageId=win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd",
        "\"Size\":40",
    )
    .instead("SystemDisk.Size=40"),
    Case::err(
        "a small data disk",
        base,
        request!("DataDisk.1.Category=cloud_ssd", "DataDisk.1.Size=10"),
        &DataDiskSizeInvalid,
    )
    .instead("DataDisk.1.Size=20")
    .shown("DescribeAvailableResource", "RegionId=cn-hangzhou&DestinationResource=DataDisk&InstanceType=ecs.g5.large&DataDiskCategory=cloud_ssd", "\"Min\":20"),
    Case::err(
        "a data disk without a size",
        base,
        request!("DataDisk.1.Category=cloud_ssd"),
        &DataDiskSizeInvalid,
    )
    .instead("DataDisk.1.Size=20"),
    Case::err("a large data disk", base, request!("DataDisk.1.Size=40000"), &DataDiskTooLarge)
        .instead("DataDisk.1.Size=32768")
    .shown("DescribeAvailableResource", "RegionId=cn-hangzhou&DestinationResource=DataDisk&InstanceType=ecs.g5.large&DataDiskCategory=cloud_efficiency", "\"Max\":32768"),
    Case::err(
        "encryption where there is none",
        qingdao,
        request!("RegionId=cn-qingdao", "DataDisk.1.Size=40", "DataDisk.1.Encrypted=true"),
        &RegionCannotEncrypt,
    )
    .instead("DataDisk.1.Encrypted=false"),
    Case::err(
        "a local disk encrypted",
        ephemeral,
        plain!(
            "SystemDisk.Category=ephemeral_ssd",
            "DataDisk.1.Category=ephemeral_ssd",
            "DataDisk.1.Size=100",
            "DataDisk.1.Encrypted=true"
        ),
        &CategoryCannotEncrypt,
    )
    .instead("DataDisk.1.Encrypted=false"),
    Case::err(
        "encryption without the key service",
        no_kms,
        request!("DataDisk.1.Size=40", "DataDisk.1.Encrypted=true"),
        &KmsNotEnabled,
    )
    .after(kms),
    Case::err(
        "a local disk that is to stay",
        ephemeral,
        plain!(
            "SystemDisk.Category=ephemeral_ssd",
            "DataDisk.1.Category=ephemeral_ssd",
            "DataDisk.1.Size=100",
            "DataDisk.1.DeleteWithInstance=false"
        ),
        &EphemeralDiskDeleteWithInstance,
    )
    .instead("DataDisk.1.DeleteWithInstance"),
];

fn two_vpcs(story: &mut Story) {
    base(story);
    story.bind("other", story.named("g").to_owned());
    base(story);
}

fn classic_group(story: &mut Story) {
    classic(story);
    story.bind("other", story.named("g").to_owned());
    base(story);
}

fn address_taken(story: &mut Story) {
    base(story);
    story.call("RunInstances", request!("PrivateIpAddress=10.0.1.77"));
}

fn v_switch_full(story: &mut Story) {
    network_in(story, "cn-hangzhou", "cn-hangzhou-h", "10.0.1.0/29");
    story.call("RunInstances", request!("Amount=4"));
}

fn qingdao(story: &mut Story) {
    network(story, "cn-qingdao", "cn-qingdao-c");
}

fn qingdao_b(story: &mut Story) {
    network(story, "cn-qingdao", "cn-qingdao-b");
}

fn optimized_in_vpc(story: &mut Story) {
    story.patch("zones/cn-qingdao-b", json!({ "vpc_io_optimized": true }));
}

fn narrow(story: &mut Story) {
    base(story);
    account(story, json!({ "quotas": { "internet_bandwidth_max": { "PayByTraffic": 50 } } }));
}

fn no_kms(story: &mut Story) {
    base(story);
    account(story, json!({ "services": { "kms": "disabled" } }));
}

fn kms(story: &mut Story) {
    account(story, json!({ "services": { "kms": "enabled" } }));
}
