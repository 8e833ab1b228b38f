//! Policy documents as RAM writes them: JSON, read strictly.

use serde_json::{Map, Value};

use crate::ram::policy::condition::Condition;
use crate::ram::policy::{Circumstances, Malformed, Question, pattern};

/// The longest document of a custom policy, in bytes.
pub const POLICY_BYTES_MAX: usize = 6144;
/// The longest trust policy of a role, in bytes.
pub(super) const TRUST_BYTES_MAX: usize = 4096;
/// The longest policy of a session, in bytes.
pub const SESSION_BYTES_MAX: usize = 2048;

/// What a statement does with what it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Allow,
    Deny,
}

/// Patterns of which one must fit, or none where they are exceptions.
#[derive(Debug)]
pub(super) struct Patterns {
    patterns: Vec<String>,
    excepted: bool,
}

impl Patterns {
    fn are_all(&self) -> bool {
        !self.excepted && self.patterns.iter().any(|pattern| pattern == "*")
    }

    fn cover(&self, fits: impl Fn(&str) -> bool) -> bool {
        self.patterns.iter().any(|pattern| fits(pattern)) != self.excepted
    }
}

/// A policy that grants or denies actions on resources.
#[derive(Debug)]
pub struct Document(Vec<Statement>);

#[derive(Debug)]
struct Statement {
    effect: Effect,
    actions: Patterns,
    resources: Patterns,
    conditions: Vec<Condition>,
}

impl Document {
    /// Reads a document of at most so many bytes.
    pub fn parse(text: &str, bytes_max: usize) -> Result<Document, Malformed> {
        let known = ["Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];
        let statements = statements(text, bytes_max, &known)?;
        statements.iter().map(Statement::read).collect::<Result<_, _>>().map(Document)
    }

    /// The effects of the statements that cover the action under the circumstances, whatever the resource: grants of
    /// anything, and denials of everything.
    pub(super) fn effects_on_anything(&self, question: &Question<'_>) -> impl Iterator<Item = Effect> {
        let speaks =
            |statement: &&Statement| statement.effect == Effect::Allow || statement.resources.are_all();
        let covering = self.0.iter().filter(|statement| statement.covers_action(question));
        covering.filter(speaks).map(|statement| statement.effect)
    }

    /// The effects of the statements that cover the question.
    pub(super) fn effects(&self, question: &Question<'_>) -> impl Iterator<Item = Effect> {
        self.0.iter().filter(|statement| statement.covers(question)).map(|statement| statement.effect)
    }
}

impl Statement {
    fn read(fields: &Map<String, Value>) -> Result<Statement, Malformed> {
        let actions = patterns(fields, "Action", "NotAction")?;
        let is_action = |text: &String| {
            text == "*"
                || text.split_once(':').is_some_and(|(product, name)| {
                    !product.is_empty() && !name.is_empty() && !name.contains(':')
                })
        };
        if !actions.patterns.iter().all(is_action) {
            return Err(Malformed);
        }
        let resources = patterns(fields, "Resource", "NotResource")?;
        let is_resource =
            |text: &String| text == "*" || text.starts_with("acs:") && text.matches(':').count() >= 4;
        if !resources.patterns.iter().all(is_resource) {
            return Err(Malformed);
        }
        Ok(Statement { effect: effect(fields)?, actions, resources, conditions: conditions(fields)? })
    }

    fn covers(&self, question: &Question<'_>) -> bool {
        self.covers_action(question)
            && self.resources.cover(|wanted| pattern::fits(question.resource, wanted))
    }

    fn covers_action(&self, question: &Question<'_>) -> bool {
        // Products and actions are named without regard to case, resources are not.
        let action = question.action.to_ascii_lowercase();
        self.actions.cover(|wanted| pattern::fits(&action, &wanted.to_ascii_lowercase()))
            && self.conditions.iter().all(|condition| condition.holds(question.circumstances))
    }
}

/// A policy that says who may assume a role.
#[derive(Debug)]
pub struct Trust(Vec<TrustStatement>);

#[derive(Debug)]
struct TrustStatement {
    effect: Effect,
    actions: Patterns,
    /// Kinds (`RAM`, `Service`, `Federated`) with their names.
    principals: Vec<(String, String)>,
    conditions: Vec<Condition>,
}

impl Trust {
    /// Reads a trust policy.
    pub fn parse(text: &str) -> Result<Trust, Malformed> {
        let known = ["Effect", "Action", "Principal", "Condition"];
        let statements = statements(text, TRUST_BYTES_MAX, &known)?;
        statements.iter().map(TrustStatement::read).collect::<Result<_, _>>().map(Trust)
    }

