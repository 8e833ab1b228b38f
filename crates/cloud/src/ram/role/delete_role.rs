//! DeleteRole.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamEntityRoleNotFound, RamRoleHasPolicies, RequiredParameterMissing};
use crate::ram::attachment::record::HolderKind;
use crate::ram::given::{everybody_attached, one_role};
use crate::spec::Run;

/// Deletes a role.
///
/// Detach its policies first. Sessions that have begun can do nothing any more.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(RequiredParameterMissing, RamEntityRoleNotFound, RamRoleHasPolicies))]
pub struct DeleteRole {
    /// Name of the role.
    #[param(required)]
    role_name: String,
}

impl Run for DeleteRole {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let role = cx.role(&self.role_name)?;
        if !cx.attachments_of(HolderKind::Role, &role.name)?.is_empty() {
            return Err((&RamRoleHasPolicies).into());
        }
        cx.delete(&role)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a role with nothing", one_role, "RoleName=worker"),
    Case::err("no name", nothing, "", &RequiredParameterMissing),
    Case::err("a role that is not there", nothing, "RoleName=worker", &RamEntityRoleNotFound),
    Case::err("a role with a policy", everybody_attached, "RoleName=worker", &RamRoleHasPolicies),
];
