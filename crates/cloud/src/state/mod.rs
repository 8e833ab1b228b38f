//! The stored state as lines that people and `jq` can read, one record each, and back.
//!
//! Index, due and count rows follow from the records and are not among the lines.

mod differences;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use moyun_store::{Fault, Reader, Span, Tx, Writes};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::audit;
use crate::cloud::Void;
use crate::ids::AccountId;
use crate::tables::{KINDS, Kind};
use crate::world::PatchError;

pub use differences::differences;

/// One record.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// The name of its table.
    table: String,
    /// Its key, for readers: the record says it as well.
    key: String,
    /// The version of its form.
    version: u8,
    /// What is stored.
    record: Value,
}

/// The names of all tables.
pub fn tables() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|kind| kind.name)
}

/// The state, or what belongs to one account, one record a line, always in the same order.
pub fn export(tx: &Tx<'_>, account: Option<&AccountId>) -> Result<String, Fault> {
    let mut lines = String::new();
    for kind in KINDS {
        for (key, record) in (kind.list)(tx)? {
            if account.is_some_and(|account| owner(kind.name, &record) != Some(account.as_str())) {
                continue;
            }
            let line = Line { table: kind.name.to_owned(), key: key.shown(), version: kind.version, record };
            let line = serde_json::to_string(&line)
                .map_err(|cause| Fault::caused(format!("{} {} has no line", kind.name, line.key), cause))?;
            lines.push_str(&line);
            lines.push('\n');
        }
    }
    Ok(lines)
}

/// What turns a view into the state that the lines tell, or only what belongs to one account into that.
///
/// Nothing is written unless every line makes sense and the whole state is sound.
pub(crate) fn import(
    view: &dyn Reader,
    account: Option<&AccountId>,
    lines: &str,
) -> Result<(u64, Writes), PatchError> {
    let mut writes = Writes::default();
    let mut tx = match account {
        Some(_) => Tx::new(view),
        None => {
            view.scan(&Span::prefix(&[]), &mut |key, _| {
                writes.rows.insert(key.to_vec(), None);
                ControlFlow::Continue(())
            })?;
            Tx::new(&Void)
        }
    };
    if let Some(account) = account {
        remove(&mut tx, account)?;
    }
    let count = put_lines(&mut tx, account, lines)?;
    if let Some(problem) = audit::problems(&tx).into_iter().next() {
        return Err(refused(format!("the state would not be sound: {problem}")));
    }
    let Writes { rows, lanes } = tx.into_writes();
    writes.rows.extend(rows);
    Ok((count, Writes { lanes, ..writes }))
}

fn remove(tx: &mut Tx<'_>, account: &AccountId) -> Result<(), Fault> {
    for kind in KINDS {
        for (key, record) in (kind.list)(tx)? {
            if owner(kind.name, &record) == Some(account.as_str()) {
                (kind.delete)(tx, &key)?;
            }
        }
    }
    Ok(())
}

/// Stores the records of all lines, or of those of one account; how many these are.
fn put_lines(tx: &mut Tx<'_>, account: Option<&AccountId>, lines: &str) -> Result<u64, PatchError> {
    let mut seen = BTreeMap::new();
    let mut count = 0;
    for (number, text) in lines.lines().enumerate().map(|(at, text)| (at + 1, text)) {
        let at_line = |sentence: String| refused(format!("line {number}: {sentence}"));
        let (kind, line) = parse(text).map_err(at_line)?;
        if let Some(first) = seen.insert((line.table, line.key.clone()), number) {
            return Err(at_line(format!("this is the record of line {first} again")));
        }
        if account.is_some_and(|account| owner(kind.name, &line.record) != Some(account.as_str())) {
            continue;
        }
        let key = (kind.put)(tx, line.record).map_err(|error| match error {
            PatchError::Refused(sentence) => at_line(sentence),
            fault @ PatchError::Fault(_) => fault,
        })?;
        if key.shown() != line.key {
            return Err(at_line(format!("its key is {}, but the record is {}", line.key, key.shown())));
        }
        count += 1;
    }
    match (count, account) {
        (0, Some(account)) => Err(refused(format!("nothing in it belongs to account {account}"))),
        (0, None) => Err(refused("there is nothing in it".to_owned())),
        _ => Ok(count),
    }
}

fn parse(text: &str) -> Result<(&'static Kind, Line), String> {
    let line: Line = serde_json::from_str(text).map_err(|error| format!("this is no record: {error}"))?;
    let kind = KINDS.iter().find(|kind| kind.name == line.table);
    let kind = kind.ok_or_else(|| format!("there is no table {}", line.table))?;
    match line.version == kind.version {
        true => Ok((kind, line)),
        false => Err(format!("{} has version {} here, not {}", kind.name, kind.version, line.version)),
    }
}

/// The account to which a record belongs, if it belongs to one.
fn owner<'r>(table: &str, record: &'r Value) -> Option<&'r str> {
    let field = match table {
        "accounts" => record.get("name"),
        "access_keys" | "snapshots" => record.pointer("/facts/account"),
        _ => record.get("account"),
    };
    field.and_then(Value::as_str)
}

fn refused(sentence: String) -> PatchError {
    PatchError::Refused(sentence)
}
