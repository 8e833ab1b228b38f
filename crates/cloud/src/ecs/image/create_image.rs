//! CreateImage.

use moyun_derive::{Action, Group, Shape};

use crate::case::Case;
use crate::catalog::images::{BootMode, ImageArchitecture, ImageFacts, ImageStatus};
use crate::cx::Cx;
use crate::ecs::disk::given::{another_on_its_way, one_with_fixed_disk_running};
use crate::ecs::disk::record::DiskKind;
use crate::ecs::image::given::{full_of_images, one_image, snapshots, two_system_snapshots};
use crate::ecs::image::record::{CustomImage, ImageState, is_family};
use crate::ecs::image::shelf;
use crate::ecs::image::source::{Filled, Source, WantedDisk, is_device};
use crate::ecs::instance::given::{one_locked, one_pending, one_running, one_stopped};
use crate::ecs::instance::record::Status;
use crate::ecs::snapshot::given::{one_full_of_snapshots, one_progressing};
use crate::errors::{
    ApiError, DiskStatusWrong, DryRunPassed, ImageDeviceMalformed, ImageDeviceTaken,
    ImageDiskBusyWithSnapshot, ImageDiskSizeUnsupported, ImageNameMalformed, ImageNameTaken,
    ImageOfLocalDisk, ImageQuotaExceeded, ImageSnapshotNotAllowed, ImageSnapshotNotReady,
    ImageSnapshotOfDataDisk, ImageSnapshotTooOld, ImageWithTwoSystemDisks, ImageWithoutSystemDisk,
    InstanceLocked, InstanceNotFound, InstanceStatusWrong, ParameterMalformed, RegionNotFound,
    RequiredParameterMissing, ResourceDescriptionMalformed, SnapshotNotFound, SnapshotQuotaExceeded,
    TagKeyDuplicate, TagKeyMalformed, TagValueMalformed, TooManyTags,
};
use crate::ids::{ImageId, InstanceId, ResourceGroupId, SnapshotId};
use crate::names::{is_description, is_resource_name};
use crate::spec::Run;
use crate::tags::{self, Tag, TagParam};
use crate::vpc::given::too_many_tags;

/// Makes a custom image of an instance that runs or is stopped, or of snapshots.
///
/// The image of an instance holds its system disk and every cloud disk beside it; a snapshot is taken of each. Without
/// InstanceId the image is made of the snapshots that DiskDeviceMapping lists, one of them of a system disk, and without
/// that of the one snapshot of a system disk that SnapshotId names. The snapshots stay as long as the image does.
///
/// The image is `Creating` for a while and can be used once DescribeImages shows it as `Available`. An image with a
/// product of the marketplace keeps the product code. An account can have up to 100 images in a region.
#[derive(Action)]
#[action(ecs, write, region, idempotent, dry_run = DryRunPassed, reply = CreatedImage, raises(
    RegionNotFound, ImageDeviceMalformed, ImageDiskSizeUnsupported, ImageNameMalformed,
    ResourceDescriptionMalformed, ParameterMalformed, TagKeyMalformed, TagValueMalformed, TagKeyDuplicate,
    TooManyTags, RequiredParameterMissing, InstanceNotFound, InstanceLocked, InstanceStatusWrong,
    ImageOfLocalDisk, DiskStatusWrong, ImageDiskBusyWithSnapshot, SnapshotQuotaExceeded, SnapshotNotFound,
    ImageSnapshotNotReady, ImageSnapshotTooOld, ImageSnapshotOfDataDisk, ImageSnapshotNotAllowed,
    ImageWithoutSystemDisk, ImageWithTwoSystemDisks, ImageDeviceTaken, ImageNameTaken, ImageQuotaExceeded,
    DryRunPassed
))]
pub struct CreateImage {
    /// ID of the instance that the image is made of.
    instance_id: Option<InstanceId>,
    /// ID of a finished snapshot of a system disk; it counts only without InstanceId and DiskDeviceMapping.
    snapshot_id: Option<SnapshotId>,
    /// The disks of the image; they count only without InstanceId. One is of a system disk.
    #[param(group, max_items = 17)]
    disk_device_mapping: Vec<MappingParam>,
    /// Name of the image, unique among one's images in the region: 2 to 128 characters, first a letter, then letters,
    /// digits, colons, underscores, periods and hyphens. Without it the ID is the name.
    #[param(check = is_resource_name, row = ImageNameMalformed)]
    image_name: Option<String>,
    /// Description of the image: 2 to 256 characters that do not begin with `http://` or `https://`.
    #[param(check = is_description, row = ResourceDescriptionMalformed)]
    description: Option<String>,
    /// Family of the image: named as images are, but not beginning with `acs:` or `aliyun`.
    #[param(check = is_family)]
    image_family: Option<String>,
    /// Version of the image.
    #[param(len(1, 40))]
    image_version: Option<String>,
    /// Architecture of the system; it counts only for an imported snapshot, otherwise the system is known.
    #[param(one_of("i386", "x86_64", "arm64"))]
    architecture: Option<String>,
    /// Distribution of the system, a Linux; it counts only for an imported snapshot, otherwise the system is known.
    platform: Option<String>,
    /// How the image starts; without it as the image of the instance does.
    #[param(one_of("BIOS", "UEFI", "UEFI-Preferred"))]
    boot_mode: Option<String>,
    /// How the image is examined once it is made. Nothing examines it here; the value changes nothing.
    #[param(one_of("Standard"))]
    detection_strategy: Option<String>,
    /// Resource group that the image belongs to.
    resource_group_id: Option<ResourceGroupId>,
    /// Tags of the image, up to 20.
    #[param(group)]
    tag: Vec<TagParam>,
}

