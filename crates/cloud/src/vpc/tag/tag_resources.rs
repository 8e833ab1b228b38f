//! TagResources.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{
    ApiError, RegionNotFound, RequiredParameterMissing, TagKeyDuplicate, TagKeyMalformed,
    TagResourceNotFound, TagResourceTypeUnknown, TagValueMalformed, TagsMissing, TooManyTaggedResources,
    TooManyTags, TooManyTagsOnResource,
};
use crate::spec::Run;
use crate::story::Story;
use crate::tags::{self, TagParam};
use crate::vpc::given::{a_foreign_vpc, fifty_one_ids, one_v_switch, one_vpc, too_many_tags};
use crate::vpc::tag::tagged::{TaggedKind, check_count};

/// Sets tags on VPCs or vSwitches.
///
/// A tag whose key the resource has already gets the new value. Either all resources are changed or none.
#[derive(Action)]
#[action(
    vpc, write, region, reply = Empty,
    raises(
        RegionNotFound, RequiredParameterMissing, TagResourceTypeUnknown, TooManyTaggedResources, TagsMissing,
        TagKeyMalformed, TagValueMalformed, TagKeyDuplicate, TooManyTags, TagResourceNotFound,
        TooManyTagsOnResource
    )
)]
pub struct TagResources {
    /// Kind of the resources: `VPC` or `VSWITCH`.
    #[param(required, row = TagResourceTypeUnknown)]
    resource_type: TaggedKind,
    /// IDs of up to 50 resources.
    #[param(required)]
    resource_id: Vec<String>,
    /// The tags, 1 to 20.
    #[param(group, missing = TagsMissing)]
    tag: Vec<TagParam>,
}

impl Run for TagResources {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        check_count(&self.resource_id)?;
        let new = tags::read(&self.tag)?;
        if new.is_empty() {
            return Err((&TagsMissing).into());
        }
        cx.retag(self.resource_type, &self.resource_id, &|mut tags| {
            tags::merge(&mut tags, &new);
            tags
        })?;
        Ok(Empty)
    }
}

/// `$vpc` has all the tags that it may.
fn a_tagged_out_vpc(story: &mut Story) {
    one_vpc(story);
    let tags: Vec<String> = (1..20).map(|n| format!("Tag.{n}.Key=k{n}")).collect();
    let request = format!("RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc&{}", tags.join("&"));
    story.call("Vpc:TagResources", &request);
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "a VPC",
        one_vpc,
        "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc&Tag.1.Key=env&Tag.1.Value=live&Tag.2.Key=owner",
    ),
    Case::ok(
        "a vSwitch",
        one_v_switch,
        "RegionId=cn-hangzhou&ResourceType=vswitch&ResourceId.1=$v_switch&Tag.1.Key=owner",
    ),
    Case::ok(
        "a new value, nothing more",
        a_tagged_out_vpc,
        "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc&Tag.1.Key=k1&Tag.1.Value=v",
    ),
    Case::err(
        "an unknown region",
        one_vpc,
        "RegionId=cn-nowhere&ResourceType=VPC&ResourceId.1=$vpc&Tag.1.Key=a",
        &RegionNotFound,
    ),
    Case::err(
        "no resources",
        one_vpc,
        "RegionId=cn-hangzhou&ResourceType=VPC&Tag.1.Key=a",
        &RequiredParameterMissing,
    ),
    Case::err(
        "an unknown kind",
        one_vpc,
        "RegionId=cn-hangzhou&ResourceType=HOUSE&ResourceId.1=$vpc&Tag.1.Key=a",
        &TagResourceTypeUnknown,
    ),
    Case::err(
        "too many resources",
        one_vpc,
        concat!("RegionId=cn-hangzhou&ResourceType=VPC&Tag.1.Key=a&", fifty_one_ids!()),
        &TooManyTaggedResources,
    ),
    Case::err("no tags", one_vpc, "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc", &TagsMissing),
    Case::err(
        "a reserved tag",
        one_vpc,
        "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc&Tag.1.Key=acs:a",
        &TagKeyMalformed,
    ),
    Case::err(
        "a link as tag",
        one_vpc,
        "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc&Tag.1.Key=a&Tag.1.Value=http://a",
        &TagValueMalformed,
    ),
    Case::err(
        "a tag twice",
        one_vpc,
        "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc&Tag.1.Key=a&Tag.2.Key=a",
        &TagKeyDuplicate,
    ),
    Case::err(
        "too many tags",
        one_vpc,
        concat!("RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc&", too_many_tags!()),
        &TooManyTags,
    ),
    Case::err(
        "one of two unknown",
        one_vpc,
        "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc&ResourceId.2=vpc-none&Tag.1.Key=a",
        &TagResourceNotFound,
    ),
    Case::err(
        "of another kind",
        one_vpc,
        "RegionId=cn-hangzhou&ResourceType=VSWITCH&ResourceId.1=$vpc&Tag.1.Key=a",
        &TagResourceNotFound,
    ),
    Case::err(
        "of another region",
        one_vpc,
        "RegionId=cn-beijing&ResourceType=VPC&ResourceId.1=$vpc&Tag.1.Key=a",
        &TagResourceNotFound,
    ),
    Case::err(
        "of another account",
        a_foreign_vpc,
        "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc&Tag.1.Key=a",
        &TagResourceNotFound,
    ),
    Case::err(
        "one tag more than it may have",
        a_tagged_out_vpc,
        "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc&Tag.1.Key=more",
        &TooManyTagsOnResource,
    ),
];
