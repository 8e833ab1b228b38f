//! DeleteVSwitch.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{
    ApiError, DryRunPassed, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing,
    VSwitchHasDependents, VSwitchNotFound, VSwitchStatusWrong,
};
use crate::ids::VSwitchId;
use crate::spec::Run;
use crate::vpc::given::{a_foreign_v_switch, one_pending_v_switch, one_used_v_switch, one_v_switch};
use crate::vpc::vpc::record::NetworkStatus;

/// Deletes a vSwitch; its addresses can be given to another one.
///
/// No instance and no network interface uses any of its addresses any more: release those first.
#[derive(Action)]
#[action(
    vpc, write, dry_run = DryRunPassed, reply = Empty,
    raises(
        RegionNotFound, RequiredParameterMissing, RequiredParameterEmpty, VSwitchNotFound, VSwitchStatusWrong,
        VSwitchHasDependents, DryRunPassed
    )
)]
pub struct DeleteVSwitch {
    /// ID of the vSwitch.
    #[param(required)]
    v_switch_id: VSwitchId,
}

impl Run for DeleteVSwitch {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let v_switch = cx.find_v_switch(&self.v_switch_id)?.ok_or(&VSwitchNotFound)?;
        if v_switch.status != NetworkStatus::Available {
            return Err((&VSwitchStatusWrong).into());
        }
        if cx.is_v_switch_used(&v_switch)? {
            return Err((&VSwitchHasDependents).into());
        }
        cx.delete(&v_switch)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("an empty one", one_v_switch, "VSwitchId=$v_switch"),
    Case::err("an unknown region", one_v_switch, "RegionId=cn-nowhere&VSwitchId=$v_switch", &RegionNotFound),
    Case::err("no ID", one_v_switch, "", &RequiredParameterMissing),
    Case::err("an empty ID", one_v_switch, "VSwitchId=", &RequiredParameterEmpty),
    Case::err("an unknown ID", one_v_switch, "VSwitchId=vsw-none", &VSwitchNotFound),
    Case::err("of another region", one_v_switch, "RegionId=cn-beijing&VSwitchId=$v_switch", &VSwitchNotFound),
    Case::err("of another account", a_foreign_v_switch, "VSwitchId=$v_switch", &VSwitchNotFound),
    Case::err("still Pending", one_pending_v_switch, "VSwitchId=$v_switch", &VSwitchStatusWrong),
    Case::err("an address in use", one_used_v_switch, "VSwitchId=$v_switch", &VSwitchHasDependents),
    Case::err("a rehearsal", one_v_switch, "VSwitchId=$v_switch&DryRun=true", &DryRunPassed),
];
