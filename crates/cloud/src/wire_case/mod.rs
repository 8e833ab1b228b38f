//! Requests that the common rows refuse: a state and a request over the wire, and what mends it.
//!
//! The gate refuses before any action runs, so these rows have no case of an action. The tests of the server send every one in
//! every form of a request, and the error centre tells them as commands.

mod given;
mod requests;
mod resources;
mod told;

use serde_json::{Value, json};

use crate::story::Story;

/// The time of every request: 2026-01-01T00:00:00Z.
pub const NOW: &str = "2026-01-01T00:00:00Z";

/// The built-in account.
const OWN: &str = "1000000000000001";

/// What requests say that only [`WireCase::arrange`] makes true.
const ARRANGED: [&str; 4] = ["LTAI-own", "LTAI-service", "other@moyun.local", "1000000000000002"];

/// A creation whose answer is held back while the request comes.
const HELD: First = First { action: "CreateVpc", said: ("ClientToken", "held"), is_held: true };

/// A row: a state and a request that meets it, and the one fact whose change makes the same request succeed.
///
/// Requests speak by the names that V1 has for what they say; beside them `Method`, and `Secret`, which signs.
#[derive(Clone)]
pub struct WireCase {
    /// The id of the row.
    pub id: &'static str,
    /// The action that is called in `cn-hangzhou`.
    pub action: &'static str,
    /// Makes the state through the API.
    pub given: fn(&mut Story),
    /// A call over the wire before the facts are changed.
    pub first: Option<First>,
    /// The facts that are changed afterwards.
    pub facts: Value,
    /// What the request says; `$name` stands for what the state made.
    pub request: Vec<(&'static str, &'static str)>,
    /// What the request says instead, to succeed.
    pub instead: Vec<(&'static str, &'static str)>,
    /// What is changed in the facts instead.
    pub mend: Value,
    /// What is done instead.
    pub act: fn(&mut Story),
    /// Whether V3 cannot say it.
    pub only_v1: bool,
}

/// A call that comes before the request.
#[derive(Debug, Clone, Copy)]
pub struct First {
    /// Its action, in `cn-hangzhou`.
    pub action: &'static str,
    /// What it says.
    pub said: (&'static str, &'static str),
    /// Whether its answer has not come when the request is sent.
    pub is_held: bool,
}

/// Every row that a request over the wire can meet, often in several ways.
pub fn all() -> Vec<WireCase> {
    let about_callers = [requests::rows_about_callers(), requests::rows_about_owners()].concat();
    [requests::rows(), about_callers, resources::rows()].concat()
}

impl WireCase {
    /// A row about a call that makes a VPC.
    fn of(id: &'static str) -> WireCase {
        WireCase::in_call(id, "CreateVpc")
    }

    fn in_call(id: &'static str, action: &'static str) -> WireCase {
        WireCase {
            id,
            action,
            given: |_| (),
            first: None,
            facts: json!({}),
            request: vec![],
            instead: vec![],
            mend: json!({}),
            act: |_| (),
            only_v1: false,
        }
    }

    /// Whether the request names keys or accounts that no call makes.
    pub fn is_arranged(&self) -> bool {
        self.request.iter().any(|(_, value)| ARRANGED.contains(value))
    }

    /// Makes the keys and accounts that requests name: `LTAI-own` and `LTAI-service`, both with the secret `s3cret`, and another
    /// account.
    pub fn arrange(&self, story: &mut Story) {
        let named = self.request.iter().chain(&self.instead);
        let named: Vec<&str> =
            named.map(|(_, value)| *value).filter(|value| ARRANGED.contains(value)).collect();
        for (id, kind) in [("LTAI-own", "owner"), ("LTAI-service", "service")] {
            if named.contains(&id) {
                story.patch(&format!("access_keys/{id}"), given::key(kind));
            }
        }
        if named.contains(&"other@moyun.local") || named.contains(&"1000000000000002") {
            story.patch("accounts/1000000000000002", json!({ "login_name": "other@moyun.local" }));
        }
    }

    /// Changes the facts so that the request is refused.
    pub fn spoil(&self, story: &mut Story) {
        patch(story, "", &self.facts);
    }

    /// Does what makes the request succeed, when it then says what it is to say instead.
    pub fn mend(&self, story: &mut Story) {
        patch(story, "", &self.mend);
        (self.act)(story);
    }
}

/// Changes each fact of a document where it lies.
fn patch(story: &mut Story, path: &str, facts: &Value) {
    let Some(fields) = facts.as_object() else { return };
    for (name, value) in fields {
        let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        let is_path = value.as_object().is_some_and(|inner| inner.values().all(Value::is_object));
        match is_path {
            true => patch(story, &path, value),
            false => story.patch(&path, value.clone()),
        }
    }
}
