//! Signature ACS3-HMAC-SHA256, the one over method, query, headers and body.

use std::fmt::{self, Write};

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::encode::{decode, pieces, push_pair};

/// The algorithm that `Authorization` must name.
pub const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// The most headers that one request may sign.
pub const MAX_SIGNED_HEADERS: usize = 200;

/// Headers that decide what is done, and how often. Sent but not signed, anybody on the way could exchange them.
const MUST_BE_SIGNED: [&str; 5] =
    ["x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"];

/// The parts of an `Authorization` header.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Authorization<'a> {
    credential: &'a str,
    signed_headers: &'a str,
    signature: &'a str,
}

/// Why an `Authorization` header cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// It names an algorithm other than [`ALGORITHM`].
    UnknownAlgorithm,
    /// It is not of the form `ALGORITHM Credential=…,SignedHeaders=…,Signature=…`.
    Malformed,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unusable::UnknownAlgorithm => "the Authorization header names an unknown algorithm",
            Unusable::Malformed => "the Authorization header is malformed",
        })
    }
}

impl std::error::Error for Unusable {}

impl<'a> Authorization<'a> {
    /// Whether the value of an `Authorization` header belongs to this family of signatures, known algorithm or not.
    pub fn is_v3(header: &[u8]) -> bool {
        header.starts_with(b"ACS3-")
    }

    /// Reads the value of an `Authorization` header.
    ///
    /// A part that is left out reads as empty, for an absent key or signature is an error of its own.
    pub fn parse(header: &'a [u8]) -> Result<Authorization<'a>, Unusable> {
        if !Authorization::is_v3(header) {
            return Err(Unusable::Malformed);
        }
        let name_end = header.iter().position(|&byte| byte == b' ').unwrap_or(header.len());
        if header[..name_end] != *ALGORITHM.as_bytes() {
            return Err(Unusable::UnknownAlgorithm);
        }
        let rest = str::from_utf8(&header[name_end..]).map_err(|_| Unusable::Malformed)?;
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for piece in rest.split(',').map(str::trim).filter(|piece| !piece.is_empty()) {
            let (name, value) = piece.split_once('=').ok_or(Unusable::Malformed)?;
            let part = match name {
                "Credential" => &mut credential,
                "SignedHeaders" => &mut signed_headers,
                "Signature" => &mut signature,
                _ => continue,
            };
            if part.replace(value).is_some() {
                return Err(Unusable::Malformed);
            }
        }
        let signed_headers = signed_headers.unwrap_or_default();
        if !is_set_of_names(signed_headers) {
            return Err(Unusable::Malformed);
        }
        Ok(Authorization {
            credential: credential.unwrap_or_default(),
            signed_headers,
            signature: signature.unwrap_or_default(),
        })
    }

    /// The AccessKeyId, empty when none was sent.
    pub fn credential(&self) -> &'a str {
        self.credential
    }

    /// The names of the signed headers, joined by `;` in the order of signing.
    pub fn signed_headers(&self) -> &'a str {
        self.signed_headers
    }

    /// The signature in hex, empty when none was sent.
    pub fn signature(&self) -> &'a str {
        self.signature
    }
}

/// The signature is left out: no log may show one.
impl fmt::Debug for Authorization<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("credential", &self.credential)
            .field("signed_headers", &self.signed_headers)
            .finish_non_exhaustive()
    }
}

/// The signed parts of a request, as received.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The verb.
    pub method: &'a str,
    /// What follows the `?` of the target, still encoded.
    pub query: &'a [u8],
    /// Names with values, in any letter case and order.
    pub headers: &'a [(&'a str, &'a [u8])],
    /// The body without its transfer encoding.
    pub body: &'a [u8],
}

impl Request<'_> {
    /// The bytes whose hash is signed. `signed_headers` is the list of that name from `Authorization`.
    ///
    /// A header of the list that was not sent counts as empty, one sent repeatedly as its values joined by commas.
    pub fn canonical_request(&self, signed_headers: &str) -> Vec<u8> {
        self.canonical(signed_headers, &sha256_hex(self.body))
    }

    /// The text that the signature is computed over.
    pub fn string_to_sign(&self, signed_headers: &str) -> String {
        string_to_sign(&self.canonical_request(signed_headers))
    }

    /// Whether the holder of `secret` signed this request, compared in constant time.
    ///
    /// The body must be the one announced in `x-acs-content-sha256`, and of the headers that were sent those for
    /// action, version, date, nonce and body hash must be among the signed ones.
    pub fn verify(&self, authorization: &Authorization<'_>, secret: &str) -> bool {
        let signed = authorization.signed_headers;
        let Some(tag) = unhex(authorization.signature) else { return false };
        if MUST_BE_SIGNED.iter().any(|name| self.values(name).next().is_some() && !lists(signed, name)) {
            return false;
        }
        let body_hash = sha256_hex(self.body);
        let mut announced = self.values("x-acs-content-sha256");
        if !announced.next().is_some_and(|hash| hash.eq_ignore_ascii_case(body_hash.as_bytes())) {
            return false;
        }
        let string_to_sign = string_to_sign(&self.canonical(signed, &body_hash));
        mac(secret, &string_to_sign).verify_slice(&tag).is_ok()
    }

    fn canonical(&self, signed_headers: &str, body_hash: &str) -> Vec<u8> {
        let mut out = Vec::with_capacity(1024);
        for part in [self.method, "\n/\n", &canonical_query(self.query), "\n"] {
            out.extend_from_slice(part.as_bytes());
        }
        for name in names(signed_headers) {
            out.extend_from_slice(name.as_bytes());
            out.push(b':');
            for (n, value) in self.values(name).enumerate() {
                if n > 0 {
                    out.push(b',');
                }
                out.extend_from_slice(value);
            }
            out.push(b'\n');
        }
        for part in ["\n", signed_headers, "\n", body_hash] {
            out.extend_from_slice(part.as_bytes());
        }
        out
    }

    /// The trimmed values of the header of this name, in the order received.
    fn values(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        let of_name = self.headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name));
        of_name.map(|(_, value)| value.trim_ascii())
    }
}

