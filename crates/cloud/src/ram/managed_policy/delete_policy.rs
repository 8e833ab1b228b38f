//! DeletePolicy.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{
    ApiError, RamPolicyHasGroups, RamPolicyHasRoles, RamPolicyHasUsers, RamPolicyHasVersions,
    RamPolicyNotFound, RequiredParameterMissing,
};
use crate::ram::attachment::record::HolderKind;
use crate::ram::given::{everybody, everybody_attached, one_policy, two_versions};
use crate::ram::managed_policy::record::PolicyType;
use crate::spec::Run;
use crate::story::Story;

/// Deletes a custom policy.
///
/// Detach it from everybody and delete all its versions but the default one first, or say CascadingDelete, which does both.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(RequiredParameterMissing, RamPolicyNotFound, RamPolicyHasUsers, RamPolicyHasGroups, RamPolicyHasRoles, RamPolicyHasVersions))]
pub struct DeletePolicy {
    /// Name of the policy.
    #[param(required)]
    policy_name: String,
    /// Detach the policy from everybody and delete all its versions with it.
    #[param(default = false)]
    cascading_delete: bool,
}

fn attached_to_user(story: &mut Story) {
    everybody(story);
    story.call("Ram:AttachPolicyToUser", "PolicyType=Custom&PolicyName=start-only&UserName=ann");
}

fn attached_to_group(story: &mut Story) {
    everybody(story);
    story.call("Ram:AttachPolicyToGroup", "PolicyType=Custom&PolicyName=start-only&GroupName=ops");
}

fn attached_to_role(story: &mut Story) {
    everybody(story);
    story.call("Ram:AttachPolicyToRole", "PolicyType=Custom&PolicyName=start-only&RoleName=worker");
}

impl Run for DeletePolicy {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let policy = cx.custom_policy(&self.policy_name)?;
        for attachment in cx.attachments_to(PolicyType::Custom, &policy.name)? {
            if !self.cascading_delete {
                return Err(match attachment.kind {
                    HolderKind::User => (&RamPolicyHasUsers).into(),
                    HolderKind::Group => (&RamPolicyHasGroups).into(),
                    HolderKind::Role => (&RamPolicyHasRoles).into(),
                });
            }
            cx.delete(&attachment)?;
        }
        if policy.versions.len() > 1 && !self.cascading_delete {
            return Err((&RamPolicyHasVersions).into());
        }
        cx.delete(&policy)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a policy of nobody", one_policy, "PolicyName=start-only"),
    Case::ok("with all that hangs on it", everybody_attached, "PolicyName=start-only&CascadingDelete=true"),
    Case::err("no name", nothing, "", &RequiredParameterMissing),
    Case::err("one of the system", nothing, "PolicyName=AliyunECSFullAccess", &RamPolicyNotFound),
    Case::err("one of a user", attached_to_user, "PolicyName=start-only", &RamPolicyHasUsers),
    Case::err("one of a group", attached_to_group, "PolicyName=start-only", &RamPolicyHasGroups),
    Case::err("one of a role", attached_to_role, "PolicyName=start-only", &RamPolicyHasRoles),
    Case::err("one with two versions", two_versions, "PolicyName=start-only", &RamPolicyHasVersions),
];
