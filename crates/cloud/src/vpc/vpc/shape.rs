//! A VPC as replies show it.

use moyun_derive::Shape;
use moyun_store::Fault;
use moyun_wire::timestamp;

use crate::cx::Cx;
use crate::ids::{AccountId, RegionId, ResourceGroupId, RouteTableId, VRouterId, VSwitchId, VpcId};
use crate::tags::{self, VpcTag};
use crate::vpc::vpc::record::Vpc;
use crate::vpc::vswitch::record::VSwitch;

/// What every reply about a VPC says.
#[derive(Shape)]
pub struct VpcFields {
    /// ID of the VPC.
    vpc_id: VpcId,
    /// The region it is in.
    region_id: RegionId,
    /// The account it belongs to.
    owner_id: i64,
    /// Its name.
    vpc_name: String,
    /// Its description.
    description: String,
    /// `Pending` while it is being made, then `Available`.
    status: &'static str,
    /// When it was made.
    creation_time: String,
    /// Its addresses.
    cidr_block: String,
    /// Further blocks of its own; there are none.
    #[shape(list = "SecondaryCidrBlock")]
    secondary_cidr_blocks: Vec<String>,
    /// Blocks outside the private ranges that its members treat as internal.
    #[shape(list = "UserCidr")]
    user_cidrs: Vec<String>,
    /// Whether it has IPv6 addresses.
    enabled_ipv6: bool,
    /// Its IPv6 addresses; there are none.
    ipv6_cidr_block: String,
    /// Its blocks of IPv6 addresses; there are none.
    #[shape(list = "Ipv6CidrBlock")]
    ipv6_cidr_blocks: Vec<Ipv6Block>,
    /// `ENABLED` or `DISABLED`: whether its members have DNS names.
    dns_hostname_status: &'static str,
    /// Its set of DHCP options; there is none.
    dhcp_options_set_id: String,
    /// The state of that set.
    dhcp_options_set_status: String,
    /// Whether it is the default VPC of its region.
    is_default: bool,
    /// ID of its virtual router.
    v_router_id: VRouterId,
    /// IDs of its vSwitches.
    #[shape(list = "VSwitchId")]
    v_switch_ids: Vec<VSwitchId>,
    /// The resource group it belongs to.
    resource_group_id: ResourceGroupId,
    /// Its tags.
    #[shape(list = "Tag")]
    tags: Vec<VpcTag>,
}

/// A block of IPv6 addresses.
#[derive(Shape)]
struct Ipv6Block {
    /// The addresses.
    ipv6_cidr_block: String,
    /// The network that they come from.
    ipv6_isp: String,
}

impl VpcFields {
    /// What a reply says about a VPC with these vSwitches.
    pub fn of(vpc: &Vpc, v_switches: Vec<VSwitch>) -> VpcFields {
        VpcFields {
            vpc_id: vpc.id.clone(),
            region_id: vpc.region.clone(),
            owner_id: owner_id(&vpc.account),
            vpc_name: vpc.name.clone(),
            description: vpc.description.clone(),
            status: vpc.status.wire_name(),
            creation_time: timestamp::to_second(vpc.created_ms),
            cidr_block: vpc.cidr.to_string(),
            secondary_cidr_blocks: vec![],
            user_cidrs: vpc.user_cidrs.iter().map(ToString::to_string).collect(),
            enabled_ipv6: false,
            ipv6_cidr_block: String::new(),
            ipv6_cidr_blocks: vec![],
            dns_hostname_status: if vpc.has_dns_names { "ENABLED" } else { "DISABLED" },
            dhcp_options_set_id: String::new(),
            dhcp_options_set_status: String::new(),
            is_default: false,
            v_router_id: vpc.v_router.clone(),
            v_switch_ids: v_switches.into_iter().map(|v_switch| v_switch.id).collect(),
            resource_group_id: vpc.resource_group.clone(),
            tags: tags::vpc(&vpc.tags),
        }
    }
}

/// A VPC in a list.
#[derive(Shape)]
pub struct ListedVpc {
    /// What every reply about a VPC says.
    #[shape(flatten)]
    fields: VpcFields,
    /// `Attached` to a network across regions, or `Detached`.
    cen_status: &'static str,
    /// IDs of its NAT gateways; there are none.
    #[shape(list = "NatGatewayIds")]
    nat_gateway_ids: Vec<String>,
    /// IDs of its route tables.
    #[shape(list = "RouterTableIds")]
    router_table_ids: Vec<RouteTableId>,
}

impl ListedVpc {
    /// A VPC as a list shows it.
    pub fn of(cx: &Cx<'_>, vpc: &Vpc) -> Result<ListedVpc, Fault> {
        Ok(ListedVpc {
            fields: VpcFields::of(vpc, cx.v_switches_of(vpc)?),
            cen_status: "Detached",
            nat_gateway_ids: vec![],
            router_table_ids: vec![vpc.route_table.clone()],
        })
    }
}

/// An account as the replies of VPC show it: a number.
pub fn owner_id(account: &AccountId) -> i64 {
    account.as_str().parse().expect("the world accepts decimal numbers of 16 digits as accounts only")
}
