//! DescribeInstanceMaintenanceAttributes.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::given::{one_running, three_running};
use crate::ecs::instance::record::Instance;
use crate::errors::{ApiError, ParameterMalformed, RegionNotFound, RequiredParameterMissing};
use crate::ids::InstanceId;
use crate::paging::{Listing, PageInfo, Wanted};
use crate::spec::Run;

/// What is done to an instance whose host is maintained, when nobody chose.
const AUTO_RECOVER: &str = "AutoRecover";

/// Tells what becomes of instances when their hosts are maintained, the newest first.
///
/// No host is ever maintained here: every instance has the defaults. Instances that do not exist are not in the list.
#[derive(Action)]
#[action(
    ecs, read, region, reply = InstanceMaintenance,
    raises(RequiredParameterMissing, RegionNotFound, ParameterMalformed)
)]
pub struct DescribeInstanceMaintenanceAttributes {
    /// IDs of the instances, up to 100; all instances of the region without any.
    #[param(max_items = 100)]
    instance_id: Vec<InstanceId>,
    /// Number of the page, from 1.
    #[param(default = 1, range(1, 2147483647))]
    page_number: i64,
    /// Entries on a page.
    #[param(default = 10, range(1, 100))]
    page_size: i64,
}

/// A page of instances with their maintenance.
#[derive(Shape)]
pub struct InstanceMaintenance {
    /// The instances.
    #[shape(list = "MaintenanceAttribute")]
    maintenance_attributes: Vec<MaintenanceAttribute>,
    /// Which page it is.
    #[shape(flatten)]
    page: PageInfo,
}

/// The maintenance of an instance.
#[derive(Shape)]
struct MaintenanceAttribute {
    /// ID of the instance.
    instance_id: InstanceId,
    /// What is done to the instance.
    action_on_maintenance: ActionOnMaintenance,
    /// Whether an event tells before.
    notify_on_maintenance: bool,
    /// When it may be done: at any time, if there are none.
    #[shape(list = "MaintenanceWindow")]
    maintenance_windows: Vec<String>,
}

/// What is done to an instance whose host is maintained.
#[derive(Shape)]
struct ActionOnMaintenance {
    /// `Stop`, `AutoRecover` or `AutoRedeploy`.
    value: &'static str,
    /// What it is when nobody chose.
    default_value: &'static str,
    /// What it can be.
    #[shape(list = "SupportedValue")]
    supported_values: Vec<&'static str>,
}

impl Run for DescribeInstanceMaintenanceAttributes {
    fn run(self, cx: &mut Cx<'_>) -> Result<InstanceMaintenance, ApiError> {
        let key = |id| Instance::key_of(cx.account(), id);
        let listing = Listing::<Instance> {
            scope: Instance::scope_of(cx.account(), cx.region()),
            keys: (!self.instance_id.is_empty()).then(|| self.instance_id.iter().map(key).collect()),
            filter: None,
        };
        let (instances, page) = cx.page(&listing, &Wanted::Number(self.page_number, self.page_size))?;
        Ok(InstanceMaintenance {
            maintenance_attributes: instances.into_iter().map(MaintenanceAttribute::of).collect(),
            page: PageInfo { next_token: None, ..page },
        })
    }
}

impl MaintenanceAttribute {
    fn of(instance: Instance) -> MaintenanceAttribute {
        MaintenanceAttribute {
            instance_id: instance.id,
            action_on_maintenance: ActionOnMaintenance {
                value: AUTO_RECOVER,
                default_value: AUTO_RECOVER,
                supported_values: vec!["Stop", AUTO_RECOVER, "AutoRedeploy"],
            },
            notify_on_maintenance: false,
            maintenance_windows: vec![],
        }
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "of one",
        one_running,
        "RegionId=cn-hangzhou&InstanceId.1=$i&InstanceId.2=i-bp1doesnotexist0001",
    ),
    Case::ok("a page of all", three_running, "RegionId=cn-hangzhou&PageSize=2&PageNumber=2"),
    Case::err("no region", nothing, "", &RequiredParameterMissing),
    Case::err("an unknown region", nothing, "RegionId=cn-atlantis", &RegionNotFound),
    Case::err("too large a page", nothing, "RegionId=cn-hangzhou&PageSize=101", &ParameterMalformed),
];
