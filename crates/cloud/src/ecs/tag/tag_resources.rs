//! TagResources.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::tag::given::{full_of_tags, tagged};
use crate::ecs::tag::{change_all, check_resources, kind};
use crate::errors::{
    ApiError, RegionNotFound, RequiredParameterMissing, TagKeyDuplicate, TagKeyMalformed,
    TagResourceIdsMissing, TagResourceNotFound, TagResourceTypeMissing, TagResourceTypeUnknown,
    TagValueMalformed, TagsMissing, TooManyTaggedResources, TooManyTags, TooManyTagsOnResource,
};
use crate::spec::Run;
use crate::tags::{self, TAGS_MAX, TagParam};
use crate::vpc::given::{fifty_one_ids, too_many_tags};

/// Puts tags on resources of one kind, on all or on none.
///
/// A tag whose key a resource has already gets the new value there. A resource carries up to 20 tags.
#[derive(Action)]
#[action(ecs, write, region, reply = Empty, raises(
    RegionNotFound,
    RequiredParameterMissing,
    TagResourceTypeMissing,
    TagResourceTypeUnknown,
    TagResourceIdsMissing,
    TooManyTaggedResources,
    TagsMissing,
    TagKeyMalformed,
    TagValueMalformed,
    TagKeyDuplicate,
    TooManyTags,
    TagResourceNotFound,
    TooManyTagsOnResource
))]
pub struct TagResources {
    /// Kind of the resources: `disk`, `eni`, `image`, `instance`, `keypair`, `securitygroup` or `snapshot`.
    #[param(missing = TagResourceTypeMissing)]
    resource_type: Option<String>,
    /// IDs of the resources, names in the case of key pairs: 1 to 50.
    #[param(missing = TagResourceIdsMissing)]
    resource_id: Vec<String>,
    /// The tags, 1 to 20.
    #[param(group, missing = TagsMissing)]
    tag: Vec<TagParam>,
}

impl Run for TagResources {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let kind = kind(self.resource_type.as_ref())?;
        check_resources(&self.resource_id)?;
        if self.tag.is_empty() {
            return Err(TagsMissing.about("Tag"));
        }
        let new = tags::read(&self.tag)?;
        let most = change_all(cx, kind, &self.resource_id, &|tags| tags::merge(tags, &new))?;
        if most > TAGS_MAX {
            return Err((&TooManyTagsOnResource).into());
        }
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "two resources",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group&ResourceId.2=$other&Tag.1.Key=team&Tag.1.Value=b",
    ),
    Case::ok(
        "a key pair by its name",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=keypair&ResourceId.1=login&Tag.1.Key=env&Tag.1.Value=",
    ),
    Case::err(
        "a region that is none",
        tagged,
        "RegionId=cn-atlantis&ResourceType=securitygroup&ResourceId.1=$group&Tag.1.Key=team",
        &RegionNotFound,
    ),
    Case::err(
        "no region",
        tagged,
        "ResourceType=securitygroup&ResourceId.1=$group&Tag.1.Key=team",
        &RequiredParameterMissing,
    ),
    Case::err(
        "no kind",
        tagged,
        "RegionId=cn-hangzhou&ResourceId.1=$group&Tag.1.Key=team",
        &TagResourceTypeMissing,
    ),
    Case::err(
        "a kind that is none",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=cloud&ResourceId.1=$group&Tag.1.Key=team",
        &TagResourceTypeUnknown,
    ),
    Case::err(
        "no resources",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&Tag.1.Key=team",
        &TagResourceIdsMissing,
    ),
    Case::err(
        "51 resources",
        tagged,
        concat!("RegionId=cn-hangzhou&ResourceType=securitygroup&Tag.1.Key=team&", fifty_one_ids!()),
        &TooManyTaggedResources,
    ),
    Case::err(
        "no tags",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group",
        &TagsMissing,
    ),
    Case::err(
        "a reserved key",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group&Tag.1.Key=acs:team",
        &TagKeyMalformed,
    ),
    Case::err(
        "a link as value",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group&Tag.1.Key=team&Tag.1.Value=http://a",
        &TagValueMalformed,
    ),
    Case::err(
        "one key twice",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group&Tag.1.Key=team&Tag.2.Key=team",
        &TagKeyDuplicate,
    ),
    Case::err(
        "21 tags",
        tagged,
        concat!("RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group&", too_many_tags!()),
        &TooManyTags,
    ),
    Case::err(
        "a resource that is none",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group&ResourceId.2=sg-none&Tag.1.Key=team",
        &TagResourceNotFound,
    ),
    Case::err(
        "a resource of another region",
        tagged,
        "RegionId=cn-beijing&ResourceType=securitygroup&ResourceId.1=$group&Tag.1.Key=team",
        &TagResourceNotFound,
    ),
    Case::err(
        "the 21st tag of a resource",
        full_of_tags,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group&Tag.1.Key=one_more",
        &TooManyTagsOnResource,
    ),
];
