//! A virtual MFA device as it is stored. Whose it is, its user says.

use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::errors::{ApiError, MfaDeviceNotFound};
use crate::ids::AccountId;
use crate::paging::Listed;
use crate::ram::user::record::{OF_MFA_DEVICE, RamUser};

/// A virtual MFA device.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MfaDevice {
    /// Whose it is.
    pub account: AccountId,
    /// Its name, unique within the account.
    pub name: String,
    /// What its codes follow from, in Base32.
    pub secret: String,
    /// When it was made.
    pub created_ms: i64,
}

/// The device that a user bound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoundDevice {
    /// Its name.
    pub name: String,
    /// Since when.
    pub bound_ms: i64,
}

impl Record for MfaDevice {
    const TABLE: Table = Table { id: 212, name: "ram_mfa_device" };
    fn key(&self) -> Key {
        MfaDevice::key_of(&self.account, &self.name)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn counted_in(&self) -> Option<Key> {
        Some(self.scope())
    }
    fn index(&self) -> Vec<IndexRow> {
        vec![self.listed()]
    }
}

impl Listed for MfaDevice {
    fn scope(&self) -> Key {
        Key::new().text(&self.account)
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
}

impl MfaDevice {
    /// The primary key of a device.
    pub fn key_of(account: &AccountId, name: &str) -> Key {
        Key::new().text(account).text(name)
    }
}

/// What requests and replies call a device.
pub(super) fn serial_number(account: &AccountId, name: &str) -> String {
    format!("acs:ram::{account}:mfa/{name}")
}

impl Cx<'_> {
    /// The account's device of this serial number, or the row of its absence.
    pub(super) fn mfa_device(&self, serial: &str) -> Result<MfaDevice, ApiError> {
        let name = serial.strip_prefix(&serial_number(self.account(), "")).ok_or(&MfaDeviceNotFound)?;
        let found = self.find::<MfaDevice>(&MfaDevice::key_of(self.account(), name))?;
        Ok(found.ok_or(&MfaDeviceNotFound)?)
    }

    /// Whether some user bound a device.
    pub(super) fn is_bound(&self, device: &MfaDevice) -> Result<bool, Fault> {
        let key = Key::new().text(&device.account).text(&device.name);
        Ok(!self.tx.index_list::<RamUser>(OF_MFA_DEVICE, &key, 0, 1)?.is_empty())
    }
}
