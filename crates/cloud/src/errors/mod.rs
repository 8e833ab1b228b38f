//! The error catalogue: every refusal that a caller can meet, declared once.

use std::fmt;

use moyun_store::Fault;
pub use moyun_wire::reply::AccessDenied;
use serde_json::Value;

use crate::order::Step;
use crate::why::{Compared, Evidence};

/// Declares rows of the catalogue: one public static per row, and `ROWS`, all of them in order.
macro_rules! errors {
    ($($(#[doc = $doc:literal])+ $name:ident($id:ident) = $status:literal, $code:literal, $message:literal,
        $note_zh:literal;)+) => {
        $(
            $(#[doc = $doc])+
            #[expect(non_upper_case_globals, reason = "rows are named like the errors they stand for")]
            pub static $name: crate::errors::ErrorRow = crate::errors::ErrorRow {
                id: stringify!($id),
                name: stringify!($name),
                status: $status,
                code: $code,
                message: $message,
                note_zh: $note_zh,
                doc: concat!($($doc),+).trim_ascii(),
            };
        )+

        pub(in crate::errors) static ROWS: &[&crate::errors::ErrorRow] = &[$(&$name),+];
    };
}

mod common;
mod creation;
mod mend;
mod neighbour;
mod reaction;

pub use common::*;
pub use creation::*;
pub use neighbour::*;
pub use reaction::Reaction;

#[cfg(test)]
mod tests;

/// One row of the error catalogue: what the caller is told.
#[derive(Debug)]
pub struct ErrorRow {
    /// Position in the catalogue: `C…` any action, `I…` instance creation, `N…` beside the published tables.
    pub id: &'static str,
    /// Name in this code, which says what is wrong.
    pub name: &'static str,
    /// HTTP status of the answer.
    pub status: u16,
    /// `Code` of the answer.
    pub code: &'static str,
    /// `Message` of the answer; `{name}` stands for a value that comes with the refusal.
    pub message: &'static str,
    /// Chinese explanation for the reference.
    pub note_zh: &'static str,
    /// English explanation for the reference: what happened and what to do.
    pub doc: &'static str,
}

impl ErrorRow {
    /// A refusal by this row that names a value.
    pub fn with(&'static self, name: &'static str, value: impl Into<String>) -> ApiError {
        ApiError::from(self).with(name, value)
    }

    /// A refusal by this row because of one parameter.
    pub fn about(&'static self, parameter: &str) -> ApiError {
        self.with("parameter", parameter)
    }
}

impl ErrorRow {
    /// What happened, and what to do about it.
    pub fn happened_and_mend(&self) -> (&'static str, &'static str) {
        match self.doc.split_once(". ") {
            Some((_, mend)) => (self.doc[..self.doc.len() - mend.len()].trim_end(), mend),
            None => (self.doc, ""),
        }
    }

    /// What to do about it, in Chinese.
    pub fn mend_zh(&self) -> &'static str {
        mend::in_chinese(self.happened_and_mend().1)
    }

    /// Whether the same request can succeed later.
    pub fn may_pass_later(&self) -> bool {
        self.reaction().may_pass_later()
    }
}

impl PartialEq for ErrorRow {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for ErrorRow {}

/// A refusal: a row and the values that its message names.
#[derive(Debug, Clone)]
pub struct ApiError {
    /// What the caller is told.
    pub row: &'static ErrorRow,
    /// The values, by the name that the message calls them.
    pub values: Vec<(&'static str, String)>,
    /// What broke, where it was the store or the host and not the request: for the log alone.
    pub fault: Option<Fault>,
    /// Which permission is missing, where policies refuse.
    pub denied: Option<Box<AccessDenied>>,
    /// The step of the order that refused.
    pub step: Option<&'static Step>,
    /// What was compared.
    pub evidence: Box<Evidence>,
}

impl ApiError {
    /// The same refusal, naming one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// The same refusal, with one more fact that was compared.
    #[must_use]
    pub fn compared(mut self, what: impl Into<String>, value: impl Into<Value>) -> Self {
        self.evidence.facts.push(Compared::new(what, value));
        self
    }

    /// The row's message with the values in their places.
    pub fn message(&self) -> String {
        let mut filled = String::with_capacity(self.row.message.len());
        let mut rest = self.row.message;
        // A value is copied, never searched, so braces in what a caller sent stay as they are.
        while let Some((before, name, after)) = next_placeholder(rest) {
            filled.push_str(before);
            match self.values.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => filled.push_str(value),
                None => debug_assert!(false, "{} needs a value for {name}", self.row.name),
            }
            rest = after;
        }
        filled + rest
    }
}

impl From<&'static ErrorRow> for ApiError {
    fn from(row: &'static ErrorRow) -> Self {
        ApiError { row, values: Vec::new(), fault: None, denied: None, step: None, evidence: Box::default() }
    }
}

impl From<Fault> for ApiError {
    fn from(fault: Fault) -> Self {
        ApiError { fault: Some(fault), ..ApiError::from(&InternalFault) }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.row.code, self.message())
    }
}

impl std::error::Error for ApiError {}

/// Every row of the catalogue once, in the order of their ids within each part.
pub fn all() -> impl Iterator<Item = &'static ErrorRow> {
    PARTS.iter().flat_map(|part| part.iter().copied())
}

static PARTS: &[&[&ErrorRow]] = &[
    common::ROWS,
    creation::account::ROWS,
    creation::disk::ROWS,
    creation::instance::ROWS,
    creation::network::ROWS,
    neighbour::call::ROWS,
    neighbour::ram::ROWS,
    neighbour::login::ROWS,
    neighbour::mfa::ROWS,
    neighbour::tag::ROWS,
    neighbour::instance::ROWS,
    neighbour::disk::ROWS,
    neighbour::image::ROWS,
    neighbour::security_group::ROWS,
    neighbour::network::ROWS,
    neighbour::network_interface::ROWS,
];

/// Splits `text` around its first `{name}`.
fn next_placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, open) = text.split_once('{')?;
    let (name, after) = open.split_once('}')?;
    Some((before, name, after))
}
