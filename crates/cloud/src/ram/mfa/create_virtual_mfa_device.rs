//! CreateVirtualMFADevice.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, MfaDeviceExists, MfaDeviceNameMalformed, RequiredParameterMissing};
use crate::ram::given::one_device;
use crate::ram::mfa::record::{MfaDevice, serial_number};
use crate::ram::mfa::totp;
use crate::spec::Run;

/// Creates a virtual MFA device, which BindMFADevice gives to a RAM user.
///
/// The reply is the only place that ever shows the seed.
#[derive(Action)]
#[action(ram, write, regionless, reply = NewMfaDevice, raises(RequiredParameterMissing, MfaDeviceNameMalformed, MfaDeviceExists))]
pub struct CreateVirtualMFADevice {
    /// Name of the device: 1 to 64 letters, digits and hyphens, unique in the account.
    #[param(name = "VirtualMFADeviceName", required, check = is_device_name, row = MfaDeviceNameMalformed)]
    name: String,
}

/// A new virtual MFA device.
#[derive(Shape)]
pub struct NewMfaDevice {
    /// The device.
    #[shape(name = "VirtualMFADevice")]
    device: NewMfaDeviceShape,
}

/// A virtual MFA device with its seed.
#[derive(Shape)]
struct NewMfaDeviceShape {
    /// Serial number of the device.
    serial_number: String,
    /// Seed of its codes in Base32, shown this once.
    base32_string_seed: String,
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn is_device_name(name: &String) -> bool {
    (1..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

impl Run for CreateVirtualMFADevice {
    fn run(self, cx: &mut Cx<'_>) -> Result<NewMfaDevice, ApiError> {
        if cx.find::<MfaDevice>(&MfaDevice::key_of(cx.account(), &self.name))?.is_some() {
            return Err((&MfaDeviceExists).into());
        }
        let device = MfaDevice {
            account: cx.account().clone(),
            name: self.name,
            secret: totp::new_seed(&mut cx.rng),
            created_ms: cx.now_ms(),
        };
        cx.put(&device)?;
        let serial_number = serial_number(&device.account, &device.name);
        Ok(NewMfaDevice { device: NewMfaDeviceShape { serial_number, base32_string_seed: device.secret } })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a device", nothing, "VirtualMFADeviceName=phone"),
    Case::err("no name", nothing, "", &RequiredParameterMissing),
    Case::err("a name with a blank", nothing, "VirtualMFADeviceName=my phone", &MfaDeviceNameMalformed),
    Case::err("a name in use", one_device, "VirtualMFADeviceName=phone", &MfaDeviceExists),
];
