//! DescribeVpcAttribute.

use moyun_derive::{Action, Shape};

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{
    ApiError, DryRunPassed, ParameterMalformed, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing, VpcIdUnknown,
};
use crate::ids::VpcId;
use crate::spec::Run;
use crate::vpc::given::{a_foreign_vpc, one_pending_vpc, one_v_switch, one_vpc};
use crate::vpc::vpc::shape::VpcFields;

/// Shows one VPC.
///
/// Poll it after CreateVpc until `Status` is `Available`.
#[derive(Action)]
#[action(
    vpc, read, region, dry_run = DryRunPassed, reply = VpcAttribute,
    raises(
        RequiredParameterMissing, RegionNotFound, RequiredParameterEmpty, ParameterMalformed, VpcIdUnknown,
        DryRunPassed
    )
)]
pub struct DescribeVpcAttribute {
    /// ID of the VPC.
    #[param(required)]
    vpc_id: VpcId,
    /// Whether the default VPC of the region is meant. There is none here.
    #[param(default = false)]
    is_default: bool,
}

/// A VPC.
#[derive(Shape)]
pub struct VpcAttribute {
    /// What every reply about a VPC says.
    #[shape(flatten)]
    fields: VpcFields,
    /// Whether instances of the classic network can be linked to it.
    classic_link_enabled: bool,
    /// Whether it can have an IPv4 gateway. It cannot here.
    support_ipv4_gateway: bool,
    /// ID of its IPv4 gateway; there is none.
    ipv4_gateway_id: String,
    /// How many resources it has, by kind.
    #[shape(list = "CloudResourceSetType")]
    cloud_resources: Vec<ResourceCount>,
}

/// How many resources of a kind a VPC has.
#[derive(Shape)]
struct ResourceCount {
    /// `VRouter`, `RouteTable` or `VSwitch`.
    resource_type: &'static str,
    /// How many.
    resource_count: usize,
}

impl Run for DescribeVpcAttribute {
    fn run(self, cx: &mut Cx<'_>) -> Result<VpcAttribute, ApiError> {
        let vpc = cx.find_vpc(&self.vpc_id)?.filter(|_| !self.is_default).ok_or(&VpcIdUnknown)?;
        let v_switches = cx.v_switches_of(&vpc)?;
        let counts = [("VRouter", 1), ("RouteTable", 1), ("VSwitch", v_switches.len())];
        let cloud_resources = counts
            .into_iter()
            .map(|(resource_type, resource_count)| ResourceCount { resource_type, resource_count })
            .collect();
        Ok(VpcAttribute {
            fields: VpcFields::of(&vpc, v_switches),
            classic_link_enabled: false,
            support_ipv4_gateway: false,
            ipv4_gateway_id: String::new(),
            cloud_resources,
        })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("with a vSwitch", one_v_switch, "RegionId=cn-hangzhou&VpcId=$vpc"),
    Case::ok("still Pending", one_pending_vpc, "RegionId=cn-hangzhou&VpcId=$vpc"),
    Case::err("no ID", one_vpc, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err("an unknown region", one_vpc, "RegionId=cn-nowhere&VpcId=$vpc", &RegionNotFound),
    Case::err("an empty ID", one_vpc, "RegionId=cn-hangzhou&VpcId=", &RequiredParameterEmpty),
    Case::err("no truth value", one_vpc, "RegionId=cn-hangzhou&VpcId=$vpc&IsDefault=1", &ParameterMalformed),
    Case::err("an unknown ID", one_vpc, "RegionId=cn-hangzhou&VpcId=vpc-none", &VpcIdUnknown),
    Case::err("of another region", one_vpc, "RegionId=cn-beijing&VpcId=$vpc", &VpcIdUnknown),
    Case::err("of another account", a_foreign_vpc, "RegionId=cn-hangzhou&VpcId=$vpc", &VpcIdUnknown),
    Case::err("a rehearsal", one_vpc, "RegionId=cn-hangzhou&VpcId=$vpc&DryRun=true", &DryRunPassed),
];
