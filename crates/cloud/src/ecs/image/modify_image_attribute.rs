//! ModifyImageAttribute.

use moyun_derive::{Action, Group};
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::catalog::images::BootMode;
use crate::cx::Cx;
use crate::ecs::image::given::{one_creating, one_deleted, one_image, two_images};
use crate::ecs::image::record::{ImageState, is_family};
use crate::errors::{
    ApiError, DryRunPassed, ImageNameMalformed, ImageNameTaken, ImageNotFound, ImageStatusWrong,
    ParameterMalformed, RegionNotFound, RequiredParameterMissing, ResourceDescriptionMalformed,
};
use crate::ids::ImageId;
use crate::names::{is_description, is_resource_name};
use crate::spec::Run;

/// Changes a custom image of one's own; what is not given stays.
///
/// A deprecated image is left out of DescribeImages unless asked for, and out of its family; instances can still be
/// made from it by its ID.
#[derive(Action)]
#[action(ecs, write, region, dry_run = DryRunPassed, reply = Empty, raises(
    RegionNotFound, RequiredParameterMissing, ImageNameMalformed, ResourceDescriptionMalformed,
    ParameterMalformed, ImageNotFound, ImageNameTaken, ImageStatusWrong, DryRunPassed
))]
pub struct ModifyImageAttribute {
    /// ID of the image.
    #[param(required)]
    image_id: ImageId,
    /// Name of the image, unique among one's images in the region: 2 to 128 characters, first a letter, then letters,
    /// digits, colons, underscores, periods and hyphens.
    #[param(check = is_resource_name, row = ImageNameMalformed)]
    image_name: Option<String>,
    /// Description of the image: 2 to 256 characters that do not begin with `http://` or `https://`.
    #[param(check = is_description, row = ResourceDescriptionMalformed)]
    description: Option<String>,
    /// Family of the image: named as images are, but not beginning with `acs:` or `aliyun`.
    #[param(check = is_family)]
    image_family: Option<String>,
    /// Whether the image should still be used.
    #[param(one_of("Deprecated", "Available"))]
    status: Option<String>,
    /// How the image starts.
    #[param(one_of("BIOS", "UEFI", "UEFI-Preferred"))]
    boot_mode: Option<String>,
    /// Who licenses the system. Nothing is licensed here; the value changes nothing.
    #[expect(dead_code, reason = "read for its type; nothing is licensed")]
    #[param(one_of("Auto", "Aliyun", "BYOL"))]
    license_type: Option<String>,
    /// What the system can do.
    #[param(group)]
    features: Option<FeatureParams>,
}

/// What the system of an image can do.
#[derive(Group)]
struct FeatureParams {
    /// Whether it knows NVMe disks.
    #[param(one_of("supported", "unsupported"))]
    nvme_support: Option<String>,
    /// Which metadata service its instances offer. No guest ever asks; the value changes nothing.
    #[expect(dead_code, reason = "read for its type; no guest ever asks")]
    #[param(one_of("v1", "v2"))]
    imds_support: Option<String>,
}

impl Run for ModifyImageAttribute {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let mut image = cx.own_image(&self.image_id)?;
        if let Some(name) = self.image_name.filter(|name| *name != image.name) {
            cx.check_image_name(&image.region, &name)?;
            image.name = name;
        }
        if let Some(status) = &self.status {
            if !image.state.is_usable() {
                return Err(ImageStatusWrong.about("ImageId"));
            }
            image.state = if status == "Deprecated" { ImageState::Deprecated } else { ImageState::Available };
        }
        if let Some(description) = self.description {
            image.description = description;
        }
        if let Some(family) = self.image_family {
            image.family = family;
        }
        if let Some(mode) = &self.boot_mode {
            image.boot_mode = if mode == "BIOS" { BootMode::Bios } else { BootMode::Uefi };
        }
        if let Some(support) = self.features.and_then(|features| features.nvme_support) {
            image.nvme_support = support == "supported";
        }
        cx.put(&image)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "its words",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&ImageName=web-1.1&Description=of the shop&ImageFamily=shop",
    ),
    Case::ok("deprecated", one_image, "RegionId=cn-hangzhou&ImageId=$m&Status=Deprecated"),
    Case::ok(
        "its system",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&BootMode=UEFI&LicenseType=Auto&Features.NvmeSupport=supported",
    ),
    Case::err("of a region that is none", one_image, "RegionId=cn-atlantis&ImageId=$m", &RegionNotFound),
    Case::err("no id", one_image, "RegionId=cn-hangzhou&ImageName=web-1.1", &RequiredParameterMissing),
    Case::err(
        "a name that is none",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&ImageName=1web",
        &ImageNameMalformed,
    ),
    Case::err(
        "a link as description",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&Description=http://a",
        &ResourceDescriptionMalformed,
    ),
    Case::err(
        "a status that cannot be set",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&Status=Creating",
        &ParameterMalformed,
    ),
    Case::err(
        "an unknown id",
        one_image,
        "RegionId=cn-hangzhou&ImageId=m-bp1doesnotexist00001&ImageName=web-1.1",
        &ImageNotFound,
    ),
    Case::err(
        "one that is gone",
        one_deleted,
        "RegionId=cn-hangzhou&ImageId=$m&ImageName=web-1.1",
        &ImageNotFound,
    ),
    Case::err(
        "a name that another has",
        two_images,
        "RegionId=cn-hangzhou&ImageId=$m&ImageName=web-2.0",
        &ImageNameTaken,
    ),
    Case::err(
        "it is still being made",
        one_creating,
        "RegionId=cn-hangzhou&ImageId=$m&Status=Deprecated",
        &ImageStatusWrong,
    ),
    Case::err("a rehearsal", one_image, "RegionId=cn-hangzhou&ImageId=$m&DryRun=true", &DryRunPassed),
];
