//! RemoveTags.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::tag::given::tagged;
use crate::ecs::tag::{change_all, kind};
use crate::errors::{
    ApiError, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing, TagResourceNotFound,
    TagResourceTypeUnknown, TagsMissing, TooManyTags,
};
use crate::spec::Run;
use crate::tags::{Tag, TagParam};
use crate::vpc::given::too_many_tags;

/// Takes tags off a resource. It is the older form of UntagResources.
///
/// Tags that the resource does not have are passed over.
#[derive(Action)]
#[action(ecs, write, region, reply = Empty, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    TooManyTags,
    TagResourceTypeUnknown,
    TagsMissing,
    TagResourceNotFound
))]
pub struct RemoveTags {
    /// Kind of the resource: `disk`, `eni`, `image`, `instance`, `keypair`, `securitygroup` or `snapshot`.
    #[param(required)]
    resource_type: String,
    /// ID of the resource, its name in the case of a key pair.
    #[param(required)]
    resource_id: String,
    /// The tags, 1 to 20. A tag without value stands for any value.
    #[param(group, max_items = 20, row = TooManyTags)]
    tag: Vec<TagParam>,
}

impl Run for RemoveTags {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let kind = kind(Some(&self.resource_type))?;
        if self.tag.is_empty() {
            return Err(TagsMissing.about("Tag"));
        }
        let stays = |tag: &Tag| !self.tag.iter().any(|gone| gone.fits(tag));
        change_all(cx, kind, &[self.resource_id], &|tags| tags.retain(stays))?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "a key, and a tag of another value",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=$group&Tag.1.Key=team&Tag.2.Key=env&Tag.2.Value=none",
    ),
    Case::err(
        "a region that is none",
        tagged,
        "RegionId=cn-atlantis&ResourceType=securitygroup&ResourceId=$group&Tag.1.Key=team",
        &RegionNotFound,
    ),
    Case::err(
        "no kind",
        tagged,
        "RegionId=cn-hangzhou&ResourceId=$group&Tag.1.Key=team",
        &RequiredParameterMissing,
    ),
    Case::err(
        "an empty ID",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=&Tag.1.Key=team",
        &RequiredParameterEmpty,
    ),
    Case::err(
        "21 tags",
        tagged,
        concat!("RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=$group&", too_many_tags!()),
        &TooManyTags,
    ),
    Case::err(
        "a kind that is none",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=cloud&ResourceId=$group&Tag.1.Key=team",
        &TagResourceTypeUnknown,
    ),
    Case::err(
        "no tags",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=$group",
        &TagsMissing,
    ),
    Case::err(
        "a resource that is none",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=sg-none&Tag.1.Key=team",
        &TagResourceNotFound,
    ),
];
