//! What checks ask of facts.

use crate::catalog::accounts::{AccessKeyFacts, AccountFacts, KeyStatus, RiskControl};
use crate::catalog::limits::LimitFacts;
use crate::catalog::money::Money;
use crate::catalog::regions::{RegionFacts, RegionState};
use crate::catalog::text::{Names, Span};

impl RegionFacts {
    /// Whether the region's control plane answers.
    pub fn is_up(&self) -> bool {
        self.state != RegionState::Unavailable
    }

    /// Whether the time lies inside a maintenance window.
    pub fn is_under_maintenance(&self, now_ms: i64) -> bool {
        let now = now_ms.div_euclid(1000);
        self.maintenance
            .iter()
            .any(|window| (window.from.unix_seconds()..window.to.unix_seconds()).contains(&now))
    }
}

impl AccountFacts {
    /// Whether risk control holds the account.
    pub fn is_restricted(&self) -> bool {
        self.risk_control == RiskControl::Restricted
    }

    /// Whether the account has overdue bills.
    pub fn is_in_arrears(&self) -> bool {
        self.billing.overdue_amount > Money::ZERO
    }
}

impl AccessKeyFacts {
    /// Whether the key may sign.
    pub fn is_active(&self) -> bool {
        self.status == KeyStatus::Active
    }

    /// Whether the key may call this action.
    pub fn may_call(&self, action: &str) -> bool {
        match &self.allowed_actions {
            Names::All => true,
            Names::Listed(patterns) => patterns.iter().any(|pattern| is_like(action, pattern)),
        }
    }
}

impl LimitFacts {
    /// How far a timestamp may be from the clock.
    pub fn timestamp_skew_ms(&self) -> i64 {
        ms(self.timestamp_skew)
    }

    /// How long a nonce is remembered: it must outlive every timestamp with which it could come again.
    pub fn nonce_window_ms(&self) -> i64 {
        ms(self.nonce_window).max(self.timestamp_skew_ms().saturating_mul(2))
    }

    /// How long a ClientToken is remembered.
    pub fn client_token_ttl_ms(&self) -> i64 {
        ms(self.client_token_ttl)
    }
}

/// Whether a name fits a pattern in which `*` stands for any text.
fn is_like(name: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => name == pattern,
        Some((head, rest)) => name.strip_prefix(head).is_some_and(|name| {
            name.char_indices().map(|(at, _)| at).chain([name.len()]).any(|at| is_like(&name[at..], rest))
        }),
    }
}

fn ms(span: Span) -> i64 {
    i64::try_from(span.in_seconds().saturating_mul(1000)).unwrap_or(i64::MAX)
}
