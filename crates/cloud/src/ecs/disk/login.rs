//! How one logs in to the guest of a system disk that begins anew.

use crate::catalog::images::OsType;
use crate::cx::Cx;
use crate::ecs::instance::record::Instance;
use crate::ecs::instance::rules::is_windows_password;
use crate::errors::{ApiError, KeyPairNotFound, PasswordMalformed};

/// What a request says about it.
pub(super) struct Login {
    /// The new password, which is not kept.
    pub(super) password: Option<String>,
    /// The key pair; Windows knows none and ignores it.
    pub(super) key_pair: Option<String>,
}

impl Login {
    /// The key pair exists.
    pub(super) fn check_key_pair(&self, instance: &Instance, cx: &Cx<'_>) -> Result<(), ApiError> {
        let Some(name) = &self.key_pair else { return Ok(()) };
        match cx.find_key_pair(&instance.region, name)? {
            Some(_) => Ok(()),
            None => Err(KeyPairNotFound.about("KeyPairName")),
        }
    }

    /// The guest takes the password.
    pub(super) fn check_password(&self, os_type: OsType) -> Result<(), ApiError> {
        match &self.password {
            Some(password) if os_type == OsType::Windows && !is_windows_password(password) => {
                Err(PasswordMalformed.about("Password"))
            }
            _ => Ok(()),
        }
    }

    /// Gives it to the instance; what is not said stays.
    pub(super) fn apply(self, os_type: OsType, instance: &mut Instance) {
        instance.has_password |= self.password.is_some();
        if os_type == OsType::Linux && self.key_pair.is_some() {
            instance.key_pair = self.key_pair;
        }
    }
}
