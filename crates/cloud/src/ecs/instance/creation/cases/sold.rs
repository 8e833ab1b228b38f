//! Requests that end with what is not for sale, not allowed to be so many, not there or not paid.

use serde_json::json;

use crate::case::Case;
use crate::ecs::image::given::{licence_used, more_licences, one_image};
use crate::ecs::instance::creation::given::{
    a_while, account, base, ephemeral, network, one_pending, plain, request, zone_b,
};
use crate::errors::{
    BalanceTooLow, EphemeralDisksTooLargeTogether, MarketImageLicencesUsedUp, NoMethodPaysOrders,
    NoPaymentMethod, NoZoneOffersCombination, OutOfStock, PostPaidInstanceQuotaExceeded,
    PostPaidSalesSuspended, SecurityGroupFull, SpotPriceLimitBelowMarket, TooManyConcurrentCreations,
    TooManyDisksForType, TooManyDisksWithImage, TooManyPortableDisks, VpcInstanceQuotaExceeded,
    ZoneLacksDiskCategory, ZoneLacksInstanceType, ZoneNotOnSale,
};
use crate::story::Story;

/// Asks whether the usual type is sold in a zone.
macro_rules! sale {
    ($zone:literal) => {
        concat!(
            "RegionId=cn-hangzhou&DestinationResource=InstanceType&InstanceType=ecs.g5.large&ZoneId=",
            $zone
        )
    };
}

