//! Why a call was refused: the facts that its last check compared, without secrets.

use std::borrow::Cow;

use moyun_store::{Found, Look};
use moyun_wire::params::Params;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::doc::Language;
use crate::errors::ApiError;
use crate::spec::ActionSpec;

/// How many of the records that a refused call looked at last are kept with its refusal.
pub(crate) const LOOKS: usize = 12;

/// What stands in place of a secret.
pub const MASKED: &str = "***";

/// Parameters whose values are nobody's business, by the last part of their names.
const SECRET_PARAMETERS: [&str; 7] = [
    "AuthenticationCode1",
    "AuthenticationCode2",
    "Password",
    "PrivateKeyBody",
    "SecurityToken",
    "Signature",
    "UserData",
];

/// What the names of fields have in common whose texts are nobody's business.
const SECRET_FIELDS: [&str; 8] =
    ["secret", "password", "private_key", "token_hash", "security_token", "user_data", "userdata", "reply_"];

/// The most elements of a list or fields of a thing, and the most letters of a text, that are shown.
const SHOWN_ITEMS: usize = 24;
const SHOWN_LETTERS: usize = 600;

/// What facts are about that have no name, in English and in Chinese.
const WORDS: [(&str, &str); 18] = [
    ("account of the key", "密钥所属的账号"),
    ("calls let through", "已放行的调用次数"),
    ("calls remaining", "剩余的调用次数"),
    ("canonical request", "规范化请求"),
    ("clock", "时钟"),
    ("first seen", "首次出现的时间"),
    ("free again", "恢复调用的时间"),
    ("head of the request", "请求的头部"),
    ("holder of the key", "密钥的持有者"),
    ("kind of the key", "密钥的种类"),
    ("known algorithm", "已知的算法"),
    ("method", "HTTP 方法"),
    ("permission that was asked for", "所需的权限"),
    ("requests in flight", "正在处理的请求数"),
    ("server", "服务器"),
    ("string to sign", "待签名的字符串"),
    ("what decided", "裁决的依据"),
    ("who asked", "调用者"),
];

/// How the others begin that are not a name alone.
const BEGINNINGS: [(&str, &str); 3] =
    [("count of ", "数量："), ("header ", "请求头 "), ("parameter ", "参数 ")];

/// A fact that a check compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// What it is about: a path of the world, a record, a parameter, or a few words.
    pub what: String,
    /// What it is; null where there is no such thing.
    pub value: Value,
}

/// What a refusal takes along of what was compared.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// Facts that the check itself named, where no record tells them.
    pub facts: Vec<Compared>,
    /// What the call looked at last, latest first.
    pub looks: Vec<Look>,
}

impl Compared {
    /// A fact in words.
    pub fn new(what: impl Into<String>, value: impl Into<Value>) -> Compared {
        Compared { what: what.into(), value: value.into() }
    }

    /// What it is about, in a language: names and paths are the same in all.
    pub fn words(&self, language: Language) -> Cow<'_, str> {
        let what = self.what.as_str();
        if language == Language::En {
            return what.into();
        }
        let begins = BEGINNINGS.iter().find_map(|(en, zh)| Some((what.strip_prefix(en)?, zh)));
        match (WORDS.iter().find(|(en, _)| *en == what), begins) {
            (Some((_, zh)), _) => (*zh).into(),
            (None, Some((rest, zh))) => format!("{zh}{rest}").into(),
            (None, None) => what.into(),
        }
    }

    /// A parameter as it came.
    fn parameter(name: &str, params: &Params) -> Compared {
        let value = params.get(name).map_or(Value::Null, |value| shown_parameter(name, value).into());
        Compared::new(format!("parameter {name}"), value)
    }
}

/// Whether nobody may see the value of a parameter.
pub fn is_secret(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    SECRET_PARAMETERS.iter().any(|secret| last.ends_with(secret)) || last.ends_with("Secret")
}

/// The value of a parameter as everybody may see it.
pub fn shown_parameter(name: &str, value: &str) -> String {
    if is_secret(name) && !value.is_empty() { MASKED.to_owned() } else { value.to_owned() }
}

/// The facts behind a refusal, the nearest first: what the check itself named, the parameters that its row speaks of, the
/// permission that was missing, and the records that were looked at last.
pub fn facts(refusal: &ApiError, params: &Params, spec: Option<&ActionSpec>) -> Vec<Compared> {
    let mut facts = refusal.evidence.facts.clone();
    let mut add = |fact: Compared| {
        if facts.iter().all(|known| known.what != fact.what) {
            facts.push(fact);
        }
    };
    for (name, value) in &refusal.values {
        match (*name, params.get(value)) {
            ("parameter", _) | (_, Some(_)) => add(Compared::parameter(value, params)),
            _ if names_parameter(value, spec) => add(Compared::parameter(value, params)),
            _ => add(Compared::new(*name, value.as_str())),
        }
    }
    spoken_of(refusal, params, spec).iter().for_each(|name| add(Compared::parameter(name, params)));
    if let Some(denied) = &refusal.denied {
        add(Compared::new("permission that was asked for", denied.action.as_str()));
        add(Compared::new("who asked", format!("{} {}", denied.principal_type, denied.principal_name)));
        add(Compared::new("what decided", format!("{} {}", denied.policy_type, denied.no_permission_type)));
    }
    refusal.evidence.looks.iter().map(shown_look).for_each(&mut add);
    facts
}

