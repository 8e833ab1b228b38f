//! SetSecurityPreference.

use ipnet::IpNet;
use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, ParameterMalformed};
use crate::ram::security::get_security_preference::OneSecurityPreference;
use crate::ram::security::record::SecurityPreference;
use crate::spec::Run;

/// The most address blocks from which users log in, and the most characters of all of them.
const MASKS_MAX: usize = 40;
const MASK_CHARS_MAX: usize = 512;

/// Settles what RAM users may do by themselves, and how they log in. What the request does not name stays as it is.
#[derive(Action)]
#[action(ram, write, regionless, reply = OneSecurityPreference, raises(ParameterMalformed))]
pub struct SetSecurityPreference {
    /// Whether an MFA device need not be shown again for seven days.
    #[param(name = "EnableSaveMFATicket")]
    enable_save_mfa_ticket: Option<bool>,
    /// Whether users may change their own passwords.
    allow_user_to_change_password: Option<bool>,
    /// Whether users may arrange their own access keys.
    allow_user_to_manage_access_keys: Option<bool>,
    /// Whether users may arrange their own MFA devices.
    #[param(name = "AllowUserToManageMFADevices")]
    allow_user_to_manage_mfa_devices: Option<bool>,
    /// Whether users may arrange their own public keys.
    allow_user_to_manage_public_keys: Option<bool>,
    /// How many hours a login lasts; 6 at first.
    #[param(range(1, 24))]
    login_session_duration: Option<i64>,
    /// From which address blocks users log in: up to 40 with semicolons between them, 512 characters in all.
    #[param(check = are_masks)]
    login_network_masks: Option<String>,
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn are_masks(masks: &String) -> bool {
    masks.len() <= MASK_CHARS_MAX
        && masks.split(';').count() <= MASKS_MAX
        && masks.split(';').all(|mask| mask.parse::<IpNet>().is_ok())
}

impl Run for SetSecurityPreference {
    fn run(self, cx: &mut Cx<'_>) -> Result<OneSecurityPreference, ApiError> {
        let mut settings = cx.ram_settings()?;
        let old = settings.preference;
        settings.preference = SecurityPreference {
            enable_save_mfa_ticket: self.enable_save_mfa_ticket.unwrap_or(old.enable_save_mfa_ticket),
            allow_user_to_change_password: self
                .allow_user_to_change_password
                .unwrap_or(old.allow_user_to_change_password),
            allow_user_to_manage_access_keys: self
                .allow_user_to_manage_access_keys
                .unwrap_or(old.allow_user_to_manage_access_keys),
            allow_user_to_manage_mfa_devices: self
                .allow_user_to_manage_mfa_devices
                .unwrap_or(old.allow_user_to_manage_mfa_devices),
            allow_user_to_manage_public_keys: self
                .allow_user_to_manage_public_keys
                .unwrap_or(old.allow_user_to_manage_public_keys),
            login_session_duration: self.login_session_duration.unwrap_or(old.login_session_duration),
            login_network_masks: self.login_network_masks.unwrap_or(old.login_network_masks),
        };
        cx.put(&settings)?;
        Ok(settings.preference.into())
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("longer logins", nothing, "LoginSessionDuration=12"),
    Case::ok(
        "everything",
        nothing,
        "EnableSaveMFATicket=true&AllowUserToChangePassword=false&AllowUserToManageAccessKeys=true&AllowUserToManageMFADevices=false&AllowUserToManagePublicKeys=true&LoginSessionDuration=24&LoginNetworkMasks=10.0.0.0/8;2001:db8::/32",
    ),
    Case::err("a login of no time", nothing, "LoginSessionDuration=0", &ParameterMalformed),
    Case::err(
        "a mask that is none",
        nothing,
        "LoginNetworkMasks=10.0.0.0/8,192.168.0.0/16",
        &ParameterMalformed,
    ),
];
