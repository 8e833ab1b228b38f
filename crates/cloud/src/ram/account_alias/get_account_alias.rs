//! GetAccountAlias.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::ApiError;
use crate::ram::given::one_alias;
use crate::spec::Run;

/// Tells the alias of the account.
#[derive(Action)]
#[action(ram, read, regionless, reply = OneAlias, raises())]
pub struct GetAccountAlias {}

/// The alias of an account.
#[derive(Shape)]
pub struct OneAlias {
    /// The alias; empty when the account has none.
    account_alias: String,
}

impl Run for GetAccountAlias {
    fn run(self, cx: &mut Cx<'_>) -> Result<OneAlias, ApiError> {
        let own = cx.account_alias()?;
        Ok(OneAlias { account_alias: own.map(|own| own.alias).unwrap_or_default() })
    }
}

/// Worked requests.
pub const CASES: &[Case] =
    &[Case::ok("an alias", one_alias, ""), Case::ok("an account without one", nothing, "")];
