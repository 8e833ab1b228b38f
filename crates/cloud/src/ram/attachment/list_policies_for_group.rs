//! ListPoliciesForGroup.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamGroupNotFound, RequiredParameterMissing};
use crate::ram::attachment::record::{AttachedPolicies, HolderKind};
use crate::ram::given::{everybody, everybody_attached};
use crate::spec::Run;

/// Lists the policies attached to a group and so to each user in it.
#[derive(Action)]
#[action(ram, read, regionless, reply = AttachedPolicies, raises(RequiredParameterMissing, RamGroupNotFound))]
pub struct ListPoliciesForGroup {
    /// Name of the group.
    #[param(required)]
    group_name: String,
}

impl Run for ListPoliciesForGroup {
    fn run(self, cx: &mut Cx<'_>) -> Result<AttachedPolicies, ApiError> {
        let group = cx.ram_group(&self.group_name)?;
        cx.attached_policies(HolderKind::Group, &group.name)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("none", everybody, "GroupName=ops"),
    Case::ok("one", everybody_attached, "GroupName=ops"),
    Case::err("no name", nothing, "", &RequiredParameterMissing),
    Case::err("a group that is not there", nothing, "GroupName=ops", &RamGroupNotFound),
];
