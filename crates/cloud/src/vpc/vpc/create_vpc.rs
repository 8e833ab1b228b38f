//! CreateVpc.

use ipnet::Ipv4Net;
use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{
    ApiError, CidrMalformed, DryRunPassed, ParameterMalformed, PreviewParameterNotGranted, RegionNotFound,
    RequiredParameterMissing, TagKeyDuplicate, TagKeyMalformed, TagValueMalformed, TooManyTags,
    VpcCidrInvalid, VpcDescriptionMalformed, VpcNameMalformed,
};
use crate::ids::{ResourceGroupId, RouteTableId, VRouterId, VpcId};
use crate::spec::Run;
use crate::tags::{self, TagParam};
use crate::vpc::cidr::{CidrList, DEFAULT_VPC_CIDR, is_vpc_cidr};
use crate::vpc::given::too_many_tags;
use crate::vpc::text::{is_description, is_name};
use crate::vpc::unoffered::refuse;
use crate::vpc::vpc::record::{Begun, Vpc};

/// Creates a VPC: a private network of your own in a region, with a virtual router and a route table.
///
/// The VPC is `Pending` at first and becomes `Available` by itself; vSwitches and security groups can be made in
/// it from then on. DescribeVpcAttribute tells when.
#[derive(Action)]
#[action(
    vpc, write, region, idempotent, dry_run = DryRunPassed, reply = VpcCreated,
    raises(
        RequiredParameterMissing, RegionNotFound, ParameterMalformed, VpcCidrInvalid, VpcNameMalformed,
        VpcDescriptionMalformed, CidrMalformed, PreviewParameterNotGranted, TagKeyMalformed, TagValueMalformed,
        TagKeyDuplicate, TooManyTags, DryRunPassed
    )
)]
pub struct CreateVpc {
    /// Its addresses: a block within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 with a mask of 8 to 28 bits. Without
    /// it the VPC has 172.16.0.0/12.
    #[param(check = is_vpc_cidr, row = VpcCidrInvalid)]
    cidr_block: Option<Ipv4Net>,
    /// Its name: 1 to 128 characters, not beginning with `http://` or `https://`.
    #[param(default = "", check = is_name, row = VpcNameMalformed)]
    vpc_name: String,
    /// Its description: 1 to 256 characters, not beginning with `http://` or `https://`.
    #[param(default = "", check = is_description, row = VpcDescriptionMalformed)]
    description: String,
    /// Blocks outside the private ranges that its members treat as internal: up to three, separated by commas.
    #[param(row = CidrMalformed)]
    user_cidr: Option<CidrList>,
    /// The resource group it belongs to.
    #[param(default = "")]
    resource_group_id: ResourceGroupId,
    /// Its tags, up to 20.
    #[param(group)]
    tag: Vec<TagParam>,
    /// Whether its members have DNS names.
    #[param(default = false)]
    enable_dns_hostname: bool,
    /// Whether it has IPv6 addresses, too. Only `false` is offered here.
    #[param(default = false)]
    enable_ipv6: bool,
    /// Its IPv6 addresses. Not offered here.
    ipv6_cidr_block: Option<String>,
    /// The network that its IPv6 addresses come from; without meaning where there are none.
    #[expect(dead_code, reason = "it says nothing about a network without IPv6")]
    #[param(one_of("BGP", "ChinaMobile", "ChinaUnicom", "ChinaTelecom"))]
    ipv6_isp: Option<String>,
    /// The mask of a block from an IPv6 pool. Not offered here.
    ipv6_cidr_mask: Option<i64>,
    /// The pool that its IPv6 block comes from. Not offered here.
    ipv6_ipam_pool_id: Option<String>,
    /// The mask of a block from an IPv4 pool. Not offered here.
    ipv4_cidr_mask: Option<i64>,
    /// The pool that its IPv4 block comes from. Not offered here.
    ipv4_ipam_pool_id: Option<String>,
}

/// What was made.
#[derive(Shape)]
pub struct VpcCreated {
    /// ID of the VPC.
    vpc_id: VpcId,
    /// ID of its virtual router.
    v_router_id: VRouterId,
    /// ID of its route table.
    route_table_id: RouteTableId,
    /// The resource group it belongs to.
    resource_group_id: ResourceGroupId,
}

