//! DescribeUserBusinessBehavior.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::business_behavior::modify_user_business_behavior::an_administrator;
use crate::ecs::business_behavior::record::BusinessBehavior;
use crate::errors::{ActionForAccountOwnerOnly, ApiError, RegionNotFound, RequiredParameterMissing};
use crate::spec::Run;
use crate::story::Story;

/// Shows a default of the account.
///
/// Only the account itself may ask: RAM users and roles are refused whatever their policies say.
#[derive(Action)]
#[action(
    ecs,
    read,
    owner_only,
    reply = Behavior,
    raises(ActionForAccountOwnerOnly, RegionNotFound, RequiredParameterMissing)
)]
pub struct DescribeUserBusinessBehavior {
    /// What the default is about.
    #[param(required, name = "statusKey")]
    status_key: String,
}

/// A default.
#[derive(Shape)]
pub struct Behavior {
    /// The default; empty while nobody has set it.
    status_value: String,
}

impl Run for DescribeUserBusinessBehavior {
    fn run(self, cx: &mut Cx<'_>) -> Result<Behavior, ApiError> {
        let key = BusinessBehavior::key_of(cx.account(), &self.status_key);
        let found = cx.find::<BusinessBehavior>(&key)?;
        Ok(Behavior { status_value: found.map(|behavior| behavior.status_value).unwrap_or_default() })
    }
}

fn a_default(story: &mut Story) {
    story.call("ModifyUserBusinessBehavior", "statusKey=instance_shutdown&statusValue=stop_charging");
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("set", a_default, "statusKey=instance_shutdown"),
    Case::ok("never set", nothing, "statusKey=instance_shutdown"),
    Case::err(
        "by a RAM user who may do everything",
        an_administrator,
        "statusKey=instance_shutdown",
        &ActionForAccountOwnerOnly,
    ),
    Case::err("no such region", nothing, "RegionId=cn-atlantis&statusKey=a", &RegionNotFound),
    Case::err("no key", nothing, "", &RequiredParameterMissing),
];
