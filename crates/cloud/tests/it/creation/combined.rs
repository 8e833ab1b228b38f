//! Whatever else is wrong with a request, the first step in the documented order answers.

use moyun_cloud::ecs::instance::creation::given::base;
use moyun_cloud::errors::{self, ErrorRow};
use moyun_cloud::story::Story;
use serde_json::Value;

use crate::creation::REQUEST;

/// One thing that is wrong, and the step that finds it.
struct Defect {
    step: u32,
    row: &'static ErrorRow,
    /// What the request says. Defects that say something about the same parameter are not tried together.
    said: &'static str,
    /// A path of the world and the facts there.
    facts: Option<(&'static str, &'static str)>,
}

const fn said(step: u32, row: &'static ErrorRow, said: &'static str) -> Defect {
    Defect { step, row, said, facts: None }
}

const fn fact(step: u32, row: &'static ErrorRow, path: &'static str, facts: &'static str) -> Defect {
    Defect { step, row, said: "", facts: Some((path, facts)) }
}

const ACCOUNT: &str = "accounts/1000000000000001";
const ZONE: &str = "zones/cn-hangzhou-h";
const REGION: &str = "regions/cn-hangzhou";
const IMAGE: &str = "images/centos_7_9_x64_20G_alibase_20230815.vhd";
const ENCRYPTED: &str = "DataDisk.1.Size=20&DataDisk.1.Encrypted=true";

