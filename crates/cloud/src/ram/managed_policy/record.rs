//! Custom policies as they are stored, and policies of either type as they are shown.

use moyun_derive::Shape;
use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use moyun_wire::timestamp;
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::errors::{ApiError, RamPolicyNotFound};
use crate::ids::AccountId;
use crate::paging::Listed;
use crate::param::Param;
use crate::ram::policy::system::{self, SystemPolicy};
use crate::ram::policy::{Document, POLICY_BYTES_MAX};
use crate::spec::ParamKind;
use crate::tags::Tag;

/// The most versions of one policy.
pub const VERSIONS_MAX: usize = 5;

/// Who made a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PolicyType {
    /// The system: every account has it.
    System,
    /// The account.
    Custom,
}

impl PolicyType {
    /// The word on the wire.
    pub fn wire_name(self) -> &'static str {
        match self {
            PolicyType::System => "System",
            PolicyType::Custom => "Custom",
        }
    }
}

impl Param for PolicyType {
    const KIND: ParamKind = ParamKind::Text;
    fn read(text: &str) -> Option<PolicyType> {
        match text {
            "System" => Some(PolicyType::System),
            "Custom" => Some(PolicyType::Custom),
            _ => None,
        }
    }
}

/// A custom policy.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RamPolicy {
    /// Whose it is.
    pub account: AccountId,
    /// Its name, unique within the account.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Its versions, oldest first.
    pub versions: Vec<PolicyVersion>,
    /// The number of the version that counts.
    pub default_version: u32,
    /// The number of the last version ever made.
    pub last_version: u32,
    /// When it was made.
    pub created_ms: i64,
    /// When it was last changed.
    pub updated_ms: i64,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// A version of a custom policy.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PolicyVersion {
    /// Its number.
    pub number: u32,
    /// Its document.
    pub document: String,
    /// When it was made.
    pub created_ms: i64,
}

