//! ListAccessKeys.

use moyun_derive::{Action, Shape};
use moyun_wire::timestamp;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamUserNotFound, RequiredParameterMissing};
use crate::ram::access_key::record::status_name;
use crate::ram::given::{one_user, two_keys};
use crate::spec::Run;
use crate::world::Fact;

/// Lists the access keys of a RAM user, newest first. Secrets are never shown again.
#[derive(Action)]
#[action(ram, read, regionless, reply = AccessKeyList, raises(RequiredParameterMissing, RamUserNotFound))]
pub struct ListAccessKeys {
    /// Name of the user; without it the RAM user who calls.
    user_name: Option<String>,
}

/// The access keys of a user.
#[derive(Shape)]
pub struct AccessKeyList {
    /// The keys.
    #[shape(list = "AccessKey")]
    access_keys: Vec<KeyShape>,
}

/// An access key.
#[derive(Shape)]
struct KeyShape {
    /// ID of the key.
    access_key_id: String,
    /// `Active` or `Inactive`.
    status: &'static str,
    /// When the key was created.
    create_date: String,
}

impl Run for ListAccessKeys {
    fn run(self, cx: &mut Cx<'_>) -> Result<AccessKeyList, ApiError> {
        let user = cx.named_user_or_caller(self.user_name.as_deref())?;
        let mut access_keys = vec![];
        for held in cx.keys_of_user(&user)? {
            // An operator may have taken the key out of the world.
            let Some(facts) = Fact::of_key(&cx.tx, &held.access_key_id)? else { continue };
            access_keys.push(KeyShape {
                access_key_id: held.access_key_id,
                status: status_name(facts.status),
                create_date: timestamp::to_second(held.created_ms),
            });
        }
        Ok(AccessKeyList { access_keys })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("none", one_user, "UserName=ann"),
    Case::ok("two", two_keys, "UserName=ann"),
    Case::err("of nobody", nothing, "", &RequiredParameterMissing),
    Case::err("of a user that is not there", nothing, "UserName=ann", &RamUserNotFound),
];
