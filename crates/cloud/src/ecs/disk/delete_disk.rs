//! DeleteDisk.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::disk::given::{one_free, one_free_beside};
use crate::ecs::disk::record::DiskStatus;
use crate::errors::{ApiError, DiskNotFound, DiskStatusWrong, RequiredParameterMissing};
use crate::ids::DiskId;
use crate::spec::Run;

/// Releases a disk that no instance has.
///
/// Its data is gone; snapshots that were taken of it stay.
#[derive(Action)]
#[action(
    ecs, write, reply = Empty,
    raises(RequiredParameterMissing, DiskNotFound, DiskStatusWrong)
)]
pub struct DeleteDisk {
    /// ID of the disk, which is Available.
    #[param(required)]
    disk_id: DiskId,
}

impl Run for DeleteDisk {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let disk = cx.disk(&self.disk_id)?;
        if disk.status != DiskStatus::Available {
            return Err(DiskStatusWrong.about("DiskId"));
        }
        cx.delete(&disk)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a free disk", one_free, "DiskId=$d"),
    Case::err("no id", one_free, "", &RequiredParameterMissing),
    Case::err("an unknown id", one_free, "DiskId=d-bp1doesnotexist0001", &DiskNotFound),
    Case::err("a region it is not in", one_free, "DiskId=$d&RegionId=cn-beijing", &DiskNotFound),
    Case::err("an instance has it", one_free_beside, "DiskId=$data", &DiskStatusWrong),
];
