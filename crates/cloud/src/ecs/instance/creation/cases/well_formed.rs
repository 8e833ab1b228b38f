//! Requests that end with a parameter that is wrong by itself.

use crate::case::Case;
use crate::ecs::instance::creation::given::{base, request};
use crate::errors::{
    AutoRenewPeriodInvalid, BandwidthInInvalid, BandwidthOutInvalid, DescriptionMalformed,
    DiskCategoryUnknown, DiskDescriptionMalformed, DiskNameMalformed, EncryptedMalformed, HostNameMalformed,
    InstanceChargeTypeUnknown, InstanceNameMalformed, InternetChargeTypeUnknown, IoOptimizedUnknown,
    PasswordGivenAndInherited, PasswordMalformed, PeriodInvalid, PrivateAddressMalformed,
    SpotDurationInvalid, SpotPriceLimitInvalid, SpotStrategyUnknown, SpotWithSubscription,
    SystemDiskCategoryUnknown, SystemDiskSizeInvalid, TagKeyDuplicate, TagKeyMalformed, TagValueMalformed,
    TooManyTags, UserDataNotBase64, UserDataTooLong,
};
use crate::story::Story;
use crate::vpc::given::too_many_tags;

/// Base64 for 3 bytes; 11264 of them make 33 KiB.
const THREE_BYTES: &str = "QUFB";

pub(super) const SHARED: &[Case] = &[
    Case::err("a reserved tag key", base, request!("Tag.1.Key=acs:x"), &TagKeyMalformed),
    Case::err(
        "a link as tag value",
        base,
        request!("Tag.1.Key=a", "Tag.1.Value=http://x"),
        &TagValueMalformed,
    ),
    Case::err("a tag key twice", base, request!("Tag.1.Key=a", "Tag.2.Key=a"), &TagKeyDuplicate),
    Case::err("too many tags", base, concat!(request!(), "&", too_many_tags!()), &TooManyTags),
    Case::err(
        "a password set and inherited",
        base,
        request!("Password=Passw0rd!", "PasswordInherit=true"),
        &PasswordGivenAndInherited,
    ),
    Case::err("no address", base, request!("PrivateIpAddress=10.0.1"), &PrivateAddressMalformed),
    Case::err("user data that is not encoded", base, request!("UserData=#!/bin/sh"), &UserDataNotBase64),
    Case::err("ten months", base, request!("InstanceChargeType=PrePaid", "Period=10"), &PeriodInvalid),
    Case::err(
        "a renewal of four months",
        base,
        request!("InstanceChargeType=PrePaid", "Period=1", "AutoRenew=true", "AutoRenewPeriod=4"),
        &AutoRenewPeriodInvalid,
    ),
    Case::err("seven safe hours", base, request!("SpotDuration=7"), &SpotDurationInvalid),
    Case::err("a name of one letter", base, request!("InstanceName=x"), &InstanceNameMalformed)
        .instead("InstanceName=xy"),
    Case::err(
        "a name that begins with a digit",
        base,
        request!("InstanceName=9lives"),
        &InstanceNameMalformed,
    )
    .instead("InstanceName=lives9"),
    Case::err("a link as description", base, request!("Description=http://a"), &DescriptionMalformed)
        .instead("Description=http at a"),
    Case::err("a host name with an underscore", base, request!("HostName=web_01"), &HostNameMalformed)
        .instead("HostName=web-01"),
    Case::err("a weak password", base, request!("Password=alllowercase"), &PasswordMalformed)
        .instead("Password=allLowercase1"),
    Case::err(
        "an unknown way to bill traffic",
        base,
        request!("InternetChargeType=PayByMood"),
        &InternetChargeTypeUnknown,
    )
    .instead("InternetChargeType=PayByBandwidth"),
    Case::err("too much bandwidth out", base, request!("InternetMaxBandwidthOut=101"), &BandwidthOutInvalid)
        .instead("InternetMaxBandwidthOut=100"),
    Case::err(
        "no number as bandwidth out",
        base,
        request!("InternetMaxBandwidthOut=ten"),
        &BandwidthOutInvalid,
    )
    .instead("InternetMaxBandwidthOut=10"),
    Case::err("no bandwidth in", base, request!("InternetMaxBandwidthIn=0"), &BandwidthInInvalid)
        .instead("InternetMaxBandwidthIn=1"),
    Case::err("an unknown I/O mode", base, request!("IoOptimized=maybe"), &IoOptimizedUnknown)
        .instead("IoOptimized=optimized"),
    Case::err(
        "an unknown way to pay",
        base,
        request!("InstanceChargeType=PayLater"),
        &InstanceChargeTypeUnknown,
    )
    .instead("InstanceChargeType=PostPaid"),
    Case::err("an unknown way to bid", base, request!("SpotStrategy=SpotForFree"), &SpotStrategyUnknown)
        .instead("SpotStrategy=SpotAsPriceGo"),
    Case::err(
        "a spot subscription",
        base,
        request!("InstanceChargeType=PrePaid", "Period=1", "SpotStrategy=SpotAsPriceGo"),
        &SpotWithSubscription,
    )
    .instead("SpotStrategy=NoSpot"),
    Case::err(
        "a bid without its limit",
        base,
        request!("SpotStrategy=SpotWithPriceLimit"),
        &SpotPriceLimitInvalid,
    )
    .instead("SpotPriceLimit=0.132"),
    Case::err(
        "a bid with four decimals",
        base,
        request!("SpotStrategy=SpotWithPriceLimit", "SpotPriceLimit=0.1234"),
        &SpotPriceLimitInvalid,
    )
    .instead("SpotPriceLimit=0.132"),
    Case::err("long user data", long_user_data, request!("UserData=$data"), &UserDataTooLong)
        .instead("UserData=ZWNobw=="),
    Case::err(
        "an unknown category of the system disk",
        base,
        request!("SystemDisk.Category=floppy"),
        &SystemDiskCategoryUnknown,
    )
    .instead("SystemDisk.Category=cloud_ssd"),
    Case::err("a bad name of the system disk", base, request!("SystemDisk.DiskName=1"), &DiskNameMalformed)
        .instead("SystemDisk.DiskName=d1"),
    Case::err(
        "a bad name of a data disk",
        base,
        request!("DataDisk.1.Size=20", "DataDisk.1.DiskName=a*b"),
        &DiskNameMalformed,
    )
    .instead("DataDisk.1.DiskName=a-b"),
    Case::err(
        "a short description of the system disk",
        base,
        request!("SystemDisk.Description=x"),
        &DiskDescriptionMalformed,
    )
    .instead("SystemDisk.Description=xy"),
    Case::err(
        "no number as size of the system disk",
        base,
        request!("SystemDisk.Size=forty"),
        &SystemDiskSizeInvalid,
    )
    .instead("SystemDisk.Size=40"),
    Case::err("a system disk of no size", base, request!("SystemDisk.Size=0"), &SystemDiskSizeInvalid)
        .instead("SystemDisk.Size=20"),
    Case::err(
        "an unknown category of a data disk",
        base,
        request!("DataDisk.1.Size=20", "DataDisk.1.Category=floppy"),
        &DiskCategoryUnknown,
    )
    .instead("DataDisk.1.Category=cloud_ssd"),
    Case::err(
        "encrypted perhaps",
        base,
        request!("DataDisk.1.Size=20", "DataDisk.1.Encrypted=perhaps"),
        &EncryptedMalformed,
    )
    .instead("DataDisk.1.Encrypted=true"),
];

fn long_user_data(story: &mut Story) {
    base(story);
    story.bind("data", THREE_BYTES.repeat(11_264));
}
