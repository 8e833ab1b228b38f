//! The codes that an MFA device shows: time-based one-time passwords (RFC 6238), six digits, a new one every 30 seconds.

use hmac::{Hmac, KeyInit, Mac};
use moyun_store::Fault;
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::Rng;
use sha1::Sha1;

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Characters of a seed: 40 bytes in Base32.
const SEED_CHARS: usize = 64;

/// How long a code is shown.
pub const STEP_MS: i64 = 30_000;

/// A seed for a new device, in Base32.
pub(super) fn new_seed(rng: &mut ChaCha12Rng) -> String {
    (0..SEED_CHARS).map(|_| char::from(BASE32[(rng.next_u32() % 32) as usize])).collect()
}

/// Whether a device with this seed shows these codes one after the other, by a clock that is a step off at most.
pub(super) fn are_shown(seed: &str, codes: [&str; 2], now_ms: i64) -> Result<bool, Fault> {
    for first_ms in [now_ms - 2 * STEP_MS, now_ms - STEP_MS, now_ms] {
        if [code(seed, first_ms)?, code(seed, first_ms + STEP_MS)?] == codes {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a device with this seed shows at a time.
pub fn code(seed: &str, at_ms: i64) -> Result<String, Fault> {
    let mut mac = Hmac::<Sha1>::new_from_slice(&bytes(seed))
        .map_err(|error| Fault::caused("a seed of an MFA device is no key", error))?;
    mac.update(&at_ms.div_euclid(STEP_MS).to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let start = usize::from(hash[19] & 0x0F);
    let number = hash[start..start + 4].iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
    Ok(format!("{:06}", (number & 0x7FFF_FFFF) % 1_000_000))
}

/// What Base32 stands for.
fn bytes(base32: &str) -> Vec<u8> {
    let values = base32.bytes().filter_map(|char| BASE32.iter().position(|known| *known == char));
    let bits: Vec<bool> =
        values.flat_map(|value| (0..5).rev().map(move |bit| value >> bit & 1 == 1)).collect();
    bits.chunks_exact(8).map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The seed of the RFC: `12345678901234567890`.
    const SEED: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_rfc() {
        assert_eq!(bytes(SEED), b"12345678901234567890");
        for (second, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(SEED, second * 1000).unwrap(), expected);
        }
    }

    #[test]
    fn two_codes_count_for_a_minute_after_the_first() {
        let codes = [code(SEED, 0).unwrap(), code(SEED, STEP_MS).unwrap()];
        let shown_at = |now_ms| are_shown(SEED, [&codes[0], &codes[1]], now_ms).unwrap();
        assert!(!shown_at(-1) && shown_at(0) && shown_at(3 * STEP_MS - 1) && !shown_at(3 * STEP_MS));
        assert!(!are_shown(SEED, [&codes[1], &codes[0]], STEP_MS).unwrap());
    }
}
