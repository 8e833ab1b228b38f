//! AttachDisk.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::catalog::instance_types::InstanceType;
use crate::cx::Cx;
use crate::ecs::disk::given::{
    another_on_its_way, one_free_beside, one_free_beside_locked, one_free_beside_stopping,
    one_free_elsewhere, one_full, one_with_fixed_disk_running, two_running,
};
use crate::ecs::disk::record::{Attachment, Disk, DiskKind, DiskStatus};
use crate::ecs::instance::record::{Instance, Status};
use crate::errors::{
    ApiError, ChangeInProgress, DiskDeviceInUse, DiskInOtherZone, DiskNotFound, DiskNotPortable,
    DiskStatusWrong, InstanceLocked, InstanceNotFound, InstanceStatusWrong, InstanceTakesNoMoreDisks,
    ParameterMalformed, RequiredParameterMissing,
};
use crate::ids::{DiskId, InstanceId};
use crate::spec::Run;
use crate::world::Fact;

/// The letters of the devices that data disks take.
const LETTERS: std::ops::RangeInclusive<char> = 'b'..='z';

/// Attaches a free disk to an instance of the same zone.
///
/// The disk is `Attaching` for a while and then `In_use`; DescribeDisks tells. Until then nothing else is attached to or
/// detached from the instance. A system disk that outlived its instance comes back as a data disk.
#[derive(Action)]
#[action(
    ecs, write, reply = Empty,
    raises(
        RequiredParameterMissing, ParameterMalformed, InstanceNotFound, DiskNotFound, InstanceLocked,
        InstanceStatusWrong, DiskNotPortable, DiskStatusWrong, DiskInOtherZone, InstanceTakesNoMoreDisks,
        DiskDeviceInUse, ChangeInProgress
    )
)]
pub struct AttachDisk {
    /// ID of the instance, which is Running or Stopped.
    #[param(required)]
    instance_id: InstanceId,
    /// ID of the disk, which is Available.
    #[param(required)]
    disk_id: DiskId,
    /// Device in the instance, from `/dev/xvdb` to `/dev/xvdz`; by default the first free one.
    #[param(check = is_device)]
    device: Option<String>,
    /// Whether the disk goes when the instance goes.
    delete_with_instance: Option<bool>,
    /// Whether the disk becomes the system disk. Every instance has one, so this can only be false.
    #[param(default = false, check = is_false)]
    bootable: bool,
    /// Whether to attach in any case; without effect.
    #[param(default = false)]
    force: bool,
    /// Password of a system disk; without effect.
    password: Option<String>,
    /// Key pair of a system disk; without effect.
    key_pair_name: Option<String>,
}

impl Run for AttachDisk {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let _ = (self.bootable, self.force, &self.password, &self.key_pair_name);
        let instance = cx.instance(&self.instance_id)?;
        let mut disk = cx.disk(&self.disk_id)?;
        instance.check_changeable(&[Status::Running, Status::Stopped])?;
        check_free(&disk, &instance)?;
        let others = cx.disks_of(&instance.id)?;
        let wares = Fact::wares(&cx.tx)?;
        let kind = wares.find_type(&instance.instance_type).map(|kind| &**kind);
        let device = self.place(kind, &others)?;
        check_settled(&others)?;
        disk.kind = DiskKind::Data;
        disk.attachment = Some(Attachment { instance: instance.id, device, attached_ms: cx.now_ms() });
        disk.delete_with_instance = self.delete_with_instance.unwrap_or(disk.delete_with_instance);
        disk.begin(DiskStatus::Attaching, cx)?;
        cx.put(&disk)?;
        Ok(Empty)
    }
}

