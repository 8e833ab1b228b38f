//! A key pair as it is stored: its public half alone.

use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::ids::{AccountId, KeyPairId, RegionId, ResourceGroupId};
use crate::paging::Listed;
use crate::tags::Tag;

/// A key pair; its name is unique within account and region.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeyPair {
    /// Whose it is.
    pub account: AccountId,
    /// Where it is.
    pub region: RegionId,
    /// Its name.
    pub name: String,
    /// Its identifier.
    pub id: KeyPairId,
    /// MD5 fingerprint of the public key, 32 hexadecimal digits.
    pub fingerprint: String,
    /// The public key as OpenSSH writes it.
    pub public_key: String,
    /// When it was made.
    pub created_ms: i64,
    /// The resource group it belongs to.
    pub resource_group: ResourceGroupId,
    /// Its tags.
    pub tags: Vec<Tag>,
}

impl Record for KeyPair {
    const TABLE: Table = Table { id: 111, name: "key_pair" };
    fn key(&self) -> Key {
        KeyPair::key_of(&self.account, &self.region, &self.name)
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

impl Listed for KeyPair {
    fn scope(&self) -> Key {
        KeyPair::scope_of(&self.account, &self.region)
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
}

impl KeyPair {
    /// The primary key of a key pair.
    pub fn key_of(account: &AccountId, region: &RegionId, name: &str) -> Key {
        Key::new().text(account).text(region).text(name)
    }

    /// Where the key pairs of an account in a region are listed and counted.
    pub fn scope_of(account: &AccountId, region: &RegionId) -> Key {
        Key::new().text(account).text(region)
    }
}

impl Cx<'_> {
    /// The caller's key pair of this name in a region.
    pub fn find_key_pair(&self, region: &RegionId, name: &str) -> Result<Option<KeyPair>, Fault> {
        self.find(&KeyPair::key_of(self.account(), region, name))
    }
}
