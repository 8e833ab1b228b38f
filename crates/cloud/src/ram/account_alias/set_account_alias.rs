//! SetAccountAlias.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{
    ApiError, RamAliasExists, RamAliasLengthOutOfRange, RamAliasMalformed, RequiredParameterMissing,
};
use crate::ram::account_alias::record::AccountAlias;
use crate::ram::given::one_alias;
use crate::spec::Run;

/// Gives the account an alias, which no other account has.
///
/// An account has one alias: clear it before setting another.
#[derive(Action)]
#[action(ram, write, regionless, reply = Empty, raises(RequiredParameterMissing, RamAliasLengthOutOfRange, RamAliasMalformed, RamAliasExists))]
pub struct SetAccountAlias {
    /// The alias: 3 to 63 lowercase letters, digits and hyphens, the hyphens alone and neither first nor last.
    #[param(required, len(3, 63), row = RamAliasLengthOutOfRange)]
    account_alias: String,
}

fn is_alias(alias: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    alias.split('-').all(is_word)
}

impl Run for SetAccountAlias {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        if !is_alias(&self.account_alias) {
            return Err(RamAliasMalformed.about("AccountAlias"));
        }
        let taken = cx.find::<AccountAlias>(&AccountAlias::key_of(&self.account_alias))?;
        if taken.is_some() || cx.account_alias()?.is_some() {
            return Err((&RamAliasExists).into());
        }
        cx.put(&AccountAlias { alias: self.account_alias, account: cx.account().clone() })?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("an alias", nothing, "AccountAlias=my-company-1"),
    Case::err("no alias", nothing, "", &RequiredParameterMissing),
    Case::err("two letters", nothing, "AccountAlias=my", &RamAliasLengthOutOfRange),
    Case::err("a capital", nothing, "AccountAlias=My-company", &RamAliasMalformed),
    Case::err("a hyphen at the end", nothing, "AccountAlias=my-company-", &RamAliasMalformed),
    Case::err("two hyphens together", nothing, "AccountAlias=my--company", &RamAliasMalformed),
    Case::err("a second alias", one_alias, "AccountAlias=my-other-name", &RamAliasExists),
];
