//! Every request is noted once: a line in the log, and a bounded memory of what was asked lately.
//!
//! The last requests are in memory, whatever came of them. Refused ones are also kept in the store, in batches beside the
//! path of requests, so that whoever asks why finds them after a restart.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use hyper::body::Bytes;
use hyper::header::HeaderMap;
use moyun_cloud::call::Call;
use moyun_cloud::cloud::Cloud;
use moyun_cloud::errors::ApiError;
use moyun_cloud::order::Step;
use moyun_cloud::registry;
use moyun_cloud::requests::KeptRequest;
use moyun_cloud::spec::Mode;
use moyun_cloud::why::{self, MASKED, shown_parameter};
use moyun_store::Fault;
use moyun_wire::out::Format;
use moyun_wire::params::Params;
use moyun_wire::timestamp;

use crate::explain::{Refused, Told};
use crate::gate;
use crate::http::Received;

/// How many requests are remembered, and how many refused ones may wait for the store.
const REMEMBERED: usize = 1000;

/// How many refused requests the store keeps.
const KEPT: usize = 10_000;

/// How many bytes of a request's parameters are remembered.
const KEPT_BYTES: usize = 8 << 10;

/// How often refused requests go to the store.
const PAUSE: Duration = Duration::from_secs(1);

/// What was asked lately.
#[derive(Default)]
pub struct Observer {
    memory: Mutex<Memory>,
    /// Where refused requests are kept; None where nothing outlives the process.
    store: Option<Cloud>,
}

#[derive(Default)]
struct Memory {
    /// What was asked last, newest at the end.
    recent: VecDeque<Arc<Noted>>,
    /// Refused requests that the store does not have yet.
    unsaved: VecDeque<Arc<Noted>>,
}

/// One request as it is remembered; it is made readable when somebody asks.
struct Noted {
    request_id: String,
    at_ms: i64,
    method: String,
    query: String,
    headers: HeaderMap,
    form: Bytes,
    outcome: Outcome,
    took: Duration,
}

/// What became of a request.
#[derive(Default)]
pub(crate) struct Outcome {
    action: Option<String>,
    version: Option<String>,
    access_key_id: Option<String>,
    account: Option<String>,
    pub(crate) format: Format,
    /// Whether the action could have changed something.
    pub(crate) may_write: bool,
    pub(crate) refusal: Option<ApiError>,
}

impl Outcome {
    /// The request could not even be read.
    pub(crate) fn refused(refusal: ApiError) -> Outcome {
        Outcome { refusal: Some(refusal), ..Outcome::default() }
    }

    /// What the request says of itself.
    pub(crate) fn learn(&mut self, request: &gate::Request<'_>) {
        self.action = request.action().map(str::to_owned);
        self.version = request.version().map(str::to_owned);
        self.access_key_id = request.access_key_id().map(str::to_owned);
    }

    /// The request got through the gate.
    pub(crate) fn entered(&mut self, call: &Call) {
        self.account = Some(call.caller.account.to_string());
        self.may_write = call.entry.spec.mode == Mode::Write;
    }

    fn is_admitted(&self, filter: &Filter) -> bool {
        let code = self.refusal.as_ref().map(|refusal| refusal.row.code);
        filter.admits(self.action.as_deref(), self.account.as_deref(), code, self.status())
    }

    /// The HTTP status of the answer.
    pub(crate) fn status(&self) -> u16 {
        self.refusal.as_ref().map_or(200, |refusal| refusal.row.status)
    }
}

/// Which requests are wanted; what is empty asks nothing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    /// A part of the action.
    pub(crate) action: String,
    /// A part of the account.
    pub(crate) account: String,
    /// A part of the code.
    pub(crate) code: String,
    /// How the status begins.
    pub(crate) status: String,
}

impl Filter {
    /// Reads a query; what it says beside is nobody's.
    pub(crate) fn read(query: &str) -> Filter {
        let params = Params::decode(query.as_bytes(), None).unwrap_or_default();
        let text = |name| params.get(name).unwrap_or_default().trim().to_owned();
        Filter {
            action: text("action"),
            account: text("account"),
            code: text("code"),
            status: text("status"),
        }
    }

    fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    fn admits(&self, action: Option<&str>, account: Option<&str>, code: Option<&str>, status: u16) -> bool {
        let has = |text: Option<&str>, part: &str| {
            text.unwrap_or_default().to_ascii_lowercase().contains(&part.to_ascii_lowercase())
        };
        has(action, &self.action)
            && has(account, &self.account)
            && has(code, &self.code)
            && status.to_string().starts_with(&self.status)
    }
}

impl Told {
    fn is_admitted(&self, filter: &Filter) -> bool {
        filter.admits(self.action.as_deref(), self.account.as_deref(), self.code.as_deref(), self.status)
    }
}

impl Observer {
    /// Keeps refused requests in a cloud's store.
    pub fn kept_in(cloud: Cloud) -> Observer {
        Observer { memory: Mutex::default(), store: Some(cloud) }
    }

    /// Notes a request that was answered at this time of the machine.
    pub(crate) fn note(
        &self,
        request_id: &str,
        at_ms: i64,
        received: Received,
        outcome: Outcome,
        took: Duration,
    ) {
        log(request_id, &outcome, took);
        let fits = received.query.len() + received.body.len() <= KEPT_BYTES;
        let noted = Arc::new(Noted {
            request_id: request_id.to_owned(),
            at_ms,
            form: if fits && received.has_form() { received.body } else { Bytes::new() },
            query: if fits { received.query } else { String::new() },
            headers: received.headers,
            method: received.method,
            outcome,
            took,
        });
        let mut memory = self.memory();
        if self.store.is_some() && noted.outcome.refusal.is_some() {
            push(&mut memory.unsaved, noted.clone());
        }
        let forgotten = push(&mut memory.recent, noted);
        drop(memory);
        // Only now, for others wait for the memory.
        drop(forgotten);
    }

    /// The request with this id, if it is remembered or kept.
    pub fn find(&self, request_id: &str) -> Result<Option<Told>, Fault> {
        let is_meant = |noted: &&Arc<Noted>| noted.request_id.eq_ignore_ascii_case(request_id);
        let memory = self.memory();
        let found = memory.recent.iter().chain(&memory.unsaved).find(is_meant).cloned();
        drop(memory);
        if let Some(noted) = found {
            return Ok(Some(noted.told()));
        }
        let Some(store) = &self.store else { return Ok(None) };
        store.kept_request(request_id)?.map(|told| read(&told)).transpose()
    }

    /// The requests that are remembered, newest first; behind them those that are kept.
    pub(crate) fn recent(&self, limit: usize, filter: &Filter) -> Result<Vec<Told>, Fault> {
        let is_meant = |noted: &&Arc<Noted>| noted.outcome.is_admitted(filter);
        let remembered: Vec<Arc<Noted>> =
            self.memory().recent.iter().rev().filter(is_meant).take(limit).cloned().collect();
        let mut told: Vec<Told> = remembered.iter().map(|noted| noted.told()).collect();
        if let Some(store) = self.store.as_ref().filter(|_| told.len() < limit) {
            for kept in store.kept_requests(if filter.is_empty() { limit } else { REMEMBERED })? {
                if told.len() < limit && told.iter().all(|known| known.request_id != kept.request_id) {
                    told.extend(Some(read(&kept.told)?).filter(|kept| kept.is_admitted(filter)));
                }
            }
        }
        Ok(told)
    }

    /// Forgets everything; the store has forgotten by itself when it was reset.
    pub(crate) fn clear(&self) {
        *self.memory() = Memory::default();
    }

    /// Gives refused requests to the store again and again, if there is one.
    pub(crate) async fn run(self: Arc<Observer>) {
        while self.store.is_some() {
            tokio::time::sleep(PAUSE).await;
            let saving = self.clone();
            // It fails when the process ends, and is then repeated at the end of serving.
            drop(tokio::task::spawn_blocking(move || saving.save()).await);
        }
    }

