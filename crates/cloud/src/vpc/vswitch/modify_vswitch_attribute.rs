//! ModifyVSwitchAttribute.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{
    ApiError, ParameterMalformed, PreviewParameterNotGranted, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing, VSwitchDescriptionMalformed, VSwitchNameMalformed, VSwitchNotFound,
    VSwitchStatusWrong,
};
use crate::ids::VSwitchId;
use crate::spec::Run;
use crate::vpc::given::{a_foreign_v_switch, one_pending_v_switch, one_v_switch};
use crate::vpc::text::{is_description, is_name};
use crate::vpc::unoffered::refuse;
use crate::vpc::vpc::record::NetworkStatus;

/// Changes name and description of a vSwitch.
///
/// What the request does not name stays as it is. The addresses of a vSwitch never change.
#[derive(Action)]
#[action(
    vpc, write, reply = Empty,
    raises(
        RegionNotFound, RequiredParameterMissing, RequiredParameterEmpty, VSwitchNameMalformed,
        VSwitchDescriptionMalformed, ParameterMalformed, PreviewParameterNotGranted, VSwitchNotFound,
        VSwitchStatusWrong
    )
)]
pub struct ModifyVSwitchAttribute {
    /// ID of the vSwitch.
    #[param(required)]
    v_switch_id: VSwitchId,
    /// Its new name: 1 to 128 characters, not beginning with `http://` or `https://`.
    #[param(check = is_name, row = VSwitchNameMalformed)]
    v_switch_name: Option<String>,
    /// Its new description: 1 to 256 characters, not beginning with `http://` or `https://`.
    #[param(check = is_description, row = VSwitchDescriptionMalformed)]
    description: Option<String>,
    /// Whether it has IPv6 addresses, too. Only `false` is offered here.
    #[param(name = "EnableIPv6", default = false)]
    enable_ipv6: bool,
    /// The last eight bits of its IPv6 block. Not offered here.
    #[param(range(0, 255))]
    ipv6_cidr_block: Option<i64>,
    /// The mask of its IPv6 block. Not offered here.
    ipv6_cidr_mask: Option<i64>,
    /// The IPv6 block of the VPC that its own is a part of. Not offered here.
    vpc_ipv6_cidr_block: Option<String>,
}

impl Run for ModifyVSwitchAttribute {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        refuse(&[
            ("EnableIPv6", self.enable_ipv6),
            ("Ipv6CidrBlock", self.ipv6_cidr_block.is_some()),
            ("Ipv6CidrMask", self.ipv6_cidr_mask.is_some()),
            ("VpcIpv6CidrBlock", self.vpc_ipv6_cidr_block.is_some()),
        ])?;
        let mut v_switch = cx.find_v_switch(&self.v_switch_id)?.ok_or(&VSwitchNotFound)?;
        if v_switch.status != NetworkStatus::Available {
            return Err((&VSwitchStatusWrong).into());
        }
        v_switch.name = self.v_switch_name.unwrap_or(v_switch.name);
        v_switch.description = self.description.unwrap_or(v_switch.description);
        cx.put(&v_switch)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("its name", one_v_switch, "VSwitchId=$v_switch&VSwitchName=db"),
    Case::ok(
        "everything",
        one_v_switch,
        "RegionId=cn-hangzhou&VSwitchId=$v_switch&VSwitchName=db&Description=data&EnableIPv6=false",
    ),
    Case::err("an unknown region", one_v_switch, "RegionId=cn-nowhere&VSwitchId=$v_switch", &RegionNotFound),
    Case::err("no ID", one_v_switch, "VSwitchName=db", &RequiredParameterMissing),
    Case::err("an empty ID", one_v_switch, "VSwitchId=&VSwitchName=db", &RequiredParameterEmpty),
    Case::err(
        "a link as name",
        one_v_switch,
        "VSwitchId=$v_switch&VSwitchName=http://a",
        &VSwitchNameMalformed,
    ),
    Case::err(
        "a link as description",
        one_v_switch,
        "VSwitchId=$v_switch&Description=https://a",
        &VSwitchDescriptionMalformed,
    ),
    Case::err("no number", one_v_switch, "VSwitchId=$v_switch&Ipv6CidrBlock=ff", &ParameterMalformed),
    Case::err("with IPv6", one_v_switch, "VSwitchId=$v_switch&EnableIPv6=true", &PreviewParameterNotGranted),
    Case::err("an unknown ID", one_v_switch, "VSwitchId=vsw-none&VSwitchName=db", &VSwitchNotFound),
    Case::err("of another region", one_v_switch, "RegionId=cn-beijing&VSwitchId=$v_switch", &VSwitchNotFound),
    Case::err("of another account", a_foreign_v_switch, "VSwitchId=$v_switch", &VSwitchNotFound),
    Case::err(
        "still Pending",
        one_pending_v_switch,
        "VSwitchId=$v_switch&VSwitchName=db",
        &VSwitchStatusWrong,
    ),
];
