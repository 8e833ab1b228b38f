//! DescribeInstanceAttachmentAttributes.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::given::{one_in_a_pool, three_running};
use crate::ecs::instance::record::Instance;
use crate::errors::{
    ApiError, ParameterMalformed, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing,
};
use crate::ids::InstanceId;
use crate::paging::{Listing, PageInfo, Wanted};
use crate::param::JsonList;
use crate::spec::Run;

/// Tells which private pools of capacity instances were made to use, the newest first.
///
/// Instances that do not exist are not in the list.
#[derive(Action)]
#[action(ecs, read, region, reply = InstancePools, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    ParameterMalformed
))]
pub struct DescribeInstanceAttachmentAttributes {
    /// IDs of instances, up to 100, as a JSON array.
    #[param(required, check = up_to_100)]
    instance_ids: JsonList,
    /// Number of the page, from 1.
    #[param(default = 1, range(1, 2147483647))]
    page_number: i64,
    /// Entries on a page.
    #[param(default = 10, range(1, 100))]
    page_size: i64,
}

/// A page of instances with their pools.
#[derive(Shape)]
pub struct InstancePools {
    /// The instances.
    #[shape(list = "Instance")]
    instances: Vec<InstancePool>,
    /// Which page it is.
    #[shape(flatten)]
    page: PageInfo,
}

/// The private pool of an instance.
#[derive(Shape)]
struct InstancePool {
    /// ID of the instance.
    instance_id: InstanceId,
    /// Which pools it may use: `Open`, `Target` or `None`.
    private_pool_options_match_criteria: String,
    /// The pool, with `Target`; else empty.
    private_pool_options_id: String,
}

impl Run for DescribeInstanceAttachmentAttributes {
    fn run(self, cx: &mut Cx<'_>) -> Result<InstancePools, ApiError> {
        let key = |id: &String| Instance::key_of(cx.account(), &id.as_str().into());
        let listing = Listing::<Instance> {
            scope: Instance::scope_of(cx.account(), cx.region()),
            keys: Some(self.instance_ids.0.iter().map(key).collect()),
            filter: None,
        };
        let (instances, page) = cx.page(&listing, &Wanted::Number(self.page_number, self.page_size))?;
        Ok(InstancePools {
            instances: instances.into_iter().map(InstancePool::of).collect(),
            page: PageInfo { next_token: None, ..page },
        })
    }
}

impl InstancePool {
    fn of(mut instance: Instance) -> InstancePool {
        let mut shown = |name: &str| instance.shown.remove(name);
        InstancePool {
            private_pool_options_match_criteria: shown("PrivatePoolOptions.MatchCriteria")
                .unwrap_or_else(|| "None".to_owned()),
            private_pool_options_id: shown("PrivatePoolOptions.Id").unwrap_or_default(),
            instance_id: instance.id,
        }
    }
}

fn up_to_100(list: &JsonList) -> bool {
    list.0.len() <= 100
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("of a pool", one_in_a_pool, "RegionId=cn-hangzhou&InstanceIds=[\"$i\"]"),
    Case::ok(
        "of none",
        three_running,
        "RegionId=cn-hangzhou&InstanceIds=[\"$i\",\"$j\",\"i-bp1doesnotexist0001\"]&PageSize=1",
    ),
    Case::err(
        "an unknown region",
        three_running,
        "RegionId=cn-atlantis&InstanceIds=[\"$i\"]",
        &RegionNotFound,
    ),
    Case::err("no ids", nothing, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err("empty ids", nothing, "RegionId=cn-hangzhou&InstanceIds=", &RequiredParameterEmpty),
    Case::err("ids that are no array", nothing, "RegionId=cn-hangzhou&InstanceIds=i-1", &ParameterMalformed),
];
