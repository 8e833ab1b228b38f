//! A vSwitch as replies show it.

use moyun_derive::Shape;
use moyun_store::Fault;
use moyun_wire::timestamp;

use crate::cx::Cx;
use crate::ids::{ResourceGroupId, RouteTableId, VSwitchId, VpcId, ZoneId};
use crate::tags::{self, VpcTag};
use crate::vpc::vpc::shape::owner_id;
use crate::vpc::vswitch::record::VSwitch;

/// A vSwitch.
#[derive(Shape)]
pub struct VSwitchFields {
    /// ID of the vSwitch.
    v_switch_id: VSwitchId,
    /// The VPC it is a part of.
    vpc_id: VpcId,
    /// The zone it is in.
    zone_id: ZoneId,
    /// The account it belongs to.
    owner_id: i64,
    /// Its name.
    v_switch_name: String,
    /// Its description.
    description: String,
    /// `Pending` while it is being made, then `Available`.
    status: &'static str,
    /// When it was made.
    creation_time: String,
    /// Its addresses.
    cidr_block: String,
    /// How many of them are free.
    available_ip_address_count: u64,
    /// Whether it has IPv6 addresses.
    enabled_ipv6: bool,
    /// Its IPv6 addresses; there are none.
    ipv6_cidr_block: String,
    /// Whether it is the default vSwitch of its zone.
    is_default: bool,
    /// The route table that serves it.
    route_table: ServingRouteTable,
    /// ID of its network ACL; there is none.
    network_acl_id: String,
    /// The resource group it belongs to.
    resource_group_id: ResourceGroupId,
    /// Its tags.
    #[shape(list = "Tag")]
    tags: Vec<VpcTag>,
}

/// The route table that serves a vSwitch.
#[derive(Shape)]
struct ServingRouteTable {
    /// ID of the route table.
    route_table_id: RouteTableId,
    /// `System`: it was made with the VPC.
    route_table_type: &'static str,
}

impl VSwitchFields {
    /// A vSwitch as it is now.
    pub fn of(cx: &Cx<'_>, v_switch: &VSwitch) -> Result<VSwitchFields, Fault> {
        Ok(VSwitchFields {
            v_switch_id: v_switch.id.clone(),
            vpc_id: v_switch.vpc.clone(),
            zone_id: v_switch.zone.clone(),
            owner_id: owner_id(&v_switch.account),
            v_switch_name: v_switch.name.clone(),
            description: v_switch.description.clone(),
            status: v_switch.status.wire_name(),
            creation_time: timestamp::to_second(v_switch.created_ms),
            cidr_block: v_switch.cidr.to_string(),
            available_ip_address_count: cx.free_addresses(v_switch)?,
            enabled_ipv6: false,
            ipv6_cidr_block: String::new(),
            is_default: false,
            route_table: ServingRouteTable {
                route_table_id: v_switch.route_table.clone(),
                route_table_type: "System",
            },
            network_acl_id: String::new(),
            resource_group_id: v_switch.resource_group.clone(),
            tags: tags::vpc(&v_switch.tags),
        })
    }
}
