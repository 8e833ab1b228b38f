//! The world document as a table: every fact that a fresh world has, and what it means.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::doc::form::{self, Language};
use crate::story::Story;
use crate::world::{DEFAULT_ACCOUNT, DEFAULT_KEY_ID};

/// Sections that hold many things: the name of any of them in a path, and the one that is shown.
const SAMPLES: [(&str, &str, &str); 10] = [
    ("access_keys", "K", DEFAULT_KEY_ID),
    ("accounts", "U", DEFAULT_ACCOUNT),
    ("components", "X", "compute"),
    ("disk_categories", "C", "cloud_efficiency"),
    ("images", "I", "aliyun_3_x64_20G_alibase_20230727.vhd"),
    ("instance_types", "T", "ecs.g5.large"),
    ("ram", "U", DEFAULT_ACCOUNT),
    ("regions", "R", "cn-hangzhou"),
    ("snapshots", "S", SNAPSHOT),
    ("zones", "Z", "cn-hangzhou-h"),
];

/// A snapshot that is imported to be shown.
const SNAPSHOT: &str = "s-example";

/// The longest value that is shown whole.
const VALUE_LETTERS: usize = 60;

/// What a fact means.
#[derive(Deserialize)]
struct Meaning {
    unit: String,
    /// What it is where a fresh world has none.
    kind: Option<String>,
    zh: String,
    en: String,
}

static MEANINGS: LazyLock<BTreeMap<String, Meaning>> =
    LazyLock::new(|| toml::from_str(include_str!("world.toml")).expect("world.toml is a table of meanings"));

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let mut story = Story::begin();
    story.patch("clock", json!({ "mode": "real" }));
    let facts = json!({
        "account": DEFAULT_ACCOUNT, "region": "cn-hangzhou", "disk_kind": "data", "size": 100,
        "creation_time": "2025-12-01T00:00:00Z"
    });
    story.patch(&format!("snapshots/{SNAPSHOT}"), facts);
    let document = story.cloud().world(&[]).expect("the engine of a story does not fail");
    document.expect("the world is a document")
});

/// The facts whose path begins so, each a row.
pub(super) fn table(prefix: &str, language: Language) -> String {
    let head = language.pick(
        ["路径", "类型", "单位", "内置值", "含义"],
        ["Path", "Type", "Unit", "Built-in value", "Meaning"],
    );
    let rows = facts().into_iter().filter(|(path, _)| path.starts_with(prefix)).map(|(path, value)| {
        let meaning = MEANINGS.get(&path);
        let unit = meaning.map_or("-", |meaning| &meaning.unit).to_owned();
        let words = meaning.map_or("", |meaning| language.pick(&meaning.zh, &meaning.en)).to_owned();
        let kind =
            meaning.and_then(|meaning| meaning.kind.as_deref()).unwrap_or_else(|| kind(value)).to_owned();
        let value = shown(value);
        [format!("`{path}`"), kind, unit, format!("`{value}`"), words]
    });
    form::table(head, rows)
}

/// The value of a fact in a fresh world.
pub(super) fn fact(path: &str) -> String {
    let value = DOCUMENT.pointer(&format!("/{path}")).unwrap_or_else(|| panic!("the world has no {path}"));
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The things that stand for all of their section.
pub(super) fn samples(language: Language) -> String {
    let named = SAMPLES.iter().filter(|(section, ..)| !["ram", "snapshots"].contains(section));
    named.map(|(_, _, name)| format!("`{name}`")).collect::<Vec<_>>().join(language.pick("、", ", "))
}

/// Facts without a meaning, and meanings of no fact.
pub(crate) fn audit() -> (Vec<String>, Vec<String>) {
    let facts: BTreeSet<String> = facts().into_iter().map(|(path, _)| path).collect();
    let missing = facts.iter().filter(|path| !MEANINGS.contains_key(*path)).cloned().collect();
    (missing, MEANINGS.keys().filter(|path| !facts.contains(*path)).cloned().collect())
}

/// Every fact by its path, with a letter for the names that may be any.
fn facts() -> Vec<(String, &'static Value)> {
    let mut facts = vec![];
    for (section, value) in DOCUMENT.as_object().into_iter().flatten() {
        match SAMPLES.iter().find(|(name, ..)| name == section) {
            Some((_, any, name)) => {
                let thing = value.get(name).unwrap_or_else(|| panic!("the world has no {section}/{name}"));
                add_facts(format!("{section}.{any}"), thing, &mut facts);
            }
            None => add_facts(section.clone(), value, &mut facts),
        }
    }
    facts
}

fn add_facts(path: String, value: &'static Value, facts: &mut Vec<(String, &'static Value)>) {
    match value.as_object().filter(|members| !members.is_empty()) {
        Some(members) => {
            members.iter().for_each(|(name, value)| add_facts(format!("{path}.{name}"), value, facts))
        }
        None => facts.push((path, value)),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "Boolean",
        Value::Number(_) => "Number",
        Value::String(_) => "String",
        Value::Array(_) => "Array",
        Value::Object(_) => "Object",
    }
}

/// The value, or of a long list how it begins.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    match value.as_array().and_then(|values| values.first()) {
        Some(first) if text.len() > VALUE_LETTERS => format!("[{first}, …]"),
        _ => text,
    }
}
