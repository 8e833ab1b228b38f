//! RebootInstance.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::given::{one_locked, one_running, one_stopped};
use crate::errors::{
    ApiError, DryRunPassed, InstanceLocked, InstanceNotFound, InstanceStatusWrong, ParameterMalformed,
    RequiredParameterEmpty, RequiredParameterMissing,
};
use crate::ids::InstanceId;
use crate::spec::Run;

/// Restarts a running instance.
///
/// The instance is `Stopping`, then `Starting`, then `Running` again; it keeps its disks and addresses.
#[derive(Action)]
#[action(
    ecs, write, dry_run = DryRunPassed, reply = Empty,
    raises(
        RequiredParameterMissing, RequiredParameterEmpty, ParameterMalformed, InstanceNotFound, InstanceLocked,
        InstanceStatusWrong, DryRunPassed
    )
)]
pub struct RebootInstance {
    /// ID of the instance.
    #[param(required)]
    instance_id: InstanceId,
    /// Cut the power instead of asking the guest to shut down; both take the same time here.
    #[param(default = false)]
    force_stop: bool,
}

impl Run for RebootInstance {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let _ = self.force_stop;
        let mut instance = cx.instance(&self.instance_id)?;
        instance.begin_reboot(cx)?;
        cx.put(&instance)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a running instance", one_running, "InstanceId=$i"),
    Case::err("no id", one_running, "", &RequiredParameterMissing),
    Case::err("an empty id", one_running, "InstanceId=", &RequiredParameterEmpty),
    Case::err("a flag that is none", one_running, "InstanceId=$i&ForceStop=perhaps", &ParameterMalformed),
    Case::err("an unknown id", nothing, "InstanceId=i-bp1doesnotexist0001", &InstanceNotFound),
    Case::err("locked for security", one_locked, "InstanceId=$i", &InstanceLocked),
    Case::err("it is off", one_stopped, "InstanceId=$i", &InstanceStatusWrong),
    Case::err("a rehearsal", one_running, "InstanceId=$i&DryRun=true", &DryRunPassed),
];
