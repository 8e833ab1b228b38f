//! The bare server: hyper, one HMAC over the query, a fixed body.

use std::convert::Infallible;
use std::io::Write;
use std::net::Ipv4Addr;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use moyun_cloud::world::DEFAULT_SECRET;
use moyun_wire::encode::encode;
use moyun_wire::v1;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};

use crate::Outcome;

/// What stands between the signed part of a query and its signature.
const SIGNATURE: &str = "&Signature=";

/// Announces its address on stdout and answers until stdin ends.
pub(super) async fn serve(body_bytes: usize) -> Outcome {
    let failed = |error| format!("the bare server: {error}");
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    writeln!(std::io::stdout(), "ready {address}").map_err(failed)?;
    let body = Bytes::from(vec![b' '; body_bytes]);
    let mut end = Vec::new();
    let mut stdin = tokio::io::stdin();
    let ended = stdin.read_to_end(&mut end);
    tokio::pin!(ended);
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (stream, _) = accepted.map_err(failed)?;
                tokio::spawn(answer(stream, body.clone()));
            }
            _ = &mut ended => return Ok(()),
        }
    }
}

async fn answer(stream: TcpStream, body: Bytes) {
    let service = service_fn(move |request: Request<Incoming>| {
        let body = body.clone();
        async move {
            let mut response = Response::new(Full::new(body));
            let query = request.uri().query().unwrap_or_default();
            if !is_signed(query) {
                *response.status_mut() = StatusCode::BAD_REQUEST;
            }
            let json = HeaderValue::from_static("application/json;charset=utf-8");
            response.headers_mut().insert(CONTENT_TYPE, json);
            Ok::<_, Infallible>(response)
        }
    });
    // A connection that fails is missed by the client, which says so.
    let _ = stream.set_nodelay(true);
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// Whether the query ends with the signature over what precedes it, which our client has put in order.
pub(crate) fn is_signed(query: &str) -> bool {
    let Some((signed, signature)) = query.rsplit_once(SIGNATURE) else { return false };
    let text = format!("GET&%2F&{}", encode(signed));
    // Nothing is guarded here, so a plain comparison will do.
    encode(v1::sign(v1::Method::HmacSha1, DEFAULT_SECRET, &text)) == signature
}
