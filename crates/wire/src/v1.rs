//! Signature version 1.0, the one over all parameters.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

use crate::encode::push_twice_encoded;
use crate::params::Params;

/// How a request is signed: what its parameter `SignatureMethod` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `HMAC-SHA1`, which every known client uses.
    HmacSha1,
    /// `HMAC-SHA256`.
    HmacSha256,
}

impl Method {
    /// The method of this name, spelled exactly so; `None` for one that is not offered.
    pub fn parse(name: &str) -> Option<Method> {
        match name {
            "HMAC-SHA1" => Some(Method::HmacSha1),
            "HMAC-SHA256" => Some(Method::HmacSha256),
            _ => None,
        }
    }

    /// The method that a request asks for: HMAC-SHA1 when it names none, `None` when it names one that is not offered.
    pub fn of(params: &Params) -> Option<Method> {
        params.given("SignatureMethod").map_or(Some(Method::HmacSha1), Method::parse)
    }

    /// The name that goes into `SignatureMethod`.
    pub fn name(self) -> &'static str {
        match self {
            Method::HmacSha1 => "HMAC-SHA1",
            Method::HmacSha256 => "HMAC-SHA256",
        }
    }
}

/// The text that a request's `Signature` is computed over; the parameter `Signature` itself has no part in it.
///
/// `http_method` is the verb as received, `params` are those of query and form body together.
pub fn string_to_sign(http_method: &str, params: &Params) -> String {
    let mut text = String::with_capacity(1024);
    text.extend([http_method, "&%2F&"]);
    let mut between = "";
    for (name, value) in params.iter().filter(|(name, _)| *name != "Signature") {
        // A query is encoded as a whole once more: what holds its parts together too.
        text.push_str(between);
        push_twice_encoded(&mut text, name.as_bytes());
        text.push_str("%3D");
        push_twice_encoded(&mut text, value.as_bytes());
        between = "%26";
    }
    text
}

/// The `Signature` over a string to sign, in Base64.
pub fn sign(method: Method, secret: &str, string_to_sign: &str) -> String {
    match method {
        Method::HmacSha1 => {
            STANDARD.encode(mac::<Hmac<Sha1>>(secret, string_to_sign).finalize().into_bytes())
        }
        Method::HmacSha256 => {
            STANDARD.encode(mac::<Hmac<Sha256>>(secret, string_to_sign).finalize().into_bytes())
        }
    }
}

/// Whether `signature` is the one that the holder of `secret` gives this request, compared in constant time.
///
/// A request whose `SignatureMethod` is not offered is never signed rightly.
pub fn verify(http_method: &str, params: &Params, secret: &str, signature: &str) -> bool {
    let (Some(method), Ok(tag)) = (Method::of(params), STANDARD.decode(signature)) else {
        return false;
    };
    let string_to_sign = string_to_sign(http_method, params);
    let verified = match method {
        Method::HmacSha1 => mac::<Hmac<Sha1>>(secret, &string_to_sign).verify_slice(&tag),
        Method::HmacSha256 => mac::<Hmac<Sha256>>(secret, &string_to_sign).verify_slice(&tag),
    };
    verified.is_ok()
}

fn mac<M: Mac + KeyInit>(secret: &str, string_to_sign: &str) -> M {
    // The ampersand stands where other schemes of this family put a token's secret.
    let key = format!("{secret}&");
    let mut mac = <M as KeyInit>::new_from_slice(key.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(string_to_sign.as_bytes());
    mac
}
