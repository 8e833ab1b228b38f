//! RemoveUserFromGroup.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::errors::{
    ApiError, RamGroupNotFound, RamUserNotFound, RamUserNotInGroup, RequiredParameterMissing,
};
use crate::ram::given::{one_group, one_member, one_user, user_and_group};
use crate::ram::group::record::Membership;
use crate::spec::Run;

/// Takes a RAM user out of a group.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(RequiredParameterMissing, RamUserNotFound, RamGroupNotFound, RamUserNotInGroup))]
pub struct RemoveUserFromGroup {
    /// Name of the user.
    #[param(required)]
    user_name: String,
    /// Name of the group.
    #[param(required)]
    group_name: String,
}

impl Run for RemoveUserFromGroup {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let user = cx.ram_user(&self.user_name)?;
        let group = cx.ram_group(&self.group_name)?;
        let key = Membership::key_of(cx.account(), &user.name, &group.name);
        if !cx.tx.delete::<Membership>(&key)? {
            return Err((&RamUserNotInGroup).into());
        }
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a member", one_member, "UserName=ann&GroupName=ops"),
    Case::err("no group", one_member, "UserName=ann", &RequiredParameterMissing),
    Case::err("a user that is not there", one_group, "UserName=ann&GroupName=ops", &RamUserNotFound),
    Case::err("a group that is not there", one_user, "UserName=ann&GroupName=ops", &RamGroupNotFound),
    Case::err("a stranger", user_and_group, "UserName=ann&GroupName=ops", &RamUserNotInGroup),
];
