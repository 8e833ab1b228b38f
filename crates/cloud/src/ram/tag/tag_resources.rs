//! TagResources.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{
    ApiError, ParameterMalformed, RamEntityRoleNotFound, RamPolicyNotFound, RequiredParameterMissing,
    TagKeyDuplicate, TagKeyMalformed, TagResourceIdsMissing, TagResourceTypeUnknown, TagValueMalformed,
    TagsMissing, TooManyTaggedResources, TooManyTags, TooManyTagsOnResource,
};
use crate::param::JsonList;
use crate::ram::tag::given::{fifty_one_names, full_of_tags, tagged};
use crate::ram::tag::tagged::{TaggedKind, check_names};
use crate::spec::Run;
use crate::tags::{self, TagParam};
use crate::vpc::given::too_many_tags;

/// Puts tags on roles or on custom policies, on all or on none.
///
/// A tag whose key a resource has already gets the new value there. A resource carries up to 20 tags.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(
    RequiredParameterMissing,
    TagResourceTypeUnknown,
    ParameterMalformed,
    TagResourceIdsMissing,
    TooManyTaggedResources,
    TagsMissing,
    TagKeyMalformed,
    TagValueMalformed,
    TagKeyDuplicate,
    TooManyTags,
    RamEntityRoleNotFound,
    RamPolicyNotFound,
    TooManyTagsOnResource
))]
pub struct TagResources {
    /// Kind of the resources: `role` or `policy`.
    #[param(required, row = TagResourceTypeUnknown)]
    resource_type: TaggedKind,
    /// Names of the resources: 1 to 50.
    #[param(required)]
    resource_names: JsonList,
    /// The tags, 1 to 20: also as a JSON array in one parameter `Tag`.
    #[param(group, json, missing = TagsMissing)]
    tag: Vec<TagParam>,
}

impl Run for TagResources {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let JsonList(names) = self.resource_names;
        check_names(&names)?;
        if self.tag.is_empty() {
            return Err(TagsMissing.about("Tag"));
        }
        let new = tags::read(&self.tag)?;
        cx.retag_ram(self.resource_type, &names, &|tags| tags::merge(tags, &new))?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "two roles",
        tagged,
        r#"ResourceType=role&ResourceNames=["worker","helper"]&Tag=[{"Key":"team","Value":"qa"},{"Key":"cost"}]"#,
    ),
    Case::ok(
        "a policy, the tags one by one",
        tagged,
        r#"ResourceType=policy&ResourceNames=["start-only"]&Tag.1.Key=team&Tag.1.Value=qa"#,
    ),
    Case::err("no kind", tagged, r#"ResourceNames=["worker"]&Tag.1.Key=team"#, &RequiredParameterMissing),
    Case::err("no names", tagged, "ResourceType=role&Tag.1.Key=team", &RequiredParameterMissing),
    Case::err(
        "a kind without tags",
        tagged,
        r#"ResourceType=group&ResourceNames=["ops"]&Tag.1.Key=team"#,
        &TagResourceTypeUnknown,
    ),
    Case::err(
        "a name that is no list",
        tagged,
        "ResourceType=role&ResourceNames=worker&Tag.1.Key=team",
        &ParameterMalformed,
    ),
    Case::err(
        "an empty list of names",
        tagged,
        "ResourceType=role&ResourceNames=[]&Tag.1.Key=team",
        &TagResourceIdsMissing,
    ),
    Case::err(
        "51 names",
        tagged,
        concat!("ResourceType=role&Tag.1.Key=team&", fifty_one_names!()),
        &TooManyTaggedResources,
    ),
    Case::err("no tags", tagged, r#"ResourceType=role&ResourceNames=["worker"]"#, &TagsMissing),
    Case::err(
        "a reserved key",
        tagged,
        r#"ResourceType=role&ResourceNames=["worker"]&Tag.1.Key=acs:team"#,
        &TagKeyMalformed,
    ),
    Case::err(
        "a link as value",
        tagged,
        r#"ResourceType=role&ResourceNames=["worker"]&Tag.1.Key=team&Tag.1.Value=http://a"#,
        &TagValueMalformed,
    ),
    Case::err(
        "one key twice",
        tagged,
        r#"ResourceType=role&ResourceNames=["worker"]&Tag.1.Key=team&Tag.2.Key=team"#,
        &TagKeyDuplicate,
    ),
    Case::err(
        "21 tags",
        tagged,
        concat!(r#"ResourceType=role&ResourceNames=["worker"]&"#, too_many_tags!()),
        &TooManyTags,
    ),
    Case::err(
        "a role that is none",
        tagged,
        r#"ResourceType=role&ResourceNames=["worker","nobody"]&Tag.1.Key=team"#,
        &RamEntityRoleNotFound,
    ),
    Case::err(
        "a policy of the system",
        tagged,
        r#"ResourceType=policy&ResourceNames=["AdministratorAccess"]&Tag.1.Key=team"#,
        &RamPolicyNotFound,
    ),
    Case::err(
        "the 21st tag of a role",
        full_of_tags,
        r#"ResourceType=role&ResourceNames=["worker"]&Tag.1.Key=one_more"#,
        &TooManyTagsOnResource,
    ),
];
