//! ListPoliciesForUser.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamUserNotFound, RequiredParameterMissing};
use crate::ram::attachment::record::{AttachedPolicies, HolderKind};
use crate::ram::given::{everybody, everybody_attached};
use crate::spec::Run;

/// Lists the policies attached to a RAM user.
#[derive(Action)]
#[action(ram, read, regionless, reply = AttachedPolicies, raises(RequiredParameterMissing, RamUserNotFound))]
pub struct ListPoliciesForUser {
    /// Name of the user.
    #[param(required)]
    user_name: String,
}

impl Run for ListPoliciesForUser {
    fn run(self, cx: &mut Cx<'_>) -> Result<AttachedPolicies, ApiError> {
        let user = cx.ram_user(&self.user_name)?;
        cx.attached_policies(HolderKind::User, &user.name)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("none", everybody, "UserName=ann"),
    Case::ok("one", everybody_attached, "UserName=ann"),
    Case::err("no name", nothing, "", &RequiredParameterMissing),
    Case::err("a user that is not there", nothing, "UserName=ann", &RamUserNotFound),
];
