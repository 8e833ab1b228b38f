//! When each access key was last used.
//!
//! A use is noted in memory, where it costs no write; from time to time all that is new goes to the store at once.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use moyun_store::{Fault, Key, Lane, Record, Table, Tx};
use serde::{Deserialize, Serialize};

use crate::cx::{Caller, Cx, Identity};
use crate::spec::Product;
use crate::world::Fact;

/// The last accepted call of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyUse {
    /// The key.
    pub access_key_id: String,
    /// When the call was accepted.
    pub at_ms: i64,
    /// The product that was called.
    pub product: String,
}

impl Record for KeyUse {
    const TABLE: Table = Table { id: 209, name: "ram_key_use" };
    fn key(&self) -> Key {
        KeyUse::key_of(&self.access_key_id)
    }
    fn lane(&self) -> Lane {
        lane()
    }
}

/// The lane in which uses of access keys are stored.
pub(crate) fn lane() -> Lane {
    Lane("key-uses".to_owned())
}

impl KeyUse {
    /// The primary key of the last use of an access key.
    pub fn key_of(access_key_id: &str) -> Key {
        Key::new().text(access_key_id)
    }
}

/// Uses that the store may not know yet.
#[derive(Debug, Default)]
pub struct Uses(Mutex<BTreeMap<String, KeyUse>>);

impl Uses {
    /// Notes that a key called a product. Temporary keys are nobody's to ask for.
    pub(crate) fn note(&self, caller: &Caller, product: Product, at_ms: i64) {
        if !matches!(caller.identity, Identity::Session { .. }) {
            self.keep(KeyUse {
                access_key_id: caller.access_key_id.clone(),
                at_ms,
                product: product.name().to_owned(),
            });
        }
    }

    /// Keeps a use unless a later one is known.
    pub(crate) fn keep(&self, new: KeyUse) {
        let mut known = self.known();
        if known.get(&new.access_key_id).is_none_or(|old| old.at_ms <= new.at_ms) {
            known.insert(new.access_key_id.clone(), new);
        }
    }

    /// Hands out all uses and forgets them.
    pub(crate) fn take(&self) -> Vec<KeyUse> {
        std::mem::take(&mut *self.known()).into_values().collect()
    }

    fn find(&self, access_key_id: &str) -> Option<KeyUse> {
        self.known().get(access_key_id).cloned()
    }

    /// Whatever broke off another thread, each entry is whole.
    fn known(&self) -> MutexGuard<'_, BTreeMap<String, KeyUse>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Stores uses of keys that are still there, unless the store knows later ones.
pub(crate) fn store(tx: &mut Tx<'_>, uses: &[KeyUse]) -> Result<(), Fault> {
    for new in uses {
        let is_newer = tx.find::<KeyUse>(&new.key())?.is_none_or(|old| old.at_ms < new.at_ms);
        if is_newer && Fact::of_key(tx, &new.access_key_id)?.is_some() {
            tx.put(new)?;
        }
    }
    Ok(())
}

impl Cx<'_> {
    /// The last use of a key, be it stored or not.
    pub(super) fn last_use(&self, access_key_id: &str) -> Result<Option<KeyUse>, Fault> {
        let stored = self.find::<KeyUse>(&KeyUse::key_of(access_key_id))?;
        let noted = self.uses.and_then(|uses| uses.find(access_key_id));
        Ok(stored.into_iter().chain(noted).max_by_key(|last| last.at_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_that_is_put_back_never_hides_a_later_one() {
        let used = |at_ms| KeyUse { access_key_id: "a".to_owned(), at_ms, product: "Ecs".to_owned() };
        let uses = Uses::default();
        uses.keep(used(2));
        uses.keep(used(1));
        assert_eq!(uses.take(), [used(2)]);
        assert_eq!(uses.take(), []);
    }
}
