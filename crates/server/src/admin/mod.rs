//! The admin API: the world, its clock, accounts, what was asked, health. JSON in, JSON out; and pages for people.

mod guard;
mod pages;

use std::convert::Infallible;
use std::sync::Arc;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use moyun_cloud::doc::{self, Language};
use moyun_cloud::ids::AccountId;
use moyun_cloud::registry::ACTIONS;
use moyun_cloud::world::{PatchError, new_account};
use moyun_store::{Fault, Lane};
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};

pub(crate) use guard::Guard;

use crate::explain::{self, Shown};
use crate::http::Api;
use crate::throttle;

/// The largest request body.
const BODY_BYTES_MAX: usize = 4 << 20;

/// The largest state that is taken in.
const STATE_BYTES_MAX: usize = 1 << 30;

/// The furthest that the clock moves at once: a hundred years.
const ADVANCE_SECONDS_MAX: f64 = 100.0 * 366.0 * 86_400.0;

/// How many requests a list shows.
const RECENT: usize = 100;

/// Where pages for people lie.
const PAGES: [&str; 3] = ["/requests/", "/errors/", "/docs/"];

/// What a page may load and run: nothing but its own style.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// Why the admin API refuses something: a status and a sentence.
struct Refusal(StatusCode, String);

type Answer = Result<Value, Refusal>;

/// What the admin listener answers with.
enum Body {
    Json(Value),
    /// A page for people.
    Html(String),
    /// A page of the reference.
    Markdown(String),
    /// Records, one a line.
    Lines(String),
}

impl Body {
    fn content_type(&self) -> &'static str {
        match self {
            Body::Json(_) => "application/json;charset=utf-8",
            Body::Html(_) => "text/html;charset=utf-8",
            Body::Markdown(_) => "text/markdown;charset=utf-8",
            Body::Lines(_) => "application/x-ndjson;charset=utf-8",
        }
    }

    fn into_text(self) -> String {
        match self {
            Body::Json(value) => format!("{value}\n"),
            Body::Html(text) | Body::Markdown(text) | Body::Lines(text) => text,
        }
    }
}

