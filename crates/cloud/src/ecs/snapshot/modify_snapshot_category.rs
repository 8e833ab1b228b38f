//! ModifySnapshotCategory.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::snapshot::given::{one_accomplished, one_of_14_days, one_progressing};
use crate::errors::{
    ApiError, ParameterMalformed, RequiredParameterMissing, SnapshotNotFound, SnapshotNotReady,
};
use crate::ids::SnapshotId;
use crate::spec::Run;

/// How old a snapshot must be to be archived.
const ARCHIVED_FROM_DAYS: i64 = 14;

/// Archives a snapshot, which is cheaper to keep.
///
/// The snapshot must be finished and at least 14 days old. An archived one becomes no disk, and never a standard one again.
#[derive(Action)]
#[action(
    ecs, write, reply = Empty,
    raises(RequiredParameterMissing, ParameterMalformed, SnapshotNotFound, SnapshotNotReady)
)]
pub struct ModifySnapshotCategory {
    /// ID of the snapshot.
    #[param(required)]
    snapshot_id: SnapshotId,
    /// What it becomes.
    #[param(default = "Archive", one_of("Archive", "archive"))]
    category: String,
    /// For how many days it is kept, from when it was taken; by default until it is deleted.
    #[param(range(74, 65536))]
    retention_days: Option<i64>,
}

impl Run for ModifySnapshotCategory {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let _ = &self.category;
        let mut snapshot = cx.snapshot(&self.snapshot_id)?;
        snapshot.check_ready()?;
        if snapshot.age_days(cx.now_ms()) < ARCHIVED_FROM_DAYS {
            return Err(ParameterMalformed.about("SnapshotId"));
        }
        snapshot.archived = true;
        snapshot.retention_days = self.retention_days;
        snapshot.modified_ms = cx.now_ms();
        cx.put(&snapshot)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("after two weeks", one_of_14_days, "SnapshotId=$s&Category=Archive&RetentionDays=100"),
    Case::err("no id", one_of_14_days, "Category=Archive", &RequiredParameterMissing),
    Case::err("a category that is none", one_of_14_days, "SnapshotId=$s&Category=Deep", &ParameterMalformed),
    Case::err("before two weeks", one_accomplished, "SnapshotId=$s&Category=Archive", &ParameterMalformed),
    Case::err(
        "an unknown id",
        one_of_14_days,
        "SnapshotId=s-bp1doesnotexist00001&Category=Archive",
        &SnapshotNotFound,
    ),
    Case::err("one that is being taken", one_progressing, "SnapshotId=$s", &SnapshotNotReady),
];
