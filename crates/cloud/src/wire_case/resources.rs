//! Rows about what a request means, who pays for it, and the cloud that carries it out.

use serde_json::{Value, json};

use crate::commands::ABSENT;
use crate::wire_case::{HELD, WireCase, given};

/// A subscription of a month.
const MONTH: [(&str, &str); 3] = [("InstanceChargeType", "PrePaid"), ("Period", "1"), ("AutoPay", "true")];

/// Rows about resources, money and the cloud.
pub(super) fn rows() -> Vec<WireCase> {
    [
        rows_of_creation(),
        rows_of_components(),
        rows_of_resources(),
        rows_of_disks_and_images(),
        rows_of_the_cloud(),
    ]
    .concat()
}

/// Rows that only a request for an instance meets.
fn rows_of_creation() -> Vec<WireCase> {
    vec![
        WireCase {
            facts: account(json!({ "billing": { "balance": "1.00", "credit_limit": "0.00" } })),
            mend: account(json!({ "billing": { "balance": "100000.00" } })),
            ..run("C004", &MONTH)
        },
        WireCase {
            mend: account(json!({
                "entitlements": { "preview_parameters": ["HibernationOptions.Configured"] }
            })),
            ..run("C021", &[("HibernationOptions.Configured", "true")])
        },
        WireCase {
            // A hundred at once cost more than a new account has.
            instead: vec![("Amount", "1")],
            ..run("C004", &[&MONTH[..], &[("Amount", "100")]].concat())
        },
        WireCase {
            facts: account(json!({ "risk_control": "restricted" })),
            mend: account(json!({ "risk_control": "none" })),
            ..run("C027", &[])
        },
        WireCase {
            facts: account(json!({ "real_name_verified": false })),
            mend: account(json!({ "real_name_verified": true })),
            ..run("C037", &[])
        },
    ]
}

/// Rows about what a creation depends on: the services beside the cloud, and the cloud itself.
fn rows_of_components() -> Vec<WireCase> {
    let component = |name: &str, state: &str| json!({ "components": { name: { "state": state } } });
    let kms = |state: &str| component("kms", state);
    let licence = account(json!({ "marketplace": { "subscriptions": { "cmjj000001": 1 } } }));
    let encrypted = [
        ("DataDisk.1.Category", "cloud_efficiency"),
        ("DataDisk.1.Size", "20"),
        ("DataDisk.1.Encrypted", "true"),
    ];
    vec![
        WireCase { facts: kms("failing"), mend: kms("ok"), ..run("C022", &encrypted) },
        WireCase {
            facts: kms("failing"),
            instead: vec![("DataDisk.1.Encrypted", "false")],
            ..run("C022", &encrypted)
        },
        WireCase {
            given: given::role,
            facts: component("ram", "failing"),
            mend: component("ram", "ok"),
            ..run("C022", &[("RamRoleName", "worker")])
        },
        WireCase {
            given: given::role,
            facts: component("ram", "unreachable"),
            instead: vec![("RamRoleName", ABSENT)],
            ..run("C022", &[("RamRoleName", "worker")])
        },
        WireCase {
            facts: merged(licence.clone(), component("marketplace", "failing")),
            mend: component("marketplace", "ok"),
            ..run("C022", &[("ImageId", "m-bp1market0000000lamp01")])
        },
        WireCase {
            facts: merged(licence, component("marketplace", "unreachable")),
            instead: vec![("ImageId", "centos_7_9_x64_20G_alibase_20230815.vhd")],
            ..run("C022", &[("ImageId", "m-bp1market0000000lamp01")])
        },
        WireCase {
            facts: component("billing", "failing"),
            instead: vec![("InstanceChargeType", "PostPaid"), ("Period", ABSENT)],
            ..run("C022", &MONTH)
        },
        // A component of the cloud fails, not a service beside it.
        WireCase {
            facts: component("compute", "failing"),
            mend: component("compute", "ok"),
            ..run("I105", &[])
        },
    ]
}

/// A request for an instance, with more that it says.
fn run(id: &'static str, own: &[(&'static str, &'static str)]) -> WireCase {
    WireCase {
        given: given::network,
        request: [&given::INSTANCE, own].concat(),
        ..WireCase::in_call(id, "RunInstances")
    }
}

