//! SetPasswordPolicy.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, ParameterMalformed, RamPasswordLengthOutOfRange};
use crate::ram::security::get_password_policy::OnePasswordPolicy;
use crate::ram::security::record::PasswordPolicy;
use crate::spec::Run;

/// Settles what the passwords of RAM users must be like. What the request does not name stays as it is.
///
/// Passwords that were set before are not judged again.
#[derive(Action)]
#[action(ram, write, regionless, reply = OnePasswordPolicy, raises(RamPasswordLengthOutOfRange, ParameterMalformed))]
pub struct SetPasswordPolicy {
    /// The fewest characters; 8 at first.
    #[param(range(8, 32), row = RamPasswordLengthOutOfRange)]
    minimum_password_length: Option<i64>,
    /// Whether it must have a lowercase letter.
    require_lowercase_characters: Option<bool>,
    /// Whether it must have an uppercase letter.
    require_uppercase_characters: Option<bool>,
    /// Whether it must have a digit.
    require_numbers: Option<bool>,
    /// Whether it must have something that is neither letter nor digit.
    require_symbols: Option<bool>,
    /// Whether a password that is too old lets nobody in.
    hard_expiry: Option<bool>,
    /// How many days a password serves; 0 when for ever.
    #[param(range(0, 1095))]
    max_password_age: Option<i64>,
    /// How many of the last passwords cannot be chosen again.
    #[param(range(0, 24))]
    password_reuse_prevention: Option<i64>,
    /// How many wrong passwords an hour lock a user out; 0 when none do.
    #[param(range(0, 32))]
    max_login_attemps: Option<i64>,
}

impl Run for SetPasswordPolicy {
    fn run(self, cx: &mut Cx<'_>) -> Result<OnePasswordPolicy, ApiError> {
        let mut settings = cx.ram_settings()?;
        let old = &settings.passwords;
        settings.passwords = PasswordPolicy {
            minimum_password_length: self.minimum_password_length.unwrap_or(old.minimum_password_length),
            require_lowercase_characters: self
                .require_lowercase_characters
                .unwrap_or(old.require_lowercase_characters),
            require_uppercase_characters: self
                .require_uppercase_characters
                .unwrap_or(old.require_uppercase_characters),
            require_numbers: self.require_numbers.unwrap_or(old.require_numbers),
            require_symbols: self.require_symbols.unwrap_or(old.require_symbols),
            hard_expiry: self.hard_expiry.unwrap_or(old.hard_expiry),
            max_password_age: self.max_password_age.unwrap_or(old.max_password_age),
            password_reuse_prevention: self
                .password_reuse_prevention
                .unwrap_or(old.password_reuse_prevention),
            max_login_attemps: self.max_login_attemps.unwrap_or(old.max_login_attemps),
        };
        cx.put(&settings)?;
        Ok(OnePasswordPolicy { password_policy: settings.passwords })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("longer passwords with digits", nothing, "MinimumPasswordLength=12&RequireNumbers=true"),
    Case::ok(
        "everything",
        nothing,
        "MinimumPasswordLength=32&RequireLowercaseCharacters=true&RequireUppercaseCharacters=true&RequireNumbers=true&RequireSymbols=true&HardExpiry=true&MaxPasswordAge=90&PasswordReusePrevention=24&MaxLoginAttemps=5",
    ),
    Case::err("seven characters", nothing, "MinimumPasswordLength=7", &RamPasswordLengthOutOfRange),
    Case::err("25 passwords remembered", nothing, "PasswordReusePrevention=25", &ParameterMalformed),
];
