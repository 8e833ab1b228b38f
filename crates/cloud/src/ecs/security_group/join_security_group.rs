//! JoinSecurityGroup.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::instance::given::{one_locked, one_pending};
use crate::ecs::network_interface::given::{
    another_on_its_way, one_free_and_groups, one_free_in_five_groups,
};
use crate::ecs::security_group::given::{
    beside_a_full_group, five_groups, instance_and_groups, instance_with_moving_disk,
};
use crate::ecs::security_group::members::{GROUPS_MAX, Named};
use crate::errors::{
    ApiError, ChangeInProgress, InstanceAlreadyInGroup, InstanceInOtherNetwork, InstanceLocked,
    InstanceNotFound, InstanceStatusWrong, InstanceTakesNoMoreGroups, InterfaceInOtherVpc,
    NetworkInterfaceNotFound, NetworkInterfaceStateWrong, ParametersConflict, RegionNotFound,
    RequiredParameterEmpty, RequiredParameterMissing, SecurityGroupFull, SecurityGroupNotFound,
    SecurityGroupNotInVpc,
};
use crate::ids::{InstanceId, NetworkInterfaceId, SecurityGroupId};
use crate::spec::Run;

/// Adds an instance, or a network interface, to a security group of its network, at once.
///
/// The instance is `Running` or `Stopped`, the interface `Available` or `InUse`, and each in 5 groups at most. Its other
/// groups stay. A primary interface joins and leaves with its instance.
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
    InstanceAlreadyInGroup,
    InstanceInOtherNetwork,
    SecurityGroupNotInVpc,
    InterfaceInOtherVpc,
    InstanceTakesNoMoreGroups,
    SecurityGroupFull,
    ChangeInProgress
))]
pub struct JoinSecurityGroup {
    /// ID of the security group.
    #[param(required)]
    security_group_id: SecurityGroupId,
    /// ID of the instance.
    #[param(required_unless("NetworkInterfaceId"))]
    instance_id: Option<InstanceId>,
    /// ID of a network interface, in place of InstanceId.
    network_interface_id: Option<NetworkInterfaceId>,
}

impl Run for JoinSecurityGroup {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let named = Named {
            instance: self.instance_id.as_ref(),
            interface: self.network_interface_id.as_ref(),
            group: &self.security_group_id,
        };
        let (mut member, group) = named.find(cx)?;
        member.check_changeable()?;
        if member.groups().contains(&group.id) {
            return Err(InstanceAlreadyInGroup.about("InstanceId"));
        }
        member.check_near(&group)?;
        if member.groups().len() >= GROUPS_MAX {
            return Err(InstanceTakesNoMoreGroups.about("InstanceId"));
        }
        if cx.is_group_full(&group)? {
            return Err(SecurityGroupFull.about("SecurityGroupId"));
        }
        member.check_settled(cx)?;
        member.groups().push(group.id);
        member.store(cx)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a second group", instance_and_groups, "InstanceId=$i&SecurityGroupId=$other"),
    Case::ok("in a region", instance_and_groups, "RegionId=cn-hangzhou&InstanceId=$i&SecurityGroupId=$other"),
    Case::ok(
        "an interface",
        one_free_and_groups,
        "RegionId=cn-hangzhou&NetworkInterfaceId=$eni&SecurityGroupId=$other",
    ),
    Case::err(
        "an interface on its way",
        another_on_its_way,
        "NetworkInterfaceId=$second&SecurityGroupId=$sg",
        &NetworkInterfaceStateWrong,
    )
    .shown("DescribeNetworkInterfaces", "RegionId=cn-hangzhou", "\"Status\":\"Attaching\""),
    Case::err(
        "an interface and a classic group",
        one_free_and_groups,
        "NetworkInterfaceId=$eni&SecurityGroupId=$classic",
        &SecurityGroupNotInVpc,
    )
    .instead("SecurityGroupId=$other"),
    Case::err(
        "an interface and a group of another VPC",
        one_free_and_groups,
        "NetworkInterfaceId=$eni&SecurityGroupId=$far_sg",
        &InterfaceInOtherVpc,
    )
    .instead("SecurityGroupId=$other"),
    Case::err(
        "an interface in five groups",
        one_free_in_five_groups,
        "NetworkInterfaceId=$eni&SecurityGroupId=$other",
        &InstanceTakesNoMoreGroups,
    )
    .after(|story| {
        story.call("LeaveSecurityGroup", "NetworkInterfaceId=$eni&SecurityGroupId=$sg");
    }),
    Case::err(
        "a region that is none",
        instance_and_groups,
        "RegionId=cn-atlantis&InstanceId=$i&SecurityGroupId=$other",
        &RegionNotFound,
    ),
    Case::err("no instance", instance_and_groups, "SecurityGroupId=$other", &RequiredParameterMissing),
    Case::err(
        "an empty instance",
        instance_and_groups,
        "InstanceId=&SecurityGroupId=$other",
        &RequiredParameterEmpty,
    ),
    Case::err(
        "an instance and an interface",
        instance_and_groups,
        "InstanceId=$i&NetworkInterfaceId=eni-1&SecurityGroupId=$other",
        &ParametersConflict,
    ),
    Case::err(
        "an unknown instance",
        instance_and_groups,
        "InstanceId=i-bp1doesnotexist0001&SecurityGroupId=$other",
        &InstanceNotFound,
    ),
    Case::err(
        "an unknown interface",
        instance_and_groups,
        "NetworkInterfaceId=eni-bp1doesnotexist01&SecurityGroupId=$other",
        &NetworkInterfaceNotFound,
    ),
    Case::err(
        "an unknown group",
        instance_and_groups,
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
        "a group it is in",
        instance_and_groups,
        "InstanceId=$i&SecurityGroupId=$sg",
        &InstanceAlreadyInGroup,
    ),
    Case::err(
        "a group of another VPC",
        instance_and_groups,
        "InstanceId=$i&SecurityGroupId=$far",
        &InstanceInOtherNetwork,
    ),
    Case::err(
        "a sixth group",
        five_groups,
        "InstanceId=$i&SecurityGroupId=$other",
        &InstanceTakesNoMoreGroups,
    ),
    Case::err(
        "a full group",
        beside_a_full_group,
        "InstanceId=$i&SecurityGroupId=$other",
        &SecurityGroupFull,
    ),
    Case::err(
        "while a disk comes",
        instance_with_moving_disk,
        "InstanceId=$i&SecurityGroupId=$other",
        &ChangeInProgress,
    ),
];
