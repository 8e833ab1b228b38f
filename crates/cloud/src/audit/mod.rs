//! What must hold of every stored state: rows that follow from records do, and what records name is there.
//!
//! What an operator may take away through the world document (regions, zones, accounts, keys, built-in images) may be
//! missing; stock is a number of what is left, so that nothing tells what it should be.

mod identities;
mod network;
mod resources;

use moyun_store::{Audit, Fault, Key, Record, Tx};

use crate::clock::Clock;
use crate::tables::KINDS;
use crate::world::Fact;

/// Every inconsistency of a state, each as a sentence; none in a sound one.
pub fn problems(tx: &Tx<'_>) -> Vec<String> {
    // A state that cannot be read to its end is a problem as well.
    find(tx).unwrap_or_else(|fault| vec![fault.chain()])
}

fn find(tx: &Tx<'_>) -> Result<Vec<String>, Fault> {
    let mut audit = Audit::default();
    for kind in KINDS {
        (kind.audit)(&mut audit, tx)?;
    }
    let mut problems = audit.problems(tx)?;
    // Links are told of what can be read alone.
    if problems.is_empty() {
        if tx.find::<Clock>(&Key::new())?.is_none() {
            problems.push("the world has no clock".to_owned());
        }
        problems.extend(Fact::limits(tx).err().map(|fault| fault.chain()));
        network::check(tx, &mut problems)?;
        resources::check(tx, &mut problems)?;
        identities::check(tx, &mut problems)?;
    }
    Ok(problems)
}

/// Every record of a table.
fn all<R: Record>(tx: &Tx<'_>) -> Result<Vec<R>, Fault> {
    tx.list(&Key::new())
}

/// Tells when a record that `who` names is missing.
fn must_exist<R: Record>(
    tx: &Tx<'_>,
    key: &Key,
    who: &str,
    problems: &mut Vec<String>,
) -> Result<Option<R>, Fault> {
    let found = tx.find::<R>(key)?;
    if found.is_none() {
        problems.push(format!("{who} names {} {}, which is missing", R::TABLE.name, key.words()));
    }
    Ok(found)
}
