//! UnbindMFADevice.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamUserLacksMfaDevice, RamUserNotFound, RequiredParameterMissing};
use crate::ram::given::{one_bound_device, one_user};
use crate::ram::mfa::record::serial_number;
use crate::spec::Run;

/// Takes the MFA device from a RAM user. The device stays, and may be bound again.
#[derive(Action)]
#[action(ram, write, regionless, reply = UnboundDevice, raises(RequiredParameterMissing, RamUserNotFound, RamUserLacksMfaDevice))]
pub struct UnbindMFADevice {
    /// Name of the user.
    #[param(required)]
    user_name: String,
}

/// The device that was unbound.
#[derive(Shape)]
pub struct UnboundDevice {
    /// The device.
    #[shape(name = "MFADevice")]
    mfa_device: MfaDeviceShape,
}

/// An MFA device.
#[derive(Shape)]
struct MfaDeviceShape {
    /// Serial number of the device.
    serial_number: String,
}

impl Run for UnbindMFADevice {
    fn run(self, cx: &mut Cx<'_>) -> Result<UnboundDevice, ApiError> {
        let mut user = cx.ram_user(&self.user_name)?;
        let device = user.mfa_device.take().ok_or(&RamUserLacksMfaDevice)?;
        cx.put(&user)?;
        let serial_number = serial_number(&user.account, &device.name);
        Ok(UnboundDevice { mfa_device: MfaDeviceShape { serial_number } })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a device", one_bound_device, "UserName=ann"),
    Case::err("no name", nothing, "", &RequiredParameterMissing),
    Case::err("a user that is not there", nothing, "UserName=ann", &RamUserNotFound),
    Case::err("a user without device", one_user, "UserName=ann", &RamUserLacksMfaDevice),
];
