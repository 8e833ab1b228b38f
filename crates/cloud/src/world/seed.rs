//! The world as it is at the first start.

use moyun_store::{Fault, Tx};
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::Rng;

use crate::catalog;
use crate::catalog::accounts::{AccessKeyFacts, AccountFacts};
use crate::catalog::limits::LimitFacts;
use crate::clock::Clock;
use crate::world::{Fact, Facts};

/// The uid of the account that is always there.
pub const DEFAULT_ACCOUNT: &str = "1000000000000001";
/// Its login name.
const DEFAULT_LOGIN: &str = "owner@moyun.local";
/// The id of its access key.
pub const DEFAULT_KEY_ID: &str = "LTAI5tMoyunLocalTest";
/// The secret of its access key, until somebody changes it.
pub const DEFAULT_SECRET: &str = "moyun-local-secret";

/// A fresh account with a key of its own.
#[derive(Clone, serde::Serialize)]
pub struct NewAccount {
    /// Its uid.
    pub uid: String,
    /// Its login name.
    pub login_name: String,
    /// The id of its key.
    pub access_key_id: String,
    /// The secret of its key, shown this once.
    pub access_key_secret: String,
}

/// Plants the built-in world into an empty store.
pub(crate) fn plant(tx: &mut Tx<'_>) -> Result<(), Fault> {
    tx.put(&Clock::REAL)?;
    put(tx, "", LimitFacts::default())?;
    for (name, facts) in catalog::regions::builtin_regions() {
        put(tx, &name, facts)?;
    }
    for (name, facts) in catalog::zones::builtin_zones() {
        put(tx, &name, facts)?;
    }
    for (name, facts) in catalog::images::builtin_images() {
        put(tx, &name, facts)?;
    }
    for (name, facts) in catalog::limits::builtin_components() {
        put(tx, &name, facts)?;
    }
    put(tx, DEFAULT_ACCOUNT, AccountFacts::standard(DEFAULT_LOGIN))?;
    put(tx, DEFAULT_KEY_ID, AccessKeyFacts::of_owner(DEFAULT_ACCOUNT, DEFAULT_SECRET))
}

/// Makes an account that shares nothing with any other.
pub fn new_account(tx: &mut Tx<'_>, rng: &mut ChaCha12Rng) -> Result<NewAccount, Fault> {
    let uid = loop {
        let uid = format!("1{:015}", rng.next_u64() % 1_000_000_000_000_000);
        if Fact::<AccountFacts>::find(tx, &uid)?.is_none() {
            break uid;
        }
    };
    let account = NewAccount {
        login_name: format!("{uid}@moyun.local"),
        access_key_id: format!("LTAI5t{}", mixed_text(rng, 14)),
        access_key_secret: mixed_text(rng, 30),
        uid,
    };
    put(tx, &account.uid, AccountFacts::standard(&account.login_name))?;
    put(tx, &account.access_key_id, AccessKeyFacts::of_owner(&account.uid, &account.access_key_secret))?;
    Ok(account)
}

fn put<F: Facts>(tx: &mut Tx<'_>, name: &str, facts: F) -> Result<(), Fault> {
    tx.put(&Fact { name: name.to_owned(), facts })
}

/// Random letters of both cases and digits.
pub(crate) fn mixed_text(rng: &mut ChaCha12Rng, length: usize) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789AZ";
    (0..length).map(|_| char::from(LETTERS[(rng.next_u32() % 64) as usize])).collect()
}
