//! What happens next.

use std::collections::BTreeMap;
use std::sync::Arc;

use moyun_cloud::case::Expect;
use moyun_cloud::registry::{self, ACTIONS, Entry};
use moyun_cloud::spec::{Mode, Product};
use moyun_cloud::world::DEFAULT_ACCOUNT;
use moyun_wire::out::Format;
use serde_json::{Value, json};

use super::known::Known;
use super::side::ROLES;
use super::step::{Actor, OTHER_ACCOUNT, Request, Session, Step};
use super::values::{Values, leaves};
use crate::dice::Dice;

/// The parts of the world in which facts change. The clock and the keys do not: time only passes, and no key is used.
const SECTIONS: [&str; 10] = [
    "limits",
    "accounts",
    "regions",
    "zones",
    "images",
    "components",
    "ram",
    "instance_types",
    "disk_categories",
    "prices",
];

/// How many sessions take part at once.
const SESSIONS: usize = 4;

const SECOND_MS: i64 = 1000;
const DAY_MS: i64 = 86_400_000;

/// Makes steps, one after another.
pub(super) struct Generator {
    dice: Dice,
    /// What calls named.
    pub(super) known: Known,
    /// Patches that undo earlier ones.
    undo: Vec<Step>,
    /// The last who assumed roles.
    sessions: Vec<Arc<Session>>,
    number: u64,
}

impl Generator {
    pub(super) fn new(seed: u64) -> Generator {
        let (dice, known) = (Dice::of(seed), Known::default());
        Generator { dice, known, undo: vec![], sessions: vec![], number: 0 }
    }

    /// The next step; `world` shows a section of the world.
    pub(super) fn step(&mut self, world: impl FnOnce(&str) -> Value) -> Step {
        match self.dice.below(100) {
            0..6 => Step::Pass {
                ms: self.dice.one([
                    0,
                    1,
                    SECOND_MS,
                    5 * SECOND_MS,
                    60 * SECOND_MS,
                    60 * SECOND_MS,
                    DAY_MS,
                    40 * DAY_MS,
                ]),
            },
            6..8 => self.patch(world),
            _ => self.call(),
        }
    }

    /// Takes in what a call named that succeeded.
    pub(super) fn learn(&mut self, request: &Request, body: &str) {
        let account = request.actor.account();
        if let Ok(reply) = serde_json::from_str::<Value>(body) {
            self.known.learn(account, "", &reply);
            self.sessions.extend(session_of(&reply));
            let old = self.sessions.len().saturating_sub(SESSIONS);
            self.sessions.drain(..old);
        }
        let is_end =
            ["Delete", "Remove", "Detach"].iter().any(|verb| request.entry.spec.name.starts_with(verb));
        for (name, value) in request.pairs.iter().filter(|(_, value)| !value.is_empty()) {
            // What is gone is asked for now and then.
            match is_end && self.dice.percent(75) {
                true => self.known.forget(account, value),
                false => self.known.remember(account, name, value),
            }
        }
    }

    /// Somebody calls something.
    pub(super) fn call(&mut self) -> Step {
        self.number += 1;
        let actor = match self.dice.below(40) {
            0..22 => Actor::Owner,
            22..30 => Actor::Other,
            30..33 => Actor::Anna,
            33 => Actor::Bob,
            34 => Actor::Nobody,
            _ => match self.dice.pick(&self.sessions).cloned() {
                Some(session) if !self.dice.percent(15) => Actor::Session(session),
                _ => return self.assume(),
            },
        };
        let entry = self.action();
        let format = self.dice.one([Format::Json, Format::Json, Format::Json, Format::Xml]);
        let pairs = self.pairs(entry, actor.account());
        Step::Call(Request { actor, entry, pairs, format, number: self.number })
    }

    /// Somebody assumes a role; what the policies of the role allow the session may narrow.
    fn assume(&mut self) -> Step {
        let role = self.dice.one(ROLES).0;
        let narrow = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*"}]}"#;
        let mut pairs = vec![
            ("RoleArn".to_owned(), format!("acs:ram::{DEFAULT_ACCOUNT}:role/{role}")),
            ("RoleSessionName".to_owned(), format!("storm-{}", self.number)),
        ];
        if self.dice.percent(30) {
            pairs.push(("Policy".to_owned(), narrow.to_owned()));
        }
        let entry = registry::find(Product::Sts.version(), "AssumeRole").expect("STS has AssumeRole");
        Step::Call(Request { actor: Actor::Anna, entry, pairs, format: Format::Json, number: self.number })
    }

