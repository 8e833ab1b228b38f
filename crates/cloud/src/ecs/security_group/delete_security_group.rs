//! DeleteSecurityGroup.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::network_interface::given::one_free;
use crate::ecs::security_group::given::{group_with_instance, group_with_rules, referenced_group};
use crate::errors::{
    ApiError, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing, SecurityGroupHasInstances,
    SecurityGroupNotFound, SecurityGroupReferenced,
};
use crate::ids::SecurityGroupId;
use crate::spec::Run;

/// Deletes a security group with its rules.
///
/// The group must be without instances and network interfaces, and no rule of another group may name it.
#[derive(Action)]
#[action(ecs, write, region, reply = Empty, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    SecurityGroupNotFound,
    SecurityGroupHasInstances,
    SecurityGroupReferenced
))]
pub struct DeleteSecurityGroup {
    /// ID of the security group.
    #[param(required)]
    security_group_id: SecurityGroupId,
}

impl Run for DeleteSecurityGroup {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let group = cx.security_group(&self.security_group_id)?;
        if cx.members_of(&group)? + cx.interfaces_in(&group.id)? > 0 {
            return Err((&SecurityGroupHasInstances).into());
        }
        if cx.is_peer(&group)? {
            return Err((&SecurityGroupReferenced).into());
        }
        cx.delete(&group)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a group with rules", group_with_rules, "RegionId=cn-hangzhou&SecurityGroupId=$group"),
    Case::err(
        "a region that is none",
        group_with_rules,
        "RegionId=cn-atlantis&SecurityGroupId=$group",
        &RegionNotFound,
    ),
    Case::err("no group ID", group_with_rules, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err(
        "an empty group ID",
        group_with_rules,
        "RegionId=cn-hangzhou&SecurityGroupId=",
        &RequiredParameterEmpty,
    ),
    Case::err(
        "another region",
        group_with_rules,
        "RegionId=cn-beijing&SecurityGroupId=$group",
        &SecurityGroupNotFound,
    ),
    Case::err(
        "an instance in it",
        group_with_instance,
        "RegionId=cn-hangzhou&SecurityGroupId=$group",
        &SecurityGroupHasInstances,
    ),
    Case::err(
        "an interface in it",
        one_free,
        "RegionId=cn-hangzhou&SecurityGroupId=$sg",
        &SecurityGroupHasInstances,
    )
    .after(|story| {
        story.call("DeleteNetworkInterface", "RegionId=cn-hangzhou&NetworkInterfaceId=$eni");
    })
    .shown(
        "DescribeNetworkInterfaces",
        "RegionId=cn-hangzhou&SecurityGroupId=$sg",
        "\"Status\":\"Available\"",
    ),
    Case::err(
        "a rule of another group that names it",
        referenced_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group",
        &SecurityGroupReferenced,
    ),
];
