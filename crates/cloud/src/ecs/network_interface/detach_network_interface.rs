//! DetachNetworkInterface.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::network_interface::attach_network_interface::{check_changeable, check_settled};
use crate::ecs::network_interface::given::{
    one_attached, one_attached_beside_a_moving_disk, one_attached_locked, one_attached_stopping,
};
use crate::ecs::network_interface::record::InterfaceStatus;
use crate::errors::{
    ApiError, ChangeInProgress, InstanceLocked, InstanceNotFound, InstanceStatusForbidsInterface,
    NetworkInterfaceNotFound, NetworkInterfaceStateWrong, PrimaryInterfaceStays, RegionNotFound,
    RequiredParameterMissing,
};
use crate::ids::{InstanceId, NetworkInterfaceId};
use crate::spec::Run;

/// Detaches a secondary network interface from its instance.
///
/// The interface is `Detaching` for a while and then `Available`; DescribeNetworkInterfaces tells. Until then nothing else
/// is attached to or detached from the instance. The interface keeps its addresses.
#[derive(Action)]
#[action(ecs, write, region, reply = Empty, raises(
    RegionNotFound, RequiredParameterMissing, InstanceNotFound, NetworkInterfaceNotFound, InstanceLocked,
    InstanceStatusForbidsInterface, PrimaryInterfaceStays, NetworkInterfaceStateWrong, ChangeInProgress
))]
pub struct DetachNetworkInterface {
    /// ID of the instance, which is Running or Stopped.
    #[param(required)]
    instance_id: InstanceId,
    /// ID of the interface.
    #[param(required)]
    network_interface_id: NetworkInterfaceId,
    /// Trunk interface to detach from; without effect.
    trunk_network_instance_id: Option<String>,
}

impl Run for DetachNetworkInterface {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let _ = &self.trunk_network_instance_id;
        let instance = cx.instance(&self.instance_id)?;
        let mut interface = cx.network_interface(&self.network_interface_id)?;
        check_changeable(&instance)?;
        if interface.is_primary {
            return Err(PrimaryInterfaceStays.about("NetworkInterfaceId"));
        }
        let is_here = interface.attachment.as_ref().is_some_and(|it| it.instance == instance.id);
        if !is_here || interface.status != InterfaceStatus::InUse {
            return Err(NetworkInterfaceStateWrong.about("NetworkInterfaceId"));
        }
        check_settled(&cx.more_interfaces_of(&instance)?, &instance, cx)?;
        interface.begin(InterfaceStatus::Detaching, cx)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "a secondary interface",
        one_attached,
        "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$eni",
    ),
    Case::err(
        "a region that is none",
        one_attached,
        "RegionId=cn-atlantis&InstanceId=$i&NetworkInterfaceId=$eni",
        &RegionNotFound,
    )
    .instead("RegionId=cn-hangzhou"),
    Case::err("no interface", one_attached, "RegionId=cn-hangzhou&InstanceId=$i", &RequiredParameterMissing)
        .instead("NetworkInterfaceId=$eni"),
    Case::err(
        "an unknown instance",
        one_attached,
        "RegionId=cn-hangzhou&InstanceId=i-none&NetworkInterfaceId=$eni",
        &InstanceNotFound,
    )
    .instead("InstanceId=$i"),
    Case::err(
        "an unknown interface",
        one_attached,
        "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=eni-none",
        &NetworkInterfaceNotFound,
    )
    .instead("NetworkInterfaceId=$eni"),
    Case::err(
        "locked for security",
        one_attached_locked,
        "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$eni",
        &InstanceLocked,
    ),
    Case::err(
        "it is stopping",
        one_attached_stopping,
        "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$eni",
        &InstanceStatusForbidsInterface,
    )
    .after(|story| story.pass_ms(10_000)),
    Case::err(
        "the primary interface",
        one_attached,
        "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$primary",
        &PrimaryInterfaceStays,
    )
    .instead("NetworkInterfaceId=$eni"),
    Case::err(
        "the interface of another instance",
        one_attached,
        "RegionId=cn-hangzhou&InstanceId=$j&NetworkInterfaceId=$eni",
        &NetworkInterfaceStateWrong,
    )
    .instead("InstanceId=$i"),
    Case::err(
        "a disk is on its way",
        one_attached_beside_a_moving_disk,
        "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$eni",
        &ChangeInProgress,
    )
    .after(|story| story.pass_ms(10_000)),
];
