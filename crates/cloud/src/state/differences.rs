//! What differs between two states, told for the eye.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::state::{Line, parse};

/// What differs from `before` to `after`, both exported: records that came and went, and fields that changed.
pub fn differences(before: &str, after: &str) -> Result<Vec<String>, String> {
    let (before, mut after) = (records(before)?, records(after)?);
    let mut told = vec![];
    for ((table, key), old) in before {
        let name = format!("{table} {key}").trim_end().to_owned();
        match after.remove(&(table, key)) {
            None => told.push(format!("- {name}")),
            Some(new) => fields("", &old, &new, &mut |change| told.push(format!("~ {name}: {change}"))),
        }
    }
    told.extend(after.into_keys().map(|(table, key)| format!("+ {table} {key}").trim_end().to_owned()));
    Ok(told)
}

fn records(lines: &str) -> Result<BTreeMap<(String, String), Value>, String> {
    let read = |(at, text): (usize, &str)| {
        let (_, Line { table, key, record, .. }) =
            parse(text).map_err(|sentence| format!("line {}: {sentence}", at + 1))?;
        Ok(((table, key), record))
    };
    lines.lines().enumerate().map(read).collect()
}

/// Tells every field that differs, by its path.
fn fields(path: &str, old: &Value, new: &Value, tell: &mut dyn FnMut(String)) {
    match (old, new) {
        _ if old == new => {}
        (Value::Object(olds), Value::Object(news)) => {
            let names: BTreeSet<&String> = olds.keys().chain(news.keys()).collect();
            for name in names {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                let value = |values: &Map<String, Value>| values.get(name).cloned();
                fields(&path, &value(olds).unwrap_or_default(), &value(news).unwrap_or_default(), tell);
            }
        }
        _ if path.ends_with("secret") => tell(format!("{path} changed")),
        _ => tell(format!("{path} {old} → {new}")),
    }
}
