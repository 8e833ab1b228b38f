//! A stop finishes what was accepted, refuses what comes, and takes no longer than that.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::process::ExitStatusExt;

use moyun_cloud::world::{DEFAULT_KEY_ID, DEFAULT_SECRET};
use serde_json::Value;

use crate::process::Moyun;

/// A request without its last byte, on a connection of its own.
struct HalfSent(BufReader<TcpStream>);

impl HalfSent {
    /// Sends all but the body and waits until the server asks for that.
    fn to(server: &Moyun) -> HalfSent {
        let request = request(server, "DescribeRegions", &[]);
        let head = request.replace("\r\n\r\n", "\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n");
        let mut connection = BufReader::new(TcpStream::connect(server.api).unwrap());
        connection.get_mut().write_all(head.as_bytes()).unwrap();
        let mut half_sent = HalfSent(connection);
        assert_eq!([half_sent.line(), half_sent.line()], ["HTTP/1.1 100 Continue\r\n", "\r\n"]);
        half_sent
    }

    fn send_last(&mut self) {
        self.0.get_mut().write_all(b" ").unwrap();
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line
    }
}

/// A call on a connection that stays open.
fn request(server: &Moyun, action: &str, own: &[(&str, &str)]) -> String {
    server.request(DEFAULT_KEY_ID, DEFAULT_SECRET, action, own).replace("Connection: close\r\n", "")
}

/// Head and body of what comes until the server closes.
fn rest(connection: &mut impl Read) -> (String, Value) {
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_ascii_lowercase(), serde_json::from_str(body).unwrap())
}

/// Asks the server to stop and waits until it has begun to: then a connection that says nothing ends, in whichever way.
fn begin_stop(server: &Moyun, signal: &str) {
    let mut silent = TcpStream::connect(server.api).unwrap();
    server.signal(signal);
    drop(silent.read_to_end(&mut vec![]));
}

#[test]
fn an_answer_that_is_held_leaves_at_a_stop_and_is_true_afterwards() {
    let data = tempfile::tempdir().unwrap();
    let server = Moyun::start(data.path(), &[]);
    server.admin("PATCH", "/admin/world/clock", r#"{"mode":"manual","now":"2030-01-01T00:00:00Z"}"#);
    server.admin("PATCH", "/admin/world/limits/latency", r#"{"create_commit_ms":2000}"#);
    let vpcs = |server: &Moyun| server.call("Vpc:DescribeVpcs", &[("RegionId", "cn-hangzhou")]);
    let mut held = TcpStream::connect(server.api).unwrap();
    held.write_all(request(&server, "Vpc:CreateVpc", &[("RegionId", "cn-hangzhou")]).as_bytes()).unwrap();
    while vpcs(&server)["TotalCount"] != 1 {
        std::thread::yield_now();
    }
    assert!(server.stop().success());
    let (head, answer) = rest(&mut held);
    assert!(head.starts_with("http/1.1 200 ") && head.contains("\r\nconnection: close"), "{head}");

    let server = Moyun::start(data.path(), &[]);
    assert_eq!(vpcs(&server)["Vpcs"]["Vpc"][0]["VpcId"], answer["VpcId"]);
}

#[test]
fn idle_connections_are_closed_and_a_call_that_comes_too_late_is_refused() {
    for signal in ["TERM", "INT"] {
        let data = tempfile::tempdir().unwrap();
        let server = Moyun::start(data.path(), &[]);
        let (mut idle, mut late) = (HalfSent::to(&server), HalfSent::to(&server));
        idle.send_last();
        assert!(idle.line().starts_with("HTTP/1.1 200 "), "such a call is answered while the server is up");
        begin_stop(&server, signal);
        // This ends while the other connection still keeps the process from ending.
        let (head, answer) = rest(&mut idle.0);
        assert!(answer["Regions"].is_object() && !head.contains("connection: close"), "{head}");
        late.send_last();
        let (head, refused) = rest(&mut late.0);
        assert!(head.starts_with("http/1.1 503 ") && head.contains("\r\nconnection: close"), "{head}");
        assert_eq!(refused["Code"], "ServiceUnavailable");
        assert_eq!(server.ended().code(), Some(0));
    }
}

#[test]
fn a_second_signal_ends_at_once() {
    for (second, code) in [("TERM", 143), ("INT", 130)] {
        let data = tempfile::tempdir().unwrap();
        let server = Moyun::start(data.path(), &[]);
        let half_sent = HalfSent::to(&server);
        begin_stop(&server, "TERM");
        server.signal(second);
        let ended = server.ended();
        assert_eq!((ended.code(), ended.signal()), (Some(code), None));
        drop(half_sent);
    }
}
