//! AttachInstanceRamRole.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::given::one_running;
use crate::ecs::instance_ram_role::given::{instance_and_role, two_instances_and_roles};
use crate::ecs::instance_ram_role::outcome::{RoleOutcome, are_ids, each};
use crate::errors::{
    ApiError, InstanceHasRamRole, InstanceIdsMalformed, InstanceNotFound, ParameterMalformed, PassRoleDenied,
    RamRoleNotFound, RamRoleOnClassicInstance, RegionNotFound, RequiredParameterMissing,
};
use crate::param::JsonList;
use crate::ram::policy::{Document, SESSION_BYTES_MAX};
use crate::ram::role::record::RamRole;
use crate::spec::Run;
use crate::story::Story;

/// Gives instances a RAM role.
///
/// The reply tells for each instance what became of it: one in the classic network, or with another role, is left as it
/// is. A RAM user needs `ram:PassRole` on the role.
#[derive(Action)]
#[action(
    ecs, write, region, reply = AttachedRoles,
    raises(
        RegionNotFound, RequiredParameterMissing, InstanceIdsMalformed, ParameterMalformed, RamRoleNotFound,
        PassRoleDenied
    ),
    tells(InstanceNotFound, RamRoleOnClassicInstance, InstanceHasRamRole)
)]
pub struct AttachInstanceRamRole {
    /// IDs of the instances: a JSON array of 1 to 100.
    #[param(required, check = are_ids, row = InstanceIdsMalformed)]
    instance_ids: JsonList,
    /// Name of the role; it trusts `ecs.aliyuncs.com`.
    #[param(required)]
    ram_role_name: String,
    /// A policy, in JSON, that narrows what the role may do on these instances.
    #[param(check = is_policy)]
    policy: Option<String>,
}

/// What became of the instances.
#[derive(Shape)]
pub struct AttachedRoles {
    /// Name of the role.
    ram_role_name: String,
    /// How many instances were asked for.
    total_count: usize,
    /// How many of them were refused.
    fail_count: usize,
    /// What became of each.
    #[shape(list = "AttachInstanceRamRoleResult")]
    attach_instance_ram_role_results: Vec<RoleOutcome>,
}

impl Run for AttachInstanceRamRole {
    fn run(self, cx: &mut Cx<'_>) -> Result<AttachedRoles, ApiError> {
        let _ = self.policy;
        let name = self.ram_role_name;
        if cx.find_role(&name)?.filter(RamRole::trusts_ecs).is_none() {
            return Err(RamRoleNotFound.about("RamRoleName"));
        }
        cx.authorize_pass_role(&name)?;
        let total_count = self.instance_ids.0.len();
        let (results, fail_count) = each(self.instance_ids, cx, |instance| {
            if instance.network.vpc().is_none() {
                return Err((&RamRoleOnClassicInstance).into());
            }
            if instance.ram_role.as_ref().is_some_and(|present| *present != name) {
                return Err((&InstanceHasRamRole).into());
            }
            instance.ram_role = Some(name.clone());
            Ok(instance.ram_role.clone())
        })?;
        Ok(AttachedRoles {
            ram_role_name: name,
            total_count,
            fail_count,
            attach_instance_ram_role_results: results,
        })
    }
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn is_policy(text: &String) -> bool {
    Document::parse(text, SESSION_BYTES_MAX).is_ok()
}

fn ann_without_pass_role(story: &mut Story) {
    instance_and_role(story);
    story.call("Ram:CreateUser", "UserName=ann");
    story.call("Ram:AttachPolicyToUser", "PolicyType=System&PolicyName=AliyunECSFullAccess&UserName=ann");
    story.act_as_user("ann");
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("an instance", instance_and_role, "RegionId=cn-hangzhou&InstanceIds=$ids&RamRoleName=worker"),
    Case::ok(
        "those that can take it",
        two_instances_and_roles,
        "RegionId=cn-hangzhou&InstanceIds=$ids&RamRoleName=idler",
    ),
    Case::err("no such region", nothing, "RegionId=cn-atlantis&InstanceIds=[]", &RegionNotFound),
    Case::err(
        "no role",
        instance_and_role,
        "RegionId=cn-hangzhou&InstanceIds=$ids",
        &RequiredParameterMissing,
    ),
    Case::err(
        "an id by itself",
        instance_and_role,
        "RegionId=cn-hangzhou&InstanceIds=$i&RamRoleName=worker",
        &InstanceIdsMalformed,
    ),
    Case::err(
        "a policy that is no JSON",
        instance_and_role,
        "RegionId=cn-hangzhou&InstanceIds=$ids&RamRoleName=worker&Policy=all",
        &ParameterMalformed,
    ),
    Case::err(
        "a role that is not there",
        one_running,
        "RegionId=cn-hangzhou&InstanceIds=[\"$i\"]&RamRoleName=worker",
        &RamRoleNotFound,
    ),
    Case::err(
        "a role out of reach",
        ann_without_pass_role,
        "RegionId=cn-hangzhou&InstanceIds=$ids&RamRoleName=worker",
        &PassRoleDenied,
    ),
];
