//! A server of the test's own and a client that signs by hand.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;

use moyun_cloud::cloud::Cloud;
use moyun_cloud::world::{DEFAULT_KEY_ID, DEFAULT_SECRET};
use moyun_server::env::Machine;
use moyun_server::http::{Api, Setup};
use moyun_server::observe::Observer;
use moyun_server::replay::Nonces;
use moyun_server::serve::Listeners;
use moyun_store::{Engine, MemoryEngine, Reader, Span};
use moyun_wire::params::Params;
use moyun_wire::v1;
use serde_json::Value;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use crate::openapi;

/// The time of every test: 2026-01-01T00:00:00Z.
pub(crate) const NOW: &str = "2026-01-01T00:00:00Z";

/// A server on free ports; its clock stands still.
pub(crate) struct Server {
    pub(crate) api: SocketAddr,
    pub(crate) admin: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    runtime: Option<Runtime>,
    engine: Arc<dyn Engine>,
    nonce: AtomicU64,
}

/// An answer as it came.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Server {
    pub(crate) fn start() -> Server {
        Server::start_with(None)
    }

    /// The same, with a token that guards its admin API.
    pub(crate) fn start_with(admin_token: Option<&str>) -> Server {
        let world = serde_json::json!({ "clock": { "mode": "manual", "now": NOW } });
        let engine = Arc::new(MemoryEngine::new());
        let cloud = Cloud::open(engine.clone(), Arc::new(Machine), world).unwrap();
        Server::of(cloud, engine, admin_token)
    }

    /// A server of a cloud that is there already, on this engine.
    pub(crate) fn of(cloud: Cloud, engine: Arc<dyn Engine>, admin_token: Option<&str>) -> Server {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let any = "127.0.0.1:0".parse().unwrap();
        let listeners = runtime.block_on(Listeners::bind(any, any)).map_err(|(_, error)| error).unwrap();
        let (api, admin) = listeners.addresses().unwrap();
        let (stop, stopped) = oneshot::channel();
        let (nonces, observer) = (Nonces::in_memory(), Observer::default());
        let api_of = Api::with(cloud, Setup { admin, admin_token, nonces, observer });
        runtime.spawn(listeners.serve(api_of, async move { drop(stopped.await) }));
        let (stop, runtime) = (Some(stop), Some(runtime));
        Server { api, admin, stop, runtime, engine, nonce: AtomicU64::new(0) }
    }

    /// A nonce that was never used before.
    pub(crate) fn nonce(&self) -> String {
        format!("nonce-{}", self.nonce.fetch_add(1, Ordering::Relaxed))
    }

    /// The parameters of a correct V1 request, not yet signed.
    pub(crate) fn params(&self, action: &str, own: &[(&str, &str)]) -> Params {
        let nonce = self.nonce();
        let common = [
            ("Action", action),
            ("AccessKeyId", DEFAULT_KEY_ID),
            ("SignatureMethod", "HMAC-SHA1"),
            ("SignatureVersion", "1.0"),
            ("SignatureNonce", &nonce),
            ("Timestamp", NOW),
            ("Format", "JSON"),
        ];
        let version = [("Version", if action.contains("Vpc") { "2016-04-28" } else { "2014-05-26" })];
        let all = common.iter().chain(&version).chain(own);
        Params::from_pairs(all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    /// Sends a request by GET.
    pub(crate) fn get(&self, query: &str) -> Answer {
        self.raw(format!("GET /?{query} HTTP/1.1\r\nHost: ecs.test\r\nConnection: close\r\n\r\n"))
    }

    /// Signs and sends a request by GET.
    pub(crate) fn call(&self, action: &str, own: &[(&str, &str)]) -> Answer {
        self.get(&signed("GET", self.params(action, own)).encode())
    }

    /// Sends a request by GET that may not be answered for a while.
    pub(crate) fn get_later(&self, query: &str) -> JoinHandle<Answer> {
        let request = format!("GET /?{query} HTTP/1.1\r\nHost: ecs.test\r\nConnection: close\r\n\r\n");
        let api = self.api;
        std::thread::spawn(move || Answer::parse(&exchange(api, request.as_bytes())))
    }

    /// Sends bytes to the API and reads until the server closes.
    pub(crate) fn raw(&self, request: impl AsRef<[u8]>) -> Answer {
        Answer::parse(&exchange(self.api, request.as_ref()))
    }

    /// Every stored byte, so that a test can see that nothing changed.
    pub(crate) fn dump(&self) -> BTreeMap<Vec<u8>, Vec<u8>> {
        let mut rows = BTreeMap::new();
        let mut look = |view: &dyn Reader| {
            view.scan(&Span::prefix(&[]), &mut |key, value| {
                rows.insert(key.to_vec(), value.to_vec());
                ControlFlow::Continue(())
            })
            .unwrap();
        };
        self.engine.read(&mut look).unwrap();
        rows
    }

    /// Changes facts of the world.
    pub(crate) fn patch(&self, facts: Value) {
        let answer = self.admin("PATCH", "/admin/world", &facts.to_string());
        assert_eq!(answer.status, 200, "{facts}: {}", answer.body);
    }

    /// Sends a request to the admin API.
    pub(crate) fn admin(&self, method: &str, path: &str, body: &str) -> Answer {
        self.admin_with("Host: localhost", method, path, body)
    }

    /// The same, with headers of one's own.
    pub(crate) fn admin_with(&self, headers: &str, method: &str, path: &str, body: &str) -> Answer {
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\n{headers}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        let answer = Answer::parse(&exchange(self.admin, request.as_bytes()));
        openapi::check(method, path, &answer);
        answer
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Answer {
    fn parse(bytes: &[u8]) -> Answer {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let header =
            |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        Answer { status, headers: lines.filter_map(header).collect(), body: body.to_owned() }
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// `400 InvalidParameter` and its like; `200` for a normal reply.
    pub(crate) fn verdict(&self) -> String {
        let json = self.json();
        match json.get("Code").and_then(serde_json::Value::as_str) {
            Some(code) => format!("{} {code}", self.status),
            None => self.status.to_string(),
        }
    }
}

/// The parameters with their signature.
pub(crate) fn signed(method: &str, params: Params) -> Params {
    signed_with(DEFAULT_SECRET, method, params)
}

/// The same with another secret.
pub(crate) fn signed_with(secret: &str, method: &str, mut params: Params) -> Params {
    let signature = v1::sign(v1::Method::HmacSha1, secret, &v1::string_to_sign(method, &params));
    params.insert("Signature", signature);
    params
}

/// Sends bytes and reads what comes back until the peer closes; a reset counts as closing.
pub(crate) fn exchange(address: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    let mut reader = stream.try_clone().unwrap();
    // The server may answer and close before it has read everything.
    let writer = {
        let request = request.to_vec();
        std::thread::spawn(move || drop(stream.write_all(&request)))
    };
    let mut answer = vec![];
    drop(reader.read_to_end(&mut answer));
    writer.join().unwrap();
    answer
}
