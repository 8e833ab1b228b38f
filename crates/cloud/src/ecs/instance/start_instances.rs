//! StartInstances.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::batch::{self, ALL_TOGETHER, BatchReply};
use crate::ecs::instance::given::{
    in_arrears, one_expired, one_locked, stopped_without_charge_and_sold, three_running, three_stopped,
};
use crate::errors::{
    AccountInArrears, ApiError, BatchDryRunPassed, InstanceExpired, InstanceLocked, InstanceNotFound,
    InstanceStatusWrong, OutOfStock, ParameterMalformed, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing,
};
use crate::ids::InstanceId;
use crate::spec::Run;

/// Starts stopped instances.
///
/// Each is `Starting` until its guest is up, then `Running`. An instance that was stopped with `StopCharging` needs a
/// free unit of its type in its zone again.
#[derive(Action)]
#[action(
    ecs, write, region, billable, dry_run = BatchDryRunPassed, reply = BatchReply,
    raises(
        RegionNotFound, AccountInArrears, RequiredParameterMissing, RequiredParameterEmpty,
        ParameterMalformed, InstanceNotFound, InstanceLocked, InstanceStatusWrong, InstanceExpired,
        OutOfStock, BatchDryRunPassed
    )
)]
pub struct StartInstances {
    /// IDs of the instances.
    #[param(required, max_items = 100)]
    instance_id: Vec<InstanceId>,
    /// `AllTogether`: if one instance is refused, none is started and the call answers that refusal. `SuccessFirst`: each
    /// instance that can be is started, and the reply tells for each what became of it.
    #[param(default = ALL_TOGETHER.to_owned(), one_of("AllTogether", "SuccessFirst"))]
    batch_optimization: String,
}

impl Run for StartInstances {
    fn run(self, cx: &mut Cx<'_>) -> Result<BatchReply, ApiError> {
        batch::run(&self.instance_id, &self.batch_optimization, cx, &mut |instance, cx| {
            instance.begin_start(cx)
        })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("two instances", three_stopped, "RegionId=cn-hangzhou&InstanceId.1=$i&InstanceId.2=$j"),
    Case::ok(
        "those that can go",
        three_stopped,
        "RegionId=cn-hangzhou&BatchOptimization=SuccessFirst&InstanceId.1=$i&InstanceId.2=i-bp1doesnotexist0001",
    ),
    Case::err("an unknown region", nothing, "RegionId=cn-atlantis&InstanceId.1=i-1", &RegionNotFound),
    Case::err(
        "the account owes money",
        in_arrears,
        "RegionId=cn-hangzhou&InstanceId.1=$i",
        &AccountInArrears,
    ),
    Case::err("no ids", three_stopped, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err("an empty id", three_stopped, "RegionId=cn-hangzhou&InstanceId.1=", &RequiredParameterEmpty),
    Case::err(
        "an unknown mode",
        three_stopped,
        "RegionId=cn-hangzhou&InstanceId.1=$i&BatchOptimization=Sometimes",
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
        "they run already",
        three_running,
        "RegionId=cn-hangzhou&InstanceId.1=$i&InstanceId.2=$j",
        &InstanceStatusWrong,
    ),
    Case::err(
        "a subscription has run out",
        one_expired,
        "RegionId=cn-hangzhou&InstanceId.1=$i",
        &InstanceExpired,
    ),
    Case::err(
        "a unit was sold meanwhile",
        stopped_without_charge_and_sold,
        "RegionId=cn-hangzhou&InstanceId.1=$i",
        &OutOfStock,
    ),
    Case::err(
        "a rehearsal",
        three_stopped,
        "RegionId=cn-hangzhou&InstanceId.1=$i&DryRun=true",
        &BatchDryRunPassed,
    ),
];
