//! CreateImage.

use moyun_derive::{Action, Group, Shape};
use moyun_store::Fault;

use crate::case::Case;
use crate::catalog::images::{BootMode, DataDiskMapping, ImageStatus};
use crate::cx::Cx;
use crate::ecs::disk::record::DiskKind;
use crate::ecs::image::given::{full_of_images, one_image};
use crate::ecs::image::record::{CustomImage, ImageState, is_family};
use crate::ecs::image::shelf;
use crate::ecs::instance::given::{one_locked, one_pending, one_running, one_stopped};
use crate::ecs::instance::record::{Instance, Status};
use crate::errors::{
    ApiError, DryRunPassed, ImageNameMalformed, ImageNameTaken, ImageQuotaExceeded, InstanceLocked,
    InstanceNotFound, InstanceStatusWrong, ParameterMalformed, ParametersConflict, RegionNotFound,
    RequiredParameterMissing, ResourceDescriptionMalformed, SnapshotNotFound, TagKeyDuplicate,
    TagKeyMalformed, TagValueMalformed, TooManyTags,
};
use crate::ids::{ImageId, InstanceId, ResourceGroupId, SnapshotId};
use crate::names::{is_description, is_resource_name};
use crate::spec::Run;
use crate::tags::{self, Tag, TagParam};
use crate::vpc::given::too_many_tags;

/// Makes a custom image of an instance that runs or is stopped.
///
/// The image holds the system disk and every data disk of the instance. It is `Creating` for a while and can be used
/// once DescribeImages shows it as `Available`. An image of an instance that was made from a marketplace image keeps
/// the product code. An account can have up to 100 images in a region.
#[derive(Action)]
#[action(ecs, write, region, idempotent, dry_run = DryRunPassed, reply = CreatedImage, raises(
    RegionNotFound, ImageNameMalformed, ResourceDescriptionMalformed, ParameterMalformed, TagKeyMalformed,
    TagValueMalformed, TagKeyDuplicate, TooManyTags, RequiredParameterMissing, ParametersConflict,
    SnapshotNotFound, InstanceNotFound, InstanceLocked, InstanceStatusWrong, ImageNameTaken,
    ImageQuotaExceeded, DryRunPassed
))]
pub struct CreateImage {
    /// ID of the instance that the image is made of.
    instance_id: Option<InstanceId>,
    /// ID of the snapshot of a system disk, in place of InstanceId. Images cannot be made of snapshots yet.
    snapshot_id: Option<SnapshotId>,
    /// Snapshots of which the image is made, in place of InstanceId. Images cannot be made of snapshots yet.
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
    /// Architecture of the system; an image of an instance keeps that of the instance.
    #[param(one_of("i386", "x86_64", "arm64"))]
    architecture: Option<String>,
    /// Distribution of the system; an image of an instance keeps that of the instance.
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
    /// Device that the guest sees it as.
    device: Option<String>,
    /// Size in GiB.
    #[param(range(1, 65536))]
    size: Option<i64>,
    /// Snapshot that fills it.
    snapshot_id: Option<SnapshotId>,
    /// What it is for.
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
        let instance = cx.instance(self.source()?)?;
        instance.check_changeable(&[Status::Running, Status::Stopped])?;
        let region = cx.region().clone();
        if let Some(name) = &self.image_name {
            cx.check_image_name(&region, name)?;
        }
        cx.check_image_quota(&region)?;
        let image = self.image(&instance, tags, cx)?;
        cx.put(&image)?;
        Ok(CreatedImage { image_id: image.id })
    }
}

impl CreateImage {
    /// The instance; there are no snapshots to be named.
    fn source(&self) -> Result<&InstanceId, ApiError> {
        let is_mapped = !self.disk_device_mapping.is_empty();
        let _ = (&self.architecture, &self.platform, &self.detection_strategy);
        match (&self.instance_id, &self.snapshot_id) {
            (Some(_), Some(_)) => {
                Err(ParametersConflict.with("first", "InstanceId").with("second", "SnapshotId"))
            }
            (Some(_), None) if is_mapped => {
                Err(ParametersConflict.with("first", "InstanceId").with("second", "DiskDeviceMapping"))
            }
            (Some(id), None) => Ok(id),
            (None, Some(_)) => Err(SnapshotNotFound.about("SnapshotId")),
            (None, None) => match self.disk_device_mapping.first() {
                Some(mapping) => Err(mapping.refusal()),
                None => Err(RequiredParameterMissing.with("name", "InstanceId")),
            },
        }
    }

    fn image(self, instance: &Instance, tags: Vec<Tag>, cx: &mut Cx<'_>) -> Result<CustomImage, ApiError> {
        let origin = shelf::origin(cx, &instance.image)?
            .ok_or_else(|| Fault::new("an instance is of an image that the world has lost"))?;
        let mut facts = origin.facts.clone();
        facts.status = ImageStatus::Available;
        facts.data_disks.clear();
        for disk in cx.disks_of(&instance.id)? {
            let device = disk.attachment.map(|attachment| attachment.device).unwrap_or_default();
            match disk.kind {
                DiskKind::System => facts.size = disk.size_gib,
                DiskKind::Data => {
                    let size = disk.size_gib;
                    facts.data_disks.push(DataDiskMapping { device, size, snapshot_id: None });
                }
            }
        }
        let id = ImageId(cx.new_id("m", &instance.region, ID_LENGTH));
        let boot_mode = match self.boot_mode.as_deref() {
            Some("BIOS") => BootMode::Bios,
            Some(_) => BootMode::Uefi,
            None => origin.boot_mode,
        };
        let available_ms = Some(cx.image_ready_ms()?);
        let (account, region, created_ms) = (cx.account().clone(), cx.region().clone(), cx.now_ms());
        Ok(CustomImage {
            account,
            region,
            name: self.image_name.unwrap_or_else(|| id.to_string()),
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
            available_ms,
            created_ms,
            is_copied: false,
            encrypted: false,
            is_public: false,
            shared_with: vec![],
            resource_group: self.resource_group_id.unwrap_or_default(),
            tags,
            facts,
        })
    }
}

impl MappingParam {
    /// Why it cannot be had.
    fn refusal(&self) -> ApiError {
        let _ = (&self.device, self.size, &self.disk_type);
        match self.snapshot_id {
            Some(_) => SnapshotNotFound.about("DiskDeviceMapping.1.SnapshotId"),
            None => RequiredParameterMissing.with("name", "DiskDeviceMapping.1.SnapshotId"),
        }
    }
}

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
        "of a disk without a snapshot",
        one_running,
        "RegionId=cn-hangzhou&DiskDeviceMapping.1.Size=40",
        &RequiredParameterMissing,
    ),
    Case::err(
        "of an instance and a snapshot",
        one_running,
        "RegionId=cn-hangzhou&InstanceId=$i&SnapshotId=s-bp1none",
        &ParametersConflict,
    ),
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
        "a name that another has",
        one_image,
        "RegionId=cn-hangzhou&InstanceId=$i&ImageName=web-1.0",
        &ImageNameTaken,
    ),
    Case::err("the 101st", full_of_images, "RegionId=cn-hangzhou&InstanceId=$i", &ImageQuotaExceeded),
    Case::err("a rehearsal", one_running, "RegionId=cn-hangzhou&InstanceId=$i&DryRun=true", &DryRunPassed),
];
