//! CreateVSwitch.

use ipnet::Ipv4Net;
use moyun_derive::{Action, Shape};

use crate::case::Case;
use crate::catalog::zones::{Creatable, Lifecycle};
use crate::cx::Cx;
use crate::errors::{
    ApiError, CidrMalformed, ParameterMalformed, PreviewParameterNotGranted, RegionNotFound,
    RequiredParameterEmpty, RequiredParameterMissing, TagKeyDuplicate, TagKeyMalformed, TagValueMalformed,
    TooManyTags, VSwitchCidrOutsideVpc, VSwitchCidrOverlaps, VSwitchDescriptionMalformed,
    VSwitchNameMalformed, VpcForNewResourceNotFound, VpcStatusWrong, ZoneNotFound, ZoneNotOnSale,
    ZoneRetired,
};
use crate::ids::{VSwitchId, VpcId, ZoneId};
use crate::spec::Run;
use crate::story::Story;
use crate::tags::{self, TagParam};
use crate::vpc::cidr::{is_v_switch_cidr, overlap};
use crate::vpc::given::{a_foreign_vpc, one_pending_vpc, one_v_switch, one_vpc, too_many_tags};
use crate::vpc::text::{is_description, is_name};
use crate::vpc::unoffered::refuse;
use crate::vpc::vpc::record::{Begun, NetworkStatus, Vpc};
use crate::vpc::vswitch::record::VSwitch;
use crate::world::Fact;

/// Creates a vSwitch: a part of a VPC's addresses in one zone.
///
/// The vSwitch is `Pending` at first and becomes `Available` by itself; instances can be made in it from then on.
/// DescribeVSwitchAttributes tells when. Nobody gets the first and the last three addresses of its block.
#[derive(Action)]
#[action(
    vpc, write, idempotent, reply = VSwitchCreated,
    raises(
        RegionNotFound, RequiredParameterMissing, RequiredParameterEmpty, CidrMalformed, VSwitchNameMalformed,
        VSwitchDescriptionMalformed, ParameterMalformed, PreviewParameterNotGranted, TagKeyMalformed,
        TagValueMalformed, TagKeyDuplicate, TooManyTags, VpcForNewResourceNotFound, ZoneNotFound, ZoneRetired,
        ZoneNotOnSale, VpcStatusWrong, VSwitchCidrOutsideVpc, VSwitchCidrOverlaps
    )
)]
pub struct CreateVSwitch {
    /// ID of the VPC. It is Available.
    #[param(required)]
    vpc_id: VpcId,
    /// The zone: one of the VPC's region.
    #[param(required)]
    zone_id: ZoneId,
    /// Its addresses: a block within that of the VPC with a mask of 16 to 29 bits, of which no other vSwitch of the VPC
    /// has any.
    #[param(required, check = is_v_switch_cidr, row = CidrMalformed)]
    cidr_block: Ipv4Net,
    /// Its name: 1 to 128 characters, not beginning with `http://` or `https://`.
    #[param(default = "", check = is_name, row = VSwitchNameMalformed)]
    v_switch_name: String,
    /// Its description: 1 to 256 characters, not beginning with `http://` or `https://`.
    #[param(default = "", check = is_description, row = VSwitchDescriptionMalformed)]
    description: String,
    /// Its tags, up to 20.
    #[param(group)]
    tag: Vec<TagParam>,
    /// The last eight bits of its IPv6 block. Not offered here.
    #[param(range(0, 255))]
    ipv6_cidr_block: Option<i64>,
    /// The mask of its IPv6 block. Not offered here.
    ipv6_cidr_mask: Option<i64>,
    /// The IPv6 block of the VPC that its own is a part of. Not offered here.
    vpc_ipv6_cidr_block: Option<String>,
    /// The mask of a block from an address pool. Not offered here.
    cidr_mask: Option<i64>,
}

/// What was made.
#[derive(Shape)]
pub struct VSwitchCreated {
    /// ID of the vSwitch.
    v_switch_id: VSwitchId,
}

impl Run for CreateVSwitch {
    fn run(self, cx: &mut Cx<'_>) -> Result<VSwitchCreated, ApiError> {
        refuse(&[
            ("Ipv6CidrBlock", self.ipv6_cidr_block.is_some()),
            ("Ipv6CidrMask", self.ipv6_cidr_mask.is_some()),
            ("VpcIpv6CidrBlock", self.vpc_ipv6_cidr_block.is_some()),
            ("CidrMask", self.cidr_mask.is_some()),
        ])?;
        let tags = tags::read(&self.tag)?;
        let vpc = cx.find_vpc(&self.vpc_id)?.ok_or(&VpcForNewResourceNotFound)?;
        self.check_zone(cx, &vpc)?;
        if vpc.status != NetworkStatus::Available {
            return Err((&VpcStatusWrong).into());
        }
        self.check_addresses(cx, &vpc)?;
        let Begun { status, available_ms } = cx.begin_network()?;
        let v_switch = VSwitch {
            account: vpc.account,
            id: VSwitchId(cx.new_id("vsw", &vpc.region, 21)),
            region: vpc.region,
            zone: self.zone_id,
            vpc: vpc.id,
            name: self.v_switch_name,
            description: self.description,
            cidr: self.cidr_block,
            status,
            available_ms,
            created_ms: cx.now_ms(),
            route_table: vpc.route_table,
            resource_group: vpc.resource_group,
            tags,
            next_address: 0,
        };
        cx.put(&v_switch)?;
        Ok(VSwitchCreated { v_switch_id: v_switch.id })
    }
}

