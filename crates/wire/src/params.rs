//! The parameters of a request.

use std::fmt;

use crate::encode::{decode, pieces, push_pair};

/// The most parameters that one request may carry, query and form body together.
pub const MAX_PARAMS: usize = 2000;

/// The longest index that a list parameter may carry: `X.999999999`.
const MAX_INDEX_DIGITS: usize = 9;

/// The decoded parameters of one request, unique names in byte order.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Params {
    /// Sorted by name, so that lookups are binary searches and signing is one walk.
    pairs: Vec<(String, String)>,
}

/// Why bytes are no set of parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// A name or a value is not UTF-8 once it is decoded.
    NotUtf8,
    /// More than [`MAX_PARAMS`] parameters were sent.
    TooMany,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Malformed::NotUtf8 => f.write_str("a parameter is not UTF-8"),
            Malformed::TooMany => write!(f, "there are more than {MAX_PARAMS} parameters"),
        }
    }
}

impl std::error::Error for Malformed {}

impl Params {
    /// The parameters of a query and of a form body together.
    ///
    /// The body's value counts where both carry a name; within one place the last value counts.
    pub fn decode(query: &[u8], form: Option<&[u8]>) -> Result<Params, Malformed> {
        let mut pairs = Vec::new();
        for (name, value) in pieces(query).chain(pieces(form.unwrap_or_default())) {
            if pairs.len() == MAX_PARAMS {
                return Err(Malformed::TooMany);
            }
            pairs.push((text(name)?, text(value)?));
        }
        Ok(Params::from_pairs(pairs))
    }

    /// The parameters made of decoded pairs, of which the last counts where a name comes again.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Params {
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_by(|(a, _), (b, _)| a.cmp(b));
        // The sort is stable, so the later of two equal names is the one that was sent later.
        pairs.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                std::mem::swap(later, kept);
            }
            same
        });
        Params { pairs }
    }

    /// The value as sent, which may be empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.find(name).ok().map(|at| self.pairs[at].1.as_str())
    }

    /// The value when there is one to speak of: `None` for an absent and for an empty parameter.
    pub fn given(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// All names with their values, names in byte order (`Disk.10` before `Disk.2`).
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// How many parameters there are.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether there is no parameter at all.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The list indices n for which `prefix.n` or `prefix.n.…` was sent, ascending, each once.
    ///
    /// Only a plain decimal number from 1 is an index: `X.0`, `X.01`, `X.+1` and numbers of more than nine digits are not.
    pub fn indices(&self, prefix: &str) -> Vec<u32> {
        let first = self.pairs.partition_point(|(name, _)| name.as_str() < prefix);
        let tails = self.pairs[first..].iter().map_while(|(name, _)| name.strip_prefix(prefix));
        let mut indices: Vec<u32> = tails.filter_map(|tail| index(tail.strip_prefix('.')?)).collect();
        indices.sort_unstable();
        indices.dedup();
        indices
    }

    /// Sets a parameter, in place of the value it had.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let name = name.into();
        match self.find(&name) {
            Ok(at) => self.pairs[at].1 = value.into(),
            Err(at) => self.pairs.insert(at, (name, value.into())),
        }
    }

    /// Takes a parameter out and gives back the value it had.
    pub fn remove(&mut self, name: &str) -> Option<String> {
        self.find(name).ok().map(|at| self.pairs.remove(at).1)
    }

    /// The parameters as a query or form body, which [`Params::decode`] reads back.
    pub fn encode(&self) -> String {
        let mut query = String::new();
        for (name, value) in self.iter() {
            push_pair(&mut query, name.as_bytes(), value.as_bytes());
        }
        query
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.pairs.binary_search_by(|(known, _)| known.as_str().cmp(name))
    }
}

/// Names only: values hold passwords, tokens and signatures, which no log may show.
impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.pairs.iter().map(|(name, _)| name)).finish()
    }
}

fn text(raw: &[u8]) -> Result<String, Malformed> {
    String::from_utf8(decode(raw).into_owned()).map_err(|_| Malformed::NotUtf8)
}

fn index(tail: &str) -> Option<u32> {
    let digits = tail.split('.').next()?;
    let canonical = digits.len() <= MAX_INDEX_DIGITS
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if canonical { digits.parse().ok() } else { None }
}
