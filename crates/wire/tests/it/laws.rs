//! What holds for every input.

use moyun_wire::encode::{decode, encode};
use moyun_wire::params::Params;
use moyun_wire::v1::{self, Method};
use moyun_wire::v3::{self, Authorization, Call, Request};
use moyun_wire::{params, timestamp};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::{prop_assert, prop_assert_eq, proptest};

proptest! {
    #[test]
    fn decoding_undoes_encoding(bytes in vec(any::<u8>(), 0..64)) {
        let encoded = encode(&bytes);
        prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~%".contains(&b)));
        prop_assert_eq!(decode(encoded.as_bytes()).into_owned(), bytes);
    }

    #[test]
    fn decoding_undoes_the_encoding_of_parameters(pairs in vec(any::<(String, String)>(), 0..20)) {
        let params = Params::from_pairs(pairs);
        let encoded = params.encode();
        prop_assert_eq!(&Params::decode(encoded.as_bytes(), None).unwrap(), &params);
        prop_assert_eq!(&Params::decode(b"", Some(encoded.as_bytes())).unwrap(), &params);
        prop_assert!(params.iter().is_sorted_by(|(a, _), (b, _)| a < b));
    }

    #[test]
    fn parameters_are_a_map_whose_last_value_counts(pairs in vec(("[ab]{0,2}", "[xy]{0,1}"), 0..12)) {
        let map: std::collections::BTreeMap<_, _> = pairs.iter().cloned().collect();
        let params = Params::from_pairs(pairs.clone());
        let found: Vec<_> = params.iter().collect();
        let expected: Vec<_> = map.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        prop_assert_eq!(found, expected);
        let mut inserted = Params::default();
        for (name, value) in pairs {
            inserted.insert(name, value);
        }
        prop_assert_eq!(inserted, params);
    }

    #[test]
    fn no_bytes_make_decoding_panic(
        query in vec(any::<u8>(), 0..200),
        form in vec(any::<u8>(), 0..200),
        prefix in any::<String>(),
    ) {
        if let Ok(params) = Params::decode(&query, Some(&form)) {
            prop_assert!(params.len() <= params::MAX_PARAMS);
            params.indices(&prefix);
            v1::verify("GET", &params, "s", &prefix);
        }
    }

    #[test]
    fn no_query_of_likely_bytes_makes_decoding_panic(query in "[ab.1-9%2&=+CéF]{0,40}", prefix in "[ab]?") {
        if let Ok(params) = Params::decode(query.as_bytes(), None) {
            let indices = params.indices(&prefix);
            prop_assert!(indices.is_sorted_by(|a, b| a < b));
            prop_assert!(indices.iter().all(|n| (1..=999_999_999).contains(n)));
        }
    }

    #[test]
    fn no_bytes_make_header_signatures_panic(
        rest in vec(any::<u8>(), 0..100),
        method in any::<String>(),
        query in vec(any::<u8>(), 0..100),
        name in any::<String>(),
        value in vec(any::<u8>(), 0..50),
        signature in "[0-9a-fA-F]{64}",
    ) {
        let _ = Authorization::parse(&rest);
        let _ = Authorization::parse(&[b"ACS3-HMAC-SHA256 ".as_slice(), &rest].concat());
        let header = format!("ACS3-HMAC-SHA256 SignedHeaders={},Signature={signature}", name.replace(',', ""));
        let headers: &[(&str, &[u8])] = &[(&name, &value)];
        let request = Request { method: &method, query: &query, headers, body: &rest };
        if let Ok(authorization) = Authorization::parse(header.as_bytes()) {
            prop_assert!(!request.verify(&authorization, "s"));
        }
        request.canonical_request(&name);
    }

    #[test]
    fn what_is_signed_with_parameters_verifies(
        pairs in vec(any::<(String, String)>(), 0..10),
        secret in any::<String>(),
        other in any::<String>(),
        sha256 in any::<bool>(),
    ) {
        let method = if sha256 { Method::HmacSha256 } else { Method::HmacSha1 };
        let mut params = Params::from_pairs(pairs);
        params.insert("SignatureMethod", method.name());
        let signature = v1::sign(method, &secret, &v1::string_to_sign("POST", &params));
        params.insert("Signature", signature.as_str());
        prop_assert!(v1::verify("POST", &params, &secret, &signature));
        prop_assert!(!v1::verify("GET", &params, &secret, &signature));
        prop_assert_eq!(v1::verify("POST", &params, &other, &signature), key(&other, 64) == key(&secret, 64));
    }

    #[test]
    fn what_is_signed_with_headers_verifies(
        pairs in vec(any::<(String, String)>(), 0..10),
        body in any::<String>(),
        secret in any::<String>(),
        nonce in "[!-~]{1,40}",
    ) {
        let query = Params::from_pairs(pairs).encode();
        let call = Call {
            method: "POST", host: "127.0.0.1:1", action: "A", version: "2014-05-26", query: &query, body: &body,
            date: "2026-11-21T16:38:41Z", nonce: &nonce, access_key_id: "k", secret: &secret, security_token: None,
        };
        let signed = v3::sign(&call);
        let headers: Vec<(&str, &[u8])> = signed.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
        let authorization = Authorization::parse(headers.last().unwrap().1).unwrap();
        let request = Request { method: "POST", query: query.as_bytes(), headers: &headers, body: body.as_bytes() };
        prop_assert!(request.verify(&authorization, &secret));
        let changed = format!("{query}&x=1");
        let changed = Request { query: changed.as_bytes(), ..request };
        prop_assert!(!changed.verify(&authorization, &secret));
    }

    #[test]
    fn parsing_undoes_the_writing_of_a_timestamp(second in -62_167_219_200_i64..=253_402_300_799) {
        prop_assert_eq!(timestamp::parse(&timestamp::to_second(second * 1000)), Some(second * 1000));
    }

    #[test]
    fn no_text_makes_timestamps_panic(text in any::<String>(), near in "[0-9é:TZ-]{18,20}", at_ms in any::<i64>()) {
        timestamp::parse(&text);
        timestamp::parse(&near);
        prop_assert!(timestamp::parse(&timestamp::to_second(at_ms)).is_some());
    }
}

/// The key as HMAC sees it: short ones are filled with zeros, so two that differ in trailing zeros are one.
fn key(secret: &str, block: usize) -> Vec<u8> {
    let mut key = format!("{secret}&").into_bytes();
    key.resize(key.len().max(block), 0);
    key
}
