//! Phase 14: how much the account, the VPC and the security groups may have.

use crate::catalog::disk_categories::DiskCategory;
use crate::catalog::instance_types::NetworkType;
use crate::cx::Cx;
use crate::ecs::disk::record::Disk;
use crate::ecs::instance::creation::draft::{DiskDraft, Draft};
use crate::ecs::instance::record::Instance;
use crate::errors::{
    ApiError, EphemeralDisksTooLargeTogether, MarketImageLicencesUsedUp, PostPaidInstanceQuotaExceeded,
    SecurityGroupFull, TooManyConcurrentCreations, TooManyDisksForType, TooManyDisksWithImage,
    TooManyPortableDisks, VpcInstanceQuotaExceeded,
};
use crate::ids::SnapshotId;

/// Portable data disks that one request may ask for.
const PORTABLE_DISKS_MAX: u64 = 16;

/// The request and the account stay below their numbers of portable disks.
pub(super) fn portable_disks(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    let each = draft.portable_disks();
    let with_image = each + draft.mapped.len() as u64;
    if with_image == 0 {
        return Ok(());
    }
    let present = cx.tx.count::<Disk>(&Disk::portable_scope(cx.account(), cx.region()))?;
    let quota = u64::from(draft.account.quotas.portable_cloud_disks);
    match each > PORTABLE_DISKS_MAX || present + with_image * draft.amount > quota {
        true => Err(TooManyPortableDisks.about("DataDisk")),
        false => Ok(()),
    }
}

/// The type attaches so many data disks.
pub(super) fn disks_of_type(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.data.len() > draft.instance_type().max_data_disks as usize {
        true => Err(TooManyDisksForType.about("DataDisk")),
        false => Ok(()),
    }
}

/// The type attaches so many with those of the image, which from now on stand among the others.
pub(super) fn disks_with_image(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let most = PORTABLE_DISKS_MAX.min(u64::from(draft.instance_type().max_data_disks));
    if !draft.mapped.is_empty() && (draft.data.len() + draft.mapped.len()) as u64 > most {
        return Err(TooManyDisksWithImage.about("DataDisk"));
    }
    let category = draft.system.category();
    let level = draft.system.level;
    let limits = *draft.wares.disks.limits(category, level);
    let mapped = draft.mapped.drain(..).map(|disk| DiskDraft {
        category: Some(category),
        level,
        limits: Some(limits),
        size_gib: disk.size.max(limits.data_gib.min),
        from_image: true,
        encrypted: disk.encrypted,
        snapshot: disk.snapshot_id.map(SnapshotId),
        ..DiskDraft::default()
    });
    draft.data.splice(0..0, mapped);
    Ok(())
}

/// The local data disks together fit on the host.
pub(super) fn ephemeral_disks(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let total = |category: DiskCategory| -> u64 {
        draft.data.iter().filter(|disk| disk.category() == category).map(|disk| disk.size_gib).sum()
    };
    let is_above = |disk: &DiskDraft| {
        disk.limits().data_gib_of_instance.is_some_and(|most| total(disk.category()) > most)
    };
    match draft.data.iter().any(is_above) {
        true => Err(EphemeralDisksTooLargeTogether.about("DataDisk.Size")),
        false => Ok(()),
    }
}

/// The account may have so many PostPaid instances in the region.
pub(super) fn post_paid(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    if draft.is_order {
        return Ok(());
    }
    let present = cx.tx.count::<Instance>(&Instance::post_paid_scope(cx.account(), cx.region()))?;
    match present + draft.amount > u64::from(draft.account.quotas.postpaid_instances) {
        true => Err(PostPaidInstanceQuotaExceeded.about("Amount")),
        false => Ok(()),
    }
}

/// The VPC may hold so many instances.
pub(super) fn vpc(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    let Some(v_switch) = &draft.v_switch else { return Ok(()) };
    let present = cx.tx.count::<Instance>(&Instance::vpc_scope(cx.account(), &v_switch.vpc))?;
    match present + draft.amount > u64::from(draft.account.quotas.instances_per_vpc) {
        true => Err(VpcInstanceQuotaExceeded.about("VSwitchId")),
        false => Ok(()),
    }
}

/// The security groups may have so many members.
pub(super) fn security_groups(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    for group in &draft.groups {
        let network = if group.vpc.is_some() { NetworkType::Vpc } else { NetworkType::Classic };
        let members = cx.tx.count::<Instance>(&Instance::group_scope(cx.account(), &group.id))?;
        let members = members + cx.interfaces_in(&group.id)?;
        let most = u64::from(draft.account.quotas.security_group_instances_max(network));
        if members + draft.amount > most {
            return Err(SecurityGroupFull.about("SecurityGroupId"));
        }
    }
    Ok(())
}

/// The account has licences left of the product that is in the image.
pub(super) fn licences(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    let Some(code) = &draft.image().product_code else { return Ok(()) };
    let used = cx.tx.count::<Instance>(&Instance::product_scope(cx.account(), code))?;
    let bought = draft.account.marketplace.subscriptions.get(code).copied().unwrap_or_default();
    match used + draft.amount > u64::from(bought) {
        true => Err(MarketImageLicencesUsedUp.about("ImageId")),
        false => Ok(()),
    }
}

/// The account may have another instance under creation.
pub(super) fn concurrent_creations(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    let most = u64::from(draft.account.quotas.concurrent_instance_creations);
    if most == 0 {
        return Ok(());
    }
    let pending = cx.tx.count::<Instance>(&Instance::pending_scope(cx.account()))?;
    if pending >= most { Err((&TooManyConcurrentCreations).into()) } else { Ok(()) }
}
