//! The rows that the gate answers: each refusal changes nothing, and the same request without the defect succeeds.

use serde_json::{Value, json};

use crate::client::{NOW, Server, signed, signed_with};

const CREATE: (&str, &str) = ("RegionId", "cn-hangzhou");

/// One row: a request that meets it, and what makes the same request succeed.
struct Row {
    id: &'static str,
    verdict: &'static str,
    /// The facts at first.
    given: Value,
    /// The parameters, beside RegionId.
    request: Vec<(&'static str, &'static str)>,
    /// What is changed in the facts so that the request succeeds.
    mend: Value,
    /// What is changed in the request so that it succeeds; no value takes a parameter away.
    instead: Vec<(&'static str, &'static str)>,
}

impl Row {
    fn new(id: &'static str, verdict: &'static str) -> Row {
        let (given, mend) = (json!({}), json!({}));
        Row { id, verdict, given, request: vec![], mend, instead: vec![] }
    }

    fn check(&self) {
        let server = Server::start();
        server.patch(json!({ "access_keys": {
            "LTAI-owner": key("owner"), "LTAI-service": key("service"),
        }, "accounts": { "1000000000000002": account(&server) } }));
        server.patch(self.given.clone());
        let before = server.dump();
        let refused = send(&server, &self.request);
        assert_eq!(refused.verdict(), self.verdict, "{}: {}", self.id, refused.body);
        assert!(server.dump() == before, "{} changed something", self.id);

        server.patch(self.mend.clone());
        let mut request = self.request.clone();
        request.retain(|(name, _)| self.instead.iter().all(|(changed, _)| name != changed));
        request.extend(self.instead.iter().filter(|(_, value)| !value.is_empty()));
        let before = server.dump();
        let twin = send(&server, &request);
        assert_eq!(twin.verdict(), "200", "the twin of {}: {}", self.id, twin.body);
        assert!(server.dump() != before, "the twin of {} did nothing", self.id);
    }
}

fn key(kind: &str) -> Value {
    json!({
        "secret": "s3cret", "account": "1000000000000001", "kind": kind, "status": "Active", "allowed_actions": "*",
    })
}

/// An account like the default one, with a name of its own.
fn account(server: &Server) -> Value {
    let mut account = server.admin("GET", "/admin/world/accounts/1000000000000001", "").json();
    account["login_name"] = json!("other@moyun.local");
    account
}

fn send(server: &Server, own: &[(&str, &str)]) -> crate::client::Answer {
    let mut params = server.params("CreateVpc", &[CREATE, ("AccessKeyId", "LTAI-owner")]);
    for (name, value) in own {
        params.insert(*name, *value);
    }
    let secret = params.remove("Secret").unwrap_or_else(|| "s3cret".to_owned());
    server.get(&signed_with(&secret, "GET", params).encode())
}

fn rows_about_the_caller() -> Vec<Row> {
    let inactive = json!({ "access_keys": { "LTAI-owner": { "status": "Inactive" } } });
    let active = json!({ "access_keys": { "LTAI-owner": { "status": "Active" } } });
    let describe = json!({ "access_keys": { "LTAI-owner": { "allowed_actions": ["Describe*"] } } });
    let create = json!({ "access_keys": { "LTAI-owner": { "allowed_actions": ["Describe*", "Create*"] } } });
    vec![
        Row {
            request: vec![("Timestamp", "2026-01-01T00:15:01Z")],
            instead: vec![("Timestamp", NOW)],
            ..Row::new("C002", "400 IllegalTimestamp")
        },
        Row {
            request: vec![("Secret", "not the secret")],
            instead: vec![("Secret", "s3cret")],
            ..Row::new("C003", "400 IncompleteSignature")
        },
        Row {
            request: vec![("AccessKeyId", "LTAI-unknown")],
            mend: json!({ "access_keys": { "LTAI-unknown": key("owner") } }),
            ..Row::new("C005", "400 InvalidAccessKeyId.NotFound")
        },
        Row { given: inactive, mend: active, ..Row::new("C024", "403 Forbidden.AccessKeyDisabled") },
        Row {
            given: json!({ "limits": { "throttle": { "CreateVpc": "0/min" } } }),
            mend: json!({ "limits": { "throttle": { "CreateVpc": "1/min" } } }),
            ..Row::new("C020", "400 Throttling")
        },
        Row { given: describe, mend: create, ..Row::new("C031", "403 InvalidAction") },
        Row {
            request: vec![("DryRun", "maybe")],
            instead: vec![("DryRun", "false")],
            ..Row::new("C011", "400 InvalidParameter")
        },
        Row {
            request: vec![(
                "ClientToken",
                "0123456789012345678901234567890123456789012345678901234567890123456789",
            )],
            instead: vec![(
                "ClientToken",
                "0123456789012345678901234567890123456789012345678901234567890123",
            )],
            ..Row::new("C011", "400 InvalidParameter")
        },
    ]
}

