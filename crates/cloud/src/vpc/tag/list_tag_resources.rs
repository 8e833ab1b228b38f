//! ListTagResources.

use moyun_derive::{Action, Shape};

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{
    ApiError, ParameterMalformed, RegionNotFound, RequiredParameterMissing, TagResourceIdsMissing,
    TagResourceTypeUnknown, TooManyTaggedResources,
};
use crate::paging::{Listing, PageToken, Wanted};
use crate::spec::Run;
use crate::story::Story;
use crate::tags::{self, TagParam};
use crate::vpc::given::{a_foreign_vpc, fifty_one_ids, one_v_switch, one_vpc};
use crate::vpc::tag::tagged::{Tagged, TaggedKind, check_count};
use crate::vpc::vpc::record::Vpc;
use crate::vpc::vswitch::record::VSwitch;

/// Lists tags and the VPCs or vSwitches that carry them, by resource, the newest one first.
///
/// The request names resources, tags or both; all tags of a resource that passes are listed.
#[derive(Action)]
#[action(
    vpc, read, region, reply = TagResourceList,
    raises(
        RegionNotFound, RequiredParameterMissing, TagResourceTypeUnknown, ParameterMalformed,
        TooManyTaggedResources, TagResourceIdsMissing
    )
)]
pub struct ListTagResources {
    /// Kind of the resources: `VPC` or `VSWITCH`.
    #[param(required, row = TagResourceTypeUnknown)]
    resource_type: TaggedKind,
    /// Only these resources: up to 50 IDs.
    resource_id: Vec<String>,
    /// Only resources with all these tags; a tag without value matches any value.
    #[param(group, max_items = 20)]
    tag: Vec<TagParam>,
    /// Where the last page ended: its NextToken.
    next_token: Option<PageToken>,
    /// Resources on a page.
    #[param(default = 50, range(1, 50))]
    max_results: i64,
}

/// A page of tags.
#[derive(Shape)]
pub struct TagResourceList {
    /// The tags.
    #[shape(list = "TagResource")]
    tag_resources: Vec<TagResource>,
    /// Where this page ends; empty on the last one.
    next_token: String,
}

/// A tag on a resource.
#[derive(Shape)]
struct TagResource {
    /// ID of the resource.
    resource_id: String,
    /// Its kind.
    resource_type: &'static str,
    /// Key of the tag.
    tag_key: String,
    /// Value of the tag.
    tag_value: String,
}

impl Run for ListTagResources {
    fn run(self, cx: &mut Cx<'_>) -> Result<TagResourceList, ApiError> {
        check_count(&self.resource_id)?;
        if self.resource_id.is_empty() && self.tag.is_empty() {
            return Err((&TagResourceIdsMissing).into());
        }
        match self.resource_type {
            TaggedKind::Vpc => self.list::<Vpc>(cx),
            TaggedKind::VSwitch => self.list::<VSwitch>(cx),
        }
    }
}

impl ListTagResources {
    fn list<R: Tagged>(self, cx: &Cx<'_>) -> Result<TagResourceList, ApiError> {
        let keys = self.resource_id.iter().map(|id| R::key_of_id(cx.account(), id)).collect();
        let passes = |record: &R| !record.tags().is_empty() && tags::matches(record.tags(), &self.tag);
        let listing = Listing {
            scope: R::scope_in(cx.account(), cx.region()),
            keys: (!self.resource_id.is_empty()).then_some(keys),
            filter: Some(&passes),
        };
        let (records, page) = cx.page(&listing, &Wanted::After(self.next_token, self.max_results))?;
        let tag_resources = records.iter().flat_map(|record: &R| {
            record.tags().iter().map(|tag| TagResource {
                resource_id: record.id().to_owned(),
                resource_type: R::WIRE_KIND,
                tag_key: tag.key.clone(),
                tag_value: tag.value.clone(),
            })
        });
        Ok(TagResourceList {
            tag_resources: tag_resources.collect(),
            next_token: page.next_token.unwrap_or_default(),
        })
    }
}

/// `$vpc`, and a newer one with the same tag.
fn two_tagged_vpcs(story: &mut Story) {
    one_vpc(story);
    story.call("Vpc:CreateVpc", "RegionId=cn-hangzhou&Tag.1.Key=env&Tag.1.Value=live");
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("of a VPC", two_tagged_vpcs, "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc"),
    Case::ok(
        "of a vSwitch",
        one_v_switch,
        "RegionId=cn-hangzhou&ResourceType=VSWITCH&ResourceId.1=$v_switch",
    ),
    Case::ok("by key", two_tagged_vpcs, "RegionId=cn-hangzhou&ResourceType=VPC&Tag.1.Key=env"),
    Case::ok(
        "by value",
        two_tagged_vpcs,
        "RegionId=cn-hangzhou&ResourceType=VPC&Tag.1.Key=env&Tag.1.Value=live",
    ),
    Case::ok("a page", two_tagged_vpcs, "RegionId=cn-hangzhou&ResourceType=VPC&Tag.1.Key=env&MaxResults=1"),
    Case::ok("of others", a_foreign_vpc, "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc"),
    Case::err(
        "an unknown region",
        one_vpc,
        "RegionId=cn-nowhere&ResourceType=VPC&ResourceId.1=$vpc",
        &RegionNotFound,
    ),
    Case::err("no kind", one_vpc, "RegionId=cn-hangzhou&ResourceId.1=$vpc", &RequiredParameterMissing),
    Case::err(
        "an unknown kind",
        one_vpc,
        "RegionId=cn-hangzhou&ResourceType=HOUSE&ResourceId.1=$vpc",
        &TagResourceTypeUnknown,
    ),
    Case::err(
        "too large a page",
        one_vpc,
        "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=$vpc&MaxResults=51",
        &ParameterMalformed,
    ),
    Case::err(
        "too many resources",
        one_vpc,
        concat!("RegionId=cn-hangzhou&ResourceType=VPC&", fifty_one_ids!()),
        &TooManyTaggedResources,
    ),
    Case::err(
        "neither resources nor tags",
        one_vpc,
        "RegionId=cn-hangzhou&ResourceType=VPC",
        &TagResourceIdsMissing,
    ),
];
