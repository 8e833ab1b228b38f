//! CreateGroup.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamGroupExists, RamGroupNameMalformed, RequiredParameterMissing};
use crate::ram::given::one_group;
use crate::ram::group::record::{OneGroup, RamGroup, is_group_name};
use crate::spec::Run;

/// Creates a group of RAM users. What policies allow to the group they allow to each user in it.
#[derive(Action)]
#[action(ram, write, regionless, reply = OneGroup, raises(RequiredParameterMissing, RamGroupNameMalformed, RamGroupExists))]
pub struct CreateGroup {
    /// Name of the group: 1 to 64 letters, digits, periods, hyphens and underscores, unique in the account.
    #[param(required, check = is_group_name, row = RamGroupNameMalformed)]
    group_name: String,
    /// Comments.
    comments: Option<String>,
}

impl Run for CreateGroup {
    fn run(self, cx: &mut Cx<'_>) -> Result<OneGroup, ApiError> {
        if cx.find_ram_group(&self.group_name)?.is_some() {
            return Err(RamGroupExists.with("name", self.group_name));
        }
        let group = RamGroup {
            account: cx.account().clone(),
            name: self.group_name,
            id: cx.new_ram_id(),
            comments: self.comments.unwrap_or_default(),
            created_ms: cx.now_ms(),
            updated_ms: cx.now_ms(),
        };
        cx.put(&group)?;
        Ok(OneGroup { group: group.into() })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a group", nothing, "GroupName=ops&Comments=Nights"),
    Case::err("no name", nothing, "", &RequiredParameterMissing),
    Case::err("a name with an at sign", nothing, "GroupName=ops@home", &RamGroupNameMalformed),
    Case::err("a name in use", one_group, "GroupName=ops", &RamGroupExists),
];
