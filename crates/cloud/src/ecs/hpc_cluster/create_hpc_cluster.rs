//! CreateHpcCluster.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::hpc_cluster::record::HpcCluster;
use crate::errors::{
    ApiError, ParameterMalformed, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing,
};
use crate::ids::HpcClusterId;
use crate::names::{is_description, is_resource_name};
use crate::spec::Run;
use crate::world::Fact;

/// Makes an HPC cluster, which instances of some types need.
///
/// The cluster is `creating` at first, then `usable`; DescribeHpcClusters tells. Instances can be made in it from then
/// on.
#[derive(Action)]
#[action(ecs, write, region, idempotent, reply = CreatedHpcCluster, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    ParameterMalformed
))]
pub struct CreateHpcCluster {
    /// Name: 2 to 128 characters, first a letter of any script, then letters, digits, `:`, `_`, `.` and `-`.
    #[param(required, check = is_resource_name)]
    name: String,
    /// Description: 2 to 256 characters that are no link.
    #[param(check = is_description)]
    description: Option<String>,
}

/// The new cluster.
#[derive(Shape)]
pub struct CreatedHpcCluster {
    /// ID of the cluster.
    hpc_cluster_id: HpcClusterId,
}

impl Run for CreateHpcCluster {
    fn run(self, cx: &mut Cx<'_>) -> Result<CreatedHpcCluster, ApiError> {
        let region = cx.region().clone();
        let create_ms = Fact::limits(&cx.tx)?.latency.hpc_cluster_create_ms;
        let create_ms = i64::try_from(create_ms).unwrap_or(i64::MAX);
        let cluster = HpcCluster {
            account: cx.account().clone(),
            id: HpcClusterId(cx.new_id("hpc", &region, 20)),
            region,
            name: self.name,
            description: self.description.unwrap_or_default(),
            created_ms: cx.now_ms(),
            usable_ms: (create_ms > 0).then(|| cx.now_ms().saturating_add(create_ms)),
        };
        cx.put(&cluster)?;
        Ok(CreatedHpcCluster { hpc_cluster_id: cluster.id })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a name alone", nothing, "RegionId=cn-hangzhou&Name=waves"),
    Case::ok(
        "a description and a token",
        nothing,
        "RegionId=cn-hangzhou&Name=waves&Description=Wave simulation&ClientToken=once",
    ),
    Case::err("a region that is none", nothing, "RegionId=cn-atlantis&Name=waves", &RegionNotFound),
    Case::err("no name", nothing, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err("an empty name", nothing, "RegionId=cn-hangzhou&Name=", &RequiredParameterEmpty),
    Case::err("a name that is none", nothing, "RegionId=cn-hangzhou&Name=9", &ParameterMalformed),
];
