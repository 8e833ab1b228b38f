//! The admin API.

use moyun_wire::params::Params;

use crate::client::{Answer, Server, signed, signed_with};

#[test]
fn health_is_told() {
    let server = Server::start();
    let answer = server.admin("GET", "/health", "");
    assert_eq!((answer.status, answer.json()["status"].as_str().unwrap()), (200, "ok"));
}

#[test]
fn the_world_is_read_and_patched_by_path() {
    let server = Server::start();
    let path = "/admin/world/zones/cn-hangzhou-h/stock";
    assert_eq!(server.admin("GET", path, "").json(), serde_json::json!({}));
    let patched = server.admin("PATCH", path, r#"{"ecs.g5.large":2}"#);
    assert_eq!((patched.status, patched.json()), (200, serde_json::json!({ "ecs.g5.large": 2 })));
    assert_eq!(server.admin("GET", &format!("{path}/ecs.g5.large"), "").json(), 2);
    server.admin("PATCH", path, r#"{"ecs.g5.large":null}"#);
    assert_eq!(server.admin("GET", path, "").json(), serde_json::json!({}));
}

#[test]
fn an_impossible_patch_is_refused_with_a_sentence_and_nothing_is_applied() {
    let server = Server::start();
    let before = server.admin("GET", "/admin/world", "").json();
    for (patch, word) in [
        (r#"{"zones":{"cn-hangzhou-g":{"sale":"off"},"cn-hangzhou-h":{"sale":"maybe"}}}"#, "maybe"),
        (r#"{"regions":{"cn-hangzhou":{"state":"unavailable","color":"red"}}}"#, "color"),
        (r#"{"weather":{"rain":true}}"#, "weather"),
        (r#"{"limits":{"max_in_flight":0}}"#, "at least one"),
        (r#"{"clock":{"mode":"lunar"}}"#, "lunar"),
        (r#"{"clock":{"now":"teatime"}}"#, "teatime"),
        ("[1,2]", "object"),
        ("{", "JSON"),
    ] {
        let answer = server.admin("PATCH", "/admin/world", patch);
        assert_eq!(answer.status, 400, "{patch}");
        let sentence = answer.json()["error"].as_str().unwrap().to_owned();
        assert!(sentence.contains(word), "{patch}: {sentence}");
    }
    assert_eq!(server.admin("GET", "/admin/world", "").json(), before);
}

#[test]
fn secrets_are_never_shown() {
    let server = Server::start();
    let world = server.admin("GET", "/admin/world", "").body;
    assert!(world.contains("LTAI5tMoyunLocalTest"));
    assert!(!world.contains("moyun-local-secret"));
    let params =
        server.params("DescribeRegions", &[("Password", "hunter2!A"), ("DataDisk.1.Password", "hunter2!A")]);
    let id = server.get(&signed("GET", params).encode()).json()["RequestId"].as_str().unwrap().to_owned();
    let request = server.admin("GET", &format!("/admin/requests/{id}"), "");
    assert_eq!(request.json()["parameters"]["Password"], "***");
    assert!(!request.body.contains("hunter2"));
}

#[test]
fn the_clock_is_moved_and_read() {
    let server = Server::start();
    let moved = server.admin("POST", "/admin/clock/advance", r#"{"seconds":90}"#);
    assert_eq!(moved.json(), serde_json::json!({ "mode": "manual", "now": "2026-01-01T00:01:30Z" }));
    assert_eq!(server.admin("GET", "/admin/world/clock/now", "").json(), "2026-01-01T00:01:30Z");
    for bad in [r#"{"seconds":-1}"#, r#"{"seconds":1e300}"#, r#"{"minutes":1}"#, r#"{"seconds":"ten"}"#, ""] {
        assert_eq!(server.admin("POST", "/admin/clock/advance", bad).status, 400, "{bad}");
    }
    assert_eq!(server.admin("GET", "/admin/world/clock/now", "").json(), "2026-01-01T00:01:30Z");
}

#[test]
fn a_fresh_account_can_call_at_once() {
    let server = Server::start();
    let account = server.admin("POST", "/admin/accounts", "").json();
    let text = |name: &str| account[name].as_str().unwrap().to_owned();
    assert_eq!(text("uid").len(), 16);
    let mut params: Params = server.params("DescribeRegions", &[]);
    params.insert("AccessKeyId", text("access_key_id"));
    let query = signed_with(&text("access_key_secret"), "GET", params).encode();
    assert_eq!(server.get(&query).verdict(), "200");
    let facts = server.admin("GET", &format!("/admin/world/accounts/{}", text("uid")), "").json();
    assert_eq!(facts["login_name"], text("login_name"));
}

#[test]
fn an_unpaid_order_is_listed_paid_and_not_paid_again() {
    let server = Server::start();
    let answer = |made: &str, path: &str| server.admin("POST", path, made).status;
    let orders = "/admin/accounts/1000000000000001/orders";
    assert_eq!(server.admin("GET", orders, "").json(), serde_json::json!([]));
    let subscription = [("InstanceChargeType", "PrePaid"), ("Period", "1"), ("AutoPay", "false")];
    let id = order(&server, &subscription);
    let waiting = server.admin("GET", orders, "").json();
    assert_eq!((&waiting[0]["id"], &waiting[0]["status"]), (&id.as_str().into(), &"Unpaid".into()));
    assert_eq!(answer("", &format!("{orders}/{id}/pay")), 200);
    assert_eq!(answer("", &format!("{orders}/{id}/pay")), 400, "it is paid already");
    assert_eq!(answer("", &format!("{orders}/{id}/cancel")), 400, "what is paid is not given up");
    assert_eq!(answer("", &format!("{orders}/200000000000000/pay")), 400, "there is none of this number");
    let paid = server.admin("GET", orders, "").json();
    assert_eq!(paid[0]["status"], "Paid");
    assert_eq!(paid[0]["reply"]["InstanceIdSets"]["InstanceIdSet"].as_array().map(Vec::len), Some(1));
}

/// Orders an instance beside a new network; the number of the order.
fn order(server: &Server, more: &[(&str, &str)]) -> String {
    let text = |reply: Answer, name: &str| reply.json()[name].as_str().unwrap_or_default().to_owned();
    let region = ("RegionId", "cn-hangzhou");
    let vpc = text(server.call("CreateVpc", &[region, ("CidrBlock", "10.0.0.0/8")]), "VpcId");
    server.admin("POST", "/admin/clock/advance", r#"{"seconds": 10}"#);
    let place = [
        ("Version", "2016-04-28"),
        region,
        ("VpcId", &vpc),
        ("ZoneId", "cn-hangzhou-h"),
        ("CidrBlock", "10.0.1.0/24"),
    ];
    let v_switch = text(server.call("CreateVSwitch", &place), "VSwitchId");
    server.admin("POST", "/admin/clock/advance", r#"{"seconds": 10}"#);
    let group = text(server.call("CreateSecurityGroup", &[region, ("VpcId", &vpc)]), "SecurityGroupId");
    let usual = [
        region,
        ("VSwitchId", &v_switch),
        ("SecurityGroupId", &group),
        ("InstanceType", "ecs.g5.large"),
        ("SystemDisk.Category", "cloud_efficiency"),
        ("ImageId", "centos_7_9_x64_20G_alibase_20230815.vhd"),
    ];
    text(server.call("RunInstances", &[&usual, more].concat()), "OrderId")
}

#[test]
fn a_reset_brings_the_first_world_back() {
    let server = Server::start();
    server.admin("PATCH", "/admin/world/zones/cn-hangzhou-h", r#"{"sale":"off"}"#);
    let account = server.admin("POST", "/admin/accounts", "").json();
    let uid = account["uid"].as_str().unwrap();
    let query = signed("GET", server.params("DescribeRegions", &[])).encode();
    assert_eq!(server.get(&query).verdict(), "200");
    assert_eq!(server.admin("POST", "/admin/reset", "").status, 200);
    assert_eq!(server.admin("GET", "/admin/world/zones/cn-hangzhou-h/sale", "").json(), "on");
    assert_eq!(server.admin("GET", &format!("/admin/world/accounts/{uid}"), "").status, 404);
    assert_eq!(server.get(&query).verdict(), "200", "nonces are forgotten too");
}

#[test]
fn a_request_is_found_by_its_id() {
    let server = Server::start();
    let refused = server.call("DescribeRegions", &[("AcceptLanguage", "tlh")]).json();
    let id = refused["RequestId"].as_str().unwrap();
    let found = server.admin("GET", &format!("/admin/requests/{id}"), "").json();
    assert_eq!(found["action"], "DescribeRegions");
    assert_eq!(found["code"], "InvalidParameter");
    assert_eq!(found["parameter"], "AcceptLanguage");
    assert_eq!(found["account"], "1000000000000001");
    assert_eq!(server.admin("GET", "/admin/requests", "").json()[0]["request_id"], id);
    assert_eq!(server.admin("GET", "/admin/requests/nobody", "").status, 404);
}

#[test]
fn unknown_paths_and_methods_say_so() {
    let server = Server::start();
    assert_eq!(server.admin("GET", "/admin/nothing", "").status, 404);
    assert_eq!(server.admin("GET", "/admin/world/zones/cn-atlantis-a", "").status, 404);
    let wrong = server.admin("PUT", "/admin/world", "{}");
    assert_eq!(wrong.status, 405);
    assert!(wrong.json()["error"].as_str().unwrap().contains("GET and PATCH"));
}

#[test]
fn the_clock_runs_at_a_factor_of_the_machines() {
    let server = Server::start();
    let patch = |patch: &str| server.admin("PATCH", "/admin/world/clock", patch);
    assert_eq!(patch(r#"{"mode":"real","factor":60}"#).json()["factor"], 60.0);
    assert_eq!(server.admin("GET", "/admin/world/clock/mode", "").json(), "real");
    let vpc = server.call("CreateVpc", &[("RegionId", "cn-hangzhou")]).json();
    let own = [("RegionId", "cn-hangzhou"), ("VpcId", vpc["VpcId"].as_str().unwrap())];
    while server.call("DescribeVpcAttribute", &own).json()["Status"] != "Available" {
        std::thread::yield_now();
    }
    assert_eq!(patch(r#"{"mode":"manual"}"#).json()["factor"], serde_json::Value::Null);
    for (wrong, word) in [
        (r#"{"factor":2}"#, "manual"),
        (r#"{"mode":"real","factor":0}"#, "factor"),
        (r#"{"mode":"real","factor":"fast"}"#, "fast"),
        (r#"{"mode":"real","factor":1e9}"#, "1000000"),
    ] {
        let answer = patch(wrong);
        assert_eq!(answer.status, 400, "{wrong}");
        assert!(answer.json()["error"].as_str().unwrap().contains(word), "{}", answer.body);
    }
}

#[test]
fn a_token_guards_everything_but_health() {
    let server = Server::start_with(Some("open sesame"));
    let world = |headers: &str| server.admin_with(headers, "GET", "/admin/world/clock", "").status;
    assert_eq!(server.admin("GET", "/health", "").status, 200);
    for headers in [
        "Host: localhost",
        "Host: x\r\nAuthorization: Bearer open",
        "Host: x\r\nAuthorization: Basic open sesame",
        "Host: x\r\nAuthorization: Bearer ",
    ] {
        assert_eq!(world(headers), 401, "{headers}");
    }
    assert_eq!(world("Host: x\r\nAuthorization: Bearer open sesame"), 200);
    assert_eq!(world("Host: x\r\nAuthorization: bearer open sesame"), 200);
    let changed = server.admin("PATCH", "/admin/world/zones/cn-hangzhou-h", r#"{"sale":"off"}"#);
    assert_eq!(changed.status, 401);
}

#[test]
fn a_web_page_from_elsewhere_cannot_use_the_admin_api() {
    let server = Server::start();
    let patch = |headers: &str| {
        server.admin_with(headers, "PATCH", "/admin/world/zones/cn-hangzhou-h", r#"{"sale":"off"}"#).status
    };
    for headers in [
        "Host: evil.example",
        "Host: localhost:4581\r\nOrigin: http://evil.example",
        "Host: localhost:4581\r\nOrigin: null",
        "Host: localhost:4581\r\nOrigin: http://localhost:3000",
        "Host: localhost:4581\r\nSec-Fetch-Site: cross-site",
    ] {
        assert_eq!(patch(headers), 403, "{headers}");
    }
    assert_eq!(server.admin("GET", "/admin/world/zones/cn-hangzhou-h/sale", "").json(), "on");
    assert_eq!(
        patch("Host: localhost:4581\r\nOrigin: http://localhost:4581\r\nSec-Fetch-Site: same-origin"),
        200
    );
}
