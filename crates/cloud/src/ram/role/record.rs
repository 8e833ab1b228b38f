//! A RAM role as it is stored.

use moyun_derive::Shape;
use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use moyun_wire::timestamp;
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::errors::{ApiError, RamEntityRoleNotFound};
use crate::ids::AccountId;
use crate::paging::Listed;
use crate::ram::policy::{Circumstances, Trust};
use crate::tags::{EcsTag, Tag, ecs};

/// The shortest session of a role that may be its longest, in seconds.
pub const SESSION_SECONDS_DEFAULT: i64 = 3600;

/// A RAM role.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RamRole {
    /// Whose it is.
    pub account: AccountId,
    /// Its name, unique within the account.
    pub name: String,
    /// Its identifier.
    pub id: String,
    /// What it is for.
    pub description: String,
    /// Who may assume it: a document.
    pub trust: String,
    /// The longest session, in seconds.
    pub session_seconds_max: i64,
    /// Whether it may log on to a console.
    #[serde(default)]
    pub allow_console_login: bool,
    /// When it was made.
    pub created_ms: i64,
    /// When it was last changed.
    pub updated_ms: i64,
    /// Its tags.
    pub tags: Vec<Tag>,
}

impl Record for RamRole {
    const TABLE: Table = Table { id: 205, name: "ram_role" };
    fn key(&self) -> Key {
        RamRole::key_of(&self.account, &self.name)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn counted_in(&self) -> Option<Key> {
        Some(self.scope())
    }
    fn index(&self) -> Vec<IndexRow> {
        vec![self.listed()]
    }
}

impl Listed for RamRole {
    fn scope(&self) -> Key {
        Key::new().text(&self.account)
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
}

impl RamRole {
    /// The primary key of a role.
    pub fn key_of(account: &AccountId, name: &str) -> Key {
        Key::new().text(account).text(name)
    }

    /// Its name among all resources.
    pub fn arn(&self) -> String {
        format!("acs:ram::{}:role/{}", self.account, self.name)
    }

    /// Whether one of these names of a kind may assume it.
    pub fn trusts(&self, kind: &str, names: &[String], circumstances: &Circumstances) -> bool {
        Trust::parse(&self.trust).is_ok_and(|trust| trust.admits(kind, names, circumstances))
    }

    /// Whether instances may have it.
    pub fn trusts_ecs(&self) -> bool {
        self.trusts("Service", &["ecs.aliyuncs.com".to_owned()], &Circumstances::default())
    }

    /// As it is shown.
    pub fn shape(self) -> RoleShape {
        RoleShape {
            arn: self.arn(),
            tags: ecs(&self.tags),
            role_name: self.name,
            role_id: self.id,
            description: self.description,
            assume_role_policy_document: self.trust,
            max_session_duration: self.session_seconds_max,
            allow_console_login: self.allow_console_login,
            create_date: timestamp::to_second(self.created_ms),
            update_date: timestamp::to_second(self.updated_ms),
        }
    }
}

/// A role.
#[derive(Shape)]
pub struct RoleShape {
    /// Name of the role.
    pub role_name: String,
    /// ID of the role.
    pub role_id: String,
    /// ARN of the role.
    pub arn: String,
    /// Description of the role.
    pub description: String,
    /// The trust policy: who may assume the role.
    pub assume_role_policy_document: String,
    /// The longest session, in seconds.
    pub max_session_duration: i64,
    /// Whether the role may log on to the console; there is none here.
    pub allow_console_login: bool,
    /// When the role was created.
    pub create_date: String,
    /// When the role was last changed.
    pub update_date: String,
    /// Tags of the role.
    #[shape(list = "Tag")]
    pub tags: Vec<EcsTag>,
}

/// One role.
#[derive(Shape)]
pub struct OneRole {
    /// The role.
    pub role: RoleShape,
}

impl Cx<'_> {
    /// The account's role of this name.
    pub fn find_role(&self, name: &str) -> Result<Option<RamRole>, Fault> {
        self.find(&RamRole::key_of(self.account(), name))
    }

    /// The account's role of this name, or the row of its absence.
    pub fn role(&self, name: &str) -> Result<RamRole, ApiError> {
        self.find_role(name)?.ok_or_else(|| RamEntityRoleNotFound.with("name", name))
    }
}

/// A trust policy.
#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
pub fn is_trust(text: &String) -> bool {
    Trust::parse(text).is_ok()
}
