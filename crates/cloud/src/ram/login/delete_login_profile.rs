//! DeleteLoginProfile.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamLoginNotFound, RamUserNotFound, RequiredParameterMissing};
use crate::ram::given::{one_login, one_user};
use crate::spec::Run;

/// Takes the console login from a RAM user. Its access keys go on working.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(RequiredParameterMissing, RamUserNotFound, RamLoginNotFound))]
pub struct DeleteLoginProfile {
    /// Name of the user.
    #[param(required)]
    user_name: String,
}

impl Run for DeleteLoginProfile {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let mut user = cx.ram_user(&self.user_name)?;
        user.login_profile()?;
        user.login = None;
        cx.put(&user)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a login", one_login, "UserName=ann"),
    Case::err("no name", nothing, "", &RequiredParameterMissing),
    Case::err("a user that is not there", nothing, "UserName=ann", &RamUserNotFound),
    Case::err("a user who does not log in", one_user, "UserName=ann", &RamLoginNotFound),
];
