//! DeleteGroup.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{
    ApiError, RamGroupHasPolicies, RamGroupHasUsers, RamGroupNotFound, RequiredParameterMissing,
};
use crate::ram::attachment::record::HolderKind;
use crate::ram::given::{everybody_attached, one_group, one_member};
use crate::spec::Run;

/// Deletes a group.
///
/// Take its users out and detach its policies first.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(RequiredParameterMissing, RamGroupNotFound, RamGroupHasUsers, RamGroupHasPolicies))]
pub struct DeleteGroup {
    /// Name of the group.
    #[param(required)]
    group_name: String,
}

impl Run for DeleteGroup {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let group = cx.ram_group(&self.group_name)?;
        if !cx.users_of_group(&group.name)?.is_empty() {
            return Err((&RamGroupHasUsers).into());
        }
        if !cx.attachments_of(HolderKind::Group, &group.name)?.is_empty() {
            return Err((&RamGroupHasPolicies).into());
        }
        cx.delete(&group)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("an empty group", one_group, "GroupName=ops"),
    Case::err("no name", nothing, "", &RequiredParameterMissing),
    Case::err("a group that is not there", nothing, "GroupName=ops", &RamGroupNotFound),
    Case::err("a group with a user", one_member, "GroupName=ops", &RamGroupHasUsers),
    Case::err("a group with a policy", everybody_attached, "GroupName=ops", &RamGroupHasPolicies),
];
