//! ModifyNetworkInterfaceAttribute.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::instance::creation::request::Noted;
use crate::ecs::network_interface::create_network_interface::InterfaceNotes;
use crate::ecs::network_interface::given::{
    one_attached, one_free, one_free_and_groups, one_free_beside_full_group,
};
use crate::ecs::network_interface::record::{DESCRIPTION, NAME, NetworkInterface};
use crate::ecs::security_group::members::GROUPS_MAX;
use crate::errors::{
    ApiError, InstanceTakesNoMoreGroups, InterfaceInOtherVpc, InterfaceNameMalformed,
    NetworkInterfaceNotFound, ParameterMalformed, PrimaryInterfaceFixed, RegionNotFound,
    RequiredParameterMissing, ResourceDescriptionMalformed, SecurityGroupFull, SecurityGroupNotFound,
    SecurityGroupNotInVpc,
};
use crate::ids::{NetworkInterfaceId, SecurityGroupId};
use crate::names::{is_description, is_resource_name};
use crate::spec::Run;

/// Changes what is given of a network interface, at once.
///
/// A primary interface has a name and a description of its own; its groups are those of its instance.
#[derive(Action)]
#[action(ecs, write, region, reply = Empty, raises(
    RegionNotFound, RequiredParameterMissing, ParameterMalformed, InterfaceNameMalformed,
    ResourceDescriptionMalformed, NetworkInterfaceNotFound, PrimaryInterfaceFixed, SecurityGroupNotFound,
    SecurityGroupNotInVpc, InterfaceInOtherVpc, InstanceTakesNoMoreGroups, SecurityGroupFull
))]
pub struct ModifyNetworkInterfaceAttribute {
    /// ID of the interface.
    #[param(required)]
    network_interface_id: NetworkInterfaceId,
    /// Name: 2 to 128 characters, first a letter of any script, then letters, digits, `:`, `_`, `.` and `-`.
    #[param(check = is_resource_name, row = InterfaceNameMalformed)]
    network_interface_name: Option<String>,
    /// Description: 2 to 256 characters that are no link.
    #[param(check = is_description, row = ResourceDescriptionMalformed)]
    description: Option<String>,
    /// Security groups that the interface is in afterwards, up to 5. It leaves all others.
    security_group_id: Vec<SecurityGroupId>,
    /// Whether the interface goes when its instance goes.
    delete_on_release: Option<bool>,
    /// Parameters that are kept and shown.
    #[param(flatten)]
    notes: Noted<InterfaceNotes>,
}

impl Run for ModifyNetworkInterfaceAttribute {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let mut interface = cx.network_interface(&self.network_interface_id)?;
        let is_more = !self.security_group_id.is_empty()
            || self.delete_on_release.is_some()
            || !self.notes.values.is_empty();
        if interface.is_primary && is_more {
            return Err(PrimaryInterfaceFixed.about("NetworkInterfaceId"));
        }
        if !self.security_group_id.is_empty() {
            interface.security_groups = self.groups(&interface, cx)?;
        }
        interface.delete_on_release = self.delete_on_release.unwrap_or(interface.delete_on_release);
        let texts = [(NAME, self.network_interface_name), (DESCRIPTION, self.description)];
        let texts = texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?)));
        interface.shown.extend(self.notes.values.into_iter().chain(texts));
        cx.put_interface(&interface)?;
        Ok(Empty)
    }
}

