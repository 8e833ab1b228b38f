//! LeaveSecurityGroup.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::instance::given::{one_locked, one_pending};
use crate::ecs::network_interface::given::{another_on_its_way, one_free_and_groups, one_free_in_two_groups};
use crate::ecs::security_group::given::{
    instance_and_groups, instance_in_two_groups, instance_with_moving_disk,
};
use crate::ecs::security_group::members::Named;
use crate::errors::{
    ApiError, ChangeInProgress, InstanceLastGroup, InstanceLocked, InstanceNotFound, InstanceNotInGroup,
    InstanceStatusWrong, NetworkInterfaceNotFound, NetworkInterfaceStateWrong, ParametersConflict,
    RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing, SecurityGroupNotFound,
};
use crate::ids::{InstanceId, NetworkInterfaceId, SecurityGroupId};
use crate::spec::Run;

/// Takes an instance, or a network interface, out of a security group, at once.
///
/// The instance is `Running` or `Stopped`, the interface `Available` or `InUse`, and each stays in one other group at least.
#[derive(Action)]
#[action(ecs, write, reply = Empty, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    ParametersConflict,
    InstanceNotFound,
    NetworkInterfaceNotFound,
    SecurityGroupNotFound,
    InstanceLocked,
    InstanceStatusWrong,
    NetworkInterfaceStateWrong,
    InstanceNotInGroup,
    InstanceLastGroup,
    ChangeInProgress
))]
pub struct LeaveSecurityGroup {
    /// ID of the security group.
    #[param(required)]
    security_group_id: SecurityGroupId,
    /// ID of the instance.
    #[param(required_unless("NetworkInterfaceId"))]
    instance_id: Option<InstanceId>,
    /// ID of a network interface, in place of InstanceId.
    network_interface_id: Option<NetworkInterfaceId>,
}

impl Run for LeaveSecurityGroup {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let named = Named {
            instance: self.instance_id.as_ref(),
            interface: self.network_interface_id.as_ref(),
            group: &self.security_group_id,
        };
        let (mut member, group) = named.find(cx)?;
        member.check_changeable()?;
        if !member.groups().contains(&group.id) {
            return Err(InstanceNotInGroup.about("InstanceId"));
        }
        if member.groups().len() == 1 {
            return Err(InstanceLastGroup.about("SecurityGroupId"));
        }
        member.check_settled(cx)?;
        member.groups().retain(|id| *id != group.id);
        member.store(cx)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("one of two groups", instance_in_two_groups, "InstanceId=$i&SecurityGroupId=$sg"),
    Case::ok(
        "an interface",
        one_free_in_two_groups,
        "RegionId=cn-hangzhou&NetworkInterfaceId=$eni&SecurityGroupId=$sg",
    ),
    Case::err(
        "an interface on its way",
        another_on_its_way,
        "NetworkInterfaceId=$second&SecurityGroupId=$sg",
        &NetworkInterfaceStateWrong,
    ),
    Case::err(
        "an interface in one group",
        one_free_and_groups,
        "NetworkInterfaceId=$eni&SecurityGroupId=$sg",
        &InstanceLastGroup,
    )
    .after(|story| {
        story.call("JoinSecurityGroup", "NetworkInterfaceId=$eni&SecurityGroupId=$other");
    }),
    Case::err(
        "a region that is none",
        instance_in_two_groups,
        "RegionId=cn-atlantis&InstanceId=$i&SecurityGroupId=$sg",
        &RegionNotFound,
    ),
    Case::err("no instance", instance_in_two_groups, "SecurityGroupId=$sg", &RequiredParameterMissing),
    Case::err(
        "an empty group",
        instance_in_two_groups,
        "InstanceId=$i&SecurityGroupId=",
        &RequiredParameterEmpty,
    ),
    Case::err(
        "an instance and an interface",
        instance_in_two_groups,
        "InstanceId=$i&NetworkInterfaceId=eni-1&SecurityGroupId=$sg",
        &ParametersConflict,
    ),
    Case::err(
        "an unknown instance",
        instance_in_two_groups,
        "InstanceId=i-bp1doesnotexist0001&SecurityGroupId=$sg",
        &InstanceNotFound,
    ),
    Case::err(
        "an unknown interface",
        instance_in_two_groups,
        "NetworkInterfaceId=eni-bp1doesnotexist01&SecurityGroupId=$sg",
        &NetworkInterfaceNotFound,
    ),
    Case::err(
        "an unknown group",
        instance_in_two_groups,
        "InstanceId=$i&SecurityGroupId=sg-bp1doesnotexist001",
        &SecurityGroupNotFound,
    ),
    Case::err("locked for security", one_locked, "InstanceId=$i&SecurityGroupId=$sg", &InstanceLocked),
    Case::err(
        "it is still being made",
        one_pending,
        "InstanceId=$i&SecurityGroupId=$sg",
        &InstanceStatusWrong,
    ),
    Case::err(
        "a group it is not in",
        instance_and_groups,
        "InstanceId=$i&SecurityGroupId=$other",
        &InstanceNotInGroup,
    ),
    Case::err("its only group", instance_and_groups, "InstanceId=$i&SecurityGroupId=$sg", &InstanceLastGroup),
    Case::err(
        "while a disk comes",
        instance_with_moving_disk,
        "InstanceId=$i&SecurityGroupId=$second",
        &ChangeInProgress,
    ),
];
