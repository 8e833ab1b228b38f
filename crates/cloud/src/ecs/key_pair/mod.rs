//! Key pairs: SSH keys to log in with.

pub mod given;
pub mod outcome;
mod private_key;
pub mod public_key;
pub mod record;

pub mod attach_key_pair;
pub mod create_key_pair;
pub mod delete_key_pairs;
pub mod describe_key_pairs;
pub mod detach_key_pair;
pub mod import_key_pair;

use crate::cx::Cx;
use crate::ecs::key_pair::public_key::PublicKey;
use crate::ecs::key_pair::record::KeyPair;
use crate::errors::{ApiError, KeyPairExists, KeyPairQuotaExceeded};
use crate::ids::{KeyPairId, ResourceGroupId};
use crate::tags::{self, TagParam};

/// The most key pairs of an account in a region.
pub const KEY_PAIRS_MAX: u64 = 500;

/// What a new key pair is called and belongs to.
struct NewKeyPair {
    name: String,
    resource_group: Option<ResourceGroupId>,
    tags: Vec<TagParam>,
}

impl NewKeyPair {
    /// The key pair around a public key, which is made only once the name is known to be free.
    fn make(self, cx: &mut Cx<'_>, key: impl FnOnce(&mut Cx<'_>) -> PublicKey) -> Result<KeyPair, ApiError> {
        let region = cx.region().clone();
        let tags = tags::read(&self.tags)?;
        if cx.find_key_pair(&region, &self.name)?.is_some() {
            return Err(KeyPairExists.about("KeyPairName"));
        }
        if cx.tx.count::<KeyPair>(&KeyPair::scope_of(cx.account(), &region))? >= KEY_PAIRS_MAX {
            return Err((&KeyPairQuotaExceeded).into());
        }
        let id = KeyPairId(cx.new_id("ssh", &region, 20));
        let key = key(cx);
        let pair = KeyPair {
            account: cx.account().clone(),
            region,
            name: self.name,
            id,
            fingerprint: key.fingerprint(),
            public_key: key.text(),
            created_ms: cx.now_ms(),
            resource_group: self.resource_group.unwrap_or_default(),
            tags,
        };
        cx.put(&pair)?;
        Ok(pair)
    }
}
