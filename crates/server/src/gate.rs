//! The checks before every call, in the documented order: common parameters, caller, signature, replay.

use moyun_cloud::call::{Call, authorization};
use moyun_cloud::catalog::accounts::AccessKeyFacts;
use moyun_cloud::catalog::limits::LimitFacts;
use moyun_cloud::cloud::Cloud;
use moyun_cloud::cx::{Caller, Identity};
use moyun_cloud::errors::{
    AccessKeyDisabled, AccessKeyIdMissing, AccessKeyUnknown, ActionMissing, ActionUnknown, ApiError,
    HttpMethodUnsupported, KeyNotForAction, NonceUsed, ParameterMalformed, ServiceDown,
    SignatureMethodUnknown, SignatureMissing, SignatureVersionUnknown, SignatureWrong, TimestampMissing,
    TimestampNotAccepted, VersionMissing,
};
use moyun_cloud::ids::AccountId;
use moyun_cloud::order;
use moyun_cloud::registry::{self, Entry};
use moyun_cloud::sts::role::session::check_token;
use moyun_cloud::why;
use moyun_cloud::world::Fact;
use moyun_store::Fault;
use moyun_wire::out::Format;
use moyun_wire::params::Params;
use moyun_wire::v3::{Authorization, Unusable};
use moyun_wire::{timestamp, v1, v3};
use serde_json::Value;

use crate::http::{Api, HOST_ID, Received};
use crate::replay::{Nonce, Nonces};
use crate::{owner, throttle};

/// A request whose parameters could be read, in the words of either signature.
pub(crate) struct Request<'a> {
    received: &'a Received,
    /// All parameters of a V1 request, those of the operation alone in a V3 request.
    params: Params,
    style: Style<'a>,
}

/// How the request is signed.
enum Style<'a> {
    V1,
    /// None when the request has no Authorization.
    V3(Option<Result<Authorization<'a>, Unusable>>),
}

