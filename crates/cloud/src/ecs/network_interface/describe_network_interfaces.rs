//! DescribeNetworkInterfaces.

use moyun_derive::{Action, Shape};
use moyun_store::Key;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::filters::Filters;
use crate::ecs::instance::given::{one_running, three_running};
use crate::ecs::instance::record::{BY_SECURITY_GROUP, BY_V_SWITCH, BY_VPC, Instance, Network};
use crate::ecs::network_interface::shape::NetworkInterfaceItem;
use crate::errors::{ApiError, ParameterMalformed, RegionNotFound, RequiredParameterMissing};
use crate::ids::{InstanceId, NetworkInterfaceId, ResourceGroupId, SecurityGroupId, VSwitchId, VpcId};
use crate::paging::{PageInfo, PageToken, Wanted};
use crate::spec::Run;
use crate::tags::{self, TagParam};

/// Lists the network interfaces of a region: the primary one of every instance in a VPC, that of the newest first.
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
    /// Only interfaces with one of these IPv6 addresses; none has any.
    #[param(max_items = 100)]
    ipv6_address: Vec<String>,
    /// Only interfaces of this name; none has one.
    network_interface_name: Option<String>,
    /// Only `Primary` or only `Secondary` interfaces.
    #[param(one_of("Primary", "Secondary"))]
    r#type: Option<String>,
    /// Only interfaces in this status; all are `InUse`.
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
        let scope = Instance::scope_of(cx.account(), cx.region());
        let wanted = match (&self.next_token, self.max_results) {
            (None, None) => Wanted::Number(self.page_number, self.page_size),
            (token, max) => Wanted::After(token.clone(), max.unwrap_or(self.page_size)),
        };
        let keys = self.keys(cx)?;
        let (page, info) = cx.filtered_page(scope, keys, &self.filters(), &wanted)?;
        let network_interface_sets = page.into_iter().filter_map(NetworkInterfaceItem::of).collect();
        Ok(NetworkInterfaceList { network_interface_sets, page: info })
    }
}

impl DescribeNetworkInterfaces {
    /// The keys of all instances whose interfaces can be meant, where an index or the request itself knows them.
    fn keys(&self, cx: &Cx<'_>) -> Result<Option<Vec<Key>>, ApiError> {
        if let Some(id) = &self.instance_id {
            return Ok(Some(vec![Instance::key_of(cx.account(), id)]));
        }
        let account = || Key::new().text(cx.account());
        let (index, prefix) = if let Some(group) = &self.security_group_id {
            (BY_SECURITY_GROUP, account().text(group))
        } else if let Some(v_switch) = &self.v_switch_id {
            (BY_V_SWITCH, account().text(v_switch))
        } else if let Some(vpc) = &self.vpc_id {
            (BY_VPC, account().text(vpc))
        } else {
            return Ok(None);
        };
        Ok(Some(cx.tx.index_keys::<Instance>(index, &prefix, 0, usize::MAX)?))
    }

    fn filters(self) -> Filters<Instance> {
        let mut filters = Filters::<Instance>::new();
        filters.by(Some(()), |instance, ()| matches!(instance.network, Network::Vpc { .. }));
        filters.by_any(
            self.network_interface_id,
            |instance, id| matches!(&instance.network, Network::Vpc { interface, .. } if interface == id),
        );
        filters.by(self.vpc_id, |instance, id| instance.network.vpc() == Some(id));
        filters.by(self.v_switch_id, |instance, id| instance.network.v_switch() == Some(id));
        filters.by(self.security_group_id, |instance, id| instance.security_groups.contains(id));
        filters.by(self.primary_ip_address, |instance, text| has_address(instance, text));
        filters.by_any(self.private_ip_address, |instance, text| has_address(instance, text));
        filters.by(self.resource_group_id, |instance, id| instance.resource_group == *id);
        filters.by(Some(self.tag).filter(|tag| !tag.is_empty()), |instance, tag| {
            tags::matches(&instance.interface_tags, tag)
        });
        filters.by(self.r#type, |_, kind| kind == "Primary");
        filters.by(self.status, |_, status| status == "InUse");
        filters.by(self.service_managed, |_, is_managed| !is_managed);
        filters.by_any(self.network_interface_name.into_iter().chain(self.ipv6_address), |_, _| false);
        filters
    }
}

fn has_address(instance: &Instance, text: &str) -> bool {
    matches!(instance.network, Network::Vpc { address, .. } if text.parse() == Ok(address))
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
    Case::ok("secondary ones", three_running, "RegionId=cn-hangzhou&Type=Secondary"),
    Case::err("no region", nothing, "", &RequiredParameterMissing),
    Case::err("an unknown region", nothing, "RegionId=cn-atlantis", &RegionNotFound),
    Case::err("a kind that is none", nothing, "RegionId=cn-hangzhou&Type=Trunk", &ParameterMalformed),
    Case::err("too large a page", nothing, "RegionId=cn-hangzhou&PageSize=501", &ParameterMalformed),
];