impl ModifyNetworkInterfaceAttribute {
    /// The groups of the request, each once, if the interface can be in them.
    fn groups(&self, interface: &NetworkInterface, cx: &Cx<'_>) -> Result<Vec<SecurityGroupId>, ApiError> {
        let mut ids: Vec<SecurityGroupId> = vec![];
        for id in &self.security_group_id {
            let group = cx.security_group(id)?;
            interface.check_near(&group)?;
            if ids.contains(id) {
                continue;
            }
            if !interface.security_groups.contains(id) && cx.is_group_full(&group)? {
                return Err(SecurityGroupFull.about("SecurityGroupId.N"));
            }
            ids.push(group.id);
        }
        if ids.len() > GROUPS_MAX {
            Err(InstanceTakesNoMoreGroups.about("SecurityGroupId.N"))
        } else {
            Ok(ids)
        }
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "its name and description",
        one_free,
        "RegionId=cn-hangzhou&NetworkInterfaceId=$eni&NetworkInterfaceName=front&Description=to the front",
    ),
    Case::ok(
        "its groups and more",
        one_free_and_groups,
        "RegionId=cn-hangzhou&NetworkInterfaceId=$eni&SecurityGroupId.1=$other&DeleteOnRelease=false&QueueNumber=2",
    ),
    Case::ok(
        "the name of a primary one",
        one_attached,
        "RegionId=cn-hangzhou&NetworkInterfaceId=$primary&NetworkInterfaceName=first",
    ),
    Case::err(
        "a region that is none",
        one_free,
        "RegionId=cn-atlantis&NetworkInterfaceId=$eni&NetworkInterfaceName=front",
        &RegionNotFound,
    )
    .instead("RegionId=cn-hangzhou"),
    Case::err("no id", one_free, "RegionId=cn-hangzhou", &RequiredParameterMissing)
        .instead("NetworkInterfaceId=$eni"),
    Case::err(
        "no number",
        one_free,
        "RegionId=cn-hangzhou&NetworkInterfaceId=$eni&QueueNumber=many",
        &ParameterMalformed,
    )
    .instead("QueueNumber=2"),
    Case::err(
        "a name of digits",
        one_free,
        "RegionId=cn-hangzhou&NetworkInterfaceId=$eni&NetworkInterfaceName=1",
        &InterfaceNameMalformed,
    )
    .instead("NetworkInterfaceName=one"),
    Case::err(
        "a link",
        one_free,
        "RegionId=cn-hangzhou&NetworkInterfaceId=$eni&Description=http://a",
        &ResourceDescriptionMalformed,
    )
    .instead("Description=a b"),
    Case::err(
        "an unknown interface",
        one_free,
        "RegionId=cn-hangzhou&NetworkInterfaceId=eni-none&Description=a b",
        &NetworkInterfaceNotFound,
    )
    .instead("NetworkInterfaceId=$eni"),
    Case::err(
        "the groups of a primary one",
        one_attached,
        "RegionId=cn-hangzhou&NetworkInterfaceId=$primary&SecurityGroupId.1=$sg",
        &PrimaryInterfaceFixed,
    )
    .instead("NetworkInterfaceId=$eni"),
    Case::err(
        "an unknown group",
        one_free,
        "RegionId=cn-hangzhou&NetworkInterfaceId=$eni&SecurityGroupId.1=sg-none",
        &SecurityGroupNotFound,
    )
    .instead("SecurityGroupId.1=$sg"),
    Case::err(
        "a classic group",
        one_free_and_groups,
        "RegionId=cn-hangzhou&NetworkInterfaceId=$eni&SecurityGroupId.1=$classic",
        &SecurityGroupNotInVpc,
    )
    .instead("SecurityGroupId.1=$other"),
    Case::err(
        "a group of another VPC",
        one_free_and_groups,
        "RegionId=cn-hangzhou&NetworkInterfaceId=$eni&SecurityGroupId.1=$far_sg",
        &InterfaceInOtherVpc,
    )
    .instead("SecurityGroupId.1=$other"),
    Case::err(
        "six groups",
        one_free_and_groups,
        "RegionId=cn-hangzhou&NetworkInterfaceId=$eni&SecurityGroupId.1=$sg&SecurityGroupId.2=$other\
         &SecurityGroupId.3=$sg3&SecurityGroupId.4=$sg4&SecurityGroupId.5=$sg5&SecurityGroupId.6=$sg6",
        &InstanceTakesNoMoreGroups,
    )
    .instead("SecurityGroupId.6"),
    Case::err(
        "a full group",
        one_free_beside_full_group,
        "RegionId=cn-hangzhou&NetworkInterfaceId=$eni&SecurityGroupId.1=$other",
        &SecurityGroupFull,
    )
    .instead("SecurityGroupId.1=$sg"),
];
