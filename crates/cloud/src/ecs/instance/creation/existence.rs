//! Phase 10: what the request names exists and can be used.

use crate::catalog::disk_categories::DiskCategory;
use crate::catalog::images::DataDiskMapping;
use crate::catalog::offer;
use crate::catalog::zones::{Creatable, Lifecycle, ZoneFacts};
use crate::cx::Cx;
use crate::ecs::image::record::ImageState;
use crate::ecs::instance::creation::draft::Draft;
use crate::errors::{
    ApiError, CreationImageNotFound, CreationSecurityGroupNotFound, DataDiskSnapshotNotFound,
    HpcClusterCreating, HpcClusterNotFound, ImageDisabled, ImageStatusWrong, InstanceTypeUnknown,
    KeyPairNotFound, LaunchTemplateNotFound, MarketImageRemoved, NetworkTypeNotOffered, RamRoleNotFound,
    VSwitchForeign, VSwitchIdMissing, VSwitchNotFound, VSwitchPending, ZoneNotFound, ZoneRetired,
    ZoneTakesNoInstances,
};
use crate::ids::{SnapshotId, ZoneId};
use crate::ram::role::record::RamRole;
use crate::vpc::vpc::record::NetworkStatus;
use crate::world::Fact;

/// The size of a system disk that the request leaves open, if its image needs no more.
const SYSTEM_DISK_GIB: u64 = 40;

/// No account has launch templates as long as no action makes them.
pub(super) fn launch_template(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.request.names_template {
        true => Err(LaunchTemplateNotFound.about("LaunchTemplateId")),
        false => Ok(()),
    }
}

/// The instance type exists.
pub(super) fn instance_type(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let name = draft.request.shared.instance_type.as_deref().unwrap_or_default();
    let kind = draft.wares.find_type(name).ok_or_else(|| InstanceTypeUnknown.about("InstanceType"))?;
    draft.found_type = Some(kind.clone());
    Ok(())
}

/// The zone that the request names exists, in its region, and takes instances.
pub(super) fn named_zone(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    match draft.request.shared.zone_id.clone() {
        Some(id) => find_zone(draft, id, cx),
        None => Ok(()),
    }
}

/// Without a zone in the request, the same holds for the zone of the vSwitch.
pub(super) fn zone_of_v_switch(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    match (&draft.request.shared.zone_id, &draft.v_switch) {
        (None, Some(v_switch)) => find_zone(draft, v_switch.zone.clone(), cx),
        _ => Ok(()),
    }
}

fn find_zone(draft: &mut Draft, id: ZoneId, cx: &Cx<'_>) -> Result<(), ApiError> {
    let zone = Fact::of_zone(&cx.tx, &id)?.ok_or_else(|| ZoneNotFound.about("ZoneId"))?;
    // A retired zone takes nothing either, but that is not the point.
    if zone.lifecycle == Lifecycle::Retired {
        return Err(ZoneRetired.about("ZoneId"));
    }
    if zone.region != cx.region().as_str() || !offer::zone_takes(&zone, Creatable::Instance) {
        return Err(ZoneTakesNoInstances.about("ZoneId"));
    }
    draft.found_zone = Some((id, zone));
    Ok(())
}

/// The image, or the newest one of its family, exists.
pub(super) fn image(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    let shared = &draft.request.shared;
    let id = match (&shared.image_id, &shared.image_family) {
        (Some(id), _) => Some(id.clone()),
        (None, Some(family)) => cx.newest_of_family(family)?,
        (None, None) => None,
    };
    let id = id.ok_or_else(|| CreationImageNotFound.about("ImageFamily"))?;
    let image =
        cx.find_named_image(&id, cx.region())?.ok_or_else(|| CreationImageNotFound.about("ImageId"))?;
    draft.mapped.clone_from(&image.facts.data_disks);
    draft.system.encrypted |= image.encrypted;
    draft.found_image = Some((id, image));
    Ok(())
}

/// The image is neither disabled nor gone, and it is finished.
pub(super) fn image_status(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.named_image().state {
        ImageState::UnAvailable | ImageState::Deleted => Err(ImageDisabled.about("ImageId")),
        ImageState::Creating => Err(ImageStatusWrong.about("ImageId")),
        ImageState::Available | ImageState::Deprecated => Ok(()),
    }
}

/// The marketplace still has the product that is in the image.
pub(super) fn image_on_market(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.named_image().is_removed() {
        true => Err(MarketImageRemoved.about("ImageId")),
        false => Ok(()),
    }
}

/// The security groups exist.
pub(super) fn security_groups(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    let mut groups = vec![];
    for id in draft.request.named_groups() {
        let group = cx.find_security_group(id)?;
        groups.push(group.ok_or_else(|| CreationSecurityGroupNotFound.about("SecurityGroupId"))?);
    }
    groups.dedup_by(|second, first| second.id == first.id);
    draft.groups = groups;
    Ok(())
}

/// An instance in a VPC is given a vSwitch.
pub(super) fn v_switch_named(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let in_vpc = draft.groups.iter().any(|group| group.vpc.is_some());
    match draft.request.named_v_switch() {
        None if in_vpc => Err(VSwitchIdMissing.about("VSwitchId")),
        _ => Ok(()),
    }
}

