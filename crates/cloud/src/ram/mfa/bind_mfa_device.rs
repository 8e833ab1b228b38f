//! BindMFADevice.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{
    ApiError, MfaCodeMalformed, MfaCodeWrong, MfaDeviceBound, MfaDeviceNotFound, RamUserHasMfaDevice,
    RamUserNotFound, RequiredParameterMissing,
};
use crate::ram::given::{one_bound_device, one_device, one_user, user_and_device};
use crate::ram::mfa::record::BoundDevice;
use crate::ram::mfa::totp;
use crate::spec::Run;
use crate::story::Story;

/// Binds a virtual MFA device to a RAM user who can show two codes of it.
///
/// A user has one device, and a device one user.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(
    RequiredParameterMissing,
    MfaCodeMalformed,
    RamUserNotFound,
    MfaDeviceNotFound,
    RamUserHasMfaDevice,
    MfaDeviceBound,
    MfaCodeWrong
))]
pub struct BindMFADevice {
    /// Name of the user.
    #[param(required)]
    user_name: String,
    /// Serial number of the device.
    #[param(required)]
    serial_number: String,
    /// A code that the device shows: six digits.
    #[param(required, check = is_code, row = MfaCodeMalformed)]
    authentication_code1: String,
    /// The code that follows it, at most a minute and a half after the first appeared.
    #[param(required, check = is_code, row = MfaCodeMalformed)]
    authentication_code2: String,
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn is_code(code: &String) -> bool {
    code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())
}

fn another_user(story: &mut Story) {
    one_bound_device(story);
    story.call("Ram:CreateUser", "UserName=eve");
}

impl Run for BindMFADevice {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let mut user = cx.ram_user(&self.user_name)?;
        let device = cx.mfa_device(&self.serial_number)?;
        if user.mfa_device.is_some() {
            return Err((&RamUserHasMfaDevice).into());
        }
        if cx.is_bound(&device)? {
            return Err((&MfaDeviceBound).into());
        }
        let codes = [&*self.authentication_code1, &*self.authentication_code2];
        if !totp::are_shown(&device.secret, codes, cx.now_ms())? {
            return Err((&MfaCodeWrong).into());
        }
        user.mfa_device = Some(BoundDevice { name: device.name, bound_ms: cx.now_ms() });
        cx.put(&user)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "two codes",
        user_and_device,
        "UserName=ann&SerialNumber=$phone&AuthenticationCode1=$code1&AuthenticationCode2=$code2",
    ),
    Case::err(
        "one code",
        user_and_device,
        "UserName=ann&SerialNumber=$phone&AuthenticationCode1=$code1",
        &RequiredParameterMissing,
    ),
    Case::err(
        "five digits",
        user_and_device,
        "UserName=ann&SerialNumber=$phone&AuthenticationCode1=$code1&AuthenticationCode2=12345",
        &MfaCodeMalformed,
    ),
    Case::err(
        "a user that is not there",
        one_device,
        "UserName=ann&SerialNumber=$phone&AuthenticationCode1=$code1&AuthenticationCode2=$code2",
        &RamUserNotFound,
    ),
    Case::err(
        "a device that is not there",
        one_user,
        "UserName=ann&SerialNumber=acs:ram::1000000000000001:mfa/phone&AuthenticationCode1=123456&AuthenticationCode2=123456",
        &MfaDeviceNotFound,
    ),
    Case::err(
        "a device of a user who has it",
        one_bound_device,
        "UserName=ann&SerialNumber=$phone&AuthenticationCode1=$code1&AuthenticationCode2=$code2",
        &RamUserHasMfaDevice,
    ),
    Case::err(
        "a device of another user",
        another_user,
        "UserName=eve&SerialNumber=$phone&AuthenticationCode1=$code1&AuthenticationCode2=$code2",
        &MfaDeviceBound,
    ),
    Case::err(
        "the codes the other way round",
        user_and_device,
        "UserName=ann&SerialNumber=$phone&AuthenticationCode1=$code2&AuthenticationCode2=$code1",
        &MfaCodeWrong,
    ),
];