fn names_parameter(name: &str, spec: Option<&ActionSpec>) -> bool {
    let common = ["SignatureNonce", "RegionId", "ClientToken", "DryRun"];
    common.contains(&name) || spec.is_some_and(|spec| spec.params.iter().any(|param| param.name == name))
}

/// The parameters that the words of the row name, `DataDisk.n.Size` for each that was sent.
fn spoken_of(refusal: &ApiError, params: &Params, spec: Option<&ActionSpec>) -> Vec<String> {
    let mut names = vec![];
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '.';
    let texts = [refusal.row.message, refusal.row.doc];
    let words = texts.iter().flat_map(|text| text.split(|letter| !is_part(letter)));
    for word in words.map(|word| word.trim_matches('.')).filter(|word| !word.is_empty()) {
        let before = names.len();
        let is_named = |name: &str| numberless(name).eq_ignore_ascii_case(word);
        names.extend(params.iter().map(|(name, _)| name.to_owned()).filter(|name| is_named(name)));
        // Ordinary words of a sentence begin with a small letter.
        if names.len() == before && word.starts_with(char::is_uppercase) && names_parameter(word, spec) {
            names.push(word.to_owned());
        }
    }
    names
}

/// `DataDisk.1.Size` as the reference writes it.
fn numberless(name: &str) -> String {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = name.split('.').map(|part| if is_number(part) { "n" } else { part });
    parts.collect::<Vec<_>>().join(".")
}

fn shown_look(look: &Look) -> Compared {
    let key = look.key.words();
    let table = look.table.name;
    let what = if key.is_empty() { table.to_owned() } else { format!("{table}/{key}") };
    let value = match &look.found {
        Found::Count(count) => return Compared::new(format!("count of {what}"), *count),
        Found::Record(_) => look.record::<Value>().unwrap_or_default(),
    };
    Compared::new(what, shown(within_fact(value)))
}

/// A fact of the world is stored under a name that its path has already.
fn within_fact(value: Value) -> Value {
    match value {
        Value::Object(mut fields) if fields.len() == 2 && fields.contains_key("name") => {
            match fields.remove("facts") {
                Some(facts) => facts,
                None => Value::Object(fields),
            }
        }
        other => other,
    }
}

/// A value without its secrets, and no longer than can be read.
fn shown(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let more = fields.len().saturating_sub(SHOWN_ITEMS);
            let mut kept: Map<String, Value> = fields
                .into_iter()
                .take(SHOWN_ITEMS)
                .map(
                    |(name, value)| {
                        if hides(&name, &value) { (name, MASKED.into()) } else { (name, shown(value)) }
                    },
                )
                .collect();
            if more > 0 {
                kept.insert("…".to_owned(), format!("+{more}").into());
            }
            Value::Object(kept)
        }
        Value::Array(items) => {
            let more = items.len().saturating_sub(SHOWN_ITEMS);
            let mut kept: Vec<Value> = items.into_iter().take(SHOWN_ITEMS).map(shown).collect();
            if more > 0 {
                kept.push(format!("… +{more}").into());
            }
            Value::Array(kept)
        }
        Value::String(text) if text.chars().count() > SHOWN_LETTERS => {
            (text.chars().take(SHOWN_LETTERS).collect::<String>() + "…").into()
        }
        other => other,
    }
}

/// Whether a field holds a secret; whether there is one at all is none.
fn hides(name: &str, value: &Value) -> bool {
    let name = name.to_ascii_lowercase();
    let is_telling = !matches!(value, Value::Bool(_) | Value::Null) && value != "";
    is_telling && SECRET_FIELDS.iter().any(|secret| name.contains(secret))
}

#[cfg(test)]
mod tests {
    use moyun_wire::params::Params;
    use serde_json::json;

    use super::{facts, is_secret, shown, shown_parameter};
    use crate::errors::{DataDiskTooLarge, ParameterMalformed};

    #[test]
    fn secrets_are_masked_wherever_they_stand() {
        let value =
            json!({ "kind": "owner", "secret": "s", "in": [{ "Password": "p", "has_password": true }] });
        let masked =
            json!({ "kind": "owner", "secret": "***", "in": [{ "Password": "***", "has_password": true }] });
        assert_eq!(shown(value), masked);
        assert!(
            is_secret("DataDisk.1.Password") && is_secret("AccessKeySecret") && !is_secret("ClientToken")
        );
        assert_eq!(shown_parameter("UserData", "ZWNobw=="), "***");
    }

    #[test]
    fn long_values_are_cut_and_say_so() {
        let list = shown(json!((0..30).collect::<Vec<_>>()));
        assert_eq!(list.as_array().unwrap().last().unwrap(), "… +6");
        assert_eq!(shown(json!("x".repeat(700))).as_str().unwrap().chars().count(), 601);
    }

    #[test]
    fn parameters_that_a_refusal_names_are_among_its_facts() {
        let query = "DataDisk.1.Size=5&DataDisk.2.Size=99999&Amount=three";
        let params = Params::decode(query.as_bytes(), None).unwrap();
        let named = facts(&ParameterMalformed.about("Amount"), &params, None);
        assert_eq!((&*named[0].what, &named[0].value), ("parameter Amount", &json!("three")));
        let spoken = facts(&(&DataDiskTooLarge).into(), &params, None);
        let names: Vec<&str> = spoken.iter().map(|fact| &*fact.what).collect();
        assert_eq!(names, ["parameter DataDisk.1.Size", "parameter DataDisk.2.Size"]);
    }
}