/// What a client means to send, before it is signed.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    /// The verb.
    pub method: &'a str,
    /// The `Host` header, port included.
    pub host: &'a str,
    /// The name of the operation.
    pub action: &'a str,
    /// The version of its product.
    pub version: &'a str,
    /// The parameters sent in the query, encoded.
    pub query: &'a str,
    /// The parameters sent as a form, encoded; empty for none.
    pub body: &'a str,
    /// When, as `YYYY-MM-DDThh:mm:ssZ`.
    pub date: &'a str,
    /// A text not used before.
    pub nonce: &'a str,
    /// The key.
    pub access_key_id: &'a str,
    /// The key's secret.
    pub secret: &'a str,
    /// The token of temporary credentials.
    pub security_token: Option<&'a str>,
}

/// The headers of a signed request, `host` and `authorization` among them, in lower case.
pub fn sign(call: &Call<'_>) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("host", call.host.to_owned()),
        ("x-acs-action", call.action.to_owned()),
        ("x-acs-content-sha256", sha256_hex(call.body.as_bytes())),
        ("x-acs-date", call.date.to_owned()),
        ("x-acs-signature-nonce", call.nonce.to_owned()),
        ("x-acs-version", call.version.to_owned()),
    ];
    if !call.body.is_empty() {
        headers.push(("content-type", "application/x-www-form-urlencoded".to_owned()));
    }
    if let Some(token) = call.security_token {
        headers.push(("x-acs-accesskey-id", call.access_key_id.to_owned()));
        headers.push(("x-acs-security-token", token.to_owned()));
    }
    headers.sort_unstable();
    let signed_headers = headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
    let views: Vec<(&str, &[u8])> = headers.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
    let request = Request {
        method: call.method,
        query: call.query.as_bytes(),
        headers: &views,
        body: call.body.as_bytes(),
    };
    let tag = mac(call.secret, &request.string_to_sign(&signed_headers)).finalize().into_bytes();
    headers.push((
        "authorization",
        format!(
            "{ALGORITHM} Credential={},SignedHeaders={signed_headers},Signature={}",
            call.access_key_id,
            hex(&tag)
        ),
    ));
    headers
}

/// The query decoded and encoded anew, sorted by name; equal names stay in the order sent.
fn canonical_query(raw: &[u8]) -> String {
    let mut pairs: Vec<_> = pieces(raw).map(|(name, value)| (decode(name), decode(value))).collect();
    pairs.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut query = String::new();
    for (name, value) in &pairs {
        push_pair(&mut query, name, value);
    }
    query
}

fn string_to_sign(canonical_request: &[u8]) -> String {
    format!("{ALGORITHM}\n{}", sha256_hex(canonical_request))
}

fn mac(secret: &str, string_to_sign: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(string_to_sign.as_bytes());
    mac
}

fn names(signed_headers: &str) -> impl Iterator<Item = &str> {
    signed_headers.split(';').filter(|name| !name.is_empty())
}

fn lists(signed_headers: &str, name: &str) -> bool {
    names(signed_headers).any(|listed| listed.eq_ignore_ascii_case(name))
}

/// A name listed twice would let a short list repeat a long header without end.
fn is_set_of_names(signed_headers: &str) -> bool {
    let mut listed: Vec<String> =
        names(signed_headers).take(MAX_SIGNED_HEADERS + 1).map(str::to_ascii_lowercase).collect();
    let count = listed.len();
    listed.sort_unstable();
    listed.dedup();
    listed.len() == count && count <= MAX_SIGNED_HEADERS
}

fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes any text");
        text
    })
}

/// The bytes of a hex text in either letter case, `None` unless it is as long as a SHA-256 hash.
fn unhex(text: &str) -> Option<[u8; 32]> {
    let digits: &[u8; 64] = text.as_bytes().try_into().ok()?;
    let nibble = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let mut bytes = [0; 32];
    for (byte, two) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = nibble(two[0])? << 4 | nibble(two[1])?;
    }
    Some(bytes)
}
