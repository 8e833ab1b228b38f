//! DeleteUser.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{
    ApiError, RamUserHasGroups, RamUserHasKeys, RamUserHasLogin, RamUserHasPolicies, RamUserNotFound,
    RamUserStillHasMfaDevice, RequiredParameterMissing,
};
use crate::ram::attachment::record::HolderKind;
use crate::ram::given::{everybody_attached, one_bound_device, one_key, one_login, one_member, one_user};
use crate::spec::Run;

/// Deletes a RAM user.
///
/// Delete its access keys and its console login, unbind its MFA device, take it out of its groups and detach its
/// policies first.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(RequiredParameterMissing, RamUserNotFound, RamUserHasKeys, RamUserHasGroups, RamUserHasLogin, RamUserStillHasMfaDevice, RamUserHasPolicies))]
pub struct DeleteUser {
    /// Name of the user.
    #[param(required)]
    user_name: String,
}

impl Run for DeleteUser {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let user = cx.ram_user(&self.user_name)?;
        if !cx.keys_of_user(&user)?.is_empty() {
            return Err((&RamUserHasKeys).into());
        }
        if !cx.groups_of_user(&user.name)?.is_empty() {
            return Err((&RamUserHasGroups).into());
        }
        if user.login.is_some() {
            return Err((&RamUserHasLogin).into());
        }
        if user.mfa_device.is_some() {
            return Err((&RamUserStillHasMfaDevice).into());
        }
        if !cx.attachments_of(HolderKind::User, &user.name)?.is_empty() {
            return Err((&RamUserHasPolicies).into());
        }
        cx.delete(&user)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a user with nothing", one_user, "UserName=ann"),
    Case::err("no name", nothing, "", &RequiredParameterMissing),
    Case::err("a user that is not there", nothing, "UserName=ann", &RamUserNotFound),
    Case::err("a user with a key", one_key, "UserName=ann", &RamUserHasKeys),
    Case::err("a user in a group", one_member, "UserName=ann", &RamUserHasGroups),
    Case::err("a user who logs in", one_login, "UserName=ann", &RamUserHasLogin),
    Case::err("a user with a device", one_bound_device, "UserName=ann", &RamUserStillHasMfaDevice),
    Case::err("a user with a policy", everybody_attached, "UserName=ann", &RamUserHasPolicies),
];
