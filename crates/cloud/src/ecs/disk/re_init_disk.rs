//! ReInitDisk.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::disk::given::{one_free, reset_of_locked};
use crate::ecs::disk::record::DiskStatus;
use crate::ecs::disk::reset_disk::check_off;
use crate::ecs::instance::given::{one_running, one_stopped};
use crate::errors::{
    ApiError, DiskNotFound, DiskStatusWrong, InstanceLocked, InstanceStatusWrong, ParameterMalformed,
    RequiredParameterMissing,
};
use crate::ids::DiskId;
use crate::spec::Run;

/// Puts a disk back to how it began.
///
/// The instance is Stopped. The disk is `ReIniting` for a while and then `In_use` again; what was written to it is gone.
#[derive(Action)]
#[action(
    ecs, write, reply = Empty,
    raises(
        RequiredParameterMissing, ParameterMalformed, DiskNotFound, InstanceLocked, InstanceStatusWrong,
        DiskStatusWrong
    )
)]
pub struct ReInitDisk {
    /// ID of the disk, which is In_use.
    #[param(required)]
    disk_id: DiskId,
    /// Whether to start the instance afterwards; without effect.
    #[param(default = false)]
    auto_start_instance: bool,
    /// Password of a system disk; without effect.
    password: Option<String>,
    /// Key pair of a system disk; without effect.
    key_pair_name: Option<String>,
    /// Whether a system disk gets security software; without effect.
    #[param(one_of("Active", "Deactive"))]
    security_enhancement_strategy: Option<String>,
}

impl Run for ReInitDisk {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let _ = (self.auto_start_instance, &self.password, &self.key_pair_name);
        let _ = &self.security_enhancement_strategy;
        let mut disk = cx.disk(&self.disk_id)?;
        check_off(&disk, cx)?;
        disk.begin(DiskStatus::ReIniting, cx)?;
        cx.put(&disk)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("of a stopped instance", one_stopped, "DiskId=$system"),
    Case::err("no disk", one_stopped, "", &RequiredParameterMissing),
    Case::err(
        "a flag that is none",
        one_stopped,
        "DiskId=$system&AutoStartInstance=perhaps",
        &ParameterMalformed,
    ),
    Case::err("an unknown disk", one_stopped, "DiskId=d-bp1doesnotexist0001", &DiskNotFound),
    Case::err("its instance is locked", reset_of_locked, "DiskId=$system", &InstanceLocked),
    Case::err("its instance runs", one_running, "DiskId=$system", &InstanceStatusWrong),
    Case::err("a free disk", one_free, "DiskId=$d", &DiskStatusWrong),
];