/// A disk of an image to be made.
#[derive(Group)]
struct MappingParam {
    /// Device that the guest sees it as: `/dev/xvda` for the system disk, `/dev/xvdb` to `/dev/xvdz` for data disks. By
    /// default the next that is free.
    #[param(check = is_device, row = ImageDeviceMalformed)]
    device: Option<String>,
    /// Size in GiB, not below that of the snapshot; by default that of the snapshot, and 5 without one.
    #[param(check = is_disk_size, row = ImageDiskSizeUnsupported)]
    size: Option<i64>,
    /// Finished snapshot that fills it. A data disk without one is empty.
    snapshot_id: Option<SnapshotId>,
    /// What it is for; by default as the disk of the snapshot.
    #[param(one_of("system", "data"))]
    disk_type: Option<String>,
}

/// A new image.
#[derive(Shape)]
pub struct CreatedImage {
    /// ID of the image.
    pub(super) image_id: ImageId,
}

impl Run for CreateImage {
    fn run(self, cx: &mut Cx<'_>) -> Result<CreatedImage, ApiError> {
        let tags = tags::read(&self.tag)?;
        let source = self.source(cx)?;
        let region = cx.region().clone();
        if let Some(name) = &self.image_name {
            cx.check_image_name(&region, name)?;
        }
        cx.check_image_quota(&region)?;
        let image = self.image(source, tags, cx)?;
        cx.put(&image)?;
        Ok(CreatedImage { image_id: image.id })
    }
}

impl CreateImage {
    /// What names the image's content: the instance goes before the mappings, they before the snapshot.
    fn source(&self, cx: &Cx<'_>) -> Result<Source, ApiError> {
        // There is one way to examine an image, and nothing examines it.
        let _ = &self.detection_strategy;
        if let Some(id) = &self.instance_id {
            let instance = cx.instance(id)?;
            instance.check_changeable(&[Status::Running, Status::Stopped])?;
            return Source::of_instance(&instance, cx);
        }
        let wanted: Vec<WantedDisk> = match &self.snapshot_id {
            _ if !self.disk_device_mapping.is_empty() => {
                self.disk_device_mapping.iter().map(MappingParam::wanted).collect()
            }
            Some(id) => vec![WantedDisk::system(id.clone())],
            None => {
                let sources = "SnapshotId or InstanceId or DiskDeviceMapping";
                return Err(RequiredParameterMissing.with("name", sources));
            }
        };
        let architecture = match self.architecture.as_deref() {
            Some("i386") => ImageArchitecture::I386,
            Some("arm64") => ImageArchitecture::Arm64,
            _ => ImageArchitecture::X86_64,
        };
        let platform = self.platform.clone().unwrap_or_else(|| OTHER_PLATFORM.to_owned());
        Source::of_snapshots(wanted, cx, || shelf::unknown_origin(architecture, platform))
    }

    fn image(self, source: Source, tags: Vec<Tag>, cx: &mut Cx<'_>) -> Result<CustomImage, ApiError> {
        let (account, region, created_ms) = (cx.account().clone(), cx.region().clone(), cx.now_ms());
        let id = ImageId(cx.new_id("m", &region, ID_LENGTH));
        let name = self.image_name.unwrap_or_else(|| id.to_string());
        let Filled { origin, system, data } = source.fill(&name, cx)?;
        let boot_mode = match self.boot_mode.as_deref() {
            Some("BIOS") => BootMode::Bios,
            Some(_) => BootMode::Uefi,
            None => origin.boot_mode,
        };
        let facts = ImageFacts {
            status: ImageStatus::Available,
            size: system.size,
            data_disks: data,
            label: None,
            ..origin.facts
        };
        Ok(CustomImage {
            account,
            region,
            name,
            id,
            description: self.description.unwrap_or_default(),
            family: self.image_family.unwrap_or_default(),
            version: self.image_version.unwrap_or_default(),
            base: origin.base,
            os_name_zh: origin.os_name_zh,
            os_name_en: origin.os_name_en,
            platform: origin.platform,
            boot_mode,
            nvme_support: origin.nvme_support,
            cloudinit: origin.cloudinit,
            state: ImageState::Creating,
            available_ms: Some(cx.image_ready_ms()?),
            created_ms,
            is_copied: false,
            encrypted: system.encrypted,
            is_public: false,
            shared_with: vec![],
            resource_group: self.resource_group_id.unwrap_or_default(),
            tags,
            system_snapshot: system.snapshot_id.map(SnapshotId),
            facts,
        })
    }
}

