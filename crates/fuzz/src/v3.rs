//! Signatures over headers. Lines: verb, query, secret, nonce, token, body.

use moyun_wire::encode::decode;
use moyun_wire::v3::{Authorization, Call, Request, sign};

use crate::Reached;

pub(crate) fn run(input: &[u8]) -> Reached {
    let _ = Authorization::parse(input);
    let Some([verb, query, secret, nonce, token, body]) = crate::lines(input) else { return Reached::Door };
    let call = Call {
        method: verb,
        host: "ecs.example",
        action: "DescribeRegions",
        version: "2014-05-26",
        query,
        body,
        date: "2026-01-01T00:00:00Z",
        nonce,
        access_key_id: "key",
        secret,
        security_token: Some(token).filter(|token| !token.is_empty()),
    };
    let mut headers = sign(&call);
    let (_, authorization) = headers.pop().expect("the last header is the signature");
    let is_signed = |verb: &str, query: &[u8], headers: &[(&str, String)], body: &str| {
        let headers: Vec<(&str, &[u8])> =
            headers.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
        let request = Request { method: verb, query, headers: &headers, body: body.as_bytes() };
        let authorization = Authorization::parse(authorization.as_bytes()).expect("it was made by us");
        request.verify(&authorization, secret)
    };
    let raw = query.as_bytes();
    assert!(is_signed(verb, raw, &headers, body), "what was signed is refused");

    assert!(!is_signed(&format!("{verb}x"), raw, &headers, body), "the verb may be changed");
    assert!(!is_signed(verb, raw, &headers, &format!("{body}x")), "the body may be changed");
    assert!(!is_signed(verb, format!("{query}&x").as_bytes(), &headers, body), "parameters may be added");
    for at in 0..raw.len().min(64) {
        let mut other = raw.to_vec();
        other[at] ^= 1;
        let means_the_same = pairs(raw) == pairs(&other);
        assert_eq!(is_signed(verb, &other, &headers, body), means_the_same, "byte {at} of the query");
    }
    for at in 0..headers.len() {
        let mut other = headers.clone();
        other[at].1.push('x');
        assert!(!is_signed(verb, raw, &other, body), "{} may be changed", other[at].0);
        let (name, _) = other.remove(at);
        // One that is not there is signed like an empty one.
        let is_empty = headers[at].1.as_bytes().trim_ascii().is_empty();
        assert!(is_empty || !is_signed(verb, raw, &other, body), "{name} may be left out");
    }
    Reached::Inside
}

/// What a query says: its names with their values, those of one name in the order sent.
fn pairs(query: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let pieces = query.split(|&byte| byte == b'&').filter(|piece| !piece.is_empty());
    let mut pairs: Vec<_> = pieces
        .map(|piece| {
            let end = piece.iter().position(|&byte| byte == b'=').unwrap_or(piece.len());
            let value = piece.get(end + 1..).unwrap_or_default();
            (decode(&piece[..end]).into_owned(), decode(value).into_owned())
        })
        .collect();
    pairs.sort_by(|(a, _), (b, _)| a.cmp(b));
    pairs
}
