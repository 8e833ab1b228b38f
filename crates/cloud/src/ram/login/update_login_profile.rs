//! UpdateLoginProfile.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{
    ApiError, ParameterMalformed, RamLoginNotFound, RamPasswordTooWeak, RamUserNotFound,
    RequiredParameterMissing,
};
use crate::ram::given::{one_login, one_user};
use crate::spec::Run;

/// Changes how a RAM user logs in to the console. What the request does not name stays as it is.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(RequiredParameterMissing, ParameterMalformed, RamPasswordTooWeak, RamUserNotFound, RamLoginNotFound))]
pub struct UpdateLoginProfile {
    /// Name of the user.
    #[param(required)]
    user_name: String,
    /// New password, as GetPasswordPolicy tells.
    password: Option<String>,
    /// Whether the user must change its password when it logs in next.
    password_reset_required: Option<bool>,
    /// Whether the user must bind an MFA device when it logs in next.
    #[param(name = "MFABindRequired")]
    mfa_bind_required: Option<bool>,
}

impl Run for UpdateLoginProfile {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        if let Some(password) = &self.password {
            cx.check_password(password)?;
        }
        let mut user = cx.ram_user(&self.user_name)?;
        let login = user.login_profile()?;
        login.password_reset_required = self.password_reset_required.unwrap_or(login.password_reset_required);
        login.mfa_bind_required = self.mfa_bind_required.unwrap_or(login.mfa_bind_required);
        cx.put(&user)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a new password", one_login, "UserName=ann&Password=N3wPassw0rd&PasswordResetRequired=true"),
    Case::err("no name", nothing, "Password=N3wPassw0rd", &RequiredParameterMissing),
    Case::err("a perhaps", one_login, "UserName=ann&MFABindRequired=perhaps", &ParameterMalformed),
    Case::err("seven characters", one_login, "UserName=ann&Password=N3wPass", &RamPasswordTooWeak),
    Case::err("a user that is not there", nothing, "UserName=ann&MFABindRequired=true", &RamUserNotFound),
    Case::err("a user who does not log in", one_user, "UserName=ann&MFABindRequired=true", &RamLoginNotFound),
];
