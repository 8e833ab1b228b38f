//! Requests that succeed.

use crate::case::Case;
use crate::ecs::hpc_cluster::given::one_cluster;
use crate::ecs::image::given::{one_image, subscribed};
use crate::ecs::instance::creation::given::{
    base, classic, classic_request, ephemeral, key_pair, place, plain, request, windows, zone_b,
};
use crate::story::Story;

pub(super) const SHARED: &[Case] = &[
    Case::ok("in a VPC", base, request!()),
    Case::ok(
        "with data disks, tags and a key pair",
        key_pair,
        request!(
            "InstanceName=web",
            "Description=a web server",
            "HostName=web-1",
            "KeyPairName=login",
            "ZoneId=cn-hangzhou-h",
            "SystemDisk.Size=60",
            "SystemDisk.DiskName=system",
            "DataDisk.1.Category=cloud_ssd",
            "DataDisk.1.Size=100",
            "DataDisk.1.DiskName=data",
            "DataDisk.1.Encrypted=true",
            "DataDisk.2.Size=200",
            "DataDisk.2.DeleteWithInstance=false",
            "InternetMaxBandwidthOut=5",
            "UserData=ZWNobw==",
            "Tag.1.Key=role",
            "Tag.1.Value=web"
        ),
    ),
    Case::ok("in the classic network", classic, classic_request!()),
    Case::ok(
        "in an HPC cluster",
        one_cluster,
        request!("InstanceType=ecs.scch5.16xlarge", "SystemDisk.Category=cloud_ssd", "HpcClusterId=$h"),
    ),
    Case::ok(
        "in the classic network, in any zone",
        classic,
        "RegionId=cn-hangzhou&SecurityGroupId=$g&InstanceType=ecs.n4.small\
        &ImageId=centos_7_9_x64_20G_alibase_20230815.vhd",
    ),
    Case::ok("Windows with a password", base, windows!("Password=Passw0rd!", "HostName=web1")),
    Case::ok("a private address of one's own", base, request!("PrivateIpAddress=10.0.1.77")),
    Case::ok(
        "the newest image of a family",
        base,
        place!("ImageFamily=acs:centos_7_9_x64", "InstanceType=ecs.g6.large"),
    ),
    Case::ok("of one's own image", one_image, request!("ImageId=$m")),
    Case::ok(
        "in place of the data disk of one's own image",
        one_image,
        place!(
            "ImageFamily=web",
            "InstanceType=ecs.g5.large",
            "DataDisk.1.Device=/dev/xvdb",
            "DataDisk.1.DiskName=db"
        ),
    ),
    Case::ok("of a marketplace image", subscribed, request!("ImageId=m-bp1market0000000lamp01")),
    Case::ok("without I/O optimization", zone_b, plain!()),
    Case::ok(
        "local disks",
        ephemeral,
        place!(
            "ImageId=centos_7_9_x64_20G_alibase_20230815.vhd",
            "InstanceType=ecs.s2.large",
            "IoOptimized=none",
            "SystemDisk.Category=ephemeral_ssd",
            "DataDisk.1.Category=ephemeral_ssd",
            "DataDisk.1.Size=800"
        ),
    ),
    Case::ok(
        "a subscription of a month",
        base,
        request!(
            "InstanceChargeType=PrePaid",
            "Period=1",
            "PeriodUnit=Month",
            "AutoRenew=true",
            "AutoRenewPeriod=1"
        ),
    ),
    Case::ok(
        "a spot instance up to a price",
        base,
        request!("SpotStrategy=SpotWithPriceLimit", "SpotPriceLimit=0.132", "SpotDuration=0"),
    ),
    Case::ok(
        "a spot instance at any price",
        base,
        request!("SpotStrategy=SpotAsPriceGo", "SpotInterruptionBehavior=Stop"),
    ),
];

pub(super) const RUN: &[Case] = &[
    Case::ok(
        "two instances with numbers in their names",
        base,
        request!("Amount=2", "InstanceName=web-[1,3]", "HostName=web", "UniqueSuffix=true"),
    ),
    Case::ok(
        "three instances, released by themselves",
        base,
        request!("Amount=3", "MinAmount=1", "AutoReleaseTime=2026-01-02T00:00:00Z"),
    ),
    Case::ok(
        "an order that is paid later",
        base,
        request!("InstanceChargeType=PrePaid", "Period=2", "PeriodUnit=Week", "AutoPay=false"),
    ),
    Case::ok(
        "by a primary interface",
        base,
        "RegionId=cn-hangzhou&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&InstanceType=ecs.g6.large\
        &NetworkInterface.1.InstanceType=Primary&NetworkInterface.1.SecurityGroupId=$g\
        &NetworkInterface.1.VSwitchId=$w&NetworkInterface.1.PrimaryIpAddress=10.0.1.9",
    ),
    Case::ok(
        "with a second interface and IPv6 addresses",
        base,
        request!(
            "Ipv6AddressCount=1",
            "NetworkInterface.1.NetworkInterfaceName=back",
            "NetworkInterface.1.PrimaryIpAddress=10.0.1.80",
            "NetworkInterface.1.Ipv6AddressCount=1",
            "NetworkInterface.1.DeleteOnRelease=false"
        ),
    ),
    Case::ok(
        "in two security groups",
        two_groups,
        "RegionId=cn-hangzhou&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&InstanceType=ecs.g6.large\
        &SecurityGroupIds.1=$g&SecurityGroupIds.2=$db&VSwitchId=$w",
    ),
];

fn two_groups(story: &mut Story) {
    base(story);
    story.make("db", "CreateSecurityGroup", "RegionId=cn-hangzhou&VpcId=$v", "SecurityGroupId");
}
