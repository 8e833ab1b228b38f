//! DescribeNetworkInterfaces.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use moyun_derive::{Action, Shape};
use moyun_store::Key;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::filters::Filters;
use crate::ecs::instance::given::{one_running, three_running};
use crate::ecs::instance::record::{BY_SECURITY_GROUP, BY_V_SWITCH, BY_VPC, Instance};
use crate::ecs::network_interface::given::{one_attached, two_elsewhere};
use crate::ecs::network_interface::record::{NAME, NetworkInterface};
use crate::ecs::network_interface::shape::NetworkInterfaceItem;
use crate::errors::{ApiError, ParameterMalformed, RegionNotFound, RequiredParameterMissing};
use crate::ids::{InstanceId, NetworkInterfaceId, ResourceGroupId, SecurityGroupId, VSwitchId, VpcId};
use crate::paging::{LISTED, Listed, PageInfo, PageToken, Wanted, page_of};
use crate::spec::Run;
use crate::tags::{self, TagParam};

/// Lists the network interfaces of a region, the newest first: the primary ones of instances in VPCs, and all others.
///
/// An interface must meet every condition. What there is no interface of finds nothing.
#[derive(Action)]
#[action(
    ecs, read, region, reply = NetworkInterfaceList,
    raises(RequiredParameterMissing, RegionNotFound, ParameterMalformed)
)]
pub struct DescribeNetworkInterfaces {
    /// Only these interfaces, up to 100.
    #[param(max_items = 100)]
    network_interface_id: Vec<NetworkInterfaceId>,
    /// Only the interfaces of this instance.
    instance_id: Option<InstanceId>,
    /// Only interfaces in this VPC.
    vpc_id: Option<VpcId>,
    /// Only interfaces in this vSwitch.
    v_switch_id: Option<VSwitchId>,
    /// Only members of this security group.
    security_group_id: Option<SecurityGroupId>,
    /// Only the interface whose primary private address is this one.
    primary_ip_address: Option<String>,
    /// Only interfaces with one of these private addresses, up to 100.
    #[param(max_items = 100)]
    private_ip_address: Vec<String>,
    /// Only interfaces with one of these IPv6 addresses.
    #[param(max_items = 100)]
    ipv6_address: Vec<String>,
    /// Only interfaces of this name.
    network_interface_name: Option<String>,
    /// Only `Primary` or only `Secondary` interfaces.
    #[param(one_of("Primary", "Secondary"))]
    r#type: Option<String>,
    /// Only interfaces in this status.
    #[param(one_of("Available", "Attaching", "InUse", "Detaching", "Deleting"))]
    status: Option<String>,
    /// Only interfaces that a cloud service manages, or only the others; none is managed.
    service_managed: Option<bool>,
    /// Only interfaces of this resource group.
    resource_group_id: Option<ResourceGroupId>,
    /// Only interfaces with all of these tags.
    #[param(group, max_items = 20)]
    tag: Vec<TagParam>,
    /// Number of the page, from 1.
    #[param(default = 1, range(1, 2147483647))]
    page_number: i64,
    /// Entries on a page.
    #[param(default = 10, range(1, 500))]
    page_size: i64,
    /// Where the last page ended: its NextToken. With it, or with MaxResults, the list pages by token.
    next_token: Option<PageToken>,
    /// Entries on a page when the list pages by token.
    #[param(range(1, 500))]
    max_results: Option<i64>,
}

/// A page of network interfaces.
#[derive(Shape)]
pub struct NetworkInterfaceList {
    /// The interfaces.
    #[shape(list = "NetworkInterfaceSet")]
    network_interface_sets: Vec<NetworkInterfaceItem>,
    /// Which page it is.
    #[shape(flatten)]
    page: PageInfo,
}

impl Run for DescribeNetworkInterfaces {
    fn run(self, cx: &mut Cx<'_>) -> Result<NetworkInterfaceList, ApiError> {
        let wanted = match (&self.next_token, self.max_results) {
            (None, None) => Wanted::Number(self.page_number, self.page_size),
            (token, max) => Wanted::After(token.clone(), max.unwrap_or(self.page_size)),
        };
        let mut found = self.secondary(cx)?;
        if self.may_mean_primary(found.len()) {
            found.extend(self.primary(cx)?);
        }
        let filters = self.filters();
        found.retain(|interface| filters.pass(interface));
        let (page, info) = page_of(found, &wanted);
        let network_interface_sets = page.into_iter().map(NetworkInterfaceItem::of).collect();
        Ok(NetworkInterfaceList { network_interface_sets, page: info })
    }
}

impl DescribeNetworkInterfaces {
    /// The interfaces with records of their own that can be meant.
    fn secondary(&self, cx: &Cx<'_>) -> Result<Vec<NetworkInterface>, ApiError> {
        let scope = NetworkInterface::scope_of(cx.account(), cx.region());
        if self.network_interface_id.is_empty() {
            return Ok(cx.tx.index_list(LISTED, &scope, 0, usize::MAX)?);
        }
        let key = |id| NetworkInterface::key_of(cx.account(), id);
        let keys: BTreeSet<Key> = self.network_interface_id.iter().map(key).collect();
        let keys: Vec<Key> = keys.into_iter().collect();
        let found = cx.tx.find_many::<NetworkInterface>(&keys)?.into_iter().flatten();
        Ok(found.filter(|interface| interface.scope() == scope).collect())
    }

