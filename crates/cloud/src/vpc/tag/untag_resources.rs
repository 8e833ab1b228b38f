//! UnTagResources.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{
    ApiError, ParameterMalformed, RegionNotFound, RequiredParameterMissing, TagResourceNotFound,
    TagResourceTypeUnknown, TagsMissing, TooManyTaggedResources, TooManyTags,
};
use crate::spec::Run;
use crate::vpc::given::{a_foreign_vpc, fifty_one_ids, one_v_switch, one_vpc, too_many_tag_keys};
use crate::vpc::tag::tagged::{TaggedKind, check_count};

/// Removes tags from VPCs or vSwitches.
///
/// A key that a resource does not have is passed over. Either all resources are changed or none.
#[derive(Action)]
#[action(
    vpc, write, region, reply = Empty,
    raises(
        RegionNotFound, RequiredParameterMissing, TagResourceTypeUnknown, TooManyTags, ParameterMalformed,
        TooManyTaggedResources, TagsMissing, TagResourceNotFound
    )
)]
pub struct UnTagResources {
    /// Kind of the resources: `VPC` or `VSWITCH`.
    #[param(required, row = TagResourceTypeUnknown)]
    resource_type: TaggedKind,
    /// IDs of up to 50 resources.
    #[param(required)]
    resource_id: Vec<String>,
    /// Keys of up to 20 tags.
    #[param(max_items = 20, row = TooManyTags)]
    tag_key: Vec<String>,
    /// Whether every tag goes; counts only without TagKey.N.
    #[param(default = false)]
    all: bool,
}

impl Run for UnTagResources {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        check_count(&self.resource_id)?;
        if self.tag_key.is_empty() && !self.all {
            return Err((&TagsMissing).into());
        }
        cx.retag(self.resource_type, &self.resource_id, &|mut tags| {
            tags.retain(|tag| !self.tag_key.is_empty() && !self.tag_key.contains(&tag.key));
            tags
        })?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "a tag of a VPC",
        one_vpc,
        "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc&TagKey.1=env&TagKey.2=other",
    ),
    Case::ok(
        "all tags of a vSwitch",
        one_v_switch,
        "RegionId=cn-hangzhou&ResourceType=VSWITCH&ResourceId.1=$v_switch&All=true",
    ),
    Case::err(
        "an unknown region",
        one_vpc,
        "RegionId=cn-nowhere&ResourceType=VPC&ResourceId.1=$vpc&TagKey.1=env",
        &RegionNotFound,
    ),
    Case::err(
        "no kind",
        one_vpc,
        "RegionId=cn-hangzhou&ResourceId.1=$vpc&TagKey.1=env",
        &RequiredParameterMissing,
    ),
    Case::err(
        "an unknown kind",
        one_vpc,
        "RegionId=cn-hangzhou&ResourceType=HOUSE&ResourceId.1=$vpc&TagKey.1=env",
        &TagResourceTypeUnknown,
    ),
    Case::err(
        "too many keys",
        one_vpc,
        concat!("RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc&", too_many_tag_keys!()),
        &TooManyTags,
    ),
    Case::err(
        "no truth value",
        one_vpc,
        "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc&All=1",
        &ParameterMalformed,
    ),
    Case::err(
        "too many resources",
        one_vpc,
        concat!("RegionId=cn-hangzhou&ResourceType=VPC&TagKey.1=env&", fifty_one_ids!()),
        &TooManyTaggedResources,
    ),
    Case::err("no tags", one_vpc, "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc", &TagsMissing),
    Case::err(
        "an unknown VPC",
        one_vpc,
        "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=vpc-none&TagKey.1=env",
        &TagResourceNotFound,
    ),
    Case::err(
        "of another account",
        a_foreign_vpc,
        "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc&TagKey.1=env",
        &TagResourceNotFound,
    ),
];
