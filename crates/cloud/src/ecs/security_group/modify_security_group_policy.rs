//! ModifySecurityGroupPolicy.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::security_group::given::{enterprise_group, one_group};
use crate::ecs::security_group::rule_params::{is_policy, policy_word};
use crate::errors::{
    ApiError, EnterprisePolicyFixed, InnerAccessPolicyUnknown, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing, SecurityGroupNotFound,
};
use crate::ids::SecurityGroupId;
use crate::spec::Run;

/// Says whether the members of a normal security group reach each other.
///
/// Those of an enterprise group never do.
#[derive(Action)]
#[action(ecs, write, region, idempotent, reply = Empty, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    InnerAccessPolicyUnknown,
    SecurityGroupNotFound,
    EnterprisePolicyFixed
))]
pub struct ModifySecurityGroupPolicy {
    /// ID of the security group.
    #[param(required)]
    security_group_id: SecurityGroupId,
    /// `Accept` if they do, `Drop` if they do not; any letter case.
    #[param(required, check = is_policy, row = InnerAccessPolicyUnknown)]
    inner_access_policy: String,
}

impl Run for ModifySecurityGroupPolicy {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let mut group = cx.security_group(&self.security_group_id)?;
        if group.is_enterprise() {
            return Err(EnterprisePolicyFixed.about("InnerAccessPolicy"));
        }
        group.inner_access_policy = policy_word(&self.inner_access_policy).to_owned();
        cx.put(&group)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("apart", one_group, "RegionId=cn-hangzhou&SecurityGroupId=$group&InnerAccessPolicy=Drop"),
    Case::ok(
        "in small letters",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&InnerAccessPolicy=accept",
    ),
    Case::err(
        "a region that is none",
        one_group,
        "RegionId=cn-atlantis&SecurityGroupId=$group&InnerAccessPolicy=Drop",
        &RegionNotFound,
    ),
    Case::err(
        "no policy",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group",
        &RequiredParameterMissing,
    ),
    Case::err(
        "an empty policy",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&InnerAccessPolicy=",
        &RequiredParameterEmpty,
    ),
    Case::err(
        "a policy that is none",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&InnerAccessPolicy=reject",
        &InnerAccessPolicyUnknown,
    ),
    Case::err(
        "a group that is none",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=sg-none&InnerAccessPolicy=Drop",
        &SecurityGroupNotFound,
    ),
    Case::err(
        "an enterprise group",
        enterprise_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$enterprise&InnerAccessPolicy=Accept",
        &EnterprisePolicyFixed,
    ),
];
