//! ListVirtualMFADevices.

use std::collections::BTreeMap;

use moyun_derive::{Action, Shape};
use moyun_store::Key;
use moyun_wire::timestamp;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::ApiError;
use crate::paging::LISTED;
use crate::ram::given::{one_bound_device, one_device};
use crate::ram::mfa::record::{MfaDevice, serial_number};
use crate::ram::user::record::{OF_MFA_DEVICE, RamUser};
use crate::spec::Run;
use crate::story::Story;

/// Lists the virtual MFA devices of the account, newest first.
#[derive(Action)]
#[action(ram, read, regionless, reply = MfaDeviceList, raises())]
pub struct ListVirtualMFADevices {}

/// The virtual MFA devices of an account.
#[derive(Shape)]
pub struct MfaDeviceList {
    /// The devices.
    #[shape(name = "VirtualMFADevices", list = "VirtualMFADevice")]
    devices: Vec<VirtualMfaDeviceShape>,
}

/// A virtual MFA device.
#[derive(Shape)]
struct VirtualMfaDeviceShape {
    /// Serial number of the device.
    serial_number: String,
    /// When it was bound, if it is.
    activate_date: Option<String>,
    /// The user who bound it, if one did.
    user: Option<DeviceUserShape>,
}

/// The user who bound a device.
#[derive(Shape)]
struct DeviceUserShape {
    /// ID of the user.
    user_id: String,
    /// Name of the user.
    user_name: String,
    /// Display name.
    display_name: String,
}

fn one_bound_and_one_free(story: &mut Story) {
    one_bound_device(story);
    story.pass_ms(1000);
    story.call("Ram:CreateVirtualMFADevice", "VirtualMFADeviceName=tablet");
}

impl Run for ListVirtualMFADevices {
    fn run(self, cx: &mut Cx<'_>) -> Result<MfaDeviceList, ApiError> {
        let here = Key::new().text(cx.account());
        let devices: Vec<MfaDevice> = cx.tx.index_list(LISTED, &here, 0, usize::MAX)?;
        let users: Vec<RamUser> = cx.tx.index_list(OF_MFA_DEVICE, &here, 0, usize::MAX)?;
        let mut bound: BTreeMap<String, (i64, DeviceUserShape)> = BTreeMap::new();
        for mut user in users {
            if let Some(device) = user.mfa_device.take() {
                bound.insert(device.name, (device.bound_ms, user.into()));
            }
        }
        let devices = devices.into_iter().map(|device| {
            let (bound_ms, user) = bound.remove(&device.name).unzip();
            let serial_number = serial_number(&device.account, &device.name);
            VirtualMfaDeviceShape { serial_number, activate_date: bound_ms.map(timestamp::to_second), user }
        });
        Ok(MfaDeviceList { devices: devices.collect() })
    }
}

impl From<RamUser> for DeviceUserShape {
    fn from(user: RamUser) -> DeviceUserShape {
        DeviceUserShape { user_id: user.id, user_name: user.name, display_name: user.display_name }
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("none", nothing, ""),
    Case::ok("one that nobody bound", one_device, ""),
    Case::ok("one of a user, and a newer one of nobody", one_bound_and_one_free, ""),
];