impl Api {
    /// Answers one request of the admin listener.
    pub(crate) async fn answer_admin(
        self: Arc<Api>,
        request: Request<Incoming>,
    ) -> Result<Response<Full<Bytes>>, Infallible> {
        let is_page = PAGES.iter().any(|page| request.uri().path().starts_with(page));
        let (status, body) = match self.route(request).await {
            Ok(body) => (StatusCode::OK, body),
            Err(Refusal(status, sentence)) if is_page => (status, Body::Html(pages::sentence(&sentence))),
            Err(Refusal(status, sentence)) => (status, Body::Json(json!({ "error": sentence }))),
        };
        let content_type = HeaderValue::from_static(body.content_type());
        let mut response = Response::new(Full::new(Bytes::from(body.into_text())));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, content_type);
        // Whatever a request said, its page runs nothing.
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        Ok(response)
    }

    async fn route(self: Arc<Api>, request: Request<Incoming>) -> Result<Body, Refusal> {
        let (head, body) = request.into_parts();
        self.guard.admit(&head.uri, &head.headers)?;
        let segments = segments(head.uri.path())?;
        let path: Vec<&str> = segments.iter().map(String::as_str).collect();
        let method = head.method;
        let known: &[Method] = match *path {
            ["health"] | ["admin", "requests"] | ["admin", "requests", _] | ["admin", "throttle", _] => {
                &[Method::GET]
            }
            ["requests", _] | ["errors", _] | ["docs", _, _, _] => &[Method::GET],
            ["admin", "state", "problems"] => &[Method::GET],
            ["admin", "state"] | ["admin", "state", "accounts", _] => &[Method::GET, Method::PUT],
            ["admin", "world", ..] => &[Method::GET, Method::PATCH],
            ["admin", "clock", "advance"] | ["admin", "accounts"] | ["admin", "reset"] => &[Method::POST],
            _ => {
                return Err(Refusal(
                    StatusCode::NOT_FOUND,
                    format!("there is nothing at {}", head.uri.path()),
                ));
            }
        };
        if !known.contains(&method) {
            let known: Vec<&str> = known.iter().map(Method::as_str).collect();
            let sentence = format!("{} takes {}, not {method}", head.uri.path(), known.join(" and "));
            return Err(Refusal(StatusCode::METHOD_NOT_ALLOWED, sentence));
        }
        let failed = |_| Err(Refusal(StatusCode::INTERNAL_SERVER_ERROR, "the request failed".into()));
        if let ["admin", "state", rest @ ..] = &*path
            && *rest != ["problems"]
        {
            let account = rest.last().map(|uid| AccountId::from(*uid));
            let lines = if method == Method::PUT { Some(read_lines(body).await?) } else { None };
            let work = tokio::task::spawn_blocking(move || self.state(account, lines));
            return work.await.unwrap_or_else(failed);
        }
        let body = if method == Method::GET { Value::Null } else { read_json(body).await? };
        let work = tokio::task::spawn_blocking(move || self.serve_any(&method, &segments, body));
        work.await.unwrap_or_else(failed)
    }

    /// Tells the state, or what belongs to an account, or replaces it by what the lines tell.
    fn state(&self, account: Option<AccountId>, lines: Option<String>) -> Result<Body, Refusal> {
        let Some(lines) = lines else { return Ok(Body::Lines(self.cloud.export(account.as_ref())?)) };
        let count = self.cloud.import(account, lines)?;
        self.ticker.look_again();
        self.holds.look_again();
        Ok(Body::Json(json!({ "records": count })))
    }

    /// Serves a request by its path; the route has been checked.
    fn serve_any(&self, method: &Method, path: &[String], body: Value) -> Result<Body, Refusal> {
        let texts: Vec<&str> = path.iter().map(String::as_str).collect();
        match *texts {
            ["requests", id] => Ok(Body::Html(pages::request(&self.explained(id)?))),
            ["errors", name] => {
                let absent = || Refusal(StatusCode::NOT_FOUND, format!("there is no error code {name}"));
                pages::code(name, &explain::code::explain(name)).map(Body::Html).ok_or_else(absent)
            }
            ["docs", language, product, page] => {
                let path = format!("{product}/{page}");
                let absent =
                    || Refusal(StatusCode::NOT_FOUND, format!("the reference has no {language}/{path}"));
                let language = Language::ALL.into_iter().find(|known| known.folder() == language);
                let entry = ACTIONS.iter().find(|entry| doc::path(entry) == path);
                let (entry, language) = entry.zip(language).ok_or_else(absent)?;
                Ok(Body::Markdown(doc::page_of(entry, language)))
            }
            _ => self.serve(method, &path[1..], body).map(Body::Json),
        }
    }

    /// A request and why it was refused.
    fn explained(&self, id: &str) -> Result<Shown, Refusal> {
        let absent = || {
            let sentence =
                "it is too long ago, or it succeeded before a restart, or another server answered it";
            Refusal(StatusCode::NOT_FOUND, format!("no request {id} is remembered: {sentence}"))
        };
        Ok(self.observer.find(id)?.ok_or_else(absent)?.explained(&self.admin_base))
    }

    /// Serves a request by its path below `/admin`; the route has been checked.
    fn serve(&self, method: &Method, path: &[String], body: Value) -> Answer {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        match (method, &*path) {
            (_, []) => Ok(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") })),
            (_, ["requests"]) => {
                let recent = self.observer.recent(RECENT)?;
                Ok(json!(recent.into_iter().map(|told| told.explained(&self.admin_base)).collect::<Vec<_>>()))
            }
            (_, ["requests", id]) => Ok(json!(self.explained(id)?)),
            (_, ["throttle", uid]) => {
                let absent = || Refusal(StatusCode::NOT_FOUND, format!("there is no account {uid}"));
                throttle::show(uid, &self.cloud)?.ok_or_else(absent)
            }
            (_, ["state", ..]) => Ok(json!({ "problems": self.cloud.problems()? })),
            (&Method::GET, ["world", at @ ..]) => self.world(at),
            (_, ["world", at @ ..]) => {
                self.cloud.patch_world(at.iter().map(|&segment| segment.to_owned()).collect(), body)?;
                self.ticker.look_again();
                self.holds.look_again();
                self.world(at)
            }
            (_, ["clock", ..]) => self.advance(&body),
            (_, ["accounts"]) => self.new_account(&body),
            _ => {
                self.cloud.reset()?;
                self.nonces.clear();
                self.observer.clear();
                self.holds.release();
                Ok(json!({ "status": "reset" }))
            }
        }
    }

    fn world(&self, at: &[&str]) -> Answer {
        let segments: Vec<String> = at.iter().map(|&segment| segment.to_owned()).collect();
        let absent = || Refusal(StatusCode::NOT_FOUND, format!("the world has no {}", at.join("/")));
        self.cloud.world(&segments)?.ok_or_else(absent)
    }

    fn advance(&self, body: &Value) -> Answer {
        let seconds = body.get("seconds").and_then(Value::as_f64);
        let seconds = seconds.filter(|seconds| (0.0..=ADVANCE_SECONDS_MAX).contains(seconds)).ok_or_else(|| {
            refused("say how far: {\"seconds\": n} with n from 0 to a hundred years; the clock never runs back")
        })?;
        #[expect(clippy::cast_possible_truncation, reason = "a hundred years of milliseconds fit")]
        self.cloud.advance((seconds * 1000.0).round() as i64)?;
        self.holds.look_again();
        self.world(&["clock"])
    }

    fn new_account(&self, body: &Value) -> Answer {
        if !(body.is_null() || body.as_object().is_some_and(serde_json::Map::is_empty)) {
            return Err(refused(
                "a fresh account takes no wishes: send no body, then patch /admin/world/accounts",
            ));
        }
        let rng = ChaCha12Rng::from_seed(self.cloud.env().seed());
        let lane = Lane("world".to_owned());
        Ok(json!(self.cloud.write::<_, Fault>(&lane, move |tx, _| new_account(tx, &mut rng.clone()))?))
    }
}

