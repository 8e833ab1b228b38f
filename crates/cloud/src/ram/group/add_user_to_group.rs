//! AddUserToGroup.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{ApiError, RamGroupNotFound, RamUserInGroup, RamUserNotFound, RequiredParameterMissing};
use crate::ram::given::{one_group, one_member, one_user, user_and_group};
use crate::ram::group::record::Membership;
use crate::spec::Run;

/// Puts a RAM user into a group. What policies allow to the group they allow to the user at once.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(RequiredParameterMissing, RamUserNotFound, RamGroupNotFound, RamUserInGroup))]
pub struct AddUserToGroup {
    /// Name of the user.
    #[param(required)]
    user_name: String,
    /// Name of the group.
    #[param(required)]
    group_name: String,
}

impl Run for AddUserToGroup {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let user = cx.ram_user(&self.user_name)?;
        let group = cx.ram_group(&self.group_name)?;
        if cx.find::<Membership>(&Membership::key_of(cx.account(), &user.name, &group.name))?.is_some() {
            return Err((&RamUserInGroup).into());
        }
        let joined_ms = cx.now_ms();
        cx.put(&Membership { account: user.account, user: user.name, group: group.name, joined_ms })?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a user and a group", user_and_group, "UserName=ann&GroupName=ops"),
    Case::err("no group", user_and_group, "UserName=ann", &RequiredParameterMissing),
    Case::err("a user that is not there", one_group, "UserName=ann&GroupName=ops", &RamUserNotFound),
    Case::err("a group that is not there", one_user, "UserName=ann&GroupName=ops", &RamGroupNotFound),
    Case::err("once more", one_member, "UserName=ann&GroupName=ops", &RamUserInGroup),
];
