//! Requests that end before the checks of creation or with what is missing.

use serde_json::json;

use crate::case::Case;
use crate::ecs::instance::creation::given::{account, base, request};
use crate::errors::{
    AccountInArrears, AmountInvalid, AutoReleaseTimeInvalid, CreationRegionNotFound, DryRunPassed,
    HeldByRiskControl, LaunchTemplateNotFound, ParameterMalformed, ParametersConflict,
    PreviewParameterNotGranted, RealNameNotVerified, RegionNotGranted, RequiredParameterEmpty,
    RequiredParameterMissing,
};
use crate::story::Story;

pub(super) const SHARED: &[Case] = &[
    Case::err("no region", base, request!("RegionId="), &RequiredParameterEmpty),
    Case::err("an unknown region", base, request!("RegionId=cn-atlantis"), &CreationRegionNotFound)
        .instead("RegionId=cn-hangzhou"),
    Case::err("an account under risk control", held, request!(), &HeldByRiskControl).after(released),
    Case::err("an account without a verified name", unverified, request!(), &RealNameNotVerified)
        .shown(
            "DescribeAccountAttributes",
            "RegionId=cn-hangzhou&AttributeName.1=real-name-authentication",
            "\"Value\":\"none\"",
        )
        .after(verified),
    Case::err("a region that the account may not use", elsewhere_only, request!(), &RegionNotGranted)
        .after(everywhere),
    Case::err("an account that owes money", in_arrears, request!(), &AccountInArrears).after(paid_up),
    Case::err("a preview parameter", base, request!("Arn.1.RoleType=Primary"), &PreviewParameterNotGranted),
    Case::err(
        "a preview parameter in a group",
        base,
        request!("HibernationOptions.Configured=true"),
        &PreviewParameterNotGranted,
    ),
    Case::err("an empty image", base, request!("ImageId="), &RequiredParameterEmpty),
    Case::err("no image", base, "RegionId=cn-hangzhou&InstanceType=ecs.g5.large", &RequiredParameterMissing),
    Case::err(
        "no instance type",
        base,
        "RegionId=cn-hangzhou&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd",
        &RequiredParameterMissing,
    ),
    Case::err(
        "no security group",
        base,
        "RegionId=cn-hangzhou&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&InstanceType=ecs.g5.large",
        &RequiredParameterMissing,
    ),
    Case::err(
        "a subscription without a period",
        base,
        request!("InstanceChargeType=PrePaid"),
        &RequiredParameterMissing,
    ),
    Case::err("a period that is no number", base, request!("Period=abc"), &ParameterMalformed),
    Case::err("an image and a family", base, request!("ImageFamily=centos"), &ParametersConflict),
    Case::err("a rehearsal", base, request!("DryRun=true"), &DryRunPassed),
];

pub(super) const RUN: &[Case] = &[
    Case::err("too many instances", base, request!("Amount=101"), &AmountInvalid).instead("Amount=100"),
    Case::err("no instances", base, request!("Amount=0"), &AmountInvalid).instead("Amount=1"),
    Case::err("an amount that is no number", base, request!("Amount=three"), &AmountInvalid)
        .instead("Amount=3"),
    Case::err("more at least than at all", base, request!("Amount=2", "MinAmount=3"), &ParameterMalformed),
    Case::err(
        "a release too near",
        base,
        request!("AutoReleaseTime=2026-01-01T00:10:00Z"),
        &AutoReleaseTimeInvalid,
    ),
    Case::err("one group and several", base, request!("SecurityGroupIds.1=$g"), &ParametersConflict),
    Case::err(
        "a launch template",
        base,
        "RegionId=cn-hangzhou&LaunchTemplateId=lt-bp1doesnotexist00001",
        &LaunchTemplateNotFound,
    ),
    Case::err("an Internet provider", base, request!("Isp=BGP"), &PreviewParameterNotGranted),
];

pub(super) const CREATE: &[Case] = &[
    Case::err("a node", base, request!("NodeControllerId=1"), &PreviewParameterNotGranted),
    Case::err(
        "a renewal without a period",
        base,
        request!("InstanceChargeType=PrePaid", "Period=1", "AutoRenew=true"),
        &RequiredParameterMissing,
    ),
];

fn held(story: &mut Story) {
    base(story);
    account(story, json!({ "risk_control": "restricted" }));
}

fn released(story: &mut Story) {
    account(story, json!({ "risk_control": "none" }));
}

fn unverified(story: &mut Story) {
    base(story);
    account(story, json!({ "real_name_verified": false }));
}

fn verified(story: &mut Story) {
    account(story, json!({ "real_name_verified": true }));
}

fn elsewhere_only(story: &mut Story) {
    base(story);
    account(story, json!({ "entitlements": { "regions": ["us-west-1"] } }));
}

fn everywhere(story: &mut Story) {
    account(story, json!({ "entitlements": { "regions": "*" } }));
}

fn in_arrears(story: &mut Story) {
    base(story);
    account(story, json!({ "billing": { "overdue_amount": 35.2 } }));
}

fn paid_up(story: &mut Story) {
    account(story, json!({ "billing": { "overdue_amount": 0 } }));
}
