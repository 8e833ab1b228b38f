//! DetachPolicyFromRole.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{
    ApiError, RamEntityRoleNotFound, RamPolicyNotFound, RamPolicyTypeUnknown, RamRoleLacksPolicy,
    RequiredParameterMissing,
};
use crate::ids::ResourceGroupId;
use crate::ram::attachment::record::HolderKind;
use crate::ram::given::{everybody, everybody_attached, one_policy};
use crate::ram::managed_policy::record::PolicyType;
use crate::spec::Run;

/// Detaches a policy from a role. It counts no more from the next call on.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(RequiredParameterMissing, RamPolicyTypeUnknown, RamEntityRoleNotFound, RamPolicyNotFound, RamRoleLacksPolicy))]
pub struct DetachPolicyFromRole {
    /// `System` or `Custom`.
    #[param(required, row = RamPolicyTypeUnknown)]
    policy_type: PolicyType,
    /// Name of the policy.
    #[param(required)]
    policy_name: String,
    /// Name of the role.
    #[param(required)]
    role_name: String,
    /// Resource group; the policy counts in the whole account.
    resource_group_id: Option<ResourceGroupId>,
}

impl Run for DetachPolicyFromRole {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let _ = self.resource_group_id;
        let role = cx.role(&self.role_name)?;
        let policy = cx.policy(self.policy_type, &self.policy_name)?;
        cx.detach(&policy, HolderKind::Role, &role.name)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "an attached one",
        everybody_attached,
        "PolicyType=Custom&PolicyName=start-only&RoleName=worker",
    ),
    Case::err("no name", everybody, "PolicyType=Custom&RoleName=worker", &RequiredParameterMissing),
    Case::err(
        "a type of its own",
        everybody,
        "PolicyType=Own&PolicyName=start-only&RoleName=worker",
        &RamPolicyTypeUnknown,
    ),
    Case::err(
        "a role that is not there",
        one_policy,
        "PolicyType=Custom&PolicyName=start-only&RoleName=worker",
        &RamEntityRoleNotFound,
    ),
    Case::err(
        "a policy that is not there",
        everybody,
        "PolicyType=System&PolicyName=start-only&RoleName=worker",
        &RamPolicyNotFound,
    ),
    Case::err(
        "one that is not attached",
        everybody,
        "PolicyType=Custom&PolicyName=start-only&RoleName=worker",
        &RamRoleLacksPolicy,
    ),
];
