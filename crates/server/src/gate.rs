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
use moyun_cloud::registry::{self, Entry};
use moyun_cloud::sts::role::session::check_token;
use moyun_cloud::world::Fact;
use moyun_store::Fault;
use moyun_wire::out::Format;
use moyun_wire::params::Params;
use moyun_wire::v3::{Authorization, Unusable};
use moyun_wire::{timestamp, v1, v3};

use crate::http::{Api, HOST_ID, Received};
use crate::replay::Nonce;
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
        let known = self.look_up(&api.cloud)?;
        if in_flight > known.limits.max_in_flight {
            return Err((&ServiceDown).into());
        }
        self.check_presence()?;
        let entry = self.check_action()?;
        self.check_signature_form()?;
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
            (self.action().is_some(), &ActionMissing),
            (self.version().is_some(), &VersionMissing),
            (unusable || self.access_key_id().is_some(), &AccessKeyIdMissing),
            (unusable || self.signature().is_some(), &SignatureMissing),
            (self.timestamp().is_some(), &TimestampMissing),
        ];
        match present.into_iter().find(|(present, _)| !present) {
            Some((_, row)) => Err(row.into()),
            None => Ok(()),
        }
    }

    fn check_action(&self) -> Result<&'static Entry, ApiError> {
        let (version, action) = (self.version().unwrap_or_default(), self.action().unwrap_or_default());
        registry::find(version, action).ok_or_else(|| (&ActionUnknown).into())
    }

    fn check_signature_form(&self) -> Result<(), ApiError> {
        match &self.style {
            Style::V1 => {
                if v1::Method::of(&self.params).is_none() {
                    return Err((&SignatureMethodUnknown).into());
                }
                if self.params.given("SignatureVersion").is_some_and(|version| version != "1.0") {
                    return Err((&SignatureVersionUnknown).into());
                }
            }
            Style::V3(Some(Err(Unusable::UnknownAlgorithm))) => return Err((&SignatureMethodUnknown).into()),
            Style::V3(_) => {}
        }
        let readable = self.timestamp().is_some_and(|text| timestamp::parse(text).is_some());
        if readable { Ok(()) } else { Err((&TimestampNotAccepted).into()) }
    }

    /// Steps 11 to 25: the clock window, the key, the signature, the nonce, the rate, what the key is for, the owners.
    fn check_caller(&self, known: Known, entry: &Entry, api: &Api) -> Result<Caller, ApiError> {
        if matches!(self.style, Style::V3(Some(Err(Unusable::Malformed)))) {
            return Err((&SignatureWrong).into());
        }
        let Known { now_ms, limits, key, token } = known;
        let access_key_id = self.access_key_id().unwrap_or_default();
        let sent_ms = self.timestamp().and_then(timestamp::parse).unwrap_or(i64::MAX);
        if now_ms.abs_diff(sent_ms) > limits.timestamp_skew_ms().unsigned_abs() {
            return Err((&TimestampNotAccepted).into());
        }
        let key: AccessKeyFacts = key.ok_or(&AccessKeyUnknown)?;
        if !key.is_active() {
            return Err((&AccessKeyDisabled).into());
        }
        // The token is what makes a temporary key a key at all, so it comes before the signature.
        token?;
        if !self.is_signed_with(&key.secret) {
            return Err((&SignatureWrong).into());
        }
        // An empty nonce is refused later, with the parameters that an action requires.
        if let Some(text) = self.nonce().filter(|nonce| !nonce.is_empty()) {
            let window_ms = limits.nonce_window_ms();
            if !api.nonces.admit(Nonce { access_key_id, text, sent_ms, now_ms, window_ms })? {
                return Err((&NonceUsed).into());
            }
        }
        throttle::judge(&limits, &AccountId(key.account.clone()), entry.spec.name, &api.cloud)?;
        if !key.may_call(entry.spec.name) {
            return Err((&KeyNotForAction).into());
        }
        let identity = Identity::of_key(&key);
        authorization::check_owner_only(entry.spec, &identity)?;
        let home = AccountId(key.account.clone());
        let account = owner::judge(&self.params, &key, &api.cloud)?;
        Ok(Caller { identity, home, ..Caller::owner(account, access_key_id) })
    }
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
        _ => Err((&HttpMethodUnsupported).into()),
    }
}
