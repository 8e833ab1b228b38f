//! ModifyInstanceVpcAttribute.

use std::net::Ipv4Addr;

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::given::{one_created, one_running, one_stopped_and_locked};
use crate::ecs::instance::moves_given::{
    beside_a_full_v_switch, beside_a_full_vpc, beside_a_new_v_switch, moved_once, one_classic_stopped,
    stopped_beside_full_group, stopped_beside_networks, stopped_with_two_interfaces,
};
use crate::ecs::instance::record::{Instance, Network, Status};
use crate::ecs::security_group::members::GROUPS_MAX;
use crate::ecs::security_group::record::SecurityGroup;
use crate::errors::{
    ApiError, InstanceHasInterfaces, InstanceInOtherNetwork, InstanceLocked, InstanceMovedAlready,
    InstanceNotFound, InstanceNotInVpc, InstanceStatusWrong, InstanceTakesNoMoreGroups,
    PrivateAddressMalformed, PrivateAddressOutsideNewVSwitch, PrivateAddressTaken, PrivateAddressUnchanged,
    PrivateAddressesUsedUp, RequiredParameterEmpty, RequiredParameterMissing, SecurityGroupFull,
    SecurityGroupNotFound, VSwitchInOtherZoneThanInstance, VSwitchNotFound, VSwitchOutsideVpc,
    VSwitchPending, VpcForNewResourceNotFound, VpcInstanceQuotaExceeded,
};
use crate::ids::{InstanceId, SecurityGroupId, VSwitchId, VpcId};
use crate::spec::Run;
use crate::vpc::vpc::record::NetworkStatus;
use crate::vpc::vswitch::record::VSwitch;
use crate::world::Fact;

/// Moves a stopped instance to another vSwitch of its zone, to another private address, or to another VPC.
///
/// The instance has run before, and runs between two moves. Its interface keeps its ID and MAC address.
#[derive(Action)]
#[action(ecs, write, reply = Empty, raises(
    RequiredParameterMissing,
    RequiredParameterEmpty,
    PrivateAddressMalformed,
    InstanceNotFound,
    VSwitchNotFound,
    VpcForNewResourceNotFound,
    SecurityGroupNotFound,
    InstanceLocked,
    InstanceStatusWrong,
    InstanceNotInVpc,
    VSwitchOutsideVpc,
    VSwitchInOtherZoneThanInstance,
    VSwitchPending,
    InstanceMovedAlready,
    InstanceHasInterfaces,
    InstanceInOtherNetwork,
    InstanceTakesNoMoreGroups,
    SecurityGroupFull,
    VpcInstanceQuotaExceeded,
    PrivateAddressOutsideNewVSwitch,
    PrivateAddressUnchanged,
    PrivateAddressTaken,
    PrivateAddressesUsedUp
))]
pub struct ModifyInstanceVpcAttribute {
    /// ID of the instance.
    #[param(required)]
    instance_id: InstanceId,
    /// vSwitch to move to, in the zone of the instance.
    #[param(required)]
    v_switch_id: VSwitchId,
    /// VPC to move to; by default the instance stays in its own.
    vpc_id: Option<VpcId>,
    /// Private address in the vSwitch; by default a free one.
    private_ip_address: Option<String>,
    /// Security groups that the instance is in afterwards, up to 5. Required where the VPC changes.
    security_group_id: Vec<SecurityGroupId>,
}

impl Run for ModifyInstanceVpcAttribute {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let address = self.private_ip_address.as_ref().map(|text| text.parse::<Ipv4Addr>()).transpose();
        let address = address.map_err(|_| PrivateAddressMalformed.about("PrivateIpAddress"))?;
        let mut instance = cx.instance(&self.instance_id)?;
        let mut v_switch =
            cx.find_v_switch(&self.v_switch_id)?.ok_or_else(|| VSwitchNotFound.about("VSwitchId"))?;
        if let Some(vpc) = &self.vpc_id {
            cx.find_vpc(vpc)?.ok_or_else(|| VpcForNewResourceNotFound.about("VpcId"))?;
        }
        let groups = self.groups(cx)?;
        instance.check_changeable(&[Status::Stopped])?;
        self.check_place(&instance, &v_switch)?;
        self.check_groups(&instance, &v_switch, &groups, cx)?;
        instance.network = enter(&instance.network, &mut v_switch, address, cx)?;
        instance.has_moved = true;
        if !groups.is_empty() {
            instance.security_groups = groups.into_iter().map(|group| group.id).collect();
        }
        cx.put(&v_switch)?;
        cx.put(&instance)?;
        Ok(Empty)
    }
}

impl ModifyInstanceVpcAttribute {
    /// The groups of the request, each once.
    fn groups(&self, cx: &Cx<'_>) -> Result<Vec<SecurityGroup>, ApiError> {
        let mut groups: Vec<SecurityGroup> = vec![];
        for id in &self.security_group_id {
            let group = cx.find_security_group(id)?;
            let group = group.ok_or_else(|| SecurityGroupNotFound.about("SecurityGroupId.N"))?;
            if !groups.iter().any(|known| known.id == group.id) {
                groups.push(group);
            }
        }
        Ok(groups)
    }

