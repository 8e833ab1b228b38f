//! ClearAccountAlias.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::ApiError;
use crate::ram::given::one_alias;
use crate::spec::Run;

/// Takes the alias from the account. Another account may have it then.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises())]
pub struct ClearAccountAlias {}

impl Run for ClearAccountAlias {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        if let Some(own) = cx.account_alias()? {
            cx.delete(&own)?;
        }
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] =
    &[Case::ok("an alias", one_alias, ""), Case::ok("an account without one", nothing, "")];
