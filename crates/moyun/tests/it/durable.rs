//! What was answered is there after `kill -9`.

use crate::process::{Moyun, run};

#[test]
fn what_was_answered_survives_a_kill() {
    let data = tempfile::tempdir().unwrap();
    let moyun = Moyun::start(data.path(), &[]);
    let account = moyun.admin("POST", "/admin/accounts", "");
    moyun.admin("PATCH", "/admin/world/clock", r#"{"mode":"manual","now":"2030-01-01T00:00:00Z"}"#);
    let vpc =
        moyun.call("Vpc:CreateVpc", &[("RegionId", "cn-hangzhou")])["VpcId"].as_str().unwrap().to_owned();
    moyun.kill();

    let moyun = Moyun::start(data.path(), &[]);
    let uid = account["uid"].as_str().unwrap();
    assert_eq!(
        moyun.admin("GET", &format!("/admin/world/accounts/{uid}/login_name"), ""),
        account["login_name"]
    );
    assert_eq!(moyun.admin("GET", "/admin/world/clock/now", ""), "2030-01-01T00:00:00Z");
    let vpcs = moyun.call("Vpc:DescribeVpcs", &[("RegionId", "cn-hangzhou")]);
    assert_eq!(vpcs["Vpcs"]["Vpc"][0]["VpcId"], vpc);
    assert_eq!(vpcs["Vpcs"]["Vpc"][0]["Status"], "Pending");
}

#[test]
fn a_second_start_on_one_directory_is_refused_and_says_who_holds_it() {
    let data = tempfile::tempdir().unwrap();
    let first = Moyun::start(data.path(), &[]);
    let second = run(&[
        "--listen",
        "127.0.0.1:0",
        "--admin-listen",
        "127.0.0.1:0",
        "--data",
        data.path().to_str().unwrap(),
    ]);
    let stderr = String::from_utf8(second.stderr).unwrap();
    assert!(!second.status.success());
    assert!(stderr.contains(&first.pid().to_string()), "{stderr}");
    assert_eq!(first.admin("GET", "/health", "")["status"], "ok");
    first.kill();
    assert_eq!(Moyun::start(data.path(), &[]).admin("GET", "/health", "")["status"], "ok");
}