    /// Gives refused requests to the store.
    pub(crate) fn save(&self) {
        let unsaved = std::mem::take(&mut self.memory().unsaved);
        let Some(store) = self.store.as_ref().filter(|_| !unsaved.is_empty()) else { return };
        let kept = unsaved.iter().map(|noted| KeptRequest {
            request_id: noted.request_id.clone(),
            at_ms: noted.at_ms,
            told: serde_json::to_string(&noted.told()).unwrap_or_default(),
        });
        if let Err(fault) = store.keep_requests(kept.collect(), KEPT) {
            tracing::warn!(cause = fault.chain(), "refused requests could not be kept; they stay in memory");
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// Adds to a memory of limited size, and gives back the oldest if there was no more room for it.
fn push(memory: &mut VecDeque<Arc<Noted>>, noted: Arc<Noted>) -> Option<Arc<Noted>> {
    let forgotten = if memory.len() == REMEMBERED { memory.pop_front() } else { None };
    memory.push_back(noted);
    forgotten
}

fn read(told: &str) -> Result<Told, Fault> {
    serde_json::from_str(told).map_err(|cause| Fault::caused("a kept request cannot be read", cause))
}

impl Noted {
    fn told(&self) -> Told {
        let Outcome { action, version, access_key_id, account, format, refusal, .. } = &self.outcome;
        let params = Params::decode(self.query.as_bytes(), Some(&self.form)).unwrap_or_default();
        let shown = |(name, value): (&str, &str)| (name.to_owned(), shown_parameter(name, value));
        let header = |(name, value): (&hyper::header::HeaderName, &hyper::header::HeaderValue)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            let is_secret = gate::hides(name.as_str());
            (name.as_str().to_owned(), if is_secret { MASKED.to_owned() } else { value.into_owned() })
        };
        let about = |refusal: &ApiError| {
            refusal.values.iter().find(|(name, _)| *name == "parameter").map(|(_, value)| value.clone())
        };
        Told {
            request_id: self.request_id.clone(),
            at: timestamp::to_second(self.at_ms),
            method: self.method.clone(),
            action: action.clone(),
            version: version.clone(),
            access_key_id: access_key_id.clone(),
            account: account.clone(),
            format: if *format == Format::Json { "JSON" } else { "XML" }.to_owned(),
            headers: self.headers.iter().map(header).collect(),
            parameters: params.iter().map(shown).collect(),
            status: self.outcome.status(),
            code: refusal.as_ref().map(|refusal| refusal.row.code.to_owned()),
            row: refusal.as_ref().map(|refusal| refusal.row.id.to_owned()),
            message: refusal.as_ref().map(ApiError::message),
            parameter: refusal.as_ref().and_then(about),
            duration_us: u64::try_from(self.took.as_micros()).unwrap_or(u64::MAX),
            refused: refusal.as_ref().map(|refusal| self.refused(refusal, &params)),
        }
    }

    fn refused(&self, refusal: &ApiError, params: &Params) -> Refused {
        let Outcome { action, version, .. } = &self.outcome;
        let named = version.as_deref().zip(action.as_deref());
        let entry = named.and_then(|(version, action)| registry::find(version, action));
        Refused {
            step: refusal.step.map(|step: &Step| step.name.to_owned()),
            facts: why::facts(refusal, params, entry.map(|entry| entry.spec)),
        }
    }
}

fn log(request_id: &str, outcome: &Outcome, took: Duration) {
    let action = outcome.action.as_deref().unwrap_or("-");
    let account = outcome.account.as_deref().unwrap_or("-");
    let code = outcome.refusal.as_ref().map_or("OK", |refusal| refusal.row.code);
    let (status, duration_us) = (outcome.status(), took.as_micros());
    match outcome.refusal.as_ref().and_then(|refusal| refusal.fault.as_ref()) {
        Some(fault) => tracing::error!(
            action,
            account,
            request_id,
            error.code = code,
            status,
            duration_us,
            cause = fault.chain(),
            "{action} failed: {code}"
        ),
        None => tracing::info!(
            action,
            account,
            request_id,
            error.code = code,
            status,
            duration_us,
            "{action} answered {code}"
        ),
    }
}
