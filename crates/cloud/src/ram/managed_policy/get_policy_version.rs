//! GetPolicyVersion.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{
    ApiError, RamPolicyNotFound, RamPolicyTypeUnknown, RamPolicyVersionNotFound, RequiredParameterMissing,
};
use crate::ram::given::{one_policy, two_versions};
use crate::ram::managed_policy::record::{OneVersion, PolicyType};
use crate::spec::Run;

/// Shows a version of a policy.
#[derive(Action)]
#[action(ram, read, regionless, reply = OneVersion, raises(RequiredParameterMissing, RamPolicyTypeUnknown, RamPolicyNotFound, RamPolicyVersionNotFound))]
pub struct GetPolicyVersion {
    /// `System` or `Custom`.
    #[param(required, row = RamPolicyTypeUnknown)]
    policy_type: PolicyType,
    /// Name of the policy.
    #[param(required)]
    policy_name: String,
    /// ID of the version, such as `v2`.
    #[param(required)]
    version_id: String,
}

impl Run for GetPolicyVersion {
    fn run(self, cx: &mut Cx<'_>) -> Result<OneVersion, ApiError> {
        let policy = cx.policy(self.policy_type, &self.policy_name)?;
        let found = policy.versions().into_iter().find(|version| version.version_id == self.version_id);
        Ok(OneVersion { policy_version: found.ok_or(&RamPolicyVersionNotFound)? })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a version", two_versions, "PolicyType=Custom&PolicyName=start-only&VersionId=v2"),
    Case::err(
        "no version",
        two_versions,
        "PolicyType=Custom&PolicyName=start-only",
        &RequiredParameterMissing,
    ),
    Case::err(
        "a type of its own",
        nothing,
        "PolicyType=Own&PolicyName=start-only&VersionId=v1",
        &RamPolicyTypeUnknown,
    ),
    Case::err(
        "no policy",
        nothing,
        "PolicyType=Custom&PolicyName=start-only&VersionId=v1",
        &RamPolicyNotFound,
    ),
    Case::err(
        "a version that is not there",
        one_policy,
        "PolicyType=Custom&PolicyName=start-only&VersionId=v2",
        &RamPolicyVersionNotFound,
    ),
];
