//! GetCallerIdentity.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::ApiError;
use crate::ids::AccountId;
use crate::spec::Run;

/// Tells who is behind the key that signed the request.
#[derive(Action)]
#[action(sts, read, regionless, reply = CallerIdentity, raises())]
pub struct GetCallerIdentity {}

/// Who calls.
#[derive(Shape)]
pub struct CallerIdentity {
    /// `Account`: the key is one of the account itself.
    identity_type: &'static str,
    /// The account.
    account_id: AccountId,
    /// Who acts for the account; here the account itself.
    principal_id: AccountId,
    /// The user; here the account itself.
    user_id: AccountId,
    /// The caller as policies name it.
    arn: String,
}

impl Run for GetCallerIdentity {
    fn run(self, cx: &mut Cx<'_>) -> Result<CallerIdentity, ApiError> {
        let account = cx.account();
        Ok(CallerIdentity {
            identity_type: "Account",
            account_id: account.clone(),
            principal_id: account.clone(),
            user_id: account.clone(),
            arn: format!("acs:ram::{account}:root"),
        })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a key of the account", nothing, ""),
    Case::ok("from any region", nothing, "RegionId=cn-nowhere"),
];
