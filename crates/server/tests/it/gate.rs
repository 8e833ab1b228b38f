//! The order of the checks before every call.

use moyun_wire::params::Params;

use crate::client::{Answer, NOW, Server, signed, signed_with};

/// What one line of the table mends.
enum Mend {
    /// The HTTP method.
    Method(&'static str),
    /// A parameter.
    Set(&'static str, &'static str),
    /// A fact about the key.
    Key(&'static str),
    /// The secret that signs; from here on the request is signed.
    Secret(&'static str),
}

/// Each line mends exactly what the line before was refused for.
#[test]
fn checks_come_in_the_documented_order() {
    use Mend::{Key, Method, Secret, Set};
    let table = [
        (Set("Format", "JSON"), "403 UnsupportedHTTPMethod"),
        (Method("GET"), "400 MissingParameter Action"),
        (Set("Action", "Nonsense"), "400 MissingParameter Version"),
        (Set("Version", "2014-05-26"), "400 MissingParameter AccessKeyId"),
        (Set("AccessKeyId", "LTAI-unknown"), "400 MissingParameter Signature"),
        (Secret("not the secret"), "400 MissingParameter TimeStamp"),
        (Set("Timestamp", "yesterday"), "400 InvalidParameter Action or Version"),
        (Set("Action", "DescribeRegions"), "400 InvalidParamater SignatureMethod"),
        (Set("SignatureMethod", "HMAC-SHA1"), "400 InvalidParamater SignatureVersion"),
        (Set("SignatureVersion", "1.0"), "400 IllegalTimestamp Timestamp"),
        (Set("Timestamp", NOW), "400 InvalidAccessKeyId.NotFound"),
        (Set("AccessKeyId", "LTAI-test"), "403 Forbidden.AccessKeyDisabled"),
        (Key(r#"{"status":"Active"}"#), "400 IncompleteSignature"),
        (Secret("s3cret"), "400 SignatureNonceUsed"),
        (Set("SignatureNonce", ""), "403 InvalidAction"),
        (Key(r#"{"allowed_actions":["Describe*"]}"#), "400 InvalidParameter.IsNull"),
        (Set("SignatureNonce", "second"), "200"),
    ];
    let server = Server::start();
    let key = r#"{"secret":"s3cret","account":"1000000000000001","kind":"owner","status":"Active","allowed_actions":"*"}"#;
    assert_eq!(patch_key(&server, key), 200);
    let spent = [("AccessKeyId", "LTAI-test"), ("SignatureNonce", "first")];
    let spent = signed_with("s3cret", "GET", server.params("DescribeRegions", &spent));
    assert_eq!(server.get(&spent.encode()).verdict(), "200");
    assert_eq!(patch_key(&server, r#"{"status":"Inactive","allowed_actions":["Run*"]}"#), 200);

    let mut method = "DELETE";
    let mut secret = None;
    let broken = [("SignatureMethod", "HMAC-MD5"), ("SignatureVersion", "2.0"), ("SignatureNonce", "first")];
    let mut params = Params::from_pairs(broken.map(|(name, value)| (name.to_owned(), value.to_owned())));
    for (number, (mend, verdict)) in table.into_iter().enumerate() {
        match mend {
            Method(mended) => method = mended,
            Set(name, value) => params.insert(name, value),
            Key(facts) => assert_eq!(patch_key(&server, facts), 200),
            Secret(mended) => secret = Some(mended),
        }
        let sent = match secret {
            Some(secret) => signed_with(secret, method, params.clone()),
            None => params.clone(),
        };
        let answer = server
            .raw(format!("{method} /?{} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", sent.encode()));
        assert_eq!(with_parameter(&answer), verdict, "line {number}: {}", answer.body);
    }
}

/// The verdict, and the parameter that the message names in its curly quotes.
fn with_parameter(answer: &Answer) -> String {
    let json = answer.json();
    let message = json["Message"].as_str().unwrap_or_default();
    let named = message.split(['“', '”']).nth(1).map(|parameter| format!(" {parameter}"));
    answer.verdict() + &named.unwrap_or_default()
}

fn patch_key(server: &Server, facts: &str) -> u16 {
    server.admin("PATCH", "/admin/world/access_keys/LTAI-test", facts).status
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