pub(super) const SHARED: &[Case] = &[
    Case::err("a zone closed for sale", zone_f, request!(), &ZoneNotOnSale)
        .shown("DescribeAvailableResource", sale!("cn-hangzhou-f"), "\"Status\":\"SoldOut\"")
        .after(zone_opened),
    Case::err("a region that sells no hours", no_hours, request!(), &PostPaidSalesSuspended)
        .shown("DescribeAvailableResource", sale!("cn-hangzhou-h"), "\"Status\":\"SoldOut\"")
        .after(hours),
    Case::err(
        "a type that the region does not have",
        us_west_1,
        request!("RegionId=us-west-1", "InstanceType=ecs.g7.large", "SystemDisk.Category=cloud_essd"),
        &NoZoneOffersCombination,
    )
    .instead("InstanceType=ecs.g6.large")
    .shown("DescribeAvailableResource", "RegionId=us-west-1&DestinationResource=InstanceType&InstanceType=ecs.g7.large", "\"AvailableZones\":{\"AvailableZone\":[]}"),
    Case::err(
        "a type that the zone does not have",
        zone_g,
        request!("InstanceType=ecs.g7.large", "SystemDisk.Category=cloud_essd"),
        &ZoneLacksInstanceType,
    )
    .instead("InstanceType=ecs.g6.large")
    .shown("DescribeAvailableResource", "RegionId=cn-hangzhou&DestinationResource=InstanceType&InstanceType=ecs.g7.large&ZoneId=cn-hangzhou-g", "\"AvailableZones\":{\"AvailableZone\":[]}"),
    Case::err(
        "a disk that the zone does not have",
        zone_i,
        request!("InstanceType=ecs.g6.large", "SystemDisk.Category=cloud_ssd"),
        &ZoneLacksDiskCategory,
    )
    .instead("SystemDisk.Category=cloud_essd")
    .shown("DescribeAvailableResource", "RegionId=cn-hangzhou&DestinationResource=SystemDisk&InstanceType=ecs.g6.large&SystemDiskCategory=cloud_ssd&ZoneId=cn-hangzhou-i", "\"AvailableZones\":{\"AvailableZone\":[]}"),
    Case::err(
        "seventeen data disks",
        base,
        request!(
            "DataDisk.1.Size=20",
            "DataDisk.2.Size=20",
            "DataDisk.3.Size=20",
            "DataDisk.4.Size=20",
            "DataDisk.5.Size=20",
            "DataDisk.6.Size=20",
            "DataDisk.7.Size=20",
            "DataDisk.8.Size=20",
            "DataDisk.9.Size=20",
            "DataDisk.10.Size=20",
            "DataDisk.11.Size=20",
            "DataDisk.12.Size=20",
            "DataDisk.13.Size=20",
            "DataDisk.14.Size=20",
            "DataDisk.15.Size=20",
            "DataDisk.16.Size=20",
            "DataDisk.17.Size=20"
        ),
        &TooManyPortableDisks,
    )
    .instead("DataDisk.17.Size"),
    Case::err(
        "one disk too many for the account",
        no_disks,
        request!("DataDisk.1.Size=20"),
        &TooManyPortableDisks,
    )
    .shown(
        "DescribeAccountAttributes",
        "RegionId=cn-hangzhou&AttributeName.1=max-portable-cloud-disks",
        "\"Value\":\"0\"",
    )
    .after(more_disks),
    Case::err(
        "more disks than the type takes",
        zone_b,
        plain!(
            "InstanceType=ecs.s2.small",
            "DataDisk.1.Size=20",
            "DataDisk.2.Size=20",
            "DataDisk.3.Size=20",
            "DataDisk.4.Size=20",
            "DataDisk.5.Size=20"
        ),
        &TooManyDisksForType,
    )
    .instead("DataDisk.5.Size")
    .shown("DescribeInstanceTypes", "InstanceTypes.1=ecs.s2.small", "\"DiskQuantity\":5"),
    Case::err(
        "more disks with those of the image",
        one_image,
        request!(
            "ImageId=$m",
            "DataDisk.1.Size=20",
            "DataDisk.2.Size=20",
            "DataDisk.3.Size=20",
            "DataDisk.4.Size=20",
            "DataDisk.5.Size=20",
            "DataDisk.6.Size=20",
            "DataDisk.7.Size=20",
            "DataDisk.8.Size=20",
            "DataDisk.9.Size=20",
            "DataDisk.10.Size=20",
            "DataDisk.11.Size=20",
            "DataDisk.12.Size=20",
            "DataDisk.13.Size=20",
            "DataDisk.14.Size=20",
            "DataDisk.15.Size=20",
            "DataDisk.16.Size=20"
        ),
        &TooManyDisksWithImage,
    )
    .instead("DataDisk.16.Size")
    .shown("DescribeImages", "RegionId=cn-hangzhou&ImageId=$m", "\"Type\":\"data\""),
    Case::err(
        "too much on local disks",
        ephemeral,
        plain!(
            "SystemDisk.Category=ephemeral_ssd",
            "DataDisk.1.Category=ephemeral_ssd",
            "DataDisk.1.Size=600",
            "DataDisk.2.Category=ephemeral_ssd",
            "DataDisk.2.Size=600"
        ),
        &EphemeralDisksTooLargeTogether,
    )
    .instead("DataDisk.2.Size=424"),
    Case::err(
        "one instance too many for the account",
        quota_full,
        request!(),
        &PostPaidInstanceQuotaExceeded,
    )
    .after(one_less)
    .shown("DescribeInstances", "RegionId=cn-hangzhou&InstanceChargeType=PostPaid", "\"TotalCount\":100"),
    Case::err("one instance too many for the VPC", vpc_full, request!(), &VpcInstanceQuotaExceeded)
        .shown(
            "DescribeAccountAttributes",
            "RegionId=cn-hangzhou&AttributeName.1=max-instances-per-vpc",
            "\"Value\":\"1\"",
        )
        .after(more_per_vpc),
    Case::err("one instance too many for the group", group_full, request!(), &SecurityGroupFull)
        .after(more_per_group)
    .shown("DescribeSecurityGroups", "RegionId=cn-hangzhou&SecurityGroupId=$g", "\"AvailableInstanceAmount\":0"),
    Case::err(
        "no licence left",
        licence_used,
        request!("ImageId=m-bp1market0000000lamp01"),
        &MarketImageLicencesUsedUp,
    )
    .after(more_licences),
    Case::err("one creation too many at once", creating, request!(), &TooManyConcurrentCreations)
        .after(a_while)
        .shown("DescribeInstanceStatus", "RegionId=cn-hangzhou", "\"Status\":\"Pending\""),
    Case::err("nothing left of the type", sold_out, request!(), &OutOfStock).after(restocked).shown(
        "DescribeAvailableResource",
        sale!("cn-hangzhou-h"),
        "WithoutStock",
    ),
    Case::err(
        "a bid below the market",
        base,
        request!("SpotStrategy=SpotWithPriceLimit", "SpotPriceLimit=0.131"),
        &SpotPriceLimitBelowMarket,
    )
    .instead("SpotPriceLimit=0.132")
    .shown(
        "DescribeSpotPriceHistory",
        "RegionId=cn-hangzhou&NetworkType=vpc&InstanceType=ecs.g5.large",
        "0.132",
    ),
    Case::err("no way to pay", no_method, request!(), &NoPaymentMethod).after(balance_alone),
    Case::err(
        "no way to pay an order",
        only_settlement,
        request!("InstanceChargeType=PrePaid", "Period=1"),
        &NoMethodPaysOrders,
    )
    .instead("InstanceChargeType=PostPaid&Period"),
    Case::err("too little money", poor, request!("InstanceChargeType=PrePaid", "Period=1"), &BalanceTooLow)
        .after(rich),
];

