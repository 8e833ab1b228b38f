//! Bytes to requests and back: one RPC endpoint for all products.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{CONNECTION, CONTENT_TYPE, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use moyun_cloud::call::{Answer, Answered};
use moyun_cloud::cloud::Cloud;
use moyun_cloud::cx::Origin;
use moyun_cloud::errors::{ApiError, InternalFault, ParameterMalformed};
use moyun_cloud::order;
use moyun_wire::out::Format;
use moyun_wire::reply::ErrorReply;
use tokio::sync::oneshot;

use crate::admin::{Guard, Site};
use crate::documented;
use crate::env::Stopwatch;
use crate::gate;
use crate::hold::Holds;
use crate::observe::{Observer, Outcome};
use crate::replay::Nonces;
use crate::ticker::Ticker;

/// The largest request body.
const BODY_BYTES_MAX: usize = 1 << 20;

/// How long a body may take to arrive.
const BODY_TIME_MAX: Duration = Duration::from_secs(30);

/// The HostId of an answer to a request that names no host.
pub(crate) const HOST_ID: &str = "moyun.local";

/// What answers calls.
pub struct Api {
    /// The cloud behind the endpoint.
    pub cloud: Cloud,
    /// What was asked lately.
    pub observer: Arc<Observer>,
    pub(crate) nonces: Nonces,
    pub(crate) ticker: Ticker,
    pub(crate) holds: Holds,
    pub(crate) guard: Guard,
    pub(crate) site: Site,
    /// Where the admin API is found: links begin with it.
    pub(crate) admin_base: String,
    in_flight: AtomicU32,
    stopping: AtomicBool,
}

/// What an API is set up with beside its cloud.
pub struct Setup<'a> {
    /// The address of the admin API.
    pub admin: SocketAddr,
    /// What guards the admin API.
    pub admin_token: Option<&'a str>,
    /// Where nonces are kept.
    pub nonces: Nonces,
    /// Where requests are noted.
    pub observer: Observer,
}

/// A request that is being worked on, counted as such until it is dropped.
struct Place<'a> {
    taken: &'a AtomicU32,
    /// How many there were when it came, itself included.
    number: u32,
}

impl<'a> Place<'a> {
    fn take(taken: &'a AtomicU32) -> Place<'a> {
        Place { taken, number: taken.fetch_add(1, Ordering::Relaxed) + 1 }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.taken.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A request whose bytes are all here.
#[derive(Default)]
pub(crate) struct Received {
    pub(crate) method: String,
    /// The query as it came, still encoded.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Received {
    /// A header's bytes.
    pub(crate) fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers.get(name).map(HeaderValue::as_bytes)
    }

    /// A header as text; one that is no text counts as absent.
    pub(crate) fn header_text(&self, name: &str) -> Option<&str> {
        self.header(name).and_then(|bytes| std::str::from_utf8(bytes).ok()).map(str::trim)
    }

    /// Every header as it came.
    pub(crate) fn header_pairs(&self) -> Vec<(&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect()
    }

    /// Whether the body is a form.
    pub(crate) fn has_form(&self) -> bool {
        let content_type = self.header_text("content-type").unwrap_or_default();
        content_type.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded")
    }
}

impl Api {
    /// Answers calls to a cloud; a restart forgets which nonces and requests came.
    pub fn new(cloud: Cloud, admin: SocketAddr) -> Arc<Api> {
        let (nonces, observer) = (Nonces::in_memory(), Observer::default());
        Api::with(cloud, Setup { admin, admin_token: None, nonces, observer })
    }

    /// Answers calls to a cloud.
    pub fn with(cloud: Cloud, setup: Setup<'_>) -> Arc<Api> {
        Arc::new(Api {
            guard: Guard::new(setup.admin_token),
            site: Site::default(),
            cloud,
            observer: Arc::new(setup.observer),
            nonces: setup.nonces,
            ticker: Ticker::default(),
            holds: Holds::default(),
            admin_base: format!("http://{}", reachable(setup.admin)),
            in_flight: AtomicU32::new(0),
            stopping: AtomicBool::new(false),
        })
    }

    /// Takes no more calls and holds no answer back: what such an answer says is durable.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
        self.holds.end();
    }

    /// Whether calls that come now are refused.
    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }

    /// The page of a request, to which its refusal links.
    pub(crate) fn page_of(&self, request_id: &str) -> String {
        format!("{}/requests/{request_id}", self.admin_base)
    }

