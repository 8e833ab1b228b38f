//! DeleteHpcCluster.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::hpc_cluster::given::{cluster_with_instance, one_cluster};
use crate::ecs::instance::record::Instance;
use crate::errors::{
    ApiError, HpcClusterHasInstances, HpcClusterUnknown, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing,
};
use crate::ids::HpcClusterId;
use crate::spec::Run;

/// Deletes an HPC cluster without instances.
#[derive(Action)]
#[action(ecs, write, region, idempotent, reply = Empty, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    HpcClusterUnknown,
    HpcClusterHasInstances
))]
pub struct DeleteHpcCluster {
    /// ID of the cluster.
    #[param(required)]
    hpc_cluster_id: HpcClusterId,
}

impl Run for DeleteHpcCluster {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let cluster = cx.hpc_cluster(&self.hpc_cluster_id)?;
        let members = Instance::hpc_scope(cx.account(), &cluster.id);
        if cx.tx.count::<Instance>(&members)? > 0 {
            return Err(HpcClusterHasInstances.about("HpcClusterId"));
        }
        cx.delete(&cluster)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("an empty cluster", one_cluster, "RegionId=cn-hangzhou&HpcClusterId=$h"),
    Case::err("a region that is none", one_cluster, "RegionId=cn-atlantis&HpcClusterId=$h", &RegionNotFound),
    Case::err("no id", one_cluster, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err("an empty id", one_cluster, "RegionId=cn-hangzhou&HpcClusterId=", &RequiredParameterEmpty),
    Case::err(
        "an unknown id",
        one_cluster,
        "RegionId=cn-hangzhou&HpcClusterId=hpc-bp1doesnotexist0001",
        &HpcClusterUnknown,
    ),
    Case::err(
        "an instance in it",
        cluster_with_instance,
        "RegionId=cn-hangzhou&HpcClusterId=$h",
        &HpcClusterHasInstances,
    ),
];