impl Record for RamPolicy {
    const TABLE: Table = Table { id: 203, name: "ram_policy" };
    fn key(&self) -> Key {
        RamPolicy::key_of(&self.account, &self.name)
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

impl Listed for RamPolicy {
    fn scope(&self) -> Key {
        Key::new().text(&self.account)
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
}

impl RamPolicy {
    /// The primary key of a custom policy.
    pub fn key_of(account: &AccountId, name: &str) -> Key {
        Key::new().text(account).text(name)
    }

    /// The version of a number.
    pub fn version(&self, number: u32) -> Option<&PolicyVersion> {
        self.versions.iter().find(|version| version.number == number)
    }
}

/// A policy of either type.
#[derive(Debug)]
pub enum Policy {
    /// One of the system.
    System(&'static SystemPolicy),
    /// One of the account.
    Custom(RamPolicy),
}

impl Policy {
    /// Its type.
    pub fn policy_type(&self) -> PolicyType {
        match self {
            Policy::System(_) => PolicyType::System,
            Policy::Custom(_) => PolicyType::Custom,
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Policy::System(policy) => policy.name,
            Policy::Custom(policy) => &policy.name,
        }
    }

    /// What it is for.
    pub fn description(&self) -> &str {
        match self {
            Policy::System(policy) => policy.description,
            Policy::Custom(policy) => &policy.description,
        }
    }

    /// Its tags; one of the system has none.
    pub fn tags(&self) -> &[Tag] {
        match self {
            Policy::System(_) => &[],
            Policy::Custom(policy) => &policy.tags,
        }
    }

    /// The versions with the one that counts.
    pub fn versions(&self) -> Vec<VersionShape> {
        match self {
            Policy::System(policy) => {
                vec![VersionShape::of(1, policy.document, system::CREATED_MS, true)]
            }
            Policy::Custom(policy) => {
                let shape = |version: &PolicyVersion| {
                    let is_default = version.number == policy.default_version;
                    VersionShape::of(version.number, &version.document, version.created_ms, is_default)
                };
                policy.versions.iter().rev().map(shape).collect()
            }
        }
    }

    /// The version that counts, as clients call it.
    pub fn default_version(&self) -> String {
        match self {
            Policy::System(_) => version_id(1),
            Policy::Custom(policy) => version_id(policy.default_version),
        }
    }

    /// The document that counts.
    pub fn document(&self) -> Result<Document, Fault> {
        let text = match self {
            Policy::System(policy) => policy.document,
            Policy::Custom(policy) => {
                policy.version(policy.default_version).map_or("", |version| version.document.as_str())
            }
        };
        Document::parse(text, POLICY_BYTES_MAX)
            .map_err(|_| Fault::new(format!("the stored policy {} cannot be read", self.name())))
    }

    /// As it is shown.
    pub fn shape(&self, attachments: usize) -> PolicyShape {
        let (created_ms, updated_ms) = match self {
            Policy::System(_) => (system::CREATED_MS, system::CREATED_MS),
            Policy::Custom(policy) => (policy.created_ms, policy.updated_ms),
        };
        PolicyShape {
            policy_name: self.name().to_owned(),
            policy_type: self.policy_type().wire_name(),
            description: self.description().to_owned(),
            default_version: self.default_version(),
            create_date: timestamp::to_second(created_ms),
            update_date: timestamp::to_second(updated_ms),
            attachment_count: attachments,
        }
    }
}

/// A policy.
#[derive(Shape)]
pub struct PolicyShape {
    /// Name of the policy.
    policy_name: String,
    /// `System` or `Custom`.
    policy_type: &'static str,
    /// Description of the policy.
    description: String,
    /// The version that counts.
    default_version: String,
    /// When the policy was created.
    create_date: String,
    /// When the policy was last changed.
    update_date: String,
    /// How many users, groups and roles it is attached to.
    attachment_count: usize,
}

/// One policy.
#[derive(Shape)]
pub struct OnePolicy {
    /// The policy.
    pub policy: PolicyShape,
}

/// One version of a policy.
#[derive(Shape)]
pub struct OneVersion {
    /// The version.
    pub policy_version: VersionShape,
}

/// A version of a policy.
#[derive(Shape)]
pub struct VersionShape {
    /// ID of the version.
    pub version_id: String,
    /// Whether it is the version that counts.
    pub is_default_version: bool,
    /// Its document.
    pub policy_document: String,
    /// When it was created.
    pub create_date: String,
}

impl VersionShape {
    fn of(number: u32, document: &str, created_ms: i64, is_default_version: bool) -> VersionShape {
        VersionShape {
            version_id: version_id(number),
            is_default_version,
            policy_document: document.to_owned(),
            create_date: timestamp::to_second(created_ms),
        }
    }
}

fn version_id(number: u32) -> String {
    format!("v{number}")
}

impl Cx<'_> {
    /// The policy of a type and name that the account has.
    pub fn find_policy(&self, policy_type: PolicyType, name: &str) -> Result<Option<Policy>, Fault> {
        Ok(match policy_type {
            PolicyType::System => system::find(name).map(Policy::System),
            PolicyType::Custom => self.find(&RamPolicy::key_of(self.account(), name))?.map(Policy::Custom),
        })
    }

    /// The policy of a type and name that the account has, or the row of its absence.
    pub fn policy(&self, policy_type: PolicyType, name: &str) -> Result<Policy, ApiError> {
        self.find_policy(policy_type, name)?.ok_or_else(|| RamPolicyNotFound.with("name", name))
    }

    /// The account's own policy of this name, or the row of its absence.
    pub fn custom_policy(&self, name: &str) -> Result<RamPolicy, ApiError> {
        let found = self.find(&RamPolicy::key_of(self.account(), name))?;
        found.ok_or_else(|| RamPolicyNotFound.with("name", name))
    }
}

/// 1 to 128 letters, digits and `-`.
#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
pub fn is_policy_name(name: &String) -> bool {
    (1..=128).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// A document of the policy language.
#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
pub fn is_policy_document(text: &String) -> bool {
    Document::parse(text, POLICY_BYTES_MAX).is_ok()
}
