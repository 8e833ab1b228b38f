//! The settings of an account as they are stored and shown.

use moyun_derive::Shape;
use moyun_store::{Fault, Key, Lane, Record, Table};
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::errors::{ApiError, RamPasswordTooWeak};
use crate::ids::AccountId;

/// What an account settled; an account that settled nothing has none.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RamSettings {
    /// Whose they are.
    pub account: AccountId,
    /// What passwords must be like.
    pub passwords: PasswordPolicy,
    /// What RAM users may do by themselves.
    pub preference: SecurityPreference,
}

impl Record for RamSettings {
    const TABLE: Table = Table { id: 210, name: "ram_settings" };
    fn key(&self) -> Key {
        Key::new().text(&self.account)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
}

/// What passwords of RAM users must be like.
#[derive(Debug, Clone, Serialize, Deserialize, Shape)]
pub struct PasswordPolicy {
    /// The fewest characters.
    pub minimum_password_length: i64,
    /// Whether it must have a lowercase letter.
    pub require_lowercase_characters: bool,
    /// Whether it must have an uppercase letter.
    pub require_uppercase_characters: bool,
    /// Whether it must have a digit.
    pub require_numbers: bool,
    /// Whether it must have something that is neither letter nor digit.
    pub require_symbols: bool,
    /// Whether a password that is too old lets nobody in.
    pub hard_expiry: bool,
    /// How many days a password serves; 0 when for ever.
    pub max_password_age: i64,
    /// How many of the last passwords cannot be chosen again.
    pub password_reuse_prevention: i64,
    /// How many wrong passwords an hour lock a user out; 0 when none do.
    pub max_login_attemps: i64,
}

impl Default for PasswordPolicy {
    fn default() -> PasswordPolicy {
        PasswordPolicy {
            minimum_password_length: 8,
            require_lowercase_characters: false,
            require_uppercase_characters: false,
            require_numbers: false,
            require_symbols: false,
            hard_expiry: false,
            max_password_age: 0,
            password_reuse_prevention: 0,
            max_login_attemps: 0,
        }
    }
}

impl PasswordPolicy {
    /// Whether a password satisfies it.
    fn allows(&self, password: &str) -> bool {
        let length = i64::try_from(password.chars().count()).unwrap_or(i64::MAX);
        let has = |is_wanted: bool, kind: fn(&char) -> bool| !is_wanted || password.chars().any(|c| kind(&c));
        length >= self.minimum_password_length
            && has(self.require_lowercase_characters, char::is_ascii_lowercase)
            && has(self.require_uppercase_characters, char::is_ascii_uppercase)
            && has(self.require_numbers, char::is_ascii_digit)
            && has(self.require_symbols, |c| !c.is_ascii_alphanumeric())
    }
}

/// What RAM users may do by themselves, as it is stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SecurityPreference {
    /// Whether a second factor serves for a week.
    pub enable_save_mfa_ticket: bool,
    /// Whether users change their own passwords.
    pub allow_user_to_change_password: bool,
    /// Whether users arrange their own access keys.
    pub allow_user_to_manage_access_keys: bool,
    /// Whether users arrange their own MFA devices.
    pub allow_user_to_manage_mfa_devices: bool,
    /// Whether users arrange their own public keys.
    pub allow_user_to_manage_public_keys: bool,
    /// How many hours a login lasts.
    pub login_session_duration: i64,
    /// From where users log in; empty when from anywhere.
    pub login_network_masks: String,
}

impl Default for SecurityPreference {
    fn default() -> SecurityPreference {
        SecurityPreference {
            enable_save_mfa_ticket: false,
            allow_user_to_change_password: true,
            allow_user_to_manage_access_keys: false,
            allow_user_to_manage_mfa_devices: true,
            allow_user_to_manage_public_keys: false,
            login_session_duration: 6,
            login_network_masks: String::new(),
        }
    }
}

impl Cx<'_> {
    /// What the account settled, or what holds as long as it settles nothing.
    pub(super) fn ram_settings(&self) -> Result<RamSettings, Fault> {
        let settled = self.find::<RamSettings>(&Key::new().text(self.account()))?;
        Ok(settled.unwrap_or_else(|| RamSettings {
            account: self.account().clone(),
            passwords: PasswordPolicy::default(),
            preference: SecurityPreference::default(),
        }))
    }

    /// Refuses a password that the account's policy does not allow.
    pub fn check_password(&self, password: &str) -> Result<(), ApiError> {
        if self.ram_settings()?.passwords.allows(password) {
            Ok(())
        } else {
            Err((&RamPasswordTooWeak).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_setting_asks_for_what_it_says() {
        let plain = PasswordPolicy::default();
        assert!(plain.allows("........") && plain.allows("墨云墨云墨云墨云") && !plain.allows("......."));
        let long = PasswordPolicy { minimum_password_length: 9, ..plain.clone() };
        assert!(long.allows(".........") && !long.allows("........"));
        let lower = PasswordPolicy { require_lowercase_characters: true, ..plain.clone() };
        assert!(lower.allows("....a...") && !lower.allows("A1......"));
        let upper = PasswordPolicy { require_uppercase_characters: true, ..plain.clone() };
        assert!(upper.allows("....A...") && !upper.allows("a1......"));
        let number = PasswordPolicy { require_numbers: true, ..plain.clone() };
        assert!(number.allows("....1...") && !number.allows("aA......"));
        let symbol = PasswordPolicy { require_symbols: true, ..plain };
        assert!(symbol.allows("aA1aA1a.") && !symbol.allows("aA1aA1aA"));
    }
}
