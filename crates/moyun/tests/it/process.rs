//! A running `moyun`, and requests to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};

use moyun_wire::params::Params;
use moyun_wire::{timestamp, v1};

/// A process that answers.
pub(crate) struct Moyun {
    child: Child,
    pub(crate) api: SocketAddr,
    pub(crate) admin: SocketAddr,
    /// The line that says it is ready.
    pub(crate) line: String,
}

/// The command, free of the environment's own settings.
pub(crate) fn moyun() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_moyun"));
    for name in [
        "LISTEN",
        "ADMIN_LISTEN",
        "ADMIN_TOKEN",
        "ADMIN",
        "SAVES",
        "DATA",
        "STORE",
        "EPHEMERAL",
        "WORLD",
        "LOG",
        "TLS_CERT",
        "TLS_KEY",
        "TLS_SELF_SIGNED",
    ] {
        command.env_remove(format!("MOYUN_{name}"));
    }
    command
}

/// The command, led to by a shell script that ends in `exec "$@"`, perhaps in namespaces of its own.
pub(crate) fn moyun_through(namespaces: Option<&str>, script: &str) -> Command {
    let binary = moyun();
    let mut command = Command::new(if namespaces.is_some() { "unshare" } else { "sh" });
    command.args(namespaces).args(namespaces.map(|_| "sh"));
    command.args(["-c", script, "sh"]).arg(binary.get_program());
    for (name, _) in binary.get_envs() {
        command.env_remove(name);
    }
    command
}

/// Runs the command to its end.
pub(crate) fn run(arguments: &[&str]) -> Output {
    moyun().args(arguments).output().unwrap()
}

impl Moyun {
    /// Starts on free ports with a data directory and waits for the line that says it is ready.
    pub(crate) fn start(data: &Path, arguments: &[&str]) -> Moyun {
        Moyun::start_with(moyun(), data, arguments)
    }

    /// [`Moyun::start`] with a command that leads to the binary.
    pub(crate) fn start_with(mut command: Command, data: &Path, arguments: &[&str]) -> Moyun {
        let mut child = command
            .env("MOYUN_LISTEN", "127.0.0.1:0")
            .env("MOYUN_ADMIN_LISTEN", "127.0.0.1:0")
            .env("MOYUN_DATA", data)
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let mut addresses = line.split("http://").skip(1).map(|rest| rest.split_whitespace().next().unwrap());
        let mut address =
            || addresses.next().unwrap_or_else(|| panic!("not ready: {line:?}")).parse().unwrap();
        let (api, admin) = (address(), address());
        Moyun { child, api, admin, line }
    }

    /// Ends the process as `kill -9` does.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks the process to stop and tells how it ended.
    pub(crate) fn stop(self) -> ExitStatus {
        self.signal("TERM");
        self.ended()
    }

    /// Sends a signal to the process.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }

    /// Waits for the end of the process and tells how it ended.
    pub(crate) fn ended(mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// A request to the admin API.
    pub(crate) fn admin(&self, method: &str, path: &str, body: &str) -> serde_json::Value {
        ask(self.admin, &admin_request(method, path, body))
    }

    /// What the admin API tells line by line.
    pub(crate) fn lines(&self, path: &str) -> String {
        answer(self.admin, &admin_request("GET", path, ""))
    }

    /// A call of the default account.
    pub(crate) fn call(&self, action: &str, own: &[(&str, &str)]) -> serde_json::Value {
        self.call_as("LTAI5tMoyunLocalTest", "moyun-local-secret", action, own)
    }

    /// A call with a key. The time is the server's own, whatever moves it.
    pub(crate) fn call_as(
        &self,
        key: &str,
        secret: &str,
        action: &str,
        own: &[(&str, &str)],
    ) -> serde_json::Value {
        ask(self.api, &self.request(key, secret, action, own))
    }

    /// The bytes of a call, under a nonce that was never used before.
    pub(crate) fn request(&self, key: &str, secret: &str, action: &str, own: &[(&str, &str)]) -> String {
        static NONCES: AtomicU64 = AtomicU64::new(0);
        let now = self.admin("GET", "/admin/world/clock/now", "");
        let nonce = format!("nonce-{}", NONCES.fetch_add(1, Ordering::Relaxed));
        let (product, action) = action.split_once(':').unwrap_or(("Ecs", action));
        let version = match product {
            "Vpc" => "2016-04-28",
            "Ram" => "2015-05-01",
            _ => "2014-05-26",
        };
        assert!(timestamp::parse(now.as_str().unwrap()).is_some());
        let common = [
            ("Action", action),
            ("Version", version),
            ("AccessKeyId", key),
            ("SignatureMethod", "HMAC-SHA1"),
            ("SignatureVersion", "1.0"),
            ("SignatureNonce", &nonce),
            ("Timestamp", now.as_str().unwrap()),
            ("Format", "JSON"),
        ];
        let all = common.iter().chain(own).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let mut params = Params::from_pairs(all);
        let signature = v1::sign(v1::Method::HmacSha1, secret, &v1::string_to_sign("GET", &params));
        params.insert("Signature", signature);
        format!("GET /?{} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", params.encode())
    }
}

impl Drop for Moyun {
    fn drop(&mut self) {
        // It may be gone already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn admin_request(method: &str, path: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

pub(crate) fn ask(address: SocketAddr, request: &str) -> serde_json::Value {
    serde_json::from_str(&answer(address, request)).unwrap()
}

/// The body of the answer to a request.
fn answer(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    body.to_owned()
}

/// Makes many calls at once, each with its number.
pub(crate) fn at_once<T: Send>(count: usize, call: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let (call, start) = (&call, &Barrier::new(count));
    std::thread::scope(|scope| {
        let calls = (0..count).map(|number| {
            scope.spawn(move || {
                start.wait();
                call(number)
            })
        });
        let calls: Vec<_> = calls.collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    })
}
