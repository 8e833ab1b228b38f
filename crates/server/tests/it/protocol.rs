//! Forms of requests and replies, in both signatures.

use moyun_cloud::world::{DEFAULT_KEY_ID, DEFAULT_SECRET};
use moyun_wire::v3;

use crate::client::{NOW, Server, signed};

#[test]
fn xml_is_the_default_and_json_is_asked_for_in_any_case() {
    let server = Server::start();
    let mut params = server.params("DescribeRegions", &[]);
    params.remove("Format");
    let answer = server.get(&signed("GET", params).encode());
    assert_eq!(answer.headers["content-type"], "text/xml;charset=utf-8");
    assert!(
        answer
            .body
            .starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?><DescribeRegionsResponse><RequestId>")
    );
    assert!(!answer.body.contains('\n'));
    for (format, content_type) in [
        ("json", "application/json;charset=utf-8"),
        ("JSON", "application/json;charset=utf-8"),
        ("xml", "text/xml;charset=utf-8"),
        ("YAML", "text/xml;charset=utf-8"),
    ] {
        let answer = server.call("DescribeRegions", &[("Format", format)]);
        assert_eq!((answer.status, &*answer.headers["content-type"]), (200, content_type), "{format}");
    }
}

#[test]
fn every_product_is_called_where_the_request_came_to() {
    let server = Server::start();
    let mut params = server.params("DescribeEndpoints", &[("Id", "cn-hangzhou"), ("ServiceCode", "ecs")]);
    params.insert("Version", "2015-06-12");
    let answer = server.get(&signed("GET", params).encode()).json();
    assert_eq!(answer["Endpoints"]["Endpoint"][0]["Endpoint"], "ecs.test");
}

#[test]
fn an_error_has_its_documented_fields_and_a_link_in_both_formats() {
    let server = Server::start();
    let json = server.call("Nonsense", &[]);
    assert_eq!(json.status, 400);
    let fields = json.json();
    let names: Vec<&String> = fields.as_object().unwrap().keys().collect();
    assert_eq!(names, ["Code", "HostId", "Message", "Recommend", "RequestId"]);
    assert_eq!(fields["HostId"], "ecs.test");
    assert_eq!(fields["RequestId"], *json.headers["x-acs-request-id"]);
    let xml = server.call("Nonsense", &[("Format", "XML")]);
    let id = &xml.headers["x-acs-request-id"];
    assert_eq!(
        xml.body,
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><RequestId>{id}</RequestId><HostId>ecs.test</HostId>\
             <Code>InvalidParameter</Code><Message>The specified parameter “Action or Version” is not valid.</Message>\
             <Recommend>http://{}/requests/{id}</Recommend></Error>",
            server.admin
        )
    );
}

#[test]
fn a_request_id_is_an_upper_case_uuid_of_its_own() {
    let server = Server::start();
    let (first, second) =
        (server.call("DescribeRegions", &[]).json(), server.call("DescribeRegions", &[]).json());
    let id = first["RequestId"].as_str().unwrap();
    assert_ne!(id, second["RequestId"]);
    let lengths: Vec<usize> = id.split('-').map(str::len).collect();
    assert_eq!(lengths, [8, 4, 4, 4, 12]);
    assert!(id.chars().all(|c| c == '-' || c.is_ascii_digit() || ('A'..='F').contains(&c)), "{id}");
}

#[test]
fn parameters_come_in_the_query_in_the_form_or_split() {
    let server = Server::start();
    let post = |query: &str, form: &str| {
        let (length, host) = (form.len(), "ecs.test");
        server.raw(format!(
            "POST /?{query} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}"
        ))
    };
    let all = || signed("POST", server.params("DescribeRegions", &[("AcceptLanguage", "en-US")])).encode();
    assert_eq!(post(&all(), "").verdict(), "200");
    assert_eq!(post("", &all()).verdict(), "200");
    let all = all();
    let middle = all.match_indices('&').nth(4).unwrap().0;
    let split = post(&all[..middle], &all[middle + 1..]);
    assert_eq!(split.verdict(), "200");
    assert!(split.body.contains("Hangzhou"), "{}", split.body);
}

#[test]
fn bodies_may_be_chunked_and_targets_absolute() {
    let server = Server::start();
    let form = signed("POST", server.params("DescribeRegions", &[])).encode();
    let (head, tail) = form.split_at(30);
    let chunked = format!("1e\r\n{head}\r\n{:x}\r\n{tail}\r\n0\r\n\r\n", tail.len());
    let answer = server.raw(format!(
        "POST http://ecs.cn-hangzhou.aliyuncs.com/ HTTP/1.1\r\nHost: ecs.cn-hangzhou.aliyuncs.com\r\n\
         Connection: close\r\nTransfer-Encoding: chunked\r\n\
         Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n\r\n{chunked}"
    ));
    assert_eq!(answer.verdict(), "200");
}

