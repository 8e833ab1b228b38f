//! What a request was, and why it was refused: for the admin API, its pages and the command line.

pub mod code;
pub mod text;

use std::collections::BTreeMap;

use moyun_cloud::doc::{self, Language, site};
use moyun_cloud::errors::{self, ErrorRow, Reaction};
use moyun_cloud::order::{self, Check, Step};
use moyun_cloud::registry::{self, Entry};
use moyun_cloud::why::Compared;
use serde::{Deserialize, Serialize};

/// A request as it is told and kept, without secrets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Its id.
    pub request_id: String,
    /// When it came, by the machine's clock.
    pub at: String,
    /// Its HTTP method.
    pub method: String,
    /// The action that it names.
    pub action: Option<String>,
    /// The version that it names.
    pub version: Option<String>,
    /// The key that it names.
    pub access_key_id: Option<String>,
    /// The account whose resources it means, once that was known.
    pub account: Option<String>,
    /// The format of the answer.
    pub format: String,
    /// Its headers.
    pub headers: BTreeMap<String, String>,
    /// Its parameters, of query and form together.
    pub parameters: BTreeMap<String, String>,
    /// The HTTP status of the answer.
    pub status: u16,
    /// The code of the refusal.
    pub code: Option<String>,
    /// The row of the refusal.
    pub row: Option<String>,
    /// The message of the refusal.
    pub message: Option<String>,
    /// The parameter that the refusal is about.
    pub parameter: Option<String>,
    /// How long it took.
    pub duration_us: u64,
    /// How it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
}

/// How a request was refused: what cannot be looked up in the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Refused {
    /// The step of the order that refused; None when something broke outside of it.
    pub step: Option<String>,
    /// The facts that were compared.
    pub facts: Vec<Compared>,
}

/// A request and why it was refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// The request.
    #[serde(flatten)]
    pub told: Told,
    /// Why it was refused; None for one that succeeded.
    pub why: Option<Why>,
}

/// Why a request was refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Why {
    /// The check that refused.
    pub refused_by: Judged,
    /// What the row means.
    pub happened: String,
    /// The same in Chinese.
    pub happened_zh: String,
    /// What would have succeeded.
    pub would_succeed: String,
    /// The same in Chinese.
    pub would_succeed_zh: String,
    /// What a client does.
    pub reaction: Reaction,
    /// Whether the same request can succeed later.
    pub may_pass_later: bool,
    /// The facts that were compared, the nearest first.
    pub facts: Vec<Compared>,
    /// The checks that the request passed, in order.
    pub passed: Vec<Judged>,
    /// Where to read more.
    pub links: Links,
}

/// A check of the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// The step that it is part of.
    pub step: String,
    /// What the step asks.
    pub question: String,
    /// The same in Chinese.
    pub question_zh: String,
    /// The row that answers when it fails.
    pub row: String,
    /// The code of the row.
    pub code: String,
}

/// Where to read more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Links {
    /// The page of the request.
    pub request: String,
    /// The page of the code.
    pub code: String,
    /// The reference page of the action.
    pub action: Option<String>,
}

impl From<Check> for Judged {
    fn from(Check { step, row }: Check) -> Judged {
        Judged {
            step: step.name.to_owned(),
            question: step.question.to_owned(),
            question_zh: step.question_zh.to_owned(),
            row: row.id.to_owned(),
            code: row.code.to_owned(),
        }
    }
}

impl Told {
    /// The request with everything that can be said about its refusal; links begin with `base`.
    pub fn explained(mut self, base: &str) -> Shown {
        let why = self.refused.take().and_then(|refused| {
            let row = errors::all().find(|row| Some(row.id) == self.row.as_deref())?;
            Some(self.why(refused, row, base))
        });
        Shown { told: self, why }
    }

    fn why(&self, refused: Refused, row: &'static ErrorRow, base: &str) -> Why {
        let entry = self.entry();
        let spec = entry.map(|entry| entry.spec);
        let step = refused.step.as_deref().and_then(Step::named);
        let refused_by = match step {
            Some(step) => Check { step, row }.into(),
            None => broken(row),
        };
        let passed = step.map(|step| order::passed(step, row, spec)).unwrap_or_default();
        let (happened, mend) = row.happened_and_mend();
        Why {
            refused_by,
            happened: happened.to_owned(),
            happened_zh: row.note_zh.to_owned(),
            would_succeed: mend.to_owned(),
            would_succeed_zh: row.mend_zh().to_owned(),
            reaction: row.reaction(),
            may_pass_later: row.may_pass_later(),
            facts: refused.facts,
            passed: passed.into_iter().map(Judged::from).collect(),
            links: Links {
                request: format!("{base}/requests/{}", self.request_id),
                code: format!("{base}/errors/{}", row.code),
                action: entry.map(|entry| {
                    format!("{base}/docs/{}/{}", Language::En.folder(), site::address(&doc::path(entry)))
                }),
            },
        }
    }

    /// The action, if it is served here.
    fn entry(&self) -> Option<&'static Entry> {
        registry::find(self.version.as_deref()?, self.action.as_deref()?)
    }
}

/// A refusal outside of the order: something broke before or between the steps.
fn broken(row: &ErrorRow) -> Judged {
    Judged {
        step: "host".to_owned(),
        question: "Do the store and the host do their part?".to_owned(),
        question_zh: "存储和主机是否正常？".to_owned(),
        row: row.id.to_owned(),
        code: row.code.to_owned(),
    }
}
