//! Phase 12, second half: the disks go together with the type, the image and each other.

use crate::catalog::accounts::ServiceState;
use crate::catalog::offer;
use crate::cx::Cx;
use crate::ecs::instance::creation::draft::{DiskDraft, Draft};
use crate::errors::{
    ApiError, CategoryCannotEncrypt, DataDiskSizeInvalid, DataDiskTooLarge, DiskCategoriesDoNotCombine,
    EphemeralDiskDeleteWithInstance, KmsNotEnabled, RegionCannotEncrypt, SystemDiskSmallerThanImage,
    SystemDiskTooLarge, SystemDiskTooSmall, TypeLacksDiskCategory,
};

/// The type attaches disks of these categories in this I/O mode.
pub(super) fn type_attaches(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let attached = draft.instance_type().disks(draft.io_optimized());
    match draft.disks().all(|disk| attached.contains(&disk.category())) {
        true => Ok(()),
        false => Err(TypeLacksDiskCategory.about("DiskCategory")),
    }
}

/// The data disks can stand beside the system disk.
pub(super) fn combine(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let system = draft.system.category();
    match draft.data.iter().all(|disk| offer::data_disk_goes_with(disk.category(), system)) {
        true => Ok(()),
        false => Err(DiskCategoriesDoNotCombine.about("DataDisk.Category")),
    }
}

/// The system disk is not below the minimum of its category.
pub(super) fn system_min(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.system.size_gib < draft.system.limits().system_gib.min {
        true => Err(SystemDiskTooSmall.about("SystemDisk.Size")),
        false => Ok(()),
    }
}

/// The system disk is not above the maximum of its category.
pub(super) fn system_max(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.system.size_gib > draft.system.limits().system_gib.max {
        true => Err(SystemDiskTooLarge.about("SystemDisk.Size")),
        false => Ok(()),
    }
}

/// The system disk holds the image.
pub(super) fn system_holds_image(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.system.size_gib < draft.image().size {
        true => Err(SystemDiskSmallerThanImage.about("SystemDisk.Size")),
        false => Ok(()),
    }
}

/// Each data disk has a size, its own or that of its snapshot, not below the minimum of its category.
pub(super) fn data_min(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    for disk in &mut draft.data {
        let size = match &disk.size_text {
            Some(raw) => raw.read().and_then(|size| u64::try_from(size).ok()),
            None => disk.source.as_ref().map(|source| source.size_gib).or(disk.mapped_gib),
        };
        let size = size.filter(|size| *size >= disk.limits().data_gib.min);
        disk.size_gib = size.ok_or_else(|| DataDiskSizeInvalid.about("DataDisk.Size"))?;
    }
    Ok(())
}

/// No data disk is asked to be above the maximum of its category.
pub(super) fn data_max(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let is_too_large =
        |disk: &DiskDraft| disk.size_text.is_some() && disk.size_gib > disk.limits().data_gib.max;
    match draft.data.iter().any(is_too_large) {
        true => Err(DataDiskTooLarge.about("DataDisk.Size")),
        false => Ok(()),
    }
}

/// The region can encrypt disks.
pub(super) fn region_encrypts(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.encrypts() && !draft.region.disk_encryption {
        true => Err(RegionCannotEncrypt.about("Encrypted")),
        false => Ok(()),
    }
}

/// The categories can be encrypted.
pub(super) fn category_encrypts(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    // The data disks of the image take the category of the system disk.
    let of_image = draft.mapped.iter().any(|disk| disk.encrypted) && !draft.system.limits().encryptable;
    match of_image || draft.disks().any(|disk| disk.encrypted && !disk.limits().encryptable) {
        true => Err(CategoryCannotEncrypt.about("Encrypted")),
        false => Ok(()),
    }
}

/// The account has opened the service that keeps the keys.
pub(super) fn kms(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let is_closed = draft.account.services.kms == ServiceState::Disabled;
    match is_closed && draft.encrypts() {
        true => Err(KmsNotEnabled.about("Encrypted")),
        false => Ok(()),
    }
}

/// Disks that cannot be detached always go with their instance.
pub(super) fn delete_with_instance(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.data.iter().any(|disk| disk.delete_with_instance.is_some() && !disk.limits().portable) {
        true => Err(EphemeralDiskDeleteWithInstance.about("DataDisk.DeleteWithInstance")),
        false => Ok(()),
    }
}
