//! ListTagResources.

use moyun_derive::{Action, Shape};
use moyun_store::Key;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{
    ApiError, ParameterMalformed, RequiredParameterMissing, TagResourceTypeUnknown, TooManyTaggedResources,
};
use crate::paging::{Listing, PageToken, Wanted};
use crate::param::JsonList;
use crate::ram::managed_policy::record::RamPolicy;
use crate::ram::role::record::RamRole;
use crate::ram::tag::given::{fifty_one_names, tagged};
use crate::ram::tag::tagged::{Tagged, TaggedKind, check_count};
use crate::spec::Run;
use crate::tags::{self, TagParam};

/// Lists the tags of roles or of custom policies, newest resource first.
///
/// Name the resources, or tags that they have, or both, or neither. Resources that do not exist are passed over.
#[derive(Action)]
#[action(ram, read, regionless, reply = TagResourceList, raises(RequiredParameterMissing, TagResourceTypeUnknown, ParameterMalformed, TooManyTaggedResources))]
pub struct ListTagResources {
    /// Kind of the resources: `role` or `policy`.
    #[param(required, row = TagResourceTypeUnknown)]
    resource_type: TaggedKind,
    /// Names of the resources: up to 50.
    resource_names: Option<JsonList>,
    /// Only resources with all these tags; a tag without value matches any value. Also as a JSON array in one parameter
    /// `Tag`.
    #[param(group, json, max_items = 20)]
    tag: Vec<TagParam>,
    /// Where the last page ended: its NextToken.
    next_token: Option<PageToken>,
    /// Resources on a page.
    #[param(default = 100, range(1, 100))]
    page_size: i64,
}

/// A page of tags.
#[derive(Shape)]
pub struct TagResourceList {
    /// The tags.
    #[shape(array)]
    tag_resources: Vec<TagResource>,
    /// Where this page ends; empty on the last one.
    next_token: String,
}

/// A tag on a resource.
#[derive(Shape)]
struct TagResource {
    /// Name of the resource.
    resource_name: String,
    /// Its kind.
    resource_type: &'static str,
    /// Key of the tag.
    tag_key: String,
    /// Value of the tag.
    tag_value: String,
}

impl Run for ListTagResources {
    fn run(self, cx: &mut Cx<'_>) -> Result<TagResourceList, ApiError> {
        match self.resource_type {
            TaggedKind::Role => self.list::<RamRole>(cx),
            TaggedKind::Policy => self.list::<RamPolicy>(cx),
        }
    }
}

impl ListTagResources {
    fn list<R: Tagged>(self, cx: &Cx<'_>) -> Result<TagResourceList, ApiError> {
        let names = self.resource_names.map(|JsonList(names)| names).unwrap_or_default();
        check_count(&names)?;
        let keys = names.iter().map(|name| R::key_of_name(cx.account(), name)).collect();
        let passes = |record: &R| !record.tags().is_empty() && tags::matches(record.tags(), &self.tag);
        let listing = Listing {
            scope: Key::new().text(cx.account()),
            keys: (!names.is_empty()).then_some(keys),
            filter: Some(&passes),
        };
        let (records, page) = cx.page(&listing, &Wanted::After(self.next_token, self.page_size))?;
        let tag_resources = records.iter().flat_map(|record: &R| {
            record.tags().iter().map(|tag| TagResource {
                resource_name: record.name().to_owned(),
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

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("of all roles", tagged, "ResourceType=role"),
    Case::ok("of two roles", tagged, r#"ResourceType=role&ResourceNames=["worker","nobody"]"#),
    Case::ok("of a policy", tagged, r#"ResourceType=policy&ResourceNames=["start-only"]"#),
    Case::ok("by a tag", tagged, r#"ResourceType=role&Tag=[{"Key":"team","Value":"dev"}]"#),
    Case::ok("by a key", tagged, "ResourceType=role&Tag.1.Key=env"),
    Case::ok("a page", tagged, "ResourceType=role&PageSize=1"),
    Case::err("no kind", tagged, "", &RequiredParameterMissing),
    Case::err("a kind without tags", tagged, "ResourceType=user", &TagResourceTypeUnknown),
    Case::err("too large a page", tagged, "ResourceType=role&PageSize=101", &ParameterMalformed),
    Case::err("51 names", tagged, concat!("ResourceType=role&", fifty_one_names!()), &TooManyTaggedResources),
];
