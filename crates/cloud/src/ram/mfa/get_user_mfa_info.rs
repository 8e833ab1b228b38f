//! GetUserMFAInfo.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamUserLacksMfaDevice, RamUserNotFound, RequiredParameterMissing};
use crate::ram::given::{one_bound_device, one_user};
use crate::ram::mfa::record::serial_number;
use crate::spec::Run;

/// Tells which MFA device a RAM user bound.
#[derive(Action)]
#[action(ram, read, regionless, reply = UserMfaInfo, raises(RequiredParameterMissing, RamUserNotFound, RamUserLacksMfaDevice))]
pub struct GetUserMFAInfo {
    /// Name of the user.
    #[param(required)]
    user_name: String,
}

/// The device of a user.
#[derive(Shape)]
pub struct UserMfaInfo {
    /// The device.
    #[shape(name = "MFADevice")]
    mfa_device: BoundDeviceShape,
}

/// An MFA device that a user bound.
#[derive(Shape)]
struct BoundDeviceShape {
    /// Serial number of the device.
    serial_number: String,
    /// `VMFA`: it is a virtual one.
    r#type: &'static str,
}

impl Run for GetUserMFAInfo {
    fn run(self, cx: &mut Cx<'_>) -> Result<UserMfaInfo, ApiError> {
        let user = cx.ram_user(&self.user_name)?;
        let device = user.mfa_device.ok_or(&RamUserLacksMfaDevice)?;
        let serial_number = serial_number(&user.account, &device.name);
        Ok(UserMfaInfo { mfa_device: BoundDeviceShape { serial_number, r#type: "VMFA" } })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a device", one_bound_device, "UserName=ann"),
    Case::err("no name", nothing, "", &RequiredParameterMissing),
    Case::err("a user that is not there", nothing, "UserName=ann", &RamUserNotFound),
    Case::err("a user without device", one_user, "UserName=ann", &RamUserLacksMfaDevice),
];
