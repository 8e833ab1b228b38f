//! Nonces as records: for a store that several servers share.

use moyun_store::{Fault, Key, Lane, Record, Table};
use serde::{Deserialize, Serialize};

use crate::clock::Clock;
use crate::cloud::Cloud;
use crate::cx::Cx;

/// How many lanes share the nonces, so that requests wait for others rarely.
const LANES: u128 = 64;

/// A nonce that came with a right signature.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct NonceRecord {
    /// What stands for key and nonce.
    print: [u8; 16],
    /// When it may come again.
    expires_ms: i64,
}

impl Record for NonceRecord {
    const TABLE: Table = Table { id: 4, name: "nonce" };
    fn key(&self) -> Key {
        key(self.print)
    }
    fn lane(&self) -> Lane {
        lane(u128::from_be_bytes(self.print))
    }
    fn due(&self) -> Option<i64> {
        Some(self.expires_ms)
    }
}

impl Cloud {
    /// Notes what stands for a key and its nonce for so long; false when it came before.
    pub fn spend_nonce(&self, print: u128, window_ms: i64) -> Result<bool, Fault> {
        self.write(&lane(print), move |tx, machine_ms| {
            let print = print.to_be_bytes();
            if tx.find::<NonceRecord>(&key(print))?.is_some() {
                return Ok(false);
            }
            let expires_ms = Clock::load(tx)?.now_ms(machine_ms).saturating_add(window_ms);
            tx.put(&NonceRecord { print, expires_ms })?;
            Ok(true)
        })
    }

    /// When a nonce that came may come again.
    pub fn nonce_expires_ms(&self, print: u128) -> Result<Option<i64>, Fault> {
        let found = self.read(|tx, _| tx.find::<NonceRecord>(&key(print.to_be_bytes())))?;
        Ok(found.map(|nonce| nonce.expires_ms))
    }
}

/// Forgets a nonce whose window is over.
pub(crate) fn fall_due(cx: &mut Cx<'_>, key: &Key) -> Result<(), Fault> {
    cx.tx.delete::<NonceRecord>(key).map(|_| ())
}

fn key(print: [u8; 16]) -> Key {
    print.chunks_exact(8).fold(Key::new(), |key, half| {
        key.u64(u64::from_be_bytes(half.try_into().expect("eight of sixteen bytes")))
    })
}

fn lane(print: u128) -> Lane {
    Lane(format!("nonces-{}", print % LANES))
}
