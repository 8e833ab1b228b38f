//! Requests that end with what is not for sale, not allowed to be so many, not there or not paid.

use serde_json::json;

use crate::case::Case;
use crate::ecs::image::given::{licence_used, one_image};
use crate::ecs::instance::creation::given::{
    account, base, ephemeral, network, one_pending, plain, request, zone_b,
};
use crate::errors::{
    BalanceTooLow, EphemeralDisksTooLargeTogether, MarketImageLicencesUsedUp, NoMethodPaysOrders,
    NoPaymentMethod, NoZoneOffersCombination, OutOfStock, PostPaidInstanceQuotaExceeded,
    PostPaidSalesSuspended, SecurityGroupFull, SpotPriceLimitBelowMarket, TooManyConcurrentCreations,
    TooManyDisksForType, TooManyDisksWithImage, TooManyPortableDisks, VpcInstanceQuotaExceeded,
    ZoneLacksDiskCategory, ZoneLacksInstanceType, ZoneNotOnSale,
};
use crate::story::Story;

pub(super) const SHARED: &[Case] = &[
    Case::err("a zone closed for sale", zone_f, request!(), &ZoneNotOnSale),
    Case::err("a region that sells no hours", no_hours, request!(), &PostPaidSalesSuspended),
    Case::err(
        "a type that the region does not have",
        us_west_1,
        request!("RegionId=us-west-1", "InstanceType=ecs.g7.large", "SystemDisk.Category=cloud_essd"),
        &NoZoneOffersCombination,
    ),
    Case::err(
        "a type that the zone does not have",
        zone_g,
        request!("InstanceType=ecs.g7.large", "SystemDisk.Category=cloud_essd"),
        &ZoneLacksInstanceType,
    ),
    Case::err(
        "a disk that the zone does not have",
        zone_i,
        request!("InstanceType=ecs.g6.large", "SystemDisk.Category=cloud_ssd"),
        &ZoneLacksDiskCategory,
    ),
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
    ),
    Case::err(
        "one disk too many for the account",
        no_disks,
        request!("DataDisk.1.Size=20"),
        &TooManyPortableDisks,
    ),
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
    ),
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
    ),
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
    ),
    Case::err(
        "one instance too many for the account",
        quota_full,
        request!(),
        &PostPaidInstanceQuotaExceeded,
    ),
    Case::err("one instance too many for the VPC", vpc_full, request!(), &VpcInstanceQuotaExceeded),
    Case::err("one instance too many for the group", group_full, request!(), &SecurityGroupFull),
    Case::err(
        "no licence left",
        licence_used,
        request!("ImageId=m-bp1market0000000lamp01"),
        &MarketImageLicencesUsedUp,
    ),
    Case::err("one creation too many at once", creating, request!(), &TooManyConcurrentCreations),
    Case::err("nothing left of the type", sold_out, request!(), &OutOfStock),
    Case::err(
        "a bid below the market",
        base,
        request!("SpotStrategy=SpotWithPriceLimit", "SpotPriceLimit=0.131"),
        &SpotPriceLimitBelowMarket,
    ),
    Case::err("no way to pay", no_method, request!(), &NoPaymentMethod),
    Case::err(
        "no way to pay an order",
        only_settlement,
        request!("InstanceChargeType=PrePaid", "Period=1"),
        &NoMethodPaysOrders,
    ),
    Case::err("too little money", poor, request!("InstanceChargeType=PrePaid", "Period=1"), &BalanceTooLow),
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

fn no_hours(story: &mut Story) {
    base(story);
    story.patch("regions/cn-hangzhou", json!({ "postpaid_sales": "suspended" }));
}

fn no_disks(story: &mut Story) {
    base(story);
    account(story, json!({ "quotas": { "portable_cloud_disks": 0 } }));
}

fn quota_full(story: &mut Story) {
    one_pending(story);
    account(story, json!({ "quotas": { "postpaid_instances": 1 } }));
}

fn vpc_full(story: &mut Story) {
    one_pending(story);
    account(story, json!({ "quotas": { "instances_per_vpc": 1 } }));
}

fn group_full(story: &mut Story) {
    one_pending(story);
    account(story, json!({ "quotas": { "instances_per_security_group": 1 } }));
}

fn creating(story: &mut Story) {
    one_pending(story);
    account(story, json!({ "quotas": { "concurrent_instance_creations": 1 } }));
}

fn sold_out(story: &mut Story) {
    base(story);
    story.patch("zones/cn-hangzhou-h", json!({ "stock": { "ecs.g5.large": 0 } }));
}

fn no_method(story: &mut Story) {
    base(story);
    account(story, json!({ "billing": { "payment_methods": [] } }));
}

fn only_settlement(story: &mut Story) {
    base(story);
    account(story, json!({ "billing": { "payment_methods": ["settlement"] } }));
}

fn poor(story: &mut Story) {
    base(story);
    account(story, json!({ "billing": { "balance": 1 } }));
}
