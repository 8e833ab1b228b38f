//! The admin API: the world, its clock, accounts, what was asked, health. JSON in, JSON out; and pages for people.

mod guard;
mod openapi;
mod pages;
mod routes;
mod site;

use std::convert::Infallible;
use std::sync::Arc;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, LOCATION, X_CONTENT_TYPE_OPTIONS};
use hyper::{Method, Request, Response, StatusCode};
use moyun_cloud::call::Settlement;
use moyun_cloud::doc::Language;
use moyun_cloud::ids::AccountId;
use moyun_cloud::world::{PatchError, new_account};
use moyun_store::{Fault, Lane};
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};

pub(crate) use guard::Guard;
pub use openapi::openapi;
use routes::{HTML, JSON, LINES, Target};
pub(crate) use site::Site;

use crate::explain::{self, Shown};
use crate::http::Api;
use crate::observe::Filter;
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
const PAGES: [&str; 3] = ["/requests", "/errors", "/docs"];

/// What a page may load, run and send: nothing but what this listener serves.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Why the admin API refuses something: a status and a sentence.
struct Refusal(StatusCode, String);

type Answer = Result<Value, Refusal>;

/// What the admin listener answers with.
enum Body {
    Json(Value),
    /// A page for people.
    Html(String),
    /// Records, one a line.
    Lines(String),
    /// What was made once, and its media type.
    Made(&'static str, Bytes),
    /// Where it lies.
    Moved(String),
}

impl Body {
    fn content_type(&self) -> &'static str {
        match self {
            Body::Json(_) => JSON,
            Body::Html(_) | Body::Moved(_) => HTML,
            Body::Lines(_) => LINES,
            Body::Made(content_type, _) => content_type,
        }
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Body::Json(value) => format!("{value}\n").into(),
            Body::Html(text) | Body::Lines(text) => text.into(),
            Body::Made(_, bytes) => bytes,
            Body::Moved(_) => Bytes::new(),
        }
    }
}

/// A request whose route is known.
struct Asked {
    target: Target,
    method: Method,
    /// The segments of its path that the route leaves open.
    at: Vec<String>,
    query: String,
    language: Language,
    body: Value,
}

