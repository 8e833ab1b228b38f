//! Who may use the admin API: whoever knows the token, or, where none is set, whoever is on this machine and not a web page.

use std::net::IpAddr;

use hyper::header::{AUTHORIZATION, HOST, HeaderMap, ORIGIN};
use hyper::{StatusCode, Uri};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::admin::Refusal;

/// What the admin API asks of whoever comes.
#[derive(Default)]
pub(crate) struct Guard {
    /// Stands for the token; comparing digests takes the same time for every guess.
    token: Option<[u8; 32]>,
}

impl Guard {
    /// Asks for a token, if there is one.
    pub(crate) fn new(token: Option<&str>) -> Guard {
        Guard { token: token.map(|token| Sha256::digest(token).into()) }
    }

    /// Lets a request in, or says in a sentence what it lacks.
    pub(super) fn admit(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        if uri.path() == "/health" {
            return Ok(());
        }
        match &self.token {
            Some(token) => check_token(token, headers),
            None => check_neighbour(uri, headers),
        }
    }
}

fn check_token(token: &[u8; 32], headers: &HeaderMap) -> Result<(), Refusal> {
    let given = text(headers, AUTHORIZATION).unwrap_or_default();
    let given = given.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let given: [u8; 32] = Sha256::digest(given.map_or("", |(_, token)| token.trim())).into();
    if bool::from(given.ct_eq(token)) {
        return Ok(());
    }
    let sentence = "this admin API has a token: send it as `Authorization: Bearer …`";
    Err(Refusal(StatusCode::UNAUTHORIZED, sentence.into()))
}

/// A web page elsewhere can make a browser on this machine send requests here: it is told by the name under which it
/// found this address, or by the origin that the browser adds.
fn check_neighbour(uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
    let host = text(headers, HOST).or_else(|| uri.authority().map(|authority| authority.as_str()));
    if let Some(host) = host.filter(|host| !is_loopback(host)) {
        let sentence =
            format!("{host} is no name of this machine alone: say localhost, or start with --admin-token");
        return Err(Refusal(StatusCode::FORBIDDEN, sentence));
    }
    let own = |origin: &str| origin.split_once("://").is_some_and(|(_, at)| Some(at) == host);
    let foreign_origin = headers.contains_key(ORIGIN) && !text(headers, ORIGIN).is_some_and(own);
    let cross_site =
        matches!(headers.get("sec-fetch-site"), Some(site) if site != "same-origin" && site != "none");
    if foreign_origin || cross_site {
        let sentence = "web pages from elsewhere may not use the admin API";
        return Err(Refusal(StatusCode::FORBIDDEN, sentence.into()));
    }
    Ok(())
}

fn text(headers: &HeaderMap, name: hyper::header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether a host, with or without port, can only be this machine.
fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map_or(rest, |(name, _)| name),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_names_of_this_machine_are_loopback() {
        for host in ["localhost", "LOCALHOST:4581", "127.0.0.1", "127.9.9.9:4581", "[::1]:4581", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in
            ["", "evil.example", "127.0.0.1.evil.example:4581", "10.0.0.1:4581", "[fe80::1]:1", "0.0.0.0"]
        {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
