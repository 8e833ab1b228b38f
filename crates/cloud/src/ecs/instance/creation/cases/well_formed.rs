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
    Case::err("a name of one letter", base, request!("InstanceName=x"), &InstanceNameMalformed),
    Case::err(
        "a name that begins with a digit",
        base,
        request!("InstanceName=9lives"),
        &InstanceNameMalformed,
    ),
    Case::err("a link as description", base, request!("Description=http://a"), &DescriptionMalformed),
    Case::err("a host name with an underscore", base, request!("HostName=web_01"), &HostNameMalformed),
    Case::err("a weak password", base, request!("Password=alllowercase"), &PasswordMalformed),
    Case::err(
        "an unknown way to bill traffic",
        base,
        request!("InternetChargeType=PayByMood"),
        &InternetChargeTypeUnknown,
    ),
    Case::err("too much bandwidth out", base, request!("InternetMaxBandwidthOut=101"), &BandwidthOutInvalid),
    Case::err(
        "no number as bandwidth out",
        base,
        request!("InternetMaxBandwidthOut=ten"),
        &BandwidthOutInvalid,
    ),
    Case::err("no bandwidth in", base, request!("InternetMaxBandwidthIn=0"), &BandwidthInInvalid),
    Case::err("an unknown I/O mode", base, request!("IoOptimized=maybe"), &IoOptimizedUnknown),
    Case::err(
        "an unknown way to pay",
        base,
        request!("InstanceChargeType=PayLater"),
        &InstanceChargeTypeUnknown,
    ),
    Case::err("an unknown way to bid", base, request!("SpotStrategy=SpotForFree"), &SpotStrategyUnknown),
    Case::err(
        "a spot subscription",
        base,
        request!("InstanceChargeType=PrePaid", "Period=1", "SpotStrategy=SpotAsPriceGo"),
        &SpotWithSubscription,
    ),
    Case::err(
        "a bid without its limit",
        base,
        request!("SpotStrategy=SpotWithPriceLimit"),
        &SpotPriceLimitInvalid,
    ),
    Case::err(
        "a bid with four decimals",
        base,
        request!("SpotStrategy=SpotWithPriceLimit", "SpotPriceLimit=0.1234"),
        &SpotPriceLimitInvalid,
    ),
    Case::err("long user data", long_user_data, request!("UserData=$data"), &UserDataTooLong),
    Case::err(
        "an unknown category of the system disk",
        base,
        request!("SystemDisk.Category=floppy"),
        &SystemDiskCategoryUnknown,
    ),
    Case::err("a bad name of the system disk", base, request!("SystemDisk.DiskName=1"), &DiskNameMalformed),
    Case::err("a bad name of a data disk", base, request!("DataDisk.1.DiskName=a*b"), &DiskNameMalformed),
    Case::err(
        "a short description of the system disk",
        base,
        request!("SystemDisk.Description=x"),
        &DiskDescriptionMalformed,
    ),
    Case::err(
        "no number as size of the system disk",
        base,
        request!("SystemDisk.Size=forty"),
        &SystemDiskSizeInvalid,
    ),
    Case::err("a system disk of no size", base, request!("SystemDisk.Size=0"), &SystemDiskSizeInvalid),
    Case::err(
        "an unknown category of a data disk",
        base,
        request!("DataDisk.1.Category=floppy"),
        &DiskCategoryUnknown,
    ),
    Case::err("encrypted perhaps", base, request!("DataDisk.1.Encrypted=perhaps"), &EncryptedMalformed),
];

fn long_user_data(story: &mut Story) {
    base(story);
    story.bind("data", THREE_BYTES.repeat(11_264));
}
