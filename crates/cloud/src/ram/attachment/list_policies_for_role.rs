//! ListPoliciesForRole.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamEntityRoleNotFound, RequiredParameterMissing};
use crate::ram::attachment::record::{AttachedPolicies, HolderKind};
use crate::ram::given::{everybody, everybody_attached};
use crate::spec::Run;

/// Lists the policies attached to a role.
#[derive(Action)]
#[action(ram, read, regionless, reply = AttachedPolicies, raises(RequiredParameterMissing, RamEntityRoleNotFound))]
pub struct ListPoliciesForRole {
    /// Name of the role.
    #[param(required)]
    role_name: String,
}

impl Run for ListPoliciesForRole {
    fn run(self, cx: &mut Cx<'_>) -> Result<AttachedPolicies, ApiError> {
        let role = cx.role(&self.role_name)?;
        cx.attached_policies(HolderKind::Role, &role.name)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("none", everybody, "RoleName=worker"),
    Case::ok("one", everybody_attached, "RoleName=worker"),
    Case::err("no name", nothing, "", &RequiredParameterMissing),
    Case::err("a role that is not there", nothing, "RoleName=worker", &RamEntityRoleNotFound),
];
