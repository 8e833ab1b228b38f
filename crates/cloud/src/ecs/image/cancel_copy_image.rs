//! CancelCopyImage.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::image::given::{one_copied, one_copying, one_creating};
use crate::ecs::image::record::ImageState;
use crate::errors::{
    ApiError, ImageCopyFinished, ImageIsNoCopy, ImageNotFound, RegionNotFound, RequiredParameterMissing,
};
use crate::ids::ImageId;
use crate::spec::Run;

/// Stops the copying of an image.
///
/// The unfinished copy goes; its source stays as it is. The snapshots that were begun for it stay too. A finished copy
/// is deleted by DeleteImage.
#[derive(Action)]
#[action(ecs, write, region, reply = Empty, raises(
    RegionNotFound, RequiredParameterMissing, ImageNotFound, ImageIsNoCopy, ImageCopyFinished
))]
pub struct CancelCopyImage {
    /// ID of the copy, in its region.
    #[param(required)]
    image_id: ImageId,
}

impl Run for CancelCopyImage {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let mut copy = cx.own_image(&self.image_id)?;
        if !copy.is_copied {
            return Err(ImageIsNoCopy.about("ImageId"));
        }
        if copy.state != ImageState::Creating {
            return Err(ImageCopyFinished.about("ImageId"));
        }
        copy.state = ImageState::Deleted;
        copy.available_ms = None;
        cx.put(&copy)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("an unfinished copy", one_copying, "RegionId=cn-beijing&ImageId=$copy"),
    Case::err("in a region that is none", one_copying, "RegionId=cn-atlantis&ImageId=$copy", &RegionNotFound),
    Case::err("no id", one_copying, "RegionId=cn-beijing", &RequiredParameterMissing),
    Case::err(
        "in the region of the source",
        one_copying,
        "RegionId=cn-hangzhou&ImageId=$copy",
        &ImageNotFound,
    ),
    Case::err("a finished copy", one_copied, "RegionId=cn-beijing&ImageId=$copy", &ImageCopyFinished),
    Case::err("an image that is no copy", one_creating, "RegionId=cn-hangzhou&ImageId=$m", &ImageIsNoCopy),
];
