//! ModifyHpcClusterAttribute.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::hpc_cluster::given::one_cluster;
use crate::errors::{
    ApiError, HpcClusterUnknown, ParameterMalformed, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing,
};
use crate::ids::HpcClusterId;
use crate::names::{is_description, is_resource_name};
use crate::spec::Run;

/// Changes the name or the description of an HPC cluster; what is not given stays.
#[derive(Action)]
#[action(ecs, write, region, idempotent, reply = Empty, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    ParameterMalformed,
    HpcClusterUnknown
))]
pub struct ModifyHpcClusterAttribute {
    /// ID of the cluster.
    #[param(required)]
    hpc_cluster_id: HpcClusterId,
    /// Name: 2 to 128 characters, first a letter of any script, then letters, digits, `:`, `_`, `.` and `-`.
    #[param(check = is_resource_name)]
    name: Option<String>,
    /// Description: 2 to 256 characters that are no link.
    #[param(check = is_description)]
    description: Option<String>,
}

impl Run for ModifyHpcClusterAttribute {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let mut cluster = cx.hpc_cluster(&self.hpc_cluster_id)?;
        cluster.name = self.name.unwrap_or(cluster.name);
        cluster.description = self.description.unwrap_or(cluster.description);
        cx.put(&cluster)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "name and description",
        one_cluster,
        "RegionId=cn-hangzhou&HpcClusterId=$h&Name=tides&Description=Tides at noon",
    ),
    Case::err(
        "a region that is none",
        one_cluster,
        "RegionId=cn-atlantis&HpcClusterId=$h&Name=tides",
        &RegionNotFound,
    ),
    Case::err("no id", one_cluster, "RegionId=cn-hangzhou&Name=tides", &RequiredParameterMissing),
    Case::err(
        "an empty id",
        one_cluster,
        "RegionId=cn-hangzhou&HpcClusterId=&Name=tides",
        &RequiredParameterEmpty,
    ),
    Case::err(
        "a link for a description",
        one_cluster,
        "RegionId=cn-hangzhou&HpcClusterId=$h&Description=https://a",
        &ParameterMalformed,
    ),
    Case::err(
        "another region",
        one_cluster,
        "RegionId=cn-beijing&HpcClusterId=$h&Name=tides",
        &HpcClusterUnknown,
    ),
];
