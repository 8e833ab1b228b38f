//! The instances of security groups: what their joining and leaving have in common.

use moyun_store::Fault;

use crate::catalog::instance_types::NetworkType;
use crate::cx::Cx;
use crate::ecs::disk::record::DiskStatus;
use crate::ecs::instance::record::{Instance, Status};
use crate::ecs::security_group::record::SecurityGroup;
use crate::errors::{
    ApiError, ChangeInProgress, InstanceInOtherNetwork, NetworkInterfaceNotFound, ParametersConflict,
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

impl Named<'_> {
    /// The instance and the group themselves.
    pub(super) fn find(&self, cx: &Cx<'_>) -> Result<(Instance, SecurityGroup), ApiError> {
        match (self.instance, self.interface) {
            (Some(_), Some(_)) => {
                let names = [("first", "InstanceId"), ("second", "NetworkInterfaceId")];
                let conflict = ApiError::from(&ParametersConflict);
                Err(names.into_iter().fold(conflict, |error, (name, value)| error.with(name, value)))
            }
            (Some(id), None) => Ok((cx.instance(id)?, cx.security_group(self.group)?)),
            // Interfaces are no things of their own yet.
            (None, Some(_)) => Err(NetworkInterfaceNotFound.about("NetworkInterfaceId")),
            (None, None) => Err(RequiredParameterMissing.with("name", "InstanceId")),
        }
    }
}

impl SecurityGroup {
    /// Refuses an instance that lies in another network.
    pub(super) fn check_near(&self, instance: &Instance) -> Result<(), ApiError> {
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
        Ok(members >= u64::from(quotas.security_group_instances_max(network)))
    }

    /// Refuses an instance to which a change was promised that its status does not show: a disk that comes or goes.
    pub(super) fn check_settled(&self, instance: &Instance) -> Result<(), ApiError> {
        let is_moving = |status| matches!(status, DiskStatus::Attaching | DiskStatus::Detaching);
        match self.disks_of(&instance.id)?.iter().any(|disk| is_moving(disk.status)) {
            true => Err((&ChangeInProgress).into()),
            false => Ok(()),
        }
    }
}
