//! What was answered is there after `kill -9`.

use std::io::{Read, Write};

use moyun_cloud::world::{DEFAULT_KEY_ID, DEFAULT_SECRET};

use crate::process::{Moyun, ask, run};

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

#[test]
fn a_creation_that_was_killed_between_commit_and_answer_happened_once() {
    const TOKEN: [(&str, &str); 2] = [("RegionId", "cn-hangzhou"), ("ClientToken", "once")];
    let data = tempfile::tempdir().unwrap();
    let moyun = Moyun::start(data.path(), &[]);
    moyun.admin("PATCH", "/admin/world/clock", r#"{"mode":"manual","now":"2030-01-01T00:00:00Z"}"#);
    moyun.admin("PATCH", "/admin/world/limits/latency", r#"{"create_commit_ms":2000}"#);
    let vpcs = |moyun: &Moyun| moyun.call("Vpc:DescribeVpcs", &[("RegionId", "cn-hangzhou")]);
    let (api, held) = (moyun.api, moyun.request(DEFAULT_KEY_ID, DEFAULT_SECRET, "Vpc:CreateVpc", &TOKEN));
    let never_answered = std::thread::spawn(move || {
        let mut stream = std::net::TcpStream::connect(api).unwrap();
        stream.write_all(held.as_bytes()).unwrap();
        let mut answer = vec![];
        // The kill may close the connection or reset it.
        drop(stream.read_to_end(&mut answer));
        answer
    });
    while vpcs(&moyun)["TotalCount"] != 1 {
        std::thread::yield_now();
    }
    moyun.kill();
    assert_eq!(never_answered.join().unwrap(), b"");

    let moyun = Moyun::start(data.path(), &[]);
    assert_eq!(moyun.call("Vpc:CreateVpc", &TOKEN)["Code"], "LastTokenProcessing");
    moyun.admin("POST", "/admin/clock/advance", r#"{"seconds":2}"#);
    let replayed = moyun.call("Vpc:CreateVpc", &TOKEN);
    let there = vpcs(&moyun);
    assert_eq!(there["TotalCount"], 1);
    assert_eq!(there["Vpcs"]["Vpc"][0]["VpcId"], replayed["VpcId"]);
}

#[test]
fn a_request_that_was_accepted_is_not_accepted_again_after_a_kill_or_a_stop() {
    let data = tempfile::tempdir().unwrap();
    let moyun = Moyun::start(data.path(), &[]);
    let request = moyun.request(DEFAULT_KEY_ID, DEFAULT_SECRET, "DescribeRegions", &[]);
    assert!(ask(moyun.api, &request)["Regions"].is_object());
    moyun.kill();
    for _ in 0..2 {
        let moyun = Moyun::start(data.path(), &[]);
        assert_eq!(ask(moyun.api, &request)["Code"], "SignatureNonceUsed");
        assert!(moyun.call("DescribeRegions", &[])["Regions"].is_object(), "a new request is accepted");
        assert!(moyun.stop().success());
    }
    let moyun = Moyun::start(data.path(), &[]);
    moyun.admin("POST", "/admin/reset", "");
    assert!(ask(moyun.api, &request)["Regions"].is_object(), "a reset forgets everything");
}

#[test]
fn a_stop_keeps_when_a_key_was_last_used() {
    let data = tempfile::tempdir().unwrap();
    let moyun = Moyun::start(data.path(), &[]);
    moyun.admin("PATCH", "/admin/world/clock", r#"{"mode":"manual","now":"2030-01-01T00:00:00Z"}"#);
    moyun.call("Ram:CreateUser", &[("UserName", "ann")]);
    let key = moyun.call("Ram:CreateAccessKey", &[("UserName", "ann")])["AccessKey"].clone();
    let (id, secret) = (key["AccessKeyId"].as_str().unwrap(), key["AccessKeySecret"].as_str().unwrap());
    assert_eq!(moyun.call_as(id, secret, "DescribeRegions", &[])["Code"], "Forbidden.RAM");
    assert!(moyun.stop().success());

    let moyun = Moyun::start(data.path(), &[]);
    let last = moyun.call("Ram:GetAccessKeyLastUsed", &[("UserName", "ann"), ("UserAccessKeyId", id)]);
    let used = serde_json::json!({ "LastUsedDate": "2030-01-01T00:00:00Z", "ServiceName": "Ecs" });
    assert_eq!(last["AccessKeyLastUsed"], used);
}
