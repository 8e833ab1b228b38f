//! A console login as it is stored with its user. No password is kept: nobody can log in.

use moyun_derive::Shape;
use moyun_wire::timestamp;
use serde::{Deserialize, Serialize};

use crate::errors::{ApiError, RamLoginNotFound};
use crate::ram::user::record::RamUser;

/// How a user logs in to the console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginProfile {
    /// Whether it must choose a new password when it logs in next.
    pub password_reset_required: bool,
    /// Whether it must bind an MFA device when it logs in next.
    pub mfa_bind_required: bool,
    /// When it was made.
    pub created_ms: i64,
}

/// The console login of a user.
#[derive(Shape)]
pub struct OneLogin {
    /// The login.
    login_profile: LoginProfileShape,
}

/// A console login.
#[derive(Shape)]
struct LoginProfileShape {
    /// Name of the user.
    user_name: String,
    /// Whether the user must change its password when it logs in next.
    password_reset_required: bool,
    /// Whether the user must bind an MFA device when it logs in next.
    #[shape(name = "MFABindRequired")]
    mfa_bind_required: bool,
    /// When the login was created.
    create_date: String,
}

impl RamUser {
    /// How the user logs in, or the row of its absence.
    pub(super) fn login_profile(&mut self) -> Result<&mut LoginProfile, ApiError> {
        Ok(self.login.as_mut().ok_or(&RamLoginNotFound)?)
    }

    /// How the user logs in, as replies show it.
    pub(super) fn one_login(&mut self) -> Result<OneLogin, ApiError> {
        let user_name = self.name.clone();
        let login = self.login_profile()?;
        let login_profile = LoginProfileShape {
            user_name,
            password_reset_required: login.password_reset_required,
            mfa_bind_required: login.mfa_bind_required,
            create_date: timestamp::to_second(login.created_ms),
        };
        Ok(OneLogin { login_profile })
    }
}
