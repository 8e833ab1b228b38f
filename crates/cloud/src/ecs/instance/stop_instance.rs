//! StopInstance.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::given::{one_locked, one_pending, one_running, one_stopped};
use crate::ecs::instance::life::KEEP_CHARGING;
use crate::errors::{
    ApiError, DryRunPassed, InstanceLocked, InstanceNotFound, InstanceStatusWrong, ParameterMalformed,
    RequiredParameterEmpty, RequiredParameterMissing,
};
use crate::ids::InstanceId;
use crate::spec::Run;

/// Stops a running instance.
///
/// The instance is `Stopping` until its guest has shut down, then `Stopped`; DescribeInstanceStatus tells. With
/// `StopCharging` a pay-as-you-go instance in a VPC gives its unit of the type back, so that starting it again can
/// fail for want of stock; its disks and addresses stay.
#[derive(Action)]
#[action(
    ecs, write, dry_run = DryRunPassed, reply = Empty,
    raises(
        RequiredParameterMissing, RequiredParameterEmpty, ParameterMalformed, InstanceNotFound, InstanceLocked,
        InstanceStatusWrong, DryRunPassed
    )
)]
pub struct StopInstance {
    /// ID of the instance.
    #[param(required)]
    instance_id: InstanceId,
    /// Cut the power instead of asking the guest to shut down; both take the same time here.
    #[param(default = false)]
    force_stop: bool,
    /// `KeepCharging` keeps the unit of the type and its charge, `StopCharging` gives up both. Instances that have no
    /// choice (subscriptions, classic network) show `Not-applicable` afterwards; who says that leaves the choice open.
    #[param(default = KEEP_CHARGING.to_owned(), one_of("KeepCharging", "StopCharging", "Not-applicable"))]
    stopped_mode: String,
    /// Kept for old clients, without effect.
    #[param(default = true)]
    confirm_stop: bool,
    /// Whether to hibernate instead of shutting down; accepted without effect.
    #[param(default = false)]
    hibernate: bool,
}

impl Run for StopInstance {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let _ = (self.force_stop, self.confirm_stop, self.hibernate);
        let mut instance = cx.instance(&self.instance_id)?;
        instance.begin_stop(&self.stopped_mode, cx)?;
        cx.put(&instance)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a running instance", one_running, "InstanceId=$i"),
    Case::ok(
        "without charge, by force",
        one_running,
        "InstanceId=$i&StoppedMode=StopCharging&ForceStop=true&ConfirmStop=true",
    ),
    Case::ok("the mode that it shows", one_running, "InstanceId=$i&StoppedMode=Not-applicable"),
    Case::err("no id", one_running, "", &RequiredParameterMissing),
    Case::err("an empty id", one_running, "InstanceId=", &RequiredParameterEmpty),
    Case::err(
        "an unknown way to stop",
        one_running,
        "InstanceId=$i&StoppedMode=ChargeLater",
        &ParameterMalformed,
    ),
    Case::err("an unknown id", nothing, "InstanceId=i-bp1doesnotexist0001", &InstanceNotFound),
    Case::err("locked for security", one_locked, "InstanceId=$i", &InstanceLocked),
    Case::err("it is off already", one_stopped, "InstanceId=$i", &InstanceStatusWrong),
    Case::err("it is still being made", one_pending, "InstanceId=$i", &InstanceStatusWrong),
    Case::err("a rehearsal", one_running, "InstanceId=$i&DryRun=true", &DryRunPassed),
];
