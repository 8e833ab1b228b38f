//! An alias as it is stored: under its own text, for no two accounts share one.

use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::ids::AccountId;

/// The index by account.
const OF_ACCOUNT: u16 = 0;

/// Another name of an account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AccountAlias {
    /// The name.
    pub alias: String,
    /// Whose it is.
    pub account: AccountId,
}

impl Record for AccountAlias {
    const TABLE: Table = Table { id: 211, name: "ram_account_alias" };
    fn key(&self) -> Key {
        AccountAlias::key_of(&self.alias)
    }
    fn lane(&self) -> Lane {
        Lane(format!("account-alias-{}", self.alias))
    }
    fn index(&self) -> Vec<IndexRow> {
        vec![IndexRow { index: OF_ACCOUNT, key: Key::new().text(&self.account) }]
    }
}

impl AccountAlias {
    /// The primary key of an alias.
    pub fn key_of(alias: &str) -> Key {
        Key::new().text(alias)
    }
}

impl Cx<'_> {
    /// The alias of the account.
    pub(super) fn account_alias(&self) -> Result<Option<AccountAlias>, Fault> {
        let own = self.tx.index_list(OF_ACCOUNT, &Key::new().text(self.account()), 0, 1)?;
        Ok(own.into_iter().next())
    }
}
