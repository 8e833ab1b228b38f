//! GetLoginProfile.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamLoginNotFound, RamUserNotFound, RequiredParameterMissing};
use crate::ram::given::{one_login, one_user};
use crate::ram::login::record::OneLogin;
use crate::spec::Run;

/// Tells how a RAM user logs in to the console. The password is never shown.
#[derive(Action)]
#[action(ram, read, regionless, reply = OneLogin, raises(RequiredParameterMissing, RamUserNotFound, RamLoginNotFound))]
pub struct GetLoginProfile {
    /// Name of the user.
    #[param(required)]
    user_name: String,
}

impl Run for GetLoginProfile {
    fn run(self, cx: &mut Cx<'_>) -> Result<OneLogin, ApiError> {
        cx.ram_user(&self.user_name)?.one_login()
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a login", one_login, "UserName=ann"),
    Case::err("no name", nothing, "", &RequiredParameterMissing),
    Case::err("a user that is not there", nothing, "UserName=ann", &RamUserNotFound),
    Case::err("a user who does not log in", one_user, "UserName=ann", &RamLoginNotFound),
];
