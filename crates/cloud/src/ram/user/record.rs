//! A RAM user as it is stored.

use moyun_derive::Shape;
use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use moyun_wire::timestamp;
use serde::{Deserialize, Serialize};

use crate::cx::{Cx, Identity};
use crate::errors::{ApiError, RamUserNotFound, RequiredParameterMissing};
use crate::ids::AccountId;
use crate::paging::{LISTED, Listed};
use crate::ram::login::record::LoginProfile;
use crate::ram::mfa::record::BoundDevice;

/// The index by account and bound MFA device.
pub const OF_MFA_DEVICE: u16 = LISTED + 1;

/// A RAM user.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RamUser {
    /// Whose it is.
    pub account: AccountId,
    /// Its name, unique within the account.
    pub name: String,
    /// Its identifier, which no other user ever gets.
    pub id: String,
    /// How it is shown.
    pub display_name: String,
    /// Its phone number.
    pub mobile_phone: String,
    /// Its address.
    pub email: String,
    /// What somebody noted about it.
    pub comments: String,
    /// When it was made.
    pub created_ms: i64,
    /// When it was last changed.
    pub updated_ms: i64,
    /// How it logs in to the console, if it does.
    #[serde(default)]
    pub login: Option<LoginProfile>,
    /// Its second factor, if it has one.
    #[serde(default)]
    pub mfa_device: Option<BoundDevice>,
}

impl Record for RamUser {
    const TABLE: Table = Table { id: 200, name: "ram_user" };
    fn key(&self) -> Key {
        RamUser::key_of(&self.account, &self.name)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn counted_in(&self) -> Option<Key> {
        Some(self.scope())
    }
    fn index(&self) -> Vec<IndexRow> {
        let of_device = |device: &BoundDevice| IndexRow {
            index: OF_MFA_DEVICE,
            key: Key::new().text(&self.account).text(&device.name),
        };
        std::iter::once(self.listed()).chain(self.mfa_device.as_ref().map(of_device)).collect()
    }
}

impl Listed for RamUser {
    fn scope(&self) -> Key {
        Key::new().text(&self.account)
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
}

impl RamUser {
    /// The primary key of a user.
    pub fn key_of(account: &AccountId, name: &str) -> Key {
        Key::new().text(account).text(name)
    }
}

/// A RAM user.
#[derive(Shape)]
pub struct UserShape {
    /// Name of the user.
    user_name: String,
    /// ID of the user.
    user_id: String,
    /// Display name.
    display_name: String,
    /// Mobile phone number.
    mobile_phone: String,
    /// Email address.
    email: String,
    /// Comments.
    comments: String,
    /// When the user was created.
    create_date: String,
    /// When the user was last changed.
    update_date: String,
}

impl From<RamUser> for UserShape {
    fn from(user: RamUser) -> UserShape {
        UserShape {
            user_name: user.name,
            user_id: user.id,
            display_name: user.display_name,
            mobile_phone: user.mobile_phone,
            email: user.email,
            comments: user.comments,
            create_date: timestamp::to_second(user.created_ms),
            update_date: timestamp::to_second(user.updated_ms),
        }
    }
}

/// One RAM user.
#[derive(Shape)]
pub struct OneUser {
    /// The user.
    pub user: UserShape,
}

impl Cx<'_> {
    /// The account's RAM user of this name.
    pub fn find_ram_user(&self, name: &str) -> Result<Option<RamUser>, Fault> {
        self.find(&RamUser::key_of(self.account(), name))
    }

    /// The account's RAM user of this name, or the row of its absence.
    pub fn ram_user(&self, name: &str) -> Result<RamUser, ApiError> {
        self.find_ram_user(name)?.ok_or_else(|| RamUserNotFound.with("name", name))
    }

    /// The RAM user whom a request names, or else the caller if it is one.
    pub fn named_user_or_caller(&self, name: Option<&str>) -> Result<RamUser, ApiError> {
        match (name, &self.caller.identity) {
            (Some(name), _) => self.ram_user(name),
            (None, Identity::User(name)) => self.ram_user(name),
            (None, _) => Err(RequiredParameterMissing.with("name", "UserName")),
        }
    }

    /// An identifier for a user, group or role: 18 digits.
    pub fn new_ram_id(&mut self) -> String {
        use rand_chacha::rand_core::Rng;
        format!("2{:017}", self.rng.next_u64() % 100_000_000_000_000_000)
    }
}

/// 1 to 64 letters, digits, `.`, `-`, `_` and `@`.
#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
pub fn is_user_name(name: &String) -> bool {
    (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_@".contains(&b))
}
