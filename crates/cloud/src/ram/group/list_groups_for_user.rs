//! ListGroupsForUser.

use moyun_derive::{Action, Shape};
use moyun_wire::timestamp;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamUserNotFound, RequiredParameterMissing};
use crate::ram::given::{one_member, one_user};
use crate::spec::Run;

/// Lists the groups that a RAM user is in, by their names.
#[derive(Action)]
#[action(ram, read, regionless, reply = JoinedGroups, raises(RequiredParameterMissing, RamUserNotFound))]
pub struct ListGroupsForUser {
    /// Name of the user.
    #[param(required)]
    user_name: String,
}

/// The groups of a user.
#[derive(Shape)]
pub struct JoinedGroups {
    /// The groups.
    #[shape(list = "Group")]
    groups: Vec<JoinedGroup>,
}

/// A group that a user is in.
#[derive(Shape)]
struct JoinedGroup {
    /// Name of the group.
    group_name: String,
    /// ID of the group.
    group_id: String,
    /// Comments.
    comments: String,
    /// Since when the user is in it.
    join_date: String,
}

impl Run for ListGroupsForUser {
    fn run(self, cx: &mut Cx<'_>) -> Result<JoinedGroups, ApiError> {
        let user = cx.ram_user(&self.user_name)?;
        let mut groups = vec![];
        for membership in cx.groups_of_user(&user.name)? {
            let Some(group) = cx.find_ram_group(&membership.group)? else { continue };
            groups.push(JoinedGroup {
                group_name: group.name,
                group_id: group.id,
                comments: group.comments,
                join_date: timestamp::to_second(membership.joined_ms),
            });
        }
        Ok(JoinedGroups { groups })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("none", one_user, "UserName=ann"),
    Case::ok("one", one_member, "UserName=ann"),
    Case::err("no user", nothing, "", &RequiredParameterMissing),
    Case::err("a user that is not there", nothing, "UserName=ann", &RamUserNotFound),
];
