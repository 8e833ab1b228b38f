//! ListUsersForGroup.

use moyun_derive::{Action, Shape};
use moyun_store::Key;
use moyun_wire::timestamp;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, ParameterMalformed, RamGroupNotFound, RequiredParameterMissing};
use crate::ram::given::{one_group, one_member};
use crate::ram::group::record::Membership;
use crate::ram::marker::{MarkerInfo, MarkerPaging};
use crate::spec::Run;

/// Lists the users of a group, newest first.
///
/// The list goes on while IsTruncated is true; send its Marker with the next request.
#[derive(Action)]
#[action(ram, read, regionless, reply = Members, raises(RequiredParameterMissing, ParameterMalformed, RamGroupNotFound))]
pub struct ListUsersForGroup {
    /// Name of the group.
    #[param(required)]
    group_name: String,
    /// Which page.
    #[param(flatten)]
    paging: MarkerPaging,
}

/// The users of a group.
#[derive(Shape)]
pub struct Members {
    /// The users.
    #[shape(list = "User")]
    users: Vec<Member>,
    /// Which page this is.
    #[shape(flatten)]
    page: MarkerInfo,
}

/// A user of a group.
#[derive(Shape)]
struct Member {
    /// Name of the user.
    user_name: String,
    /// Display name.
    display_name: String,
    /// Since when the user is in the group.
    join_date: String,
}

impl Run for ListUsersForGroup {
    fn run(self, cx: &mut Cx<'_>) -> Result<Members, ApiError> {
        let group = cx.ram_group(&self.group_name)?;
        let scope = Key::new().text(cx.account()).text(&group.name);
        let (members, page) = cx.marked_page::<Membership>(scope, None, &self.paging)?;
        let mut users = vec![];
        for membership in members {
            let Some(user) = cx.find_ram_user(&membership.user)? else { continue };
            users.push(Member {
                user_name: user.name,
                display_name: user.display_name,
                join_date: timestamp::to_second(membership.joined_ms),
            });
        }
        Ok(Members { users, page })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("none", one_group, "GroupName=ops"),
    Case::ok("one", one_member, "GroupName=ops"),
    Case::err("no group", nothing, "", &RequiredParameterMissing),
    Case::err("a page of nothing", one_group, "GroupName=ops&MaxItems=0", &ParameterMalformed),
    Case::err("a group that is not there", nothing, "GroupName=ops", &RamGroupNotFound),
];
