//! RSA keys as `ssh-keygen -m PEM` writes them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crypto_bigint::{BoxedUint, ConcatenatingMul, NonZero};
use crypto_primes::hazmat::{SetBits, SmallFactorsSieveFactory};
use crypto_primes::{Flavor, is_prime, sieve_and_find};
use rand_chacha::ChaCha12Rng;

use crate::ecs::key_pair::public_key::PublicKey;

const PRIME_BITS: u32 = 1024;
const EXPONENT: u64 = 65_537;
const INTEGER: u8 = 0x02;
const SEQUENCE: u8 = 0x30;
const PEM_LINE: usize = 64;

/// A new RSA key of 2048 bits. Takes some 50 ms of an optimized build.
pub(super) struct PrivateKey {
    modulus: BoxedUint,
    pem: String,
}

impl PrivateKey {
    /// Draws a key.
    pub(super) fn draw(rng: &mut ChaCha12Rng) -> PrivateKey {
        loop {
            if let Some(key) = PrivateKey::of(&prime(rng), &prime(rng)) {
                return key;
            }
        }
    }

    /// The private half: PKCS #1 in PEM.
    pub(super) fn pem(&self) -> &str {
        &self.pem
    }

    /// The public half.
    pub(super) fn public(&self) -> PublicKey {
        PublicKey::rsa(&unsigned(&BoxedUint::from(EXPONENT)), &unsigned(&self.modulus))
    }

    /// The key of two primes; None when they are equal or the exponent does not suit them.
    fn of(p: &BoxedUint, q: &BoxedUint) -> Option<PrivateKey> {
        let one = BoxedUint::one_with_precision(PRIME_BITS);
        let (p_less, q_less) = (p.wrapping_sub(&one), q.wrapping_sub(&one));
        let modulus = p.concatenating_mul(q);
        let totient: NonZero<BoxedUint> = p_less.concatenating_mul(&q_less).to_nz().into_option()?;
        let exponent = BoxedUint::from_be_slice(&EXPONENT.to_be_bytes(), 2 * PRIME_BITS).ok()?;
        let private = exponent.invert_mod(&totient).into_option()?;
        let at_p = private.rem(&p_less.to_nz().into_option()?);
        let at_q = private.rem(&q_less.to_nz().into_option()?);
        let coefficient = q.invert_mod(&p.to_nz().into_option()?).into_option()?;
        let zero = BoxedUint::zero();
        let numbers = [&zero, &modulus, &exponent, &private, p, q, &at_p, &at_q, &coefficient];
        let body: Vec<u8> =
            numbers.into_iter().flat_map(|number| tagged(INTEGER, &unsigned(number))).collect();
        let pem = pem(&tagged(SEQUENCE, &body));
        Some(PrivateKey { modulus, pem })
    }
}

/// A number as DER and SSH write one that is not negative: its first bit is zero.
fn unsigned(number: &BoxedUint) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let first = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    let digits = &bytes[first..];
    let sign = digits.first().is_none_or(|byte| byte & 0x80 != 0);
    [&[0][..usize::from(sign)], digits].concat()
}

/// A DER value.
fn tagged(tag: u8, body: &[u8]) -> Vec<u8> {
    let length = body.len().to_be_bytes();
    let first = length.iter().position(|byte| *byte != 0).unwrap_or(length.len() - 1);
    let length = &length[first..];
    let long = length.len() > 1 || length[0] >= 0x80;
    let count = u8::try_from(length.len()).expect("the length of a length fits a byte");
    let head = if long { vec![tag, 0x80 | count] } else { vec![tag] };
    [&head, length, body].concat()
}

fn pem(der: &[u8]) -> String {
    let mut text = "-----BEGIN RSA PRIVATE KEY-----\n".to_owned();
    let body = STANDARD.encode(der);
    let mut rest = body.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(PEM_LINE));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text + "-----END RSA PRIVATE KEY-----"
}

/// A prime whose two highest bits are set, so that a product of two has all 2048 bits.
fn prime(rng: &mut ChaCha12Rng) -> BoxedUint {
    let candidates = SmallFactorsSieveFactory::<BoxedUint>::new(Flavor::Any, PRIME_BITS, SetBits::TwoMsb)
        .expect("primes of 1024 bits exist");
    sieve_and_find(rng, candidates, |_, candidate| is_prime(Flavor::Any, candidate))
        .expect("a number of any length can be drawn")
        .expect("the candidates never end")
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha12Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::{PrivateKey, tagged};

    #[test]
    fn lengths_of_der_values() {
        assert_eq!(tagged(2, &[7]), [2, 1, 7]);
        assert_eq!(tagged(2, &[7; 127])[..2], [2, 127]);
        assert_eq!(tagged(2, &[7; 128])[..3], [2, 0x81, 128]);
        assert_eq!(tagged(2, &[7; 256])[..4], [2, 0x82, 1, 0]);
    }

    #[test]
    fn one_seed_draws_one_key() {
        let draw = |seed| PrivateKey::draw(&mut ChaCha12Rng::seed_from_u64(seed)).pem().to_owned();
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }
}