fn zone_f(story: &mut Story) {
    network(story, "cn-hangzhou", "cn-hangzhou-f");
}

fn zone_g(story: &mut Story) {
    network(story, "cn-hangzhou", "cn-hangzhou-g");
}

fn zone_i(story: &mut Story) {
    network(story, "cn-hangzhou", "cn-hangzhou-i");
}

fn us_west_1(story: &mut Story) {
    network(story, "us-west-1", "us-west-1a");
}

fn zone_opened(story: &mut Story) {
    story.patch("zones/cn-hangzhou-f", json!({ "sale": "on" }));
}

fn hours(story: &mut Story) {
    story.patch("regions/cn-hangzhou", json!({ "postpaid_sales": "open" }));
}

fn no_hours(story: &mut Story) {
    base(story);
    story.patch("regions/cn-hangzhou", json!({ "postpaid_sales": "suspended" }));
}

fn no_disks(story: &mut Story) {
    base(story);
    account(story, json!({ "quotas": { "portable_cloud_disks": 0 } }));
}

fn more_disks(story: &mut Story) {
    account(story, json!({ "quotas": { "portable_cloud_disks": 1 } }));
}

/// As many instances as a new account may have.
fn quota_full(story: &mut Story) {
    base(story);
    story.make("i", "RunInstances", request!("Amount=100"), "InstanceIdSets/InstanceIdSet/0");
}

fn one_less(story: &mut Story) {
    a_while(story);
    story.call("DeleteInstance", "InstanceId=$i&Force=true");
}

fn vpc_full(story: &mut Story) {
    one_pending(story);
    account(story, json!({ "quotas": { "instances_per_vpc": 1 } }));
}

fn more_per_vpc(story: &mut Story) {
    account(story, json!({ "quotas": { "instances_per_vpc": 2 } }));
}

fn group_full(story: &mut Story) {
    one_pending(story);
    account(story, json!({ "quotas": { "instances_per_security_group": 1 } }));
}

fn more_per_group(story: &mut Story) {
    account(story, json!({ "quotas": { "instances_per_security_group": 2 } }));
}

fn creating(story: &mut Story) {
    one_pending(story);
    account(story, json!({ "quotas": { "concurrent_instance_creations": 1 } }));
}

fn sold_out(story: &mut Story) {
    base(story);
    story.patch("zones/cn-hangzhou-h", json!({ "stock": { "ecs.g5.large": 0 } }));
}

fn restocked(story: &mut Story) {
    story.patch("zones/cn-hangzhou-h", json!({ "stock": { "ecs.g5.large": 1 } }));
}

fn no_method(story: &mut Story) {
    base(story);
    account(story, json!({ "billing": { "payment_methods": [] } }));
}

fn balance_alone(story: &mut Story) {
    account(story, json!({ "billing": { "payment_methods": ["balance"] } }));
}

fn only_settlement(story: &mut Story) {
    base(story);
    account(story, json!({ "billing": { "payment_methods": ["settlement"] } }));
}

fn poor(story: &mut Story) {
    base(story);
    account(story, json!({ "billing": { "balance": 1 } }));
}

fn rich(story: &mut Story) {
    account(story, json!({ "billing": { "balance": 1000 } }));
}
