//! Signature version 1.0.

use moyun_wire::params::Params;
use moyun_wire::v1::{Method, sign, string_to_sign, verify};

/// The published example of the signature.
fn published() -> Params {
    let query = "Timestamp=2016-02-23T12:46:24Z&Format=XML&AccessKeyId=testid&Action=DescribeRegions\
        &SignatureMethod=HMAC-SHA1&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&Version=2014-05-26\
        &SignatureVersion=1.0";
    Params::decode(query.as_bytes(), None).unwrap()
}

#[test]
fn the_published_example_is_signed_as_published() {
    let string_to_sign = string_to_sign("GET", &published());
    assert_eq!(
        string_to_sign,
        "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Format%3DXML%26SignatureMethod%3DHMAC-SHA1\
        %26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf%26SignatureVersion%3D1.0\
        %26Timestamp%3D2016-02-23T12%253A46%253A24Z%26Version%3D2014-05-26"
    );
    assert_eq!(sign(Method::HmacSha1, "testsecret", &string_to_sign), "OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
    assert!(verify("GET", &published(), "testsecret", "OLeaidS1JvxuMvnyHOwuJ+uX5qY="));
}

#[test]
fn the_signature_itself_has_no_part_in_the_string_to_sign() {
    let mut signed = published();
    signed.insert("Signature", "anything");
    assert_eq!(string_to_sign("GET", &signed), string_to_sign("GET", &published()));
    signed.insert("Signature2", "anything");
    assert_ne!(string_to_sign("GET", &signed), string_to_sign("GET", &published()));
}

#[test]
fn values_are_encoded_twice_and_empty_ones_stay() {
    let params = Params::decode("b=%E4%B8%AD+*'(!)~&a=&c".as_bytes(), None).unwrap();
    assert_eq!(
        string_to_sign("POST", &params),
        "POST&%2F&a%3D%26b%3D%25E4%25B8%25AD%2520%252A%2527%2528%2521%2529~%26c%3D"
    );
}

#[test]
fn what_is_no_base64_of_the_right_length_is_no_signature() {
    for signature in [
        "",
        "x",
        "OLeaidS1JvxuMvnyHOwuJ+uX5q",
        "OLeaidS1JvxuMvnyHOwuJ-uX5qY=",
        "OLeaidS1JvxuMvnyHOwuJ+uX5qY=\n",
        "OLeaidS1JvxuMvnyHOwuJ+uX",
        "é",
    ] {
        assert!(!verify("GET", &published(), "testsecret", signature), "{signature}");
    }
}

#[test]
fn the_method_is_the_one_that_the_request_names() {
    let mut params = published();
    params.insert("SignatureMethod", "HMAC-SHA256");
    let sha256 = sign(Method::HmacSha256, "testsecret", &string_to_sign("GET", &params));
    let sha1 = sign(Method::HmacSha1, "testsecret", &string_to_sign("GET", &params));
    assert!(verify("GET", &params, "testsecret", &sha256));
    assert!(!verify("GET", &params, "testsecret", &sha1));
}

#[test]
fn hmac_sha1_is_meant_where_no_method_is_named() {
    for query in ["Action=X", "Action=X&SignatureMethod="] {
        let params = Params::decode(query.as_bytes(), None).unwrap();
        assert_eq!(Method::of(&params), Some(Method::HmacSha1));
        let signature = sign(Method::HmacSha1, "s", &string_to_sign("GET", &params));
        assert!(verify("GET", &params, "s", &signature));
    }
}

#[test]
fn other_methods_are_not_offered() {
    for name in ["HMAC-MD5", "hmac-sha1", "SHA256withRSA", "HMAC-SHA1 "] {
        let mut params = published();
        params.insert("SignatureMethod", name);
        assert_eq!(Method::of(&params), None);
        let signature = sign(Method::HmacSha1, "testsecret", &string_to_sign("GET", &params));
        assert!(!verify("GET", &params, "testsecret", &signature), "{name}");
    }
    for method in [Method::HmacSha1, Method::HmacSha256] {
        assert_eq!(Method::parse(method.name()), Some(method));
    }
}
