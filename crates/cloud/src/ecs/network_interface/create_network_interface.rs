//! CreateNetworkInterface.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use moyun_derive::{Action, Group, Shape};

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::instance::creation::request::Noted;
use crate::ecs::network_interface::given::{
    beside_a_full_group, classic_beside, full_v_switch, network, two_vpcs,
};
use crate::ecs::network_interface::make::{Wish, is_ipv6};
use crate::ecs::network_interface::record::{DESCRIPTION, NAME};
use crate::ecs::network_interface::shape::NetworkInterfaceItem;
use crate::ecs::security_group::members::GROUPS_MAX;
use crate::ecs::security_group::record::SecurityGroup;
use crate::errors::{
    ApiError, InstanceTakesNoMoreGroups, InterfaceInOtherVpc, InterfaceNameMalformed, ParameterMalformed,
    ParametersConflict, PrivateAddressMalformed, PrivateAddressOutsideVSwitch, PrivateAddressTaken,
    PrivateAddressesUsedUp, RegionNotFound, RequiredParameterMissing, ResourceDescriptionMalformed,
    SecurityGroupFull, SecurityGroupNotFound, SecurityGroupNotInVpc, TagKeyDuplicate, TagKeyMalformed,
    TagValueMalformed, TooManyTags, VSwitchNotFound, VSwitchPending,
};
use crate::ids::{ResourceGroupId, SecurityGroupId, VSwitchId};
use crate::names::{is_description, is_resource_name};
use crate::spec::Run;
use crate::tags::{self, TagParam};
use crate::vpc::given::too_many_tags;
use crate::vpc::vpc::record::NetworkStatus;
use crate::vpc::vswitch::record::VSwitch;

/// Makes a secondary network interface in a vSwitch.
///
/// The interface is `Available`; attach it to an instance of its zone and VPC with AttachNetworkInterface.
#[derive(Action)]
#[action(ecs, write, region, idempotent, reply = CreatedInterface, raises(
    RegionNotFound, RequiredParameterMissing, ParameterMalformed, InterfaceNameMalformed,
    ResourceDescriptionMalformed, ParametersConflict, TagKeyMalformed, TagValueMalformed, TagKeyDuplicate,
    TooManyTags, PrivateAddressMalformed, VSwitchNotFound, SecurityGroupNotFound, VSwitchPending,
    SecurityGroupNotInVpc, InterfaceInOtherVpc, InstanceTakesNoMoreGroups, SecurityGroupFull,
    PrivateAddressOutsideVSwitch, PrivateAddressTaken, PrivateAddressesUsedUp
))]
pub struct CreateNetworkInterface {
    /// vSwitch of the interface.
    #[param(required)]
    v_switch_id: VSwitchId,
    /// Security group of the interface, of the VPC of the vSwitch.
    #[param(required_unless("SecurityGroupIds"))]
    security_group_id: Option<SecurityGroupId>,
    /// Security groups of the interface, up to 5. Cannot be combined with SecurityGroupId.
    security_group_ids: Vec<SecurityGroupId>,
    /// Primary private address inside the block of the vSwitch; by default a free one.
    primary_ip_address: Option<String>,
    /// Further private addresses, up to 10. Cannot be combined with SecondaryPrivateIpAddressCount.
    #[param(max_items = 10)]
    private_ip_address: Vec<String>,
    /// How many further private addresses the interface gets.
    #[param(range(1, 49))]
    secondary_private_ip_address_count: Option<i64>,
    /// IPv6 addresses, up to 10. Cannot be combined with Ipv6AddressCount.
    #[param(max_items = 10, check = is_ipv6)]
    ipv6_address: Vec<String>,
    /// How many IPv6 addresses the interface gets.
    #[param(range(1, 10))]
    ipv6_address_count: Option<i64>,
    /// Name: 2 to 128 characters, first a letter of any script, then letters, digits, `:`, `_`, `.` and `-`.
    #[param(check = is_resource_name, row = InterfaceNameMalformed)]
    network_interface_name: Option<String>,
    /// Description: 2 to 256 characters that are no link.
    #[param(check = is_description, row = ResourceDescriptionMalformed)]
    description: Option<String>,
    /// Kind of the interface: `Secondary`. Trunk interfaces are not offered.
    #[param(default = "Secondary", one_of("Secondary"))]
    instance_type: String,
    /// Whether the interface goes when its instance goes.
    #[param(default = true)]
    delete_on_release: bool,
    /// Resource group of the interface.
    resource_group_id: Option<ResourceGroupId>,
    /// Tags of the interface, up to 20.
    #[param(group)]
    tag: Vec<TagParam>,
    /// Whether the interface is shown to its owner; without effect.
    #[param(default = true)]
    visible: bool,
    /// Parameters that are kept and shown.
    #[param(flatten)]
    notes: Noted<InterfaceNotes>,
}

