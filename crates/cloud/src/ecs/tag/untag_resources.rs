//! UntagResources.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::tag::given::tagged;
use crate::ecs::tag::{change_all, check_resources, kind};
use crate::errors::{
    ApiError, ParameterMalformed, RegionNotFound, RequiredParameterMissing, TagResourceIdsMissing,
    TagResourceNotFound, TagResourceTypeMissing, TagResourceTypeUnknown, TagsMissing, TooManyTaggedResources,
    TooManyTags,
};
use crate::spec::Run;
use crate::vpc::given::{fifty_one_ids, too_many_tag_keys};

/// Takes tags off resources of one kind, off all or off none.
///
/// Keys that a resource does not have are passed over.
#[derive(Action)]
#[action(ecs, write, region, reply = Empty, raises(
    RegionNotFound,
    RequiredParameterMissing,
    TooManyTags,
    ParameterMalformed,
    TagResourceTypeMissing,
    TagResourceTypeUnknown,
    TagResourceIdsMissing,
    TooManyTaggedResources,
    TagsMissing,
    TagResourceNotFound
))]
pub struct UntagResources {
    /// Kind of the resources: `disk`, `eni`, `image`, `instance`, `keypair`, `securitygroup` or `snapshot`.
    #[param(missing = TagResourceTypeMissing)]
    resource_type: Option<String>,
    /// IDs of the resources, names in the case of key pairs: 1 to 50.
    #[param(missing = TagResourceIdsMissing)]
    resource_id: Vec<String>,
    /// Keys of the tags, up to 20.
    #[param(max_items = 20, row = TooManyTags)]
    tag_key: Vec<String>,
    /// Whether all tags go. It counts only without TagKey.
    #[param(default = false)]
    all: bool,
}

impl Run for UntagResources {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let kind = kind(self.resource_type.as_ref())?;
        check_resources(&self.resource_id)?;
        if self.tag_key.is_empty() && !self.all {
            return Err(TagsMissing.about("TagKey"));
        }
        let goes = |key: &String| self.tag_key.is_empty() || self.tag_key.contains(key);
        change_all(cx, kind, &self.resource_id, &|tags| tags.retain(|tag| !goes(&tag.key)))?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "one key, of two resources",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group&ResourceId.2=$other&TagKey.1=team",
    ),
    Case::ok(
        "all keys",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group&All=true",
    ),
    Case::err(
        "a region that is none",
        tagged,
        "RegionId=cn-atlantis&ResourceType=securitygroup&ResourceId.1=$group&TagKey.1=team",
        &RegionNotFound,
    ),
    Case::err(
        "no region",
        tagged,
        "ResourceType=securitygroup&ResourceId.1=$group&TagKey.1=team",
        &RequiredParameterMissing,
    ),
    Case::err(
        "perhaps all",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group&All=perhaps",
        &ParameterMalformed,
    ),
    Case::err(
        "no kind",
        tagged,
        "RegionId=cn-hangzhou&ResourceId.1=$group&TagKey.1=team",
        &TagResourceTypeMissing,
    ),
    Case::err(
        "a kind that is none",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=cloud&ResourceId.1=$group&TagKey.1=team",
        &TagResourceTypeUnknown,
    ),
    Case::err(
        "no resources",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&TagKey.1=team",
        &TagResourceIdsMissing,
    ),
    Case::err(
        "51 resources",
        tagged,
        concat!("RegionId=cn-hangzhou&ResourceType=securitygroup&TagKey.1=team&", fifty_one_ids!()),
        &TooManyTaggedResources,
    ),
    Case::err(
        "21 keys",
        tagged,
        concat!("RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group&", too_many_tag_keys!()),
        &TooManyTags,
    ),
    Case::err(
        "neither keys nor all",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group",
        &TagsMissing,
    ),
    Case::err(
        "a resource that is none",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=sg-none&TagKey.1=team",
        &TagResourceNotFound,
    ),
];
