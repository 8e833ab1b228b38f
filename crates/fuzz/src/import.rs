//! Lines of `moyun state import`: those of a whole state, some of them replaced by the input's and some added.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use moyun_cloud::world::PatchError;
use serde_json::Value;

use crate::{Reached, clouds};

/// A state to begin with.
static LINES: LazyLock<String> = LazyLock::new(|| clouds::export(clouds::inhabited().cloud()));

const HOUR_MS: i64 = 3_600_000;

pub(crate) fn run(input: &[u8]) -> Reached {
    let Ok(text) = str::from_utf8(input) else { return Reached::Door };
    let mut lines: BTreeMap<Vec<String>, &str> = LINES.lines().map(|line| (name(line), line)).collect();
    lines.extend(text.lines().map(|line| (name(line), line)));
    let lines = lines.into_values().fold(String::new(), |all, line| all + line + "\n");
    let cloud = clouds::planted();
    let before = clouds::export(&cloud);
    match cloud.import(None, lines) {
        Ok(_) => clouds::check(&cloud),
        Err(PatchError::Refused(_)) => {
            assert_eq!(clouds::export(&cloud), before, "refused, but done");
            return Reached::Door;
        }
        Err(PatchError::Fault(fault)) => panic!("{}", fault.chain()),
    }
    let exported = clouds::export(&cloud);
    let again = cloud.import(None, exported.clone());
    again.unwrap_or_else(|error| panic!("what was exported is refused: {error:?}"));
    assert_eq!(clouds::export(&cloud), exported);
    cloud.advance(HOUR_MS).unwrap_or_else(|fault| panic!("{}", fault.chain()));
    clouds::check(&cloud);
    Reached::Inside
}

/// What a line is the record of; a line that says nothing of it is of its own kind.
fn name(line: &str) -> Vec<String> {
    let line: Value = serde_json::from_str(line).unwrap_or_else(|_| Value::from(line));
    let named = |field| line.get(field).and_then(Value::as_str).map(str::to_owned);
    match (named("table"), named("key")) {
        (Some(table), Some(key)) => vec![table, key],
        _ => vec![line.to_string()],
    }
}