    /// Answers one request of the API listener.
    pub(crate) async fn answer(
        self: Arc<Api>,
        request: Request<Incoming>,
        origin: Origin,
    ) -> Result<Response<Full<Bytes>>, Infallible> {
        let stopwatch = Stopwatch::start();
        let seed = self.cloud.env().seed();
        let request_id = request_id(seed);
        let (head, body) = request.into_parts();
        let is_head = head.method == Method::HEAD;
        let mut received = Received {
            method: head.method.as_str().to_owned(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            headers: head.headers,
            body: Bytes::new(),
        };
        let whole = read_body(body).await.map(|body| received.body = body);
        let keeps_alive = whole.is_ok();
        let mut outcome = Outcome::default();
        let request = gate::Request::read(&received);
        if let Ok(request) = &request {
            outcome.format = request.format();
            outcome.learn(request);
        }
        let judged = order::METHOD.judge(gate::check_method(&received));
        let answer = match judged.and(order::FORM.judge(whole.and(request))) {
            Ok(request) => self.perform(request, origin, &mut outcome, request_id.clone(), seed).await,
            Err(refusal) => Err(refusal),
        };
        let (status, body) = match answer {
            Ok(body) => (StatusCode::OK, body),
            Err(refusal) => {
                let host = received.header_text("host");
                let body =
                    error_body(&refusal, outcome.format, &request_id, host, &self.page_of(&request_id));
                outcome.refusal = Some(refusal);
                (StatusCode::from_u16(outcome.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), body)
            }
        };
        let content_type = outcome.format.content_type();
        let at_ms = self.cloud.env().now_ms();
        self.observer.note(&request_id, at_ms, received, outcome, stopwatch.elapsed());
        let body = if is_head { Bytes::new() } else { Bytes::from(body) };
        let mut response = Response::new(Full::new(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        if let Ok(value) = HeaderValue::from_str(&request_id) {
            headers.insert("x-acs-request-id", value);
        }
        // The rest of a body that is not whole is still on the line.
        if !keeps_alive || self.is_stopping() {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        Ok(response)
    }

    async fn perform(
        &self,
        request: gate::Request<'_>,
        origin: Origin,
        outcome: &mut Outcome,
        request_id: String,
        seed: [u8; 32],
    ) -> Answer {
        let place = Place::take(&self.in_flight);
        let mut call = self.blocking(|| request.judge(self, place.number, request_id, seed))?;
        call.caller.origin = origin;
        outcome.entered(&call);
        let (tell, told) = oneshot::channel();
        // Whoever asked may be gone by the time the answer is durable.
        self.blocking(|| self.cloud.call(call, move |answered| drop(tell.send(answered))));
        let closed = || Answered::from(Err((&InternalFault).into()));
        let Answered { answer, not_before_ms } = told.await.unwrap_or_else(|_| closed());
        if outcome.may_write {
            self.ticker.look_again();
        }
        if let Some(at_ms) = not_before_ms {
            self.holds.until(at_ms, &self.cloud).await;
        }
        answer
    }

    /// Answers what the HTTP library cannot read: the whole answer as bytes.
    pub(crate) fn refuse_unread(&self) -> Vec<u8> {
        let request_id = request_id(self.cloud.env().seed());
        let mut refusal =
            ApiError::from(&ParameterMalformed).compared("head of the request", "not HTTP, or too long");
        refusal.step = Some(&order::FORM);
        let body = error_body(&refusal, Format::Xml, &request_id, None, &self.page_of(&request_id));
        let outcome = Outcome::refused(refusal);
        let answer = documented::answer(outcome.status(), &body);
        self.observer.note(
            &request_id,
            self.cloud.env().now_ms(),
            Received::default(),
            outcome,
            Duration::ZERO,
        );
        answer
    }

    /// Runs something that may wait for a disk or a network without holding up other requests.
    fn blocking<T>(&self, work: impl FnOnce() -> T) -> T {
        if self.cloud.may_block() { tokio::task::block_in_place(work) } else { work() }
    }
}

/// The address under which this machine reaches a listener, also one that listens on every address.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// An upper-case UUID of version 4 from the randomness of a request.
fn request_id(seed: [u8; 32]) -> String {
    let number = u128::from_be_bytes(seed[16..].try_into().expect("sixteen of thirty-two bytes"));
    let number = number & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
    let part = |bits: u32, end: u32| number >> end & ((1 << bits) - 1);
    let [a, b, c, d, e] = [part(32, 96), part(16, 80), part(16, 64), part(16, 48), part(48, 0)];
    format!("{a:08X}-{b:04X}-{c:04X}-{d:04X}-{e:012X}")
}

async fn read_body(body: Incoming) -> Result<Bytes, ApiError> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let whole = Limited::new(body, BODY_BYTES_MAX).collect();
    match tokio::time::timeout(BODY_TIME_MAX, whole).await {
        Ok(Ok(whole)) => Ok(whole.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            Err(ParameterMalformed.about("the length of the body"))
        }
        Ok(Err(_)) | Err(_) => Err(ParameterMalformed.about("the body")),
    }
}

/// The whole body of a refusal; `page` is where the caller reads why.
fn error_body(
    refusal: &ApiError,
    format: Format,
    request_id: &str,
    host: Option<&str>,
    page: &str,
) -> String {
    let message = refusal.message();
    let host_id = host.filter(|host| !host.is_empty()).unwrap_or(HOST_ID);
    ErrorReply {
        request_id,
        host_id,
        code: refusal.row.code,
        message: &message,
        recommend: Some(page),
        access_denied: refusal.denied.as_deref(),
    }
    .body(format)
}
