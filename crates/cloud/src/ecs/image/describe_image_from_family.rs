//! DescribeImageFromFamily.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::image::given::{newest_deprecated, two_images, withdrawn};
use crate::ecs::image::shape::Image;
use crate::ecs::image::shelf;
use crate::errors::{ApiError, RegionNotFound, RequiredParameterMissing};
use crate::ids::RegionId;
use crate::spec::Run;

/// Shows the newest image of a family that is Available.
///
/// A family of one's own goes before one of the cloud. The image is not there when the family has none.
#[derive(Action)]
#[action(ecs, read, region, reply = FamilyImage, raises(RegionNotFound, RequiredParameterMissing))]
pub struct DescribeImageFromFamily {
    /// Name of the family.
    #[param(required)]
    image_family: String,
}

/// The newest image of a family.
#[derive(Shape)]
pub struct FamilyImage {
    /// ID of the region.
    region_id: RegionId,
    /// The image.
    image: Option<Image>,
}

impl Run for DescribeImageFromFamily {
    fn run(self, cx: &mut Cx<'_>) -> Result<FamilyImage, ApiError> {
        let image = match cx.newest_of_family(&self.image_family)? {
            Some(id) => Some(Image::of(shelf::visible(cx, &id)?, cx)?),
            None => None,
        };
        Ok(FamilyImage { region_id: cx.region().clone(), image })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("of one's own family", two_images, "RegionId=cn-hangzhou&ImageFamily=web"),
    Case::ok("without deprecated ones", newest_deprecated, "RegionId=cn-hangzhou&ImageFamily=web"),
    Case::ok("of the cloud", nothing, "RegionId=cn-hangzhou&ImageFamily=acs:debian_11_7_x64"),
    Case::ok("of a family without images", nothing, "RegionId=cn-hangzhou&ImageFamily=none"),
    Case::ok(
        "of a family that was withdrawn",
        withdrawn,
        "RegionId=cn-hangzhou&ImageFamily=acs:centos_7_9_x64",
    ),
    Case::err("of a region that is none", nothing, "RegionId=cn-atlantis&ImageFamily=web", &RegionNotFound),
    Case::err("no family", nothing, "RegionId=cn-hangzhou", &RequiredParameterMissing),
];