    /// Refuses a vSwitch that the instance cannot move to.
    fn check_place(&self, instance: &Instance, v_switch: &VSwitch) -> Result<(), ApiError> {
        let vpc = instance.network.vpc().ok_or_else(|| InstanceNotInVpc.about("InstanceId"))?;
        if v_switch.vpc != *self.vpc_id.as_ref().unwrap_or(vpc) {
            return Err(VSwitchOutsideVpc.about("VSwitchId"));
        }
        if v_switch.zone != instance.zone {
            return Err(VSwitchInOtherZoneThanInstance.about("VSwitchId"));
        }
        if v_switch.status != NetworkStatus::Available {
            return Err(VSwitchPending.about("VSwitchId"));
        }
        match instance.has_moved || instance.started_ms.is_none() {
            true => Err(InstanceMovedAlready.about("InstanceId")),
            false => Ok(()),
        }
    }

    /// Refuses groups that the instance cannot be in, and a VPC that is full.
    fn check_groups(
        &self,
        instance: &Instance,
        v_switch: &VSwitch,
        groups: &[SecurityGroup],
        cx: &Cx<'_>,
    ) -> Result<(), ApiError> {
        let changes_vpc = instance.network.vpc() != Some(&v_switch.vpc);
        if changes_vpc && !instance.more_interfaces.is_empty() {
            return Err(InstanceHasInterfaces.about("InstanceId"));
        }
        if changes_vpc && groups.is_empty() {
            return Err(RequiredParameterMissing.with("name", "SecurityGroupId.1"));
        }
        if groups.iter().any(|group| group.vpc.as_ref() != Some(&v_switch.vpc)) {
            return Err(InstanceInOtherNetwork.about("SecurityGroupId.N"));
        }
        if groups.len() > GROUPS_MAX {
            return Err(InstanceTakesNoMoreGroups.about("SecurityGroupId.N"));
        }
        for group in groups {
            if !instance.security_groups.contains(&group.id) && cx.is_group_full(group)? {
                return Err(SecurityGroupFull.about("SecurityGroupId.N"));
            }
        }
        let present = cx.tx.count::<Instance>(&Instance::vpc_scope(cx.account(), &v_switch.vpc))?;
        let most = u64::from(Fact::of_account(&cx.tx, cx.account())?.quotas.instances_per_vpc);
        match changes_vpc && present >= most {
            true => Err(VpcInstanceQuotaExceeded.about("VSwitchId")),
            false => Ok(()),
        }
    }
}

