//! DeleteAccessKey.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{ApiError, RamUserKeyNotFound, RamUserNotFound, RequiredParameterMissing};
use crate::ram::access_key::uses::KeyUse;
use crate::ram::given::one_key;
use crate::spec::Run;
use crate::world::Fact;

/// Deletes an access key of a RAM user. Nothing signed with it is accepted any more.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(RequiredParameterMissing, RamUserNotFound, RamUserKeyNotFound))]
pub struct DeleteAccessKey {
    /// Name of the user; without it the RAM user who calls.
    user_name: Option<String>,
    /// ID of the access key.
    #[param(required)]
    user_access_key_id: String,
}

impl Run for DeleteAccessKey {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let user = cx.named_user_or_caller(self.user_name.as_deref())?;
        let (held, facts) = cx.user_key(&user, &self.user_access_key_id)?;
        cx.delete(&held)?;
        cx.tx.delete::<KeyUse>(&KeyUse::key_of(&held.access_key_id))?;
        cx.delete(&Fact { name: held.access_key_id, facts })?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a key", one_key, "UserName=ann&UserAccessKeyId=$key"),
    Case::err("no key", one_key, "UserName=ann", &RequiredParameterMissing),
    Case::err("of a user that is not there", one_key, "UserName=eve&UserAccessKeyId=$key", &RamUserNotFound),
    Case::err(
        "a key that is not there",
        one_key,
        "UserName=ann&UserAccessKeyId=LTAI5tNope",
        &RamUserKeyNotFound,
    ),
];
