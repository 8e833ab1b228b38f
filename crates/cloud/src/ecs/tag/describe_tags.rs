//! DescribeTags.

use std::collections::BTreeMap;

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::tag::given::tagged;
use crate::ecs::tag::kinds::{self, KINDS, Kind, Page};
use crate::errors::{
    ApiError, ParameterMalformed, RegionNotFound, RequiredParameterMissing, TagResourceTypeMissing,
    TagResourceTypeUnknown,
};
use crate::spec::Run;
use crate::tags::{Tag, TagParam};

/// Lists the tags that are in use in a region, by key and value, and on how many resources of each kind.
#[derive(Action)]
#[action(ecs, read, region, reply = TagList, raises(
    RequiredParameterMissing,
    RegionNotFound,
    ParameterMalformed,
    TagResourceTypeMissing,
    TagResourceTypeUnknown
))]
pub struct DescribeTags {
    /// Only tags of resources of this kind: `disk`, `eni`, `image`, `instance`, `keypair`, `securitygroup` or `snapshot`.
    resource_type: Option<String>,
    /// Only tags of this resource, by its ID, or by its name in the case of a key pair. It needs ResourceType.
    resource_id: Option<String>,
    /// Only these tags. A tag without value stands for any value.
    #[param(group, max_items = 20)]
    tag: Vec<TagParam>,
    /// Only tags that users made, `custom`, or that services made, `system`: none.
    #[param(one_of("custom", "system"))]
    category: Option<String>,
    /// Number of the page, from 1.
    #[param(default = 1, range(1, 2147483647))]
    page_number: usize,
    /// Entries on a page.
    #[param(default = 50, range(1, 100))]
    page_size: usize,
}

/// A page of tags.
#[derive(Shape)]
pub struct TagList {
    /// The tags.
    #[shape(list = "Tag")]
    tags: Vec<UsedTag>,
    /// Number of the page.
    page_number: usize,
    /// Entries on a page.
    page_size: usize,
    /// Entries in the whole list.
    total_count: usize,
}

/// A tag that is in use.
#[derive(Shape)]
struct UsedTag {
    /// Key of the tag.
    tag_key: String,
    /// Value of the tag.
    tag_value: String,
    /// How many resources carry it.
    resource_type_count: TypeCount,
}

/// How many resources of each kind carry a tag.
#[derive(Shape, Default)]
struct TypeCount {
    /// Disks.
    disk: u64,
    /// Network interfaces.
    eni: u64,
    /// Images.
    image: u64,
    /// Instances.
    instance: u64,
    /// Key pairs.
    key_pair: u64,
    /// Security groups.
    securitygroup: u64,
    /// Snapshots.
    snapshot: u64,
}

impl Run for DescribeTags {
    fn run(self, cx: &mut Cx<'_>) -> Result<TagList, ApiError> {
        if self.resource_id.is_some() && self.resource_type.is_none() {
            return Err(TagResourceTypeMissing.about("ResourceType"));
        }
        let kind = match &self.resource_type {
            Some(name) => {
                Some(kinds::find(name).ok_or_else(|| TagResourceTypeUnknown.about("ResourceType"))?)
            }
            None => None,
        };
        let mut used: BTreeMap<Tag, TypeCount> = BTreeMap::new();
        if self.category.as_deref() != Some("system") {
            for kind in KINDS.iter().filter(|one| kind.is_none_or(|kind| kind.name == one.name)) {
                self.count(kind, cx, &mut used)?;
            }
        }
        let total_count = used.len();
        let skip = (self.page_number - 1).saturating_mul(self.page_size);
        let tags = used.into_iter().skip(skip).take(self.page_size);
        Ok(TagList {
            tags: tags.map(UsedTag::of).collect(),
            page_number: self.page_number,
            page_size: self.page_size,
            total_count,
        })
    }
}

impl DescribeTags {
    /// Adds the tags of the resources of a kind.
    fn count(&self, kind: &Kind, cx: &Cx<'_>, used: &mut BTreeMap<Tag, TypeCount>) -> Result<(), ApiError> {
        let page = Page {
            ids: self.resource_id.as_slice(),
            filter: &|tags| !tags.is_empty(),
            after: None,
            size: i64::MAX,
        };
        let (resources, _) = (kind.page)(cx, &page)?;
        for tag in resources.into_iter().flat_map(|resource| resource.tags) {
            if self.tag.is_empty() || self.tag.iter().any(|wanted| wanted.fits(&tag)) {
                used.entry(tag).or_default().add(kind.name);
            }
        }
        Ok(())
    }
}

impl TypeCount {
    fn add(&mut self, kind: &str) {
        let count = match kind {
            "disk" => &mut self.disk,
            "eni" => &mut self.eni,
            "image" => &mut self.image,
            "instance" => &mut self.instance,
            "keypair" => &mut self.key_pair,
            "securitygroup" => &mut self.securitygroup,
            _ => &mut self.snapshot,
        };
        *count += 1;
    }
}

impl UsedTag {
    fn of((tag, resource_type_count): (Tag, TypeCount)) -> UsedTag {
        UsedTag { tag_key: tag.key, tag_value: tag.value, resource_type_count }
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("all of a region", tagged, "RegionId=cn-hangzhou"),
    Case::ok("none", nothing, "RegionId=cn-hangzhou"),
    Case::ok("of one kind", tagged, "RegionId=cn-hangzhou&ResourceType=keypair"),
    Case::ok("of one resource", tagged, "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=$other"),
    Case::ok("of one key", tagged, "RegionId=cn-hangzhou&Tag.1.Key=team"),
    Case::ok("the second page", tagged, "RegionId=cn-hangzhou&PageSize=1&PageNumber=2"),
    Case::ok("made by services", tagged, "RegionId=cn-hangzhou&Category=system"),
    Case::err("no region", tagged, "", &RequiredParameterMissing),
    Case::err("a region that is none", tagged, "RegionId=cn-atlantis", &RegionNotFound),
    Case::err("too large a page", tagged, "RegionId=cn-hangzhou&PageSize=101", &ParameterMalformed),
    Case::err(
        "a resource of no kind",
        tagged,
        "RegionId=cn-hangzhou&ResourceId=$group",
        &TagResourceTypeMissing,
    ),
    Case::err(
        "a kind that is none",
        tagged,
        "RegionId=cn-hangzhou&ResourceType=cloud",
        &TagResourceTypeUnknown,
    ),
];
