//! GetCallerIdentity.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::{Cx, Identity};
use crate::errors::ApiError;
use crate::ids::AccountId;
use crate::ram::given::one_user;
use crate::spec::Run;
use crate::story::Story;

/// Tells who is behind the key that signed the request. Everybody may ask.
#[derive(Action)]
#[action(sts, read, regionless, reply = CallerIdentity, raises())]
pub struct GetCallerIdentity {}

/// Who calls.
#[derive(Shape)]
pub struct CallerIdentity {
    /// `Account` for the account itself, `RAMUser` for a RAM user, `AssumedRoleUser` for a role that was assumed.
    identity_type: &'static str,
    /// The account.
    account_id: AccountId,
    /// Who acts: the account, the ID of the user, or the ID of the role with the name of the session.
    principal_id: String,
    /// The account or the ID of the user; none for a role.
    user_id: Option<String>,
    /// ID of the role, where one was assumed.
    role_id: Option<String>,
    /// The caller as policies name it.
    arn: String,
}

impl Run for GetCallerIdentity {
    fn run(self, cx: &mut Cx<'_>) -> Result<CallerIdentity, ApiError> {
        let account_id = cx.caller.home.clone();
        let Some(principal) = cx.principal()? else {
            return Ok(CallerIdentity {
                identity_type: "Account",
                principal_id: account_id.to_string(),
                user_id: Some(account_id.to_string()),
                role_id: None,
                arn: format!("acs:ram::{account_id}:root"),
                account_id,
            });
        };
        Ok(match &cx.caller.identity {
            Identity::Session { role, session } => CallerIdentity {
                identity_type: "AssumedRoleUser",
                role_id: principal.id.split_once(':').map(|(role, _)| role.to_owned()),
                principal_id: principal.id,
                user_id: None,
                arn: format!("acs:ram::{account_id}:assumed-role/{role}/{session}"),
                account_id,
            },
            Identity::Owner | Identity::User(_) => CallerIdentity {
                identity_type: "RAMUser",
                user_id: Some(principal.id.clone()),
                principal_id: principal.id,
                role_id: None,
                arn: principal.arn,
                account_id,
            },
        })
    }
}

fn a_user(story: &mut Story) {
    one_user(story);
    story.act_as_user("ann");
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a key of the account", nothing, ""),
    Case::ok("from any region", nothing, "RegionId=cn-nowhere"),
    Case::ok("a key of a RAM user", a_user, ""),
];
