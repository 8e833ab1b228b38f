//! UpdateGroup.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{
    ApiError, RamGroupExists, RamGroupNameMalformed, RamGroupNotFound, RequiredParameterMissing,
};
use crate::ram::attachment::record::HolderKind;
use crate::ram::given::one_group;
use crate::ram::group::record::{OneGroup, is_group_name};
use crate::spec::Run;
use crate::story::Story;

/// Changes a group of RAM users. What the request does not name stays as it is.
///
/// A new name takes users and policies with it.
#[derive(Action)]
#[action(ram, write, regionless, reply = OneGroup, raises(RequiredParameterMissing, RamGroupNameMalformed, RamGroupNotFound, RamGroupExists))]
pub struct UpdateGroup {
    /// Name of the group.
    #[param(required)]
    group_name: String,
    /// New name of the group.
    #[param(check = is_group_name, row = RamGroupNameMalformed)]
    new_group_name: Option<String>,
    /// New comments.
    new_comments: Option<String>,
}

impl Run for UpdateGroup {
    fn run(self, cx: &mut Cx<'_>) -> Result<OneGroup, ApiError> {
        let mut group = cx.ram_group(&self.group_name)?;
        if let Some(name) = self.new_group_name.filter(|name| *name != group.name) {
            if cx.find_ram_group(&name)?.is_some() {
                return Err(RamGroupExists.with("name", name));
            }
            cx.rename_group_memberships(&group.name, &name)?;
            cx.rename_attachments(HolderKind::Group, &group.name, &name)?;
            cx.delete(&group)?;
            group.name = name;
        }
        group.comments = self.new_comments.unwrap_or(group.comments);
        group.updated_ms = cx.now_ms();
        cx.put(&group)?;
        Ok(OneGroup { group: group.into() })
    }
}

fn ops_and_devs(story: &mut Story) {
    one_group(story);
    story.call("Ram:CreateGroup", "GroupName=devs");
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a new name", one_group, "GroupName=ops&NewGroupName=devs"),
    Case::ok("new comments", one_group, "GroupName=ops&NewComments=Days"),
    Case::err("no name", nothing, "NewGroupName=devs", &RequiredParameterMissing),
    Case::err(
        "a new name with an at sign",
        one_group,
        "GroupName=ops&NewGroupName=ops@home",
        &RamGroupNameMalformed,
    ),
    Case::err("a group that is not there", nothing, "GroupName=ops&NewGroupName=devs", &RamGroupNotFound),
    Case::err("a new name in use", ops_and_devs, "GroupName=ops&NewGroupName=devs", &RamGroupExists),
];
