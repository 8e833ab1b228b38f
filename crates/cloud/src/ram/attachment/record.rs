//! Which policies are attached to whom.

use moyun_derive::Shape;
use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use moyun_wire::timestamp;
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::errors::{
    ApiError, ErrorRow, RamGroupHasPolicy, RamGroupLacksPolicy, RamRoleHasPolicy, RamRoleLacksPolicy,
    RamUserHasPolicy, RamUserLacksPolicy,
};
use crate::ids::AccountId;
use crate::ram::managed_policy::record::{Policy, PolicyType};

/// What a policy can be attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HolderKind {
    /// A RAM user.
    User,
    /// A group.
    Group,
    /// A role.
    Role,
}

impl HolderKind {
    /// The word in stored keys and in the world document.
    pub fn word(self) -> &'static str {
        match self {
            HolderKind::User => "user",
            HolderKind::Group => "group",
            HolderKind::Role => "role",
        }
    }

    fn has_policy(self) -> &'static ErrorRow {
        match self {
            HolderKind::User => &RamUserHasPolicy,
            HolderKind::Group => &RamGroupHasPolicy,
            HolderKind::Role => &RamRoleHasPolicy,
        }
    }

    fn lacks_policy(self) -> &'static ErrorRow {
        match self {
            HolderKind::User => &RamUserLacksPolicy,
            HolderKind::Group => &RamGroupLacksPolicy,
            HolderKind::Role => &RamRoleLacksPolicy,
        }
    }
}

/// That a policy is attached to somebody.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Attachment {
    /// Whose identities these are.
    pub account: AccountId,
    /// What kind of holder.
    pub kind: HolderKind,
    /// The name of the holder.
    pub holder: String,
    /// The type of the policy.
    pub policy_type: PolicyType,
    /// The name of the policy.
    pub policy: String,
    /// Since when.
    pub attached_ms: i64,
}

/// The index that finds the holders of a policy.
const BY_POLICY: u16 = 1;

impl Record for Attachment {
    const TABLE: Table = Table { id: 204, name: "ram_attachment" };
    fn key(&self) -> Key {
        Attachment::of_holder(&self.account, self.kind, &self.holder)
            .text(self.policy_type.wire_name())
            .text(&self.policy)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn counted_in(&self) -> Option<Key> {
        Some(Attachment::of_policy(&self.account, self.policy_type, &self.policy))
    }
    fn index(&self) -> Vec<IndexRow> {
        let key = Attachment::of_policy(&self.account, self.policy_type, &self.policy)
            .text(self.kind.word())
            .desc_i64(self.attached_ms);
        vec![IndexRow { index: BY_POLICY, key }]
    }
}

impl Attachment {
    /// Where the policies of a holder are.
    pub fn of_holder(account: &AccountId, kind: HolderKind, holder: &str) -> Key {
        Key::new().text(account).text(kind.word()).text(holder)
    }

    fn of_policy(account: &AccountId, policy_type: PolicyType, policy: &str) -> Key {
        Key::new().text(account).text(policy_type.wire_name()).text(policy)
    }
}

/// A policy and since when it is attached.
#[derive(Shape)]
pub struct AttachedShape {
    /// Name of the policy.
    policy_name: String,
    /// `System` or `Custom`.
    policy_type: &'static str,
    /// Description of the policy.
    description: String,
    /// The version that counts.
    default_version: String,
    /// Since when the policy is attached.
    attach_date: String,
}

/// The policies of a user, group or role.
#[derive(Shape)]
pub struct AttachedPolicies {
    /// The policies.
    #[shape(list = "Policy")]
    pub policies: Vec<AttachedShape>,
}

impl Cx<'_> {
    /// What is attached to somebody.
    pub fn attachments_of(&self, kind: HolderKind, holder: &str) -> Result<Vec<Attachment>, Fault> {
        self.tx.list(&Attachment::of_holder(self.account(), kind, holder))
    }

    /// To whom a policy is attached.
    pub fn attachments_to(&self, policy_type: PolicyType, policy: &str) -> Result<Vec<Attachment>, Fault> {
        let scope = Attachment::of_policy(self.account(), policy_type, policy);
        self.tx.index_list(BY_POLICY, &scope, 0, usize::MAX)
    }

    /// To how many a policy is attached.
    pub fn attachment_count(&self, policy_type: PolicyType, policy: &str) -> Result<usize, Fault> {
        let count =
            self.tx.count::<Attachment>(&Attachment::of_policy(self.account(), policy_type, policy))?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// Attaches a policy to somebody who is there.
    pub fn attach(&mut self, policy: &Policy, kind: HolderKind, holder: &str) -> Result<(), ApiError> {
        let attachment = self.attachment(policy, kind, holder);
        if self.find::<Attachment>(&attachment.key())?.is_some() {
            return Err(kind.has_policy().into());
        }
        Ok(self.put(&attachment)?)
    }

    /// Detaches a policy from somebody who is there.
    pub fn detach(&mut self, policy: &Policy, kind: HolderKind, holder: &str) -> Result<(), ApiError> {
        let key = self.attachment(policy, kind, holder).key();
        if self.tx.delete::<Attachment>(&key)? { Ok(()) } else { Err(kind.lacks_policy().into()) }
    }

    /// Hands what is attached to somebody to the new name.
    pub fn rename_attachments(&mut self, kind: HolderKind, holder: &str, name: &str) -> Result<(), Fault> {
        for mut attachment in self.attachments_of(kind, holder)? {
            self.delete(&attachment)?;
            name.clone_into(&mut attachment.holder);
            self.put(&attachment)?;
        }
        Ok(())
    }

    /// The policies attached to somebody, as they are shown.
    pub fn attached_policies(&self, kind: HolderKind, holder: &str) -> Result<AttachedPolicies, ApiError> {
        let mut policies = vec![];
        for attachment in self.attachments_of(kind, holder)? {
            let policy = self.policy(attachment.policy_type, &attachment.policy)?;
            policies.push(AttachedShape {
                policy_name: attachment.policy,
                policy_type: attachment.policy_type.wire_name(),
                description: policy.description().to_owned(),
                default_version: policy.default_version(),
                attach_date: timestamp::to_second(attachment.attached_ms),
            });
        }
        Ok(AttachedPolicies { policies })
    }

    fn attachment(&self, policy: &Policy, kind: HolderKind, holder: &str) -> Attachment {
        Attachment {
            account: self.account().clone(),
            kind,
            holder: holder.to_owned(),
            policy_type: policy.policy_type(),
            policy: policy.name().to_owned(),
            attached_ms: self.now_ms(),
        }
    }
}