impl<'a> Request<'a> {
    /// Reads parameters and style; refuses what is no form at all.
    pub(crate) fn read(received: &'a Received) -> Result<Request<'a>, ApiError> {
        let form = received.has_form().then_some(&*received.body);
        let params = Params::decode(received.query.as_bytes(), form)
            .map_err(|_| ApiError::from(&ParameterMalformed))?;
        let style = match received.header("authorization") {
            Some(header) if Authorization::is_v3(header) => Style::V3(Some(Authorization::parse(header))),
            _ if received.header("x-acs-action").is_some() && params.get("Action").is_none() => {
                Style::V3(None)
            }
            _ => Style::V1,
        };
        Ok(Request { received, params, style })
    }

    /// The format of the reply, whatever it says.
    pub(crate) fn format(&self) -> Format {
        let accepts_json = || {
            let accept = self.received.header_text("accept").unwrap_or_default().to_ascii_lowercase();
            if accept.contains("json") { Format::Json } else { Format::Xml }
        };
        self.params.given("Format").map_or_else(accepts_json, Format::named)
    }

    /// A common parameter, wherever this style carries it; an empty one counts as absent.
    fn common(&self, parameter: &str, header: &str) -> Option<&str> {
        let text = match self.style {
            Style::V1 => self.params.get(parameter),
            Style::V3(_) => self.received.header_text(header),
        };
        text.filter(|text| !text.is_empty())
    }

    pub(crate) fn action(&self) -> Option<&str> {
        self.common("Action", "x-acs-action")
    }

    pub(crate) fn version(&self) -> Option<&str> {
        self.common("Version", "x-acs-version")
    }

    fn timestamp(&self) -> Option<&str> {
        self.common("Timestamp", "x-acs-date")
    }

    pub(crate) fn access_key_id(&self) -> Option<&str> {
        let text = match &self.style {
            Style::V1 => self.params.get("AccessKeyId"),
            Style::V3(Some(Ok(authorization))) => Some(authorization.credential()),
            Style::V3(_) => None,
        };
        text.filter(|text| !text.is_empty())
    }

    fn signature(&self) -> Option<&str> {
        let text = match &self.style {
            Style::V1 => self.params.get("Signature"),
            Style::V3(Some(Ok(authorization))) => Some(authorization.signature()),
            Style::V3(_) => None,
        };
        text.filter(|text| !text.is_empty())
    }

    /// The nonce as it came: an empty one is not an absent one.
    fn nonce(&self) -> Option<&str> {
        match self.style {
            Style::V1 => self.params.get("SignatureNonce"),
            Style::V3(_) => self.received.header_text("x-acs-signature-nonce"),
        }
    }

    fn security_token(&self) -> Option<&str> {
        self.common("SecurityToken", "x-acs-security-token")
    }

    fn is_signed_with(&self, secret: &str) -> bool {
        let received = self.received;
        match &self.style {
            Style::V1 => {
                v1::verify(&received.method, &self.params, secret, self.signature().unwrap_or_default())
            }
            Style::V3(Some(Ok(authorization))) => v3::Request {
                method: &received.method,
                query: received.query.as_bytes(),
                headers: &received.header_pairs(),
                body: &received.body,
            }
            .verify(authorization, secret),
            Style::V3(_) => false,
        }
    }

    /// Judges the request up to the account's own affairs. `in_flight` counts the requests that are being worked on,
    /// this one included.
    pub(crate) fn judge(
        mut self,
        api: &Api,
        in_flight: u32,
        request_id: String,
        seed: [u8; 32],
    ) -> Result<Call, ApiError> {
        let format = self.format();
        order::LOAD.judge(check_open(api))?;
        let known = self.look_up(&api.cloud)?;
        order::LOAD.judge(check_load(in_flight, &known.limits))?;
        order::PRESENCE.judge(self.check_presence())?;
        let entry = order::ACTION.judge(self.check_action())?;
        order::SIGNATURE_FORM.judge(self.check_signature_form())?;
        let caller = self.check_caller(known, entry, api)?;
        let nonce = self.nonce().map(str::to_owned);
        let endpoint = self.received.header_text("host").unwrap_or(HOST_ID).to_owned();
        let params = std::mem::take(&mut self.params);
        Ok(Call { entry, params, caller, format, request_id, endpoint, seed, nonce })
    }

    /// What the state says about this request, looked up at once.
    fn look_up(&self, cloud: &Cloud) -> Result<Known, Fault> {
        let access_key_id = self.access_key_id();
        cloud.read(|tx, now_ms| {
            let id = access_key_id.unwrap_or_default();
            let key = if id.is_empty() { None } else { Fact::of_key(tx, id)? };
            let check = |key| check_token(tx, id, key, self.security_token(), now_ms);
            let token = key.as_ref().map_or(Ok(()), check);
            Ok(Known { now_ms, limits: Fact::limits(tx)?, key, token })
        })
    }

    fn check_presence(&self) -> Result<(), ApiError> {
        let unusable = matches!(self.style, Style::V3(Some(Err(_))));
        let present = [
            ("Action", self.action().is_some(), &ActionMissing),
            ("Version", self.version().is_some(), &VersionMissing),
            ("AccessKeyId", unusable || self.access_key_id().is_some(), &AccessKeyIdMissing),
            ("Signature", unusable || self.signature().is_some(), &SignatureMissing),
            ("Timestamp", self.timestamp().is_some(), &TimestampMissing),
        ];
        match present.into_iter().find(|(_, present, _)| !present) {
            Some((name, _, row)) => Err(ApiError::from(row).compared(name, Value::Null)),
            None => Ok(()),
        }
    }

    fn check_action(&self) -> Result<&'static Entry, ApiError> {
        let (version, action) = (self.version().unwrap_or_default(), self.action().unwrap_or_default());
        let unknown =
            || ApiError::from(&ActionUnknown).compared("Action", action).compared("Version", version);
        registry::find(version, action).ok_or_else(unknown)
    }

