//! The least HTTP client that keeps a connection alive.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Outcome;

/// How much one read takes at most.
const READ_BYTES: usize = 64 << 10;

/// A connection that carries one request after another.
pub(crate) struct Connection {
    stream: TcpStream,
    /// What was received, of which the front is the present answer.
    received: Vec<u8>,
}

/// An answer; its body is the end of what the connection received.
pub(crate) struct Answer<'c> {
    pub(crate) status: u16,
    pub(crate) body: &'c [u8],
}

impl Answer<'_> {
    /// The body of a normal reply; otherwise what was answered instead.
    pub(crate) fn ok(&self) -> Outcome<&[u8]> {
        match self.status {
            200 => Ok(self.body),
            status => Err(format!("answered {status}: {}", String::from_utf8_lossy(self.body).trim())),
        }
    }
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Outcome<Connection> {
        let stream = TcpStream::connect(address).await.map_err(|error| format!("{address}: {error}"))?;
        stream.set_nodelay(true).map_err(|error| format!("{address}: {error}"))?;
        Ok(Connection { stream, received: Vec::with_capacity(READ_BYTES) })
    }

    /// Sends a request and waits for the whole answer.
    pub(crate) async fn send(&mut self, request: &[u8]) -> Outcome<Answer<'_>> {
        let broken = |error| format!("the connection broke: {error}");
        self.received.clear();
        self.stream.write_all(request).await.map_err(broken)?;
        let mut head = None;
        loop {
            if head.is_none() {
                head = Head::find(&self.received)?;
            }
            if let Some(Head { status, bytes, body_bytes }) = head
                && self.received.len() >= bytes + body_bytes
            {
                return Ok(Answer { status, body: &self.received[bytes..bytes + body_bytes] });
            }
            self.received.reserve(READ_BYTES);
            if self.stream.read_buf(&mut self.received).await.map_err(broken)? == 0 {
                return Err("the connection was closed before the answer was whole".to_owned());
            }
        }
    }
}

/// What the head of an answer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    status: u16,
    /// How long the head is.
    bytes: usize,
    body_bytes: usize,
}

impl Head {
    /// The head, once it is whole.
    fn find(received: &[u8]) -> Outcome<Option<Head>> {
        let Some(end) = received.windows(4).position(|window| window == b"\r\n\r\n") else { return Ok(None) };
        let text = String::from_utf8_lossy(&received[..end]);
        let mut lines = text.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let length = lines
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        let length = length.and_then(|(_, value)| value.trim().parse().ok());
        match (status, length) {
            (Some(status), Some(body_bytes)) => Ok(Some(Head { status, bytes: end + 4, body_bytes })),
            _ => Err(format!("an answer without status or length: {text}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_found_when_it_is_whole() {
        let whole = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        assert_eq!(Head::find(&whole[..30]), Ok(None));
        assert_eq!(Head::find(whole), Ok(Some(Head { status: 200, bytes: 38, body_bytes: 5 })));
        assert!(Head::find(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }
}
