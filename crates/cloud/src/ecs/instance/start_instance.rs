//! StartInstance.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::given::{
    in_arrears, one_expired, one_locked, one_running, one_stopped, stopped_without_charge_and_sold,
};
use crate::errors::{
    AccountInArrears, ApiError, DryRunPassed, InstanceExpired, InstanceLocked, InstanceNotFound,
    InstanceStatusWrong, OutOfStock, ParameterMalformed, RequiredParameterEmpty, RequiredParameterMissing,
};
use crate::ids::InstanceId;
use crate::spec::Run;

/// Starts a stopped instance.
///
/// The instance is `Starting` until its guest is up, then `Running`; DescribeInstanceStatus tells. An instance that
/// was stopped with `StopCharging` needs a free unit of its type in its zone again.
#[derive(Action)]
#[action(
    ecs, write, billable, dry_run = DryRunPassed, reply = Empty,
    raises(
        AccountInArrears, RequiredParameterMissing, RequiredParameterEmpty, ParameterMalformed, InstanceNotFound,
        InstanceLocked, InstanceStatusWrong, InstanceExpired, OutOfStock, DryRunPassed
    )
)]
pub struct StartInstance {
    /// ID of the instance.
    #[param(required)]
    instance_id: InstanceId,
    /// Whether to put the local disks of the instance back into their first state; accepted without effect.
    #[param(default = false)]
    init_local_disk: bool,
}

impl Run for StartInstance {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let _ = self.init_local_disk;
        let mut instance = cx.instance(&self.instance_id)?;
        instance.begin_start(cx)?;
        cx.put(&instance)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a stopped instance", one_stopped, "InstanceId=$i"),
    Case::err("the account owes money", in_arrears, "InstanceId=$i", &AccountInArrears),
    Case::err("no id", one_stopped, "", &RequiredParameterMissing),
    Case::err("an empty id", one_stopped, "InstanceId=", &RequiredParameterEmpty),
    Case::err("a flag that is none", one_stopped, "InstanceId=$i&InitLocalDisk=perhaps", &ParameterMalformed),
    Case::err("an unknown id", nothing, "InstanceId=i-bp1doesnotexist0001", &InstanceNotFound),
    Case::err("a region it is not in", one_stopped, "InstanceId=$i&RegionId=cn-beijing", &InstanceNotFound),
    Case::err("locked for security", one_locked, "InstanceId=$i", &InstanceLocked),
    Case::err("it runs already", one_running, "InstanceId=$i", &InstanceStatusWrong),
    Case::err("its subscription has run out", one_expired, "InstanceId=$i", &InstanceExpired),
    Case::err("its unit was sold meanwhile", stopped_without_charge_and_sold, "InstanceId=$i", &OutOfStock),
    Case::err("a rehearsal", one_stopped, "InstanceId=$i&DryRun=true", &DryRunPassed),
];