    fn check_signature_form(&self) -> Result<(), ApiError> {
        match &self.style {
            Style::V1 => {
                let named = |name| self.params.given(name);
                if v1::Method::of(&self.params).is_none() {
                    let method = named("SignatureMethod");
                    return Err(ApiError::from(&SignatureMethodUnknown).compared("SignatureMethod", method));
                }
                if let Some(version) = named("SignatureVersion").filter(|version| *version != "1.0") {
                    let unknown = ApiError::from(&SignatureVersionUnknown);
                    return Err(unknown.compared("SignatureVersion", version));
                }
            }
            Style::V3(Some(Err(Unusable::UnknownAlgorithm))) => {
                let known =
                    ApiError::from(&SignatureMethodUnknown).compared("known algorithm", v3::ALGORITHM);
                return Err(known.compared("header Authorization", self.authorization_scheme()));
            }
            Style::V3(_) => {}
        }
        if self.timestamp().and_then(timestamp::parse).is_none() {
            return Err(ApiError::from(&TimestampNotAccepted).compared("Timestamp", self.timestamp()));
        }
        match self.style {
            Style::V3(Some(Err(Unusable::Malformed))) => {
                let refusal = ApiError::from(&SignatureWrong);
                Err(refusal.compared("header Authorization", self.authorization_scheme()))
            }
            _ => Ok(()),
        }
    }

    /// What the header begins with; what follows is a signature.
    fn authorization_scheme(&self) -> Option<&str> {
        self.received.header_text("authorization").and_then(|header| header.split_whitespace().next())
    }

    /// The clock window, the key, the signature, the nonce, the rate, what the key is for, the owners.
    fn check_caller(&self, known: Known, entry: &Entry, api: &Api) -> Result<Caller, ApiError> {
        let Known { now_ms, limits, key, token } = known;
        let access_key_id = self.access_key_id().unwrap_or_default();
        let sent_ms = self.timestamp().and_then(timestamp::parse).unwrap_or(i64::MAX);
        order::TIME_WINDOW.judge(self.check_window(sent_ms, now_ms, &limits))?;
        let key = order::KEY.judge(check_key(key, access_key_id))?;
        // The token is what makes a temporary key a key at all, so it comes before the signature.
        let kind = serde_json::to_value(key.kind).unwrap_or_default();
        let of_kind = |refusal: ApiError| refusal.compared("kind of the key", kind);
        order::SECURITY_TOKEN.judge(token.map_err(of_kind))?;
        order::SIGNATURE.judge(self.check_signature(&key.secret))?;
        // An empty nonce is refused later, with the parameters that an action requires.
        if let Some(text) = self.nonce().filter(|nonce| !nonce.is_empty()) {
            let window_ms = limits.nonce_window_ms();
            let nonce = Nonce { access_key_id, text, sent_ms, now_ms, window_ms };
            order::NONCE.judge(check_nonce(nonce, &api.nonces))?;
        }
        let (action, home) = (entry.spec.name, AccountId(key.account.clone()));
        order::RATE.judge(throttle::judge(&limits, &home, action, &api.cloud))?;
        order::KEY_SCOPE.judge(check_scope(&key, action))?;
        let identity = Identity::of_key(&key);
        let held = |refusal: ApiError| refusal.compared("holder of the key", key.principal.as_deref());
        order::OWNER_ONLY.judge(authorization::check_owner_only(entry.spec, &identity).map_err(held))?;
        let account = order::OWNERS.judge(self.check_owners(&key, &api.cloud))?;
        Ok(Caller { identity, home, ..Caller::owner(account, access_key_id) })
    }

    fn check_window(&self, sent_ms: i64, now_ms: i64, limits: &LimitFacts) -> Result<(), ApiError> {
        if now_ms.abs_diff(sent_ms) <= limits.timestamp_skew_ms().unsigned_abs() {
            return Ok(());
        }
        Err(ApiError::from(&TimestampNotAccepted)
            .compared("Timestamp", self.timestamp())
            .compared("clock", timestamp::to_second(now_ms))
            .compared("limits/timestamp_skew", String::from(limits.timestamp_skew)))
    }

    fn check_signature(&self, secret: &str) -> Result<(), ApiError> {
        if self.is_signed_with(secret) {
            return Ok(());
        }
        let refusal = ApiError::from(&SignatureWrong);
        Err(match &self.style {
            Style::V3(Some(Ok(authorization))) => {
                refusal.compared("canonical request", self.canonical_request(authorization))
            }
            _ => {
                refusal.compared("string to sign", v1::string_to_sign(&self.received.method, &self.masked()))
            }
        })
    }

    /// The parameters as everybody may see them.
    fn masked(&self) -> Params {
        let shown = |(name, value): (&str, &str)| (name.to_owned(), why::shown_parameter(name, value));
        Params::from_pairs(self.params.iter().filter(|(name, _)| *name != "Signature").map(shown))
    }

