//! UpdateRole.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{
    ApiError, ParameterMalformed, RamEntityRoleNotFound, RamPolicyDocumentMalformed, RequiredParameterMissing,
};
use crate::ram::given::one_role;
use crate::ram::role::record::{OneRole, is_trust};
use crate::spec::Run;

/// Changes a role. What the request does not name stays as it is.
///
/// Sessions that have begun go on, whoever the role trusts now.
#[derive(Action)]
#[action(ram, write, regionless, reply = OneRole, raises(RequiredParameterMissing, RamPolicyDocumentMalformed, ParameterMalformed, RamEntityRoleNotFound))]
pub struct UpdateRole {
    /// Name of the role.
    #[param(required)]
    role_name: String,
    /// The new trust policy, in JSON.
    #[param(check = is_trust, row = RamPolicyDocumentMalformed)]
    new_assume_role_policy_document: Option<String>,
    /// The new description.
    #[param(len(1, 1024))]
    new_description: Option<String>,
    /// The new longest session, in seconds.
    #[param(range(3600, 43200))]
    new_max_session_duration: Option<i64>,
    /// Whether the role may log on to the console; there is none here.
    new_allow_console_login: Option<bool>,
}

impl Run for UpdateRole {
    fn run(self, cx: &mut Cx<'_>) -> Result<OneRole, ApiError> {
        let mut role = cx.role(&self.role_name)?;
        if let Some(trust) = self.new_assume_role_policy_document {
            role.trust = trust;
        }
        if let Some(description) = self.new_description {
            role.description = description;
        }
        if let Some(seconds) = self.new_max_session_duration {
            role.session_seconds_max = seconds;
        }
        if let Some(allowed) = self.new_allow_console_login {
            role.allow_console_login = allowed;
        }
        role.updated_ms = cx.now_ms();
        cx.put(&role)?;
        Ok(OneRole { role: role.shape() })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "everything",
        one_role,
        "RoleName=worker&NewAssumeRolePolicyDocument=$trust&NewDescription=Idle&NewMaxSessionDuration=43200\
         &NewAllowConsoleLogin=true",
    ),
    Case::err("no name", nothing, "NewDescription=Idle", &RequiredParameterMissing),
    Case::err(
        "trust that is no JSON",
        one_role,
        "RoleName=worker&NewAssumeRolePolicyDocument=all",
        &RamPolicyDocumentMalformed,
    ),
    Case::err(
        "a session of a minute",
        one_role,
        "RoleName=worker&NewMaxSessionDuration=60",
        &ParameterMalformed,
    ),
    Case::err("a role that is not there", nothing, "RoleName=worker", &RamEntityRoleNotFound),
];
