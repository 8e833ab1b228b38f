//! DeleteImage.

use moyun_derive::Action;
use moyun_store::Key;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::image::given::{image_in_use, one_creating, one_deleted, one_image};
use crate::ecs::image::record::ImageState;
use crate::ecs::instance::record::{BY_IMAGE, Instance};
use crate::errors::{
    ApiError, DryRunPassed, ImageInUse, ImageNotFound, ImageStatusWrong, ParameterMalformed, RegionNotFound,
    RequiredParameterMissing,
};
use crate::ids::ImageId;
use crate::spec::Run;

/// Deletes a custom image of one's own.
///
/// An image that instances were made from goes only with Force; they stay as they are. Those whom it was shared with
/// lose it too.
#[derive(Action)]
#[action(ecs, write, region, dry_run = DryRunPassed, reply = Empty, raises(
    RegionNotFound, RequiredParameterMissing, ParameterMalformed, ImageNotFound, ImageStatusWrong, ImageInUse,
    DryRunPassed
))]
pub struct DeleteImage {
    /// ID of the image.
    #[param(required)]
    image_id: ImageId,
    /// Delete the image though instances were made from it.
    #[param(default = false)]
    force: bool,
}

impl Run for DeleteImage {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let mut image = cx.own_image(&self.image_id)?;
        if image.state == ImageState::Creating {
            return Err(ImageStatusWrong.about("ImageId"));
        }
        let users = Key::new().text(cx.account()).text(cx.region()).text(&image.id);
        if !self.force && !cx.tx.index_keys::<Instance>(BY_IMAGE, &users, 0, 1)?.is_empty() {
            return Err(ImageInUse.about("ImageId"));
        }
        image.state = ImageState::Deleted;
        cx.put(&image)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("one that nobody uses", one_image, "RegionId=cn-hangzhou&ImageId=$m"),
    Case::ok("one in use, by force", image_in_use, "RegionId=cn-hangzhou&ImageId=$m&Force=true"),
    Case::err("of a region that is none", one_image, "RegionId=cn-atlantis&ImageId=$m", &RegionNotFound),
    Case::err("no id", one_image, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err(
        "a flag that is none",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&Force=perhaps",
        &ParameterMalformed,
    ),
    Case::err(
        "an unknown id",
        one_image,
        "RegionId=cn-hangzhou&ImageId=m-bp1doesnotexist00001",
        &ImageNotFound,
    ),
    Case::err("one of another region", one_image, "RegionId=cn-beijing&ImageId=$m", &ImageNotFound),
    Case::err("one that is gone", one_deleted, "RegionId=cn-hangzhou&ImageId=$m", &ImageNotFound),
    Case::err("it is still being made", one_creating, "RegionId=cn-hangzhou&ImageId=$m", &ImageStatusWrong),
    Case::err("one in use", image_in_use, "RegionId=cn-hangzhou&ImageId=$m", &ImageInUse),
    Case::err("a rehearsal", one_image, "RegionId=cn-hangzhou&ImageId=$m&DryRun=true", &DryRunPassed),
];
