//! RAM as a part of the world document: `ram.U` holds the users, groups, roles, policies and attachments of an account.

use std::collections::{BTreeMap, BTreeSet};

use moyun_store::{Fault, Key, Record, Tx};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::catalog::accounts::{AccessKeyFacts, AccountFacts};
use crate::clock::Clock;
use crate::ids::AccountId;
use crate::ram::access_key::record::UserKey;
use crate::ram::access_key::uses::KeyUse;
use crate::ram::attachment::record::{Attachment, HolderKind};
use crate::ram::group::record::{Membership, RamGroup, is_group_name};
use crate::ram::managed_policy::record::{
    PolicyType, PolicyVersion, RamPolicy, is_policy_document, is_policy_name,
};
use crate::ram::policy::system;
use crate::ram::role::record::{RamRole, is_trust};
use crate::ram::user::record::{RamUser, is_user_name};
use crate::world::{Fact, PatchError, merge};

/// RAM of one account.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RamFacts {
    users: BTreeMap<String, UserFacts>,
    groups: BTreeMap<String, GroupFacts>,
    roles: BTreeMap<String, RoleFacts>,
    policies: BTreeMap<String, PolicyFacts>,
    attachments: BTreeSet<AttachmentFacts>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct UserFacts {
    display_name: String,
    mobile_phone: String,
    email: String,
    comments: String,
    groups: BTreeSet<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct GroupFacts {
    comments: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleFacts {
    /// Who may assume it: a document.
    trust: Value,
    #[serde(default)]
    description: String,
    #[serde(default = "an_hour")]
    max_session_duration: i64,
    #[serde(default)]
    allow_console_login: bool,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFacts {
    /// The version that counts: a document.
    document: Value,
    #[serde(default)]
    description: String,
}

/// A policy and to whom it is attached, in the words `user/ann`, `group/ops` and `role/worker`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AttachmentFacts {
    policy: String,
    to: String,
}

fn an_hour() -> i64 {
    3600
}

/// RAM of all accounts.
pub(crate) fn load(tx: &Tx<'_>) -> Result<Value, Fault> {
    let mut document = Map::new();
    for account in Fact::<AccountFacts>::all(tx)? {
        let facts = load_account(tx, &AccountId::from(account.name.as_str()))?;
        document.insert(account.name, facts);
    }
    Ok(Value::Object(document))
}

/// Merges a patch into RAM.
pub(crate) fn patch(tx: &mut Tx<'_>, part: Value, machine_ms: i64) -> Result<(), PatchError> {
    let Value::Object(accounts) = part else {
        return Err(refused("`ram` holds accounts by uid: patch it with a JSON object"));
    };
    let now_ms = Clock::load(tx)?.now_ms(machine_ms);
    for (uid, change) in accounts {
        if Fact::<AccountFacts>::find(tx, &uid)?.is_none() {
            return Err(refused(format!("ram/{uid}: there is no account {uid}")));
        }
        let account = AccountId(uid);
        let facts = if change.is_null() {
            RamFacts::default()
        } else {
            let mut value = load_account(tx, &account)?;
            merge(&mut value, change);
            serde_json::from_value(value).map_err(|error| refused(format!("ram/{account}: {error}")))?
        };
        facts.validate().map_err(|sentence| refused(format!("ram/{account}: {sentence}")))?;
        store(tx, &account, facts, now_ms)?;
    }
    Ok(())
}

impl RamFacts {
    /// Refuses impossible values with a sentence.
    fn validate(&self) -> Result<(), String> {
        let names = (self.users.keys().map(|name| ("user", name, is_user_name(name))))
            .chain(self.groups.keys().map(|name| ("group", name, is_group_name(name))))
            .chain(self.roles.keys().map(|name| ("role", name, is_group_name(name))))
            .chain(self.policies.keys().map(|name| ("policy", name, is_policy_name(name))));
        if let Some((kind, name, _)) = names.into_iter().find(|(.., good)| !good) {
            return Err(format!("{name:?} cannot be the name of a {kind}."));
        }
        for (name, policy) in &self.policies {
            if !is_policy_document(&policy.document.to_string()) {
                return Err(format!("the document of the policy {name} is not of the policy language."));
            }
        }
        for (name, role) in &self.roles {
            if !is_trust(&role.trust.to_string()) {
                return Err(format!("the trust of the role {name} is no trust policy."));
            }
            if !(3600..=43_200).contains(&role.max_session_duration) {
                return Err(format!("a session of the role {name} lasts 3600 to 43200 seconds at most."));
            }
        }
        for (user, facts) in &self.users {
            if let Some(group) = facts.groups.iter().find(|group| !self.groups.contains_key(*group)) {
                return Err(format!("the user {user} is in the group {group}, which is not there."));
            }
        }
        self.attachments.iter().try_for_each(|attachment| self.check_attachment(attachment))
    }

    fn check_attachment(&self, AttachmentFacts { policy, to }: &AttachmentFacts) -> Result<(), String> {
        if self.policy_type(policy).is_none() {
            return Err(format!("there is no policy {policy} to attach."));
        }
        let is_there = match holder(to) {
            Some((HolderKind::User, name)) => self.users.contains_key(name),
            Some((HolderKind::Group, name)) => self.groups.contains_key(name),
            Some((HolderKind::Role, name)) => self.roles.contains_key(name),
            None => return Err(format!("{to:?} is not of the form user/ann, group/ops or role/worker.")),
        };
        if is_there { Ok(()) } else { Err(format!("{policy} is attached to {to}, which is not there.")) }
    }

    /// A policy of the account goes before one of the system of the same name.
    fn policy_type(&self, name: &str) -> Option<PolicyType> {
        let of_system = || system::find(name).map(|_| PolicyType::System);
        self.policies.get(name).map(|_| PolicyType::Custom).or_else(of_system)
    }
}

fn holder(text: &str) -> Option<(HolderKind, &str)> {
    let (kind, name) = text.split_once('/')?;
    let kinds = [HolderKind::User, HolderKind::Group, HolderKind::Role];
    kinds.into_iter().find(|known| known.word() == kind).map(|kind| (kind, name))
}

fn load_account(tx: &Tx<'_>, account: &AccountId) -> Result<Value, Fault> {
    let here = Key::new().text(account);
    let mut facts = RamFacts::default();
    for user in tx.list::<RamUser>(&here)? {
        let groups = tx.list::<Membership>(&here.clone().text(&user.name))?;
        facts.users.insert(
            user.name,
            UserFacts {
                display_name: user.display_name,
                mobile_phone: user.mobile_phone,
                email: user.email,
                comments: user.comments,
                groups: groups.into_iter().map(|membership| membership.group).collect(),
            },
        );
    }
    for group in tx.list::<RamGroup>(&here)? {
        facts.groups.insert(group.name, GroupFacts { comments: group.comments });
    }
    for role in tx.list::<RamRole>(&here)? {
        let of_role = RoleFacts {
            trust: document(&role.trust)?,
            description: role.description,
            max_session_duration: role.session_seconds_max,
            allow_console_login: role.allow_console_login,
        };
        facts.roles.insert(role.name, of_role);
    }
    for policy in tx.list::<RamPolicy>(&here)? {
        let counting = policy.version(policy.default_version);
        let document = document(counting.map_or("null", |version| &version.document))?;
        facts.policies.insert(policy.name, PolicyFacts { document, description: policy.description });
    }
    for attachment in tx.list::<Attachment>(&here)? {
        let to = format!("{}/{}", attachment.kind.word(), attachment.holder);
        facts.attachments.insert(AttachmentFacts { policy: attachment.policy, to });
    }
    serde_json::to_value(facts).map_err(|error| Fault::caused("RAM cannot be shown", error))
}

fn document(text: &str) -> Result<Value, Fault> {
    serde_json::from_str(text).map_err(|error| Fault::caused("a stored policy is no JSON", error))
}

/// Makes the records of an account say what the facts say; what stays keeps its identifiers and dates.
fn store(tx: &mut Tx<'_>, account: &AccountId, facts: RamFacts, now_ms: i64) -> Result<(), Fault> {
    let here = Key::new().text(account);
    for user in tx.list::<RamUser>(&here)? {
        if !facts.users.contains_key(&user.name) {
            for held in tx.list::<UserKey>(&here.clone().text(&user.name))? {
                tx.delete::<Fact<AccessKeyFacts>>(&Key::new().text(&held.access_key_id))?;
                tx.delete::<KeyUse>(&KeyUse::key_of(&held.access_key_id))?;
                tx.delete::<UserKey>(&held.key())?;
            }
        }
    }
    let attachments = facts.attachments.iter().filter_map(|attachment| {
        let (kind, name) = holder(&attachment.to)?;
        Some(Attachment {
            account: account.clone(),
            kind,
            holder: name.to_owned(),
            policy_type: facts.policy_type(&attachment.policy)?,
            policy: attachment.policy.clone(),
            attached_ms: now_ms,
        })
    });
    let attachments: Vec<Attachment> = attachments.collect();
    let memberships: Vec<Membership> = facts
        .users
        .iter()
        .flat_map(|(user, facts)| facts.groups.iter().map(move |group| (user.clone(), group.clone())))
        .map(|(user, group)| Membership { account: account.clone(), user, group, joined_ms: now_ms })
        .collect();
    replace(tx, &here, attachments, |new, old| new.attached_ms = old.attached_ms)?;
    replace(tx, &here, memberships, |new, old| new.joined_ms = old.joined_ms)?;
    let users = facts.users.into_iter().map(|(name, facts)| facts.record(account, name, now_ms)).collect();
    replace(tx, &here, users, |new: &mut RamUser, old| {
        (new.id, new.created_ms) = (old.id, old.created_ms);
        (new.login, new.mfa_device) = (old.login, old.mfa_device);
    })?;
    let groups = facts.groups.into_iter().map(|(name, facts)| facts.record(account, name, now_ms)).collect();
    replace(tx, &here, groups, |new: &mut RamGroup, old| {
        (new.id, new.created_ms) = (old.id, old.created_ms);
    })?;
    let roles = facts.roles.into_iter().map(|(name, facts)| facts.record(account, name, now_ms)).collect();
    replace(tx, &here, roles, |new: &mut RamRole, old| {
        (new.id, new.created_ms, new.tags) = (old.id, old.created_ms, old.tags);
    })?;
    let policies =
        facts.policies.into_iter().map(|(name, facts)| facts.record(account, name, now_ms)).collect();
    replace(tx, &here, policies, |new: &mut RamPolicy, mut old| {
        let document = new.versions.remove(0).document;
        if let Some(version) = old.versions.iter_mut().find(|version| version.number == old.default_version) {
            version.document = document;
        }
        old.description = std::mem::take(&mut new.description);
        *new = old;
    })
}

/// Stores these records in place of all of their table under a prefix; `keep` takes over what is not of the facts.
fn replace<R: Record>(
    tx: &mut Tx<'_>,
    prefix: &Key,
    records: Vec<R>,
    keep: impl Fn(&mut R, R),
) -> Result<(), Fault> {
    let mut old: BTreeMap<Vec<u8>, R> = BTreeMap::new();
    for record in tx.list::<R>(prefix)? {
        old.insert(record.key().as_bytes().to_vec(), record);
    }
    for mut record in records {
        if let Some(old) = old.remove(record.key().as_bytes()) {
            keep(&mut record, old);
        }
        tx.put(&record)?;
    }
    for key in old.into_keys() {
        tx.delete::<R>(&Key::from_bytes(key))?;
    }
    Ok(())
}

impl UserFacts {
    fn record(self, account: &AccountId, name: String, now_ms: i64) -> RamUser {
        RamUser {
            account: account.clone(),
            id: id_of(account, "user", &name),
            name,
            display_name: self.display_name,
            mobile_phone: self.mobile_phone,
            email: self.email,
            comments: self.comments,
            created_ms: now_ms,
            updated_ms: now_ms,
            login: None,
            mfa_device: None,
        }
    }
}

impl GroupFacts {
    fn record(self, account: &AccountId, name: String, now_ms: i64) -> RamGroup {
        RamGroup {
            account: account.clone(),
            id: id_of(account, "group", &name),
            name,
            comments: self.comments,
            created_ms: now_ms,
            updated_ms: now_ms,
        }
    }
}

impl RoleFacts {
    fn record(self, account: &AccountId, name: String, now_ms: i64) -> RamRole {
        RamRole {
            account: account.clone(),
            id: id_of(account, "role", &name),
            name,
            description: self.description,
            trust: self.trust.to_string(),
            session_seconds_max: self.max_session_duration,
            allow_console_login: self.allow_console_login,
            created_ms: now_ms,
            updated_ms: now_ms,
            tags: vec![],
        }
    }
}

impl PolicyFacts {
    fn record(self, account: &AccountId, name: String, now_ms: i64) -> RamPolicy {
        let version = PolicyVersion { number: 1, document: self.document.to_string(), created_ms: now_ms };
        RamPolicy {
            account: account.clone(),
            name,
            description: self.description,
            versions: vec![version],
            default_version: 1,
            last_version: 1,
            created_ms: now_ms,
            updated_ms: now_ms,
            tags: vec![],
        }
    }
}

/// The identifier of something that the document makes: always the same for the same name.
fn id_of(account: &AccountId, kind: &str, name: &str) -> String {
    let hash = Sha256::digest(format!("{account}:{kind}:{name}"));
    let number = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("2{:017}", number % 100_000_000_000_000_000)
}

fn refused(sentence: impl Into<String>) -> PatchError {
    PatchError::Refused(sentence.into())
}
