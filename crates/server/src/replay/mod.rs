//! Signature nonces: no request is accepted twice inside its window.

mod journal;
mod window;

use std::io;
use std::path::Path;
use std::sync::{Mutex, MutexGuard};

use moyun_cloud::cloud::Cloud;
use moyun_store::Fault;
use sha2::{Digest, Sha256};

use crate::replay::journal::Journal;
use crate::replay::window::{MINUTE_MS, Window};

/// A nonce that came with a right signature.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Nonce<'a> {
    pub(crate) access_key_id: &'a str,
    pub(crate) text: &'a str,
    /// The timestamp of its request.
    pub(crate) sent_ms: i64,
    /// The time of the cloud.
    pub(crate) now_ms: i64,
    /// How long it has to be remembered.
    pub(crate) window_ms: i64,
}

/// The nonces that were seen.
pub struct Nonces {
    kept: Kept,
}

/// Where they are kept.
enum Kept {
    /// In memory, and in a journal if they shall outlive the process.
    Here(Mutex<Here>),
    /// As records of a store that several servers share.
    Shared(Cloud),
}

#[derive(Default)]
struct Here {
    window: Window,
    journal: Option<Journal>,
}

impl Nonces {
    /// Kept in memory alone: for a cloud that keeps nothing either.
    pub fn in_memory() -> Nonces {
        Nonces { kept: Kept::Here(Mutex::default()) }
    }

    /// Kept in a folder of its own beside the store, so that a restart forgets none.
    pub fn in_folder(folder: &Path) -> io::Result<Nonces> {
        let (journal, window) = Journal::open(folder)?;
        Ok(Nonces { kept: Kept::Here(Mutex::new(Here { window, journal: Some(journal) })) })
    }

    /// Kept in the cloud's own store, where other servers see them.
    pub fn shared(cloud: Cloud) -> Nonces {
        Nonces { kept: Kept::Shared(cloud) }
    }

    /// Notes a nonce; false when it came before.
    pub(crate) fn admit(&self, nonce: Nonce<'_>) -> Result<bool, Fault> {
        let print = fingerprint(nonce.access_key_id, nonce.text);
        match &self.kept {
            Kept::Here(here) => lock(here).admit(print, nonce),
            Kept::Shared(cloud) => cloud.spend_nonce(print, nonce.window_ms),
        }
    }

    /// When a nonce that is not admitted came first, as far as that is known: in memory to the minute.
    pub(crate) fn first_seen_ms(&self, nonce: Nonce<'_>) -> Result<Option<i64>, Fault> {
        let print = fingerprint(nonce.access_key_id, nonce.text);
        match &self.kept {
            Kept::Here(here) => Ok(lock(here).window.minute_of(print).map(|minute| minute * MINUTE_MS)),
            Kept::Shared(cloud) => {
                let expires_ms = cloud.nonce_expires_ms(print)?;
                Ok(expires_ms.map(|expires_ms| expires_ms.saturating_sub(nonce.window_ms)))
            }
        }
    }

    /// Forgets everything; a shared store has forgotten by itself when it was reset.
    pub(crate) fn clear(&self) {
        if let Kept::Here(here) = &self.kept {
            let mut here = lock(here);
            here.window = Window::default();
            if let Some(journal) = &mut here.journal {
                journal.clear();
            }
        }
    }

    /// Makes everything as durable as it gets, for the process ends.
    pub(crate) fn close(&self) {
        if let Kept::Here(here) = &self.kept
            && let Some(journal) = &mut lock(here).journal
            && let Err(error) = journal.close()
        {
            tracing::warn!(%error, "the nonces could not be closed; the next start will be strict for a while");
        }
    }
}

impl Here {
    fn admit(&mut self, print: u128, nonce: Nonce<'_>) -> Result<bool, Fault> {
        for minute in self.window.forget(nonce.now_ms, nonce.window_ms) {
            if let Some(journal) = &mut self.journal {
                journal.forget(minute);
            }
        }
        if self.window.contains(print) {
            return Ok(false);
        }
        let minute = self.window.minute(nonce.now_ms);
        if let Some(journal) = &mut self.journal {
            if journal.cannot_tell(nonce.sent_ms) {
                return Ok(false);
            }
            let noted = journal.note(print, minute, nonce);
            noted.map_err(|error| Fault::caused("the nonce of a request cannot be kept", error))?;
        }
        self.window.insert(print, minute);
        Ok(true)
    }
}

fn lock(here: &Mutex<Here>) -> MutexGuard<'_, Here> {
    here.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Sixteen bytes stand for key and nonce, so that memory does not depend on what clients send.
fn fingerprint(access_key_id: &str, nonce: &str) -> u128 {
    let mut hash = Sha256::new();
    hash.update((access_key_id.len() as u64).to_be_bytes());
    hash.update(access_key_id);
    hash.update(nonce);
    let digest: [u8; 32] = hash.finalize().into();
    u128::from_be_bytes(digest[..16].try_into().expect("sixteen of thirty-two bytes"))
}

#[cfg(test)]
mod tests;
