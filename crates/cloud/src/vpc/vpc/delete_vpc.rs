//! DeleteVpc.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{
    ApiError, DryRunPassed, ParameterMalformed, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing, VpcHasSecurityGroups, VpcHasVSwitches, VpcIdUnknown, VpcStatusWrong,
};
use crate::ids::VpcId;
use crate::spec::Run;
use crate::vpc::given::{a_foreign_vpc, one_pending_vpc, one_security_group, one_v_switch, one_vpc};
use crate::vpc::vpc::record::NetworkStatus;

/// Deletes a VPC with its virtual router and route table.
///
/// It has no vSwitches and no security groups any more: delete those first.
#[derive(Action)]
#[action(
    vpc, write, idempotent, dry_run = DryRunPassed, reply = Empty,
    raises(
        RegionNotFound, RequiredParameterMissing, RequiredParameterEmpty, ParameterMalformed, VpcIdUnknown,
        VpcStatusWrong, VpcHasVSwitches, VpcHasSecurityGroups, DryRunPassed
    )
)]
pub struct DeleteVpc {
    /// ID of the VPC.
    #[param(required)]
    vpc_id: VpcId,
    /// Whether gateways that are left go with it. vSwitches and security groups never do.
    #[param(default = false)]
    #[expect(dead_code, reason = "no VPC here has gateways")]
    force_delete: bool,
}

impl Run for DeleteVpc {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let vpc = cx.find_vpc(&self.vpc_id)?.ok_or(&VpcIdUnknown)?;
        if vpc.status != NetworkStatus::Available {
            return Err((&VpcStatusWrong).into());
        }
        if !cx.v_switches_of(&vpc)?.is_empty() {
            return Err((&VpcHasVSwitches).into());
        }
        if cx.has_security_groups(&vpc)? {
            return Err((&VpcHasSecurityGroups).into());
        }
        cx.delete(&vpc)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("an empty one", one_vpc, "VpcId=$vpc"),
    Case::ok("with everything", one_vpc, "RegionId=cn-hangzhou&VpcId=$vpc&ForceDelete=true&ClientToken=c1"),
    Case::err("an unknown region", one_vpc, "RegionId=cn-nowhere&VpcId=$vpc", &RegionNotFound),
    Case::err("no ID", one_vpc, "", &RequiredParameterMissing),
    Case::err("an empty ID", one_vpc, "VpcId=", &RequiredParameterEmpty),
    Case::err("no truth value", one_vpc, "VpcId=$vpc&ForceDelete=1", &ParameterMalformed),
    Case::err("an unknown ID", one_vpc, "VpcId=vpc-none", &VpcIdUnknown),
    Case::err("of another region", one_vpc, "RegionId=cn-beijing&VpcId=$vpc", &VpcIdUnknown),
    Case::err("of another account", a_foreign_vpc, "VpcId=$vpc", &VpcIdUnknown),
    Case::err("still Pending", one_pending_vpc, "VpcId=$vpc", &VpcStatusWrong),
    Case::err("with a vSwitch", one_v_switch, "VpcId=$vpc", &VpcHasVSwitches),
    Case::err("with a vSwitch, by force", one_v_switch, "VpcId=$vpc&ForceDelete=true", &VpcHasVSwitches),
    Case::err("with a security group", one_security_group, "VpcId=$vpc", &VpcHasSecurityGroups),
    Case::err("a rehearsal", one_vpc, "VpcId=$vpc&DryRun=true", &DryRunPassed),
];