fn rows_about_owners() -> Vec<Row> {
    let owner = ("OwnerAccount", "owner@moyun.local");
    let other = ("ResourceOwnerAccount", "other@moyun.local");
    let grant = json!({ "accounts": { "1000000000000002": { "resource_grants": ["1000000000000001"] } } });
    let service = ("AccessKeyId", "LTAI-service");
    let row = |id, verdict, request, instead| Row { request, instead, ..Row::new(id, verdict) };
    vec![
        row("C006", "400 InvalidOwner", vec![owner, ("OwnerId", "1000000000000001")], vec![("OwnerId", "")]),
        row("C036", "403 MissingParameter", vec![service], vec![owner]),
        row("C036", "403 MissingParameter", vec![service], vec![("OwnerId", "1000000000000002")]),
        row("C008", "400 InvalidOwnerId", vec![("OwnerId", "0")], vec![("OwnerId", "1000000000000001")]),
        row("C008", "400 InvalidOwnerId", vec![("OwnerId", "me")], vec![("OwnerId", "1000000000000001")]),
        row("C008", "400 InvalidOwnerId", vec![("OwnerId", "1000000000000002")], vec![("OwnerId", "")]),
        row(
            "C008",
            "400 InvalidOwnerId",
            vec![service, ("OwnerId", "1999999999999999")],
            vec![("OwnerId", "1000000000000002")],
        ),
        row("C007", "400 InvalidOwnerAccount", vec![("OwnerAccount", "a b")], vec![owner]),
        row("C007", "400 InvalidOwnerAccount", vec![("OwnerAccount", "@moyun.local")], vec![owner]),
        row(
            "C033",
            "403 InvalidParameter.OwnerAccount",
            vec![("OwnerAccount", "other@moyun.local")],
            vec![owner],
        ),
        row(
            "C033",
            "403 InvalidParameter.OwnerAccount",
            vec![service, ("OwnerAccount", "nobody@moyun.local")],
            vec![("OwnerAccount", "other@moyun.local")],
        ),
        row(
            "C034",
            "403 InvalidParameter.ResourceOwnerAccount",
            vec![("ResourceOwnerAccount", "nobody@moyun.local")],
            vec![("ResourceOwnerAccount", "owner@moyun.local")],
        ),
        row(
            "C034",
            "403 InvalidParameter.ResourceOwnerAccount",
            vec![("ResourceOwnerId", "1999999999999999")],
            vec![("ResourceOwnerId", "1000000000000001")],
        ),
        row(
            "C034",
            "403 InvalidParameter.ResourceOwnerAccount",
            vec![other, ("ResourceOwnerId", "1000000000000001")],
            vec![("ResourceOwnerAccount", "owner@moyun.local")],
        ),
        Row { request: vec![other], mend: grant.clone(), ..Row::new("C029", "403 Forbidden.Unauthorized") },
        Row {
            request: vec![("ResourceOwnerId", "1000000000000002")],
            mend: grant,
            ..Row::new("C029", "403 Forbidden.Unauthorized")
        },
    ]
}

#[test]
fn a_refused_caller_changes_nothing_and_the_twin_succeeds() {
    rows_about_the_caller().iter().for_each(Row::check);
}

#[test]
fn a_wrong_owner_changes_nothing_and_the_twin_succeeds() {
    rows_about_owners().iter().for_each(Row::check);
}

#[test]
fn a_granted_caller_acts_on_the_resources_of_the_other_account() {
    let server = Server::start();
    let other = server.admin("POST", "/admin/accounts", "").json();
    let uid = other["uid"].as_str().unwrap();
    server.patch(json!({ "accounts": { uid: { "resource_grants": ["1000000000000001"] } } }));
    let own = [CREATE, ("ResourceOwnerId", uid)];
    assert_eq!(server.call("CreateVpc", &own).verdict(), "200");
    let count = |own: &[(&str, &str)]| {
        let query = signed("GET", server.params("DescribeVpcs", own)).encode();
        server.get(&query).json()["TotalCount"].clone()
    };
    assert_eq!(count(&own), 1);
    assert_eq!(count(&[CREATE]), 0);
}

