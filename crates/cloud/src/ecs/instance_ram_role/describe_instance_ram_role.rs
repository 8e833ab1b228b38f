//! DescribeInstanceRamRole.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::record::Instance;
use crate::ecs::instance_ram_role::given::{instance_with_role, two_instances_and_roles};
use crate::ecs::instance_ram_role::outcome::{InstanceRole, are_ids};
use crate::errors::{
    ApiError, InstanceIdsMalformed, ParameterMalformed, RegionNotFound, RequiredParameterMissing,
};
use crate::ids::{InstanceId, RegionId};
use crate::paging::{Listing, NumberedPaging};
use crate::param::JsonList;
use crate::spec::Run;

/// Lists instances with their RAM roles: of the instances that the request names, or all with a role.
///
/// An instance without a role is not in the list.
#[derive(Action)]
#[action(
    ecs, read, region, reply = InstanceRoles,
    raises(RegionNotFound, InstanceIdsMalformed, ParameterMalformed, RequiredParameterMissing)
)]
pub struct DescribeInstanceRamRole {
    /// IDs of the instances: a JSON array of 1 to 100. Required unless RamRoleName is given.
    #[param(check = are_ids, row = InstanceIdsMalformed)]
    instance_ids: Option<JsonList>,
    /// Only instances with this role. Required unless InstanceIds is given.
    ram_role_name: Option<String>,
    /// Which page.
    #[param(flatten)]
    paging: NumberedPaging,
}

/// Instances and their roles.
#[derive(Shape)]
pub struct InstanceRoles {
    /// The region.
    region_id: RegionId,
    /// How many there are.
    total_count: u64,
    /// The instances.
    #[shape(list = "InstanceRamRoleSet")]
    instance_ram_role_sets: Vec<InstanceRole>,
}

impl Run for DescribeInstanceRamRole {
    fn run(self, cx: &mut Cx<'_>) -> Result<InstanceRoles, ApiError> {
        if self.instance_ids.is_none() && self.ram_role_name.is_none() {
            return Err(RequiredParameterMissing.with("name", "InstanceIds"));
        }
        let wanted = self.ram_role_name.as_ref();
        let has_role = |instance: &Instance| {
            instance.ram_role.as_ref().is_some_and(|role| wanted.is_none_or(|wanted| wanted == role))
        };
        let key = |id: String| Instance::key_of(cx.account(), &InstanceId(id));
        let keys = self.instance_ids.map(|ids| ids.0.into_iter().map(key).collect());
        let scope = Instance::scope_of(cx.account(), cx.region());
        let (instances, page) =
            cx.page(&Listing { scope, keys, filter: Some(&has_role) }, &self.paging.wanted())?;
        let role = |instance: Instance| {
            instance.ram_role.map(|ram_role_name| InstanceRole { instance_id: instance.id, ram_role_name })
        };
        Ok(InstanceRoles {
            region_id: cx.region().clone(),
            total_count: page.total_count.unwrap_or_default(),
            instance_ram_role_sets: instances.into_iter().filter_map(role).collect(),
        })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("of instances", two_instances_and_roles, "RegionId=cn-hangzhou&InstanceIds=$ids"),
    Case::ok("by a role", instance_with_role, "RegionId=cn-hangzhou&RamRoleName=worker"),
    Case::ok("a role of nobody", two_instances_and_roles, "RegionId=cn-hangzhou&RamRoleName=idler"),
    Case::err("no such region", nothing, "RegionId=cn-atlantis&RamRoleName=worker", &RegionNotFound),
    Case::err("an empty list", nothing, "RegionId=cn-hangzhou&InstanceIds=[]", &InstanceIdsMalformed),
    Case::err(
        "a page of nothing",
        nothing,
        "RegionId=cn-hangzhou&RamRoleName=worker&PageSize=0",
        &ParameterMalformed,
    ),
    Case::err("neither", nothing, "RegionId=cn-hangzhou", &RequiredParameterMissing),
];