impl Api {
    /// Answers one request of the admin listener.
    pub(crate) async fn answer_admin(
        self: Arc<Api>,
        request: Request<Incoming>,
    ) -> Result<Response<Full<Bytes>>, Infallible> {
        let is_page = PAGES.iter().any(|page| request.uri().path().starts_with(page));
        let language = site::language(request.uri().query(), request.headers());
        let address = request.uri().path().trim_start_matches('/').to_owned();
        let (status, body) = match self.route(request).await {
            Ok(body @ Body::Moved(_)) => (StatusCode::FOUND, body),
            Ok(body) => (StatusCode::OK, body),
            Err(Refusal(status, sentence)) if is_page => {
                (status, Body::Html(pages::sentence(language, &address, &sentence)))
            }
            Err(Refusal(status, sentence)) => (status, Body::Json(json!({ "error": sentence }))),
        };
        let mut response = Response::new(Full::default());
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(body.content_type()));
        // Whatever a request said, its page runs nothing of it.
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if let Body::Moved(to) = &body {
            headers.insert(LOCATION, HeaderValue::from_str(to).expect("addresses of the site are ASCII"));
        }
        *response.body_mut() = Full::new(body.into_bytes());
        Ok(response)
    }

    async fn route(self: Arc<Api>, request: Request<Incoming>) -> Result<Body, Refusal> {
        let (head, body) = request.into_parts();
        self.guard.admit(&head.uri, &head.headers)?;
        let path = head.uri.path();
        let absent = || Refusal(StatusCode::NOT_FOUND, format!("there is nothing at {path}"));
        let (route, at) = routes::find(&segments(path)?).ok_or_else(absent)?;
        let method = head.method;
        if route.operations.iter().all(|operation| method != operation.method) {
            let known: Vec<&str> = route.operations.iter().map(|operation| operation.method).collect();
            let sentence = format!("{path} takes {}, not {method}", known.join(" and "));
            return Err(Refusal(StatusCode::METHOD_NOT_ALLOWED, sentence));
        }
        let failed = |_| Err(Refusal(StatusCode::INTERNAL_SERVER_ERROR, "the request failed".into()));
        if route.target == Target::State && method == Method::PUT {
            // The one body that is not JSON.
            let account = at.first().map(|uid| AccountId::from(uid.as_str()));
            let lines = read_lines(body).await?;
            let work = tokio::task::spawn_blocking(move || self.replace_state(account, lines));
            return work.await.unwrap_or_else(failed);
        }
        let asked = Asked {
            target: route.target,
            at,
            query: head.uri.query().unwrap_or_default().to_owned(),
            language: site::language(head.uri.query(), &head.headers),
            body: if method == Method::GET { Value::Null } else { read_json(body).await? },
            method,
        };
        let work = tokio::task::spawn_blocking(move || self.serve(asked));
        work.await.unwrap_or_else(failed)
    }

    /// Replaces the state, or what belongs to an account, by what the lines tell.
    fn replace_state(&self, account: Option<AccountId>, lines: String) -> Result<Body, Refusal> {
        let count = self.cloud.import(account, lines)?;
        self.ticker.look_again();
        self.holds.look_again();
        Ok(Body::Json(json!({ "records": count })))
    }

    /// A request and why it was refused.
    fn explained(&self, id: &str, language: Language) -> Result<Shown, Refusal> {
        let absent = || {
            let sentence = language.pick(
                format!("没有记住请求 {id}：可能时间太久，或在重启前已成功，或由另一台服务器应答。"),
                format!(
                    "no request {id} is remembered: it is too long ago, or it succeeded before a restart, or another \
                     server answered it"
                ),
            );
            Refusal(StatusCode::NOT_FOUND, sentence)
        };
        Ok(self.observer.find(id)?.ok_or_else(absent)?.explained(&self.admin_base))
    }

    /// Serves a request; its path and method are those of its route.
    fn serve(&self, asked: Asked) -> Result<Body, Refusal> {
        let Asked { target, method, at, query, language, body } = asked;
        let place = at.first().map(String::as_str).unwrap_or_default();
        let told = match target {
            Target::Health => json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }),
            Target::Requests => {
                let recent = self.observer.recent(RECENT, &Filter::read(&query))?;
                json!(recent.into_iter().map(|told| told.explained(&self.admin_base)).collect::<Vec<_>>())
            }
            Target::Request => json!(self.explained(place, Language::En)?),
            Target::Throttle => {
                let absent = || Refusal(StatusCode::NOT_FOUND, format!("there is no account {place}"));
                throttle::show(place, &self.cloud)?.ok_or_else(absent)?
            }
            Target::State => {
                let account = at.first().map(|uid| AccountId::from(uid.as_str()));
                return Ok(Body::Lines(self.cloud.export(account.as_ref())?));
            }
            Target::Problems => json!({ "problems": self.cloud.problems()? }),
            Target::World if method == Method::GET => self.world(&at)?,
            Target::World => self.patch_world(&at, body)?,
            Target::Advance => self.advance(&body)?,
            Target::Accounts => self.new_account(&body)?,
            Target::Orders => self.cloud.orders(&AccountId::from(place))?,
            Target::PayOrder => self.settle_order(Settlement::Pay, &at)?,
            Target::CancelOrder => self.settle_order(Settlement::Cancel, &at)?,
            Target::Reset => self.reset()?,
            Target::RequestsPage => {
                let filter = Filter::read(&query);
                let recent = self.observer.recent(RECENT, &filter)?;
                return Ok(Body::Html(pages::requests(&recent, &filter, language)));
            }
            Target::RequestPage => {
                return Ok(Body::Html(pages::request(&self.explained(place, language)?, language)));
            }
            Target::ErrorsPage => {
                return Ok(Body::Moved(format!("/docs/{}/errors/index.html", language.folder())));
            }
            Target::ErrorPage => {
                let absent = || {
                    let (zh, en) =
                        (format!("没有错误码 {place}。"), format!("there is no error code {place}"));
                    Refusal(StatusCode::NOT_FOUND, language.pick(zh, en))
                };
                let page = pages::code(place, &explain::code::explain(place), language).ok_or_else(absent)?;
                return Ok(Body::Html(page));
            }
            Target::Docs => return self.site.get(&at.join("/"), language),
        };
        Ok(Body::Json(told))
    }

    fn world(&self, at: &[String]) -> Answer {
        let absent = || Refusal(StatusCode::NOT_FOUND, format!("the world has no {}", at.join("/")));
        self.cloud.world(at)?.ok_or_else(absent)
    }

    fn patch_world(&self, at: &[String], patch: Value) -> Answer {
        self.cloud.patch_world(at.to_vec(), patch)?;
        self.ticker.look_again();
        self.holds.look_again();
        self.world(at)
    }

    fn settle_order(&self, settlement: Settlement, at: &[String]) -> Answer {
        let [account, id] = at else { return Err(refused("name an account and an order")) };
        let settled = self.cloud.settle_order(settlement, AccountId::from(account.as_str()), id.clone())?;
        self.ticker.look_again();
        Ok(settled)
    }

    fn reset(&self) -> Answer {
        self.cloud.reset()?;
        self.nonces.clear();
        self.observer.clear();
        self.holds.release();
        Ok(json!({ "status": "reset" }))
    }

    fn advance(&self, body: &Value) -> Answer {
        let seconds = body.get("seconds").and_then(Value::as_f64);
        let seconds = seconds.filter(|seconds| (0.0..=ADVANCE_SECONDS_MAX).contains(seconds)).ok_or_else(|| {
            refused("say how far: {\"seconds\": n} with n from 0 to a hundred years; the clock never runs back")
        })?;
        #[expect(clippy::cast_possible_truncation, reason = "a hundred years of milliseconds fit")]
        self.cloud.advance((seconds * 1000.0).round() as i64)?;
        self.holds.look_again();
        self.world(&["clock".to_owned()])
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