/// Rows about one resource: it is not there, or does not allow the action.
fn rows_of_resources() -> Vec<WireCase> {
    let named = |id, action, parameter, unknown, known| WireCase {
        given: given::stopped,
        request: vec![(parameter, unknown)],
        instead: vec![(parameter, known)],
        ..WireCase::in_call(id, action)
    };
    vec![
        named("C013", "StartInstance", "InstanceId", "", "$i"),
        WireCase {
            given: given::subscription,
            ..named("C023", "ModifyInstanceAutoReleaseTime", "InstanceId", "$subscription", "$i")
        },
        named("C039", "ModifyDiskAttribute", "DiskId", "d-bp1doesnotexist0001", "$disk"),
        named("C041", "StartInstance", "InstanceId", "i-bp1doesnotexist0001", "$i"),
        WireCase {
            given: given::network,
            ..named(
                "C043",
                "DescribeSecurityGroupAttribute",
                "SecurityGroupId",
                "sg-bp1doesnotexist001",
                "$sg",
            )
        },
        WireCase {
            given: given::network,
            ..named("C043", "DeleteSecurityGroup", "SecurityGroupId", "sg-bp1doesnotexist001", "$sg")
        },
    ]
}

/// Rows about what is made of a disk.
fn rows_of_disks_and_images() -> Vec<WireCase> {
    let permission = [("ImageId", "$image"), ("AddAccount.1", "1999999999999999")];
    let disk = [("ZoneId", "cn-hangzhou-h"), ("DiskCategory", "cloud_efficiency"), ("Size", "20")];
    vec![
        WireCase {
            given: given::image,
            request: permission.to_vec(),
            instead: vec![("AddAccount.1", "1000000000000002")],
            ..WireCase::in_call("C030", "ModifyImageSharePermission")
        },
        WireCase {
            given: given::image,
            request: vec![("ImageId", "m-bp1doesnotexist00001"), ("Description", "web")],
            instead: vec![("ImageId", "$image")],
            ..WireCase::in_call("C040", "ModifyImageAttribute")
        },
        WireCase {
            request: [&disk[..], &[("SnapshotId", "s-bp1doesnotexist00001")]].concat(),
            instead: vec![("SnapshotId", ABSENT)],
            ..WireCase::in_call("C044", "CreateDisk")
        },
        WireCase {
            given: given::one_attaching,
            request: vec![("InstanceId", "$i"), ("DiskId", "$free")],
            act: |story| story.pass_ms(5000),
            ..WireCase::in_call("C045", "AttachDisk")
        },
    ]
}

/// Rows about a cloud that cannot do what it is asked.
fn rows_of_the_cloud() -> Vec<WireCase> {
    let part = |state: &str| json!({ "components": { "state-store": { "state": state } } });
    let region = |facts: Value| json!({ "regions": { "cn-hangzhou": facts } });
    let in_flight = |count: u32| json!({ "limits": { "max_in_flight": count } });
    let maintenance = json!([{ "from": "2025-12-31T00:00:00Z", "to": "2026-01-01T00:00:05Z" }]);
    vec![
        WireCase { facts: part("failing"), mend: part("ok"), ..WireCase::of("C046") },
        WireCase {
            given: given::slow,
            first: Some(HELD),
            facts: merged(in_flight(1), json!({ "limits": { "latency": { "create_commit_ms": 0 } } })),
            mend: in_flight(64),
            ..WireCase::of("C047")
        },
        WireCase {
            facts: region(json!({ "state": "unavailable" })),
            mend: region(json!({ "state": "normal" })),
            ..WireCase::of("C047")
        },
        WireCase {
            facts: region(json!({ "state": "unavailable" })),
            instead: vec![("RegionId", "cn-beijing")],
            ..WireCase::of("C047")
        },
        WireCase {
            // The region of the instance, once it is found.
            given: given::stopped,
            facts: region(json!({ "state": "unavailable" })),
            mend: region(json!({ "state": "normal" })),
            request: vec![("RegionId", ABSENT), ("InstanceId", "$i")],
            ..WireCase::in_call("C047", "StartInstance")
        },
        WireCase {
            facts: region(json!({ "maintenance": maintenance })),
            // It ends by itself.
            act: |story| story.pass_ms(5000),
            ..WireCase::of("C048")
        },
    ]
}

/// The facts of two documents together.
fn merged(mut facts: Value, more: Value) -> Value {
    let Value::Object(more) = more else { return facts };
    for (name, part) in more {
        let own = facts[&name].take();
        facts[name] = if own.is_object() { merged(own, part) } else { part };
    }
    facts
}

fn account(facts: Value) -> Value {
    json!({ "accounts": { "1000000000000001": facts } })
}
