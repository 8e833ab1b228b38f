//! AttachNetworkInterface.

use moyun_derive::Action;
use moyun_store::Fault;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::instance::record::{Instance, Status};
use crate::ecs::network_interface::given::{
    another_on_its_way, one_attached, one_free_beside, one_free_beside_locked, one_free_beside_stopping,
    one_full, two_elsewhere,
};
use crate::ecs::network_interface::record::{Attachment, InterfaceStatus, NetworkInterface};
use crate::errors::{
    ApiError, ChangeInProgress, InstanceLocked, InstanceNotFound, InstanceStatusForbidsInterface,
    InstanceTakesNoMoreInterfaces, InterfaceInOtherVpc, InterfaceInOtherZone, NetworkInterfaceNotFound,
    NetworkInterfaceStateWrong, RegionNotFound, RequiredParameterMissing,
};
use crate::ids::{InstanceId, NetworkInterfaceId};
use crate::spec::Run;
use crate::world::Fact;

/// Attaches a free network interface to an instance of its zone and VPC.
///
/// The interface is `Attaching` for a while and then `InUse`; DescribeNetworkInterfaces tells. Until then nothing else is
/// attached to or detached from the instance. How many interfaces an instance takes, its primary one included, depends on
/// its type: EniQuantity in DescribeInstanceTypes.
#[derive(Action)]
#[action(ecs, write, region, reply = Empty, raises(
    RegionNotFound, RequiredParameterMissing, InstanceNotFound, NetworkInterfaceNotFound, InstanceLocked,
    InstanceStatusForbidsInterface, NetworkInterfaceStateWrong, InterfaceInOtherVpc, InterfaceInOtherZone,
    InstanceTakesNoMoreInterfaces, ChangeInProgress
))]
pub struct AttachNetworkInterface {
    /// ID of the instance, which is Running or Stopped.
    #[param(required)]
    instance_id: InstanceId,
    /// ID of the interface, which is Available.
    #[param(required)]
    network_interface_id: NetworkInterfaceId,
    /// Network card of the instance; it has one, 0, whatever is asked for.
    network_card_index: Option<i64>,
    /// Trunk interface to attach to; without effect.
    trunk_network_instance_id: Option<String>,
    /// Whether to wait for the guest; without effect.
    wait_for_network_configuration_ready: Option<bool>,
}

impl Run for AttachNetworkInterface {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let _ = (self.network_card_index, &self.trunk_network_instance_id);
        let _ = self.wait_for_network_configuration_ready;
        let mut instance = cx.instance(&self.instance_id)?;
        let mut interface = cx.network_interface(&self.network_interface_id)?;
        check_changeable(&instance)?;
        if interface.status != InterfaceStatus::Available {
            return Err(NetworkInterfaceStateWrong.about("NetworkInterfaceId"));
        }
        if instance.network.vpc() != Some(&interface.vpc) {
            return Err(InterfaceInOtherVpc.about("NetworkInterfaceId"));
        }
        if instance.zone != interface.zone {
            return Err(InterfaceInOtherZone.about("NetworkInterfaceId"));
        }
        let others = cx.more_interfaces_of(&instance)?;
        if others.len() + 1 >= interfaces_max(&instance, cx)? {
            return Err(InstanceTakesNoMoreInterfaces.about("InstanceId"));
        }
        check_settled(&others, &instance, cx)?;
        interface.attachment = Some(attachment(&instance, &others));
        instance.more_interfaces.push(interface.attached());
        cx.put(&instance)?;
        interface.begin(InterfaceStatus::Attaching, cx)?;
        Ok(Empty)
    }
}

/// The first free place of an instance among its interfaces.
pub(in crate::ecs) fn attachment(instance: &Instance, others: &[NetworkInterface]) -> Attachment {
    let is_taken = |index: i64| {
        others.iter().filter_map(|other| other.attachment.as_ref()).any(|it| it.device_index == index)
    };
    let device_index = (1..).find(|index| !is_taken(*index)).unwrap_or_default();
    Attachment { instance: instance.id.clone(), device_index }
}

