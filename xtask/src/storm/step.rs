//! One thing that happens to the cloud.

use std::fmt;
use std::sync::Arc;

use moyun_cloud::cx::{Caller, Identity};
use moyun_cloud::ids::AccountId;
use moyun_cloud::registry::Entry;
use moyun_cloud::world::{DEFAULT_ACCOUNT, DEFAULT_KEY_ID};
use moyun_wire::encode::encode;
use moyun_wire::out::Format;
use serde_json::Value;

/// The account beside the default one.
pub(super) const OTHER_ACCOUNT: &str = "1000000000000002";

/// Something that happens, whole: it can be done again on a fresh cloud.
#[derive(Clone)]
pub(super) enum Step {
    /// Somebody calls an action.
    Call(Request),
    /// Time passes, and what falls due is applied.
    Pass {
        /// Milliseconds.
        ms: i64,
    },
    /// A fact of the world changes.
    Patch {
        /// Where in the document.
        path: Vec<String>,
        /// What it becomes.
        value: Value,
    },
}

/// A call of an action.
#[derive(Clone)]
pub(super) struct Request {
    pub(super) actor: Actor,
    pub(super) entry: &'static Entry,
    /// The parameters, not encoded.
    pub(super) pairs: Vec<(String, String)>,
    pub(super) format: Format,
    /// Where its randomness starts.
    pub(super) number: u64,
}

/// Who calls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Actor {
    /// The default account.
    Owner,
    /// The other account.
    Other,
    /// A RAM user of the default account who may do everything, until somebody changes that.
    Anna,
    /// A RAM user of the default account who may only read.
    Bob,
    /// A RAM user whom nobody made.
    Nobody,
    /// Somebody who assumed a role of the default account.
    Session(Arc<Session>),
}

/// A session of a role, as its key says.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Session {
    pub(super) access_key_id: String,
    pub(super) role: String,
    pub(super) name: String,
}

impl Actor {
    /// The account whose resources are meant.
    pub(super) fn account(&self) -> &'static str {
        if *self == Actor::Other { OTHER_ACCOUNT } else { DEFAULT_ACCOUNT }
    }

    /// Users and the other account call with a key that is always there; that of a session goes with the session.
    pub(super) fn caller(&self) -> Caller {
        let caller =
            |key: &str, identity| Caller { identity, ..Caller::owner(AccountId::from(self.account()), key) };
        let user = |name: &str| caller(DEFAULT_KEY_ID, Identity::User(name.to_owned()));
        match self {
            Actor::Owner | Actor::Other => caller(DEFAULT_KEY_ID, Identity::Owner),
            Actor::Anna => user("anna"),
            Actor::Bob => user("bob"),
            Actor::Nobody => user("nobody"),
            Actor::Session(session) => {
                let (role, session_name) = (session.role.clone(), session.name.clone());
                caller(&session.access_key_id, Identity::Session { role, session: session_name })
            }
        }
    }
}

impl Request {
    /// The parameters as they stand in a query.
    pub(super) fn query(&self) -> String {
        let pairs = self.pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        pairs.collect::<Vec<_>>().join("&")
    }

    /// The action with its product.
    pub(super) fn action(&self) -> String {
        format!("{}:{}", self.entry.spec.product.name(), self.entry.spec.name)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Call(request) => {
                let pairs = request.pairs.iter().map(|(name, value)| format!("{name}={value:?}"));
                let pairs = pairs.collect::<Vec<_>>().join(" ");
                write!(f, "{:?}, seed {}: {} {pairs}", request.actor, request.number, request.action())
            }
            Step::Pass { ms } => write!(f, "{ms} ms pass"),
            Step::Patch { path, value } => write!(f, "world: {} = {value}", path.join("/")),
        }
    }
}
