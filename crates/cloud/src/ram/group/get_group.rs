//! GetGroup.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamGroupNotFound, RequiredParameterMissing};
use crate::ram::given::one_group;
use crate::ram::group::record::OneGroup;
use crate::spec::Run;

/// Shows a group of RAM users.
#[derive(Action)]
#[action(ram, read, regionless, reply = OneGroup, raises(RequiredParameterMissing, RamGroupNotFound))]
pub struct GetGroup {
    /// Name of the group.
    #[param(required)]
    group_name: String,
}

impl Run for GetGroup {
    fn run(self, cx: &mut Cx<'_>) -> Result<OneGroup, ApiError> {
        Ok(OneGroup { group: cx.ram_group(&self.group_name)?.into() })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a group", one_group, "GroupName=ops"),
    Case::err("no name", nothing, "", &RequiredParameterMissing),
    Case::err("a group that is not there", nothing, "GroupName=ops", &RamGroupNotFound),
];
