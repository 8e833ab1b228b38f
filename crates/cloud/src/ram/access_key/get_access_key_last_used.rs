//! GetAccessKeyLastUsed.

use moyun_derive::{Action, Shape};
use moyun_wire::timestamp;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{ApiError, RamUserKeyNotFound, RamUserNotFound, RequiredParameterMissing};
use crate::ram::given::{a_used_key, one_key};
use crate::spec::Run;

/// Tells when an access key of a RAM user was last used: its last call that was accepted, whatever came of it.
///
/// A call that does not get as far as the judgement of policies, such as one with a wrong signature, does not count.
#[derive(Action)]
#[action(ram, read, regionless, reply = LastUse, raises(RequiredParameterMissing, RamUserNotFound, RamUserKeyNotFound))]
pub struct GetAccessKeyLastUsed {
    /// Name of the user; without it the RAM user who calls.
    user_name: Option<String>,
    /// ID of the access key.
    #[param(required)]
    user_access_key_id: String,
}

/// When an access key was last used.
#[derive(Shape)]
pub struct LastUse {
    /// The last use.
    access_key_last_used: LastUseShape,
}

/// The last use of an access key.
#[derive(Shape)]
struct LastUseShape {
    /// When it was; empty when the key was never used.
    last_used_date: String,
    /// The product that was called, such as `Ecs`; empty when the key was never used.
    service_name: String,
}

impl Run for GetAccessKeyLastUsed {
    fn run(self, cx: &mut Cx<'_>) -> Result<LastUse, ApiError> {
        let user = cx.named_user_or_caller(self.user_name.as_deref())?;
        let (held, _) = cx.user_key(&user, &self.user_access_key_id)?;
        let last = cx.last_use(&held.access_key_id)?;
        let (last_used_date, service_name) =
            last.map(|last| (timestamp::to_second(last.at_ms), last.product)).unwrap_or_default();
        Ok(LastUse { access_key_last_used: LastUseShape { last_used_date, service_name } })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("never", one_key, "UserName=ann&UserAccessKeyId=$key"),
    Case::ok("once", a_used_key, "UserName=ann&UserAccessKeyId=$key"),
    Case::err("no key", one_key, "UserName=ann", &RequiredParameterMissing),
    Case::err("of a user that is not there", one_key, "UserName=eve&UserAccessKeyId=$key", &RamUserNotFound),
    Case::err(
        "a key that is not there",
        one_key,
        "UserName=ann&UserAccessKeyId=LTAI5tNope",
        &RamUserKeyNotFound,
    ),
];
