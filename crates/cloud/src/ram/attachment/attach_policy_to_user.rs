//! AttachPolicyToUser.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{
    ApiError, RamPolicyNotFound, RamPolicyTypeUnknown, RamUserHasPolicy, RamUserNotFound,
    RequiredParameterMissing,
};
use crate::ids::ResourceGroupId;
use crate::ram::attachment::record::HolderKind;
use crate::ram::given::{everybody, everybody_attached, one_policy};
use crate::ram::managed_policy::record::PolicyType;
use crate::spec::Run;

/// Attaches a policy to a RAM user. It counts from the next call on.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(RequiredParameterMissing, RamPolicyTypeUnknown, RamUserNotFound, RamPolicyNotFound, RamUserHasPolicy))]
pub struct AttachPolicyToUser {
    /// `System` or `Custom`.
    #[param(required, row = RamPolicyTypeUnknown)]
    policy_type: PolicyType,
    /// Name of the policy.
    #[param(required)]
    policy_name: String,
    /// Name of the user.
    #[param(required)]
    user_name: String,
    /// Resource group; the policy counts in the whole account.
    resource_group_id: Option<ResourceGroupId>,
}

impl Run for AttachPolicyToUser {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let _ = self.resource_group_id;
        let user = cx.ram_user(&self.user_name)?;
        let policy = cx.policy(self.policy_type, &self.policy_name)?;
        cx.attach(&policy, HolderKind::User, &user.name)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a custom one", everybody, "PolicyType=Custom&PolicyName=start-only&UserName=ann"),
    Case::ok("one of the system", everybody, "PolicyType=System&PolicyName=ReadOnlyAccess&UserName=ann"),
    Case::err("no name", everybody, "PolicyType=Custom&UserName=ann", &RequiredParameterMissing),
    Case::err(
        "a type of its own",
        everybody,
        "PolicyType=Own&PolicyName=start-only&UserName=ann",
        &RamPolicyTypeUnknown,
    ),
    Case::err(
        "a user that is not there",
        one_policy,
        "PolicyType=Custom&PolicyName=start-only&UserName=ann",
        &RamUserNotFound,
    ),
    Case::err(
        "a policy that is not there",
        everybody,
        "PolicyType=System&PolicyName=start-only&UserName=ann",
        &RamPolicyNotFound,
    ),
    Case::err(
        "once more",
        everybody_attached,
        "PolicyType=Custom&PolicyName=start-only&UserName=ann",
        &RamUserHasPolicy,
    ),
];