impl CreateVSwitch {
    /// The zone is one of the VPC's region and takes vSwitches.
    fn check_zone(&self, cx: &Cx<'_>, vpc: &Vpc) -> Result<(), ApiError> {
        let zone = Fact::of_zone(&cx.tx, &self.zone_id)?.filter(|zone| zone.region == vpc.region.as_str());
        let zone = zone.ok_or_else(|| ZoneNotFound.about("ZoneId"))?;
        if zone.lifecycle == Lifecycle::Retired {
            return Err(ZoneRetired.about("ZoneId"));
        }
        if !zone.creatable.contains(&Creatable::VSwitch) {
            return Err(ZoneNotOnSale.about("ZoneId"));
        }
        Ok(())
    }

    /// The block is a free part of the VPC's.
    fn check_addresses(&self, cx: &Cx<'_>, vpc: &Vpc) -> Result<(), ApiError> {
        if !vpc.cidr.contains(&self.cidr_block) {
            return Err(VSwitchCidrOutsideVpc.about("CidrBlock"));
        }
        let others = cx.v_switches_of(vpc)?;
        if others.iter().any(|other| overlap(other.cidr, self.cidr_block)) {
            return Err(VSwitchCidrOverlaps.about("CidrBlock"));
        }
        Ok(())
    }
}

/// Nothing is made in cn-hangzhou-h but instances.
fn no_v_switches_in_zone(story: &mut Story) {
    one_vpc(story);
    story.patch("zones/cn-hangzhou-h", serde_json::json!({ "creatable": ["Instance"] }));
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("part of a VPC", one_vpc, "VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24"),
    Case::ok(
        "with everything",
        one_v_switch,
        "RegionId=cn-hangzhou&VpcId=$vpc&ZoneId=cn-hangzhou-g&CidrBlock=10.0.2.0/24&VSwitchName=db\
        &Description=data tier&Tag.1.Key=env&Tag.1.Value=test&ClientToken=c1",
    ),
    Case::err(
        "an unknown region",
        one_vpc,
        "RegionId=cn-nowhere&VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24",
        &RegionNotFound,
    ),
    Case::err("no VPC", one_vpc, "ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24", &RequiredParameterMissing),
    Case::err("an empty zone", one_vpc, "VpcId=$vpc&ZoneId=&CidrBlock=10.0.1.0/24", &RequiredParameterEmpty),
    Case::err(
        "host bits in the block",
        one_vpc,
        "VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.1/24",
        &CidrMalformed,
    ),
    Case::err(
        "too few addresses",
        one_vpc,
        "VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/30",
        &CidrMalformed,
    ),
    Case::err(
        "a link as name",
        one_vpc,
        "VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24&VSwitchName=http://a",
        &VSwitchNameMalformed,
    ),
    Case::err(
        "a link as description",
        one_vpc,
        "VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24&Description=https://a",
        &VSwitchDescriptionMalformed,
    ),
    Case::err(
        "no number",
        one_vpc,
        "VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24&Ipv6CidrBlock=ff",
        &ParameterMalformed,
    ),
    Case::err(
        "with IPv6",
        one_vpc,
        "VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24&Ipv6CidrBlock=1",
        &PreviewParameterNotGranted,
    ),
    Case::err(
        "a reserved tag",
        one_vpc,
        "VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24&Tag.1.Key=aliyun",
        &TagKeyMalformed,
    ),
    Case::err(
        "a link as tag",
        one_vpc,
        "VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24&Tag.1.Key=env&Tag.1.Value=http://a",
        &TagValueMalformed,
    ),
    Case::err(
        "a tag twice",
        one_vpc,
        "VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24&Tag.1.Key=env&Tag.2.Key=env",
        &TagKeyDuplicate,
    ),
    Case::err(
        "too many tags",
        one_vpc,
        concat!("VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24&", too_many_tags!()),
        &TooManyTags,
    ),
    Case::err(
        "an unknown VPC",
        one_vpc,
        "VpcId=vpc-none&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24",
        &VpcForNewResourceNotFound,
    ),
    Case::err(
        "a VPC of another region",
        one_vpc,
        "RegionId=cn-beijing&VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24",
        &VpcForNewResourceNotFound,
    ),
    Case::err(
        "a VPC of another account",
        a_foreign_vpc,
        "VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24",
        &VpcForNewResourceNotFound,
    ),
    Case::err(
        "an unknown zone",
        one_vpc,
        "VpcId=$vpc&ZoneId=cn-hangzhou-zz&CidrBlock=10.0.1.0/24",
        &ZoneNotFound,
    ),
    Case::err(
        "a zone of another region",
        one_vpc,
        "VpcId=$vpc&ZoneId=cn-beijing-h&CidrBlock=10.0.1.0/24",
        &ZoneNotFound,
    ),
    Case::err(
        "a retired zone",
        one_vpc,
        "VpcId=$vpc&ZoneId=cn-hangzhou-a&CidrBlock=10.0.1.0/24",
        &ZoneRetired,
    ),
    Case::err(
        "a zone without vSwitches",
        no_v_switches_in_zone,
        "VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24",
        &ZoneNotOnSale,
    ),
    Case::err(
        "a VPC still Pending",
        one_pending_vpc,
        "VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24",
        &VpcStatusWrong,
    ),
    Case::err(
        "outside the VPC",
        one_vpc,
        "VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=192.168.1.0/24",
        &VSwitchCidrOutsideVpc,
    ),
    Case::err(
        "addresses of another vSwitch",
        one_v_switch,
        "VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.0.0/16",
        &VSwitchCidrOverlaps,
    ),
];
