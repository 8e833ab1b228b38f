//! The policy language: documents, what they say to a question, and the policies that every account has.

pub mod system;

mod condition;
mod document;
mod judge;
mod pattern;

#[cfg(test)]
mod tests;

pub use condition::Circumstances;
pub use document::{Document, POLICY_BYTES_MAX, SESSION_BYTES_MAX, Trust};
pub use judge::{Question, Verdict, judge, judge_action};

/// A document is not of the policy language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;
