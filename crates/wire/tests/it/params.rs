//! Decoding of parameters.

use moyun_wire::params::{MAX_PARAMS, Malformed, Params};

fn query(text: &str) -> Params {
    Params::decode(text.as_bytes(), None).unwrap()
}

fn pairs(params: &Params) -> Vec<(&str, &str)> {
    params.iter().collect()
}

#[test]
fn plus_and_percent_20_are_both_a_space() {
    let params = Params::decode(b"a+b=c+d&e%20f=g%20h", Some(b"i+j=k%20l")).unwrap();
    assert_eq!(pairs(&params), [("a b", "c d"), ("e f", "g h"), ("i j", "k l")]);
    assert_eq!(query("a=1%2B1").get("a"), Some("1+1"));
}

#[test]
fn bare_marks_stand_for_themselves() {
    assert_eq!(query("v=!'()*~-_.:/?é中").get("v"), Some("!'()*~-_.:/?é中"));
}

#[test]
fn a_percent_sign_that_begins_no_escape_stays() {
    for (sent, meant) in [("%", "%"), ("100%", "100%"), ("%4", "%4"), ("%zz", "%zz"), ("%%41", "%A")] {
        assert_eq!(query(&format!("v={sent}")).get("v"), Some(meant), "{sent}");
    }
}

#[test]
fn empty_values_stay() {
    let params = query("SignatureType=&Tag.2.Value&A=1");
    assert_eq!(pairs(&params), [("A", "1"), ("SignatureType", ""), ("Tag.2.Value", "")]);
    assert_eq!(params.given("SignatureType"), None);
    assert_eq!(params.get("Absent"), None);
    assert_eq!(params.encode(), "A=1&SignatureType=&Tag.2.Value=");
}

#[test]
fn empty_pieces_count_for_nothing() {
    assert_eq!(pairs(&query("&&a=1&&b=2=3&")), [("a", "1"), ("b", "2=3")]);
    assert!(query("").is_empty());
}

#[test]
fn the_body_wins_over_the_query_and_the_last_over_the_first() {
    let params = Params::decode(b"a=1&b=1&a=2&c=1", Some(b"b=2&d=1&b=3&c=")).unwrap();
    assert_eq!(pairs(&params), [("a", "2"), ("b", "3"), ("c", ""), ("d", "1")]);
}

#[test]
fn names_are_in_byte_order() {
    let params = query("b=1&DataDisk.2.Size=1&DataDisk.10.Size=1&a=1&Z=1&%C3%A9=1");
    let names: Vec<&str> = params.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["DataDisk.10.Size", "DataDisk.2.Size", "Z", "a", "b", "é"]);
}

#[test]
fn indices_have_gaps_come_once_and_ascend() {
    let params = query("D.10.A=1&D.2.A=1&D.2.B=1&D.7=1&D.2.B.1=1&DD.3=1&D=1&E.1=1");
    assert_eq!(params.indices("D"), [2, 7, 10]);
    assert_eq!(params.indices("D.2.B"), [1]);
    assert_eq!(params.indices("X"), [0_u32; 0]);
}

#[test]
fn only_plain_numbers_from_1_are_indices() {
    let params =
        query("D.0=1&D.01=1&D.+1=1&D.-1=1&D.=1&D.1x=1&D..3=1&D.1000000000=1&D.%D9%A1=1&D.999999999=1");
    assert_eq!(params.indices("D"), [999_999_999]);
}

#[test]
fn what_is_not_utf8_is_malformed() {
    for bytes in [&b"a=%FF"[..], b"%C3=1", b"a=\xff", b"a=%C3&b=%A9"] {
        assert_eq!(Params::decode(bytes, None), Err(Malformed::NotUtf8));
        assert_eq!(Params::decode(b"", Some(bytes)), Err(Malformed::NotUtf8));
    }
}

#[test]
fn the_limit_holds_for_query_and_body_together() {
    let many = |count: usize| vec!["a=1"; count].join("&");
    let decode = |query: usize, body: usize| {
        Params::decode(many(query).as_bytes(), Some(many(body).as_bytes())).map(|params| params.len())
    };
    assert_eq!(decode(MAX_PARAMS, 0), Ok(1));
    assert_eq!(decode(MAX_PARAMS / 2, MAX_PARAMS / 2), Ok(1));
    assert_eq!(decode(MAX_PARAMS, 1), Err(Malformed::TooMany));
    assert_eq!(decode(0, MAX_PARAMS + 1), Err(Malformed::TooMany));
}

#[test]
fn insert_keeps_the_order_and_remove_gives_the_value_back() {
    let mut params = query("b=1&d=1");
    params.insert("c", "2");
    params.insert("b", "3");
    assert_eq!(pairs(&params), [("b", "3"), ("c", "2"), ("d", "1")]);
    assert_eq!(params.remove("b").as_deref(), Some("3"));
    assert_eq!(params.remove("b"), None);
    assert_eq!(params.len(), 2);
}

#[test]
fn debug_output_shows_no_values() {
    assert_eq!(format!("{:?}", query("Password=p4ss&A=1")), r#"{"A", "Password"}"#);
}
