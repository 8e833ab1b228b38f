//! Even what the HTTP library refuses by itself is answered in the documented form.
//!
//! A request that is not HTTP, or whose head is too long, never reaches the gate: the library answers it with a bare
//! status line. Clients read an empty body as a broken server, so the bare answer is replaced on its way out.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use moyun_wire::out::Format;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A connection whose bare refusals gain a body.
pub(crate) struct Documented<C, R> {
    connection: C,
    /// Writes the answer that replaces a bare one.
    refuse: R,
    /// The rest of a replaced answer.
    pending: Vec<u8>,
}

impl<C, R: Fn() -> Vec<u8>> Documented<C, R> {
    /// Wraps a connection.
    pub(crate) fn new(connection: C, refuse: R) -> Documented<C, R> {
        Documented { connection, refuse, pending: vec![] }
    }
}

impl<C: AsyncWrite + Unpin, R> Documented<C, R> {
    fn poll_pending(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.pending.is_empty() {
            match Pin::new(&mut self.connection).poll_write(cx, &self.pending) {
                Poll::Ready(Ok(0)) => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                Poll::Ready(Ok(count)) => drop(self.pending.drain(..count)),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => return Poll::Pending,
            }
        }
        Poll::Ready(Ok(()))
    }
}

/// Whether these bytes are a refusal of the HTTP library: a client error without a body. Ours always have a type.
fn is_bare_refusal(bytes: &[u8]) -> bool {
    let contains =
        |wanted: &[u8]| bytes.windows(wanted.len()).any(|window| window.eq_ignore_ascii_case(wanted));
    bytes.starts_with(b"HTTP/1.1 4") && contains(b"content-length: 0\r\n") && !contains(b"content-type:")
}

/// A refusal in XML as bytes, after which the connection closes.
pub(crate) fn answer(status: u16, body: &str) -> Vec<u8> {
    let content_type = Format::Xml.content_type();
    format!(
        "HTTP/1.1 {status} Bad Request\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

impl<C: AsyncRead + Unpin, R: Unpin> AsyncRead for Documented<C, R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.connection).poll_read(cx, buf)
    }
}

impl<C: AsyncWrite + Unpin, R: Fn() -> Vec<u8> + Unpin> AsyncWrite for Documented<C, R> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        if this.pending.is_empty() && is_bare_refusal(bytes) {
            this.pending = (this.refuse)();
            return Poll::Ready(Ok(bytes.len()));
        }
        match this.poll_pending(cx)? {
            Poll::Pending => Poll::Pending,
            Poll::Ready(()) => Pin::new(&mut this.connection).poll_write(cx, bytes),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let first = slices.first().map_or(&[][..], |slice| slice);
        if !self.pending.is_empty() || is_bare_refusal(first) {
            return self.poll_write(cx, first);
        }
        Pin::new(&mut self.connection).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.connection.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.poll_pending(cx)? {
            Poll::Pending => Poll::Pending,
            Poll::Ready(()) => Pin::new(&mut self.connection).poll_flush(cx),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.poll_pending(cx)? {
            Poll::Pending => Poll::Pending,
            Poll::Ready(()) => Pin::new(&mut self.connection).poll_shutdown(cx),
        }
    }
}
