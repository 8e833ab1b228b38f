//! GetRole.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamEntityRoleNotFound, RequiredParameterMissing};
use crate::ram::given::one_role;
use crate::ram::role::record::OneRole;
use crate::spec::Run;

/// Shows a role with its trust policy.
#[derive(Action)]
#[action(ram, read, regionless, reply = OneRole, raises(RequiredParameterMissing, RamEntityRoleNotFound))]
pub struct GetRole {
    /// Name of the role.
    #[param(required)]
    role_name: String,
}

impl Run for GetRole {
    fn run(self, cx: &mut Cx<'_>) -> Result<OneRole, ApiError> {
        Ok(OneRole { role: cx.role(&self.role_name)?.shape() })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a role", one_role, "RoleName=worker"),
    Case::err("no name", nothing, "", &RequiredParameterMissing),
    Case::err("a role that is not there", nothing, "RoleName=worker", &RamEntityRoleNotFound),
];
