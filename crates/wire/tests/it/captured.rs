//! Requests of unmodified clients: each verifies as it came, and no longer once anything in it is changed.

use moyun_wire::encode::decode;
use moyun_wire::params::Params;
use moyun_wire::v3::{Authorization, Request};
use moyun_wire::{v1, v3};

const SECRET: &str = "secret";

/// One request of `captured.txt`.
#[derive(Clone)]
struct Captured {
    client: String,
    method: String,
    query: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
}

impl Captured {
    fn read(block: &str) -> Captured {
        let mut lines = block.lines();
        let client = lines.next().unwrap().to_owned();
        let mut request =
            Captured { client, method: String::new(), query: String::new(), headers: vec![], body: None };
        for line in lines.filter(|line| !line.is_empty()) {
            let (kind, rest) = line.split_at(7);
            match kind.trim_end() {
                "line" => request.method = rest.split_once(' ').unwrap().0.to_owned(),
                "query" => request.query = rest.to_owned(),
                "header" => {
                    let (name, value) = rest.split_once(": ").unwrap();
                    request.headers.push((name.to_owned(), value.to_owned()));
                }
                "body" => request.body = Some(rest.to_owned()),
                other => panic!("captured.txt has a line of kind {other}"),
            }
        }
        request
    }

    fn is_v3(&self) -> bool {
        self.header("authorization").is_some_and(|value| Authorization::is_v3(value.as_bytes()))
    }

    fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    fn params(&self) -> Params {
        Params::decode(self.query.as_bytes(), self.body.as_deref().map(str::as_bytes)).unwrap()
    }

    fn verify(&self, secret: &str) -> bool {
        if !self.is_v3() {
            let params = self.params();
            return v1::verify(&self.method, &params, secret, params.given("Signature").unwrap());
        }
        let headers: Vec<(&str, &[u8])> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        let request = Request {
            method: &self.method,
            query: self.query.as_bytes(),
            headers: &headers,
            body: self.body.as_deref().unwrap_or_default().as_bytes(),
        };
        let authorization =
            v3::Authorization::parse(self.header("authorization").unwrap().as_bytes()).unwrap();
        assert_eq!(authorization.credential(), "LTAItest");
        request.verify(&authorization, secret)
    }

    /// The same request, for each parameter once with an `x` behind its value.
    fn with_each_parameter_changed(&self) -> Vec<Captured> {
        let of_query =
            changed_pieces(&self.query).into_iter().map(|query| Captured { query, ..self.clone() });
        let body = self.body.as_deref().unwrap_or_default();
        let of_body =
            changed_pieces(body).into_iter().map(|body| Captured { body: Some(body), ..self.clone() });
        of_query.chain(of_body).collect()
    }

    fn with_each_signed_header_changed(&self) -> Vec<Captured> {
        let authorization = self.header("authorization").unwrap();
        let signed = Authorization::parse(authorization.as_bytes()).unwrap().signed_headers();
        let change = |name: &str| {
            let mut changed = self.clone();
            let header = changed.headers.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name));
            header.unwrap().1.push('x');
            changed
        };
        signed.split(';').map(change).collect()
    }
}

fn changed_pieces(encoded: &str) -> Vec<String> {
    let pieces: Vec<&str> = encoded.split('&').filter(|piece| !piece.is_empty()).collect();
    let change = |at: usize| {
        let mut pieces: Vec<String> = pieces.iter().map(|&piece| piece.to_owned()).collect();
        pieces[at].push('x');
        pieces.join("&")
    };
    (0..pieces.len()).map(change).collect()
}

fn captured() -> Vec<Captured> {
    include_str!("captured.txt").split("\n### ").skip(1).map(Captured::read).collect()
}

#[test]
fn there_are_requests_of_both_signatures() {
    let all = captured();
    assert_eq!(all.len(), 20);
    assert_eq!(all.iter().filter(|request| request.is_v3()).count(), 6);
}

#[test]
fn every_request_verifies_as_it_came() {
    for request in captured() {
        assert!(request.verify(SECRET), "{}", request.client);
    }
}

#[test]
fn another_secret_makes_each_fail() {
    for request in captured() {
        for secret in ["secret&", "Secret", ""] {
            assert!(!request.verify(secret), "{} with {secret:?}", request.client);
        }
    }
}

#[test]
fn another_method_makes_each_fail() {
    for mut request in captured() {
        request.method = if request.method == "GET" { "POST" } else { "GET" }.to_owned();
        assert!(!request.verify(SECRET), "{}", request.client);
    }
}

#[test]
fn another_value_of_any_parameter_makes_each_fail() {
    for request in captured() {
        let changed = request.with_each_parameter_changed();
        assert!(request.is_v3() || changed.len() >= 9, "{}", request.client);
        for changed in changed {
            assert!(!changed.verify(SECRET), "{}: {} {:?}", changed.client, changed.query, changed.body);
        }
    }
}

#[test]
fn one_more_parameter_makes_each_fail() {
    for mut request in captured() {
        request.query.push_str("&Extra=");
        assert!(!request.verify(SECRET), "{}", request.client);
    }
}

#[test]
fn another_value_of_a_signed_header_makes_each_fail() {
    for request in captured().into_iter().filter(Captured::is_v3) {
        for changed in request.with_each_signed_header_changed() {
            assert!(!changed.verify(SECRET), "{}: {:?}", changed.client, changed.headers);
        }
    }
}

#[test]
fn another_body_makes_each_fail() {
    for mut request in captured().into_iter().filter(Captured::is_v3) {
        request.body = Some("Amount=2".to_owned());
        assert!(!request.verify(SECRET), "{}", request.client);
    }
}

#[test]
fn every_client_means_the_same_tag() {
    let creations = captured().into_iter().filter(|request| request.params().get("Tag.1.Key").is_some());
    let mut seen = 0;
    for request in creations {
        let params = request.params();
        assert_eq!(params.get("Tag.1.Value"), Some("v 1+*~'(!)é中"), "{}", request.client);
        assert_eq!(params.given("Tag.2.Value"), None, "{}", request.client);
        assert_eq!(params.indices("Tag"), [1, 2], "{}", request.client);
        assert_eq!(params.indices("DataDisk"), [1, 2], "{}", request.client);
        seen += 1;
    }
    assert_eq!(seen, 10);
}

/// The order of parameters on the wire and the place where they stand change nothing in version 1.
#[test]
fn moving_all_parameters_of_version_1_into_the_body_changes_nothing() {
    for request in captured().into_iter().filter(|request| !request.is_v3()) {
        let mut pieces: Vec<&str> = request.query.split('&').collect();
        pieces.extend(request.body.as_deref());
        pieces.reverse();
        let moved = Captured { query: String::new(), body: Some(pieces.join("&")), ..request.clone() };
        assert!(moved.verify(SECRET), "{}", request.client);
        assert_eq!(decode(b"LTAItest").as_ref(), moved.params().get("AccessKeyId").unwrap().as_bytes());
    }
}
