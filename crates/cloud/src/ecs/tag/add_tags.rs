//! AddTags.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::tag::given::{full_of_tags, tagged};
use crate::ecs::tag::{change_all, kind};
use crate::errors::{
    ApiError, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing, TagKeyDuplicate,
    TagKeyMalformed, TagResourceNotFound, TagResourceTypeUnknown, TagValueMalformed, TagsMissing,
    TooManyTags, TooManyTagsOnResource,
};
use crate::spec::Run;
use crate::tags::{self, TAGS_MAX, TagParam};
use crate::vpc::given::too_many_tags;

/// Puts tags on a resource. It is the older form of TagResources.
///
/// A tag whose key the resource has already gets the new value. A resource carries up to 20 tags.
#[derive(Action)]
#[action(ecs, write, region, reply = Empty, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    TagResourceTypeUnknown,
    TagsMissing,
    TagKeyMalformed,
    TagValueMalformed,
    TagKeyDuplicate,
    TooManyTags,
    TagResourceNotFound,
    TooManyTagsOnResource
))]
pub struct AddTags {
    /// Kind of the resource: `disk`, `eni`, `image`, `instance`, `keypair`, `securitygroup` or `snapshot`.
    #[param(required)]
    resource_type: String,
    /// ID of the resource, its name in the case of a key pair.
    #[param(required)]
    resource_id: String,
    /// The tags, 1 to 20.
    #[param(group, missing = TagsMissing)]
    tag: Vec<TagParam>,
}

impl Run for AddTags {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let kind = kind(Some(&self.resource_type))?;
        if self.tag.is_empty() {
            return Err(TagsMissing.about("Tag"));
        }
        let new = tags::read(&self.tag)?;
        let count = change_all(cx, kind, &[self.resource_id], &|tags| tags::merge(tags, &new))?;
        if count > TAGS_MAX {
            return Err((&TooManyTagsOnResource).into());
        }
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "a new value and a new key",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=$group&Tag.1.Key=team&Tag.1.Value=b&Tag.2.Key=new",
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
        "a reserved key",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=$group&Tag.1.Key=acs:team",
        &TagKeyMalformed,
    ),
    Case::err(
        "a link as value",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=$group&Tag.1.Key=team&Tag.1.Value=http://a",
        &TagValueMalformed,
    ),
    Case::err(
        "one key twice",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=$group&Tag.1.Key=team&Tag.2.Key=team",
        &TagKeyDuplicate,
    ),
    Case::err(
        "21 tags",
        tagged,
        concat!("RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=$group&", too_many_tags!()),
        &TooManyTags,
    ),
    Case::err(
        "a resource that is none",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=sg-none&Tag.1.Key=team",
        &TagResourceNotFound,
    ),
    Case::err(
        "the 21st tag of a resource",
        full_of_tags,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=$group&Tag.1.Key=one_more",
        &TooManyTagsOnResource,
    ),
];
