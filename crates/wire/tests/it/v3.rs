//! Signature ACS3-HMAC-SHA256.

use moyun_wire::v3::{Authorization, Call, MAX_SIGNED_HEADERS, Request, Unusable, sign};

const PUBLISHED: Call<'_> = Call {
    method: "POST",
    host: "ecs.cn-shanghai.aliyuncs.com",
    action: "RunInstances",
    version: "2014-05-26",
    query: "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai",
    body: "",
    date: "2023-10-26T10:22:32Z",
    nonce: "3156853299f313e23d1673dc12e1703d",
    access_key_id: "YourAccessKeyId",
    secret: "YourAccessKeySecret",
    security_token: None,
};

/// A request with room to change it before it is judged.
struct Received {
    method: &'static str,
    query: &'static str,
    headers: Vec<(&'static str, String)>,
    body: &'static str,
}

impl Received {
    fn of(call: &Call<'static>) -> Received {
        Received { method: call.method, query: call.query, headers: sign(call), body: call.body }
    }

    fn set(mut self, name: &'static str, value: &str) -> Received {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    fn verify(&self, secret: &str) -> bool {
        let headers = self.headers();
        let authorization = headers.iter().find(|(name, _)| *name == "authorization").unwrap().1;
        self.view(&headers).verify(&Authorization::parse(authorization).unwrap(), secret)
    }

    fn headers(&self) -> Vec<(&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (*name, value.as_bytes())).collect()
    }

    fn view<'a>(&'a self, headers: &'a [(&'a str, &'a [u8])]) -> Request<'a> {
        Request { method: self.method, query: self.query.as_bytes(), headers, body: self.body.as_bytes() }
    }
}

fn signature(call: &Call<'_>) -> String {
    let (name, value) = sign(call).pop().unwrap();
    assert_eq!(name, "authorization");
    Authorization::parse(value.as_bytes()).unwrap().signature().to_owned()
}