/// The place of an interface in another vSwitch or at another address; the old address is free again.
fn enter(
    network: &Network,
    v_switch: &mut VSwitch,
    wanted: Option<Ipv4Addr>,
    cx: &mut Cx<'_>,
) -> Result<Network, ApiError> {
    let Network::Vpc { v_switch: old, address: old_address, interface, mac, .. } = network else {
        return Err(InstanceNotInVpc.about("InstanceId"));
    };
    let address = match wanted {
        Some(address) => {
            if !v_switch.offers(address) {
                return Err(PrivateAddressOutsideNewVSwitch.about("PrivateIpAddress"));
            }
            if *old == v_switch.id && *old_address == address {
                return Err(PrivateAddressUnchanged.about("PrivateIpAddress"));
            }
            if cx.is_address_taken(v_switch, address)? {
                return Err(PrivateAddressTaken.about("PrivateIpAddress"));
            }
            cx.take_this_address(v_switch, address, interface)?;
            address
        }
        None => {
            cx.take_address(v_switch, interface)?.ok_or_else(|| PrivateAddressesUsedUp.about("VSwitchId"))?
        }
    };
    cx.release_address(old, *old_address)?;
    Ok(Network::Vpc {
        vpc: v_switch.vpc.clone(),
        v_switch: v_switch.id.clone(),
        address,
        interface: interface.clone(),
        mac: mac.clone(),
    })
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("another vSwitch", stopped_beside_networks, "InstanceId=$i&VSwitchId=$near"),
    Case::ok(
        "another address",
        stopped_beside_networks,
        "InstanceId=$i&VSwitchId=$vsw&PrivateIpAddress=10.0.1.77",
    ),
    Case::ok(
        "another VPC",
        stopped_beside_networks,
        "InstanceId=$i&VpcId=$far_vpc&VSwitchId=$far&SecurityGroupId.1=$far_sg",
    ),
    Case::err("no vSwitch", one_running, "InstanceId=$i", &RequiredParameterMissing),
    Case::err("an empty vSwitch", one_running, "InstanceId=$i&VSwitchId=", &RequiredParameterEmpty),
    Case::err(
        "an address that is none",
        stopped_beside_networks,
        "InstanceId=$i&VSwitchId=$vsw&PrivateIpAddress=ten",
        &PrivateAddressMalformed,
    )
    .instead("PrivateIpAddress=10.0.1.10"),
    Case::err("an unknown id", nothing, "InstanceId=i-none&VSwitchId=vsw-none", &InstanceNotFound),
    Case::err("an unknown vSwitch", one_running, "InstanceId=$i&VSwitchId=vsw-none", &VSwitchNotFound),
    Case::err(
        "an unknown VPC",
        one_running,
        "InstanceId=$i&VSwitchId=$vsw&VpcId=vpc-none",
        &VpcForNewResourceNotFound,
    ),
    Case::err(
        "an unknown group",
        one_running,
        "InstanceId=$i&VSwitchId=$vsw&SecurityGroupId.1=sg-none",
        &SecurityGroupNotFound,
    ),
    Case::err("under a lock", one_stopped_and_locked, "InstanceId=$i&VSwitchId=$vsw", &InstanceLocked),
    Case::err("running", one_running, "InstanceId=$i&VSwitchId=$vsw", &InstanceStatusWrong),
    Case::err(
        "of the classic network",
        one_classic_stopped,
        "InstanceId=$i&VSwitchId=$vsw",
        &InstanceNotInVpc,
    ),
    Case::err(
        "a vSwitch of another VPC",
        stopped_beside_networks,
        "InstanceId=$i&VSwitchId=$far",
        &VSwitchOutsideVpc,
    )
    .instead("VpcId=$far_vpc&SecurityGroupId.1=$far_sg"),
    Case::err(
        "a vSwitch of another zone",
        stopped_beside_networks,
        "InstanceId=$i&VSwitchId=$other_zone",
        &VSwitchInOtherZoneThanInstance,
    )
    .instead("VSwitchId=$near"),
    Case::err(
        "a vSwitch in the making",
        beside_a_new_v_switch,
        "InstanceId=$i&VSwitchId=$new",
        &VSwitchPending,
    ),
    Case::err("moved since it ran", moved_once, "InstanceId=$i&VSwitchId=$vsw", &InstanceMovedAlready),
    Case::err("never started", one_created, "InstanceId=$i&VSwitchId=$vsw", &InstanceMovedAlready),
    Case::err(
        "another VPC with a second interface",
        stopped_with_two_interfaces,
        "InstanceId=$i&VpcId=$far_vpc&VSwitchId=$far&SecurityGroupId.1=$far_sg",
        &InstanceHasInterfaces,
    )
    .after(|story| {
        story.call("DetachNetworkInterface", "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$eni");
        story.pass_ms(10_000);
    })
    .shown("DescribeInstances", "RegionId=cn-hangzhou", "\"Type\":\"Secondary\""),
    Case::err(
        "another VPC and no groups",
        stopped_beside_networks,
        "InstanceId=$i&VpcId=$far_vpc&VSwitchId=$far",
        &RequiredParameterMissing,
    )
    .instead("SecurityGroupId.1=$far_sg"),
    Case::err(
        "a group of another VPC",
        stopped_beside_networks,
        "InstanceId=$i&VSwitchId=$near&SecurityGroupId.1=$far_sg",
        &InstanceInOtherNetwork,
    )
    .instead("SecurityGroupId.1=$sg"),
    Case::err(
        "six groups",
        stopped_beside_networks,
        "InstanceId=$i&VSwitchId=$near&SecurityGroupId.1=$sg1&SecurityGroupId.2=$sg2&SecurityGroupId.3=$sg3\
         &SecurityGroupId.4=$sg4&SecurityGroupId.5=$sg5&SecurityGroupId.6=$sg",
        &InstanceTakesNoMoreGroups,
    )
    .instead("SecurityGroupId.6"),
    Case::err(
        "a full group",
        stopped_beside_full_group,
        "InstanceId=$i&VSwitchId=$near&SecurityGroupId.1=$sg1",
        &SecurityGroupFull,
    )
    .instead("SecurityGroupId.1=$sg"),
    Case::err(
        "a full VPC",
        beside_a_full_vpc,
        "InstanceId=$i&VpcId=$far_vpc&VSwitchId=$far&SecurityGroupId.1=$far_sg",
        &VpcInstanceQuotaExceeded,
    ),
    Case::err(
        "an address of another block",
        stopped_beside_networks,
        "InstanceId=$i&VSwitchId=$near&PrivateIpAddress=10.0.1.9",
        &PrivateAddressOutsideNewVSwitch,
    )
    .instead("PrivateIpAddress=10.0.2.9"),
    Case::err(
        "its own address",
        stopped_beside_networks,
        "InstanceId=$i&VSwitchId=$vsw&PrivateIpAddress=$address",
        &PrivateAddressUnchanged,
    ),
    Case::err(
        "the address of another",
        stopped_beside_networks,
        "InstanceId=$i&VSwitchId=$vsw&PrivateIpAddress=10.0.1.200",
        &PrivateAddressTaken,
    )
    .instead("PrivateIpAddress=10.0.1.201"),
    Case::err(
        "a full vSwitch",
        beside_a_full_v_switch,
        "InstanceId=$i&VSwitchId=$full",
        &PrivateAddressesUsedUp,
    ),
];
