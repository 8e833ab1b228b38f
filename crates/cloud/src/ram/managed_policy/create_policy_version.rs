//! CreatePolicyVersion.

use moyun_derive::Action;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{
    ApiError, ParameterMalformed, RamPolicyDocumentMalformed, RamPolicyNotFound, RamPolicyVersionsFull,
    RequiredParameterMissing,
};
use crate::ram::given::{one_policy, two_versions};
use crate::ram::managed_policy::record::{
    OneVersion, Policy, PolicyVersion, VERSIONS_MAX, is_policy_document,
};
use crate::spec::Run;
use crate::story::Story;

/// Gives a custom policy another version.
///
/// It counts only once it is the default version. A policy has at most five versions.
#[derive(Action)]
#[action(ram, write, regionless, reply = OneVersion, raises(RequiredParameterMissing, ParameterMalformed, RamPolicyDocumentMalformed, RamPolicyNotFound, RamPolicyVersionsFull))]
pub struct CreatePolicyVersion {
    /// Name of the policy.
    #[param(required)]
    policy_name: String,
    /// Document of the policy, in JSON: `Version` and `Statement`; at most 6144 bytes.
    #[param(required, check = is_policy_document, row = RamPolicyDocumentMalformed)]
    policy_document: String,
    /// Whether this version counts from now on.
    #[param(default = false)]
    set_as_default: bool,
    /// What happens at five versions: `None` refuses, `DeleteOldestNonDefaultVersionWhenLimitExceeded` makes room.
    #[param(default = "None", one_of("None", "DeleteOldestNonDefaultVersionWhenLimitExceeded"))]
    rotate_strategy: String,
}

fn five_versions(story: &mut Story) {
    two_versions(story);
    for _ in 2..VERSIONS_MAX {
        story.call("Ram:CreatePolicyVersion", "PolicyName=start-only&PolicyDocument=$document");
    }
}

impl Run for CreatePolicyVersion {
    fn run(self, cx: &mut Cx<'_>) -> Result<OneVersion, ApiError> {
        let mut policy = cx.custom_policy(&self.policy_name)?;
        if policy.versions.len() >= VERSIONS_MAX {
            let counting = policy.default_version;
            let oldest = policy.versions.iter().position(|version| version.number != counting);
            match oldest.filter(|_| self.rotate_strategy != "None") {
                Some(at) => drop(policy.versions.remove(at)),
                None => return Err((&RamPolicyVersionsFull).into()),
            }
        }
        let now_ms = cx.now_ms();
        policy.last_version += 1;
        let number = policy.last_version;
        policy.versions.push(PolicyVersion { number, document: self.policy_document, created_ms: now_ms });
        if self.set_as_default {
            policy.default_version = number;
        }
        policy.updated_ms = now_ms;
        cx.put(&policy)?;
        // The newest comes first.
        let policy_version = Policy::Custom(policy).versions().swap_remove(0);
        Ok(OneVersion { policy_version })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("another version", one_policy, "PolicyName=start-only&PolicyDocument=$document"),
    Case::ok(
        "one that counts",
        one_policy,
        "PolicyName=start-only&PolicyDocument=$document&SetAsDefault=true",
    ),
    Case::ok(
        "a sixth that makes room",
        five_versions,
        "PolicyName=start-only&PolicyDocument=$document&RotateStrategy=DeleteOldestNonDefaultVersionWhenLimitExceeded",
    ),
    Case::err("no document", one_policy, "PolicyName=start-only", &RequiredParameterMissing),
    Case::err(
        "a strategy of its own",
        one_policy,
        "PolicyName=start-only&PolicyDocument=$document&RotateStrategy=Newest",
        &ParameterMalformed,
    ),
    Case::err("no JSON", one_policy, "PolicyName=start-only&PolicyDocument=all", &RamPolicyDocumentMalformed),
    Case::err(
        "of a policy that is not there",
        one_policy,
        "PolicyName=stop&PolicyDocument=$document",
        &RamPolicyNotFound,
    ),
    Case::err(
        "a sixth",
        five_versions,
        "PolicyName=start-only&PolicyDocument=$document",
        &RamPolicyVersionsFull,
    ),
];