#[test]
fn the_first_published_example_is_signed_as_published() {
    let received = Received::of(&PUBLISHED);
    let headers = received.headers();
    let signed = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";
    assert_eq!(
        received.view(&headers).string_to_sign(signed),
        "ACS3-HMAC-SHA256\n7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259"
    );
    assert_eq!(signature(&PUBLISHED), "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
    assert!(received.verify("YourAccessKeySecret"));
    assert!(!received.verify("YourAccessKeySecret&"));
}

#[test]
fn the_second_published_example_is_signed_as_published() {
    let call = Call { date: "2023-10-26T09:01:01Z", nonce: "d410180a5abf7fe235dd9b74aca91fc0", ..PUBLISHED };
    assert_eq!(signature(&call), "e521358f7776c97df52e6b2891a8bc73026794a071b50c3323388c4e0df64804");
}

#[test]
fn the_canonical_request_has_six_parts() {
    let headers: &[(&str, &[u8])] =
        &[("B", b"2"), ("Host", b" http://127.0.0.1:8080\t"), ("unsigned", b"9"), ("b", b"3")];
    let request = Request { method: "POST", query: b"b=x+y&a=*&b=1&c&%61=%2a", headers, body: b"" };
    assert_eq!(
        String::from_utf8(request.canonical_request("host;b;none")).unwrap(),
        "POST\n/\na=%2A&a=%2A&b=x%20y&b=1&c=\nhost:http://127.0.0.1:8080\nb:2,3\nnone:\n\nhost;b;none\n\
        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
}

#[test]
fn a_body_and_a_security_token_are_signed() {
    let call = Call { body: "Amount=1", security_token: Some("token"), ..PUBLISHED };
    assert!(Received::of(&call).verify(call.secret));
    assert!(!Received { body: "Amount=2", ..Received::of(&call) }.verify(call.secret));
    assert!(!Received::of(&call).set("x-acs-security-token", "other").verify(call.secret));
    assert!(!Received::of(&call).set("x-acs-accesskey-id", "other").verify(call.secret));
    assert!(!Received::of(&call).set("content-type", "text/plain").verify(call.secret));
}

#[test]
fn the_announced_body_hash_must_be_the_one_of_the_body() {
    let of_another_body = "9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0";
    // Signed over a wrong announcement, so that nothing but the announcement is wrong.
    for announced in [of_another_body, "", "UNSIGNED-PAYLOAD"] {
        let received = Received::of(&PUBLISHED).set("x-acs-content-sha256", announced);
        assert!(!signed_anew(received).verify(PUBLISHED.secret), "{announced}");
    }
    let mut without = Received::of(&PUBLISHED);
    without.headers.retain(|(name, _)| *name != "x-acs-content-sha256");
    assert!(!signed_anew(without).verify(PUBLISHED.secret));
    assert!(signed_anew(Received::of(&PUBLISHED)).verify(PUBLISHED.secret));
}

#[test]
fn deciding_headers_that_are_sent_must_be_signed() {
    for name in
        ["x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"]
    {
        let signed = ["host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce"];
        let mut signed: Vec<&str> = signed.into_iter().chain(["x-acs-content-sha256"]).collect();
        let received = Received::of(&PUBLISHED);
        assert!(signed_over(received, &signed.join(";")).verify(PUBLISHED.secret));
        signed.retain(|known| *known != name);
        let received = Received::of(&PUBLISHED);
        assert!(!signed_over(received, &signed.join(";")).verify(PUBLISHED.secret), "{name}");
    }
}

#[test]
fn a_deciding_header_sent_twice_fails() {
    let mut received = Received::of(&PUBLISHED);
    received.headers.push(("X-Acs-Action", "DeleteInstance".to_owned()));
    assert!(!received.verify(PUBLISHED.secret));
}

#[test]
fn the_hex_of_a_signature_may_be_in_capitals_and_nothing_else() {
    let authorization = |signature: &str| {
        format!(
            "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;\
            x-acs-date;x-acs-signature-nonce;x-acs-version,Signature={signature}"
        )
    };
    let good = signature(&PUBLISHED);
    let verify = |signature: &str| {
        Received::of(&PUBLISHED).set("authorization", &authorization(signature)).verify(PUBLISHED.secret)
    };
    assert!(verify(&good));
    assert!(verify(&good.to_uppercase()));
    for bad in ["", "00", &good[1..], &format!("{good}0"), &good.replace('0', "g"), &"é".repeat(32)] {
        assert!(!verify(bad), "{bad}");
    }
}

#[test]
fn an_authorization_is_read_in_parts() {
    let header = b"ACS3-HMAC-SHA256 Credential=LTAI,SignedHeaders=host;x-acs-date, Signature=ab";
    let read = Authorization::parse(header).unwrap();
    assert_eq!(
        (read.credential(), read.signed_headers(), read.signature()),
        ("LTAI", "host;x-acs-date", "ab")
    );
    let read = Authorization::parse(b"ACS3-HMAC-SHA256 Future=1,Credential=").unwrap();
    assert_eq!((read.credential(), read.signed_headers(), read.signature()), ("", "", ""));
    assert!(Authorization::parse(b"ACS3-HMAC-SHA256").is_ok());
}

#[test]
fn an_unknown_algorithm_is_told_from_a_malformed_header() {
    for header in ["ACS3-HMAC-SM3 Credential=a,SignedHeaders=b,Signature=c", "ACS3-", "ACS3-RSA-SHA256 x"] {
        assert!(Authorization::is_v3(header.as_bytes()));
        assert_eq!(Authorization::parse(header.as_bytes()), Err(Unusable::UnknownAlgorithm), "{header}");
    }
    for header in [
        "ACS3-HMAC-SHA256 Credential",
        "ACS3-HMAC-SHA256 Credential=a,Credential=b",
        "ACS3-HMAC-SHA256 SignedHeaders=host;date;Host",
        "Basic dXNlcjpwYXNz",
        "acs3-hmac-sha256 Credential=a",
        "",
    ] {
        assert_eq!(Authorization::parse(header.as_bytes()), Err(Unusable::Malformed), "{header}");
    }
    assert_eq!(Authorization::parse(b"ACS3-HMAC-SHA256 Credential=\xff"), Err(Unusable::Malformed));
}

#[test]
fn the_list_of_signed_headers_has_a_limit() {
    let parse = |count: usize| {
        let names: Vec<String> = (0..count).map(|n| format!("h{n}")).collect();
        let header = format!("ACS3-HMAC-SHA256 SignedHeaders={}", names.join(";"));
        Authorization::parse(header.as_bytes()).map(|_| ())
    };
    assert_eq!(parse(MAX_SIGNED_HEADERS), Ok(()));
    assert_eq!(parse(MAX_SIGNED_HEADERS + 1), Err(Unusable::Malformed));
}

#[test]
fn debug_output_shows_no_signature() {
    let read = Authorization::parse(b"ACS3-HMAC-SHA256 Credential=k,Signature=5ec").unwrap();
    assert!(!format!("{read:?}").contains("5ec"));
}

/// Signs what is there over the headers that the library's own `sign` lists.
fn signed_anew(received: Received) -> Received {
    signed_over(
        received,
        "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version",
    )
}

/// Signs what is there over the named headers, with an HMAC of its own.
fn signed_over(received: Received, signed_headers: &str) -> Received {
    use hmac::{Hmac, KeyInit, Mac};

    let headers = received.headers();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(PUBLISHED.secret.as_bytes()).unwrap();
    mac.update(received.view(&headers).string_to_sign(signed_headers).as_bytes());
    let tag: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let authorization =
        format!("ACS3-HMAC-SHA256 Credential=k,SignedHeaders={signed_headers},Signature={tag}");
    received.set("authorization", &authorization)
}
