//! GetPolicy.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamPolicyNotFound, RamPolicyTypeUnknown, RequiredParameterMissing};
use crate::ram::given::one_policy;
use crate::ram::managed_policy::record::{PolicyShape, PolicyType, VersionShape};
use crate::spec::Run;

/// Shows a policy and the version of it that counts.
#[derive(Action)]
#[action(ram, read, regionless, reply = PolicyWithDocument, raises(RequiredParameterMissing, RamPolicyTypeUnknown, RamPolicyNotFound))]
pub struct GetPolicy {
    /// `System` or `Custom`.
    #[param(required, row = RamPolicyTypeUnknown)]
    policy_type: PolicyType,
    /// Name of the policy.
    #[param(required)]
    policy_name: String,
}

/// A policy with its document.
#[derive(Shape)]
pub struct PolicyWithDocument {
    /// The policy.
    policy: PolicyShape,
    /// The version that counts.
    default_policy_version: Option<VersionShape>,
}

impl Run for GetPolicy {
    fn run(self, cx: &mut Cx<'_>) -> Result<PolicyWithDocument, ApiError> {
        let policy = cx.policy(self.policy_type, &self.policy_name)?;
        let attachments = cx.attachment_count(self.policy_type, policy.name())?;
        let default_policy_version = policy.versions().into_iter().find(|version| version.is_default_version);
        Ok(PolicyWithDocument { policy: policy.shape(attachments), default_policy_version })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a custom one", one_policy, "PolicyType=Custom&PolicyName=start-only"),
    Case::ok("one of the system", nothing, "PolicyType=System&PolicyName=AliyunECSFullAccess"),
    Case::err("no type", nothing, "PolicyName=start-only", &RequiredParameterMissing),
    Case::err("a type of its own", nothing, "PolicyType=Own&PolicyName=start-only", &RamPolicyTypeUnknown),
    Case::err(
        "under the other type",
        one_policy,
        "PolicyType=System&PolicyName=start-only",
        &RamPolicyNotFound,
    ),
];
