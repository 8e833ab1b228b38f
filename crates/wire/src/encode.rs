//! Percent encoding as the signatures want it (RFC 3986), and the decoding of what clients really send.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, percent_encode};

/// All but letters, digits and the four marks that RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The text with everything but letters, digits and `-_.~` as `%XX` in capitals, byte by byte.
pub fn encode(text: impl AsRef<[u8]>) -> String {
    percent_encode(text.as_ref(), RESERVED).to_string()
}

/// Appends a text encoded twice over, as the values in a string to sign are.
pub(crate) fn push_twice_encoded(out: &mut String, text: &[u8]) {
    for piece in percent_encode(text, RESERVED) {
        match piece.strip_prefix('%') {
            Some(hex) => out.extend(["%25", hex]),
            None => out.push_str(piece),
        }
    }
}

/// The bytes that a name or value of a query or form stands for.
///
/// `+` is a space. A `%` that begins no escape stands for itself.
pub fn decode(raw: &[u8]) -> Cow<'_, [u8]> {
    if !raw.contains(&b'+') {
        return if raw.contains(&b'%') { percent_decode(raw).into() } else { raw.into() };
    }
    // Before the escapes are undone: `%2B` is a plus and must stay one.
    let spaced: Vec<u8> = raw.iter().map(|&byte| if byte == b'+' { b' ' } else { byte }).collect();
    Cow::Owned(percent_decode(&spaced).collect())
}

/// The `name=value` pairs of a query or form in the order sent, still encoded.
///
/// Empty pieces (`a=1&&b=2`) count for nothing; a piece without `=` is a name with an empty value.
pub(crate) fn pieces(raw: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    raw.split(|&byte| byte == b'&').filter(|piece| !piece.is_empty()).map(|piece| {
        match piece.iter().position(|&byte| byte == b'=') {
            Some(at) => (&piece[..at], &piece[at + 1..]),
            None => (piece, &piece[piece.len()..]),
        }
    })
}

/// Appends `name=value`, both encoded, after a `&` when something stands before it.
pub(crate) fn push_pair(query: &mut String, name: &[u8], value: &[u8]) {
    if !query.is_empty() {
        query.push('&');
    }
    query.extend(percent_encode(name, RESERVED));
    query.push('=');
    query.extend(percent_encode(value, RESERVED));
}