/// What is only stored and shown of an interface.
#[derive(Debug, Clone, Group)]
pub struct InterfaceNotes {
    /// Queues of the interface.
    #[param(range(1, 64))]
    pub queue_number: Option<i64>,
    /// RDMA queues of the interface.
    #[param(range(1, 64))]
    pub queue_pair_number: Option<i64>,
    /// Depth of the receive queue.
    #[param(range(8192, 16384))]
    pub rx_queue_size: Option<i64>,
    /// Depth of the send queue.
    #[param(range(8192, 16384))]
    pub tx_queue_size: Option<i64>,
    /// How the interface moves traffic: `Standard` (the default) or `HighPerformance`.
    #[param(one_of("Standard", "HighPerformance"))]
    pub network_interface_traffic_mode: Option<String>,
    /// Whether the interface drops traffic that is not its own.
    pub source_dest_check: Option<bool>,
}

/// The new network interface.
#[derive(Shape)]
pub struct CreatedInterface {
    /// What it is.
    #[shape(flatten)]
    interface: NetworkInterfaceItem,
}

impl Run for CreateNetworkInterface {
    fn run(self, cx: &mut Cx<'_>) -> Result<CreatedInterface, ApiError> {
        let _ = (&self.instance_type, self.visible);
        self.check_conflicts()?;
        let tags = tags::read(&self.tag)?;
        let address = self.primary_ip_address.as_deref().map(|text| address(text, "PrimaryIpAddress"));
        let more = self.private_ip_address.iter().map(|text| address_of(text)).collect::<Result<_, _>>()?;
        let address = address.transpose()?;
        let v_switch =
            cx.find_v_switch(&self.v_switch_id)?.ok_or_else(|| VSwitchNotFound.about("VSwitchId"))?;
        let named = self.security_group_id.iter().chain(&self.security_group_ids);
        let groups = named.map(|id| cx.security_group(id)).collect::<Result<Vec<_>, _>>()?;
        if v_switch.status != NetworkStatus::Available {
            return Err(VSwitchPending.about("VSwitchId"));
        }
        check_groups(&groups, &v_switch, cx)?;
        let mut security_groups: Vec<SecurityGroupId> = groups.into_iter().map(|group| group.id).collect();
        security_groups.dedup();
        let ipv6 = cx.ipv6_addresses(&self.ipv6_address, self.ipv6_address_count);
        let texts = [(NAME, self.network_interface_name), (DESCRIPTION, self.description)];
        let texts = texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?)));
        let wish = Wish {
            address,
            more_addresses: more,
            more: self.secondary_private_ip_address_count.unwrap_or_default().unsigned_abs(),
            ipv6,
            security_groups,
            delete_on_release: self.delete_on_release,
            resource_group: self.resource_group_id.unwrap_or_default(),
            tags,
            shown: self.notes.values.into_iter().chain(texts).collect::<BTreeMap<_, _>>(),
        };
        let interface = cx.make_interface(v_switch, wish)?;
        cx.put(&interface)?;
        Ok(CreatedInterface { interface: NetworkInterfaceItem::of(interface) })
    }
}

impl CreateNetworkInterface {
    fn check_conflicts(&self) -> Result<(), ApiError> {
        let pairs = [
            (
                ("SecurityGroupId", self.security_group_id.is_some()),
                ("SecurityGroupIds", !self.security_group_ids.is_empty()),
            ),
            (
                ("PrivateIpAddress", !self.private_ip_address.is_empty()),
                ("SecondaryPrivateIpAddressCount", self.secondary_private_ip_address_count.is_some()),
            ),
            (
                ("Ipv6Address", !self.ipv6_address.is_empty()),
                ("Ipv6AddressCount", self.ipv6_address_count.is_some()),
            ),
        ];
        match pairs.into_iter().find(|((_, first), (_, second))| *first && *second) {
            Some(((first, _), (second, _))) => {
                Err(ParametersConflict.with("first", first).with("second", second))
            }
            None => Ok(()),
        }
    }
}

fn address(text: &str, name: &'static str) -> Result<Ipv4Addr, ApiError> {
    text.parse().map_err(|_| PrivateAddressMalformed.about(name))
}

fn address_of(text: &str) -> Result<Ipv4Addr, ApiError> {
    address(text, "PrivateIpAddress.N")
}

/// The groups are few enough, of the VPC of the vSwitch, and not full.
pub(super) fn check_groups(
    groups: &[SecurityGroup],
    v_switch: &VSwitch,
    cx: &Cx<'_>,
) -> Result<(), ApiError> {
    for group in groups {
        match &group.vpc {
            None => return Err(SecurityGroupNotInVpc.about("SecurityGroupId")),
            Some(vpc) if *vpc != v_switch.vpc => return Err(InterfaceInOtherVpc.about("SecurityGroupId")),
            Some(_) => (),
        }
    }
    if groups.len() > GROUPS_MAX {
        return Err(InstanceTakesNoMoreGroups.about("SecurityGroupIds"));
    }
    for group in groups {
        if cx.is_group_full(group)? {
            return Err(SecurityGroupFull.about("SecurityGroupId"));
        }
    }
    Ok(())
}