    /// Whether primary interfaces can be meant, where so many others are.
    fn may_mean_primary(&self, others: usize) -> bool {
        let named = self.network_interface_id.len();
        let all_are_known = named > 0 && others == named;
        let is_in_use = self.status.as_deref().is_none_or(|status| status == "InUse");
        !all_are_known && is_in_use && self.r#type.as_deref() != Some("Secondary")
    }

    /// The primary interfaces that can be meant, by an index or the request itself where they know.
    fn primary(&self, cx: &Cx<'_>) -> Result<Vec<NetworkInterface>, ApiError> {
        let account = || Key::new().text(cx.account());
        let (index, prefix) = if let Some(group) = &self.security_group_id {
            (BY_SECURITY_GROUP, account().text(group))
        } else if let Some(v_switch) = &self.v_switch_id {
            (BY_V_SWITCH, account().text(v_switch))
        } else if let Some(vpc) = &self.vpc_id {
            (BY_VPC, account().text(vpc))
        } else {
            (LISTED, Instance::scope_of(cx.account(), cx.region()))
        };
        let instances: Vec<Instance> = match &self.instance_id {
            Some(id) => cx.find(&Instance::key_of(cx.account(), id))?.into_iter().collect(),
            None => cx.tx.index_list(index, &prefix, 0, usize::MAX)?,
        };
        let here = instances.iter().filter(|instance| instance.region == *cx.region());
        Ok(here.filter_map(NetworkInterface::primary_of).collect())
    }

    fn filters(self) -> Filters<NetworkInterface> {
        let mut filters = Filters::<NetworkInterface>::new();
        filters.by_any(self.network_interface_id, |interface, id| interface.id == *id);
        filters.by(self.instance_id, |interface, id| {
            interface.attachment.as_ref().is_some_and(|attachment| attachment.instance == *id)
        });
        filters.by(self.vpc_id, |interface, id| interface.vpc == *id);
        filters.by(self.v_switch_id, |interface, id| interface.v_switch == *id);
        filters.by(self.security_group_id, |interface, id| interface.security_groups.contains(id));
        filters.by(self.primary_ip_address, |interface, text| text.parse() == Ok(interface.address));
        filters.by_any(self.private_ip_address, |interface, text| {
            let has = |address: Ipv4Addr| {
                address == interface.address || interface.more_addresses.contains(&address)
            };
            text.parse().is_ok_and(has)
        });
        filters.by_any(self.ipv6_address, |interface, text| {
            text.parse().is_ok_and(|address| interface.ipv6.contains(&address))
        });
        filters.by(self.resource_group_id, |interface, id| interface.resource_group == *id);
        filters.by(Some(self.tag).filter(|tag| !tag.is_empty()), |interface, tag| {
            tags::matches(&interface.tags, tag)
        });
        filters.by(self.r#type, |interface, kind| interface.is_primary == (kind == "Primary"));
        filters.by(self.status, |interface, status| interface.status.wire_name() == status);
        filters.by(self.service_managed, |_, is_managed| !is_managed);
        filters.by(self.network_interface_name, |interface, name| interface.text(NAME) == name);
        filters
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("all of a region", three_running, "RegionId=cn-hangzhou&PageSize=2"),
    Case::ok("none", nothing, "RegionId=cn-hangzhou"),
    Case::ok("that of an instance", one_running, "RegionId=cn-hangzhou&InstanceId=$i"),
    Case::ok(
        "by its place",
        three_running,
        "RegionId=cn-hangzhou&VpcId=$vpc&VSwitchId=$vsw&SecurityGroupId=$sg&MaxResults=1",
    ),
    Case::ok(
        "by address, kind and status",
        three_running,
        "RegionId=cn-hangzhou&PrivateIpAddress.1=$address&PrimaryIpAddress=$address&Type=Primary&Status=InUse",
    ),
    Case::ok("secondary ones", one_attached, "RegionId=cn-hangzhou&Type=Secondary"),
    Case::ok(
        "by name and status",
        two_elsewhere,
        "RegionId=cn-hangzhou&NetworkInterfaceName=back&Status=Available&NetworkInterfaceId.1=$eni",
    ),
    Case::ok(
        "by token, all that an instance has",
        one_attached,
        "RegionId=cn-hangzhou&InstanceId=$i&MaxResults=1",
    ),
    Case::err("no region", nothing, "", &RequiredParameterMissing),
    Case::err("an unknown region", nothing, "RegionId=cn-atlantis", &RegionNotFound),
    Case::err("a kind that is none", nothing, "RegionId=cn-hangzhou&Type=Trunk", &ParameterMalformed),
    Case::err("too large a page", nothing, "RegionId=cn-hangzhou&PageSize=501", &ParameterMalformed),
];
