//! The states of rows, made through the API.

use serde_json::{Value, json};

use super::Marks;
use crate::client::{Server, signed};
use crate::form::version;

const REGION: (&str, &str) = ("RegionId", "cn-hangzhou");

/// Keys `LTAI-own` and `LTAI-service`, both with the secret `s3cret`, and another account.
pub(super) fn keys(server: &Server) {
    let mut other = server.admin("GET", "/admin/world/accounts/1000000000000001", "").json();
    other["login_name"] = json!("other@moyun.local");
    server.patch(json!({
        "access_keys": { "LTAI-own": key("owner"), "LTAI-service": key("service") },
        "accounts": { "1000000000000002": other },
    }));
}

/// The facts of a key of the default account.
pub(super) fn key(kind: &str) -> Value {
    json!({ "secret": "s3cret", "account": "1000000000000001", "kind": kind, "status": "Active", "allowed_actions": "*" })
}

/// A call of the default account that succeeds.
pub(super) fn call(server: &Server, action: &str, own: &[(&str, &str)]) -> Value {
    let answer = server.call(action, &[&[REGION, ("Version", version(action))], own].concat());
    assert_eq!(answer.status, 200, "{action}: {}", answer.body);
    answer.json()
}

pub(super) fn advance(server: &Server, seconds: u32) {
    let answer = server.admin("POST", "/admin/clock/advance", &json!({ "seconds": seconds }).to_string());
    assert_eq!(answer.status, 200, "{}", answer.body);
}

/// A vSwitch `vsw` in cn-hangzhou-h and a security group `sg`.
pub(super) fn network(server: &Server) -> Marks {
    let vpc = text(&call(server, "CreateVpc", &[("CidrBlock", "10.0.0.0/8")])["VpcId"]);
    advance(server, 1);
    let place = [("VpcId", &*vpc), ("ZoneId", "cn-hangzhou-h"), ("CidrBlock", "10.0.1.0/24")];
    let v_switch = text(&call(server, "CreateVSwitch", &place)["VSwitchId"]);
    let group = text(&call(server, "CreateSecurityGroup", &[("VpcId", &*vpc)])["SecurityGroupId"]);
    advance(server, 1);
    Marks::from([("vsw", v_switch), ("sg", group)])
}

/// What every request for an instance says, in [`network`].
pub(super) const INSTANCE: [(&str, &str); 5] = [
    ("VSwitchId", "$vsw"),
    ("SecurityGroupId", "$sg"),
    ("ImageId", "centos_7_9_x64_20G_alibase_20230815.vhd"),
    ("InstanceType", "ecs.g5.large"),
    ("SystemDisk.Category", "cloud_efficiency"),
];

/// As [`network`], with an instance `i` that is off and its system disk `disk`.
pub(super) fn stopped(server: &Server) -> Marks {
    let mut marks = network(server);
    let id = run(server, &marks, &[]);
    advance(server, 60);
    call(server, "StopInstance", &[("InstanceId", &id)]);
    advance(server, 60);
    let disks = call(server, "DescribeDisks", &[("InstanceId", &id)]);
    marks.insert("disk", text(&disks["Disks"]["Disk"][0]["DiskId"]));
    marks.insert("i", id);
    marks
}

/// As [`network`], with an instance `i` that is paid as it is used and a subscription `subscription`.
pub(super) fn subscription(server: &Server) -> Marks {
    let mut marks = network(server);
    marks.insert("i", run(server, &marks, &[]));
    marks.insert("subscription", run(server, &marks, &[("InstanceChargeType", "PrePaid"), ("Period", "1")]));
    advance(server, 60);
    marks
}

/// As [`stopped`], with an image `image` of the instance.
pub(super) fn image(server: &Server) -> Marks {
    let mut marks = stopped(server);
    let made = call(server, "CreateImage", &[("InstanceId", &marks["i"])]);
    advance(server, 600);
    marks.insert("image", text(&made["ImageId"]));
    marks
}

/// As [`stopped`], with a disk on its way to the instance and another, `free`, beside it.
pub(super) fn one_attaching(server: &Server) -> Marks {
    let mut marks = stopped(server);
    let place = [("ZoneId", "cn-hangzhou-h"), ("DiskCategory", "cloud_efficiency"), ("Size", "20")];
    let [first, free] = [0, 1].map(|_| text(&call(server, "CreateDisk", &place)["DiskId"]));
    advance(server, 60);
    call(server, "AttachDisk", &[("InstanceId", &marks["i"]), ("DiskId", &first)]);
    marks.insert("free", free);
    marks
}

fn run(server: &Server, marks: &Marks, own: &[(&str, &str)]) -> String {
    let filled =
        INSTANCE.map(|(name, value)| (name, value.strip_prefix('$').map_or(value, |mark| &*marks[mark])));
    text(&call(server, "RunInstances", &[&filled[..], own].concat())["InstanceIdSets"]["InstanceIdSet"][0])
}

/// As [`network`], with a RAM user ann who has the key `ann` with the secret `ann_secret` and may do nothing.
pub(super) fn ann(server: &Server) -> Marks {
    let mut marks = network(server);
    call(server, "CreateUser", &[("UserName", "ann")]);
    let made = call(server, "CreateAccessKey", &[("UserName", "ann")]);
    marks.insert("ann", text(&made["AccessKey"]["AccessKeyId"]));
    marks.insert("ann_secret", text(&made["AccessKey"]["AccessKeySecret"]));
    marks
}

/// Switches the key of ann on or off.
pub(super) fn switch_key(server: &Server, status: &str) {
    let keys = call(server, "ListAccessKeys", &[("UserName", "ann")]);
    let id = text(&keys["AccessKeys"]["AccessKey"][0]["AccessKeyId"]);
    let own = [("UserName", "ann"), ("UserAccessKeyId", &*id), ("Status", status)];
    call(server, "UpdateAccessKey", &own);
}

/// As [`network`], with a role `worker` for instances.
pub(super) fn role(server: &Server) -> Marks {
    let trust = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}}]}"#;
    call(server, "CreateRole", &[("RoleName", "worker"), ("AssumeRolePolicyDocument", trust)]);
    network(server)
}

/// Lets ann do what a system policy allows.
pub(super) fn allow(server: &Server, policy: &str) {
    let own = [("PolicyType", "System"), ("PolicyName", policy), ("UserName", "ann")];
    call(server, "AttachPolicyToUser", &own);
}

/// A creation with the ClientToken `held` whose answer is held back until the clock has moved by two seconds.
pub(super) fn held(server: &Server) -> Marks {
    server.patch(json!({ "limits": { "latency": { "create_commit_ms": 2000 } } }));
    let params = server.params("CreateVpc", &[REGION, ("ClientToken", "held")]);
    // Nobody waits for its answer.
    drop(server.get_later(&signed("GET", params).encode()));
    while call(server, "DescribeVpcs", &[])["TotalCount"] != 1 {
        std::thread::yield_now();
    }
    server.patch(json!({ "limits": { "latency": { "create_commit_ms": 0 } } }));
    Marks::new()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
