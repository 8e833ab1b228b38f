//! ModifyInstanceAutoReleaseTime.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::given::{one_locked, one_running, one_subscription};
use crate::ecs::instance::rules::auto_release_ms;
use crate::errors::{
    ApiError, AutoReleaseTimeInvalid, InstanceLocked, InstanceNotFound, RequiredParameterMissing,
    SubscriptionForbidsAction,
};
use crate::ids::InstanceId;
use crate::spec::Run;

/// Sets when a pay-as-you-go instance is released by itself, or takes the time off.
///
/// At that time the instance goes as with DeleteInstance, whatever its status and even if it is protected.
#[derive(Action)]
#[action(
    ecs, write, reply = Empty,
    raises(
        RequiredParameterMissing, AutoReleaseTimeInvalid, InstanceNotFound, InstanceLocked,
        SubscriptionForbidsAction
    )
)]
pub struct ModifyInstanceAutoReleaseTime {
    /// ID of the instance.
    #[param(required)]
    instance_id: InstanceId,
    /// When, in UTC such as `2026-01-31T08:00:00Z`: 30 minutes to 3 years ahead, seconds are dropped. Without it the
    /// instance stays until it is deleted.
    auto_release_time: Option<String>,
}

impl Run for ModifyInstanceAutoReleaseTime {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let invalid = || AutoReleaseTimeInvalid.about("AutoReleaseTime");
        let now_ms = cx.now_ms();
        let at_ms = self.auto_release_time.map(|text| auto_release_ms(&text, now_ms).ok_or_else(invalid));
        let at_ms = at_ms.transpose()?;
        let mut instance = cx.instance(&self.instance_id)?;
        instance.check_unlocked()?;
        if instance.is_subscription() {
            return Err((&SubscriptionForbidsAction).into());
        }
        instance.payment.auto_release_ms = at_ms;
        cx.put(&instance)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("in an hour", one_running, "InstanceId=$i&AutoReleaseTime=2026-01-01T01:00:00Z"),
    Case::ok("never", one_running, "InstanceId=$i"),
    Case::err("no id", one_running, "AutoReleaseTime=2026-01-01T01:00:00Z", &RequiredParameterMissing),
    Case::err(
        "too soon",
        one_running,
        "InstanceId=$i&AutoReleaseTime=2026-01-01T00:29:00Z",
        &AutoReleaseTimeInvalid,
    ),
    Case::err("an unknown id", nothing, "InstanceId=i-bp1doesnotexist0001", &InstanceNotFound),
    Case::err("locked for security", one_locked, "InstanceId=$i", &InstanceLocked),
    Case::err(
        "a subscription",
        one_subscription,
        "InstanceId=$i&AutoReleaseTime=2026-01-01T01:00:00Z",
        &SubscriptionForbidsAction,
    ),
];
