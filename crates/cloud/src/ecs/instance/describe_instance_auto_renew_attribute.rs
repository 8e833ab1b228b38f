//! DescribeInstanceAutoRenewAttribute.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::expiry::AUTO_RENEWAL;
use crate::ecs::instance::given::{one_renewed, one_running, one_subscription};
use crate::ecs::instance::record::Instance;
use crate::errors::{
    ApiError, ParameterMalformed, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing,
};
use crate::ids::InstanceId;
use crate::paging::{Listing, PageInfo, Wanted};
use crate::param::CommaList;
use crate::spec::Run;

/// Tells of subscriptions whether they renew themselves: of those that are named, or of all in a state.
///
/// Instances that are paid by the hour, and those that do not exist, are not in the list.
#[derive(Action)]
#[action(ecs, read, region, reply = InstanceRenewals, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    ParameterMalformed
))]
pub struct DescribeInstanceAutoRenewAttribute {
    /// IDs of instances, up to 100, with commas between them. Required unless RenewalStatus is given.
    #[param(required_unless("RenewalStatus"), check = CommaList::is_short)]
    instance_id: Option<CommaList>,
    /// Only subscriptions in this state: `AutoRenewal`, `Normal` or `NotRenewal`. Required unless InstanceId is given.
    #[param(one_of("AutoRenewal", "Normal", "NotRenewal"))]
    renewal_status: Option<String>,
    /// Number of the page, from 1.
    #[param(default = 1, range(1, 2147483647))]
    page_number: i64,
    /// Entries on a page.
    #[param(default = 10, range(1, 100))]
    page_size: i64,
}

/// A page of subscriptions.
#[derive(Shape)]
pub struct InstanceRenewals {
    /// The subscriptions.
    #[shape(list = "InstanceRenewAttribute")]
    instance_renew_attributes: Vec<InstanceRenewal>,
    /// Which page it is.
    #[shape(flatten)]
    page: PageInfo,
}

/// How a subscription is renewed.
#[derive(Shape)]
struct InstanceRenewal {
    /// ID of the instance.
    instance_id: InstanceId,
    /// Whether it renews itself.
    auto_renew_enabled: bool,
    /// For how long each time, in units of PeriodUnit; 0 if it does not.
    duration: i64,
    /// Unit of Duration: `Week`, `Month` or `Year`.
    period_unit: String,
    /// `AutoRenewal`, `Normal` or `NotRenewal`.
    renewal_status: &'static str,
}

impl Run for DescribeInstanceAutoRenewAttribute {
    fn run(self, cx: &mut Cx<'_>) -> Result<InstanceRenewals, ApiError> {
        let wanted = self.renewal_status.as_deref();
        let is_meant = |instance: &Instance| {
            let status = instance.payment.renewal_status();
            instance.is_subscription() && wanted.is_none_or(|wanted| wanted == status)
        };
        let key = |id: String| Instance::key_of(cx.account(), &InstanceId(id));
        let listing = Listing {
            scope: Instance::scope_of(cx.account(), cx.region()),
            keys: self.instance_id.map(|ids| ids.0.into_iter().map(key).collect()),
            filter: Some(&is_meant),
        };
        let (instances, page) = cx.page(&listing, &Wanted::Number(self.page_number, self.page_size))?;
        Ok(InstanceRenewals {
            instance_renew_attributes: instances.into_iter().map(show).collect(),
            page: PageInfo { next_token: None, ..page },
        })
    }
}

fn show(instance: Instance) -> InstanceRenewal {
    let renewal_status = instance.payment.renewal_status();
    let (duration, period_unit) = instance.payment.auto_renew.unwrap_or_else(|| (0, "Month".to_owned()));
    InstanceRenewal {
        instance_id: instance.id,
        auto_renew_enabled: renewal_status == AUTO_RENEWAL,
        duration,
        period_unit,
        renewal_status,
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "one that renews itself",
        one_renewed,
        "RegionId=cn-hangzhou&InstanceId=$i,i-bp1doesnotexist0001",
    ),
    Case::ok("one that does not", one_subscription, "RegionId=cn-hangzhou&RenewalStatus=Normal"),
    Case::ok(
        "in no such state",
        one_subscription,
        "RegionId=cn-hangzhou&InstanceId=$i&RenewalStatus=NotRenewal",
    ),
    Case::ok("paid by the hour", one_running, "RegionId=cn-hangzhou&InstanceId=$i"),
    Case::err(
        "a region that is none",
        one_subscription,
        "RegionId=cn-atlantis&InstanceId=$i",
        &RegionNotFound,
    ),
    Case::err("neither", one_subscription, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err("an empty id", one_subscription, "RegionId=cn-hangzhou&InstanceId=", &RequiredParameterEmpty),
    Case::err(
        "a page of nothing",
        nothing,
        "RegionId=cn-hangzhou&RenewalStatus=Normal&PageSize=0",
        &ParameterMalformed,
    ),
];
