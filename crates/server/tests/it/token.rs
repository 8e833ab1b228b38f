//! What a ClientToken is bound to, and what leaves it free.

use serde_json::json;

use crate::client::{NOW, Server};

const REGION: (&str, &str) = ("RegionId", "cn-hangzhou");
const TOKEN: (&str, &str) = ("ClientToken", "once");

#[test]
fn refusals_and_rehearsals_leave_a_token_free() {
    let server = Server::start();
    let before = server.dump();
    for (own, verdict) in
        [(("CidrBlock", "nonsense"), "400 InvalidParameter"), (("DryRun", "true"), "400 DryRunOperation")]
    {
        assert_eq!(server.call("CreateVpc", &[REGION, TOKEN, own]).verdict(), verdict);
    }
    server.patch(json!({ "components": { "state-store": { "state": "failing" } } }));
    assert_eq!(server.call("CreateVpc", &[REGION, TOKEN]).verdict(), "500 InternalError");
    server.patch(json!({ "components": { "state-store": { "state": "ok" } } }));
    assert!(server.dump() == before, "something was stored");
    assert_eq!(server.call("CreateVpc", &[REGION, TOKEN, ("VpcName", "another")]).verdict(), "200");
}

#[test]
fn a_token_is_of_one_account() {
    let server = Server::start();
    let other = server.admin("POST", "/admin/accounts", "").json();
    let text = |name: &str| other[name].as_str().unwrap().to_owned();
    let first = server.call("CreateVpc", &[REGION, TOKEN]).json();
    let params = server.params("CreateVpc", &[REGION, TOKEN, ("AccessKeyId", &text("access_key_id"))]);
    let signed = crate::client::signed_with(&text("access_key_secret"), "GET", params);
    let second = server.get(&signed.encode()).json();
    assert!(second["VpcId"].is_string(), "{second}");
    assert_ne!(second["VpcId"], first["VpcId"]);
}

#[test]
fn a_token_is_forgotten_when_its_time_is_over() {
    let server = Server::start();
    server.patch(json!({ "limits": { "client_token_ttl": "5m" } }));
    let vpc = |server: &Server| server.call("CreateVpc", &[REGION, TOKEN]).json()["VpcId"].clone();
    let first = vpc(&server);
    server.admin("POST", "/admin/clock/advance", r#"{"seconds":299}"#);
    assert_eq!(vpc(&server), first);
    server.admin("POST", "/admin/clock/advance", r#"{"seconds":1}"#);
    assert_ne!(vpc(&server), first);
    assert_eq!(server.call("DescribeVpcs", &[REGION, ("Timestamp", NOW)]).json()["TotalCount"], 2);
}
