//! ListPolicyVersions.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamPolicyNotFound, RamPolicyTypeUnknown, RequiredParameterMissing};
use crate::ram::given::two_versions;
use crate::ram::managed_policy::record::{PolicyType, VersionShape};
use crate::spec::Run;

/// Lists the versions of a policy, newest first.
#[derive(Action)]
#[action(ram, read, regionless, reply = VersionList, raises(RequiredParameterMissing, RamPolicyTypeUnknown, RamPolicyNotFound))]
pub struct ListPolicyVersions {
    /// `System` or `Custom`.
    #[param(required, row = RamPolicyTypeUnknown)]
    policy_type: PolicyType,
    /// Name of the policy.
    #[param(required)]
    policy_name: String,
}

/// The versions of a policy.
#[derive(Shape)]
pub struct VersionList {
    /// The versions.
    #[shape(list = "PolicyVersion")]
    policy_versions: Vec<VersionShape>,
}

impl Run for ListPolicyVersions {
    fn run(self, cx: &mut Cx<'_>) -> Result<VersionList, ApiError> {
        Ok(VersionList { policy_versions: cx.policy(self.policy_type, &self.policy_name)?.versions() })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("two versions", two_versions, "PolicyType=Custom&PolicyName=start-only"),
    Case::err("no name", nothing, "PolicyType=Custom", &RequiredParameterMissing),
    Case::err("a type of its own", nothing, "PolicyType=Own&PolicyName=start-only", &RamPolicyTypeUnknown),
    Case::err("no policy", nothing, "PolicyType=Custom&PolicyName=start-only", &RamPolicyNotFound),
];
