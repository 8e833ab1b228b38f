//! ListTagResources.

use moyun_derive::{Action, Group, Shape};

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::tag::given::tagged;
use crate::ecs::tag::kinds::{Page, Tagged};
use crate::ecs::tag::{RESOURCES_MAX, kind};
use crate::errors::{
    ApiError, ParameterMalformed, RegionNotFound, RequiredParameterMissing, TagResourceIdsMissing,
    TagResourceTypeMissing, TagResourceTypeUnknown, TooManyTaggedResources,
};
use crate::paging::PageToken;
use crate::spec::Run;
use crate::tags::{self, Tag, TagParam};
use crate::vpc::given::fifty_one_ids;

/// Lists the tags of resources of one kind.
///
/// Name the resources, or tags that they have, or both. With Tag or TagFilter a resource counts when it has all of them,
/// and only those of its tags are listed. A page covers up to 50 resources. Resources that do not exist are passed over.
#[derive(Action)]
#[action(ecs, read, region, reply = TagResourceList, raises(
    RegionNotFound,
    RequiredParameterMissing,
    ParameterMalformed,
    TagResourceTypeMissing,
    TagResourceTypeUnknown,
    TagResourceIdsMissing,
    TooManyTaggedResources
))]
pub struct ListTagResources {
    /// Kind of the resources: `disk`, `eni`, `image`, `instance`, `keypair`, `securitygroup` or `snapshot`.
    #[param(missing = TagResourceTypeMissing)]
    resource_type: Option<String>,
    /// IDs of the resources, names in the case of key pairs: up to 50.
    resource_id: Vec<String>,
    /// Tags that the resources have. A tag without value stands for any value.
    #[param(group)]
    tag: Vec<TagParam>,
    /// Keys that the resources have, each with one of several values.
    #[param(group, max_items = 20)]
    tag_filter: Vec<TagFilter>,
    /// Where the last page ended: its NextToken.
    next_token: Option<PageToken>,
}

/// A key and the values that it may have.
#[derive(Group)]
struct TagFilter {
    /// Key of the tag.
    #[param(required)]
    tag_key: String,
    /// Values of the tag. Without any, every value counts.
    #[param(max_items = 20)]
    tag_values: Vec<String>,
}

impl TagFilter {
    fn passes(&self, tag: &Tag) -> bool {
        tag.key == self.tag_key && (self.tag_values.is_empty() || self.tag_values.contains(&tag.value))
    }
}

/// A page of tags.
#[derive(Shape)]
pub struct TagResourceList {
    /// Where this page ends; empty on the last one.
    next_token: String,
    /// The tags.
    #[shape(list = "TagResource")]
    tag_resources: Vec<TagResource>,
}

/// A tag on a resource.
#[derive(Shape)]
struct TagResource {
    /// ID of the resource.
    resource_id: String,
    /// Kind of the resource, as in the request.
    resource_type: String,
    /// Key of the tag.
    tag_key: String,
    /// Value of the tag.
    tag_value: String,
}

impl Run for ListTagResources {
    fn run(self, cx: &mut Cx<'_>) -> Result<TagResourceList, ApiError> {
        let kind = kind(self.resource_type.as_ref())?;
        if self.resource_id.is_empty() && !self.names_tags() {
            return Err(TagResourceIdsMissing.about("ResourceId"));
        }
        if self.resource_id.len() > RESOURCES_MAX {
            return Err(TooManyTaggedResources.about("ResourceId"));
        }
        let wanted = Page {
            ids: &self.resource_id,
            filter: &|tags| self.passes(tags),
            after: self.next_token.clone(),
            size: RESOURCES_MAX as i64,
        };
        let (resources, next_token) = (kind.page)(cx, &wanted)?;
        let tag_resources = resources.into_iter().flat_map(|resource| self.shapes(resource)).collect();
        Ok(TagResourceList { next_token, tag_resources })
    }
}

impl ListTagResources {
    fn names_tags(&self) -> bool {
        !self.tag.is_empty() || !self.tag_filter.is_empty()
    }

    /// Whether a resource with these tags has all that is asked for.
    fn passes(&self, tags: &[Tag]) -> bool {
        tags::matches(tags, &self.tag)
            && self.tag_filter.iter().all(|filter| tags.iter().any(|tag| filter.passes(tag)))
    }

    /// The tags of a resource that are asked for.
    fn shapes(&self, resource: Tagged) -> impl Iterator<Item = TagResource> {
        let Tagged { id, tags } = resource;
        let is_wanted = |tag: &Tag| {
            !self.names_tags()
                || self.tag.iter().any(|wanted| wanted.fits(tag))
                || self.tag_filter.iter().any(|filter| filter.passes(tag))
        };
        let tags: Vec<Tag> = tags.into_iter().filter(is_wanted).collect();
        tags.into_iter().map(move |tag| TagResource {
            resource_id: id.clone(),
            resource_type: self.resource_type.clone().unwrap_or_default(),
            tag_key: tag.key,
            tag_value: tag.value,
        })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "of two resources",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group&ResourceId.2=$other",
    ),
    Case::ok(
        "by a tag",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&Tag.1.Key=team&Tag.1.Value=a",
    ),
    Case::ok(
        "by a key, of one resource",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group&Tag.1.Key=env",
    ),
    Case::ok(
        "by a filter",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&TagFilter.1.TagKey=team&TagFilter.1.TagValues.1=a\
        &TagFilter.1.TagValues.2=none",
    ),
    Case::ok(
        "as older clients spell it",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&Tag.1.key=team&Tag.1.value=a",
    ),
    Case::ok("of a key pair", tagged, "RegionId=cn-hangzhou&ResourceType=keypair&ResourceId.1=login"),
    Case::ok("none of that value", tagged, "RegionId=cn-hangzhou&ResourceType=disk&Tag.1.Key=team"),
    Case::err(
        "a region that is none",
        tagged,
        "RegionId=cn-atlantis&ResourceType=securitygroup&ResourceId.1=$group",
        &RegionNotFound,
    ),
    Case::err(
        "no region",
        tagged,
        "ResourceType=securitygroup&ResourceId.1=$group",
        &RequiredParameterMissing,
    ),
    Case::err(
        "a token that nobody gave",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group&NextToken=?",
        &ParameterMalformed,
    ),
    Case::err("no kind", tagged, "RegionId=cn-hangzhou&ResourceId.1=$group", &TagResourceTypeMissing),
    Case::err(
        "a kind that is none",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=cloud&ResourceId.1=$group",
        &TagResourceTypeUnknown,
    ),
    Case::err(
        "neither resources nor tags",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup",
        &TagResourceIdsMissing,
    ),
    Case::err(
        "51 resources",
        tagged,
        concat!("RegionId=cn-hangzhou&ResourceType=securitygroup&", fifty_one_ids!()),
        &TooManyTaggedResources,
    ),
];
