//! Rows about the request itself and about who sends it.

use serde_json::json;

use crate::commands::ABSENT;
use crate::wire_case::{First, HELD, NOW, OWN, WireCase, given};

/// Rows about what a request says and how.
pub(super) fn rows() -> Vec<WireCase> {
    let said = |id, request, instead| WireCase { request, instead, ..WireCase::of(id) };
    let absent = |id, name, value| said(id, vec![(name, ABSENT)], vec![(name, value)]);
    let token = |token| vec![("ClientToken", token), ("VpcName", "one")];
    vec![
        WireCase {
            given: |story| {
                story.call("Vpc:CreateVpc", "RegionId=cn-hangzhou&ClientToken=used&VpcName=one");
            },
            ..said("C001", vec![("ClientToken", "used"), ("VpcName", "two")], token("used"))
        },
        said("C002", vec![("Timestamp", "1900-01-01T00:00:00Z")], vec![("Timestamp", NOW)]),
        said("C002", vec![("Timestamp", "2026-01-01T00:15:01Z")], vec![("Timestamp", NOW)]),
        said("C002", vec![("Timestamp", "2026-01-01 00:00:00")], vec![("Timestamp", NOW)]),
        said("C003", vec![("Secret", "no secret")], vec![("Secret", "moyun-local-secret")]),
        said("C009", vec![("SignatureMethod", "HMAC-MD5")], vec![("SignatureMethod", "HMAC-SHA1")]),
        WireCase {
            // V3 has no version beside the name of its algorithm.
            only_v1: true,
            ..said("C010", vec![("SignatureVersion", "2.0")], vec![("SignatureVersion", "1.0")])
        },
        said("C011", vec![("DryRun", "maybe")], vec![("DryRun", "false")]),
        said("C012", vec![("Action", "CreateVpz")], vec![("Action", "CreateVpc")]),
        said("C012", vec![("Version", "2013-01-10")], vec![("Version", "2016-04-28")]),
        said("C013", vec![("SignatureNonce", "")], vec![("SignatureNonce", "new")]),
        absent("C014", "Action", "CreateVpc"),
        absent("C015", "AccessKeyId", "LTAI5tMoyunLocalTest"),
        absent("C016", "Signature", ""),
        absent("C017", "Timestamp", NOW),
        absent("C018", "Version", "2016-04-28"),
        WireCase {
            first: Some(First { action: "DescribeVpcs", said: ("SignatureNonce", "spent"), is_held: false }),
            ..said("C019", vec![("SignatureNonce", "spent")], vec![("SignatureNonce", "new")])
        },
        WireCase {
            given: |story| {
                story.call("CreateSecurityGroup", "RegionId=cn-hangzhou&ClientToken=used");
            },
            ..said("C032", vec![("ClientToken", "used")], vec![("ClientToken", "new")])
        },
        WireCase {
            given: given::slow,
            first: Some(HELD),
            act: |story| story.pass_ms(2000),
            ..said("C035", vec![("ClientToken", "held")], vec![])
        },
        said("C038", vec![("Method", "PUT")], vec![("Method", "GET")]),
        said("C038", vec![("Method", "DELETE")], vec![("Method", "POST")]),
        said("C042", vec![("RegionId", "cn-atlantis")], vec![("RegionId", "cn-hangzhou")]),
    ]
}

/// Rows about who calls.
pub(super) fn rows_about_callers() -> Vec<WireCase> {
    let own = vec![("AccessKeyId", "LTAI-own"), ("Secret", "s3cret")];
    let with_own = |id| WireCase { request: own.clone(), ..WireCase::of(id) };
    let ann = vec![("AccessKeyId", "$ann"), ("Secret", "$ann_secret")];
    let key = |facts| json!({ "access_keys": { "LTAI-own": facts } });
    vec![
        WireCase {
            request: vec![("AccessKeyId", "LTAI-new"), ("Secret", "s3cret")],
            mend: json!({ "access_keys": { "LTAI-new": given::key("owner") } }),
            ..WireCase::of("C005")
        },
        WireCase {
            facts: json!({ "limits": { "throttle": { "CreateVpc": "0/min" } } }),
            mend: json!({ "limits": { "throttle": { "CreateVpc": "1/min" } } }),
            ..WireCase::of("C020")
        },
        WireCase {
            given: |story| {
                given::ann(story);
                given::allow(story, "AliyunVPCFullAccess");
                given::switch_key(story, "Inactive");
            },
            request: ann.clone(),
            act: |story| given::switch_key(story, "Active"),
            ..WireCase::of("C024")
        },
        WireCase {
            given: given::ann,
            request: [
                ann.clone(),
                vec![("statusKey", "instance_shutdown"), ("statusValue", "stop_charging")],
            ]
            .concat(),
            instead: own.clone(),
            ..WireCase::in_call("C025", "ModifyUserBusinessBehavior")
        },
        WireCase {
            given: given::ann,
            request: ann.clone(),
            act: |story| given::allow(story, "AliyunVPCFullAccess"),
            ..WireCase::of("C026")
        },
        WireCase {
            given: |story| {
                given::ann(story);
                given::allow(story, "AliyunECSFullAccess");
            },
            request: [&ann[..], &given::INSTANCE, &[("InstanceChargeType", "PrePaid"), ("Period", "1")]]
                .concat(),
            act: |story| given::allow(story, "AliyunBSSOrderAccess"),
            ..WireCase::in_call("C028", "RunInstances")
        },
        WireCase {
            facts: key(json!({ "allowed_actions": ["Describe*"] })),
            mend: key(json!({ "allowed_actions": ["Describe*", "CreateVpc"] })),
            ..with_own("C031")
        },
    ]
}

/// Rows about whose resources a call means.
pub(super) fn rows_about_owners() -> Vec<WireCase> {
    let service = vec![("AccessKeyId", "LTAI-service"), ("Secret", "s3cret")];
    let said = |id, request, instead| WireCase { request, instead, ..WireCase::of(id) };
    let granted = json!({ "accounts": { "1000000000000002": { "resource_grants": [OWN] } } });
    vec![
        said(
            "C006",
            vec![("OwnerId", OWN), ("OwnerAccount", "owner@moyun.local")],
            vec![("OwnerAccount", ABSENT)],
        ),
        said("C007", vec![("OwnerAccount", "a b")], vec![("OwnerAccount", "owner@moyun.local")]),
        said("C008", vec![("OwnerId", "1000000000000002")], vec![("OwnerId", OWN)]),
        said("C008", vec![("OwnerId", "me")], vec![("OwnerId", OWN)]),
        WireCase {
            request: vec![("ResourceOwnerAccount", "other@moyun.local")],
            mend: granted,
            ..WireCase::of("C029")
        },
        said(
            "C033",
            vec![("OwnerAccount", "other@moyun.local")],
            vec![("OwnerAccount", "owner@moyun.local")],
        ),
        said(
            "C033",
            vec![("OwnerAccount", "nobody@moyun.local")],
            vec![("OwnerAccount", "owner@moyun.local")],
        ),
        said(
            "C034",
            vec![("ResourceOwnerAccount", "nobody@moyun.local")],
            vec![("ResourceOwnerAccount", "owner@moyun.local")],
        ),
        said("C036", service, vec![("OwnerId", OWN)]),
    ]
}
