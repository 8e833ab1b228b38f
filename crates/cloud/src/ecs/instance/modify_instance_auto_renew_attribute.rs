//! ModifyInstanceAutoRenewAttribute.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::expiry::{AUTO_RENEWAL, NOT_RENEWAL};
use crate::ecs::instance::given::{one_renewed, one_running, one_subscription, subscribed_and_locked};
use crate::errors::{
    ApiError, AutoRenewPeriodInvalid, InstanceLocked, InstanceNotFound, ParameterMalformed, RegionNotFound,
    RequiredParameterEmpty, RequiredParameterMissing, SubscriptionForbidsAction,
};
use crate::ids::InstanceId;
use crate::param::CommaList;
use crate::spec::Run;

/// Sets whether subscriptions renew themselves: all that are named, or none of them.
///
/// A subscription that renews itself is paid for when it ends. One that is not to be renewed runs out as any other;
/// RenewInstance prolongs it all the same.
#[derive(Action)]
#[action(ecs, write, region, reply = Empty, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    ParameterMalformed,
    AutoRenewPeriodInvalid,
    InstanceNotFound,
    InstanceLocked,
    SubscriptionForbidsAction
))]
pub struct ModifyInstanceAutoRenewAttribute {
    /// IDs of the instances, up to 100, with commas between them.
    #[param(required, check = CommaList::is_short)]
    instance_id: CommaList,
    /// `AutoRenewal`: they renew themselves. `Normal`: their owner renews them. `NotRenewal`: they are to run out. It
    /// wins over AutoRenew.
    #[param(one_of("AutoRenewal", "Normal", "NotRenewal"))]
    renewal_status: Option<String>,
    /// Whether they renew themselves.
    #[param(default = false)]
    auto_renew: bool,
    /// For how long each time, in units of PeriodUnit: 1, 2, 3, 6, 12, 24, 36, 48 or 60 months, 1 to 4 weeks or 1 to 5
    /// years. Required where they renew themselves.
    duration: Option<i64>,
    /// Unit of Duration: `Week`, `Month` or `Year`.
    #[param(default = "Month".to_owned(), one_of("Week", "Month", "Year"))]
    period_unit: String,
}

impl Run for ModifyInstanceAutoRenewAttribute {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let auto_renew = self.renewal()?;
        let ends_for_good = self.renewal_status.as_deref() == Some(NOT_RENEWAL);
        for id in self.instance_id.0 {
            let mut instance = cx.instance(&InstanceId(id))?;
            instance.check_unlocked()?;
            if !instance.is_subscription() {
                return Err(SubscriptionForbidsAction.about("InstanceId"));
            }
            instance.payment.auto_renew = auto_renew.clone();
            instance.payment.ends_for_good = ends_for_good;
            cx.put(&instance)?;
        }
        Ok(Empty)
    }
}

impl ModifyInstanceAutoRenewAttribute {
    /// The term of each renewal, if they renew themselves.
    fn renewal(&self) -> Result<Option<(i64, String)>, ApiError> {
        let renews = self.renewal_status.as_ref().map_or(self.auto_renew, |status| status == AUTO_RENEWAL);
        if !renews {
            return Ok(None);
        }
        let duration = self.duration.ok_or_else(|| RequiredParameterMissing.with("name", "Duration"))?;
        let offered: &[i64] = match self.period_unit.as_str() {
            "Week" => &[1, 2, 3, 4],
            "Year" => &[1, 2, 3, 4, 5],
            _ => &[1, 2, 3, 6, 12, 24, 36, 48, 60],
        };
        match offered.contains(&duration) {
            true => Ok(Some((duration, self.period_unit.clone()))),
            false => Err(AutoRenewPeriodInvalid.about("Duration")),
        }
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "month by month",
        one_subscription,
        "RegionId=cn-hangzhou&InstanceId=$i&AutoRenew=true&Duration=1&PeriodUnit=Month",
    ),
    Case::ok(
        "never",
        one_renewed,
        "RegionId=cn-hangzhou&InstanceId=$i&RenewalStatus=NotRenewal&AutoRenew=true",
    ),
    Case::ok("no more by itself", one_renewed, "RegionId=cn-hangzhou&InstanceId=$i"),
    Case::err(
        "a region that is none",
        one_subscription,
        "RegionId=cn-atlantis&InstanceId=$i",
        &RegionNotFound,
    ),
    Case::err("no id", one_subscription, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err("an empty id", one_subscription, "RegionId=cn-hangzhou&InstanceId=", &RequiredParameterEmpty),
    Case::err(
        "an unknown state",
        one_subscription,
        "RegionId=cn-hangzhou&InstanceId=$i&RenewalStatus=Perhaps",
        &ParameterMalformed,
    ),
    Case::err(
        "no term",
        one_subscription,
        "RegionId=cn-hangzhou&InstanceId=$i&RenewalStatus=AutoRenewal",
        &RequiredParameterMissing,
    )
    .instead("Duration=1"),
    Case::err(
        "a term that is not offered",
        one_subscription,
        "RegionId=cn-hangzhou&InstanceId=$i&RenewalStatus=AutoRenewal&Duration=5",
        &AutoRenewPeriodInvalid,
    )
    .instead("PeriodUnit=Year"),
    Case::err(
        "one of two unknown",
        one_subscription,
        "RegionId=cn-hangzhou&InstanceId=$i,i-bp1doesnotexist0001&RenewalStatus=NotRenewal",
        &InstanceNotFound,
    )
    .instead("InstanceId=$i"),
    Case::err("an unknown id", nothing, "RegionId=cn-hangzhou&InstanceId=i-none", &InstanceNotFound),
    Case::err(
        "locked for security",
        subscribed_and_locked,
        "RegionId=cn-hangzhou&InstanceId=$i&RenewalStatus=NotRenewal",
        &InstanceLocked,
    ),
    Case::err(
        "paid by the hour",
        one_running,
        "RegionId=cn-hangzhou&InstanceId=$i&RenewalStatus=NotRenewal",
        &SubscriptionForbidsAction,
    ),
];
