//! RenewInstance.

use moyun_derive::{Action, Shape};
use serde_json::json;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::creation::execute::order_id;
use crate::ecs::instance::creation::given::account;
use crate::ecs::instance::given::{
    one_expired, one_locked, one_running, one_subscription, subscription_and_user,
};
use crate::ecs::instance::order::term;
use crate::errors::{
    ApiError, BalanceTooLow, InstanceLocked, InstanceNotFound, ParameterMalformed, PeriodInvalid,
    PreviewParameterNotGranted, RamUserMayNotOrder, RequiredParameterEmpty, RequiredParameterMissing,
    SubscriptionForbidsAction,
};
use crate::ids::InstanceId;
use crate::spec::Run;
use crate::story::Story;

/// Renews a subscription: the order is paid at once.
///
/// The term begins where the present one ends, or now if it has ended. The instance and those of its disks that are part
/// of the subscription are paid. An instance that had run out is unlocked and can be started again.
#[derive(Action)]
#[action(ecs, write, idempotent, reply = RenewalOrder, raises(
    RamUserMayNotOrder,
    PreviewParameterNotGranted,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    ParameterMalformed,
    PeriodInvalid,
    InstanceNotFound,
    InstanceLocked,
    SubscriptionForbidsAction,
    BalanceTooLow
))]
pub struct RenewInstance {
    /// ID of the instance.
    #[param(required)]
    instance_id: InstanceId,
    /// For how long, in units of PeriodUnit: 1 to 9, 12, 24, 36, 48 or 60 months, or 1 to 4 weeks.
    #[param(required)]
    period: i64,
    /// Unit of Period: `Month` or `Week`.
    #[param(default = "Month".to_owned(), one_of("Month", "Week"))]
    period_unit: String,
    /// The day of the month on which the term is to end, in place of Period.
    #[param(preview)]
    expected_renew_day: Option<i64>,
}

/// The order.
#[derive(Shape)]
pub struct RenewalOrder {
    /// ID of the order.
    order_id: String,
}

impl Run for RenewInstance {
    fn run(self, cx: &mut Cx<'_>) -> Result<RenewalOrder, ApiError> {
        let _ = self.expected_renew_day;
        let term = term(self.period, &self.period_unit)?;
        let mut instance = cx.instance(&self.instance_id)?;
        instance.check_unlocked()?;
        if !instance.is_subscription() {
            return Err(SubscriptionForbidsAction.about("InstanceId"));
        }
        let price = instance.subscribed(term, cx)?;
        cx.check_payable(price)?;
        cx.charge(price)?;
        instance.prolong(term, cx.now_ms());
        cx.put(&instance)?;
        Ok(RenewalOrder { order_id: order_id(cx) })
    }
}

fn nearly_broke(story: &mut Story) {
    one_subscription(story);
    account(story, json!({ "billing": { "balance": 1, "credit_limit": 0 } }));
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("another month", one_subscription, "InstanceId=$i&Period=1&ClientToken=once"),
    Case::ok("two weeks after the end", one_expired, "InstanceId=$i&Period=2&PeriodUnit=Week"),
    Case::err(
        "a user who may not order",
        subscription_and_user,
        "InstanceId=$i&Period=1",
        &RamUserMayNotOrder,
    ),
    Case::err(
        "until a day of the month",
        one_subscription,
        "InstanceId=$i&Period=1&ExpectedRenewDay=5",
        &PreviewParameterNotGranted,
    ),
    Case::err("no period", one_subscription, "InstanceId=$i", &RequiredParameterMissing),
    Case::err("an empty id", one_subscription, "InstanceId=&Period=1", &RequiredParameterEmpty),
    Case::err(
        "an unknown unit",
        one_subscription,
        "InstanceId=$i&Period=1&PeriodUnit=Day",
        &ParameterMalformed,
    ),
    Case::err("ten months", one_subscription, "InstanceId=$i&Period=10", &PeriodInvalid),
    Case::err("an unknown id", nothing, "InstanceId=i-bp1doesnotexist0001&Period=1", &InstanceNotFound),
    Case::err("locked for security", one_locked, "InstanceId=$i&Period=1", &InstanceLocked),
    Case::err("paid by the hour", one_running, "InstanceId=$i&Period=1", &SubscriptionForbidsAction),
    Case::err("too little money", nearly_broke, "InstanceId=$i&Period=1", &BalanceTooLow),
];
