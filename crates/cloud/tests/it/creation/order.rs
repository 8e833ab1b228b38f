//! The order in which a request is judged.

use std::collections::BTreeMap;

use moyun_cloud::ecs::instance::creation::given::{base, network};
use moyun_cloud::ecs::key_pair::given::one_key_pair;
use moyun_cloud::errors;
use moyun_cloud::story::Story;
use moyun_cloud::world::DEFAULT_ACCOUNT;
use serde_json::json;

use crate::creation::{REQUEST, ids};

/// What mends a defect of the request or of the state.
enum Mend {
    /// A parameter gets this value.
    Set(&'static str, &'static str),
    /// A parameter goes.
    Drop(&'static str),
    /// A fact of the world changes; `$account` is the caller, `$zone` and `$region` are where the vSwitch is.
    Patch(&'static str, &'static str),
}

use Mend::{Drop, Patch, Set};

/// What the request of the table begins with: nearly everything about it is wrong.
const BROKEN: &[(&str, &str)] = &[
    ("RegionId", "cn-hangzhou"),
    ("DryRun", "true"),
    ("Arn.1.RoleType", "Primary"),
    ("ImageId", ""),
    ("InstanceType", "ecs.g99.large"),
    ("SecurityGroupId", "sg-bp1doesnotexist001"),
    ("InstanceChargeType", "PrePaid"),
    ("Period", "abc"),
    ("HostNames.1", "web"),
    ("Tag.1.Key", "acs:role"),
    ("PasswordInherit", "true"),
    ("PrivateIpAddress", "10.0.9"),
    ("UserData", "#!/bin/sh"),
    ("SpotDuration", "7"),
    ("Amount", "three"),
    ("MinAmount", "4"),
    ("InstanceName", "x"),
    ("Description", "x"),
    ("HostName", "web_01"),
    ("Password", "short"),
    ("InternetChargeType", "PayByMood"),
    ("InternetMaxBandwidthOut", "101"),
    ("InternetMaxBandwidthIn", "0"),
    ("IoOptimized", "maybe"),
    ("SpotStrategy", "SpotForFree"),
    ("SpotPriceLimit", "0.1234"),
    ("SystemDisk.Category", "floppy"),
    ("SystemDisk.Size", "forty"),
    ("DataDisk.1.Category", "floppy"),
    ("DataDisk.1.DiskName", "1"),
    ("DataDisk.1.Description", "x"),
    ("DataDisk.1.Encrypted", "perhaps"),
    ("DataDisk.1.SnapshotId", "s-bp1doesnotexist00001"),
    ("ZoneId", "cn-hangzhou-zz"),
    ("KeyPairName", "nope"),
    ("RamRoleName", "nope"),
    ("HpcClusterId", "hpc-bp1doesnotexist0001"),
];

const WINDOWS: &str = "win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd";

/// The row that answers, and what mends its cause: each line leaves everything that the lines below it complain about.
#[rustfmt::skip]
const ORDER: &[(&errors::ErrorRow, &[Mend])] = &[
    (&errors::HeldByRiskControl, &[Patch("accounts/$account", r#"{"risk_control":"none"}"#)]),
    (&errors::RealNameNotVerified, &[Patch("accounts/$account", r#"{"real_name_verified":true}"#)]),
    (&errors::RegionNotGranted, &[Patch("accounts/$account/entitlements", r#"{"regions":"*"}"#)]),
    (&errors::AccountInArrears, &[Patch("accounts/$account/billing", r#"{"overdue_amount":0}"#)]),
    (&errors::PreviewParameterNotGranted, &[Drop("Arn.1.RoleType")]),
    (&errors::RequiredParameterEmpty, &[Set("ImageId", "m-bp1doesnotexist00001")]),
    (&errors::ParameterMalformed, &[Set("Period", "10")]),
    (&errors::ParametersConflict, &[Drop("HostNames.1")]),
    (&errors::TagKeyMalformed, &[Set("Tag.1.Key", "role")]),
    (&errors::PasswordGivenAndInherited, &[Drop("PasswordInherit")]),
    (&errors::PrivateAddressMalformed, &[Set("PrivateIpAddress", "10.0.9.9")]),
    (&errors::UserDataNotBase64, &[Set("UserData", "$long")]),
    (&errors::PeriodInvalid,
        &[Set("Period", "1"), Set("InstanceChargeType", "PayLater"), Set("AutoReleaseTime", "2026-01-01T00:01:00Z")]),
    (&errors::AutoReleaseTimeInvalid, &[Drop("AutoReleaseTime")]),
    (&errors::SpotDurationInvalid, &[Set("SpotDuration", "3")]),
    (&errors::AmountInvalid, &[Set("Amount", "3")]),
    (&errors::ParameterMalformed, &[Drop("MinAmount")]),
    (&errors::InstanceNameMalformed, &[Set("InstanceName", "web")]),
    (&errors::DescriptionMalformed, &[Drop("Description")]),
    (&errors::HostNameMalformed, &[Set("HostName", "web.prod")]),
    (&errors::PasswordMalformed, &[Set("Password", "/Passw0rd")]),
    (&errors::InternetChargeTypeUnknown, &[Set("InternetChargeType", "PayByTraffic")]),
    (&errors::BandwidthOutInvalid, &[Set("InternetMaxBandwidthOut", "80")]),
    (&errors::BandwidthInInvalid, &[Set("InternetMaxBandwidthIn", "5")]),
    (&errors::IoOptimizedUnknown, &[Set("IoOptimized", "optimized")]),
    (&errors::InstanceChargeTypeUnknown, &[Set("InstanceChargeType", "PrePaid")]),
    (&errors::SpotStrategyUnknown, &[Set("SpotStrategy", "SpotWithPriceLimit")]),
    (&errors::SpotWithSubscription, &[Set("InstanceChargeType", "PostPaid")]),
    (&errors::SpotPriceLimitInvalid, &[Set("SpotPriceLimit", "0.001")]),
    (&errors::UserDataTooLong, &[Set("UserData", "ZWNobw==")]),
    (&errors::SystemDiskCategoryUnknown, &[Set("SystemDisk.Category", "ephemeral_ssd")]),
    (&errors::DiskNameMalformed, &[Set("DataDisk.1.DiskName", "data")]),
    (&errors::DiskDescriptionMalformed, &[Drop("DataDisk.1.Description")]),
    (&errors::SystemDiskSizeInvalid, &[Set("SystemDisk.Size", "10")]),
    (&errors::DiskCategoryUnknown, &[Set("DataDisk.1.Category", "ephemeral_ssd")]),
    (&errors::EncryptedMalformed, &[Set("DataDisk.1.Encrypted", "true")]),
    (&errors::InstanceTypeUnknown, &[Set("InstanceType", "ecs.re4e.40xlarge")]),
    (&errors::ZoneNotFound, &[Set("ZoneId", "cn-beijing-f")]),
    (&errors::ZoneTakesNoInstances, &[Set("ZoneId", "cn-hangzhou-a")]),
    (&errors::ZoneRetired, &[Set("ZoneId", "cn-hangzhou-j")]),
    (&errors::CreationImageNotFound, &[Set("ImageId", WINDOWS)]),
    (&errors::ImageDisabled, &[Patch("images/$image", r#"{"status":"Available"}"#)]),
    (&errors::CreationSecurityGroupNotFound, &[Set("SecurityGroupId", "$other")]),
    (&errors::VSwitchIdMissing, &[Set("VSwitchId", "vsw-bp1doesnotexist00001")]),
    (&errors::VSwitchNotFound, &[Set("VSwitchId", "$elsewhere")]),
    (&errors::VSwitchForeign, &[Set("VSwitchId", "$pending")]),
    (&errors::VSwitchPending, &[Set("VSwitchId", "$w")]),
    (&errors::KeyPairNotFound, &[Set("KeyPairName", "login")]),
    (&errors::RamRoleNotFound, &[Drop("RamRoleName")]),
    (&errors::HpcClusterNotFound, &[Set("HpcClusterId", "$creating")]),
    (&errors::HpcClusterCreating, &[Drop("HpcClusterId")]),
    (&errors::DataDiskSnapshotNotFound, &[Drop("DataDisk.1.SnapshotId")]),
    (&errors::UserDataNotGranted, &[Patch("accounts/$account/entitlements", r#"{"user_data":true}"#)]),
    (&errors::InstanceTypeByInvitation, &[Set("InstanceType", "ecs.s2.small")]),
    (&errors::SystemDiskCategoryNotGranted, &[Set("SystemDisk.Category", "cloud")]),
    (&errors::SnapshotTooLargeOrCategoryNotGranted,
        &[Patch("accounts/$account/entitlements", r#"{"disk_categories":["ephemeral_ssd"]}"#)]),
    (&errors::ZoneByInvitation, &[Set("ZoneId", "cn-hangzhou-g")]),
    (&errors::AccountNotAdmittedToSpot, &[Patch("accounts/$account/entitlements/spot", r#"{"allowed":true}"#)]),
    (&errors::SpotParameterNotGranted, &[Set("SpotDuration", "1")]),
    (&errors::SecurityGroupInOtherVpc, &[Set("SecurityGroupId", "$g")]),
    (&errors::VSwitchInOtherZone, &[Drop("ZoneId")]),
    (&errors::PrivateAddressOutsideVSwitch, &[Set("PrivateIpAddress", "10.0.1.7")]),
    (&errors::PrivateAddressTaken, &[Set("PrivateIpAddress", "10.0.1.8")]),
    (&errors::NetworkTypeNotOffered, &[Patch("zones/$zone", r#"{"network_types":["vpc"]}"#)]),
    (&errors::RegionTakesNoPublicBandwidth, &[Drop("InternetMaxBandwidthIn"), Drop("InternetMaxBandwidthOut")]),
    (&errors::RegionTakesNoInternetChargeType,
        &[Patch("regions/$region", r#"{"vpc_public_ip":true}"#), Set("InternetMaxBandwidthOut", "80")]),
    (&errors::BandwidthAboveAccountCeiling, &[Set("InternetMaxBandwidthOut", "5")]),
    (&errors::TypeNotIoOptimized, &[Set("InstanceType", "ecs.t5-lc2m1.nano"), Set("IoOptimized", "none")]),
    (&errors::TypeOnlyIoOptimized, &[Set("IoOptimized", "optimized")]),
    (&errors::ImageNotIoOptimized, &[Patch("images/$image", r#"{"io_optimized":true}"#)]),
    (&errors::ZoneVpcNotIoOptimized, &[Patch("zones/$zone", r#"{"vpc_io_optimized":true}"#)]),
    (&errors::ImageDoesNotFitMemory, &[Set("InstanceType", "ecs.scch5.16xlarge")]),
    (&errors::ImageExcludesInstanceType, &[Patch("images/$image", r#"{"supported_families":[]}"#)]),
    (&errors::HostNameUnfitForGuest, &[Set("HostName", "web")]),
    (&errors::PasswordMalformed, &[Set("Password", "Passw0rd!")]),
    (&errors::KeyPairWithWindows, &[Drop("KeyPairName")]),
    (&errors::HpcClusterNecessary, &[Set("InstanceType", "ecs.d1ne.2xlarge")]),
    (&errors::TypeLacksDiskCategory,
        &[Set("SystemDisk.Category", "cloud_efficiency"), Set("DataDisk.1.Category", "cloud_ssd")]),
    (&errors::SystemDiskTooSmall, &[Set("SystemDisk.Size", "3000")]),
    (&errors::SystemDiskTooLarge, &[Set("SystemDisk.Size", "30")]),
    (&errors::SystemDiskSmallerThanImage, &[Set("SystemDisk.Size", "40")]),
    (&errors::DataDiskSizeInvalid, &[Set("DataDisk.1.Size", "40000")]),
    (&errors::DataDiskTooLarge, &[Set("DataDisk.1.Size", "40")]),
    (&errors::RegionCannotEncrypt, &[Patch("regions/$region", r#"{"disk_encryption":true}"#)]),
    (&errors::KmsNotEnabled, &[Patch("accounts/$account/services", r#"{"kms":"enabled"}"#)]),
    (&errors::ZoneNotOnSale, &[Patch("zones/$zone", r#"{"sale":"on"}"#)]),
    (&errors::PostPaidSalesSuspended, &[Patch("regions/$region", r#"{"postpaid_sales":"open"}"#)]),
    (&errors::NoZoneOffersCombination, &[Set("InstanceType", "ecs.g5.large")]),
    (&errors::ZoneLacksInstanceType, &[Patch("zones/$zone", r#"{"instance_types":["ecs.g5.large"]}"#)]),
    (&errors::ZoneLacksDiskCategory,
        &[Patch("zones/$zone", r#"{"disk_categories":["cloud_efficiency","cloud_ssd"]}"#)]),
    (&errors::TooManyPortableDisks, &[Patch("accounts/$account/quotas", r#"{"portable_cloud_disks":500}"#)]),
    (&errors::PostPaidInstanceQuotaExceeded, &[Patch("accounts/$account/quotas", r#"{"postpaid_instances":100}"#)]),
    (&errors::VpcInstanceQuotaExceeded, &[Patch("accounts/$account/quotas", r#"{"instances_per_vpc":100}"#)]),
    (&errors::SecurityGroupFull,
        &[Patch("accounts/$account/quotas", r#"{"instances_per_security_group":null}"#)]),
    (&errors::TooManyConcurrentCreations,
        &[Patch("accounts/$account/quotas", r#"{"concurrent_instance_creations":2}"#)]),
    (&errors::OutOfStock, &[Set("MinAmount", "1")]),
    (&errors::SpotPriceLimitBelowMarket, &[
        Set("SpotPriceLimit", "0.132"), Drop("SpotStrategy"), Drop("SpotPriceLimit"),
        Set("InstanceChargeType", "PrePaid"),
    ]),
    (&errors::NoPaymentMethod, &[Patch("accounts/$account/billing", r#"{"payment_methods":["settlement"]}"#)]),
    (&errors::NoMethodPaysOrders, &[Patch("accounts/$account/billing", r#"{"payment_methods":["balance"]}"#)]),
    (&errors::BalanceTooLow, &[Patch("accounts/$account/billing", r#"{"balance":5000}"#)]),
    (&errors::DryRunPassed, &[Set("DryRun", "false")]),
];

#[test]
fn a_request_that_breaks_nearly_every_rule_is_mended_in_the_documented_order() {
    let mut story = Story::begin();
    everything_wrong(&mut story);
    let mut request: BTreeMap<&str, &str> = BROKEN.iter().copied().collect();
    for (at, (row, mends)) in ORDER.iter().enumerate() {
        let before = story.dump();
        let refusal = story.try_call("RunInstances", &query(&request)).expect_err(row.name);
        assert_eq!(refusal.row.name, row.name, "line {at}: {request:?}");
        assert_eq!(story.dump(), before, "{} changed something", row.name);
        for mend in *mends {
            match mend {
                Set(name, value) => drop(request.insert(name, value)),
                Drop(name) => drop(request.remove(name)),
                Patch(path, patch) => story.patch(path, serde_json::from_str(patch).unwrap()),
            }
        }
    }
    let made = story.call("RunInstances", &query(&request));
    assert_eq!(ids(&made).len(), 2, "the stock is two");
}

fn query(request: &BTreeMap<&str, &str>) -> String {
    let pairs: Vec<String> = request.iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

/// A VPC `$v` with a group `$g`, vSwitches `$w` and `$pending`, which is not ready, an
/// HPC cluster `$creating`, a group `$other` of another VPC, a vSwitch
/// `$elsewhere` in another region, one instance under creation; and a world against the request.
fn everything_wrong(story: &mut Story) {
    story.bind("account", DEFAULT_ACCOUNT);
    story.bind("image", WINDOWS);
    story.bind("region", "cn-hangzhou");
    story.bind("zone", "cn-hangzhou-h");
    story.bind("long", "QUFB".repeat(11_264));
    network(story, "cn-beijing", "cn-beijing-f");
    story.bind("elsewhere", story.named("w").to_owned());
    base(story);
    story.bind("other", story.named("g").to_owned());
    one_key_pair(story);
    base(story);
    story.call("RunInstances", &format!("{REQUEST}&PrivateIpAddress=10.0.1.7"));
    let second = "RegionId=cn-hangzhou&VpcId=$v&ZoneId=cn-hangzhou-h&CidrBlock=10.0.2.0/24";
    story.make("pending", "Vpc:CreateVSwitch", second, "VSwitchId");
    story.make("creating", "CreateHpcCluster", "RegionId=cn-hangzhou&Name=waves", "HpcClusterId");
    story.patch(
        "accounts/$account",
        json!({
            "risk_control": "restricted",
            "real_name_verified": false,
            "entitlements": { "regions": [], "user_data": false, "spot": { "allowed": false } },
            "billing": { "overdue_amount": 1, "payment_methods": [], "balance": 1 },
            "services": { "kms": "disabled" },
            "quotas": {
                "portable_cloud_disks": 0, "postpaid_instances": 0, "instances_per_vpc": 0,
                "instances_per_security_group": 0, "concurrent_instance_creations": 1,
                "internet_bandwidth_max": { "PayByTraffic": 50 }
            }
        }),
    );
    story.patch(
        "images/$image",
        json!({
            "status": "UnAvailable", "io_optimized": false, "supported_families": ["ecs.g5"]
        }),
    );
    story.patch(
        "regions/$region",
        json!({
            "vpc_public_ip": false, "disk_encryption": false, "postpaid_sales": "suspended"
        }),
    );
    story.patch(
        "zones/$zone",
        json!({
            "network_types": ["classic"], "vpc_io_optimized": false, "sale": "off", "instance_types": [],
            "disk_categories": ["cloud_efficiency"], "stock": { "ecs.g5.large": 2 }
        }),
    );
}
