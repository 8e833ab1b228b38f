//! Signature nonces: no request is accepted twice inside its window.

use std::collections::{HashSet, VecDeque};
use std::sync::Mutex;

use sha2::{Digest, Sha256};

/// How many slices a window is cut into; a nonce is kept up to one slice longer than the window.
const SLICES: i64 = 16;

/// The nonces of the last window.
#[derive(Debug, Default)]
pub(crate) struct Replay {
    slices: Mutex<VecDeque<Slice>>,
}

/// The nonces of one slice of time.
#[derive(Debug)]
struct Slice {
    number: i64,
    seen: HashSet<u128>,
}

impl Replay {
    /// Notes a nonce of a key whose signature was right; false when it came before.
    pub(crate) fn admit(&self, access_key_id: &str, nonce: &str, now_ms: i64, window_ms: i64) -> bool {
        let slice_ms = (window_ms / SLICES).max(1);
        let number = now_ms.div_euclid(slice_ms);
        let nonce = fingerprint(access_key_id, nonce);
        let mut slices = self.slices.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        while slices.front().is_some_and(|slice| slice.number < number - SLICES) {
            slices.pop_front();
        }
        if slices.iter().any(|slice| slice.seen.contains(&nonce)) {
            return false;
        }
        // A clock that was set back writes into the newest slice, so that nothing is forgotten early.
        match slices.back_mut().filter(|slice| slice.number >= number) {
            Some(slice) => slice.seen.insert(nonce),
            None => {
                slices.push_back(Slice { number, seen: HashSet::from([nonce]) });
                true
            }
        }
    }

    /// Forgets everything.
    pub(crate) fn clear(&self) {
        self.slices.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clear();
    }
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
mod tests {
    use super::Replay;

    #[test]
    fn a_nonce_is_admitted_once_in_its_window_and_again_after_it() {
        let replay = Replay::default();
        assert!(replay.admit("key", "nonce", 0, 900_000));
        assert!(!replay.admit("key", "nonce", 900_000, 900_000));
        assert!(replay.admit("other key", "nonce", 900_000, 900_000));
        assert!(replay.admit("key", "nonce", 2_000_000, 900_000));
    }

    #[test]
    fn a_clock_set_back_forgets_nothing() {
        let replay = Replay::default();
        assert!(replay.admit("key", "nonce", 10_000_000, 900_000));
        assert!(!replay.admit("key", "nonce", 5_000_000, 900_000));
        assert!(replay.admit("key", "second", 5_000_000, 900_000));
        assert!(!replay.admit("key", "second", 10_000_000, 900_000));
    }
}