impl From<PatchError> for Refusal {
    fn from(error: PatchError) -> Refusal {
        match error {
            PatchError::Refused(sentence) => refused(sentence),
            PatchError::Fault(fault) => fault.into(),
        }
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Refusal {
        tracing::error!(cause = fault.chain(), "the admin API met a fault");
        Refusal(StatusCode::INTERNAL_SERVER_ERROR, "the store failed; the log says why".into())
    }
}

fn refused(sentence: impl Into<String>) -> Refusal {
    Refusal(StatusCode::BAD_REQUEST, sentence.into())
}

/// The segments of a path, decoded.
fn segments(path: &str) -> Result<Vec<String>, Refusal> {
    let pieces = path.split('/').filter(|piece| !piece.is_empty());
    let decode =
        |piece| percent_encoding::percent_decode_str(piece).decode_utf8().map(|text| text.into_owned());
    pieces.map(decode).collect::<Result<_, _>>().map_err(|_| refused("the path is not UTF-8"))
}

async fn read_lines(body: Incoming) -> Result<String, Refusal> {
    let incomplete = || refused("the state did not arrive whole, or is above 1 GiB");
    // One that says so beforehand need not be sent.
    if body.size_hint().lower() > STATE_BYTES_MAX as u64 {
        return Err(incomplete());
    }
    let whole = Limited::new(body, STATE_BYTES_MAX).collect().await;
    let bytes = whole.map_err(|_| incomplete())?.to_bytes();
    String::from_utf8(bytes.into()).map_err(|_| refused("the state is not UTF-8"))
}

async fn read_json(body: Incoming) -> Result<Value, Refusal> {
    let whole = Limited::new(body, BODY_BYTES_MAX).collect().await;
    let bytes = whole.map_err(|_| refused("the body did not arrive whole, or is above 4 MiB"))?.to_bytes();
    if bytes.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&bytes).map_err(|error| refused(format!("the body is not JSON: {error}")))
}
