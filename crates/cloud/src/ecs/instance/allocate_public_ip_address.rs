//! AllocatePublicIpAddress.

use moyun_derive::{Action, Shape};
use serde_json::json;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::creation::given::account;
use crate::ecs::instance::given::{one_created, one_locked, one_pending, one_running};
use crate::ecs::instance::record::{Network, Status};
use crate::errors::{
    ApiError, HeldByRiskControl, InstanceLocked, InstanceNotFound, InstanceStatusWrong,
    PreviewParameterNotGranted, PublicAddressPresent, RegionTakesNoPublicBandwidth, RequiredParameterEmpty,
    RequiredParameterMissing,
};
use crate::ids::InstanceId;
use crate::spec::Run;
use crate::story::Story;
use crate::world::Fact;

/// Gives an instance a public address, which it keeps until it is released.
///
/// The instance is `Running` or `Stopped` and has no public address yet. In a region whose VPC instances are reached by
/// elastic IP addresses alone, they get none.
#[derive(Action)]
#[action(ecs, write, reply = AllocatedAddress, raises(
    HeldByRiskControl,
    PreviewParameterNotGranted,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    InstanceNotFound,
    InstanceLocked,
    InstanceStatusWrong,
    PublicAddressPresent,
    RegionTakesNoPublicBandwidth
))]
pub struct AllocatePublicIpAddress {
    /// ID of the instance.
    #[param(required)]
    instance_id: InstanceId,
    /// The address that is wished for; without effect.
    #[param(preview)]
    ip_address: Option<String>,
    /// VLAN of an old instance; without effect.
    vlan_id: Option<String>,
}

/// The address.
#[derive(Shape)]
pub struct AllocatedAddress {
    /// The public address of the instance.
    ip_address: String,
}

impl Run for AllocatePublicIpAddress {
    fn run(self, cx: &mut Cx<'_>) -> Result<AllocatedAddress, ApiError> {
        let _ = (self.ip_address, self.vlan_id);
        let mut instance = cx.instance(&self.instance_id)?;
        instance.check_changeable(&[Status::Running, Status::Stopped])?;
        if instance.internet.address.is_some() {
            return Err(PublicAddressPresent.about("InstanceId"));
        }
        let by_eip_alone = Fact::of_region(&cx.tx, &instance.region)?.is_some_and(|it| !it.vpc_public_ip);
        if by_eip_alone && matches!(instance.network, Network::Vpc { .. }) {
            return Err(RegionTakesNoPublicBandwidth.about("InstanceId"));
        }
        let address = cx.take_public_address(&instance.id)?;
        instance.internet.address = Some(address);
        cx.put(&instance)?;
        Ok(AllocatedAddress { ip_address: address.to_string() })
    }
}

fn held(story: &mut Story) {
    one_created(story);
    account(story, json!({ "risk_control": "restricted" }));
}

fn by_eip_alone(story: &mut Story) {
    one_created(story);
    story.patch("regions/cn-hangzhou", json!({ "vpc_public_ip": false }));
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a stopped instance", one_created, "InstanceId=$i"),
    Case::err("an account under risk control", held, "InstanceId=$i", &HeldByRiskControl),
    Case::err(
        "an address of one's choice",
        one_created,
        "InstanceId=$i&IpAddress=198.18.0.7",
        &PreviewParameterNotGranted,
    ),
    Case::err("no id", nothing, "", &RequiredParameterMissing),
    Case::err("an empty id", nothing, "InstanceId=", &RequiredParameterEmpty),
    Case::err("an unknown id", nothing, "InstanceId=i-bp1doesnotexist0001", &InstanceNotFound),
    Case::err("locked for security", one_locked, "InstanceId=$i", &InstanceLocked),
    Case::err("it is still being made", one_pending, "InstanceId=$i", &InstanceStatusWrong),
    Case::err("it has an address", one_running, "InstanceId=$i", &PublicAddressPresent),
    Case::err("a region of elastic addresses", by_eip_alone, "InstanceId=$i", &RegionTakesNoPublicBandwidth),
];
