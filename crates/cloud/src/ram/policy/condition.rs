//! Conditions of a statement: what must be true of the request beside action and resource.

use std::net::IpAddr;

use ipnet::IpNet;
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::ram::policy::Malformed;
use crate::ram::policy::document::texts;
use crate::ram::policy::pattern::fits;

/// What is known of a request, by condition key.
#[derive(Debug, Clone, Default)]
pub struct Circumstances(Vec<(&'static str, String)>);

impl Circumstances {
    /// Adds a fact.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<String>) -> Circumstances {
        self.0.push((key, value.into()));
        self
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, value)| value.as_str())
    }
}

/// One key compared with values.
#[derive(Debug)]
pub(super) struct Condition {
    compare: Compare,
    /// Whether none of the values may fit, instead of one.
    negated: bool,
    key: String,
    values: Vec<Operand>,
}

/// How a condition compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compare {
    Text,
    TextIgnoringCase,
    Pattern,
    Number(Order),
    Date(Order),
    Bool,
    Address,
}

/// How two values must lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A value as its comparison wants it.
#[derive(Debug)]
enum Operand {
    Text(String),
    Number(f64),
    Date(OffsetDateTime),
    Bool(bool),
    Address(IpNet),
}

impl Condition {
    /// Reads the `Condition` element: operator → key → value or values.
    pub(super) fn read_all(element: &Value) -> Result<Vec<Condition>, Malformed> {
        let operators = element.as_object().ok_or(Malformed)?;
        let mut conditions = vec![];
        for (operator, keys) in operators {
            let (compare, negated) = operator_named(operator).ok_or(Malformed)?;
            for (key, values) in keys.as_object().ok_or(Malformed)? {
                let values = texts(values)?.into_iter().map(|text| compare.operand(&text).ok_or(Malformed));
                let values = values.collect::<Result<Vec<Operand>, Malformed>>()?;
                conditions.push(Condition { compare, negated, key: key.clone(), values });
            }
        }
        Ok(conditions)
    }

    /// Whether the condition holds. A key that the request has no value for meets no condition.
    pub(super) fn holds(&self, circumstances: &Circumstances) -> bool {
        let Some(actual) = circumstances.get(&self.key) else { return false };
        let fits = self.values.iter().any(|value| self.compare.fits(actual, value));
        fits != self.negated
    }
}

impl Compare {
    fn operand(self, text: &str) -> Option<Operand> {
        Some(match self {
            Compare::Text | Compare::TextIgnoringCase | Compare::Pattern => Operand::Text(text.to_owned()),
            Compare::Number(_) => Operand::Number(text.parse().ok()?),
            Compare::Date(_) => Operand::Date(OffsetDateTime::parse(text, &Rfc3339).ok()?),
            Compare::Bool => Operand::Bool(text.to_ascii_lowercase().parse().ok()?),
            Compare::Address => {
                let single = |text: &str| text.parse::<IpAddr>().ok().map(IpNet::from);
                Operand::Address(text.parse().ok().or_else(|| single(text))?)
            }
        })
    }

    fn fits(self, actual: &str, wanted: &Operand) -> bool {
        match (self, wanted) {
            (Compare::Text, Operand::Text(wanted)) => actual == wanted,
            (Compare::TextIgnoringCase, Operand::Text(wanted)) => {
                actual.to_lowercase() == wanted.to_lowercase()
            }
            (Compare::Pattern, Operand::Text(wanted)) => fits(actual, wanted),
            (Compare::Number(order), Operand::Number(wanted)) => {
                actual.parse::<f64>().is_ok_and(|actual| order.holds(&actual, wanted))
            }
            (Compare::Date(order), Operand::Date(wanted)) => {
                OffsetDateTime::parse(actual, &Rfc3339).is_ok_and(|actual| order.holds(&actual, wanted))
            }
            (Compare::Bool, Operand::Bool(wanted)) => actual.parse() == Ok(*wanted),
            (Compare::Address, Operand::Address(wanted)) => {
                actual.parse::<IpAddr>().is_ok_and(|actual| wanted.contains(&actual))
            }
            _ => false,
        }
    }
}

impl Order {
    fn holds<T: PartialOrd>(self, actual: &T, wanted: &T) -> bool {
        match self {
            Order::Equal => actual == wanted,
            Order::Less => actual < wanted,
            Order::LessOrEqual => actual <= wanted,
            Order::Greater => actual > wanted,
            Order::GreaterOrEqual => actual >= wanted,
        }
    }
}

/// How the operator of this name compares, and whether it is the negation of that.
fn operator_named(name: &str) -> Option<(Compare, bool)> {
    Some(match name {
        "StringEquals" => (Compare::Text, false),
        "StringNotEquals" => (Compare::Text, true),
        "StringEqualsIgnoreCase" => (Compare::TextIgnoringCase, false),
        "StringNotEqualsIgnoreCase" => (Compare::TextIgnoringCase, true),
        "StringLike" => (Compare::Pattern, false),
        "StringNotLike" => (Compare::Pattern, true),
        "NumericEquals" => (Compare::Number(Order::Equal), false),
        "NumericNotEquals" => (Compare::Number(Order::Equal), true),
        "NumericLessThan" => (Compare::Number(Order::Less), false),
        "NumericLessThanEquals" => (Compare::Number(Order::LessOrEqual), false),
        "NumericGreaterThan" => (Compare::Number(Order::Greater), false),
        "NumericGreaterThanEquals" => (Compare::Number(Order::GreaterOrEqual), false),
        "DateEquals" => (Compare::Date(Order::Equal), false),
        "DateNotEquals" => (Compare::Date(Order::Equal), true),
        "DateLessThan" => (Compare::Date(Order::Less), false),
        "DateLessThanEquals" => (Compare::Date(Order::LessOrEqual), false),
        "DateGreaterThan" => (Compare::Date(Order::Greater), false),
        "DateGreaterThanEquals" => (Compare::Date(Order::GreaterOrEqual), false),
        "Bool" => (Compare::Bool, false),
        "IpAddress" => (Compare::Address, false),
        "NotIpAddress" => (Compare::Address, true),
        _ => return None,
    })
}
