//! GetPasswordPolicy.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::ApiError;
use crate::ram::security::record::PasswordPolicy;
use crate::spec::Run;

/// Tells what the passwords of RAM users must be like.
#[derive(Action)]
#[action(ram, read, regionless, reply = OnePasswordPolicy, raises())]
pub struct GetPasswordPolicy {}

/// The password policy of an account.
#[derive(Shape)]
pub struct OnePasswordPolicy {
    /// The policy.
    pub(super) password_policy: PasswordPolicy,
}

impl Run for GetPasswordPolicy {
    fn run(self, cx: &mut Cx<'_>) -> Result<OnePasswordPolicy, ApiError> {
        Ok(OnePasswordPolicy { password_policy: cx.ram_settings()?.passwords })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[Case::ok("of an account that settled nothing", nothing, "")];
