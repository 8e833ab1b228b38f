//! The state over the admin API: told, taken in, guarded.

use crate::client::{Answer, Server, exchange};

fn put(server: &Server, lines: &str) -> Answer {
    server.admin("PUT", "/admin/state", lines)
}

#[test]
fn the_state_goes_out_as_lines_and_comes_back_as_the_same_bytes() {
    let server = Server::start();
    server.call("CreateVpc", &[("RegionId", "cn-hangzhou")]);
    let (before, told) = (server.dump(), server.admin("GET", "/admin/state", ""));
    assert_eq!(told.headers["content-type"], "application/x-ndjson;charset=utf-8");
    server.admin("POST", "/admin/reset", "");
    assert!(server.dump() != before);
    let taken = put(&server, &told.body);
    assert_eq!(
        (taken.status, taken.json()["records"].as_u64()),
        (200, Some(told.body.lines().count() as u64))
    );
    assert!(server.dump() == before);
    let problems = server.admin("GET", "/admin/state/problems", "");
    assert_eq!(problems.json(), serde_json::json!({ "problems": [] }));
}

#[test]
fn an_account_is_told_and_taken_alone() {
    let server = Server::start();
    server.call("CreateVpc", &[("RegionId", "cn-hangzhou")]);
    let of_account = "/admin/state/accounts/1000000000000001";
    let mine = server.admin("GET", of_account, "").body;
    assert!(mine.contains("\"table\":\"vpc\"") && !mine.contains("\"table\":\"zones\""), "{mine}");
    let whole = server.admin("GET", "/admin/state", "").body;
    server.admin("PATCH", "/admin/world/zones/cn-hangzhou-h", r#"{"sale":"off"}"#);
    server.call("CreateVpc", &[("RegionId", "cn-hangzhou")]);
    assert_eq!(server.admin("PUT", of_account, &whole).status, 200);
    assert_eq!(server.admin("GET", of_account, "").body, mine);
    assert_eq!(server.admin("GET", "/admin/world/zones/cn-hangzhou-h/sale", "").json(), "off");
}

#[test]
fn lines_that_make_no_sense_or_are_too_many_change_nothing() {
    let server = Server::start();
    let before = server.dump();
    let refusal = put(&server, "moon\n");
    assert_eq!(refusal.status, 400);
    assert!(refusal.body.contains("line 1"), "{}", refusal.body);
    // A state may be longer than any other body.
    let long = put(&server, &" ".repeat(5 << 20));
    assert!(long.body.contains("line 1"), "{}", long.body);
    let patch = server.admin("PATCH", "/admin/world", &" ".repeat(5 << 20));
    assert!(patch.body.contains("above 4 MiB"), "{}", patch.body);
    let announced = "PUT /admin/state HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1073741825\r\n\r\n";
    let refusal = String::from_utf8(exchange(server.admin, announced.as_bytes())).unwrap();
    assert!(refusal.starts_with("HTTP/1.1 400 ") && refusal.contains("above 1 GiB"), "{refusal}");
    assert!(server.dump() == before);
}

#[test]
fn nobody_else_reads_or_replaces_the_state() {
    let server = Server::start_with(Some("open sesame"));
    let (before, token) = (server.dump(), "Host: x\r\nAuthorization: Bearer open sesame");
    for path in ["/admin/state", "/admin/state/accounts/1000000000000001", "/admin/state/problems"] {
        let refused = server.admin("GET", path, "");
        assert_eq!(refused.status, 401, "{path}");
        assert!(!refused.body.contains("moyun-local-secret"));
        assert_eq!(server.admin_with(token, "GET", path, "").status, 200, "{path}");
    }
    let lines = server.admin_with(token, "GET", "/admin/state", "").body;
    let world = lines.replace("\"sale\":\"on\"", "\"sale\":\"off\"");
    assert_eq!(put(&server, &world).status, 401);
    assert!(server.dump() == before);
    assert_eq!(server.admin_with(token, "PUT", "/admin/state", &world).status, 200);
    assert!(server.dump() != before);

    let server = Server::start();
    let before = server.dump();
    for from in ["Host: evil.example", "Host: localhost:4581\r\nOrigin: http://evil.example"] {
        assert_eq!(server.admin_with(from, "GET", "/admin/state", "").status, 403, "{from}");
        assert_eq!(server.admin_with(from, "PUT", "/admin/state", &world).status, 403, "{from}");
    }
    assert!(server.dump() == before);
}
