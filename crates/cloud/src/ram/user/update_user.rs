//! UpdateUser.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{
    ApiError, RamUserExists, RamUserNameMalformed, RamUserNotFound, RequiredParameterMissing,
};
use crate::ram::attachment::record::HolderKind;
use crate::ram::given::{one_key, one_user};
use crate::ram::user::record::{OneUser, is_user_name};
use crate::spec::Run;
use crate::story::Story;

/// Changes a RAM user. What the request does not name stays as it is.
///
/// A new name takes keys, groups and policies with it.
#[derive(Action)]
#[action(ram, write, regionless, reply = OneUser, raises(RequiredParameterMissing, RamUserNameMalformed, RamUserNotFound, RamUserExists))]
pub struct UpdateUser {
    /// Name of the user.
    #[param(required)]
    user_name: String,
    /// New name of the user.
    #[param(check = is_user_name, row = RamUserNameMalformed)]
    new_user_name: Option<String>,
    /// New display name.
    new_display_name: Option<String>,
    /// New mobile phone number.
    new_mobile_phone: Option<String>,
    /// New email address.
    new_email: Option<String>,
    /// New comments.
    new_comments: Option<String>,
}

fn ann_and_eve(story: &mut Story) {
    one_user(story);
    story.call("Ram:CreateUser", "UserName=eve");
}

impl Run for UpdateUser {
    fn run(self, cx: &mut Cx<'_>) -> Result<OneUser, ApiError> {
        let mut user = cx.ram_user(&self.user_name)?;
        if let Some(name) = self.new_user_name.filter(|name| *name != user.name) {
            if cx.find_ram_user(&name)?.is_some() {
                return Err(RamUserExists.with("name", name));
            }
            cx.rename_keys(&user, &name)?;
            cx.rename_memberships(&user.name, &name)?;
            cx.rename_attachments(HolderKind::User, &user.name, &name)?;
            cx.delete(&user)?;
            user.name = name;
        }
        let changes = [
            (&mut user.display_name, self.new_display_name),
            (&mut user.mobile_phone, self.new_mobile_phone),
            (&mut user.email, self.new_email),
            (&mut user.comments, self.new_comments),
        ];
        for (field, change) in changes {
            *field = change.unwrap_or_else(|| std::mem::take(field));
        }
        user.updated_ms = cx.now_ms();
        cx.put(&user)?;
        Ok(OneUser { user: user.into() })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a new name", one_key, "UserName=ann&NewUserName=eve"),
    Case::ok(
        "everything else",
        one_user,
        "UserName=ann&NewDisplayName=Ann&NewMobilePhone=86-18600000000&NewEmail=ann@example.com&NewComments=Gone",
    ),
    Case::err("no name", nothing, "NewUserName=eve", &RequiredParameterMissing),
    Case::err("a new name with a blank", one_user, "UserName=ann&NewUserName=ann lee", &RamUserNameMalformed),
    Case::err("a user that is not there", nothing, "UserName=ann&NewUserName=eve", &RamUserNotFound),
    Case::err("a new name in use", ann_and_eve, "UserName=ann&NewUserName=eve", &RamUserExists),
];
