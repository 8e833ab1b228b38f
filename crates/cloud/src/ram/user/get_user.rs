//! GetUser.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamUserNotFound, RequiredParameterMissing};
use crate::ram::given::one_user;
use crate::ram::user::record::OneUser;
use crate::spec::Run;

/// Shows a RAM user.
#[derive(Action)]
#[action(ram, read, regionless, reply = OneUser, raises(RequiredParameterMissing, RamUserNotFound))]
pub struct GetUser {
    /// Name of the user.
    #[param(required)]
    user_name: String,
}

impl Run for GetUser {
    fn run(self, cx: &mut Cx<'_>) -> Result<OneUser, ApiError> {
        Ok(OneUser { user: cx.ram_user(&self.user_name)?.into() })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a user", one_user, "UserName=ann"),
    Case::err("no name", nothing, "", &RequiredParameterMissing),
    Case::err("a user that is not there", nothing, "UserName=ann", &RamUserNotFound),
];
