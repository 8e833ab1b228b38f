//! UntagResources.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{
    ApiError, ParameterMalformed, RamEntityRoleNotFound, RamPolicyNotFound, RequiredParameterMissing,
    TagResourceIdsMissing, TagResourceTypeUnknown, TagsMissing, TooManyTaggedResources, TooManyTags,
};
use crate::param::JsonList;
use crate::ram::tag::given::{fifty_one_names, tagged};
use crate::ram::tag::tagged::{TaggedKind, check_names};
use crate::spec::Run;
use crate::tags::TAGS_MAX;

/// Takes tags off roles or custom policies, off all or off none.
///
/// Keys that a resource does not have are passed over.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(
    RequiredParameterMissing,
    TagResourceTypeUnknown,
    ParameterMalformed,
    TagResourceIdsMissing,
    TooManyTaggedResources,
    TagsMissing,
    TooManyTags,
    RamEntityRoleNotFound,
    RamPolicyNotFound
))]
pub struct UntagResources {
    /// Kind of the resources: `role` or `policy`.
    #[param(required, row = TagResourceTypeUnknown)]
    resource_type: TaggedKind,
    /// Names of the resources: 1 to 50.
    #[param(required)]
    resource_names: JsonList,
    /// Keys of up to 20 tags.
    tag_keys: Option<JsonList>,
    /// Whether all tags go. It counts only without TagKeys.
    #[param(default = false)]
    all: bool,
}

impl Run for UntagResources {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let JsonList(names) = self.resource_names;
        check_names(&names)?;
        let keys = self.tag_keys.map(|JsonList(keys)| keys).unwrap_or_default();
        if keys.is_empty() && !self.all {
            return Err(TagsMissing.about("TagKeys"));
        }
        if keys.len() > TAGS_MAX {
            return Err(TooManyTags.about("TagKeys"));
        }
        let goes = |key: &String| keys.is_empty() || keys.contains(key);
        cx.retag_ram(self.resource_type, &names, &|tags| tags.retain(|tag| !goes(&tag.key)))?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "one key, of two roles",
        tagged,
        r#"ResourceType=role&ResourceNames=["worker","helper"]&TagKeys=["team","none"]"#,
    ),
    Case::ok("all keys of a policy", tagged, r#"ResourceType=policy&ResourceNames=["start-only"]&All=true"#),
    Case::err("no kind", tagged, r#"ResourceNames=["worker"]&All=true"#, &RequiredParameterMissing),
    Case::err(
        "a kind without tags",
        tagged,
        r#"ResourceType=user&ResourceNames=["ann"]&All=true"#,
        &TagResourceTypeUnknown,
    ),
    Case::err(
        "perhaps all",
        tagged,
        r#"ResourceType=role&ResourceNames=["worker"]&All=perhaps"#,
        &ParameterMalformed,
    ),
    Case::err(
        "an empty list of names",
        tagged,
        "ResourceType=role&ResourceNames=[]&All=true",
        &TagResourceIdsMissing,
    ),
    Case::err(
        "51 names",
        tagged,
        concat!("ResourceType=role&All=true&", fifty_one_names!()),
        &TooManyTaggedResources,
    ),
    Case::err("neither keys nor all", tagged, r#"ResourceType=role&ResourceNames=["worker"]"#, &TagsMissing),
    Case::err(
        "21 keys",
        tagged,
        r#"ResourceType=role&ResourceNames=["worker"]&TagKeys=["k","k","k","k","k","k","k","k","k","k","k","k","k","k","k","k","k","k","k","k","k"]"#,
        &TooManyTags,
    ),
    Case::err(
        "a role that is none",
        tagged,
        r#"ResourceType=role&ResourceNames=["worker","nobody"]&All=true"#,
        &RamEntityRoleNotFound,
    ),
    Case::err(
        "a policy of the system",
        tagged,
        r#"ResourceType=policy&ResourceNames=["AdministratorAccess"]&All=true"#,
        &RamPolicyNotFound,
    ),
];