/// A request that succeeds in the state of [`network`]. Of a parameter that comes again the last value counts.
macro_rules! request {
    ($($more:expr),*) => {
        concat!("RegionId=cn-hangzhou&VSwitchId=$vsw&SecurityGroupId=$sg" $(, "&", $more)*)
    };
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("with what it needs", network, request!()),
    Case::ok(
        "with everything",
        network,
        "RegionId=cn-hangzhou&VSwitchId=$vsw&SecurityGroupIds.1=$sg&PrimaryIpAddress=10.0.1.50\
         &PrivateIpAddress.1=10.0.1.51&Ipv6AddressCount=1&NetworkInterfaceName=back&Description=to the back\
         &QueueNumber=4&DeleteOnRelease=false&SourceDestCheck=true&ResourceGroupId=rg-1&Tag.1.Key=env&Tag.1.Value=test",
    ),
    Case::ok("with further addresses", network, request!("SecondaryPrivateIpAddressCount=2")),
    Case::err("a region that is none", network, request!("RegionId=cn-atlantis"), &RegionNotFound)
        .instead("RegionId=cn-hangzhou"),
    Case::err(
        "no security group",
        network,
        "RegionId=cn-hangzhou&VSwitchId=$vsw",
        &RequiredParameterMissing,
    )
    .instead("SecurityGroupId=$sg"),
    Case::err("no such kind", network, request!("InstanceType=Primary"), &ParameterMalformed)
        .instead("InstanceType=Secondary"),
    Case::err("a name of digits", network, request!("NetworkInterfaceName=1"), &InterfaceNameMalformed)
        .instead("NetworkInterfaceName=one"),
    Case::err("a link", network, request!("Description=http://a"), &ResourceDescriptionMalformed)
        .instead("Description=a b"),
    Case::err("groups in two ways", network, request!("SecurityGroupIds.1=$sg"), &ParametersConflict)
        .instead("SecurityGroupIds.1"),
    Case::err("a reserved tag", network, request!("Tag.1.Key=acs:a"), &TagKeyMalformed)
        .instead("Tag.1.Key=a"),
    Case::err("a link as a tag", network, request!("Tag.1.Key=a&Tag.1.Value=http://a"), &TagValueMalformed)
        .instead("Tag.1.Value=a"),
    Case::err("one tag twice", network, request!("Tag.1.Key=a&Tag.2.Key=a"), &TagKeyDuplicate)
        .instead("Tag.2.Key=b"),
    Case::err("21 tags", network, request!(too_many_tags!()), &TooManyTags).instead("Tag.21.Key"),
    Case::err("no address", network, request!("PrimaryIpAddress=ten"), &PrivateAddressMalformed)
        .instead("PrimaryIpAddress=10.0.1.10"),
    Case::err("an unknown vSwitch", network, request!("VSwitchId=vsw-none"), &VSwitchNotFound)
        .instead("VSwitchId=$vsw"),
    Case::err("an unknown group", network, request!("SecurityGroupId=sg-none"), &SecurityGroupNotFound)
        .instead("SecurityGroupId=$sg"),
    Case::err("a vSwitch in the making", two_vpcs, request!("VSwitchId=$new"), &VSwitchPending)
        .instead("VSwitchId=$vsw"),
    Case::err("a classic group", classic_beside, request!("SecurityGroupId=$classic"), &SecurityGroupNotInVpc)
        .instead("SecurityGroupId=$sg"),
    Case::err("a group of another VPC", two_vpcs, request!("SecurityGroupId=$far_sg"), &InterfaceInOtherVpc)
        .instead("SecurityGroupId=$sg"),
    Case::err(
        "six groups",
        network,
        "RegionId=cn-hangzhou&VSwitchId=$vsw&SecurityGroupIds.1=$sg&SecurityGroupIds.2=$sg&SecurityGroupIds.3=$sg\
         &SecurityGroupIds.4=$sg&SecurityGroupIds.5=$sg&SecurityGroupIds.6=$sg",
        &InstanceTakesNoMoreGroups,
    )
    .instead("SecurityGroupIds.6"),
    Case::err("a full group", beside_a_full_group, request!(), &SecurityGroupFull)
        .instead("SecurityGroupId=$other"),
    Case::err(
        "an address of another block",
        network,
        request!("PrimaryIpAddress=10.0.2.9"),
        &PrivateAddressOutsideVSwitch,
    )
    .instead("PrimaryIpAddress=10.0.1.9"),
    Case::err(
        "an address twice",
        network,
        request!("PrimaryIpAddress=10.0.1.9&PrivateIpAddress.1=10.0.1.9"),
        &PrivateAddressTaken,
    )
    .instead("PrivateIpAddress.1=10.0.1.10"),
    Case::err("a full vSwitch", full_v_switch, request!("VSwitchId=$full"), &PrivateAddressesUsedUp)
        .instead("VSwitchId=$vsw"),
];
