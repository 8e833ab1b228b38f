//! ListGroups.

use moyun_derive::{Action, Shape};
use moyun_store::Key;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, ParameterMalformed};
use crate::ram::given::one_group;
use crate::ram::group::record::{GroupShape, RamGroup};
use crate::ram::marker::{MarkerInfo, MarkerPaging};
use crate::spec::Run;

/// Lists the groups of the account, newest first.
///
/// The list goes on while IsTruncated is true; send its Marker with the next request.
#[derive(Action)]
#[action(ram, read, regionless, reply = GroupList, raises(ParameterMalformed))]
pub struct ListGroups {
    /// Which page.
    #[param(flatten)]
    paging: MarkerPaging,
}

/// Groups.
#[derive(Shape)]
pub struct GroupList {
    /// The groups.
    #[shape(list = "Group")]
    groups: Vec<GroupShape>,
    /// Which page this is.
    #[shape(flatten)]
    page: MarkerInfo,
}

impl Run for ListGroups {
    fn run(self, cx: &mut Cx<'_>) -> Result<GroupList, ApiError> {
        let scope = Key::new().text(cx.account());
        let (groups, page) = cx.marked_page::<RamGroup>(scope, None, &self.paging)?;
        Ok(GroupList { groups: groups.into_iter().map(GroupShape::from).collect(), page })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("none", nothing, ""),
    Case::ok("one", one_group, ""),
    Case::err("a marker of somebody else", nothing, "Marker=***", &ParameterMalformed),
];