#[test]
fn a_connection_answers_again_and_again() {
    let server = Server::start();
    let query = || signed("GET", server.params("DescribeRegions", &[])).encode();
    let (first, second) = (query(), query());
    let answers = crate::client::exchange(
        server.api,
        format!(
            "GET /?{first} HTTP/1.1\r\nHost: x\r\n\r\nGET /?{second} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        .as_bytes(),
    );
    assert_eq!(String::from_utf8(answers).unwrap().matches("HTTP/1.1 200 OK").count(), 2);
}

fn v3_request(
    server: &Server,
    change: impl FnOnce(&mut Vec<(&'static str, String)>),
) -> crate::client::Answer {
    let nonce = server.nonce();
    let call = v3::Call {
        method: "POST",
        host: "ecs.test",
        action: "DescribeRegions",
        version: "2014-05-26",
        query: "AcceptLanguage=en-US",
        body: "",
        date: NOW,
        nonce: &nonce,
        access_key_id: DEFAULT_KEY_ID,
        secret: DEFAULT_SECRET,
        security_token: None,
    };
    let mut headers = v3::sign(&call);
    change(&mut headers);
    let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    server.raw(format!(
        "POST /?AcceptLanguage=en-US HTTP/1.1\r\n{lines}accept: application/json\r\nConnection: close\r\n\
         Content-Length: 0\r\n\r\n"
    ))
}

fn set(headers: &mut Vec<(&'static str, String)>, name: &'static str, value: &str) {
    headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    if !value.is_empty() {
        headers.push((name, value.to_owned()));
    }
}

#[test]
fn header_signatures_are_judged_like_the_others() {
    let server = Server::start();
    let fine = v3_request(&server, |_| ());
    assert_eq!(fine.verdict(), "200", "{}", fine.body);
    assert!(fine.body.contains("Hangzhou"));
    let refused = |verdict: &str, name: &'static str, value: &str| {
        let answer = v3_request(&server, |headers| set(headers, name, value));
        assert_eq!(answer.verdict(), verdict, "{name}: {value}: {}", answer.body);
    };
    refused("400 MissingParameter", "authorization", "");
    refused("400 MissingParameter", "x-acs-version", "");
    refused("400 MissingParameter", "x-acs-date", "");
    refused("400 InvalidParameter", "x-acs-action", "Nonsense");
    refused(
        "400 InvalidParamater",
        "authorization",
        "ACS3-HMAC-MD5 Credential=a,SignedHeaders=host,Signature=00",
    );
    refused("400 IllegalTimestamp", "x-acs-date", "2026-01-01T01:00:00Z");
    refused("400 IncompleteSignature", "x-acs-signature-nonce", "another");
    refused("400 IncompleteSignature", "x-acs-content-sha256", "00");
    refused("400 IncompleteSignature", "host", "elsewhere");
}

#[test]
fn a_request_with_headers_but_no_authorization_lacks_the_key() {
    let server = Server::start();
    let answer = v3_request(&server, |headers| set(headers, "authorization", ""));
    assert!(answer.body.contains("“AccessKeyId”"), "{}", answer.body);
}

#[test]
fn a_nonce_in_headers_is_spent_too() {
    let server = Server::start();
    let mut sent = vec![];
    assert_eq!(v3_request(&server, |headers| sent.clone_from(headers)).verdict(), "200");
    assert_eq!(v3_request(&server, |headers| headers.clone_from(&sent)).verdict(), "400 SignatureNonceUsed");
}

#[test]
fn other_methods_are_refused_in_the_documented_form() {
    let server = Server::start();
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS"] {
        let answer = server.raw(format!("{method} / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        assert_eq!(answer.status, 403);
        assert!(answer.body.contains("<Code>UnsupportedHTTPMethod</Code>"), "{}", answer.body);
    }
    let head = server.raw("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert_eq!((head.status, &*head.body), (403, ""));
}

#[test]
fn a_repetition_in_the_other_style_is_the_same_call() {
    let server = Server::start();
    let first = server.call("CreateVpc", &[("RegionId", "cn-hangzhou"), ("ClientToken", "once")]).json();
    let nonce = server.nonce();
    let call = v3::Call {
        method: "POST",
        host: "ecs.test",
        action: "CreateVpc",
        version: "2016-04-28",
        query: "ClientToken=once&RegionId=cn-hangzhou",
        body: "",
        date: NOW,
        nonce: &nonce,
        access_key_id: DEFAULT_KEY_ID,
        secret: DEFAULT_SECRET,
        security_token: None,
    };
    let lines: String = v3::sign(&call).iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let again = server.raw(format!(
        "POST /?{} HTTP/1.1\r\n{lines}accept: application/json\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        call.query
    ));
    assert_eq!(again.json()["VpcId"], first["VpcId"], "{}", again.body);
}