impl MappingParam {
    fn wanted(&self) -> WantedDisk {
        WantedDisk {
            device: self.device.clone(),
            size_gib: self.size.and_then(|size| u64::try_from(size).ok()),
            snapshot: self.snapshot_id.clone(),
            kind: self.disk_type.as_deref().map(|kind| match kind {
                "system" => DiskKind::System,
                _ => DiskKind::Data,
            }),
        }
    }
}

/// Whether a disk of an image may be so large, in GiB.
fn is_disk_size(gib: &i64) -> bool {
    (1..=65_536).contains(gib)
}

/// The distribution of a system that nobody knows.
const OTHER_PLATFORM: &str = "Others Linux";

/// Characters of the ID of an image after its prefix.
pub(super) const ID_LENGTH: usize = 20;

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "of a running instance",
        one_running,
        "RegionId=cn-hangzhou&InstanceId=$i&ImageName=web-1.0&Description=with the shop&ImageFamily=web\
         &ImageVersion=1.0&Tag.1.Key=team&Tag.1.Value=a",
    ),
    Case::ok("of a stopped one", one_stopped, "RegionId=cn-hangzhou&InstanceId=$i&BootMode=UEFI"),
    Case::ok(
        "of a snapshot of a system disk",
        snapshots,
        "RegionId=cn-hangzhou&SnapshotId=$s&ImageName=web-of-snapshot",
    ),
    Case::ok(
        "of two snapshots, with an empty disk",
        snapshots,
        "RegionId=cn-hangzhou&DiskDeviceMapping.1.SnapshotId=$s&DiskDeviceMapping.1.Size=60\
         &DiskDeviceMapping.2.SnapshotId=$t&DiskDeviceMapping.2.Device=/dev/xvdc&DiskDeviceMapping.3.DiskType=data",
    ),
    Case::ok(
        "of an imported snapshot",
        snapshots,
        "RegionId=cn-hangzhou&SnapshotId=s-system&Platform=Debian&Architecture=i386",
    ),
    Case::ok(
        "of an instance, which goes before a snapshot",
        one_running,
        "RegionId=cn-hangzhou&InstanceId=$i&SnapshotId=s-bp1none",
    ),
    Case::err("of a region that is none", one_running, "RegionId=cn-atlantis&InstanceId=$i", &RegionNotFound),
    Case::err(
        "a name that is none",
        one_running,
        "RegionId=cn-hangzhou&InstanceId=$i&ImageName=1web",
        &ImageNameMalformed,
    ),
    Case::err(
        "a link as description",
        one_running,
        "RegionId=cn-hangzhou&InstanceId=$i&Description=http://a",
        &ResourceDescriptionMalformed,
    ),
    Case::err(
        "a family of the cloud",
        one_running,
        "RegionId=cn-hangzhou&InstanceId=$i&ImageFamily=acs:web",
        &ParameterMalformed,
    ),
    Case::err(
        "a tag without key",
        one_running,
        "RegionId=cn-hangzhou&InstanceId=$i&Tag.1.Value=a",
        &TagKeyMalformed,
    ),
    Case::err(
        "a link as value of a tag",
        one_running,
        "RegionId=cn-hangzhou&InstanceId=$i&Tag.1.Key=team&Tag.1.Value=http://a",
        &TagValueMalformed,
    ),
    Case::err(
        "one key twice",
        one_running,
        "RegionId=cn-hangzhou&InstanceId=$i&Tag.1.Key=team&Tag.2.Key=team",
        &TagKeyDuplicate,
    ),
    Case::err(
        "21 tags",
        one_running,
        concat!("RegionId=cn-hangzhou&InstanceId=$i&", too_many_tags!()),
        &TooManyTags,
    ),
    Case::err("of nothing", one_running, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err(
        "of a snapshot that is none",
        one_running,
        "RegionId=cn-hangzhou&SnapshotId=s-bp1none",
        &SnapshotNotFound,
    ),
    Case::err(
        "of an unknown instance",
        one_running,
        "RegionId=cn-hangzhou&InstanceId=i-bp1doesnotexist0001",
        &InstanceNotFound,
    ),
    Case::err("of a locked instance", one_locked, "RegionId=cn-hangzhou&InstanceId=$i", &InstanceLocked),
    Case::err(
        "of an instance that is still made",
        one_pending,
        "RegionId=cn-hangzhou&InstanceId=$i",
        &InstanceStatusWrong,
    ),
    Case::err(
        "of an instance on a local disk",
        one_with_fixed_disk_running,
        "RegionId=cn-hangzhou&InstanceId=$i",
        &ImageOfLocalDisk,
    ),
    Case::err(
        "while a disk is being attached",
        another_on_its_way,
        "RegionId=cn-hangzhou&InstanceId=$i",
        &DiskStatusWrong,
    ),
    Case::err(
        "while a snapshot of a disk is taken",
        one_progressing,
        "RegionId=cn-hangzhou&InstanceId=$i",
        &ImageDiskBusyWithSnapshot,
    ),
    Case::err(
        "of a disk that has 256 snapshots",
        one_full_of_snapshots,
        "RegionId=cn-hangzhou&InstanceId=$i",
        &SnapshotQuotaExceeded,
    ),
    Case::err(
        "of an unfinished snapshot",
        one_progressing,
        "RegionId=cn-hangzhou&SnapshotId=$s",
        &ImageSnapshotNotReady,
    ),
    Case::err(
        "of a snapshot from July 2013",
        snapshots,
        "RegionId=cn-hangzhou&SnapshotId=s-old",
        &ImageSnapshotTooOld,
    ),
    Case::err(
        "of an archived snapshot",
        snapshots,
        "RegionId=cn-hangzhou&DiskDeviceMapping.1.SnapshotId=$s&DiskDeviceMapping.2.SnapshotId=s-archived",
        &ImageSnapshotNotAllowed,
    ),
    Case::err(
        "a data disk of a snapshot of a system disk",
        two_system_snapshots,
        "RegionId=cn-hangzhou&DiskDeviceMapping.1.SnapshotId=$s&DiskDeviceMapping.2.SnapshotId=$u\
         &DiskDeviceMapping.2.DiskType=data",
        &ImageSnapshotNotAllowed,
    ),
    Case::err(
        "of a snapshot of a data disk",
        snapshots,
        "RegionId=cn-hangzhou&SnapshotId=$t",
        &ImageSnapshotOfDataDisk,
    ),
    Case::err(
        "without a system disk",
        snapshots,
        "RegionId=cn-hangzhou&DiskDeviceMapping.1.SnapshotId=$t&DiskDeviceMapping.2.DiskType=system",
        &ImageWithoutSystemDisk,
    ),
    Case::err(
        "with two system disks",
        two_system_snapshots,
        "RegionId=cn-hangzhou&DiskDeviceMapping.1.SnapshotId=$s&DiskDeviceMapping.2.SnapshotId=$u",
        &ImageWithTwoSystemDisks,
    ),
    Case::err(
        "no device",
        snapshots,
        "RegionId=cn-hangzhou&DiskDeviceMapping.1.SnapshotId=$s&DiskDeviceMapping.1.Device=/dev/sda",
        &ImageDeviceMalformed,
    ),
    Case::err(
        "the system disk elsewhere",
        snapshots,
        "RegionId=cn-hangzhou&DiskDeviceMapping.1.SnapshotId=$s&DiskDeviceMapping.1.Device=/dev/xvdb",
        &ImageDeviceMalformed,
    ),
    Case::err(
        "two disks at one device",
        snapshots,
        "RegionId=cn-hangzhou&DiskDeviceMapping.1.SnapshotId=$s&DiskDeviceMapping.2.SnapshotId=$t\
         &DiskDeviceMapping.2.Device=/dev/xvdb&DiskDeviceMapping.3.Size=5&DiskDeviceMapping.3.Device=/dev/xvdb",
        &ImageDeviceTaken,
    ),
    Case::err(
        "a disk smaller than its snapshot",
        snapshots,
        "RegionId=cn-hangzhou&DiskDeviceMapping.1.SnapshotId=$s&DiskDeviceMapping.1.Size=39",
        &ImageDiskSizeUnsupported,
    ),
    Case::err(
        "a disk of no size",
        snapshots,
        "RegionId=cn-hangzhou&DiskDeviceMapping.1.SnapshotId=$s&DiskDeviceMapping.1.Size=0",
        &ImageDiskSizeUnsupported,
    ),
    Case::err(
        "a name that another has",
        one_image,
        "RegionId=cn-hangzhou&InstanceId=$i&ImageName=web-1.0",
        &ImageNameTaken,
    ),
    Case::err("the 101st", full_of_images, "RegionId=cn-hangzhou&InstanceId=$i", &ImageQuotaExceeded),
    Case::err("a rehearsal", one_running, "RegionId=cn-hangzhou&InstanceId=$i&DryRun=true", &DryRunPassed),
];
