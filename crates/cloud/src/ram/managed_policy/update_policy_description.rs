//! UpdatePolicyDescription.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, ParameterMalformed, RamPolicyNotFound, RequiredParameterMissing};
use crate::ram::given::one_policy;
use crate::ram::managed_policy::record::{OnePolicy, Policy, PolicyType};
use crate::spec::Run;
use crate::story::Story;

/// Changes what a custom policy says it is for.
#[derive(Action)]
#[action(ram, write, regionless, reply = OnePolicy, raises(RequiredParameterMissing, ParameterMalformed, RamPolicyNotFound))]
pub struct UpdatePolicyDescription {
    /// Name of the policy.
    #[param(required)]
    policy_name: String,
    /// The new description.
    #[param(required, len(1, 1024))]
    new_description: String,
}

impl Run for UpdatePolicyDescription {
    fn run(self, cx: &mut Cx<'_>) -> Result<OnePolicy, ApiError> {
        let mut policy = cx.custom_policy(&self.policy_name)?;
        policy.description = self.new_description;
        policy.updated_ms = cx.now_ms();
        cx.put(&policy)?;
        let attachments = cx.attachment_count(PolicyType::Custom, &policy.name)?;
        Ok(OnePolicy { policy: Policy::Custom(policy).shape(attachments) })
    }
}

fn policy_and_long_text(story: &mut Story) {
    one_policy(story);
    story.bind("long", "a".repeat(1025));
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a description", one_policy, "PolicyName=start-only&NewDescription=To start"),
    Case::err("no description", one_policy, "PolicyName=start-only", &RequiredParameterMissing),
    Case::err(
        "a long description",
        policy_and_long_text,
        "PolicyName=start-only&NewDescription=$long",
        &ParameterMalformed,
    ),
    Case::err("no policy", nothing, "PolicyName=start-only&NewDescription=To start", &RamPolicyNotFound),
];
