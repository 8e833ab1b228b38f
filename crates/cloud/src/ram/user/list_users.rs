//! ListUsers.

use moyun_derive::{Action, Shape};
use moyun_store::Key;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, ParameterMalformed};
use crate::ram::given::one_user;
use crate::ram::marker::{MarkerInfo, MarkerPaging};
use crate::ram::user::record::{RamUser, UserShape};
use crate::spec::Run;
use crate::story::Story;

/// Lists the RAM users of the account, newest first.
///
/// The list goes on while IsTruncated is true; send its Marker with the next request.
#[derive(Action)]
#[action(ram, read, regionless, reply = UserList, raises(ParameterMalformed))]
pub struct ListUsers {
    /// Which page.
    #[param(flatten)]
    paging: MarkerPaging,
}

/// RAM users.
#[derive(Shape)]
pub struct UserList {
    /// The users.
    #[shape(list = "User")]
    users: Vec<UserShape>,
    /// Which page this is.
    #[shape(flatten)]
    page: MarkerInfo,
}

fn two_users(story: &mut Story) {
    one_user(story);
    story.pass_ms(1000);
    story.call("Ram:CreateUser", "UserName=eve");
}

impl Run for ListUsers {
    fn run(self, cx: &mut Cx<'_>) -> Result<UserList, ApiError> {
        let scope = Key::new().text(cx.account());
        let (users, page) = cx.marked_page::<RamUser>(scope, None, &self.paging)?;
        Ok(UserList { users: users.into_iter().map(UserShape::from).collect(), page })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("none", nothing, ""),
    Case::ok("one", one_user, ""),
    Case::ok("the first of two", two_users, "MaxItems=1"),
    Case::err("a page of nothing", nothing, "MaxItems=0", &ParameterMalformed),
];
