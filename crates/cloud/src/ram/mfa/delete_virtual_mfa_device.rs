//! DeleteVirtualMFADevice.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, MfaDeviceHasUser, MfaDeviceNotFound, RequiredParameterMissing};
use crate::ram::given::{one_bound_device, one_device};
use crate::spec::Run;

/// Deletes a virtual MFA device. Unbind it first.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(RequiredParameterMissing, MfaDeviceNotFound, MfaDeviceHasUser))]
pub struct DeleteVirtualMFADevice {
    /// Serial number of the device.
    #[param(required)]
    serial_number: String,
}

impl Run for DeleteVirtualMFADevice {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let device = cx.mfa_device(&self.serial_number)?;
        if cx.is_bound(&device)? {
            return Err((&MfaDeviceHasUser).into());
        }
        cx.delete(&device)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a device", one_device, "SerialNumber=$phone"),
    Case::err("no device", nothing, "", &RequiredParameterMissing),
    Case::err(
        "a device that is not there",
        nothing,
        "SerialNumber=acs:ram::1000000000000001:mfa/phone",
        &MfaDeviceNotFound,
    ),
    Case::err("a name in place of the number", one_device, "SerialNumber=phone", &MfaDeviceNotFound),
    Case::err("a device of a user", one_bound_device, "SerialNumber=$phone", &MfaDeviceHasUser),
];
