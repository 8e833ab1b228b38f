//! ModifyVpcAttribute.

use ipnet::Ipv4Net;
use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{
    ApiError, ParameterMalformed, PreviewParameterNotGranted, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing, VpcCidrInvalid, VpcDescriptionMalformed, VpcIdUnknown, VpcNameMalformed,
    VpcStatusWrong,
};
use crate::ids::VpcId;
use crate::spec::Run;
use crate::vpc::cidr::{is_vpc_cidr, overlap};
use crate::vpc::given::{a_foreign_vpc, one_pending_vpc, one_v_switch, one_vpc};
use crate::vpc::text::{is_description, is_name};
use crate::vpc::unoffered::refuse;
use crate::vpc::vpc::record::{NetworkStatus, Vpc};

/// Changes a VPC.
///
/// What the request does not name stays as it is.
#[derive(Action)]
#[action(
    vpc, write, reply = Empty,
    raises(
        RegionNotFound, RequiredParameterMissing, RequiredParameterEmpty, VpcNameMalformed,
        VpcDescriptionMalformed, VpcCidrInvalid, ParameterMalformed, PreviewParameterNotGranted, VpcIdUnknown,
        VpcStatusWrong
    )
)]
pub struct ModifyVpcAttribute {
    /// ID of the VPC.
    #[param(required)]
    vpc_id: VpcId,
    /// Its new name: 1 to 128 characters, not beginning with `http://` or `https://`.
    #[param(check = is_name, row = VpcNameMalformed)]
    vpc_name: Option<String>,
    /// Its new description: 1 to 256 characters, not beginning with `http://` or `https://`.
    #[param(check = is_description, row = VpcDescriptionMalformed)]
    description: Option<String>,
    /// Its new addresses: a block that holds the present one or lies within it, and holds all vSwitches.
    #[param(check = is_vpc_cidr, row = VpcCidrInvalid)]
    cidr_block: Option<Ipv4Net>,
    /// Whether its members have DNS names.
    enable_dns_hostname: Option<bool>,
    /// Whether it has IPv6 addresses, too. Only `false` is offered here.
    #[param(name = "EnableIPv6", default = false)]
    enable_ipv6: bool,
    /// Its IPv6 addresses. Not offered here.
    ipv6_cidr_block: Option<String>,
    /// The network that its IPv6 addresses come from; without meaning where there are none.
    #[param(one_of("BGP", "ChinaMobile", "ChinaUnicom", "ChinaTelecom"))]
    #[expect(dead_code, reason = "it says nothing about a network without IPv6")]
    ipv6_isp: Option<String>,
}

impl Run for ModifyVpcAttribute {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        refuse(&[("EnableIPv6", self.enable_ipv6), ("Ipv6CidrBlock", self.ipv6_cidr_block.is_some())])?;
        let mut vpc = cx.find_vpc(&self.vpc_id)?.ok_or(&VpcIdUnknown)?;
        if vpc.status != NetworkStatus::Available {
            return Err((&VpcStatusWrong).into());
        }
        if let Some(cidr) = self.cidr_block {
            check_new_block(cx, &vpc, cidr)?;
            vpc.cidr = cidr;
        }
        vpc.name = self.vpc_name.unwrap_or(vpc.name);
        vpc.description = self.description.unwrap_or(vpc.description);
        vpc.has_dns_names = self.enable_dns_hostname.unwrap_or(vpc.has_dns_names);
        cx.put(&vpc)?;
        Ok(Empty)
    }
}

/// A VPC grows or shrinks in place, around its vSwitches.
fn check_new_block(cx: &Cx<'_>, vpc: &Vpc, cidr: Ipv4Net) -> Result<(), ApiError> {
    let fits = overlap(vpc.cidr, cidr)
        && cx.v_switches_of(vpc)?.iter().all(|v_switch| cidr.contains(&v_switch.cidr));
    if fits { Ok(()) } else { Err(VpcCidrInvalid.about("CidrBlock")) }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("its name", one_vpc, "VpcId=$vpc&VpcName=back"),
    Case::ok(
        "everything",
        one_v_switch,
        "RegionId=cn-hangzhou&VpcId=$vpc&VpcName=back&Description=data&CidrBlock=10.0.0.0/16\
        &EnableDnsHostname=true&EnableIPv6=false&Ipv6Isp=BGP",
    ),
    Case::err("an unknown region", one_vpc, "RegionId=cn-nowhere&VpcId=$vpc", &RegionNotFound),
    Case::err("no ID", one_vpc, "VpcName=back", &RequiredParameterMissing),
    Case::err("an empty ID", one_vpc, "VpcId=&VpcName=back", &RequiredParameterEmpty),
    Case::err("a link as name", one_vpc, "VpcId=$vpc&VpcName=http://a", &VpcNameMalformed),
    Case::err("a link as description", one_vpc, "VpcId=$vpc&Description=https://a", &VpcDescriptionMalformed),
    Case::err("public addresses", one_vpc, "VpcId=$vpc&CidrBlock=11.0.0.0/8", &VpcCidrInvalid),
    Case::err("addresses elsewhere", one_vpc, "VpcId=$vpc&CidrBlock=192.168.0.0/16", &VpcCidrInvalid),
    Case::err("around no vSwitch", one_v_switch, "VpcId=$vpc&CidrBlock=10.9.0.0/16", &VpcCidrInvalid),
    Case::err("no truth value", one_vpc, "VpcId=$vpc&EnableDnsHostname=1", &ParameterMalformed),
    Case::err("with IPv6", one_vpc, "VpcId=$vpc&EnableIPv6=true", &PreviewParameterNotGranted),
    Case::err("an unknown ID", one_vpc, "VpcId=vpc-none&VpcName=back", &VpcIdUnknown),
    Case::err("of another region", one_vpc, "RegionId=cn-beijing&VpcId=$vpc&VpcName=back", &VpcIdUnknown),
    Case::err("of another account", a_foreign_vpc, "VpcId=$vpc&VpcName=back", &VpcIdUnknown),
    Case::err("still Pending", one_pending_vpc, "VpcId=$vpc&VpcName=back", &VpcStatusWrong),
];
