//! A role that somebody has assumed, and the token that goes with its key.

use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table, Tx};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::catalog::accounts::{AccessKeyFacts, KeyKind};
use crate::cx::Cx;
use crate::errors::{
    ApiError, SecurityTokenExpired, SecurityTokenMalformed, SecurityTokenMissing, SecurityTokenOfOtherKey,
};
use crate::ids::AccountId;
use crate::world::Fact;

/// How long an expired key is still told from an unknown one.
const REMEMBERED_MS: i64 = 24 * 3600 * 1000;

/// A temporary key: what its access key facts do not say.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Session {
    /// The key.
    pub access_key_id: String,
    /// The account of the role.
    pub account: AccountId,
    /// What identifies the token; the token itself is told once and not kept.
    pub token_hash: [u8; 32],
    /// What the session was narrowed to: a document.
    pub policy: Option<String>,
    /// From when on the key is no good any more.
    pub expires_ms: i64,
}

/// The index that finds a session by its token.
const BY_TOKEN: u16 = 0;

impl Record for Session {
    const TABLE: Table = Table { id: 207, name: "sts_session" };
    fn key(&self) -> Key {
        Session::key_of(&self.access_key_id)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn index(&self) -> Vec<IndexRow> {
        vec![IndexRow { index: BY_TOKEN, key: token_key(&self.token_hash) }]
    }
    fn due(&self) -> Option<i64> {
        Some(self.expires_ms + REMEMBERED_MS)
    }
}

impl Session {
    /// The primary key of a session.
    pub fn key_of(access_key_id: &str) -> Key {
        Key::new().text(access_key_id)
    }

    /// What is kept of a token.
    pub fn hash_of(token: &str) -> [u8; 32] {
        Sha256::digest(token.as_bytes()).into()
    }

    /// What happens when a session falls due: nobody needs to be told any more that it is over.
    pub(crate) fn fall_due(cx: &mut Cx<'_>, key: &Key) -> Result<(), Fault> {
        let Some(session) = cx.find::<Session>(key)? else { return Ok(()) };
        cx.tx.delete::<Fact<AccessKeyFacts>>(&Key::new().text(&session.access_key_id))?;
        cx.delete(&session)
    }
}

/// Judges the SecurityToken of a request: temporary keys need theirs, no other key has one.
///
/// The gate asks this once the key is found and active and before the signature: the token is what makes a temporary
/// key a key at all. An empty token counts as none.
pub fn check_token(
    tx: &Tx<'_>,
    access_key_id: &str,
    key: &AccessKeyFacts,
    token: Option<&str>,
    now_ms: i64,
) -> Result<(), ApiError> {
    let Some(token) = token.filter(|token| !token.is_empty()) else {
        return if key.kind == KeyKind::Sts { Err((&SecurityTokenMissing).into()) } else { Ok(()) };
    };
    let found: Vec<Session> = tx.index_list(BY_TOKEN, &token_key(&Session::hash_of(token)), 0, 1)?;
    match found.first() {
        None => Err((&SecurityTokenMalformed).into()),
        Some(session) if session.access_key_id != access_key_id => Err((&SecurityTokenOfOtherKey).into()),
        Some(session) if session.expires_ms <= now_ms => Err((&SecurityTokenExpired).into()),
        Some(_) => Ok(()),
    }
}

fn token_key(hash: &[u8; 32]) -> Key {
    use std::fmt::Write;
    let hex = hash.iter().fold(String::with_capacity(64), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a String cannot fail");
        hex
    });
    Key::new().text(hex)
}
