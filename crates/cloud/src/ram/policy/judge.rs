//! Policies against a question.

use crate::ram::policy::document::Effect;
use crate::ram::policy::{Circumstances, Document};

/// Whether somebody may do something to something.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// What is to be done, such as `ecs:StartInstance`.
    pub action: &'a str,
    /// What it is to be done to, such as `acs:ecs:cn-hangzhou:1000000000000001:instance/i-1`.
    pub resource: &'a str,
    /// What else is known.
    pub circumstances: &'a Circumstances,
}

/// What policies say to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// At least one statement allows it and none denies it.
    Allowed,
    /// No statement speaks of it.
    ImplicitDeny,
    /// A statement denies it, whatever others allow.
    ExplicitDeny,
}

/// What the policies say together.
pub fn judge(policies: &[Document], question: &Question<'_>) -> Verdict {
    weigh(policies.iter().flat_map(|policy| policy.effects(question)))
}

/// What the policies say to the action where the resource may be any.
pub fn judge_action(policies: &[Document], question: &Question<'_>) -> Verdict {
    weigh(policies.iter().flat_map(|policy| policy.effects_on_anything(question)))
}

fn weigh(effects: impl Iterator<Item = Effect>) -> Verdict {
    let mut verdict = Verdict::ImplicitDeny;
    for effect in effects {
        match effect {
            Effect::Deny => return Verdict::ExplicitDeny,
            Effect::Allow => verdict = Verdict::Allowed,
        }
    }
    verdict
}
