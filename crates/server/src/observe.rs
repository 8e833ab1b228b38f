//! Every request is noted once: a line in the log, and a bounded memory of what was asked lately.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use hyper::body::Bytes;
use moyun_cloud::call::Call;
use moyun_cloud::errors::ApiError;
use moyun_cloud::spec::Mode;
use moyun_wire::out::Format;
use moyun_wire::params::Params;
use serde_json::{Value, json};

use crate::gate;
use crate::http::Received;

/// How many requests are remembered.
const KEPT: usize = 1000;

/// How many bytes of a request's parameters are remembered.
const KEPT_BYTES: usize = 8 << 10;

/// Parameters whose values are nobody's business.
const SECRETS: [&str; 5] = ["Password", "PrivateKeyBody", "SecurityToken", "Signature", "UserData"];

/// What was asked lately.
#[derive(Debug, Default)]
pub struct Observer {
    noted: Mutex<VecDeque<Noted>>,
}

/// One request as it is remembered; it is made readable when somebody asks.
#[derive(Debug)]
struct Noted {
    request_id: String,
    method: String,
    query: String,
    form: Bytes,
    outcome: Outcome,
    took: Duration,
}

/// What became of a request.
#[derive(Debug, Default)]
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

    /// The HTTP status of the answer.
    pub(crate) fn status(&self) -> u16 {
        self.refusal.as_ref().map_or(200, |refusal| refusal.row.status)
    }
}

impl Observer {
    /// Notes a request that was answered.
    pub(crate) fn note(&self, request_id: &str, received: Received, outcome: Outcome, took: Duration) {
        log(request_id, &outcome, took);
        let fits = received.query.len() + received.body.len() <= KEPT_BYTES;
        let noted = Noted {
            request_id: request_id.to_owned(),
            form: if fits && received.has_form() { received.body } else { Bytes::new() },
            query: if fits { received.query } else { String::new() },
            method: received.method,
            outcome,
            took,
        };
        let mut kept = self.noted.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(noted);
    }

    /// The request with this id, if it is still remembered.
    pub fn find(&self, request_id: &str) -> Option<Value> {
        let kept = self.noted.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        kept.iter().find(|noted| noted.request_id.eq_ignore_ascii_case(request_id)).map(Noted::show)
    }

    /// The requests that are remembered, newest first.
    pub fn recent(&self, limit: usize) -> Vec<Value> {
        let kept = self.noted.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        kept.iter().rev().take(limit).map(Noted::show).collect()
    }
}

impl Noted {
    fn show(&self) -> Value {
        let Outcome { action, version, access_key_id, account, format, refusal, .. } = &self.outcome;
        let params = Params::decode(self.query.as_bytes(), Some(&self.form)).unwrap_or_default();
        let shown = |(name, value): (&str, &str)| {
            let secret = SECRETS.contains(&name.rsplit('.').next().unwrap_or(name));
            (name.to_owned(), Value::from(if secret { "***" } else { value }))
        };
        json!({
            "request_id": self.request_id,
            "method": self.method,
            "action": action,
            "version": version,
            "access_key_id": access_key_id,
            "account": account,
            "format": if *format == Format::Json { "JSON" } else { "XML" },
            "parameters": params.iter().map(shown).collect::<serde_json::Map<_, _>>(),
            "status": self.outcome.status(),
            "code": refusal.as_ref().map(|refusal| refusal.row.code),
            "row": refusal.as_ref().map(|refusal| refusal.row.id),
            "message": refusal.as_ref().map(ApiError::message),
            "parameter": refusal.as_ref().and_then(|refusal| {
                refusal.values.iter().find(|(name, _)| *name == "parameter").map(|(_, value)| value)
            }),
            "duration_us": u64::try_from(self.took.as_micros()).unwrap_or(u64::MAX),
        })
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
