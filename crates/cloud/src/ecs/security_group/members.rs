//! The instances of security groups: what their joining and leaving have in common.

use moyun_store::Fault;

use crate::catalog::instance_types::NetworkType;
use crate::cx::Cx;
use crate::ecs::disk::record::DiskStatus;
use crate::ecs::instance::record::{Instance, Status};
use crate::ecs::network_interface::record::NetworkInterface;
use crate::ecs::security_group::record::SecurityGroup;
use crate::errors::{
    ApiError, ChangeInProgress, InstanceInOtherNetwork, NetworkInterfaceStateWrong, ParametersConflict,
    RequiredParameterMissing,
};
use crate::ids::{InstanceId, NetworkInterfaceId, SecurityGroupId};
use crate::world::Fact;

/// The most security groups of one instance.
pub const GROUPS_MAX: usize = 5;

/// The statuses in which an instance may join and leave.
pub(super) const LEGAL: &[Status] = &[Status::Running, Status::Stopped];

/// An instance or an interface, and a group, as a request names them.
pub(super) struct Named<'a> {
    pub(super) instance: Option<&'a InstanceId>,
    pub(super) interface: Option<&'a NetworkInterfaceId>,
    pub(super) group: &'a SecurityGroupId,
}

/// Who joins or leaves: an instance, with its primary interface, or another interface.
pub(super) enum Member {
    /// An instance.
    Instance(Box<Instance>),
    /// An interface that is no primary one.
    Interface(Box<NetworkInterface>),
}

impl Named<'_> {
    /// Who is named, and the group.
    pub(super) fn find(&self, cx: &Cx<'_>) -> Result<(Member, SecurityGroup), ApiError> {
        let member = match (self.instance, self.interface) {
            (Some(_), Some(_)) => {
                let names = [("first", "InstanceId"), ("second", "NetworkInterfaceId")];
                let conflict = ApiError::from(&ParametersConflict);
                return Err(names.into_iter().fold(conflict, |error, (name, value)| error.with(name, value)));
            }
            (Some(id), None) => Member::Instance(cx.instance(id)?.into()),
            (None, Some(id)) => {
                let interface = cx.network_interface(id)?;
                match &interface.attachment {
                    Some(attachment) if interface.is_primary => {
                        Member::Instance(cx.instance(&attachment.instance)?.into())
                    }
                    _ => Member::Interface(interface.into()),
                }
            }
            (None, None) => return Err(RequiredParameterMissing.with("name", "InstanceId")),
        };
        Ok((member, cx.security_group(self.group)?))
    }
}

impl Member {
    /// Refuses a member under a security lock, or in a status that rules a change out.
    pub(super) fn check_changeable(&self) -> Result<(), ApiError> {
        match self {
            Member::Instance(instance) => Ok(instance.check_changeable(LEGAL)?),
            Member::Interface(interface) if interface.settles_ms.is_some() => {
                Err(NetworkInterfaceStateWrong.about("NetworkInterfaceId"))
            }
            Member::Interface(_) => Ok(()),
        }
    }

    /// The groups it is in.
    pub(super) fn groups(&mut self) -> &mut Vec<SecurityGroupId> {
        match self {
            Member::Instance(instance) => &mut instance.security_groups,
            Member::Interface(interface) => &mut interface.security_groups,
        }
    }

    /// Refuses a group of another network.
    pub(super) fn check_near(&self, group: &SecurityGroup) -> Result<(), ApiError> {
        match self {
            Member::Instance(instance) => group.check_near(instance),
            Member::Interface(interface) => interface.check_near(group),
        }
    }

    /// Refuses a member to which a change was promised that its status does not show.
    pub(super) fn check_settled(&self, cx: &Cx<'_>) -> Result<(), ApiError> {
        match self {
            Member::Instance(instance) => cx.check_settled(instance),
            Member::Interface(_) => Ok(()),
        }
    }

    /// Stores it.
    pub(super) fn store(&self, cx: &mut Cx<'_>) -> Result<(), Fault> {
        match self {
            Member::Instance(instance) => cx.put(&**instance),
            Member::Interface(interface) => cx.put(&**interface),
        }
    }
}

impl SecurityGroup {
    /// Refuses an instance that lies in another network.
    fn check_near(&self, instance: &Instance) -> Result<(), ApiError> {
        match self.region == instance.region && self.vpc.as_ref() == instance.network.vpc() {
            true => Ok(()),
            false => Err(InstanceInOtherNetwork.about("SecurityGroupId")),
        }
    }
}

impl Cx<'_> {
    /// Whether a security group has as many members as it may.
    pub fn is_group_full(&self, group: &SecurityGroup) -> Result<bool, Fault> {
        let network = if group.vpc.is_some() { NetworkType::Vpc } else { NetworkType::Classic };
        let quotas = Fact::of_account(&self.tx, self.account())?.quotas;
        let members = self.tx.count::<Instance>(&Instance::group_scope(self.account(), &group.id))?;
        let members = members + self.interfaces_in(&group.id)?;
        Ok(members >= u64::from(quotas.security_group_instances_max(network)))
    }

    /// Refuses an instance to which a change was promised that its status does not show: a disk that comes or goes.
    fn check_settled(&self, instance: &Instance) -> Result<(), ApiError> {
        let is_moving = |status| matches!(status, DiskStatus::Attaching | DiskStatus::Detaching);
        match self.disks_of(&instance.id)?.iter().any(|disk| is_moving(disk.status)) {
            true => Err((&ChangeInProgress).into()),
            false => Ok(()),
        }
    }
}
