//! VPCs, vSwitches, security groups and addresses.

use std::collections::BTreeMap;

use moyun_store::{Fault, Key, Tx};

use crate::audit::{all, must_exist};
use crate::ecs::instance::public_address::PublicAddress;
use crate::ecs::instance::record::{Instance, Network};
use crate::ecs::network_interface::record::NetworkInterface;
use crate::ecs::security_group::record::SecurityGroup;
use crate::vpc::vpc::record::Vpc;
use crate::vpc::vswitch::record::{PrivateAddress, VSwitch};

pub(super) fn check(tx: &Tx<'_>, problems: &mut Vec<String>) -> Result<(), Fault> {
    v_switches(tx, problems)?;
    security_groups(tx, problems)?;
    private_addresses(tx, problems)?;
    interfaces(tx, problems)?;
    public_addresses(tx, problems)
}

fn v_switches(tx: &Tx<'_>, problems: &mut Vec<String>) -> Result<(), Fault> {
    let mut of_vpc = BTreeMap::<Key, Vec<VSwitch>>::new();
    for v_switch in all::<VSwitch>(tx)? {
        let who = format!("vSwitch {}", v_switch.id);
        let vpc_key = Vpc::key_of(&v_switch.account, &v_switch.vpc);
        if let Some(vpc) = must_exist::<Vpc>(tx, &vpc_key, &who, problems)? {
            if vpc.region != v_switch.region {
                problems.push(format!("{who} and its VPC {} are in different regions", vpc.id));
            }
            if !vpc.cidr.contains(&v_switch.cidr) {
                problems.push(format!("{who} has {}, which VPC {} does not have", v_switch.cidr, vpc.id));
            }
        }
        let others = of_vpc.entry(vpc_key).or_default();
        for other in others.iter().filter(|other| overlap(other, &v_switch)) {
            problems.push(format!("{who} and vSwitch {} overlap", other.id));
        }
        others.push(v_switch);
    }
    Ok(())
}

fn overlap(one: &VSwitch, other: &VSwitch) -> bool {
    one.cidr.contains(&other.cidr.network()) || other.cidr.contains(&one.cidr.network())
}

fn security_groups(tx: &Tx<'_>, problems: &mut Vec<String>) -> Result<(), Fault> {
    for group in all::<SecurityGroup>(tx)? {
        if let Some(vpc) = &group.vpc {
            let who = format!("security group {}", group.id);
            let vpc = must_exist::<Vpc>(tx, &Vpc::key_of(&group.account, vpc), &who, problems)?;
            if vpc.is_some_and(|vpc| vpc.region != group.region) {
                problems.push(format!("{who} and its VPC are in different regions"));
            }
        }
    }
    Ok(())
}

/// Every address of an instance in a VPC is taken by its interface, and no other is.
fn private_addresses(tx: &Tx<'_>, problems: &mut Vec<String>) -> Result<(), Fault> {
    let mut taken = BTreeMap::new();
    for place in all::<PrivateAddress>(tx)? {
        let who = format!("private address {}", place.address);
        let v_switch_key = VSwitch::key_of(&place.account, &place.v_switch);
        let v_switch = must_exist::<VSwitch>(tx, &v_switch_key, &who, problems)?;
        if v_switch.is_some_and(|v_switch| !v_switch.offers(place.address)) {
            problems.push(format!("{who} is none that vSwitch {} gives", place.v_switch));
        }
        taken.insert((place.account, place.v_switch, place.address), place.interface);
    }
    for instance in all::<Instance>(tx)? {
        let Network::Vpc { vpc, v_switch, address, interface, .. } = &instance.network else { continue };
        let who = format!("instance {}", instance.id);
        let v_switch_key = VSwitch::key_of(&instance.account, v_switch);
        if let Some(found) = must_exist::<VSwitch>(tx, &v_switch_key, &who, problems)? {
            if found.vpc != *vpc {
                problems.push(format!("{who} is in VPC {vpc}, its vSwitch {v_switch} in {}", found.vpc));
            }
            if found.zone != instance.zone {
                problems.push(format!("{who} and its vSwitch {v_switch} are in different zones"));
            }
        }
        let holder = taken.remove(&(instance.account.clone(), v_switch.clone(), *address));
        if holder.as_ref() != Some(interface) {
            problems.push(format!("{who} has the private address {address}, which its interface never took"));
        }
    }
    for interface in all::<NetworkInterface>(tx)? {
        let who = format!("network interface {}", interface.id);
        for address in [interface.address].iter().chain(&interface.more_addresses) {
            let holder = taken.remove(&(interface.account.clone(), interface.v_switch.clone(), *address));
            if holder.as_ref() != Some(&interface.id) {
                problems.push(format!("{who} has the private address {address}, which it never took"));
            }
        }
    }
    problems.extend(taken.into_iter().map(|((_, v_switch, address), interface)| {
        format!("interface {interface} holds {address} of vSwitch {v_switch}, but no instance has it")
    }));
    Ok(())
}

/// An interface and its instance know of each other, and lie in one VPC and zone; its groups do, too.
fn interfaces(tx: &Tx<'_>, problems: &mut Vec<String>) -> Result<(), Fault> {
    let mut known = BTreeMap::new();
    for instance in all::<Instance>(tx)? {
        for attached in &instance.more_interfaces {
            known.insert(attached.id.clone(), (instance.clone(), attached.clone()));
        }
    }
    for interface in all::<NetworkInterface>(tx)? {
        let who = format!("network interface {}", interface.id);
        for group in &interface.security_groups {
            let key = SecurityGroup::key_of(&interface.account, group);
            let group = must_exist::<SecurityGroup>(tx, &key, &who, problems)?;
            if group.is_some_and(|group| group.vpc.as_ref() != Some(&interface.vpc)) {
                problems.push(format!("{who} is in a security group of another VPC"));
            }
        }
        let held = known.remove(&interface.id);
        let is_held = match (&interface.attachment, held) {
            (None, None) => true,
            (Some(attachment), Some((instance, attached))) => {
                let is_near =
                    instance.zone == interface.zone && instance.network.vpc() == Some(&interface.vpc);
                is_near && instance.id == attachment.instance && attached == interface.attached()
            }
            _ => false,
        };
        if !is_held {
            problems.push(format!("{who} and its instance do not agree"));
        }
    }
    let lost = known.into_keys().map(|id| format!("network interface {id} is attached, but not there"));
    problems.extend(lost);
    Ok(())
}

/// Every public address of an instance is taken for it, and no other is.
fn public_addresses(tx: &Tx<'_>, problems: &mut Vec<String>) -> Result<(), Fault> {
    let taken = all::<PublicAddress>(tx)?.into_iter();
    let mut taken: BTreeMap<_, _> =
        taken.map(|place| (place.address, (place.account, place.instance))).collect();
    for instance in all::<Instance>(tx)? {
        let Some(address) = instance.internet.address else { continue };
        if taken.remove(&address) != Some((instance.account, instance.id.clone())) {
            problems.push(format!(
                "instance {} has the public address {address}, which is not taken for it",
                instance.id
            ));
        }
    }
    problems.extend(taken.into_iter().map(|(address, (_, instance))| {
        format!("public address {address} is taken for instance {instance}, which does not have it")
    }));
    Ok(())
}
