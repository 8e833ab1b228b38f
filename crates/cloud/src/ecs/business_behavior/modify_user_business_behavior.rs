//! ModifyUserBusinessBehavior.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::business_behavior::record::BusinessBehavior;
use crate::errors::{
    ActionForAccountOwnerOnly, ApiError, ParameterMalformed, RegionNotFound, RequiredParameterMissing,
};
use crate::spec::Run;
use crate::story::Story;

/// Sets a default of the account.
///
/// Only the account itself may: RAM users and roles are refused whatever their policies say.
#[derive(Action)]
#[action(
    ecs,
    write,
    owner_only,
    reply = Empty,
    raises(ActionForAccountOwnerOnly, RegionNotFound, RequiredParameterMissing, ParameterMalformed)
)]
pub struct ModifyUserBusinessBehavior {
    /// What the default is about.
    #[param(required, name = "statusKey", len(1, 128))]
    status_key: String,
    /// The default.
    #[param(required, name = "statusValue", len(1, 128))]
    status_value: String,
}

impl Run for ModifyUserBusinessBehavior {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let account = cx.account().clone();
        let (status_key, status_value) = (self.status_key, self.status_value);
        cx.put(&BusinessBehavior { account, status_key, status_value })?;
        Ok(Empty)
    }
}

/// A RAM user who may do everything.
pub(super) fn an_administrator(story: &mut Story) {
    story.call("Ram:CreateUser", "UserName=ann");
    story.call("Ram:AttachPolicyToUser", "PolicyType=System&PolicyName=AdministratorAccess&UserName=ann");
    story.act_as_user("ann");
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "a default",
        nothing,
        "RegionId=cn-hangzhou&statusKey=instance_shutdown&statusValue=stop_charging",
    ),
    Case::err(
        "by a RAM user who may do everything",
        an_administrator,
        "RegionId=cn-hangzhou&statusKey=instance_shutdown&statusValue=stop_charging",
        &ActionForAccountOwnerOnly,
    ),
    Case::err("no such region", nothing, "RegionId=cn-atlantis&statusKey=a&statusValue=b", &RegionNotFound),
    Case::err("no value", nothing, "RegionId=cn-hangzhou&statusKey=a", &RequiredParameterMissing),
    Case::err("a value that is a book", nothing, VALUE_129, &ParameterMalformed),
];

const VALUE_129: &str = concat!(
    "RegionId=cn-hangzhou&statusKey=a&statusValue=",
    "0123456789012345678901234567890123456789012345678901234567890123456789",
    "01234567890123456789012345678901234567890123456789012345678",
);
