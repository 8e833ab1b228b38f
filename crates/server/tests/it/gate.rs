//! The order of the checks before every call.

use moyun_cloud::commands::ABSENT;
use serde_json::{Value, json};

use crate::client::{Answer, NOW, Server, signed, signed_with};
use crate::form::{Form, Format, Signature, Words};

/// What one line of the table mends.
enum Mend {
    /// There is nothing before the first line.
    Nothing,
    /// A word of the request: a parameter, the method or the secret, from which on it is signed.
    Set(&'static str, &'static str),
    /// One parameter in place of another.
    Instead(&'static str, &'static str, &'static str),
    /// Facts of the world.
    World(Value),
}

/// From the method to the region, each line mends exactly what the line before was refused for.
fn order_of_checks() -> Vec<(Mend, &'static str)> {
    use Mend::{Instead, Nothing, Set, World};
    let key = |facts: Value| World(json!({ "access_keys": { "LTAI-test": facts } }));
    let region = |facts: Value| World(json!({ "regions": { "cn-hangzhou": facts } }));
    vec![
        (Nothing, "403 UnsupportedHTTPMethod"),
        (Set("Method", "GET"), "503 ServiceUnavailable"),
        (World(json!({ "limits": { "max_in_flight": 64 } })), "400 MissingParameter Action"),
        (Set("Action", "Nonsense"), "400 MissingParameter Version"),
        (Set("Version", "2016-04-28"), "400 MissingParameter AccessKeyId"),
        (Set("AccessKeyId", "LTAI-unknown"), "400 MissingParameter Signature"),
        (Set("Secret", "not the secret"), "400 MissingParameter TimeStamp"),
        (Set("Timestamp", "yesterday"), "400 InvalidParameter Action or Version"),
        (Set("Action", "CreateVpc"), "400 InvalidParamater SignatureMethod"),
        (Set("SignatureMethod", "HMAC-SHA1"), "400 InvalidParamater SignatureVersion"),
        (Set("SignatureVersion", "1.0"), "400 IllegalTimestamp Timestamp"),
        (Set("Timestamp", NOW), "400 InvalidAccessKeyId.NotFound"),
        (Set("AccessKeyId", "LTAI-test"), "403 Forbidden.AccessKeyDisabled"),
        (key(json!({ "status": "Active" })), "400 IncompleteSignature"),
        (Set("Secret", "s3cret"), "400 SignatureNonceUsed"),
        (Set("SignatureNonce", ""), "400 Throttling"),
        (World(json!({ "limits": { "throttle": { "CreateVpc": null } } })), "403 InvalidAction"),
        (key(json!({ "allowed_actions": ["Create*"] })), "400 InvalidOwner"),
        (Set("OwnerAccount", ""), "400 InvalidOwnerId"),
        (Set("OwnerId", ""), "403 MissingParameter"),
        (Set("OwnerAccount", "a b"), "400 InvalidOwnerAccount"),
        (Set("OwnerAccount", "nobody@moyun.local"), "403 InvalidParameter.OwnerAccount"),
        (Set("OwnerAccount", "owner@moyun.local"), "403 InvalidParameter.ResourceOwnerAccount"),
        (Instead("ResourceOwnerAccount", "ResourceOwnerId", OTHER), "403 Forbidden.Unauthorized"),
        (
            World(json!({ "accounts": { OTHER: { "resource_grants": ["1000000000000001"] } } })),
            "404 InvalidRegionId.NotFound",
        ),
        (Set("RegionId", "cn-hangzhou"), "503 ServiceUnavailable.RegionMaintaining"),
        (region(json!({ "maintenance": [] })), "503 ServiceUnavailable"),
        (region(json!({ "state": "normal" })), "403 InvalidIdempotenceParameter.Mismatch"),
        (Set("ClientToken", "same action"), "400 IdempotentParameterMismatch"),
        (Set("VpcName", ""), "403 LastTokenProcessing"),
        (Set("ClientToken", LONG_TOKEN), "400 InvalidParameter.IsNull"),
        (Set("SignatureNonce", FRESH), "400 InvalidParameter"),
        (Set("ClientToken", "new"), "200"),
    ]
}

const OTHER: &str = "1000000000000002";

/// One character more than a token may have.
const LONG_TOKEN: &str = "01234567890123456789012345678901234567890123456789012345678901234";

/// A nonce of its own for every line.
const FRESH: &str = "fresh";

/// A world in which everything is wrong at once, with a call in flight that is held until the clock moves.
fn everything_wrong(server: &Server) {
    let mut other = server.admin("GET", "/admin/world/accounts/1000000000000001", "").json();
    other["login_name"] = json!("other@moyun.local");
    other["resource_grants"] = json!(["1000000000000001"]);
    let key = json!({ "secret": "s3cret", "account": "1000000000000001", "kind": "service", "status": "Active",
        "allowed_actions": "*" });
    server.patch(json!({ "accounts": { OTHER: other }, "access_keys": { "LTAI-test": key } }));
    let send = |action, own: &[(&str, &str)]| {
        let owners =
            [("OwnerId", "1000000000000001"), ("ResourceOwnerId", OTHER), ("RegionId", "cn-hangzhou")];
        let mut params = server.params(action, &owners);
        params.insert("AccessKeyId", "LTAI-test");
        own.iter().for_each(|(name, value)| params.insert(*name, *value));
        server.get(&signed_with("s3cret", "GET", params).encode())
    };
    let vpc = send("CreateVpc", &[("SignatureNonce", "first")]).json();
    let deleted = [("VpcId", vpc["VpcId"].as_str().unwrap()), ("ClientToken", "other action")];
    server.admin("POST", "/admin/clock/advance", r#"{"seconds":1}"#);
    assert_eq!(send("DeleteVpc", &deleted).verdict(), "200");
    server.patch(json!({ "limits": { "latency": { "create_commit_ms": 2000 } } }));
    let mut params =
        server.params("CreateVpc", &[("OwnerAccount", "owner@moyun.local"), ("ResourceOwnerId", OTHER)]);
    let held = [("AccessKeyId", "LTAI-test"), ("RegionId", "cn-hangzhou"), ("ClientToken", "same action")];
    held.iter().for_each(|(name, value)| params.insert(*name, *value));
    // Nobody waits for its answer.
    drop(server.get_later(&signed_with("s3cret", "GET", params).encode()));
    while send("DescribeVpcs", &[]).json()["TotalCount"] != 1 {
        std::thread::yield_now();
    }
    server.patch(json!({
        "accounts": { OTHER: { "resource_grants": [] } },
        "access_keys": { "LTAI-test": { "status": "Inactive", "allowed_actions": ["Run*"] } },
        "limits": { "max_in_flight": 1, "throttle": { "CreateVpc": "0/min" }, "latency": { "create_commit_ms": 0 } },
        "regions": { "cn-hangzhou": {
            "state": "unavailable",
            "maintenance": [{ "from": "2025-12-31T00:00:00Z", "to": "2026-01-02T00:00:00Z" }],
        } },
    }));
}

#[test]
fn checks_come_in_the_documented_order() {
    walk(Signature::V1);
}

#[test]
fn checks_come_in_the_documented_order_when_headers_are_signed() {
    walk(Signature::V3);
}

/// Mends one line after the other.
fn walk(signature: Signature) {
    let server = Server::start();
    everything_wrong(&server);
    let form = Form { signature, format: Format::Json };
    let mut words = Words::from(&[
        ("Method", "DELETE"),
        ("SignatureMethod", "HMAC-MD5"),
        ("SignatureVersion", "2.0"),
        ("SignatureNonce", "first"),
        ("OwnerId", "0"),
        ("OwnerAccount", "a b"),
        ("ResourceOwnerAccount", "nobody@moyun.local"),
        ("RegionId", "cn-atlantis"),
        ("ClientToken", "other action"),
        ("VpcName", "x"),
    ]);
    for (number, (mend, verdict)) in order_of_checks().into_iter().enumerate() {
        match mend {
            Mend::Nothing => {}
            Mend::Set(name, value) => words.set(name, value),
            Mend::Instead(old, new, value) => {
                words.set(old, ABSENT);
                words.set(new, value);
            }
            Mend::World(facts) => server.patch(facts),
        }
        // The version of a signature is a word of V1 alone.
        if signature == Signature::V3 && verdict.ends_with("SignatureVersion") {
            continue;
        }
        let mut sent = words.clone();
        if words.get("SignatureNonce") == Some(FRESH) {
            sent.set("SignatureNonce", format!("{FRESH} {number}"));
        }
        let before = server.dump();
        let answer = sent.send(form, &server);
        assert_eq!(with_parameter(&answer), verdict, "line {number}: {}", answer.body);
        assert!(verdict == "200" || server.dump() == before, "line {number} changed something");
    }
}

/// The verdict, and the parameter that the message names in its curly quotes.
fn with_parameter(answer: &Answer) -> String {
    let json = answer.json();
    let message = json["Message"].as_str().unwrap_or_default();
    let named = message.split(['“', '”']).nth(1).map(|parameter| format!(" {parameter}"));
    answer.verdict() + &named.unwrap_or_default()
}

#[test]
fn an_empty_common_parameter_counts_as_absent() {
    let server = Server::start();
    for (name, spelled) in [
        ("Action", "Action"),
        ("Version", "Version"),
        ("AccessKeyId", "AccessKeyId"),
        ("Timestamp", "TimeStamp"),
    ] {
        let mut params = server.params("DescribeRegions", &[]);
        params.insert(name, "");
        let answer = server.get(&signed("GET", params).encode());
        assert_eq!(answer.verdict(), "400 MissingParameter");
        assert!(answer.body.contains(&format!("“{spelled}”")), "{}", answer.body);
    }
}

#[test]
fn an_absent_nonce_is_a_missing_parameter() {
    let server = Server::start();
    let mut params = server.params("DescribeRegions", &[]);
    params.remove("SignatureNonce");
    let answer = server.get(&signed("GET", params).encode());
    assert_eq!(answer.verdict(), "400 MissingParameter");
    assert_eq!(
        answer.json()["Message"],
        "The input parameter SignatureNonce that is mandatory for processing this request is not supplied."
    );
}

#[test]
fn a_nonce_is_spent_by_a_right_signature_only() {
    let server = Server::start();
    let params = server.params("DescribeRegions", &[]);
    let wrong = signed_with("not the secret", "GET", params.clone());
    assert_eq!(server.get(&wrong.encode()).verdict(), "400 IncompleteSignature");
    let right = signed("GET", params).encode();
    assert_eq!(server.get(&right).verdict(), "200");
    assert_eq!(server.get(&right).verdict(), "400 SignatureNonceUsed");
}

#[test]
fn the_window_of_a_timestamp_is_a_quarter_of_an_hour_either_way() {
    let server = Server::start();
    for (timestamp, verdict) in [
        ("2025-12-31T23:44:59Z", "400 IllegalTimestamp"),
        ("2025-12-31T23:45:00Z", "200"),
        (NOW, "200"),
        ("2026-01-01T00:15:00Z", "200"),
        ("2026-01-01T00:15:01Z", "400 IllegalTimestamp"),
        ("2026-01-01 00:00:00", "400 IllegalTimestamp"),
    ] {
        let answer = server.call("DescribeRegions", &[("Timestamp", timestamp)]);
        assert_eq!(answer.verdict(), verdict, "{timestamp}");
    }
}
