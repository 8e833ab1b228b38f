use crate::engine::Span;

/// Room for what usually follows the first text of a key: an account, a region, an identifier.
const USUAL_BYTES: usize = 64;

/// A tuple as bytes whose order is the order of the tuples.
///
/// Two keys compare as their parts do, left to right, provided that both have the same kinds of parts. No part is the
/// beginning of another, so a key of fewer parts is a prefix exactly of the keys that begin with those parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Vec<u8>);

const TERMINATOR: [u8; 2] = [0x00, 0x01];
const ESCAPED_ZERO: [u8; 2] = [0x00, 0xFF];

impl Key {
    /// The empty tuple.
    pub fn new() -> Key {
        Key(Vec::new())
    }

    /// Appends a text, ordered by its UTF-8 bytes.
    pub fn text(mut self, part: impl AsRef<str>) -> Key {
        let bytes = part.as_ref().as_bytes();
        // Most keys are made once and whole, so that one allocation should serve them.
        self.0.reserve(bytes.len().max(USUAL_BYTES));
        if !bytes.contains(&0) {
            self.0.extend_from_slice(bytes);
            self.0.extend_from_slice(&TERMINATOR);
            return self;
        }
        for (position, piece) in bytes.split(|byte| *byte == 0).enumerate() {
            if position > 0 {
                self.0.extend_from_slice(&ESCAPED_ZERO);
            }
            self.0.extend_from_slice(piece);
        }
        self.0.extend_from_slice(&TERMINATOR);
        self
    }

    /// Appends an unsigned number, smallest first.
    pub fn u64(mut self, part: u64) -> Key {
        self.0.extend_from_slice(&part.to_be_bytes());
        self
    }

    /// Appends a number, smallest first.
    pub fn i64(self, part: i64) -> Key {
        self.u64(ascending(part))
    }

    /// Appends a number, greatest first: newest on top when it is a time.
    pub fn desc_i64(self, part: i64) -> Key {
        self.u64(!ascending(part))
    }

    /// The span of all keys that begin with this one.
    pub fn prefix(&self) -> Span {
        Span::prefix(&self.0)
    }

    /// A key from bytes that [`Key::as_bytes`] gave earlier.
    pub fn from_bytes(bytes: Vec<u8>) -> Key {
        Key(bytes)
    }

    /// The encoded tuple.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The texts of the tuple as a reader takes them in, separated by slashes; of other parts only what can be read.
    pub fn words(&self) -> String {
        let (mut words, mut word) = (vec![], vec![]);
        let mut bytes = self.0.as_slice();
        while let Some((first, rest)) = bytes.split_first() {
            match bytes.strip_prefix(&TERMINATOR) {
                Some(after) => {
                    words.push(String::from_utf8_lossy(&std::mem::take(&mut word)).into_owned());
                    bytes = after;
                }
                None => {
                    word.extend(Some(*first).filter(|byte| *byte >= b' '));
                    bytes = rest;
                }
            }
        }
        words.push(String::from_utf8_lossy(&word).into_owned());
        words.retain(|word| !word.is_empty());
        words.join("/")
    }

    /// The whole tuple as a reader takes it in: its texts, separated by slashes, and what is none in hexadecimal digits.
    pub fn shown(&self) -> String {
        let (mut parts, mut part) = (vec![], vec![]);
        let mut bytes = self.0.as_slice();
        while let Some((first, rest)) = bytes.split_first() {
            bytes = match bytes.strip_prefix(&TERMINATOR) {
                Some(after) => {
                    parts.push(std::mem::take(&mut part));
                    after
                }
                None => {
                    part.push(*first);
                    rest
                }
            };
        }
        parts.extend(Some(part).filter(|part| !part.is_empty()));
        parts.into_iter().map(shown_part).collect::<Vec<_>>().join("/")
    }

    pub(crate) fn u16(mut self, part: u16) -> Key {
        self.0.extend_from_slice(&part.to_be_bytes());
        self
    }

    pub(crate) fn byte(mut self, part: u8) -> Key {
        self.0.push(part);
        self
    }

    pub(crate) fn then(mut self, rest: &Key) -> Key {
        self.0.extend_from_slice(&rest.0);
        self
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

fn shown_part(part: Vec<u8>) -> String {
    match String::from_utf8(part) {
        Ok(text) if !text.contains(char::is_control) => text,
        Ok(text) => hexadecimal(text.as_bytes()),
        Err(other) => hexadecimal(other.as_bytes()),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold("0x".to_owned(), |digits, byte| format!("{digits}{byte:02x}"))
}

/// Maps the order of signed numbers to that of unsigned ones.
fn ascending(part: i64) -> u64 {
    (part as u64) ^ (1 << 63)
}

/// The inverse of the encoding of [`Key::i64`].
pub(crate) fn read_i64(bytes: [u8; 8]) -> i64 {
    (u64::from_be_bytes(bytes) ^ (1 << 63)) as i64
}