    /// What a V3 request is signed over, with secrets masked.
    fn canonical_request(&self, authorization: &Authorization<'_>) -> String {
        let query = Params::decode(self.received.query.as_bytes(), None).unwrap_or_default();
        let shown = |(name, value): (&str, &str)| (name.to_owned(), why::shown_parameter(name, value));
        let query = Params::from_pairs(query.iter().map(shown)).encode();
        let masked = |(name, value)| (name, if hides(name) { why::MASKED.as_bytes() } else { value });
        let headers: Vec<(&str, &[u8])> = self.received.header_pairs().into_iter().map(masked).collect();
        let request = v3::Request {
            method: &self.received.method,
            query: query.as_bytes(),
            headers: &headers,
            body: &self.received.body,
        };
        String::from_utf8_lossy(&request.canonical_request(authorization.signed_headers())).into_owned()
    }

    fn check_owners(&self, key: &AccessKeyFacts, cloud: &Cloud) -> Result<AccountId, ApiError> {
        let named = |mut refusal: ApiError| {
            for name in ["OwnerId", "OwnerAccount", "ResourceOwnerId", "ResourceOwnerAccount"] {
                if let Some(value) = self.params.given(name) {
                    refusal = refusal.compared(format!("parameter {name}"), value);
                }
            }
            refusal.compared("account of the key", key.account.as_str())
        };
        owner::judge(&self.params, key, cloud).map_err(named)
    }
}

/// Whether a header's value is nobody's business.
pub(crate) fn hides(header: &str) -> bool {
    ["authorization", "x-acs-security-token", "x-acs-bearer-token", "cookie"]
        .iter()
        .any(|secret| header.eq_ignore_ascii_case(secret))
}

/// Judged before anything is looked up: the store may be closed already.
fn check_open(api: &Api) -> Result<(), ApiError> {
    if api.is_stopping() {
        return Err(ApiError::from(&ServiceDown).compared("server", "stopping"));
    }
    Ok(())
}

fn check_load(in_flight: u32, limits: &LimitFacts) -> Result<(), ApiError> {
    if in_flight <= limits.max_in_flight {
        return Ok(());
    }
    let refusal = ApiError::from(&ServiceDown).compared("requests in flight", in_flight);
    Err(refusal.compared("limits/max_in_flight", limits.max_in_flight))
}

fn check_key(key: Option<AccessKeyFacts>, id: &str) -> Result<AccessKeyFacts, ApiError> {
    let what = format!("access_keys/{id}");
    let Some(key) = key else { return Err(ApiError::from(&AccessKeyUnknown).compared(what, Value::Null)) };
    if key.is_active() {
        return Ok(key);
    }
    Err(ApiError::from(&AccessKeyDisabled).compared(format!("{what}/status"), "Inactive"))
}

fn check_nonce(nonce: Nonce<'_>, nonces: &Nonces) -> Result<(), ApiError> {
    if nonces.admit(nonce)? {
        return Ok(());
    }
    let refusal = ApiError::from(&NonceUsed).compared("SignatureNonce", nonce.text);
    let seen = nonces.first_seen_ms(nonce)?.map(timestamp::to_second);
    Err(refusal.compared("first seen", seen).compared("clock", timestamp::to_second(nonce.now_ms)))
}

fn check_scope(key: &AccessKeyFacts, action: &str) -> Result<(), ApiError> {
    if key.may_call(action) {
        return Ok(());
    }
    let allowed = serde_json::to_value(&key.allowed_actions).unwrap_or_default();
    Err(ApiError::from(&KeyNotForAction).compared("Action", action).compared("allowed_actions", allowed))
}

/// What the state says about a request.
struct Known {
    now_ms: i64,
    limits: LimitFacts,
    /// The key that the request names, if there is such a key.
    key: Option<AccessKeyFacts>,
    /// Whether the security token is the one that the key needs.
    token: Result<(), ApiError>,
}

/// Only two methods are served; judged before anything else.
pub(crate) fn check_method(received: &Received) -> Result<(), ApiError> {
    match &*received.method {
        "GET" | "POST" => Ok(()),
        method => Err(ApiError::from(&HttpMethodUnsupported).compared("method", method)),
    }
}