#[rustfmt::skip]
static DEFECTS: &[Defect] = &[
    fact(34, &errors::HeldByRiskControl, ACCOUNT, r#"{"risk_control":"restricted"}"#),
    fact(35, &errors::RealNameNotVerified, ACCOUNT, r#"{"real_name_verified":false}"#),
    fact(36, &errors::RegionNotGranted, ACCOUNT, r#"{"entitlements":{"regions":[]}}"#),
    fact(37, &errors::AccountInArrears, ACCOUNT, r#"{"billing":{"overdue_amount":1}}"#),
    said(38, &errors::PreviewParameterNotGranted, "Arn.1.RoleType=Primary"),
    said(39, &errors::RequiredParameterEmpty, "ImageId="),
    said(40, &errors::ParameterMalformed, "DeletionProtection=maybe"),
    said(41, &errors::AmountInvalid, "Amount=0"),
    said(42, &errors::InstanceNameMalformed, "InstanceName=x"),
    said(43, &errors::DescriptionMalformed, "Description=x"),
    said(44, &errors::HostNameMalformed, "HostName=web_01"),
    said(45, &errors::PasswordMalformed, "Password=short"),
    said(46, &errors::InternetChargeTypeUnknown, "InternetChargeType=PayByMood"),
    said(47, &errors::BandwidthOutInvalid, "InternetMaxBandwidthOut=101"),
    said(48, &errors::BandwidthInInvalid, "InternetMaxBandwidthIn=0"),
    said(49, &errors::IoOptimizedUnknown, "IoOptimized=maybe"),
    said(50, &errors::InstanceChargeTypeUnknown, "InstanceChargeType=PayLater"),
    said(51, &errors::SpotStrategyUnknown, "SpotStrategy=SpotForFree"),
    said(53, &errors::SpotPriceLimitInvalid, "SpotStrategy=SpotWithPriceLimit&SpotPriceLimit=0"),
    said(54, &errors::UserDataTooLong, "UserData=$long"),
    said(55, &errors::SystemDiskCategoryUnknown, "SystemDisk.Category=floppy"),
    said(56, &errors::DiskNameMalformed, "SystemDisk.DiskName=1"),
    said(57, &errors::DiskDescriptionMalformed, "SystemDisk.Description=x"),
    said(58, &errors::SystemDiskSizeInvalid, "SystemDisk.Size=forty"),
    said(59, &errors::DiskCategoryUnknown, "DataDisk.2.Size=20&DataDisk.2.Category=floppy"),
    said(60, &errors::EncryptedMalformed, "DataDisk.1.Size=20&DataDisk.1.Encrypted=perhaps"),
    said(61, &errors::InstanceTypeUnknown, "InstanceType=ecs.g99.large"),
    said(62, &errors::ZoneNotFound, "ZoneId=cn-hangzhou-zz"),
    said(63, &errors::ZoneTakesNoInstances, "ZoneId=cn-beijing-f"),
    said(64, &errors::ZoneRetired, "ZoneId=cn-hangzhou-a"),
    said(65, &errors::CreationImageNotFound, "ImageId=m-bp1doesnotexist00001"),
    fact(66, &errors::ImageDisabled, IMAGE, r#"{"status":"UnAvailable"}"#),
    said(68, &errors::CreationSecurityGroupNotFound, "SecurityGroupId=sg-bp1doesnotexist001"),
    said(69, &errors::VSwitchIdMissing, "VSwitchId="),
    said(70, &errors::VSwitchNotFound, "VSwitchId=vsw-bp1doesnotexist00001"),
    said(73, &errors::KeyPairNotFound, "KeyPairName=nope"),
    said(74, &errors::RamRoleNotFound, "RamRoleName=nope"),
    said(75, &errors::HpcClusterNotFound, "HpcClusterId=hpc-bp1doesnotexist0001"),
    said(77, &errors::DataDiskSnapshotNotFound, "DataDisk.3.SnapshotId=s-bp1doesnotexist00001"),
    Defect {
        facts: Some((ACCOUNT, r#"{"entitlements":{"user_data":false}}"#)),
        ..said(80, &errors::UserDataNotGranted, "UserData=ZWNobw==")
    },
    said(81, &errors::InstanceTypeByInvitation, "InstanceType=ecs.re4e.40xlarge"),
    said(82, &errors::SystemDiskCategoryNotGranted, "SystemDisk.Category=ephemeral_ssd"),
    said(83, &errors::SnapshotTooLargeOrCategoryNotGranted, "DataDisk.1.Size=20&DataDisk.1.Category=ephemeral_ssd"),
    said(86, &errors::SpotParameterNotGranted, "SpotStrategy=SpotAsPriceGo&SpotDuration=3"),
    said(89, &errors::VSwitchInOtherZone, "ZoneId=cn-hangzhou-g"),
    fact(90, &errors::NetworkTypeNotOffered, ZONE, r#"{"network_types":["classic"]}"#),
    Defect {
        facts: Some((ACCOUNT, r#"{"quotas":{"internet_bandwidth_max":{"PayByTraffic":50}}}"#)),
        ..said(94, &errors::BandwidthAboveAccountCeiling, "InternetMaxBandwidthOut=80")
    },
    said(96, &errors::TypeOnlyIoOptimized, "IoOptimized=none"),
    fact(97, &errors::ImageNotIoOptimized, IMAGE, r#"{"io_optimized":false}"#),
    fact(98, &errors::ZoneVpcNotIoOptimized, ZONE, r#"{"vpc_io_optimized":false}"#),
    fact(101, &errors::ImageExcludesInstanceType, IMAGE, r#"{"supported_families":["ecs.g6"]}"#),
    said(108, &errors::SystemDiskTooSmall, "SystemDisk.Size=10"),
    said(109, &errors::SystemDiskTooLarge, "SystemDisk.Size=3000"),
    said(111, &errors::DataDiskSizeInvalid, "DataDisk.4.Size=10"),
    said(112, &errors::DataDiskTooLarge, "DataDisk.5.Size=40000"),
    Defect {
        facts: Some((REGION, r#"{"disk_encryption":false}"#)),
        ..said(120, &errors::RegionCannotEncrypt, ENCRYPTED)
    },
    Defect {
        facts: Some((ACCOUNT, r#"{"services":{"kms":"disabled"}}"#)),
        ..said(122, &errors::KmsNotEnabled, ENCRYPTED)
    },
    fact(125, &errors::ZoneNotOnSale, ZONE, r#"{"sale":"off"}"#),
    fact(126, &errors::PostPaidSalesSuspended, REGION, r#"{"postpaid_sales":"suspended"}"#),
    fact(128, &errors::ZoneLacksInstanceType, ZONE, r#"{"instance_types":[]}"#),
    Defect {
        facts: Some((ACCOUNT, r#"{"quotas":{"portable_cloud_disks":0}}"#)),
        ..said(130, &errors::TooManyPortableDisks, "DataDisk.6.Size=20")
    },
    fact(134, &errors::PostPaidInstanceQuotaExceeded, ACCOUNT, r#"{"quotas":{"postpaid_instances":0}}"#),
    fact(135, &errors::VpcInstanceQuotaExceeded, ACCOUNT, r#"{"quotas":{"instances_per_vpc":0}}"#),
    fact(136, &errors::SecurityGroupFull, ACCOUNT, r#"{"quotas":{"instances_per_security_group":0}}"#),
    fact(139, &errors::OutOfStock, ZONE, r#"{"stock":{"ecs.g5.large":0}}"#),
    said(140, &errors::SpotPriceLimitBelowMarket, "SpotStrategy=SpotWithPriceLimit&SpotPriceLimit=0.001"),
    fact(141, &errors::NoPaymentMethod, ACCOUNT, r#"{"billing":{"payment_methods":[]}}"#),
];

#[test]
fn each_defect_alone_is_refused_by_its_row() {
    DEFECTS.iter().for_each(|defect| check(&[defect]));
}

#[test]
fn of_any_defects_together_the_first_in_order_answers() {
    let mut numbers = Numbers(20_260_101);
    for _ in 0..400 {
        let mut chosen: Vec<&Defect> = vec![];
        for _ in 0..2 + numbers.below(9) {
            let defect = &DEFECTS[numbers.below(DEFECTS.len())];
            if !chosen.iter().any(|other| disagree(other, defect)) {
                chosen.push(defect);
            }
        }
        check(&chosen);
    }
}

fn check(defects: &[&Defect]) {
    let mut story = Story::begin();
    base(&mut story);
    story.bind("long", "QUFB".repeat(11_264));
    let mut request = REQUEST.to_owned();
    for defect in defects {
        if let Some((path, facts)) = defect.facts {
            story.patch(path, serde_json::from_str::<Value>(facts).expect("facts are JSON"));
        }
        if !defect.said.is_empty() {
            request = format!("{request}&{}", defect.said);
        }
    }
    let first = defects.iter().min_by_key(|defect| defect.step).expect("something is wrong");
    let before = story.dump();
    let refusal = story.try_call("RunInstances", &request).expect_err(first.row.name);
    assert_eq!(refusal.row.name, first.row.name, "{request}, {:?}", names(defects));
    assert_eq!(story.dump(), before, "{} changed something", first.row.name);
}

/// Whether both say something about the same parameter.
fn disagree(one: &Defect, other: &Defect) -> bool {
    let names = |defect: &'static str| defect.split('&').filter_map(|pair| pair.split('=').next());
    names(one.said).any(|name| !name.is_empty() && names(other.said).any(|second| second == name))
}

fn names(defects: &[&Defect]) -> Vec<&'static str> {
    defects.iter().map(|defect| defect.row.name).collect()
}

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % bound
    }
}