    /// Any action; writes rather than reads, and creations of instances more often than their share.
    fn action(&mut self) -> &'static Entry {
        loop {
            let entry = &ACTIONS[self.dice.below(ACTIONS.len())];
            if entry.spec.mode == Mode::Write || self.dice.percent(30) {
                return entry;
            }
            if self.dice.percent(8) {
                let creations = ACTIONS.iter().filter(|entry| entry.spec.creates_instances);
                let creations: Vec<&Entry> = creations.collect();
                return self.dice.pick(&creations).copied().unwrap_or(entry);
            }
        }
    }

    /// The parameters: those of a worked request or those that are required, with some of them changed.
    fn pairs(&mut self, entry: &'static Entry, account: &str) -> Vec<(String, String)> {
        let dice = &mut self.dice;
        let stranger = if account == DEFAULT_ACCOUNT { OTHER_ACCOUNT } else { DEFAULT_ACCOUNT };
        let values = Values { known: &self.known, account, stranger };
        let any_end = dice.percent(15);
        let cases = entry.cases.iter().filter(|case| any_end || matches!(case.expect, Expect::Reply));
        let cases: Vec<&str> = cases.map(|case| case.request).collect();
        let mut leaves = leaves(entry, dice);
        leaves.retain(|leaf| !leaf.preview || dice.percent(5));
        let mut pairs = BTreeMap::new();
        match dice.pick(&cases) {
            Some(request) if dice.percent(80) => {
                for (name, value) in request.split('&').filter_map(|pair| pair.split_once('=')) {
                    pairs.insert(name.to_owned(), fill(name, value, &values, dice));
                }
            }
            _ => {
                let given = leaves.iter().filter(|leaf| leaf.required || dice.percent(12));
                let given: Vec<_> = given.collect();
                pairs.extend(given.into_iter().map(|leaf| (leaf.name.clone(), values.of(leaf, dice))));
            }
        }
        for _ in 0..dice.one([0, 0, 0, 0, 1, 1, 2, 4]) {
            if let Some(leaf) = dice.pick(&leaves) {
                match dice.percent(15) {
                    true => pairs.remove(&leaf.name),
                    false => pairs.insert(leaf.name.clone(), values.of(leaf, dice)),
                };
            }
        }
        pairs.into_iter().collect()
    }

    /// Changes one fact somewhere, or makes an earlier change undone.
    fn patch(&mut self, world: impl FnOnce(&str) -> Value) -> Step {
        if self.dice.percent(55)
            && let Some(step) = self.undo.pop()
        {
            return step;
        }
        if self.dice.percent(40) {
            return self.scarcity();
        }
        let section = self.dice.one(SECTIONS);
        let mut value = world(section);
        let mut path = vec![section.to_owned()];
        while let Value::Object(fields) = &value {
            let names: Vec<&String> = fields.keys().collect();
            let Some(name) = self.dice.pick(&names).map(|name| (*name).clone()) else { break };
            value = fields.get(&name).cloned().unwrap_or_default();
            path.push(name);
        }
        let other = self.other(&value);
        self.undo.push(Step::Patch { path: path.clone(), value });
        Step::Patch { path, value: other }
    }

    /// Little or much of what runs out.
    fn scarcity(&mut self) -> Step {
        let account = self.dice.one([DEFAULT_ACCOUNT, OTHER_ACCOUNT]);
        let few = self.dice.one([0, 1, 2, 5, 50]);
        let (path, value) = match self.dice.below(5) {
            0 | 1 => ("zones/cn-hangzhou-h/stock".to_owned(), json!({ "ecs.g5.large": few })),
            2 => (format!("accounts/{account}/quotas"), json!({ "postpaid_instances": few })),
            3 => (format!("accounts/{account}/billing"), json!({ "balance": few * 1000 })),
            _ => ("limits/latency".to_owned(), json!({ "create_commit_ms": few * 10 })),
        };
        Step::Patch { path: path.split('/').map(str::to_owned).collect(), value }
    }

    /// Another value in place of one.
    fn other(&mut self, value: &Value) -> Value {
        match value {
            Value::Bool(yes) => Value::Bool(!yes),
            Value::Number(number) => {
                let number = number.as_i64().unwrap_or(1);
                self.dice.one([0, 1, 2, 10, number.saturating_mul(2), number.saturating_add(1), -1]).into()
            }
            Value::Array(elements) => {
                let mut fewer = elements.clone();
                fewer.truncate(self.dice.below(elements.len() + 1));
                fewer.into()
            }
            Value::String(text) => {
                let states =
                    ["failing", "unreachable", "ok", "unavailable", "suspended", "off", "retired", "0"];
                self.dice.pick(&states).map_or(text.as_str(), |state| *state).into()
            }
            Value::Null | Value::Object(_) => self.dice.one([Some(1), None]).into(),
        }
    }
}

/// The session of the default account that a reply tells of.
fn session_of(reply: &Value) -> Option<Arc<Session>> {
    let access_key_id = reply.pointer("/Credentials/AccessKeyId")?.as_str()?.to_owned();
    let arn = reply.pointer("/AssumedRoleUser/Arn")?.as_str()?;
    let (role, name) =
        arn.strip_prefix(&format!("acs:ram::{DEFAULT_ACCOUNT}:assumed-role/"))?.split_once('/')?;
    Some(Arc::new(Session { access_key_id, role: role.to_owned(), name: name.to_owned() }))
}

/// The value of a worked request with something known in place of what its own story named.
fn fill(name: &str, value: &str, values: &Values<'_>, dice: &mut Dice) -> String {
    let mut pieces = value.split('$');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(piece.len());
        filled += &values.known(name, dice).or_else(|| Values::word(name, dice)).unwrap_or_default();
        filled += &piece[end..];
    }
    filled
}
