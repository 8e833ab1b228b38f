//! Phase 12, the data disks that are filled from snapshots.

use crate::cx::Cx;
use crate::ecs::instance::creation::draft::{DiskDraft, Draft};
use crate::ecs::snapshot::record::Snapshot;
use crate::errors::{
    ApiError, CategoryTakesNoSnapshot, DiskSmallerThanSnapshot, EncryptionDiffersFromSnapshot, ErrorRow,
    SnapshotTooLargeOrCategoryNotGranted,
};

/// The snapshots are finished.
pub(super) fn ready(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    each(draft, |_, source| source.check_ready())
}

/// The snapshots are not from before snapshots could become disks.
pub(super) fn age(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    each(draft, |_, source| source.check_age())
}

/// The snapshots were taken of data disks.
pub(super) fn kind(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    each(draft, |_, source| source.check_kind())
}

/// The snapshots are not archived.
pub(super) fn kept(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    each(draft, |_, source| source.check_kept())
}

/// The categories can be filled from snapshots: local disks begin empty.
pub(super) fn category(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    each(draft, |disk, _| if disk.limits().portable { Ok(()) } else { Err(&CategoryTakesNoSnapshot) })
}

/// The disks hold their snapshots, their own or those of the image.
pub(super) fn size(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let is_too_small = |disk: &DiskDraft| {
        let of_image = disk.mapped_gib.filter(|_| disk.snapshot.is_some());
        let needed = disk.source.as_ref().map(|source| source.size_gib).or(of_image);
        needed.is_some_and(|needed| disk.size_gib < needed)
    };
    match draft.data.iter().any(is_too_small) {
        true => Err(DiskSmallerThanSnapshot.about("DataDisk.Size")),
        false => Ok(()),
    }
}

/// The snapshots, where they alone say how large the disks are, do not exceed the categories.
pub(super) fn category_size(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    each(draft, |disk, _| match disk.size_gib > disk.limits().data_gib.max {
        true => Err(&SnapshotTooLargeOrCategoryNotGranted),
        false => Ok(()),
    })
}

/// The disks are encrypted as their snapshots are.
pub(super) fn encryption(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    each(draft, |disk, source| match disk.encrypted != source.encrypted {
        true => Err(&EncryptionDiffersFromSnapshot),
        false => Ok(()),
    })
}

/// Judges each disk that has a snapshot, in the order of the request.
fn each(
    draft: &Draft,
    judge: impl Fn(&DiskDraft, &Snapshot) -> Result<(), &'static ErrorRow>,
) -> Result<(), ApiError> {
    for disk in &draft.data {
        if let Some(source) = &disk.source {
            judge(disk, source).map_err(|row| row.about("DataDisk.SnapshotId"))?;
        }
    }
    Ok(())
}