    /// Whether one of these names of a kind may assume the role; a denial of any of them wins.
    pub fn admits(&self, kind: &str, names: &[String], circumstances: &Circumstances) -> bool {
        let covers = |statement: &&TrustStatement| {
            statement.actions.cover(|wanted| pattern::fits("sts:assumerole", &wanted.to_ascii_lowercase()))
                && statement.principals.iter().any(|(known, name)| known == kind && names.contains(name))
                && statement.conditions.iter().all(|condition| condition.holds(circumstances))
        };
        let effects: Vec<Effect> = self.0.iter().filter(covers).map(|statement| statement.effect).collect();
        effects.contains(&Effect::Allow) && !effects.contains(&Effect::Deny)
    }
}

impl TrustStatement {
    fn read(fields: &Map<String, Value>) -> Result<TrustStatement, Malformed> {
        let kinds = fields.get("Principal").and_then(Value::as_object).ok_or(Malformed)?;
        let mut principals = vec![];
        for (kind, names) in kinds {
            if !["RAM", "Service", "Federated"].contains(&kind.as_str()) {
                return Err(Malformed);
            }
            principals.extend(texts(names)?.into_iter().map(|name| (kind.clone(), name)));
        }
        let wants_arn = |(kind, name): &(String, String)| kind == "Service" || name.starts_with("acs:ram::");
        if principals.is_empty() || !principals.iter().all(wants_arn) {
            return Err(Malformed);
        }
        let actions = patterns(fields, "Action", "NotAction")?;
        Ok(TrustStatement { effect: effect(fields)?, actions, principals, conditions: conditions(fields)? })
    }
}

/// The statements of a document; they hold nothing but the known elements.
fn statements(text: &str, bytes_max: usize, known: &[&str]) -> Result<Vec<Map<String, Value>>, Malformed> {
    if text.len() > bytes_max {
        return Err(Malformed);
    }
    // The parser itself gives up on deep nesting.
    let Ok(Value::Object(mut document)) = serde_json::from_str(text) else { return Err(Malformed) };
    let version = document.remove("Version");
    let statements = match document.remove("Statement") {
        Some(Value::Array(statements)) => statements,
        Some(statement @ Value::Object(_)) => vec![statement],
        _ => return Err(Malformed),
    };
    if version.as_ref().and_then(Value::as_str) != Some("1") || !document.is_empty() || statements.is_empty()
    {
        return Err(Malformed);
    }
    let read = |statement| match statement {
        Value::Object(fields) if fields.keys().all(|name| known.contains(&name.as_str())) => Ok(fields),
        _ => Err(Malformed),
    };
    statements.into_iter().map(read).collect()
}

fn effect(fields: &Map<String, Value>) -> Result<Effect, Malformed> {
    match fields.get("Effect").and_then(Value::as_str) {
        Some("Allow") => Ok(Effect::Allow),
        Some("Deny") => Ok(Effect::Deny),
        _ => Err(Malformed),
    }
}

/// The patterns under one of two names, of which exactly one must be there.
fn patterns(fields: &Map<String, Value>, plain: &str, excepted: &str) -> Result<Patterns, Malformed> {
    let (element, excepted) = match (fields.get(plain), fields.get(excepted)) {
        (Some(element), None) => (element, false),
        (None, Some(element)) => (element, true),
        _ => return Err(Malformed),
    };
    Ok(Patterns { patterns: texts(element)?, excepted })
}

fn conditions(fields: &Map<String, Value>) -> Result<Vec<Condition>, Malformed> {
    fields.get("Condition").map_or(Ok(vec![]), Condition::read_all)
}

/// One text or a list of at least one; numbers and booleans count as their texts.
pub(super) fn texts(element: &Value) -> Result<Vec<String>, Malformed> {
    let text = |value: &Value| match value {
        Value::String(text) if !text.is_empty() => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(truth) => Ok(truth.to_string()),
        _ => Err(Malformed),
    };
    match element {
        Value::Array(values) if !values.is_empty() => values.iter().map(text).collect(),
        Value::Array(_) => Err(Malformed),
        value => Ok(vec![text(value)?]),
    }
}
