//! Which RAM user holds which access key. The key itself is a fact of the world.

use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use serde::{Deserialize, Serialize};

use crate::catalog::accounts::{AccessKeyFacts, KeyKind, KeyStatus};
use crate::catalog::text::Names;
use crate::cx::Cx;
use crate::errors::{ApiError, RamUserKeyNotFound};
use crate::ids::AccountId;
use crate::paging::{LISTED, Listed};
use crate::ram::user::record::RamUser;
use crate::world::{Fact, mixed_text};

/// The most access keys of one user.
pub const USER_KEYS_MAX: usize = 2;

/// That a user holds a key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UserKey {
    /// Whose user it is.
    pub account: AccountId,
    /// The name of the user.
    pub user: String,
    /// The key.
    pub access_key_id: String,
    /// When it was made.
    pub created_ms: i64,
}

impl Record for UserKey {
    const TABLE: Table = Table { id: 206, name: "ram_user_key" };
    fn key(&self) -> Key {
        UserKey::key_of(&self.account, &self.user, &self.access_key_id)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn counted_in(&self) -> Option<Key> {
        Some(self.scope())
    }
    fn index(&self) -> Vec<IndexRow> {
        vec![self.listed()]
    }
}

impl Listed for UserKey {
    fn scope(&self) -> Key {
        Key::new().text(&self.account).text(&self.user)
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
}

impl UserKey {
    fn key_of(account: &AccountId, user: &str, access_key_id: &str) -> Key {
        Key::new().text(account).text(user).text(access_key_id)
    }
}

/// Whether a key works, as RAM writes it.
pub(super) fn status_name(status: KeyStatus) -> &'static str {
    match status {
        KeyStatus::Active => "Active",
        KeyStatus::Inactive => "Inactive",
    }
}

impl Cx<'_> {
    /// The keys of a user, newest first.
    pub fn keys_of_user(&self, user: &RamUser) -> Result<Vec<UserKey>, Fault> {
        let scope = Key::new().text(&user.account).text(&user.name);
        self.tx.index_list(LISTED, &scope, 0, usize::MAX)
    }

    /// A key of a user, with its facts.
    pub(super) fn user_key(
        &self,
        user: &RamUser,
        access_key_id: &str,
    ) -> Result<(UserKey, AccessKeyFacts), ApiError> {
        let held = self.find::<UserKey>(&UserKey::key_of(&user.account, &user.name, access_key_id))?;
        let facts = Fact::of_key(&self.tx, access_key_id)?;
        Ok(held.zip(facts).ok_or(&RamUserKeyNotFound)?)
    }

    /// Makes a key for a user; the secret is in the facts.
    pub(super) fn make_user_key(&mut self, user: &RamUser) -> Result<(UserKey, AccessKeyFacts), Fault> {
        let held = UserKey {
            account: user.account.clone(),
            user: user.name.clone(),
            access_key_id: format!("LTAI5t{}", mixed_text(&mut self.rng, 18)),
            created_ms: self.now_ms(),
        };
        let facts = AccessKeyFacts {
            secret: mixed_text(&mut self.rng, 30),
            account: user.account.to_string(),
            kind: KeyKind::RamUser,
            principal: Some(user.name.clone()),
            status: KeyStatus::Active,
            allowed_actions: Names::All,
        };
        self.put(&held)?;
        self.put(&Fact { name: held.access_key_id.clone(), facts: facts.clone() })?;
        Ok((held, facts))
    }

    /// Hands the keys of a user to its new name.
    pub fn rename_keys(&mut self, user: &RamUser, name: &str) -> Result<(), Fault> {
        for mut held in self.keys_of_user(user)? {
            self.delete(&held)?;
            name.clone_into(&mut held.user);
            self.put(&held)?;
            if let Some(mut facts) = Fact::of_key(&self.tx, &held.access_key_id)? {
                facts.principal = Some(name.to_owned());
                self.put(&Fact { name: held.access_key_id, facts })?;
            }
        }
        Ok(())
    }
}