impl AttachDisk {
    /// The device that the disk takes beside the others on an instance of this type.
    fn place(&self, kind: Option<&InstanceType>, others: &[Disk]) -> Result<String, ApiError> {
        let data = others.iter().filter(|disk| disk.kind == DiskKind::Data).count();
        let max = kind.map_or(0, |kind| kind.max_data_disks as usize);
        if data >= max {
            return Err((&InstanceTakesNoMoreDisks).into());
        }
        let is_taken = |device: &str| {
            others.iter().filter_map(|disk| disk.attachment.as_ref()).any(|it| it.device == device)
        };
        match &self.device {
            Some(device) if is_taken(device) => Err(DiskDeviceInUse.about("Device")),
            Some(device) => Ok(device.clone()),
            None => {
                let mut devices = LETTERS.map(|letter| format!("/dev/xvd{letter}"));
                devices.find(|device| !is_taken(device)).ok_or_else(|| (&InstanceTakesNoMoreDisks).into())
            }
        }
    }
}

/// The disk is one that moves, belongs to nobody at present, and is where the instance is.
fn check_free(disk: &Disk, instance: &Instance) -> Result<(), ApiError> {
    if !disk.portable {
        return Err(DiskNotPortable.about("DiskId"));
    }
    if disk.status != DiskStatus::Available {
        return Err(DiskStatusWrong.about("DiskId"));
    }
    if disk.zone != instance.zone { Err(DiskInOtherZone.about("DiskId")) } else { Ok(()) }
}

/// No disk of the instance is on its way there or away.
pub(super) fn check_settled(disks: &[Disk]) -> Result<(), ApiError> {
    let moves = |disk: &Disk| matches!(disk.status, DiskStatus::Attaching | DiskStatus::Detaching);
    if disks.iter().any(moves) { Err(ChangeInProgress.about("InstanceId")) } else { Ok(()) }
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn is_device(device: &String) -> bool {
    let letter = device.strip_prefix("/dev/xvd").and_then(|rest| rest.parse().ok());
    letter.is_some_and(|letter: char| LETTERS.contains(&letter))
}

fn is_false(value: &bool) -> bool {
    !*value
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a free disk", one_free_beside, "InstanceId=$i&DiskId=$d"),
    Case::ok(
        "to a device, to go with the instance",
        one_free_beside,
        "InstanceId=$i&DiskId=$d&Device=/dev/xvdf&DeleteWithInstance=true",
    ),
    Case::err("no disk", one_free_beside, "InstanceId=$i", &RequiredParameterMissing),
    Case::err(
        "a device that is none",
        one_free_beside,
        "InstanceId=$i&DiskId=$d&Device=/dev/sda",
        &ParameterMalformed,
    ),
    Case::err(
        "as the system disk",
        one_free_beside,
        "InstanceId=$i&DiskId=$d&Bootable=true",
        &ParameterMalformed,
    ),
    Case::err(
        "an unknown instance",
        one_free_beside,
        "InstanceId=i-bp1doesnotexist0001&DiskId=$d",
        &InstanceNotFound,
    ),
    Case::err(
        "an unknown disk",
        one_free_beside,
        "InstanceId=$i&DiskId=d-bp1doesnotexist0001",
        &DiskNotFound,
    ),
    Case::err("locked for security", one_free_beside_locked, "InstanceId=$i&DiskId=$d", &InstanceLocked),
    Case::err("it is stopping", one_free_beside_stopping, "InstanceId=$i&DiskId=$d", &InstanceStatusWrong),
    Case::err(
        "a disk that cannot move",
        one_with_fixed_disk_running,
        "InstanceId=$i&DiskId=$data",
        &DiskNotPortable,
    ),
    Case::err("a disk of another instance", two_running, "InstanceId=$j&DiskId=$data", &DiskStatusWrong),
    Case::err("a disk of another zone", one_free_elsewhere, "InstanceId=$i&DiskId=$d", &DiskInOtherZone),
    Case::err("one more than it takes", one_full, "InstanceId=$i&DiskId=$d", &InstanceTakesNoMoreDisks),
    Case::err(
        "a device that is taken",
        one_free_beside,
        "InstanceId=$i&DiskId=$d&Device=/dev/xvdb",
        &DiskDeviceInUse,
    ),
    Case::err("another is on its way", another_on_its_way, "InstanceId=$i&DiskId=$d", &ChangeInProgress),
];
