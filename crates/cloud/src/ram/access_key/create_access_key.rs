//! CreateAccessKey.

use moyun_derive::{Action, Shape};
use moyun_wire::timestamp;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RamUserKeysFull, RamUserNotFound, RequiredParameterMissing};
use crate::ram::access_key::record::{USER_KEYS_MAX, status_name};
use crate::ram::given::{one_user, two_keys};
use crate::spec::Run;
use crate::story::Story;

/// Creates an access key for a RAM user, who can sign requests with it at once.
///
/// The reply is the only place that ever shows the secret. A user has at most two keys.
#[derive(Action)]
#[action(ram, write, regionless, reply = NewAccessKey, raises(RequiredParameterMissing, RamUserNotFound, RamUserKeysFull))]
pub struct CreateAccessKey {
    /// Name of the user; without it the RAM user who calls.
    user_name: Option<String>,
}

/// A new access key.
#[derive(Shape)]
pub struct NewAccessKey {
    /// The key.
    access_key: NewKeyShape,
}

/// An access key with its secret.
#[derive(Shape)]
struct NewKeyShape {
    /// ID of the key.
    access_key_id: String,
    /// Secret of the key, shown this once.
    access_key_secret: String,
    /// `Active`.
    status: &'static str,
    /// When the key was created.
    create_date: String,
}

fn ann_herself(story: &mut Story) {
    one_user(story);
    story.call("Ram:AttachPolicyToUser", "PolicyType=System&PolicyName=AliyunRAMFullAccess&UserName=ann");
    story.act_as_user("ann");
}

impl Run for CreateAccessKey {
    fn run(self, cx: &mut Cx<'_>) -> Result<NewAccessKey, ApiError> {
        let user = cx.named_user_or_caller(self.user_name.as_deref())?;
        if cx.keys_of_user(&user)?.len() >= USER_KEYS_MAX {
            return Err((&RamUserKeysFull).into());
        }
        let (held, facts) = cx.make_user_key(&user)?;
        let access_key = NewKeyShape {
            access_key_id: held.access_key_id,
            access_key_secret: facts.secret,
            status: status_name(facts.status),
            create_date: timestamp::to_second(held.created_ms),
        };
        Ok(NewAccessKey { access_key })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("the first", one_user, "UserName=ann"),
    Case::ok("the caller's own", ann_herself, ""),
    Case::err("of nobody", nothing, "", &RequiredParameterMissing),
    Case::err("of a user that is not there", nothing, "UserName=ann", &RamUserNotFound),
    Case::err("a third one", two_keys, "UserName=ann", &RamUserKeysFull),
];
