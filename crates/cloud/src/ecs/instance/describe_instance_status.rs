//! DescribeInstanceStatus.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::filters::Filters;
use crate::ecs::instance::given::three_running;
use crate::ecs::instance::record::Instance;
use crate::errors::{ApiError, ParameterMalformed, RegionNotFound, RequiredParameterMissing};
use crate::ids::{InstanceId, ZoneId};
use crate::paging::NumberedPaging;
use crate::spec::Run;

/// Tells where instances are in their life, the newest first: the cheapest way to wait for one.
///
/// An id of which there is no instance finds nothing; the list then lacks it.
#[derive(Action)]
#[action(
    ecs, read, region, reply = InstanceStatusList,
    raises(RequiredParameterMissing, RegionNotFound, ParameterMalformed)
)]
pub struct DescribeInstanceStatus {
    /// IDs of the instances; all instances of the region without any.
    #[param(max_items = 100)]
    instance_id: Vec<InstanceId>,
    /// Only instances in this zone.
    zone_id: Option<ZoneId>,
    /// Cluster of old instances; accepted without effect.
    cluster_id: Option<String>,
    /// Which page.
    #[param(flatten)]
    paging: NumberedPaging,
}

/// A page of statuses.
#[derive(Shape)]
pub struct InstanceStatusList {
    /// The instances.
    #[shape(list = "InstanceStatus")]
    instance_statuses: Vec<InstanceStatus>,
    /// Number of the page.
    page_number: i64,
    /// Entries on a page.
    page_size: i64,
    /// Entries in the whole list.
    total_count: u64,
}

/// Where an instance is in its life.
#[derive(Shape)]
struct InstanceStatus {
    /// ID of the instance.
    instance_id: InstanceId,
    /// `Pending`, `Starting`, `Running`, `Stopping` or `Stopped`.
    status: &'static str,
}

impl Run for DescribeInstanceStatus {
    fn run(self, cx: &mut Cx<'_>) -> Result<InstanceStatusList, ApiError> {
        let _ = self.cluster_id;
        let key = |id| Instance::key_of(cx.account(), id);
        let keys = (!self.instance_id.is_empty()).then(|| self.instance_id.iter().map(key).collect());
        let mut filters = Filters::<Instance>::new();
        filters.by(self.zone_id, |instance, zone| instance.zone == *zone);
        let scope = Instance::scope_of(cx.account(), cx.region());
        let (page, info) = cx.filtered_page(scope, keys, &filters, &self.paging.wanted())?;
        let statuses = page.into_iter().map(|instance: Instance| InstanceStatus {
            status: instance.status.wire_name(),
            instance_id: instance.id,
        });
        Ok(InstanceStatusList {
            instance_statuses: statuses.collect(),
            page_number: self.paging.page_number,
            page_size: self.paging.page_size,
            total_count: info.total_count.unwrap_or_default(),
        })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("all of a region", three_running, "RegionId=cn-hangzhou"),
    Case::ok("one of them", three_running, "RegionId=cn-hangzhou&InstanceId.1=$j"),
    Case::ok("a page", three_running, "RegionId=cn-hangzhou&PageSize=2&PageNumber=2"),
    Case::ok("those of a zone", three_running, "RegionId=cn-hangzhou&ZoneId=cn-hangzhou-g"),
    Case::ok("an unknown id", three_running, "RegionId=cn-hangzhou&InstanceId.1=i-bp1doesnotexist0001"),
    Case::err("no region", nothing, "", &RequiredParameterMissing),
    Case::err("an unknown region", nothing, "RegionId=cn-atlantis", &RegionNotFound),
    Case::err("too large a page", nothing, "RegionId=cn-hangzhou&PageSize=51", &ParameterMalformed),
];
