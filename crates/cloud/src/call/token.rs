//! Phase 7: a call with a ClientToken happens once.

use moyun_store::{Fault, Key, Lane, Record, Table};
use moyun_wire::reply::Fragment;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::call::Call;
use crate::cx::Cx;
use crate::errors::{ApiError, TokenStillProcessing, TokenUsedByOtherAction, TokenUsedWithOtherParameters};
use crate::ids::AccountId;
use crate::world::Fact;

/// The longest token.
const TOKEN_CHARS_MAX: usize = 64;

/// Parameters that say how a call travels, not what it asks for.
const COMMON: [&str; 14] = [
    "AccessKeyId",
    "Action",
    "ClientToken",
    "Format",
    "SecureTransport",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureType",
    "SignatureVersion",
    "SourceIp",
    "Timestamp",
    "Version",
];

/// An accepted call, so that a repetition of it gives the same answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct TokenRecord {
    account: AccountId,
    token: String,
    action: String,
    fingerprint: [u8; 32],
    reply_json: String,
    reply_xml: String,
    expires_ms: i64,
    /// When the first call is answered; until then it is in progress.
    #[serde(default)]
    answered_ms: i64,
}

impl Record for TokenRecord {
    const TABLE: Table = Table { id: 2, name: "client_token" };
    fn key(&self) -> Key {
        key(&self.account, &self.token)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn due(&self) -> Option<i64> {
        Some(self.expires_ms)
    }
}

/// The token of a call, if it is of an action that takes one.
pub(super) fn of(call: &Call) -> Option<&str> {
    call.params.given("ClientToken").filter(|_| call.entry.spec.idempotent)
}

/// Whether a text can be a token: at most 64 ASCII characters.
pub(super) fn is_well_formed(token: &str) -> bool {
    token.is_ascii() && token.len() <= TOKEN_CHARS_MAX
}

/// The body of the first call with this token, under this call's RequestId.
pub(super) fn replay(call: &Call, cx: &Cx<'_>) -> Result<Option<String>, ApiError> {
    let Some(token) = of(call) else { return Ok(None) };
    let Some(first) = cx.find::<TokenRecord>(&key(cx.account(), token))? else { return Ok(None) };
    let spec = call.entry.spec;
    if first.action != spec.name {
        return Err((&TokenUsedByOtherAction).into());
    }
    if first.fingerprint != fingerprint(call) {
        return Err((&TokenUsedWithOtherParameters).into());
    }
    if first.answered_ms > cx.now_ms() {
        return Err((&TokenStillProcessing).into());
    }
    let reply = Fragment { json: first.reply_json, xml: first.reply_xml };
    Ok(Some(reply.body(call.format, spec.name, &call.request_id)))
}

/// Stores the reply under the token, with the writes of the call: a retry after a crash finds both or neither.
pub(super) fn bind(
    call: &Call,
    reply: Option<&Fragment>,
    answered_ms: i64,
    cx: &mut Cx<'_>,
) -> Result<(), Fault> {
    let (Some(token), Some(reply)) = (of(call), reply) else { return Ok(()) };
    let kept_ms = Fact::limits(&cx.tx)?.client_token_ttl_ms();
    cx.put(&TokenRecord {
        account: cx.account().clone(),
        token: token.to_owned(),
        action: call.entry.spec.name.to_owned(),
        fingerprint: fingerprint(call),
        reply_json: reply.json.clone(),
        reply_xml: reply.xml.clone(),
        expires_ms: answered_ms.saturating_add(kept_ms),
        answered_ms,
    })
}

/// Forgets a token whose day is over.
pub(crate) fn fall_due(cx: &mut Cx<'_>, key: &Key) -> Result<(), Fault> {
    cx.tx.delete::<TokenRecord>(key).map(|_| ())
}

fn key(account: &AccountId, token: &str) -> Key {
    Key::new().text(account).text(token)
}

/// What the call asks for, whatever its signature, style or the place of its parameters. A parameter without a value asks
/// for nothing.
fn fingerprint(call: &Call) -> [u8; 32] {
    let mut hash = Sha256::new();
    for (name, value) in
        call.params.iter().filter(|(name, value)| !value.is_empty() && !COMMON.contains(name))
    {
        for text in [name, value] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
    }
    hash.finalize().into()
}
