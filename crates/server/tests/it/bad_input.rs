//! Whatever comes, the answer has the documented form or the connection is closed, and the server goes on.

use moyun_wire::params::MAX_PARAMS;

use crate::client::{Server, exchange, signed};

/// Answers something and has the form of an error reply.
fn assert_documented(server: &Server, request: &[u8]) {
    let answer = server.raw(request);
    assert!((400..600).contains(&answer.status), "{}", answer.status);
    let body = &answer.body;
    let is_xml = body.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><RequestId>");
    assert!(is_xml || answer.json()["Code"].is_string(), "{body}");
    assert_eq!(server.call("DescribeRegions", &[]).verdict(), "200", "the server goes on");
}

#[test]
fn garbage_is_answered_in_the_documented_form() {
    let server = Server::start();
    assert_documented(&server, b"garbage\r\n\r\n");
    assert_documented(&server, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n");
    assert_documented(&server, b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n");
    assert_documented(&server, b"GET / HTTP/9.9\r\n\r\n");
}

#[test]
fn a_query_of_ten_mebibytes_is_refused() {
    let server = Server::start();
    let mut request = b"GET /?Action=".to_vec();
    request.resize(10 << 20, b'a');
    request.extend_from_slice(b" HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_documented(&server, &request);
}

#[test]
fn a_body_above_a_mebibyte_is_refused_and_the_connection_closed() {
    let server = Server::start();
    let body = vec![b'a'; (1 << 20) + 1];
    let mut request =
        format!("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n", body.len()).into_bytes();
    request.extend_from_slice(&body);
    assert_documented(&server, &request);
}

#[test]
fn too_many_parameters_are_refused_and_as_many_as_allowed_are_not() {
    let server = Server::start();
    let own: Vec<(String, String)> =
        (0..MAX_PARAMS).map(|n| (format!("Unknown.{n}"), "1".to_owned())).collect();
    let own: Vec<(&str, &str)> = own.iter().map(|(name, value)| (&**name, &**value)).collect();
    let post = |own: &[(&str, &str)]| {
        let form = signed("POST", server.params("DescribeRegions", own)).encode();
        server.raw(format!(
            "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}",
            form.len()
        ))
    };
    // Eight common parameters and the signature are among them.
    assert_eq!(post(&own[9..]).verdict(), "200");
    let refused = post(&own);
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("InvalidParameter"), "{}", refused.body);
}

#[test]
fn texts_that_are_not_utf8_are_refused() {
    let server = Server::start();
    assert_documented(&server, b"GET /?Action=%FF%FE HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
}

#[test]
fn a_percent_sign_that_is_no_escape_stays_what_it_is() {
    let server = Server::start();
    for query in ["Action=%", "Action=%2", "Action=%zz", "Action=%25%25%2541", "%%%=%%%&&&=&=="] {
        let answer = server.get(query);
        assert_eq!(answer.status, 400, "{query}");
        assert!(answer.body.contains("<Code>MissingParameter</Code>"), "{query}: {}", answer.body);
    }
}

#[test]
fn a_connection_that_is_cut_short_hurts_nobody() {
    let server = Server::start();
    let request = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nAction=";
    let stream = std::net::TcpStream::connect(server.api).unwrap();
    std::io::Write::write_all(&mut &stream, request).unwrap();
    drop(stream);
    assert_eq!(server.call("DescribeRegions", &[]).verdict(), "200");
}

#[test]
fn arbitrary_bytes_never_stop_the_server() {
    let server = Server::start();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..200 {
        let bytes: Vec<u8> = (0..256)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state.to_be_bytes()[0]
            })
            .collect();
        let request = [b"GET /?".as_slice(), &bytes, b" HTTP/1.1\r\nConnection: close\r\n\r\n"].concat();
        let answer = String::from_utf8(exchange(server.api, &request)).unwrap();
        assert!(answer.is_empty() || answer.contains("<Error>"), "{answer}");
    }
    assert_eq!(server.call("DescribeRegions", &[]).verdict(), "200");
}
