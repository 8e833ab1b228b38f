//! ModifyDiskAttribute.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::disk::record::Disk;
use crate::ecs::instance::given::{one_locked, one_running, one_with_fixed_disk};
use crate::errors::{
    ApiError, DiskNotFound, DiskNotPortable, InstanceLocked, NewDiskNameMalformed, ParameterMalformed,
    ParametersConflict, RequiredParameterMissing, ResourceDescriptionMalformed,
};
use crate::ids::DiskId;
use crate::names::{is_description, is_resource_name};
use crate::spec::Run;

/// Changes attributes of disks; those that are not given stay.
///
/// Named by DiskIds, either all disks change or, if one is refused, none.
#[derive(Action)]
#[action(
    ecs, write, reply = Empty,
    raises(
        NewDiskNameMalformed, ResourceDescriptionMalformed, ParameterMalformed, RequiredParameterMissing,
        ParametersConflict, DiskNotFound, InstanceLocked, DiskNotPortable
    )
)]
pub struct ModifyDiskAttribute {
    /// ID of the disk.
    disk_id: Option<DiskId>,
    /// IDs of disks, up to 100, in place of DiskId.
    #[param(max_items = 100)]
    disk_ids: Vec<DiskId>,
    /// Name: 2 to 128 characters, first a letter of any script, then letters, digits, `:`, `_`, `.` and `-`.
    #[param(check = is_resource_name, row = NewDiskNameMalformed)]
    disk_name: Option<String>,
    /// Description: 2 to 256 characters that are no link.
    #[param(check = is_description, row = ResourceDescriptionMalformed)]
    description: Option<String>,
    /// Whether the disk goes when its instance goes; a disk that cannot be detached always does.
    delete_with_instance: Option<bool>,
    /// Whether its automatic snapshots go when it goes.
    delete_auto_snapshot: Option<bool>,
    /// Whether an automatic snapshot policy may work on it.
    enable_auto_snapshot: Option<bool>,
    /// Whether cloud_auto may burst.
    bursting_enabled: Option<bool>,
}

impl Run for ModifyDiskAttribute {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        for id in self.named()? {
            let mut disk = cx.disk(id)?;
            self.check(&disk, cx)?;
            self.apply(&mut disk);
            cx.put(&disk)?;
        }
        Ok(Empty)
    }
}

impl ModifyDiskAttribute {
    fn named(&self) -> Result<Vec<&DiskId>, ApiError> {
        match (&self.disk_id, self.disk_ids.is_empty()) {
            (Some(_), false) => Err(ParametersConflict.with("first", "DiskId").with("second", "DiskIds")),
            (None, true) => Err(RequiredParameterMissing.with("name", "DiskId")),
            (one, _) => Ok(one.iter().chain(&self.disk_ids).collect()),
        }
    }

    fn check(&self, disk: &Disk, cx: &Cx<'_>) -> Result<(), ApiError> {
        if let Some(attachment) = &disk.attachment
            && let Some(instance) = cx.find_instance(&attachment.instance)?
        {
            instance.check_unlocked()?;
        }
        if self.delete_with_instance == Some(false) && !disk.portable {
            return Err(DiskNotPortable.about("DeleteWithInstance"));
        }
        Ok(())
    }

    fn apply(&self, disk: &mut Disk) {
        replace(&mut disk.name, self.disk_name.as_ref());
        replace(&mut disk.description, self.description.as_ref());
        replace(&mut disk.delete_with_instance, self.delete_with_instance.as_ref());
        replace(&mut disk.delete_auto_snapshot, self.delete_auto_snapshot.as_ref());
        replace(&mut disk.enable_auto_snapshot, self.enable_auto_snapshot.as_ref());
        replace(&mut disk.bursting_enabled, self.bursting_enabled.as_ref());
    }
}

fn replace<T: Clone>(value: &mut T, new: Option<&T>) {
    if let Some(new) = new {
        value.clone_from(new);
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a name and a description", one_running, "DiskId=$data&DiskName=logs&Description=of the shop"),
    Case::ok("two disks", one_running, "DiskIds.1=$data&DiskIds.2=$system&DeleteWithInstance=false"),
    Case::err("a name that is none", one_running, "DiskId=$data&DiskName=9disk", &NewDiskNameMalformed),
    Case::err(
        "a link for a description",
        one_running,
        "DiskId=$data&Description=http://a",
        &ResourceDescriptionMalformed,
    ),
    Case::err(
        "a flag that is none",
        one_running,
        "DiskId=$data&DeleteWithInstance=perhaps",
        &ParameterMalformed,
    ),
    Case::err("no id", one_running, "DiskName=logs", &RequiredParameterMissing),
    Case::err(
        "ids in both ways",
        one_running,
        "DiskId=$data&DiskIds.1=$system&DiskName=logs",
        &ParametersConflict,
    ),
    Case::err("an unknown id", one_running, "DiskId=d-bp1doesnotexist0001&DiskName=logs", &DiskNotFound),
    Case::err("its instance is locked", one_locked, "DiskId=$data&DiskName=logs", &InstanceLocked),
    Case::err(
        "it goes with its instance in any case",
        one_with_fixed_disk,
        "DiskId=$data&DeleteWithInstance=false",
        &DiskNotPortable,
    ),
];
