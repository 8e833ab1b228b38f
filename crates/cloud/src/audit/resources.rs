//! Instances, disks, images and snapshots.

use std::collections::{BTreeMap, BTreeSet};

use moyun_store::{Fault, Key, Tx};

use crate::audit::{all, must_exist};
use crate::catalog::snapshots::SnapshotFacts;
use crate::ecs::disk::record::{Disk, DiskKind, DiskStatus};
use crate::ecs::hpc_cluster::record::HpcCluster;
use crate::ecs::image::record::CustomImage;
use crate::ecs::instance::record::Instance;
use crate::ecs::key_pair::record::KeyPair;
use crate::ecs::security_group::record::SecurityGroup;
use crate::ecs::snapshot::record::Snapshot;
use crate::ids::SnapshotId;
use crate::world::Fact;

pub(super) fn check(tx: &Tx<'_>, problems: &mut Vec<String>) -> Result<(), Fault> {
    instances(tx, problems)?;
    disks(tx, problems)?;
    images(tx, problems)
}

fn instances(tx: &Tx<'_>, problems: &mut Vec<String>) -> Result<(), Fault> {
    for instance in all::<Instance>(tx)? {
        let who = format!("instance {}", instance.id);
        if instance.security_groups.is_empty() {
            problems.push(format!("{who} has no security group"));
        }
        for group in &instance.security_groups {
            let key = SecurityGroup::key_of(&instance.account, group);
            let found = must_exist::<SecurityGroup>(tx, &key, &who, problems)?;
            if found.is_some_and(|group| group.vpc.as_ref() != instance.network.vpc()) {
                problems.push(format!("{who} and its security group {group} are in different networks"));
            }
        }
        if let Some(name) = &instance.key_pair {
            let key = KeyPair::key_of(&instance.account, &instance.region, name);
            must_exist::<KeyPair>(tx, &key, &who, problems)?;
        }
        if let Some(cluster) = &instance.hpc_cluster {
            let key = HpcCluster::key_of(&instance.account, cluster);
            must_exist::<HpcCluster>(tx, &key, &who, problems)?;
        }
    }
    Ok(())
}

/// A disk is in use exactly while it is attached, beside its instance; every instance has one system disk.
fn disks(tx: &Tx<'_>, problems: &mut Vec<String>) -> Result<(), Fault> {
    let mut devices = BTreeSet::new();
    let mut systems = BTreeMap::<_, u64>::new();
    for disk in all::<Disk>(tx)? {
        let who = format!("disk {}", disk.id);
        let holds_on = match disk.status {
            DiskStatus::InUse | DiskStatus::Attaching | DiskStatus::Detaching => Some(true),
            DiskStatus::Available => Some(false),
            DiskStatus::Creating | DiskStatus::ReIniting => None,
        };
        if holds_on.is_some_and(|holds_on| holds_on != disk.attachment.is_some()) {
            let word = if disk.attachment.is_some() { "attached" } else { "not attached" };
            problems.push(format!("{who} is {}, but {word}", disk.status.wire_name()));
        }
        let Some(attachment) = &disk.attachment else { continue };
        let key = Instance::key_of(&disk.account, &attachment.instance);
        let instance = must_exist::<Instance>(tx, &key, &who, problems)?;
        if instance.is_some_and(|instance| instance.zone != disk.zone) {
            problems.push(format!("{who} and its instance {} are in different zones", attachment.instance));
        }
        if !devices.insert((attachment.instance.clone(), attachment.device.clone())) {
            problems.push(format!(
                "{who} is {} of instance {} beside another disk",
                attachment.device, attachment.instance
            ));
        }
        if disk.kind == DiskKind::System {
            *systems.entry(attachment.instance.clone()).or_default() += 1;
        }
    }
    for instance in all::<Instance>(tx)? {
        let count = systems.get(&instance.id).copied().unwrap_or_default();
        if count != 1 {
            problems.push(format!("instance {} has {count} system disks", instance.id));
        }
    }
    Ok(())
}

/// A snapshot stays as long as an image names it; images have names and ids of their own.
fn images(tx: &Tx<'_>, problems: &mut Vec<String>) -> Result<(), Fault> {
    let (mut ids, mut names) = (BTreeSet::new(), BTreeSet::new());
    for image in all::<CustomImage>(tx)? {
        let who = format!("image {}", image.id);
        if !ids.insert(image.id.clone()) {
            problems.push(format!("{who} is there twice"));
        }
        if image.is_deleted() {
            continue;
        }
        for snapshot in image.snapshots() {
            let is_imported = tx.find::<Fact<SnapshotFacts>>(&Key::new().text(snapshot))?.is_some();
            let key = Snapshot::key_of(&image.account, &SnapshotId::from(snapshot));
            if !is_imported {
                must_exist::<Snapshot>(tx, &key, &who, problems)?;
            }
        }
        if !names.insert((image.account, image.region, image.name.clone())) {
            problems.push(format!("{who} has the name {} as another image has", image.name));
        }
    }
    Ok(())
}