/// The vSwitch is known, and the caller's own in this region.
pub(super) fn v_switch(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    let Some(id) = draft.request.named_v_switch() else { return Ok(()) };
    draft.v_switch = match cx.find_v_switch(id)? {
        Some(v_switch) => Some(v_switch),
        None if cx.is_v_switch_known(id)? => return Err(VSwitchForeign.about("VSwitchId")),
        None => return Err(VSwitchNotFound.about("VSwitchId")),
    };
    Ok(())
}

/// The vSwitch can be used.
pub(super) fn v_switch_status(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match &draft.v_switch {
        Some(v_switch) if v_switch.status == NetworkStatus::Pending => Err(VSwitchPending.about("VSwitchId")),
        _ => Ok(()),
    }
}

/// The key pair exists.
pub(super) fn key_pair(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    let Some(name) = &draft.request.shared.key_pair_name else { return Ok(()) };
    match cx.find_key_pair(cx.region(), name)? {
        Some(_) => Ok(()),
        None => Err(KeyPairNotFound.about("KeyPairName")),
    }
}

/// The RAM role exists and instances may have it.
pub(super) fn ram_role(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    let Some(name) = &draft.request.shared.ram_role_name else { return Ok(()) };
    match cx.find_role(name)?.filter(RamRole::trusts_ecs) {
        Some(_) => Ok(()),
        None => Err(RamRoleNotFound.about("RamRoleName")),
    }
}

/// The HPC cluster exists and can be used.
pub(super) fn hpc_cluster(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    let Some(id) = &draft.request.shared.hpc_cluster_id else { return Ok(()) };
    match cx.find_hpc_cluster(id)? {
        None => Err(HpcClusterNotFound.about("HpcClusterId")),
        Some(cluster) if cluster.is_creating() => Err(HpcClusterCreating.about("HpcClusterId")),
        Some(_) => Ok(()),
    }
}

/// The snapshots that fill data disks exist; a disk that does not say otherwise is encrypted as its snapshot is.
pub(super) fn snapshots(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    for disk in &mut draft.data {
        let Some(id) = &disk.snapshot else { continue };
        let source =
            cx.find_snapshot(id)?.ok_or_else(|| DataDiskSnapshotNotFound.about("DataDisk.SnapshotId"))?;
        if disk.encrypted_text.is_none() {
            disk.encrypted = source.encrypted;
        }
        disk.source = Some(source);
    }
    Ok(())
}

/// Settles what the request left open: the I/O mode, the zone in the classic network, the disks.
pub(super) fn left_open(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    draft.io = draft.io.or_else(|| Some(offer::default_io_optimized(draft.instance_type())));
    if draft.found_zone.is_none() {
        draft.found_zone = Some(zone_for(draft, cx)?);
    }
    let io_optimized = draft.io_optimized();
    let category = offer::default_system_disk_category(draft.zone(), draft.instance_type(), io_optimized);
    // Where the default cannot be had, the checks that follow say why.
    let fallback = if io_optimized { DiskCategory::CloudEssd } else { DiskCategory::Cloud };
    let image_gib = draft.image().size;
    let wares = draft.wares.clone();
    for disk in draft.disks_mut() {
        let category = disk.category.or(category).unwrap_or(fallback);
        disk.category = Some(category);
        disk.limits = Some(*wares.disks.limits(category, disk.level));
    }
    if draft.system.size_text.is_none() {
        draft.system.size_gib = SYSTEM_DISK_GIB.max(image_gib);
    }
    replace_mapped(draft);
    Ok(())
}

/// A data disk of the request takes the place of the one that the image has at its device, and its size if need be.
fn replace_mapped(draft: &mut Draft) {
    for disk in &mut draft.data {
        let has_device = |mapped: &DataDiskMapping| disk.device.as_ref() == Some(&mapped.device);
        if let Some(at) = draft.mapped.iter().position(has_device) {
            let mapped = draft.mapped.remove(at);
            disk.mapped_gib = Some(mapped.size);
            disk.from_image = true;
            disk.encrypted |= mapped.encrypted;
            disk.snapshot = disk.snapshot.take().or(mapped.snapshot_id.map(SnapshotId));
        }
    }
}

/// A zone of the region that offers everything asked for, or else the one that comes closest.
fn zone_for(draft: &Draft, cx: &Cx<'_>) -> Result<(ZoneId, ZoneFacts), ApiError> {
    let (kind, network, io_optimized) = (draft.instance_type(), draft.network(), draft.io_optimized());
    let mut zones: Vec<_> = Fact::zones_of(&cx.tx, cx.region())?
        .into_iter()
        .filter(|(_, zone)| offer::zone_takes(zone, Creatable::Instance))
        .collect();
    let has_disks = |zone: &ZoneFacts| {
        let asked = draft.disks().filter_map(|disk| disk.category);
        let default = offer::default_system_disk_category(zone, kind, io_optimized);
        let system = draft.system.category.or(default);
        asked.chain(system).all(|category| offer::zone_has_category(zone, category)) && system.is_some()
    };
    // The sort is stable: among equals the first zone is taken.
    zones.sort_by_key(|(id, zone)| {
        let sells = offer::is_on_sale(zone) && offer::is_open_to(id.as_str(), zone, &draft.account);
        let places = offer::zone_places(zone, kind, network, io_optimized);
        let in_stock = zone.stock_of(&kind.id).at_most(draft.amount) == draft.amount;
        let wanted = [zone.network_types.contains(&network), places, has_disks(zone), sells, in_stock];
        wanted.map(|fits| !fits)
    });
    zones.into_iter().next().ok_or_else(|| NetworkTypeNotOffered.about("ZoneId"))
}
