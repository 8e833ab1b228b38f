//! DescribeHpcClusters.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::hpc_cluster::given::{creating_cluster, two_clusters};
use crate::ecs::hpc_cluster::record::HpcCluster;
use crate::errors::{
    ApiError, ParameterMalformed, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing,
};
use crate::ids::HpcClusterId;
use crate::paging::{Listing, PageInfo, Wanted};
use crate::param::JsonList;
use crate::spec::Run;

/// The most clusters of one request.
const IDS_MAX: usize = 100;

/// Lists the HPC clusters of a region, newest first.
#[derive(Action)]
#[action(ecs, read, region, reply = HpcClusterList, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    ParameterMalformed
))]
pub struct DescribeHpcClusters {
    /// Only these clusters: a JSON array of up to 100 IDs.
    #[param(check = is_short)]
    hpc_cluster_ids: Option<JsonList>,
    /// Number of the page, from 1.
    #[param(default = 1, range(1, 2147483647))]
    page_number: i64,
    /// Entries on a page.
    #[param(default = 10, range(1, 100))]
    page_size: i64,
}

/// A page of HPC clusters.
#[derive(Shape)]
pub struct HpcClusterList {
    /// The clusters.
    #[shape(list = "HpcCluster")]
    hpc_clusters: Vec<HpcClusterShape>,
    /// Which page it is.
    #[shape(flatten)]
    page: PageInfo,
}

/// An HPC cluster.
#[derive(Shape)]
struct HpcClusterShape {
    /// ID of the cluster.
    hpc_cluster_id: HpcClusterId,
    /// Name of the cluster.
    name: String,
    /// Description of the cluster, perhaps empty.
    description: String,
    /// `creating`, then `usable`.
    status: &'static str,
}

impl Run for DescribeHpcClusters {
    fn run(self, cx: &mut Cx<'_>) -> Result<HpcClusterList, ApiError> {
        let key = |id: String| HpcCluster::key_of(cx.account(), &HpcClusterId(id));
        let listing = Listing {
            scope: HpcCluster::scope_of(cx.account(), cx.region()),
            keys: self.hpc_cluster_ids.map(|ids| ids.0.into_iter().map(key).collect()),
            filter: None,
        };
        let (clusters, page) = cx.page(&listing, &Wanted::Number(self.page_number, self.page_size))?;
        let hpc_clusters = clusters.into_iter().map(show).collect();
        Ok(HpcClusterList { hpc_clusters, page: PageInfo { next_token: None, ..page } })
    }
}

fn show(cluster: HpcCluster) -> HpcClusterShape {
    HpcClusterShape {
        status: cluster.status(),
        hpc_cluster_id: cluster.id,
        name: cluster.name,
        description: cluster.description,
    }
}

fn is_short(ids: &JsonList) -> bool {
    ids.0.len() <= IDS_MAX
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("none there", nothing, "RegionId=cn-hangzhou"),
    Case::ok("one that is creating", creating_cluster, "RegionId=cn-hangzhou"),
    Case::ok("newest first", two_clusters, "RegionId=cn-hangzhou"),
    Case::ok("the second page", two_clusters, "RegionId=cn-hangzhou&PageNumber=2&PageSize=1"),
    Case::ok("by ID", two_clusters, "RegionId=cn-hangzhou&HpcClusterIds=[\"$h\",\"hpc-none\"]"),
    Case::err("a region that is none", nothing, "RegionId=cn-atlantis", &RegionNotFound),
    Case::err("no region", nothing, "", &RequiredParameterMissing),
    Case::err("an empty region", nothing, "RegionId=", &RequiredParameterEmpty),
    Case::err("an id by itself", two_clusters, "RegionId=cn-hangzhou&HpcClusterIds=$h", &ParameterMalformed),
];
