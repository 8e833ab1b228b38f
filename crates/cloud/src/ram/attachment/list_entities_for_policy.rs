//! ListEntitiesForPolicy.

use moyun_derive::{Action, Shape};
use moyun_wire::timestamp;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamPolicyNotFound, RamPolicyTypeUnknown, RequiredParameterMissing};
use crate::ram::attachment::record::HolderKind;
use crate::ram::given::{everybody_attached, one_policy};
use crate::ram::managed_policy::record::PolicyType;
use crate::spec::Run;

/// Lists the users, groups and roles that a policy is attached to.
#[derive(Action)]
#[action(ram, read, regionless, reply = Holders, raises(RequiredParameterMissing, RamPolicyTypeUnknown, RamPolicyNotFound))]
pub struct ListEntitiesForPolicy {
    /// `System` or `Custom`.
    #[param(required, row = RamPolicyTypeUnknown)]
    policy_type: PolicyType,
    /// Name of the policy.
    #[param(required)]
    policy_name: String,
}

/// To whom a policy is attached.
#[derive(Shape)]
pub struct Holders {
    /// The users.
    #[shape(list = "User")]
    users: Vec<HolderUser>,
    /// The groups.
    #[shape(list = "Group")]
    groups: Vec<HolderGroup>,
    /// The roles.
    #[shape(list = "Role")]
    roles: Vec<HolderRole>,
}

/// A user with the policy.
#[derive(Shape)]
struct HolderUser {
    /// Name of the user.
    user_name: String,
    /// ID of the user.
    user_id: String,
    /// Display name.
    display_name: String,
    /// Since when the policy is attached.
    attach_date: String,
}

/// A group with the policy.
#[derive(Shape)]
struct HolderGroup {
    /// Name of the group.
    group_name: String,
    /// Comments.
    comments: String,
    /// Since when the policy is attached.
    attach_date: String,
}

/// A role with the policy.
#[derive(Shape)]
struct HolderRole {
    /// Name of the role.
    role_name: String,
    /// ID of the role.
    role_id: String,
    /// ARN of the role.
    arn: String,
    /// Description of the role.
    description: String,
    /// Since when the policy is attached.
    attach_date: String,
}

impl Run for ListEntitiesForPolicy {
    fn run(self, cx: &mut Cx<'_>) -> Result<Holders, ApiError> {
        let policy = cx.policy(self.policy_type, &self.policy_name)?;
        let mut holders = Holders { users: vec![], groups: vec![], roles: vec![] };
        for attachment in cx.attachments_to(self.policy_type, policy.name())? {
            let attach_date = timestamp::to_second(attachment.attached_ms);
            match attachment.kind {
                HolderKind::User => {
                    let user = cx.ram_user(&attachment.holder)?;
                    holders.users.push(HolderUser {
                        user_name: user.name,
                        user_id: user.id,
                        display_name: user.display_name,
                        attach_date,
                    });
                }
                HolderKind::Group => {
                    let group = cx.ram_group(&attachment.holder)?;
                    holders.groups.push(HolderGroup {
                        group_name: group.name,
                        comments: group.comments,
                        attach_date,
                    });
                }
                HolderKind::Role => {
                    let role = cx.role(&attachment.holder)?;
                    holders.roles.push(HolderRole {
                        arn: role.arn(),
                        role_name: role.name,
                        role_id: role.id,
                        description: role.description,
                        attach_date,
                    });
                }
            }
        }
        Ok(holders)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("none", one_policy, "PolicyType=Custom&PolicyName=start-only"),
    Case::ok("one of each", everybody_attached, "PolicyType=Custom&PolicyName=start-only"),
    Case::err("no name", nothing, "PolicyType=Custom", &RequiredParameterMissing),
    Case::err("a type of its own", one_policy, "PolicyType=Own&PolicyName=start-only", &RamPolicyTypeUnknown),
    Case::err(
        "a policy that is not there",
        nothing,
        "PolicyType=Custom&PolicyName=start-only",
        &RamPolicyNotFound,
    ),
];
