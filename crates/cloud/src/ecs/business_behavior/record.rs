//! A default as it is stored.

use moyun_store::{Key, Lane, Record, Table};
use serde::{Deserialize, Serialize};

use crate::ids::AccountId;

/// A default of an account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BusinessBehavior {
    /// Whose it is.
    pub account: AccountId,
    /// What it is about.
    pub status_key: String,
    /// What it is.
    pub status_value: String,
}

impl Record for BusinessBehavior {
    const TABLE: Table = Table { id: 208, name: "business_behavior" };
    fn key(&self) -> Key {
        BusinessBehavior::key_of(&self.account, &self.status_key)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
}

impl BusinessBehavior {
    /// The primary key of a default.
    pub fn key_of(account: &AccountId, status_key: &str) -> Key {
        Key::new().text(account).text(status_key)
    }
}
