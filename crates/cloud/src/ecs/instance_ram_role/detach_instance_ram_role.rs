//! DetachInstanceRamRole.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance_ram_role::given::{instance_with_role, two_instances_and_roles};
use crate::ecs::instance_ram_role::outcome::{RoleOutcome, are_ids, each};
use crate::errors::{ApiError, InstanceIdsMalformed, RegionNotFound, RequiredParameterMissing};
use crate::param::JsonList;
use crate::spec::Run;

/// Takes their RAM role from instances.
///
/// The reply tells for each instance what became of it and which role it had. One without the role stays as it is.
#[derive(Action)]
#[action(
    ecs, write, region, reply = DetachedRoles,
    raises(RegionNotFound, RequiredParameterMissing, InstanceIdsMalformed)
)]
pub struct DetachInstanceRamRole {
    /// IDs of the instances: a JSON array of 1 to 100.
    #[param(required, check = are_ids, row = InstanceIdsMalformed)]
    instance_ids: JsonList,
    /// Only this role; without it any role that an instance has.
    ram_role_name: Option<String>,
}

/// What became of the instances.
#[derive(Shape)]
pub struct DetachedRoles {
    /// Name of the role, if the request names it.
    ram_role_name: Option<String>,
    /// How many instances were asked for.
    total_count: usize,
    /// How many of them were refused.
    fail_count: usize,
    /// What became of each.
    #[shape(list = "DetachInstanceRamRoleResult")]
    detach_instance_ram_role_results: Vec<RoleOutcome>,
}

impl Run for DetachInstanceRamRole {
    fn run(self, cx: &mut Cx<'_>) -> Result<DetachedRoles, ApiError> {
        let ram_role_name = self.ram_role_name;
        let total_count = self.instance_ids.0.len();
        let (results, fail_count) = each(self.instance_ids, cx, |instance| {
            let is_meant = |role: &mut String| ram_role_name.as_ref().is_none_or(|wanted| wanted == role);
            Ok(instance.ram_role.take_if(is_meant))
        })?;
        Ok(DetachedRoles {
            ram_role_name,
            total_count,
            fail_count,
            detach_instance_ram_role_results: results,
        })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("an instance", instance_with_role, "RegionId=cn-hangzhou&InstanceIds=$ids"),
    Case::ok(
        "those that have the role",
        two_instances_and_roles,
        "RegionId=cn-hangzhou&InstanceIds=$ids&RamRoleName=worker",
    ),
    Case::err("no such region", nothing, "RegionId=cn-atlantis&InstanceIds=[]", &RegionNotFound),
    Case::err("no instances", nothing, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err("an empty list", nothing, "RegionId=cn-hangzhou&InstanceIds=[]", &InstanceIdsMalformed),
];