/// How many interfaces an instance takes, the primary one included.
fn interfaces_max(instance: &Instance, cx: &Cx<'_>) -> Result<usize, Fault> {
    let wares = Fact::wares(&cx.tx)?;
    Ok(wares.find_type(&instance.instance_type).map_or(1, |kind| kind.eni_quantity as usize))
}

/// The instance is neither locked nor on its way between two statuses.
pub(super) fn check_changeable(instance: &Instance) -> Result<(), ApiError> {
    instance.check_unlocked()?;
    match instance.status {
        Status::Running | Status::Stopped => Ok(()),
        _ => Err(InstanceStatusForbidsInterface.about("InstanceId")),
    }
}

/// No interface and no disk of the instance is on its way there or away.
pub(super) fn check_settled(
    others: &[NetworkInterface],
    instance: &Instance,
    cx: &Cx<'_>,
) -> Result<(), ApiError> {
    let moves = others.iter().any(|other| other.settles_ms.is_some()) || is_disk_moving(instance, cx)?;
    if moves { Err(ChangeInProgress.about("InstanceId")) } else { Ok(()) }
}

fn is_disk_moving(instance: &Instance, cx: &Cx<'_>) -> Result<bool, Fault> {
    Ok(cx.disks_of(&instance.id)?.iter().any(|disk| disk.settles_ms.is_some()))
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "a free interface",
        one_free_beside,
        "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$eni",
    ),
    Case::err(
        "a region that is none",
        one_free_beside,
        "RegionId=cn-atlantis&InstanceId=$i&NetworkInterfaceId=$eni",
        &RegionNotFound,
    )
    .instead("RegionId=cn-hangzhou"),
    Case::err(
        "no interface",
        one_free_beside,
        "RegionId=cn-hangzhou&InstanceId=$i",
        &RequiredParameterMissing,
    )
    .instead("NetworkInterfaceId=$eni"),
    Case::err(
        "an unknown instance",
        one_free_beside,
        "RegionId=cn-hangzhou&InstanceId=i-none&NetworkInterfaceId=$eni",
        &InstanceNotFound,
    )
    .instead("InstanceId=$i"),
    Case::err(
        "an unknown interface",
        one_free_beside,
        "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=eni-none",
        &NetworkInterfaceNotFound,
    )
    .instead("NetworkInterfaceId=$eni"),
    Case::err(
        "locked for security",
        one_free_beside_locked,
        "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$eni",
        &InstanceLocked,
    ),
    Case::err(
        "it is stopping",
        one_free_beside_stopping,
        "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$eni",
        &InstanceStatusForbidsInterface,
    )
    .after(|story| story.pass_ms(10_000))
    .shown("DescribeInstanceStatus", "RegionId=cn-hangzhou", "\"Status\":\"Stopping\""),
    Case::err(
        "the interface of another instance",
        one_attached,
        "RegionId=cn-hangzhou&InstanceId=$j&NetworkInterfaceId=$eni",
        &NetworkInterfaceStateWrong,
    )
    .after(|story| {
        story.call("DetachNetworkInterface", "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$eni");
        story.pass_ms(10_000);
    }),
    Case::err(
        "an interface of another VPC",
        two_elsewhere,
        "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$far_eni",
        &InterfaceInOtherVpc,
    )
    .instead("NetworkInterfaceId=$eni"),
    Case::err(
        "an interface of another zone",
        two_elsewhere,
        "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$other_zone_eni",
        &InterfaceInOtherZone,
    )
    .instead("NetworkInterfaceId=$eni"),
    Case::err(
        "one more than it takes",
        one_full,
        "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$eni",
        &InstanceTakesNoMoreInterfaces,
    )
    .after(|story| {
        story.call("DetachNetworkInterface", "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$second");
        story.pass_ms(10_000);
    }),
    Case::err(
        "another is on its way",
        another_on_its_way,
        "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$eni",
        &ChangeInProgress,
    )
    .after(|story| story.pass_ms(10_000)),
];
