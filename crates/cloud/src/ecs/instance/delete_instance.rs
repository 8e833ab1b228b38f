//! DeleteInstance.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::given::{
    one_expired, one_locked, one_pending, one_protected, one_running, one_stopped, one_subscription,
};
use crate::errors::{
    ApiError, DryRunPassed, InstanceInitializing, InstanceLocked, InstanceNotFound, InstanceProtected,
    InstanceStatusWrong, ParameterMalformed, RequiredParameterEmpty, RequiredParameterMissing,
    SubscriptionForbidsAction,
};
use crate::ids::InstanceId;
use crate::spec::Run;

/// Releases a stopped instance, or with Force a running one. It is gone at once.
///
/// Its disks go with it if their DeleteWithInstance is true; the others become `Available`. Its addresses, its place
/// in its security groups and its unit of the type are free again. A subscription goes only after it has run out, a
/// protected instance only after ModifyInstanceAttribute has taken the protection off.
#[derive(Action)]
#[action(
    ecs, write, dry_run = DryRunPassed, reply = Empty,
    raises(
        RequiredParameterMissing, RequiredParameterEmpty, ParameterMalformed, InstanceNotFound, InstanceLocked,
        InstanceInitializing, InstanceStatusWrong, SubscriptionForbidsAction, InstanceProtected, DryRunPassed
    )
)]
pub struct DeleteInstance {
    /// ID of the instance.
    #[param(required)]
    instance_id: InstanceId,
    /// Release the instance though it is running: its power is cut.
    #[param(default = false)]
    force: bool,
    /// How the power is cut; without effect here.
    #[param(default = false)]
    force_stop: bool,
    /// Whether to release a subscription that has run out; one that has not stays in any case.
    #[param(default = false)]
    terminate_subscription: bool,
}

impl Run for DeleteInstance {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let _ = (self.force_stop, self.terminate_subscription);
        let instance = cx.instance(&self.instance_id)?;
        instance.check_deletable(self.force, cx.now_ms())?;
        cx.release(&instance)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a stopped instance", one_stopped, "InstanceId=$i"),
    Case::ok("a running instance by force", one_running, "InstanceId=$i&Force=true"),
    Case::ok("a subscription that has run out", one_expired, "InstanceId=$i&TerminateSubscription=true"),
    Case::err("no id", one_stopped, "", &RequiredParameterMissing),
    Case::err("an empty id", one_stopped, "InstanceId=", &RequiredParameterEmpty),
    Case::err("a flag that is none", one_stopped, "InstanceId=$i&Force=perhaps", &ParameterMalformed),
    Case::err("an unknown id", nothing, "InstanceId=i-bp1doesnotexist0001", &InstanceNotFound),
    Case::err("locked for security", one_locked, "InstanceId=$i", &InstanceLocked),
    Case::err("it is still being made", one_pending, "InstanceId=$i&Force=true", &InstanceInitializing),
    Case::err("it runs", one_running, "InstanceId=$i", &InstanceStatusWrong),
    Case::err("a subscription", one_subscription, "InstanceId=$i&Force=true", &SubscriptionForbidsAction),
    Case::err("it is protected", one_protected, "InstanceId=$i&Force=true", &InstanceProtected),
    Case::err("a rehearsal", one_stopped, "InstanceId=$i&DryRun=true", &DryRunPassed),
];
