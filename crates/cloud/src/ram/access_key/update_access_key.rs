//! UpdateAccessKey.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::catalog::accounts::KeyStatus;
use crate::cx::Cx;
use crate::errors::{
    ApiError, ParameterMalformed, RamUserKeyNotFound, RamUserNotFound, RequiredParameterMissing,
};
use crate::ram::given::one_key;
use crate::spec::Run;
use crate::world::Fact;

/// Switches an access key of a RAM user on or off. An inactive key signs nothing.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(RequiredParameterMissing, ParameterMalformed, RamUserNotFound, RamUserKeyNotFound))]
pub struct UpdateAccessKey {
    /// Name of the user; without it the RAM user who calls.
    user_name: Option<String>,
    /// ID of the access key.
    #[param(required)]
    user_access_key_id: String,
    /// `Active` or `Inactive`.
    #[param(required, one_of("Active", "Inactive"))]
    status: String,
}

impl Run for UpdateAccessKey {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let user = cx.named_user_or_caller(self.user_name.as_deref())?;
        let (held, mut facts) = cx.user_key(&user, &self.user_access_key_id)?;
        facts.status = if self.status == "Active" { KeyStatus::Active } else { KeyStatus::Inactive };
        cx.put(&Fact { name: held.access_key_id, facts })?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("off", one_key, "UserName=ann&UserAccessKeyId=$key&Status=Inactive"),
    Case::ok("on again", one_key, "UserName=ann&UserAccessKeyId=$key&Status=Active"),
    Case::err("no status", one_key, "UserName=ann&UserAccessKeyId=$key", &RequiredParameterMissing),
    Case::err("half", one_key, "UserName=ann&UserAccessKeyId=$key&Status=Half", &ParameterMalformed),
    Case::err(
        "of a user that is not there",
        one_key,
        "UserName=eve&UserAccessKeyId=$key&Status=Inactive",
        &RamUserNotFound,
    ),
    Case::err(
        "a key that is not the user's",
        one_key,
        "UserName=ann&UserAccessKeyId=LTAI5tMoyunLocalTest&Status=Inactive",
        &RamUserKeyNotFound,
    ),
];
