//! How long the server waits for a head, on a clock that only moves when nothing else happens.

use std::sync::Arc;
use std::time::Duration;

use moyun_cloud::cloud::Cloud;
use moyun_server::env::Machine;
use moyun_server::http::Api;
use moyun_server::serve::Listeners;
use moyun_store::MemoryEngine;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::Instant;

/// How long a head may take, and how long an idle connection stays open.
const HEAD_TIME_MAX: Duration = Duration::from_secs(75);

/// A connection to a server of its own, which runs on this thread.
async fn connect() -> TcpStream {
    let cloud = Cloud::open(Arc::new(MemoryEngine::new()), Arc::new(Machine), serde_json::json!({})).unwrap();
    let any = "127.0.0.1:0".parse().unwrap();
    let listeners = Listeners::bind(any, any).await.map_err(|(_, error)| error).unwrap();
    let (api, admin) = listeners.addresses().unwrap();
    tokio::spawn(listeners.serve(Api::new(cloud, admin), std::future::pending()));
    TcpStream::connect(api).await.unwrap()
}

/// Asks and reads the answer, which leaves the connection open. The clock must run, for a paused one would jump to the
/// next deadline while bytes are on their way.
async fn ask(connection: &mut TcpStream) {
    connection.write_all(b"GET / HTTP/1.1\r\nHost: ecs.test\r\n\r\n").await.unwrap();
    let mut answer = vec![];
    while !answer.ends_with(b"</Error>") {
        assert_ne!(connection.read_buf(&mut answer).await.unwrap(), 0);
    }
}

/// Whether the server closes within a while.
async fn is_closed(connection: &mut TcpStream, within: Duration) -> bool {
    let mut rest = vec![];
    // Closing with bytes unread is a reset.
    let closed = tokio::time::timeout(within, connection.read_to_end(&mut rest)).await.is_ok();
    assert!(rest.is_empty(), "{rest:?}");
    closed
}

#[tokio::test]
async fn an_idle_connection_stays_open_for_a_minute_and_not_for_ever() {
    let mut connection = connect().await;
    for _ in 0..2 {
        ask(&mut connection).await;
        tokio::time::pause();
        assert!(!is_closed(&mut connection, Duration::from_secs(60)).await);
        tokio::time::resume();
    }
    ask(&mut connection).await;
    tokio::time::pause();
    let answered = Instant::now();
    assert!(is_closed(&mut connection, 2 * HEAD_TIME_MAX).await);
    let open = answered.elapsed();
    assert!(open.abs_diff(HEAD_TIME_MAX) < Duration::from_secs(1), "{open:?}");
}

#[tokio::test]
async fn a_head_that_never_ends_is_given_up_however_steadily_it_comes() {
    let mut connection = connect().await;
    ask(&mut connection).await;
    tokio::time::pause();
    let begun = Instant::now();
    // The last line is sent before the time is over, and none of them buys more time.
    connection.write_all(b"GET / HTTP/1.1\r\nHost: ecs.test\r\n").await.unwrap();
    for _ in 0..6 {
        assert!(!is_closed(&mut connection, Duration::from_secs(10)).await);
        connection.write_all(b"X-And-Another: line\r\n").await.unwrap();
    }
    assert!(is_closed(&mut connection, 2 * HEAD_TIME_MAX).await);
    let taken = begun.elapsed();
    assert!(taken.abs_diff(HEAD_TIME_MAX) < Duration::from_secs(1), "{taken:?}");
}
