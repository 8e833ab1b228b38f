//! DeletePolicyVersion.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{
    ApiError, RamPolicyNotFound, RamPolicyVersionIsDefault, RamPolicyVersionNotFound,
    RequiredParameterMissing,
};
use crate::ram::given::{one_policy, two_versions};
use crate::spec::Run;

/// Deletes a version of a custom policy that does not count.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(RequiredParameterMissing, RamPolicyNotFound, RamPolicyVersionNotFound, RamPolicyVersionIsDefault))]
pub struct DeletePolicyVersion {
    /// Name of the policy.
    #[param(required)]
    policy_name: String,
    /// ID of the version, such as `v2`.
    #[param(required)]
    version_id: String,
}

impl Run for DeletePolicyVersion {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let mut policy = cx.custom_policy(&self.policy_name)?;
        let wanted = self.version_id.strip_prefix('v').and_then(|number| number.parse().ok());
        let number = wanted.filter(|number| policy.version(*number).is_some());
        let number = number.ok_or(&RamPolicyVersionNotFound)?;
        if number == policy.default_version {
            return Err((&RamPolicyVersionIsDefault).into());
        }
        policy.versions.retain(|version| version.number != number);
        policy.updated_ms = cx.now_ms();
        cx.put(&policy)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a version that does not count", two_versions, "PolicyName=start-only&VersionId=v2"),
    Case::err("no version", two_versions, "PolicyName=start-only", &RequiredParameterMissing),
    Case::err("no policy", nothing, "PolicyName=start-only&VersionId=v1", &RamPolicyNotFound),
    Case::err(
        "a version that is not there",
        one_policy,
        "PolicyName=start-only&VersionId=v2",
        &RamPolicyVersionNotFound,
    ),
    Case::err(
        "the version that counts",
        two_versions,
        "PolicyName=start-only&VersionId=v1",
        &RamPolicyVersionIsDefault,
    ),
];
