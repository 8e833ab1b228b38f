//! ModifySnapshotAttribute.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::snapshot::given::one_accomplished;
use crate::ecs::snapshot::is_snapshot_name;
use crate::errors::{
    ApiError, ParameterMalformed, RequiredParameterMissing, ResourceDescriptionMalformed,
    SnapshotNameMalformed, SnapshotNotFound,
};
use crate::ids::SnapshotId;
use crate::names::is_description;
use crate::spec::Run;

/// Changes attributes of a snapshot; those that are not given stay.
#[derive(Action)]
#[action(
    ecs, write, reply = Empty,
    raises(
        RequiredParameterMissing, SnapshotNameMalformed, ResourceDescriptionMalformed, ParameterMalformed,
        SnapshotNotFound
    )
)]
pub struct ModifySnapshotAttribute {
    /// ID of the snapshot.
    #[param(required)]
    snapshot_id: SnapshotId,
    /// Name: 2 to 128 characters, first a letter, not beginning with `auto`.
    #[param(check = is_snapshot_name, row = SnapshotNameMalformed)]
    snapshot_name: Option<String>,
    /// Description: 2 to 256 characters that are no link.
    #[param(check = is_description, row = ResourceDescriptionMalformed)]
    description: Option<String>,
    /// For how many days the snapshot is kept, from when it was taken.
    #[param(range(1, 65536))]
    retention_days: Option<i64>,
    /// Whether the snapshot can no longer be used before it is finished; without effect.
    disable_instant_access: Option<bool>,
}

impl Run for ModifySnapshotAttribute {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let _ = self.disable_instant_access;
        let mut snapshot = cx.snapshot(&self.snapshot_id)?;
        snapshot.name = self.snapshot_name.unwrap_or(snapshot.name);
        snapshot.description = self.description.unwrap_or(snapshot.description);
        snapshot.retention_days = self.retention_days.or(snapshot.retention_days);
        snapshot.modified_ms = cx.now_ms();
        cx.put(&snapshot)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "all of them",
        one_accomplished,
        "SnapshotId=$s&SnapshotName=weekly&Description=of the shop&RetentionDays=30&DisableInstantAccess=true",
    ),
    Case::err("no id", one_accomplished, "SnapshotName=weekly", &RequiredParameterMissing),
    Case::err(
        "a name for automatic ones",
        one_accomplished,
        "SnapshotId=$s&SnapshotName=auto2026",
        &SnapshotNameMalformed,
    ),
    Case::err(
        "a link for a description",
        one_accomplished,
        "SnapshotId=$s&Description=http://a",
        &ResourceDescriptionMalformed,
    ),
    Case::err("no days at all", one_accomplished, "SnapshotId=$s&RetentionDays=0", &ParameterMalformed),
    Case::err(
        "an unknown id",
        one_accomplished,
        "SnapshotId=s-bp1doesnotexist00001&SnapshotName=weekly",
        &SnapshotNotFound,
    ),
];
