//! RebootInstances.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::batch::{self, ALL_TOGETHER, BatchReply};
use crate::ecs::instance::given::{one_locked, three_running, three_stopped};
use crate::errors::{
    ApiError, BatchDryRunPassed, InstanceLocked, InstanceNotFound, InstanceStatusWrong, ParameterMalformed,
    RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing,
};
use crate::ids::InstanceId;
use crate::spec::Run;

/// Restarts running instances.
///
/// Each is `Stopping`, then `Starting`, then `Running` again, with the same disks and addresses.
#[derive(Action)]
#[action(
    ecs, write, region, dry_run = BatchDryRunPassed, reply = BatchReply,
    raises(
        RegionNotFound, RequiredParameterMissing, RequiredParameterEmpty, ParameterMalformed,
        InstanceNotFound, InstanceLocked, InstanceStatusWrong, BatchDryRunPassed
    )
)]
pub struct RebootInstances {
    /// IDs of the instances.
    #[param(required, max_items = 100)]
    instance_id: Vec<InstanceId>,
    /// `AllTogether`: if one instance is refused, none is restarted and the call answers that refusal. `SuccessFirst`: each
    /// instance that can be is restarted, and the reply tells for each what became of it.
    #[param(default = ALL_TOGETHER.to_owned(), one_of("AllTogether", "SuccessFirst"))]
    batch_optimization: String,
    /// Cut the power instead of asking the guests to shut down; both take the same time here.
    #[param(default = false)]
    force_reboot: bool,
}

impl Run for RebootInstances {
    fn run(self, cx: &mut Cx<'_>) -> Result<BatchReply, ApiError> {
        let _ = self.force_reboot;
        batch::run(&self.instance_id, &self.batch_optimization, cx, &mut |instance, cx| {
            instance.begin_reboot(cx)
        })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("two instances", three_running, "RegionId=cn-hangzhou&InstanceId.1=$i&InstanceId.2=$j"),
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
        "they are off",
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
