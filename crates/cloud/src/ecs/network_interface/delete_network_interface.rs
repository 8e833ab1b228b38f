//! DeleteNetworkInterface.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::network_interface::given::{one_attached, one_free, one_free_beside};
use crate::ecs::network_interface::record::InterfaceStatus;
use crate::errors::{
    ApiError, NetworkInterfaceNotFound, NetworkInterfaceStateWrong, RegionNotFound, RequiredParameterMissing,
};
use crate::ids::NetworkInterfaceId;
use crate::spec::Run;

/// Deletes a network interface that is attached to nothing.
///
/// Its private addresses are free again.
#[derive(Action)]
#[action(ecs, write, region, reply = Empty, raises(
    RegionNotFound, RequiredParameterMissing, NetworkInterfaceNotFound, NetworkInterfaceStateWrong
))]
pub struct DeleteNetworkInterface {
    /// ID of the interface, which is Available.
    #[param(required)]
    network_interface_id: NetworkInterfaceId,
}

impl Run for DeleteNetworkInterface {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let interface = cx.network_interface(&self.network_interface_id)?;
        if interface.status != InterfaceStatus::Available {
            return Err(NetworkInterfaceStateWrong.about("NetworkInterfaceId"));
        }
        cx.release_interface(&interface)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a free interface", one_free, "RegionId=cn-hangzhou&NetworkInterfaceId=$eni"),
    Case::err(
        "a region that is none",
        one_free,
        "RegionId=cn-atlantis&NetworkInterfaceId=$eni",
        &RegionNotFound,
    )
    .instead("RegionId=cn-hangzhou"),
    Case::err("no id", one_free, "RegionId=cn-hangzhou", &RequiredParameterMissing)
        .instead("NetworkInterfaceId=$eni"),
    Case::err(
        "a region it is not in",
        one_free,
        "RegionId=cn-beijing&NetworkInterfaceId=$eni",
        &NetworkInterfaceNotFound,
    )
    .instead("RegionId=cn-hangzhou"),
    Case::err(
        "an attached one",
        one_attached,
        "RegionId=cn-hangzhou&NetworkInterfaceId=$eni",
        &NetworkInterfaceStateWrong,
    )
    .after(|story| {
        story.call("DetachNetworkInterface", "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$eni");
        story.pass_ms(10_000);
    }),
    Case::err(
        "a primary one",
        one_free_beside,
        "RegionId=cn-hangzhou&NetworkInterfaceId=$primary",
        &NetworkInterfaceStateWrong,
    )
    .instead("NetworkInterfaceId=$eni"),
];
