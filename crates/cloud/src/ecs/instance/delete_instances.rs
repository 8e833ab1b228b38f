//! DeleteInstances.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::batch::{distinct, fetch};
use crate::ecs::instance::given::{
    one_locked, one_pending, one_protected, one_subscription, three_running, three_stopped,
};
use crate::errors::{
    ApiError, BatchDryRunPassed, InstanceInitializing, InstanceLocked, InstanceNotFound, InstanceProtected,
    InstanceStatusWrong, ParameterMalformed, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing, SubscriptionForbidsAction,
};
use crate::ids::InstanceId;
use crate::spec::Run;

/// Releases stopped instances, or with Force running ones: all of them or, if one must stay, none.
///
/// Each goes as with DeleteInstance: disks whose DeleteWithInstance is true go too, the others become `Available`,
/// and addresses, places in security groups and units of the type are free again.
#[derive(Action)]
#[action(
    ecs, write, region, idempotent, dry_run = BatchDryRunPassed, reply = Empty,
    raises(
        RegionNotFound, RequiredParameterMissing, RequiredParameterEmpty, ParameterMalformed, InstanceNotFound,
        InstanceLocked, InstanceInitializing, InstanceStatusWrong, SubscriptionForbidsAction, InstanceProtected,
        BatchDryRunPassed
    )
)]
pub struct DeleteInstances {
    /// IDs of the instances.
    #[param(required, max_items = 100)]
    instance_id: Vec<InstanceId>,
    /// Release instances though they are running: their power is cut.
    #[param(default = false)]
    force: bool,
    /// How the power is cut; without effect here.
    #[param(default = false)]
    force_stop: bool,
    /// Whether to release subscriptions that have run out; those that have not stay in any case.
    #[param(default = false)]
    terminate_subscription: bool,
}

impl Run for DeleteInstances {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let _ = (self.force_stop, self.terminate_subscription);
        fetch(&self.instance_id, cx)?;
        for id in distinct(&self.instance_id) {
            let instance = cx.instance(id)?;
            instance.check_deletable(self.force, cx.now_ms())?;
            cx.release(&instance)?;
        }
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("stopped instances", three_stopped, "RegionId=cn-hangzhou&InstanceId.1=$i&InstanceId.2=$j"),
    Case::ok(
        "running instances by force",
        three_running,
        "RegionId=cn-hangzhou&InstanceId.1=$i&InstanceId.2=$j&Force=true&ClientToken=once",
    ),
    Case::err("an unknown region", nothing, "RegionId=cn-atlantis&InstanceId.1=i-1", &RegionNotFound),
    Case::err("no ids", three_stopped, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err("an empty id", three_stopped, "RegionId=cn-hangzhou&InstanceId.1=", &RequiredParameterEmpty),
    Case::err(
        "a flag that is none",
        three_stopped,
        "RegionId=cn-hangzhou&InstanceId.1=$i&Force=perhaps",
        &ParameterMalformed,
    ),
    Case::err(
        "one id is unknown",
        three_stopped,
        "RegionId=cn-hangzhou&InstanceId.1=$i&InstanceId.2=i-bp1doesnotexist0001",
        &InstanceNotFound,
    ),
    Case::err("locked for security", one_locked, "RegionId=cn-hangzhou&InstanceId.1=$i", &InstanceLocked),
    Case::err(
        "one is still being made",
        one_pending,
        "RegionId=cn-hangzhou&InstanceId.1=$i&Force=true",
        &InstanceInitializing,
    ),
    Case::err(
        "they run",
        three_running,
        "RegionId=cn-hangzhou&InstanceId.1=$i&InstanceId.2=$j",
        &InstanceStatusWrong,
    ),
    Case::err(
        "a subscription",
        one_subscription,
        "RegionId=cn-hangzhou&InstanceId.1=$i&Force=true",
        &SubscriptionForbidsAction,
    ),
    Case::err(
        "one is protected",
        one_protected,
        "RegionId=cn-hangzhou&InstanceId.1=$i&Force=true",
        &InstanceProtected,
    ),
    Case::err(
        "a rehearsal",
        three_stopped,
        "RegionId=cn-hangzhou&InstanceId.1=$i&DryRun=true",
        &BatchDryRunPassed,
    ),
];
