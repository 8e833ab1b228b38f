//! Public keys as OpenSSH writes them: `ssh-rsa AAAA… comment`.

use std::fmt::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};

use crate::param::Param;
use crate::spec::ParamKind;

/// The shortest RSA modulus that OpenSSH accepts: 1024 bits.
const RSA_BYTES_MIN: usize = 128;

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    kind: String,
    blob: Vec<u8>,
}

impl PublicKey {
    /// The RSA key of these numbers, each as bytes of which the first begins with a zero bit.
    pub(super) fn rsa(exponent: &[u8], modulus: &[u8]) -> PublicKey {
        let fields = [b"ssh-rsa", exponent, modulus];
        PublicKey { kind: "ssh-rsa".to_owned(), blob: fields.into_iter().flat_map(field).collect() }
    }

    /// The MD5 fingerprint: 32 hexadecimal digits.
    pub(super) fn fingerprint(&self) -> String {
        Md5::digest(&self.blob).iter().fold(String::new(), |mut digits, byte| {
            write!(digits, "{byte:02x}").expect("writing to a String cannot fail");
            digits
        })
    }

    /// The key without a comment.
    pub(super) fn text(&self) -> String {
        format!("{} {}", self.kind, STANDARD.encode(&self.blob))
    }
}

/// A line of `authorized_keys` without options; nothing that OpenSSH would not take as a key.
impl Param for PublicKey {
    const KIND: ParamKind = ParamKind::Text;
    fn read(text: &str) -> Option<PublicKey> {
        let mut words = text.split_whitespace();
        let (kind, body) = (words.next()?, words.next()?);
        let blob = STANDARD.decode(body).ok()?;
        let fields = fields(&blob)?;
        let (named, numbers) = fields.split_first()?;
        let fits = match (kind, numbers) {
            ("ssh-rsa", [_, modulus]) => modulus.len() >= RSA_BYTES_MIN,
            ("ssh-dss", [_, _, _, _]) => true,
            ("ecdsa-sha2-nistp256" | "ecdsa-sha2-nistp384" | "ecdsa-sha2-nistp521", [curve, point]) => {
                kind.as_bytes().ends_with(curve) && !point.is_empty()
            }
            ("ssh-ed25519", [point]) => point.len() == 32,
            _ => false,
        };
        (fits && *named == kind.as_bytes()).then(|| PublicKey { kind: kind.to_owned(), blob })
    }
}

/// Bytes with their length before them.
fn field(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).expect("a number of a key is short");
    [&length.to_be_bytes(), bytes].concat()
}

/// The parts of a key; None when their lengths do not add up.
fn fields(mut blob: &[u8]) -> Option<Vec<&[u8]>> {
    let mut fields = vec![];
    while !blob.is_empty() {
        let (length, rest) = blob.split_first_chunk()?;
        let (field, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        fields.push(field);
        blob = rest;
    }
    Some(fields)
}

#[cfg(test)]
mod tests {
    use super::PublicKey;
    use crate::ecs::key_pair::given::{ECDSA_KEY, RSA_KEY};
    use crate::param::Param;

    #[test]
    fn fingerprints_are_those_of_ssh_keygen() {
        let fingerprint = |text| PublicKey::read(text).map(|key| key.fingerprint());
        assert_eq!(fingerprint(RSA_KEY).as_deref(), Some("6ca88476aff42f706247a69ca3a20a7d"));
        assert_eq!(fingerprint(ECDSA_KEY).as_deref(), Some("2c40ce8df11a1f1836ff9432fe74de82"));
    }

    #[test]
    fn comments_do_not_count() {
        let bare = PublicKey::read(RSA_KEY).map(|key| key.text());
        let commented = PublicKey::read(&format!("{RSA_KEY} me at home\n")).map(|key| key.text());
        assert_eq!(bare.as_deref(), Some(RSA_KEY));
        assert_eq!(commented, bare);
    }

    #[test]
    fn broken_keys_are_refused() {
        let cut = &RSA_KEY[..RSA_KEY.len() - 8];
        let renamed = RSA_KEY.replace("ssh-rsa", "ssh-dss");
        for text in ["", "ssh-rsa", "ssh-rsa AAAA", "ssh-rsa !!!!", cut, &renamed, "AAAAB3NzaC1yc2EAAAADAQAB"]
        {
            assert_eq!(PublicKey::read(text), None, "{text}");
        }
    }
}
