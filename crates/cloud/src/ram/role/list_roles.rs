//! ListRoles.

use moyun_derive::{Action, Shape};
use moyun_store::Key;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, ParameterMalformed};
use crate::ram::given::one_role;
use crate::ram::marker::{MarkerInfo, MarkerPaging};
use crate::ram::role::record::{RamRole, RoleShape};
use crate::spec::Run;
use crate::tags::{self, TagParam};

/// Lists the roles of the account, newest first.
///
/// The list goes on while IsTruncated is true; send its Marker with the next request.
#[derive(Action)]
#[action(ram, read, regionless, reply = RoleList, raises(ParameterMalformed))]
pub struct ListRoles {
    /// Which page.
    #[param(flatten)]
    paging: MarkerPaging,
    /// Only roles with all these tags.
    #[param(group, json, max_items = 20)]
    tag: Vec<TagParam>,
}

/// Roles.
#[derive(Shape)]
pub struct RoleList {
    /// The roles.
    #[shape(list = "Role")]
    roles: Vec<RoleShape>,
    /// Which page this is.
    #[shape(flatten)]
    page: MarkerInfo,
}

impl Run for ListRoles {
    fn run(self, cx: &mut Cx<'_>) -> Result<RoleList, ApiError> {
        let scope = Key::new().text(cx.account());
        let filter = |role: &RamRole| tags::matches(&role.tags, &self.tag);
        let filter: Option<&dyn Fn(&RamRole) -> bool> =
            if self.tag.is_empty() { None } else { Some(&filter) };
        let (roles, page) = cx.marked_page::<RamRole>(scope, filter, &self.paging)?;
        Ok(RoleList { roles: roles.into_iter().map(RamRole::shape).collect(), page })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("none", nothing, ""),
    Case::ok("one", one_role, ""),
    Case::ok("none with the tag", one_role, "Tag.1.Key=team"),
    Case::err("a page of nothing", nothing, "MaxItems=0", &ParameterMalformed),
];
