//! The API and the admin API, called one request after another.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::Value;

use crate::Outcome;
use crate::server::client::Connection;
use crate::server::requests::{Call, Key};

/// The versions of the products.
pub(crate) const ECS: &str = "2014-05-26";
pub(crate) const VPC: &str = "2016-04-28";

/// How long a new network is waited for, in looks that are so far apart.
const LOOKS: u32 = 200;
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// A number that this process has not used in a nonce.
pub(crate) fn next_nonce() -> u64 {
    static NONCE: AtomicU64 = AtomicU64::new(0);
    NONCE.fetch_add(1, Ordering::Relaxed)
}

/// Merges a patch into the world.
pub(crate) async fn patch(admin: SocketAddr, path: &str, patch: &Value) -> Outcome {
    ask_admin(admin, "PATCH", path, &patch.to_string()).await.map(drop)
}

/// What the admin API answers.
pub(crate) async fn ask_admin(admin: SocketAddr, method: &str, path: &str, body: &str) -> Outcome<Value> {
    let head = "host: localhost\r\ncontent-type: application/json\r\ncontent-length";
    let request = format!("{method} {path} HTTP/1.1\r\n{head}: {}\r\n\r\n{body}", body.len());
    let told = |sentence| format!("{method} {path} {sentence}");
    let mut connection = Connection::open(admin).await?;
    let answer = connection.send(request.as_bytes()).await?;
    let body = answer.ok().map_err(told)?;
    serde_json::from_slice(body).map_err(|error| format!("{method} {path} answers no JSON: {error}"))
}

/// Calls one after another in Hangzhou.
pub(crate) struct Api {
    connection: Connection,
    key: Key,
}

impl Api {
    pub(crate) async fn open(address: SocketAddr, key: Key) -> Outcome<Api> {
        Ok(Api { connection: Connection::open(address).await?, key })
    }

    /// The reply to a call, which must be answered with 200.
    pub(crate) async fn send(&mut self, version: &str, action: &str, query: &str) -> Outcome<Value> {
        let query = format!("RegionId=cn-hangzhou&{query}");
        let request = Call::of(&self.key, version, action, &query).sign(next_nonce());
        let told = |sentence| format!("{action} {query} {sentence}");
        let answer = self.connection.send(&request).await?;
        let body = answer.ok().map_err(told)?;
        serde_json::from_slice(body).map_err(|error| format!("{action} {query} answers no JSON: {error}"))
    }

    /// Makes something and returns its id.
    pub(crate) async fn make(
        &mut self,
        version: &str,
        action: &str,
        query: &str,
        id: &str,
    ) -> Outcome<String> {
        let reply = self.send(version, action, query).await?;
        let made = reply.get(id).and_then(Value::as_str).map(str::to_owned);
        made.ok_or_else(|| format!("{action} answers no {id}: {reply}"))
    }

    /// Waits until something is available.
    pub(crate) async fn wait_for(
        &mut self,
        version: &str,
        action: &str,
        query: &str,
        status: &str,
    ) -> Outcome {
        for _ in 0..LOOKS {
            let reply = self.send(version, action, query).await?;
            if reply.pointer(status).and_then(Value::as_str) == Some("Available") {
                return Ok(());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Err(format!("{action} {query} never becomes available"))
    }
}
