//! Requests, each signed with a nonce of its own.

use std::time::{SystemTime, UNIX_EPOCH};

use moyun_cloud::world::{DEFAULT_KEY_ID, DEFAULT_SECRET};
use moyun_wire::encode::encode;
use moyun_wire::params::Params;
use moyun_wire::{timestamp, v1};

/// Who calls.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) secret: String,
}

impl Key {
    /// The default account's.
    pub(crate) fn built_in() -> Key {
        Key { id: DEFAULT_KEY_ID.to_owned(), secret: DEFAULT_SECRET.to_owned() }
    }
}

/// An action with its parameters.
#[derive(Clone)]
pub(crate) struct Call {
    params: Params,
    secret: String,
}

impl Call {
    /// A call of the default account whose parameters stand in a query.
    pub(crate) fn new(version: &str, action: &str, query: &str) -> Call {
        Call::of(&Key::built_in(), version, action, query)
    }

    /// A call with a key.
    pub(crate) fn of(key: &Key, version: &str, action: &str, query: &str) -> Call {
        let mut params = Params::decode(query.as_bytes(), None).expect("our own queries are well formed");
        for (name, value) in [
            ("Action", action),
            ("Version", version),
            ("Format", "JSON"),
            ("AccessKeyId", &key.id),
            ("SignatureMethod", v1::Method::HmacSha1.name()),
            ("SignatureVersion", "1.0"),
        ] {
            params.insert(name, value);
        }
        Call { params, secret: key.secret.clone() }
    }

    /// The request, signed now, as it goes over the wire. The signature stands last in the query.
    pub(crate) fn sign(mut self, nonce: u64) -> Vec<u8> {
        let now_ms = now_ms();
        self.params.insert("Timestamp", timestamp::to_second(now_ms));
        self.params.insert("SignatureNonce", format!("{now_ms}-{nonce}"));
        let text = v1::string_to_sign("GET", &self.params);
        let signature = v1::sign(v1::Method::HmacSha1, &self.secret, &text);
        let query = self.params.encode();
        format!("GET /?{query}&Signature={} HTTP/1.1\r\nhost: moyun\r\n\r\n", encode(signature)).into_bytes()
    }
}

/// Makes the call of a number.
pub(crate) type Calls = dyn Fn(usize) -> Call + Send + Sync;

/// Calls that take turns.
pub(crate) fn in_turn(calls: Vec<Call>) -> Box<Calls> {
    Box::new(move |number| calls[number % calls.len()].clone())
}

/// Signs the calls of so many numbers, of which `first` is the first; each number is the nonce of its call.
pub(crate) fn sign_all(calls: &Calls, first: usize, count: usize) -> Vec<Vec<u8>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = count.div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let work: Vec<_> = (0..threads)
            .map(|thread| {
                scope.spawn(move || {
                    let mine = (thread * share).min(count)..((thread + 1) * share).min(count);
                    let sign = |number| calls(number).sign(number as u64);
                    mine.map(|at| sign(first + at)).collect::<Vec<_>>()
                })
            })
            .collect();
        work.into_iter().flat_map(|work| work.join().expect("signing does not fail")).collect()
    })
}

#[expect(clippy::disallowed_methods, reason = "a server judges the time of a signature by its own clock")]
fn now_ms() -> i64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn query(request: &[u8]) -> &str {
        let text = std::str::from_utf8(request).unwrap();
        text.split_once("/?").unwrap().1.split_once(' ').unwrap().0
    }

    #[test]
    fn requests_are_signed_rightly_each_with_its_own_nonce() {
        let calls = vec![Call::new("2014-05-26", "DescribeRegions", "A=1%2F2"), Call::new("v", "Other", "")];
        let requests = sign_all(&*in_turn(calls), 10, 7);
        let mut nonces = BTreeSet::new();
        for (at, request) in requests.iter().enumerate() {
            let params = Params::decode(query(request).as_bytes(), None).unwrap();
            let action = if at % 2 == 0 { "DescribeRegions" } else { "Other" };
            assert_eq!(params.get("Action"), Some(action));
            assert!(v1::verify("GET", &params, DEFAULT_SECRET, params.get("Signature").unwrap()));
            assert!(crate::load::reference::is_signed(query(request)));
            nonces.insert(params.get("SignatureNonce").unwrap().to_owned());
        }
        assert_eq!(nonces.len(), 7);
    }
}
