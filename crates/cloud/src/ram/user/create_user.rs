//! CreateUser.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{
    ApiError, ParameterMalformed, RamUserExists, RamUserNameMalformed, RequiredParameterMissing,
};
use crate::ram::given::one_user;
use crate::ram::user::record::{OneUser, RamUser, is_user_name};
use crate::spec::Run;

/// Creates a RAM user: an identity of its own within the account.
///
/// It may do nothing until a policy is attached to it or to a group that it is in, and it calls nothing until it has an
/// access key.
#[derive(Action)]
#[action(ram, write, regionless, reply = OneUser, raises(RequiredParameterMissing, RamUserNameMalformed, ParameterMalformed, RamUserExists))]
pub struct CreateUser {
    /// Name of the user: 1 to 64 letters, digits, periods, hyphens, underscores and at signs, unique in the account.
    #[param(required, check = is_user_name, row = RamUserNameMalformed)]
    user_name: String,
    /// Display name.
    #[param(len(1, 128))]
    display_name: Option<String>,
    /// Mobile phone number, such as `86-1868888****`.
    #[param(len(1, 64))]
    mobile_phone: Option<String>,
    /// Email address.
    #[param(len(1, 128))]
    email: Option<String>,
    /// Comments.
    #[param(len(1, 128))]
    comments: Option<String>,
}

const COMMENTS_129: &str = concat!(
    "UserName=ann&Comments=",
    "0123456789012345678901234567890123456789012345678901234567890123456789",
    "01234567890123456789012345678901234567890123456789012345678",
);

impl Run for CreateUser {
    fn run(self, cx: &mut Cx<'_>) -> Result<OneUser, ApiError> {
        if cx.find_ram_user(&self.user_name)?.is_some() {
            return Err(RamUserExists.with("name", self.user_name));
        }
        let user = RamUser {
            account: cx.account().clone(),
            name: self.user_name,
            id: cx.new_ram_id(),
            display_name: self.display_name.unwrap_or_default(),
            mobile_phone: self.mobile_phone.unwrap_or_default(),
            email: self.email.unwrap_or_default(),
            comments: self.comments.unwrap_or_default(),
            created_ms: cx.now_ms(),
            updated_ms: cx.now_ms(),
            login: None,
            mfa_device: None,
        };
        cx.put(&user)?;
        Ok(OneUser { user: user.into() })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a name alone", nothing, "UserName=ann"),
    Case::ok(
        "everything said",
        nothing,
        "UserName=ann@example&DisplayName=Ann&MobilePhone=86-18600000000&Email=ann@example.com&Comments=Builds",
    ),
    Case::err("no name", nothing, "DisplayName=Ann", &RequiredParameterMissing),
    Case::err("a name with a blank", nothing, "UserName=ann lee", &RamUserNameMalformed),
    Case::err("comments that are a book", nothing, COMMENTS_129, &ParameterMalformed),
    Case::err("a name in use", one_user, "UserName=ann", &RamUserExists),
];
