//! Many identical creations at once are one.

use crate::process::{Moyun, at_once};

const REGION: (&str, &str) = ("RegionId", "cn-hangzhou");

#[test]
fn sixty_four_identical_creations_at_once_make_one_instance() {
    let data = tempfile::tempdir().unwrap();
    let moyun = Moyun::start(data.path(), &[]);
    moyun.admin("PATCH", "/admin/world/clock", r#"{"mode":"manual","now":"2030-01-01T00:00:00Z"}"#);
    let make = |action: &str, own: &[(&str, &str)], id: &str| {
        let made = moyun.call(action, &[&[REGION], own].concat());
        moyun.admin("POST", "/admin/clock/advance", r#"{"seconds":5}"#);
        made[id].as_str().unwrap_or_else(|| panic!("{action}: {made}")).to_owned()
    };
    let vpc = make("Vpc:CreateVpc", &[("CidrBlock", "10.0.0.0/8")], "VpcId");
    let place = [("VpcId", &*vpc), ("ZoneId", "cn-hangzhou-h"), ("CidrBlock", "10.0.1.0/24")];
    let v_switch = make("Vpc:CreateVSwitch", &place, "VSwitchId");
    let group = make("CreateSecurityGroup", &[("VpcId", &vpc)], "SecurityGroupId");
    let request = [
        REGION,
        ("ClientToken", "once"),
        ("VSwitchId", &v_switch),
        ("SecurityGroupId", &group),
        ("ImageId", "centos_7_9_x64_20G_alibase_20230815.vhd"),
        ("InstanceType", "ecs.g5.large"),
        ("SystemDisk.Category", "cloud_efficiency"),
    ];
    let answers = at_once(64, |_| moyun.call("RunInstances", &request)["InstanceIdSets"].clone());
    assert!(answers[0]["InstanceIdSet"][0].is_string(), "{}", answers[0]);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(moyun.call("DescribeInstances", &[REGION])["TotalCount"], 1);
    assert_eq!(moyun.call("DescribeDisks", &[REGION])["TotalCount"], 1);
}
