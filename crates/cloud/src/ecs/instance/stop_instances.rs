//! StopInstances.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::batch::{self, ALL_TOGETHER, BatchReply};
use crate::ecs::instance::given::{one_locked, three_running, three_stopped};
use crate::ecs::instance::life::KEEP_CHARGING;
use crate::errors::{
    ApiError, BatchDryRunPassed, InstanceLocked, InstanceNotFound, InstanceStatusWrong, ParameterMalformed,
    RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing,
};
use crate::ids::InstanceId;
use crate::spec::Run;

/// Stops running instances.
///
/// Each is `Stopping` until its guest has shut down, then `Stopped`. With `StopCharging` a pay-as-you-go instance in a
/// VPC gives its unit of the type back.
#[derive(Action)]
#[action(
    ecs, write, region, dry_run = BatchDryRunPassed, reply = BatchReply,
    raises(
        RegionNotFound, RequiredParameterMissing, RequiredParameterEmpty, ParameterMalformed,
        InstanceNotFound, InstanceLocked, InstanceStatusWrong, BatchDryRunPassed
    )
)]
pub struct StopInstances {
    /// IDs of the instances.
    #[param(required, max_items = 100)]
    instance_id: Vec<InstanceId>,
    /// `AllTogether`: if one instance is refused, none is stopped and the call answers that refusal. `SuccessFirst`: each
    /// instance that can be is stopped, and the reply tells for each what became of it.
    #[param(default = ALL_TOGETHER.to_owned(), one_of("AllTogether", "SuccessFirst"))]
    batch_optimization: String,
    /// Cut the power instead of asking the guests to shut down; both take the same time here.
    #[param(default = false)]
    force_stop: bool,
    /// `KeepCharging` keeps the unit of the type and its charge, `StopCharging` gives up both. Instances that have no
    /// choice (subscriptions, classic network) show `Not-applicable` afterwards; who says that leaves the choice open.
    #[param(default = KEEP_CHARGING.to_owned(), one_of("KeepCharging", "StopCharging", "Not-applicable"))]
    stopped_mode: String,
}

impl Run for StopInstances {
    fn run(self, cx: &mut Cx<'_>) -> Result<BatchReply, ApiError> {
        let _ = self.force_stop;
        batch::run(&self.instance_id, &self.batch_optimization, cx, &mut |instance, cx| {
            instance.begin_stop(&self.stopped_mode, cx)
        })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("two instances", three_running, "RegionId=cn-hangzhou&InstanceId.1=$i&InstanceId.2=$j"),
    Case::ok(
        "without charge",
        three_running,
        "RegionId=cn-hangzhou&InstanceId.1=$i&StoppedMode=StopCharging",
    ),
    Case::ok(
        "the mode that they show",
        three_running,
        "RegionId=cn-hangzhou&InstanceId.1=$i&StoppedMode=Not-applicable",
    ),
    Case::ok(
        "those that can go",
        three_running,
        "RegionId=cn-hangzhou&BatchOptimization=SuccessFirst&InstanceId.1=$i&InstanceId.2=i-bp1doesnotexist0001",
    ),
    Case::err("an unknown region", nothing, "RegionId=cn-atlantis&InstanceId.1=i-1", &RegionNotFound),
    Case::err("no ids", three_running, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err("an empty id", three_running, "RegionId=cn-hangzhou&InstanceId.1=", &RequiredParameterEmpty),
    Case::err(
        "an unknown mode",
        three_running,
        "RegionId=cn-hangzhou&InstanceId.1=$i&BatchOptimization=Sometimes",
        &ParameterMalformed,
    ),
    Case::err(
        "one id is unknown",
        three_running,
        "RegionId=cn-hangzhou&InstanceId.1=$i&InstanceId.2=i-bp1doesnotexist0001",
        &InstanceNotFound,
    ),
    Case::err("locked for security", one_locked, "RegionId=cn-hangzhou&InstanceId.1=$i", &InstanceLocked),
    Case::err(
        "they are off already",
        three_stopped,
        "RegionId=cn-hangzhou&InstanceId.1=$i&InstanceId.2=$j",
        &InstanceStatusWrong,
    ),
    Case::err(
        "a rehearsal",
        three_running,
        "RegionId=cn-hangzhou&InstanceId.1=$i&DryRun=true",
        &BatchDryRunPassed,
    ),
];
