//! GetSecurityPreference.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::ApiError;
use crate::ram::security::record::SecurityPreference;
use crate::spec::Run;

/// Tells what RAM users may do by themselves, and how they log in.
#[derive(Action)]
#[action(ram, read, regionless, reply = OneSecurityPreference, raises())]
pub struct GetSecurityPreference {}

/// The security preference of an account.
#[derive(Shape)]
pub struct OneSecurityPreference {
    /// The preference.
    security_preference: SecurityPreferenceShape,
}

/// A security preference.
#[derive(Shape)]
struct SecurityPreferenceShape {
    /// About logging in.
    login_profile_preference: LoginPreferenceShape,
    /// About access keys.
    access_key_preference: AccessKeyPreferenceShape,
    /// About public keys.
    public_key_preference: PublicKeyPreferenceShape,
    /// About MFA devices.
    #[shape(name = "MFAPreference")]
    mfa_preference: MfaPreferenceShape,
}

/// What is settled about logging in.
#[derive(Shape)]
struct LoginPreferenceShape {
    /// Whether an MFA device need not be shown again for seven days.
    #[shape(name = "EnableSaveMFATicket")]
    enable_save_mfa_ticket: bool,
    /// Whether users may change their own passwords.
    allow_user_to_change_password: bool,
    /// How many hours a login lasts.
    login_session_duration: i64,
    /// From which address blocks users log in; empty when from anywhere.
    login_network_masks: String,
}

/// What is settled about access keys.
#[derive(Shape)]
struct AccessKeyPreferenceShape {
    /// Whether users may arrange their own access keys.
    allow_user_to_manage_access_keys: bool,
}

/// What is settled about public keys.
#[derive(Shape)]
struct PublicKeyPreferenceShape {
    /// Whether users may arrange their own public keys.
    allow_user_to_manage_public_keys: bool,
}

/// What is settled about MFA devices.
#[derive(Shape)]
struct MfaPreferenceShape {
    /// Whether users may arrange their own MFA devices.
    #[shape(name = "AllowUserToManageMFADevices")]
    allow_user_to_manage_mfa_devices: bool,
}

impl From<SecurityPreference> for OneSecurityPreference {
    fn from(preference: SecurityPreference) -> OneSecurityPreference {
        let security_preference = SecurityPreferenceShape {
            login_profile_preference: LoginPreferenceShape {
                enable_save_mfa_ticket: preference.enable_save_mfa_ticket,
                allow_user_to_change_password: preference.allow_user_to_change_password,
                login_session_duration: preference.login_session_duration,
                login_network_masks: preference.login_network_masks,
            },
            access_key_preference: AccessKeyPreferenceShape {
                allow_user_to_manage_access_keys: preference.allow_user_to_manage_access_keys,
            },
            public_key_preference: PublicKeyPreferenceShape {
                allow_user_to_manage_public_keys: preference.allow_user_to_manage_public_keys,
            },
            mfa_preference: MfaPreferenceShape {
                allow_user_to_manage_mfa_devices: preference.allow_user_to_manage_mfa_devices,
            },
        };
        OneSecurityPreference { security_preference }
    }
}

impl Run for GetSecurityPreference {
    fn run(self, cx: &mut Cx<'_>) -> Result<OneSecurityPreference, ApiError> {
        Ok(cx.ram_settings()?.preference.into())
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[Case::ok("of an account that settled nothing", nothing, "")];
