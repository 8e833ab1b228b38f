//! What an action sees: its transaction, its caller, the time and its own randomness.

use std::cell::OnceCell;
use std::net::{IpAddr, Ipv4Addr};

use moyun_store::{Fault, Key, Record, Tx};
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::Rng;

use crate::call::Unpaid;
use crate::catalog::accounts::{AccessKeyFacts, KeyKind};
use crate::catalog::regions;
use crate::ids::{ALPHABET, AccountId, RegionId};
use crate::ram::access_key::uses::Uses;

/// Who calls, as the gate established.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account whose resources are meant.
    pub account: AccountId,
    /// The key that signed.
    pub access_key_id: String,
    /// The account that the key belongs to; another one only where it was granted access to resources.
    pub home: AccountId,
    /// As whom.
    pub identity: Identity,
    /// From where.
    pub origin: Origin,
}

impl Caller {
    /// The account itself.
    pub fn owner(account: AccountId, access_key_id: impl Into<String>) -> Caller {
        Caller {
            home: account.clone(),
            account,
            access_key_id: access_key_id.into(),
            identity: Identity::Owner,
            origin: Origin::default(),
        }
    }
}

/// As whom somebody calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// As the account itself, which may do everything.
    Owner,
    /// As a RAM user of this name.
    User(String),
    /// As a role that was assumed for a while.
    Session {
        /// The name of the role.
        role: String,
        /// What the session was called.
        session: String,
    },
}

impl Identity {
    /// As whom a key acts.
    pub fn of_key(key: &AccessKeyFacts) -> Identity {
        let principal = key.principal.as_deref().unwrap_or_default();
        match key.kind {
            KeyKind::Owner | KeyKind::Service => Identity::Owner,
            KeyKind::RamUser => Identity::User(principal.to_owned()),
            KeyKind::Sts => {
                let (role, session) = principal.split_once('/').unwrap_or((principal, ""));
                Identity::Session { role: role.to_owned(), session: session.to_owned() }
            }
        }
    }
}

/// From where somebody calls; policies may ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The address of the other end.
    pub address: IpAddr,
    /// Whether the connection is encrypted.
    pub is_secure: bool,
}

impl Default for Origin {
    /// The machine itself, in the clear.
    fn default() -> Origin {
        Origin { address: IpAddr::V4(Ipv4Addr::LOCALHOST), is_secure: false }
    }
}

/// The context of one action.
pub struct Cx<'a> {
    /// The state as of the last tick, with this action's own writes on top.
    pub tx: Tx<'a>,
    /// Who calls.
    pub caller: Caller,
    /// The region the request names, if it names one; it exists.
    pub region: Option<RegionId>,
    /// Where the first resource lies that the call was found to mean.
    pub found_in: OnceCell<RegionId>,
    /// The time of the call.
    pub now_ms: i64,
    /// Host and port under which the caller reached this server.
    pub endpoint: String,
    /// The source of all randomness of this call.
    pub rng: ChaCha12Rng,
    /// Uses of access keys that are not stored yet; None in a tick, which nobody asks anything.
    pub uses: Option<&'a Uses>,
    /// The order that the action made without having it paid.
    pub unpaid: Option<Unpaid>,
}

impl Cx<'_> {
    /// The account whose resources are meant.
    pub fn account(&self) -> &AccountId {
        &self.caller.account
    }

    /// The region of an action that requires one.
    ///
    /// # Panics
    ///
    /// When the action does not declare `region`: the call pipeline refuses requests without it before.
    pub fn region(&self) -> &RegionId {
        self.region.as_ref().expect("an action that asks for the region declares that it requires one")
    }

    /// What was found, unless it lies outside the region of the call. A call that names none is from then on judged by
    /// the region of what it found first.
    pub fn in_region<T>(&self, found: Option<T>, region_of: impl Fn(&T) -> &RegionId) -> Option<T> {
        let found =
            found.filter(|found| self.region.as_ref().is_none_or(|region| region == region_of(found)))?;
        self.found_in.get_or_init(|| region_of(&found).clone());
        Some(found)
    }

    /// The time of the call.
    pub fn now_ms(&self) -> i64 {
        self.now_ms
    }

    /// The record of this primary key.
    pub fn find<R: Record>(&self, key: &Key) -> Result<Option<R>, Fault> {
        self.tx.find(key)
    }

    /// Stores a record.
    pub fn put<R: Record>(&mut self, record: &R) -> Result<(), Fault> {
        self.tx.put(record)
    }

    /// Removes a record.
    pub fn delete<R: Record>(&mut self, record: &R) -> Result<(), Fault> {
        self.tx.delete::<R>(&record.key()).map(|_| ())
    }

    /// `length` random lower-case letters and digits.
    pub fn random_text(&mut self, length: usize) -> String {
        // 252 is the largest multiple of 36 in a byte: above it the letters would not be equally likely.
        let mut text = String::with_capacity(length);
        while text.len() < length {
            let byte = (self.rng.next_u32() & 0xff) as usize;
            if byte < 252 {
                text.push(char::from(ALPHABET[byte % ALPHABET.len()]));
            }
        }
        text
    }

    /// A new identifier: prefix, region tag and random text, `length` characters after the prefix.
    pub fn new_id(&mut self, prefix: &str, region: &RegionId, length: usize) -> String {
        let tag = regions::find(region.as_str()).map_or("", |region| region.tag);
        let random = self.random_text(length.saturating_sub(tag.len()));
        format!("{prefix}-{tag}{random}")
    }
}
