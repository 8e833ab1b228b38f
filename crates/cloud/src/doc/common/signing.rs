//! Both signatures of one request, step by step.

use moyun_wire::params::Params;
use moyun_wire::{timestamp, v1, v3};

use crate::doc::example;
use crate::registry::{ACTIONS, Entry};
use crate::story::DAWN_MS;
use crate::world::{DEFAULT_KEY_ID, DEFAULT_SECRET};

/// What the request asks for.
const QUERY: &str = "AcceptLanguage=zh-CN&Format=JSON";

/// Where it goes.
const HOST: &str = "127.0.0.1:4580";

/// A step of the signature over the parameters.
pub(super) fn v1(step: &str) -> String {
    let params = example::unsigned(listing_regions(), QUERY);
    let method = v1::Method::of(&params).expect("the example names a method that is offered");
    let text = v1::string_to_sign("GET", &params);
    match step {
        "params" => params.iter().map(|(name, value)| format!("{name} = {value}\n")).collect(),
        "query" => params.encode(),
        "string_to_sign" => text,
        "method" => method.name().to_owned(),
        "signature" => v1::sign(method, DEFAULT_SECRET, &text),
        "url" => example::sign(listing_regions(), QUERY),
        other => panic!("the signature over the parameters has no step {other}"),
    }
}

/// A step of the signature over the headers.
pub(super) fn v3(step: &str) -> String {
    let entry = listing_regions();
    let query = Params::decode(QUERY.as_bytes(), None).expect("the example is well formed").encode();
    let headers = v3::sign(&v3::Call {
        method: "GET",
        host: HOST,
        action: entry.spec.name,
        version: entry.spec.product.version(),
        query: &query,
        body: "",
        date: &timestamp::to_second(DAWN_MS),
        nonce: example::NONCE,
        access_key_id: DEFAULT_KEY_ID,
        secret: DEFAULT_SECRET,
        security_token: None,
    });
    let (_, authorization) = headers.last().expect("a signed request has headers");
    let signed =
        v3::Authorization::parse(authorization.as_bytes()).expect("what was just signed can be read");
    let views: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
    let request = v3::Request { method: "GET", query: query.as_bytes(), headers: &views, body: b"" };
    match step {
        "canonical" => {
            let canonical = request.canonical_request(signed.signed_headers());
            String::from_utf8(canonical).expect("the example is ASCII")
        }
        "string_to_sign" => request.string_to_sign(signed.signed_headers()),
        "request" => {
            let lines = headers.iter().map(|(name, value)| format!("{name}: {value}\n"));
            format!("GET /?{query} HTTP/1.1\n{}", lines.collect::<String>())
        }
        other => panic!("the signature over the headers has no step {other}"),
    }
}

fn listing_regions() -> &'static Entry {
    ACTIONS.iter().find(|entry| entry.spec.name == "DescribeRegions").expect("regions can be listed")
}
