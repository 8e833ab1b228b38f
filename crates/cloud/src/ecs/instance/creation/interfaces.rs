//! The network interfaces of a request: what it says of the primary one, and those beside it.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use crate::cx::Cx;
use crate::ecs::instance::creation::draft::Draft;
use crate::ecs::instance::creation::interface_params::NetworkInterfaceParams;
use crate::ecs::instance::creation::request::Request;
use crate::ecs::instance::record::Instance;
use crate::ecs::network_interface::attach_network_interface::attachment;
use crate::ecs::network_interface::make::Wish;
use crate::ecs::network_interface::record::{IPV6, InterfaceStatus, NetworkInterface, PRIMARY};
use crate::errors::{
    ApiError, CreationSecurityGroupNotFound, InstanceTakesNoMoreInterfaces, PrivateAddressMalformed,
    SecurityGroupInOtherVpc, VSwitchForeign, VSwitchInOtherZone, VSwitchNotFound, VSwitchPending,
};
use crate::ids::SecurityGroupId;
use crate::vpc::vpc::record::NetworkStatus;
use crate::vpc::vswitch::record::VSwitch;

/// The parameter about the primary interface that stands outside of its group, and its name inside.
const QUEUES: (&str, &str) = ("NetworkInterfaceQueueNumber", "QueueNumber");

/// Notes what the request says of the primary interface, under the names that interfaces have for it.
pub(super) fn note_primary(request: &Request, shown: &mut BTreeMap<String, String>) {
    let queues = shown.remove(QUEUES.0).map(|value| (QUEUES.1.to_owned(), value));
    let said = request.primary_interface().into_iter().flat_map(own_notes);
    shown.extend(queues.into_iter().chain(said).map(|(name, value)| (format!("{PRIMARY}{name}"), value)));
}

/// What is only stored and shown of an interface, without the number that it has in the request.
fn own_notes(params: &NetworkInterfaceParams) -> impl Iterator<Item = (String, String)> {
    let own = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
    params.notes.values.iter().map(move |(name, value)| (own(name), value.clone()))
}

/// The addresses of the other interfaces are addresses.
pub(super) fn addresses(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    draft.request.more_interfaces().try_for_each(|params| address_of(params).map(|_| ()))
}

fn address_of(params: &NetworkInterfaceParams) -> Result<Option<Ipv4Addr>, ApiError> {
    let address = params.primary_ip_address.as_deref().map(str::parse).transpose();
    address.map_err(|_| PrivateAddressMalformed.about("NetworkInterface.N.PrimaryIpAddress"))
}

/// What the other interfaces name exists and can be used.
pub(super) fn exist(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    for params in draft.request.more_interfaces() {
        for id in groups_of(params) {
            let group = cx.find_security_group(id)?;
            group.ok_or_else(|| CreationSecurityGroupNotFound.about("NetworkInterface.N.SecurityGroupId"))?;
        }
        if let Some(v_switch) = v_switch_of(params, cx)?
            && v_switch.status == NetworkStatus::Pending
        {
            return Err(VSwitchPending.about("NetworkInterface.N.VSwitchId"));
        }
    }
    Ok(())
}

/// The other interfaces lie in the VPC and the zone of the instance.
pub(super) fn together(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    let vpc = draft.v_switch.as_ref().map(|v_switch| &v_switch.vpc);
    for params in draft.request.more_interfaces() {
        for id in groups_of(params) {
            let group = cx.find_security_group(id)?;
            if vpc.is_none() || group.is_some_and(|group| group.vpc.as_ref() != vpc) {
                return Err(SecurityGroupInOtherVpc.about("NetworkInterface.N.SecurityGroupId"));
            }
        }
        let v_switch = v_switch_of(params, cx)?.or_else(|| draft.v_switch.clone());
        if v_switch.as_ref().map(|v_switch| &v_switch.vpc) != vpc || vpc.is_none() {
            return Err(SecurityGroupInOtherVpc.about("NetworkInterface.N.VSwitchId"));
        }
        if v_switch.is_some_and(|v_switch| v_switch.zone != *draft.zone_id()) {
            return Err(VSwitchInOtherZone.about("NetworkInterface.N.VSwitchId"));
        }
    }
    Ok(())
}

/// The type takes so many interfaces, the primary one among them.
pub(super) fn fit_type(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.request.more_interfaces().count() {
        0 => Ok(()),
        more if more < draft.instance_type().eni_quantity as usize => Ok(()),
        _ => Err(InstanceTakesNoMoreInterfaces.about("NetworkInterface")),
    }
}

fn groups_of(params: &NetworkInterfaceParams) -> impl Iterator<Item = &SecurityGroupId> {
    params.security_group_id.iter().chain(&params.security_group_ids)
}

/// The vSwitch that the interface names, the caller's own in this region.
fn v_switch_of(params: &NetworkInterfaceParams, cx: &Cx<'_>) -> Result<Option<VSwitch>, ApiError> {
    let Some(id) = &params.v_switch_id else { return Ok(None) };
    match cx.find_v_switch(id)? {
        Some(v_switch) => Ok(Some(v_switch)),
        None if cx.is_v_switch_known(id)? => Err(VSwitchForeign.about("NetworkInterface.N.VSwitchId")),
        None => Err(VSwitchNotFound.about("NetworkInterface.N.VSwitchId")),
    }
}

/// Gives an instance its IPv6 addresses, and the interfaces beside the primary one.
pub(super) fn attach(draft: &Draft, instance: &mut Instance, cx: &mut Cx<'_>) -> Result<(), ApiError> {
    let (named, count) = match draft.request.primary_interface() {
        Some(primary) if draft.request.ipv6 == (vec![], None) => {
            (&primary.ipv6_address, primary.ipv6_address_count)
        }
        _ => (&draft.request.ipv6.0, draft.request.ipv6.1),
    };
    for (at, address) in cx.ipv6_addresses(named, count).into_iter().enumerate() {
        instance.shown.insert(format!("{PRIMARY}{IPV6}{}", at + 1), address.to_string());
    }
    let mut made: Vec<NetworkInterface> = vec![];
    for params in draft.request.more_interfaces() {
        let v_switch = v_switch_of(params, cx)?.or_else(|| draft.v_switch.clone());
        let own = v_switch.map(|v_switch| cx.find_v_switch(&v_switch.id)).transpose()?.flatten();
        let v_switch = own.ok_or_else(|| VSwitchNotFound.about("NetworkInterface.N.VSwitchId"))?;
        let wish = wish(params, instance, cx)?;
        let mut interface = cx.make_interface(v_switch, wish)?;
        interface.status = InterfaceStatus::InUse;
        interface.attachment = Some(attachment(instance, &made));
        instance.more_interfaces.push(interface.attached());
        cx.put(&interface)?;
        made.push(interface);
    }
    Ok(())
}

/// What the request says of an interface; its groups are those of the instance unless it names some.
fn wish(params: &NetworkInterfaceParams, instance: &Instance, cx: &mut Cx<'_>) -> Result<Wish, ApiError> {
    let mut groups: Vec<SecurityGroupId> = groups_of(params).cloned().collect();
    if groups.is_empty() {
        groups.clone_from(&instance.security_groups);
    }
    Ok(Wish {
        address: address_of(params)?,
        more: params.secondary_private_ip_address_count.unwrap_or_default().unsigned_abs(),
        ipv6: cx.ipv6_addresses(&params.ipv6_address, params.ipv6_address_count),
        security_groups: groups,
        delete_on_release: params.delete_on_release.unwrap_or(true),
        resource_group: instance.resource_group.clone(),
        shown: own_notes(params).collect(),
        ..Wish::default()
    })
}
