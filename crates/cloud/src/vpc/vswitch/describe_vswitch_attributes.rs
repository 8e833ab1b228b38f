//! DescribeVSwitchAttributes.

use moyun_derive::Action;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{
    ApiError, DryRunPassed, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing, VSwitchNotFound,
};
use crate::ids::VSwitchId;
use crate::spec::Run;
use crate::vpc::given::{a_foreign_v_switch, one_pending_v_switch, one_used_v_switch, one_v_switch};
use crate::vpc::vswitch::shape::VSwitchFields;

/// Shows one vSwitch.
///
/// Poll it after CreateVSwitch until `Status` is `Available`.
#[derive(Action)]
#[action(
    vpc, read, dry_run = DryRunPassed, reply = VSwitchFields,
    raises(RegionNotFound, RequiredParameterMissing, RequiredParameterEmpty, VSwitchNotFound, DryRunPassed)
)]
pub struct DescribeVSwitchAttributes {
    /// ID of the vSwitch.
    #[param(required)]
    v_switch_id: VSwitchId,
}

impl Run for DescribeVSwitchAttributes {
    fn run(self, cx: &mut Cx<'_>) -> Result<VSwitchFields, ApiError> {
        let v_switch = cx.find_v_switch(&self.v_switch_id)?.ok_or(&VSwitchNotFound)?;
        Ok(VSwitchFields::of(cx, &v_switch)?)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("an empty one", one_v_switch, "VSwitchId=$v_switch"),
    Case::ok("an address in use", one_used_v_switch, "RegionId=cn-hangzhou&VSwitchId=$v_switch"),
    Case::ok("still Pending", one_pending_v_switch, "VSwitchId=$v_switch"),
    Case::err("an unknown region", one_v_switch, "RegionId=cn-nowhere&VSwitchId=$v_switch", &RegionNotFound),
    Case::err("no ID", one_v_switch, "", &RequiredParameterMissing),
    Case::err("an empty ID", one_v_switch, "VSwitchId=", &RequiredParameterEmpty),
    Case::err("an unknown ID", one_v_switch, "VSwitchId=vsw-none", &VSwitchNotFound),
    Case::err("of another region", one_v_switch, "RegionId=cn-beijing&VSwitchId=$v_switch", &VSwitchNotFound),
    Case::err("of another account", a_foreign_v_switch, "VSwitchId=$v_switch", &VSwitchNotFound),
    Case::err("a rehearsal", one_v_switch, "VSwitchId=$v_switch&DryRun=true", &DryRunPassed),
];