impl Run for CreateVpc {
    fn run(self, cx: &mut Cx<'_>) -> Result<VpcCreated, ApiError> {
        refuse(&[
            ("EnableIpv6", self.enable_ipv6),
            ("Ipv6CidrBlock", self.ipv6_cidr_block.is_some()),
            ("Ipv6CidrMask", self.ipv6_cidr_mask.is_some()),
            ("Ipv6IpamPoolId", self.ipv6_ipam_pool_id.is_some()),
            ("Ipv4CidrMask", self.ipv4_cidr_mask.is_some()),
            ("Ipv4IpamPoolId", self.ipv4_ipam_pool_id.is_some()),
        ])?;
        let tags = tags::read(&self.tag)?;
        let region = cx.region().clone();
        let Begun { status, available_ms } = cx.begin_network()?;
        let vpc = Vpc {
            account: cx.account().clone(),
            id: VpcId(cx.new_id("vpc", &region, 21)),
            name: self.vpc_name,
            description: self.description,
            cidr: self.cidr_block.unwrap_or(DEFAULT_VPC_CIDR),
            status,
            available_ms,
            created_ms: cx.now_ms(),
            v_router: VRouterId(cx.new_id("vrt", &region, 21)),
            route_table: RouteTableId(cx.new_id("vtb", &region, 21)),
            user_cidrs: self.user_cidr.unwrap_or_default().0,
            has_dns_names: self.enable_dns_hostname,
            resource_group: self.resource_group_id,
            tags,
            region,
        };
        cx.put(&vpc)?;
        Ok(VpcCreated {
            vpc_id: vpc.id,
            v_router_id: vpc.v_router,
            route_table_id: vpc.route_table,
            resource_group_id: vpc.resource_group,
        })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("with default addresses", nothing, "RegionId=cn-hangzhou"),
    Case::ok(
        "with everything",
        nothing,
        "RegionId=cn-hangzhou&CidrBlock=10.0.0.0/8&VpcName=front&Description=web tier&UserCidr=11.0.0.0/8,12.0.0.0/8\
        &ResourceGroupId=rg-acfm4nvx7yq2k5e&Tag.1.Key=env&Tag.1.Value=test&EnableDnsHostname=true&EnableIpv6=false\
        &Ipv6Isp=BGP&ClientToken=c1",
    ),
    Case::err("no region", nothing, "", &RequiredParameterMissing),
    Case::err("an unknown region", nothing, "RegionId=cn-nowhere", &RegionNotFound),
    Case::err("no truth value", nothing, "RegionId=cn-hangzhou&EnableDnsHostname=maybe", &ParameterMalformed),
    Case::err("an unknown network", nothing, "RegionId=cn-hangzhou&Ipv6Isp=Nobody", &ParameterMalformed),
    Case::err("public addresses", nothing, "RegionId=cn-hangzhou&CidrBlock=11.0.0.0/8", &VpcCidrInvalid),
    Case::err("too few addresses", nothing, "RegionId=cn-hangzhou&CidrBlock=10.0.0.0/29", &VpcCidrInvalid),
    Case::err("no block at all", nothing, "RegionId=cn-hangzhou&CidrBlock=10.0.0.1/8", &VpcCidrInvalid),
    Case::err("a link as name", nothing, "RegionId=cn-hangzhou&VpcName=http://a", &VpcNameMalformed),
    Case::err(
        "a link as description",
        nothing,
        "RegionId=cn-hangzhou&Description=https://a",
        &VpcDescriptionMalformed,
    ),
    Case::err(
        "four user blocks",
        nothing,
        "RegionId=cn-hangzhou&UserCidr=11.0.0.0/8,12.0.0.0/8,13.0.0.0/8,14.0.0.0/8",
        &CidrMalformed,
    ),
    Case::err("with IPv6", nothing, "RegionId=cn-hangzhou&EnableIpv6=true", &PreviewParameterNotGranted),
    Case::err(
        "from an address pool",
        nothing,
        "RegionId=cn-hangzhou&Ipv4IpamPoolId=ipam-pool-1",
        &PreviewParameterNotGranted,
    ),
    Case::err("a reserved tag", nothing, "RegionId=cn-hangzhou&Tag.1.Key=acs:env", &TagKeyMalformed),
    Case::err(
        "a link as tag",
        nothing,
        "RegionId=cn-hangzhou&Tag.1.Key=env&Tag.1.Value=http://a",
        &TagValueMalformed,
    ),
    Case::err("a tag twice", nothing, "RegionId=cn-hangzhou&Tag.1.Key=env&Tag.2.Key=env", &TagKeyDuplicate),
    Case::err("too many tags", nothing, concat!("RegionId=cn-hangzhou&", too_many_tags!()), &TooManyTags),
    Case::err("a rehearsal", nothing, "RegionId=cn-hangzhou&DryRun=true", &DryRunPassed),
];