#[test]
fn a_rate_frees_its_calls_when_its_period_is_over_and_is_shown_by_the_admin_api() {
    let server = Server::start();
    server.patch(json!({ "limits": { "throttle": { "DescribeRegions": "2/min" } } }));
    let path = "/admin/throttle/1000000000000001";
    let budget = || server.admin("GET", path, "").json()["DescribeRegions"].clone();
    assert_eq!(budget(), json!({ "rate": "2/min", "used": 0, "remaining": 2, "resets": null }));
    assert_eq!(server.call("DescribeRegions", &[]).verdict(), "200");
    assert_eq!(server.call("DescribeRegions", &[]).verdict(), "200");
    let resets = "2026-01-01T00:01:00Z";
    assert_eq!(budget(), json!({ "rate": "2/min", "used": 2, "remaining": 0, "resets": resets }));
    let before = server.dump();
    assert_eq!(server.call("DescribeRegions", &[]).verdict(), "400 Throttling");
    assert!(server.dump() == before);
    assert_eq!(server.call("CreateVpc", &[CREATE]).verdict(), "200", "other actions are not limited");

    let other = server.admin("POST", "/admin/accounts", "").json();
    let mut params = server.params("DescribeRegions", &[]);
    params.insert("AccessKeyId", other["access_key_id"].as_str().unwrap());
    let query = signed_with(other["access_key_secret"].as_str().unwrap(), "GET", params).encode();
    assert_eq!(server.get(&query).verdict(), "200", "other accounts have budgets of their own");

    server.admin("POST", "/admin/clock/advance", r#"{"seconds":60}"#);
    assert_eq!(budget()["remaining"], 2);
    assert_eq!(server.call("DescribeRegions", &[]).verdict(), "200");
    assert_eq!(server.admin("GET", "/admin/throttle/1999999999999999", "").status, 404);
}

#[test]
fn a_created_thing_is_answered_when_the_clock_has_passed_and_once_only() {
    let server = Server::start();
    server.patch(json!({ "limits": { "latency": { "create_commit_ms": 2000 } } }));
    let token = [CREATE, ("ClientToken", "once")];
    let vpcs = || server.call("DescribeVpcs", &[CREATE]).json()["TotalCount"].clone();
    let first = server.get_later(&signed("GET", server.params("CreateVpc", &token)).encode());
    while vpcs() != 1 {
        std::thread::yield_now();
    }
    assert_eq!(server.call("CreateVpc", &token).verdict(), "403 LastTokenProcessing");
    let other = [CREATE, ("ClientToken", "once"), ("VpcName", "other")];
    assert_eq!(server.call("CreateVpc", &other).verdict(), "400 IdempotentParameterMismatch");

    // The first call is still being worked on.
    server.patch(json!({ "limits": { "max_in_flight": 1 } }));
    let before = server.dump();
    assert_eq!(server.call("CreateVpc", &[CREATE]).verdict(), "503 ServiceUnavailable");
    assert!(server.dump() == before);
    server.patch(json!({ "limits": { "max_in_flight": 64 } }));

    server.admin("POST", "/admin/clock/advance", r#"{"seconds":2}"#);
    let answered = first.join().unwrap().json();
    assert!(answered["VpcId"].is_string(), "{answered}");
    let replayed = server.call("CreateVpc", &token).json();
    assert_eq!(replayed["VpcId"], answered["VpcId"]);
    assert_ne!(replayed["RequestId"], answered["RequestId"]);
    assert_eq!(vpcs(), 1);
    server.patch(json!({ "limits": { "max_in_flight": 1, "latency": { "create_commit_ms": 0 } } }));
    assert_eq!(server.call("CreateVpc", &[CREATE]).verdict(), "200", "one request at a time is served");
}

#[test]
fn a_reset_lets_held_answers_go() {
    let server = Server::start();
    server.patch(json!({ "limits": { "latency": { "create_commit_ms": 2000 } } }));
    let held = server.get_later(&signed("GET", server.params("CreateVpc", &[CREATE])).encode());
    while server.call("DescribeVpcs", &[CREATE]).json()["TotalCount"] != 1 {
        std::thread::yield_now();
    }
    assert_eq!(server.admin("POST", "/admin/reset", "").status, 200);
    assert_eq!(held.join().unwrap().verdict(), "200");
}

#[test]
fn sixty_four_identical_calls_at_once_make_one_vpc() {
    let server = Server::start();
    let token = [CREATE, ("ClientToken", "once")];
    let ids: Vec<Value> = std::thread::scope(|scope| {
        let calls: Vec<_> =
            (0..64).map(|_| scope.spawn(|| server.call("CreateVpc", &token).json())).collect();
        calls.into_iter().map(|call| call.join().unwrap()["VpcId"].clone()).collect()
    });
    assert!(ids.iter().all(|id| id.is_string() && *id == ids[0]), "{ids:?}");
    assert_eq!(server.call("DescribeVpcs", &[CREATE]).json()["TotalCount"], 1);
}
