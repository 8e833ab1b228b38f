//! CreateLoginProfile.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{
    ApiError, ParameterMalformed, RamLoginExists, RamPasswordTooWeak, RamUserNotFound,
    RequiredParameterMissing,
};
use crate::ram::given::{one_login, one_user};
use crate::ram::login::record::{LoginProfile, OneLogin};
use crate::spec::Run;

/// Lets a RAM user log in to the console with a password.
///
/// The password is held against the password policy of the account and then forgotten, for there is no console.
#[derive(Action)]
#[action(ram, write, regionless, reply = OneLogin, raises(RequiredParameterMissing, ParameterMalformed, RamPasswordTooWeak, RamUserNotFound, RamLoginExists))]
pub struct CreateLoginProfile {
    /// Name of the user.
    #[param(required)]
    user_name: String,
    /// The password, as GetPasswordPolicy tells.
    #[param(required)]
    password: String,
    /// Whether the user must change its password when it logs in next.
    #[param(default = false)]
    password_reset_required: bool,
    /// Whether the user must bind an MFA device when it logs in next.
    #[param(name = "MFABindRequired", default = false)]
    mfa_bind_required: bool,
}

impl Run for CreateLoginProfile {
    fn run(self, cx: &mut Cx<'_>) -> Result<OneLogin, ApiError> {
        cx.check_password(&self.password)?;
        let mut user = cx.ram_user(&self.user_name)?;
        if user.login.is_some() {
            return Err((&RamLoginExists).into());
        }
        user.login = Some(LoginProfile {
            password_reset_required: self.password_reset_required,
            mfa_bind_required: self.mfa_bind_required,
            created_ms: cx.now_ms(),
        });
        cx.put(&user)?;
        user.one_login()
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a password alone", one_user, "UserName=ann&Password=Passw0rd!"),
    Case::ok(
        "one to be changed, and a device to be bound",
        one_user,
        "UserName=ann&Password=Passw0rd!&PasswordResetRequired=true&MFABindRequired=true",
    ),
    Case::err("no password", one_user, "UserName=ann", &RequiredParameterMissing),
    Case::err(
        "a perhaps",
        one_user,
        "UserName=ann&Password=Passw0rd!&PasswordResetRequired=perhaps",
        &ParameterMalformed,
    ),
    Case::err("seven characters", one_user, "UserName=ann&Password=Passw0r", &RamPasswordTooWeak),
    Case::err("a user that is not there", nothing, "UserName=ann&Password=Passw0rd!", &RamUserNotFound),
    Case::err("a second login", one_login, "UserName=ann&Password=Passw0rd!", &RamLoginExists),
];
