//! DescribeImageSharePermission.

use moyun_derive::{Action, Shape};

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::image::given::{one_deleted, one_image, one_published, one_shared};
use crate::errors::{ApiError, ImageNotFound, ParameterMalformed, RegionNotFound, RequiredParameterMissing};
use crate::ids::{AccountId, ImageId, RegionId};
use crate::paging::NumberedPaging;
use crate::spec::Run;

/// Lists the accounts that a custom image of one's own is shared with, by their IDs.
#[derive(Action)]
#[action(ecs, read, region, reply = SharePermission, raises(
    RegionNotFound, RequiredParameterMissing, ParameterMalformed, ImageNotFound
))]
pub struct DescribeImageSharePermission {
    /// ID of the image.
    #[param(required)]
    image_id: ImageId,
    /// Which page.
    #[param(flatten)]
    paging: NumberedPaging,
}

/// Whom an image is shared with.
#[derive(Shape)]
pub struct SharePermission {
    /// ID of the image.
    image_id: ImageId,
    /// ID of the region.
    region_id: RegionId,
    /// The accounts of the page.
    #[shape(list = "Account")]
    accounts: Vec<ShareAccount>,
    /// Groups that it is shared with: `all` when it is published.
    #[shape(list = "ShareGroup")]
    share_groups: Vec<ShareGroup>,
    /// Number of the page.
    page_number: i64,
    /// Accounts on a page.
    page_size: i64,
    /// Accounts in the whole list.
    total_count: usize,
}

/// An account that an image is shared with.
#[derive(Shape)]
struct ShareAccount {
    /// ID of the account.
    aliyun_id: AccountId,
}

/// A group that an image is shared with.
#[derive(Shape)]
struct ShareGroup {
    /// Name of the group.
    group: &'static str,
}

impl Run for DescribeImageSharePermission {
    fn run(self, cx: &mut Cx<'_>) -> Result<SharePermission, ApiError> {
        let image = cx.own_image(&self.image_id)?;
        let NumberedPaging { page_number, page_size } = self.paging;
        let size = usize::try_from(page_size).unwrap_or(usize::MAX);
        let skip = usize::try_from(page_number - 1).unwrap_or(usize::MAX).saturating_mul(size);
        let total_count = image.shared_with.len();
        let page = image.shared_with.into_iter().skip(skip).take(size);
        Ok(SharePermission {
            image_id: image.id,
            region_id: image.region,
            accounts: page.map(|aliyun_id| ShareAccount { aliyun_id }).collect(),
            share_groups: image.is_public.then_some(ShareGroup { group: "all" }).into_iter().collect(),
            page_number,
            page_size,
            total_count,
        })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("shared with one", one_shared, "RegionId=cn-hangzhou&ImageId=$m"),
    Case::ok("its second page", one_shared, "RegionId=cn-hangzhou&ImageId=$m&PageNumber=2&PageSize=5"),
    Case::ok("published", one_published, "RegionId=cn-hangzhou&ImageId=$m"),
    Case::err("of a region that is none", one_image, "RegionId=cn-atlantis&ImageId=$m", &RegionNotFound),
    Case::err("no id", one_image, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err(
        "too large a page",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&PageSize=101",
        &ParameterMalformed,
    ),
    Case::err("one that is gone", one_deleted, "RegionId=cn-hangzhou&ImageId=$m", &ImageNotFound),
];
