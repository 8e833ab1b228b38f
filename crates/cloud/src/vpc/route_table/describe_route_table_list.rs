//! DescribeRouteTableList.

use moyun_derive::{Action, Shape};
use moyun_wire::timestamp;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::filters::Filters;
use crate::errors::{
    ApiError, ParameterMalformed, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing,
};
use crate::ids::{ResourceGroupId, RouteTableId, VRouterId, VSwitchId, VpcId};
use crate::paging::{NumberedPaging, PageInfo};
use crate::spec::Run;
use crate::story::Story;
use crate::tags::{TagParam, VpcTag};
use crate::vpc::given::{one_v_switch, one_vpc};
use crate::vpc::vpc::record::Vpc;
use crate::vpc::vpc::shape::owner_id;

/// Lists the route tables of a region: the system one of every VPC, that of the newest first.
///
/// A route table must meet every condition.
#[derive(Action)]
#[action(
    vpc, read, region, reply = RouteTableList,
    raises(RequiredParameterMissing, RequiredParameterEmpty, RegionNotFound, ParameterMalformed)
)]
pub struct DescribeRouteTableList {
    /// Only the tables of this VPC.
    vpc_id: Option<VpcId>,
    /// Only the tables of this virtual router.
    router_id: Option<VRouterId>,
    /// Only the tables of virtual routers of VPCs, `VRouter`, or of border routers, `VBR`; there are none of those.
    #[param(one_of("VRouter", "VBR"))]
    router_type: Option<String>,
    /// Only this table.
    route_table_id: Option<RouteTableId>,
    /// Only tables of this name; none has one.
    route_table_name: Option<String>,
    /// Only `System` or only `Custom` tables; none is custom.
    #[param(one_of("System", "Custom"))]
    route_table_type: Option<String>,
    /// Only tables of this resource group.
    resource_group_id: Option<ResourceGroupId>,
    /// Only tables with all these tags; none has any.
    #[param(group, max_items = 20)]
    tag: Vec<TagParam>,
    #[param(flatten)]
    paging: NumberedPaging,
}

/// A page of route tables.
#[derive(Shape)]
pub struct RouteTableList {
    /// The route tables.
    #[shape(list = "RouterTableListType")]
    router_table_list: Vec<RouteTable>,
    /// Which page it is.
    #[shape(flatten)]
    page: PageInfo,
}

/// A route table.
#[derive(Shape)]
struct RouteTable {
    /// ID of the table.
    route_table_id: RouteTableId,
    /// Name of the table; empty.
    route_table_name: &'static str,
    /// Description of the table; empty.
    description: &'static str,
    /// `System`: it was made with its VPC.
    route_table_type: &'static str,
    /// What the table is for: `VSwitch`.
    associate_type: &'static str,
    /// Virtual router of the table.
    router_id: VRouterId,
    /// `VRouter`.
    router_type: &'static str,
    /// VPC of the table.
    vpc_id: VpcId,
    /// vSwitches that use the table: all of the VPC.
    #[shape(list = "VSwitchId")]
    v_switch_ids: Vec<VSwitchId>,
    /// Gateways that use the table: none.
    #[shape(list = "GatewayIds")]
    gateway_ids: Vec<String>,
    /// `Pending` or `Available`, like the VPC.
    status: &'static str,
    /// Whether the table takes routes from elsewhere.
    route_propagation_enable: bool,
    /// When the table was made.
    creation_time: String,
    /// Account of the table.
    owner_id: i64,
    /// Resource group: that of the VPC.
    resource_group_id: ResourceGroupId,
    /// Tags of the table: none.
    #[shape(list = "Tag")]
    tags: Vec<VpcTag>,
}

impl Run for DescribeRouteTableList {
    fn run(self, cx: &mut Cx<'_>) -> Result<RouteTableList, ApiError> {
        let keys = self.vpc_id.as_ref().map(|id| vec![Vpc::key_of(cx.account(), id)]);
        let scope = Vpc::scope_of(cx.account(), cx.region());
        let wanted = self.paging.wanted();
        let (vpcs, page) = cx.filtered_page(scope, keys, &self.filters(), &wanted)?;
        let tables: Result<Vec<RouteTable>, _> =
            vpcs.into_iter().map(|vpc| RouteTable::of(cx, vpc)).collect();
        Ok(RouteTableList { router_table_list: tables?, page: PageInfo { next_token: None, ..page } })
    }
}

impl DescribeRouteTableList {
    fn filters(self) -> Filters<Vpc> {
        let mut filters = Filters::<Vpc>::new();
        filters.by(self.router_id, |vpc, id| vpc.v_router == *id);
        filters.by(self.route_table_id, |vpc, id| vpc.route_table == *id);
        filters.by(self.resource_group_id, |vpc, id| vpc.resource_group == *id);
        filters.by(self.router_type, |_, kind| kind == "VRouter");
        filters.by(self.route_table_type, |_, kind| kind == "System");
        filters.by(self.route_table_name, |_, _| false);
        filters.by(self.tag.into_iter().next(), |_, _| false);
        filters
    }
}

impl RouteTable {
    fn of(cx: &Cx<'_>, vpc: Vpc) -> Result<RouteTable, ApiError> {
        Ok(RouteTable {
            v_switch_ids: cx.v_switches_of(&vpc)?.into_iter().map(|v_switch| v_switch.id).collect(),
            owner_id: owner_id(&vpc.account),
            status: vpc.status.wire_name(),
            route_table_id: vpc.route_table,
            route_table_name: "",
            description: "",
            route_table_type: "System",
            associate_type: "VSwitch",
            router_id: vpc.v_router,
            router_type: "VRouter",
            vpc_id: vpc.id,
            gateway_ids: vec![],
            route_propagation_enable: false,
            creation_time: timestamp::to_second(vpc.created_ms),
            resource_group_id: vpc.resource_group,
            tags: vec![],
        })
    }
}

/// `$vpc` with a vSwitch and its route table `$table`, beside a newer VPC.
fn two_tables(story: &mut Story) {
    one_v_switch(story);
    let request = "RegionId=cn-hangzhou&VpcId=$vpc";
    story.make("table", "Vpc:DescribeVpcs", request, "Vpcs/Vpc/0/RouterTableIds/RouterTableIds/0");
    story.make("router", "Vpc:DescribeVpcs", request, "Vpcs/Vpc/0/VRouterId");
    story.call("Vpc:CreateVpc", "RegionId=cn-hangzhou");
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("none there", nothing, "RegionId=cn-hangzhou"),
    Case::ok("newest first", two_tables, "RegionId=cn-hangzhou"),
    Case::ok("the second page", two_tables, "RegionId=cn-hangzhou&PageNumber=2&PageSize=1"),
    Case::ok("that of a VPC", two_tables, "RegionId=cn-hangzhou&VpcId=$vpc"),
    Case::ok(
        "by ID, router and kind",
        two_tables,
        "RegionId=cn-hangzhou&RouteTableId=$table&RouterId=$router&RouterType=VRouter&RouteTableType=System",
    ),
    Case::ok("custom ones", one_vpc, "RegionId=cn-hangzhou&RouteTableType=Custom"),
    Case::ok("with a tag", one_vpc, "RegionId=cn-hangzhou&Tag.1.Key=env"),
    Case::err("no region", nothing, "", &RequiredParameterMissing),
    Case::err("an empty region", nothing, "RegionId=", &RequiredParameterEmpty),
    Case::err("an unknown region", nothing, "RegionId=cn-nowhere", &RegionNotFound),
    Case::err("a kind that is none", nothing, "RegionId=cn-hangzhou&RouterType=Switch", &ParameterMalformed),
];
