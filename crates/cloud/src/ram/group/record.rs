//! Groups of RAM users and who is in them.

use moyun_derive::Shape;
use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use moyun_wire::timestamp;
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::errors::{ApiError, RamGroupNotFound};
use crate::ids::AccountId;
use crate::paging::{LISTED, Listed};

/// A group of RAM users.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RamGroup {
    /// Whose it is.
    pub account: AccountId,
    /// Its name, unique within the account.
    pub name: String,
    /// Its identifier.
    pub id: String,
    /// What somebody noted about it.
    pub comments: String,
    /// When it was made.
    pub created_ms: i64,
    /// When it was last changed.
    pub updated_ms: i64,
}

impl Record for RamGroup {
    const TABLE: Table = Table { id: 201, name: "ram_group" };
    fn key(&self) -> Key {
        RamGroup::key_of(&self.account, &self.name)
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

impl Listed for RamGroup {
    fn scope(&self) -> Key {
        Key::new().text(&self.account)
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
}

impl RamGroup {
    /// The primary key of a group.
    pub fn key_of(account: &AccountId, name: &str) -> Key {
        Key::new().text(account).text(name)
    }
}

/// That a user is in a group.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Membership {
    /// Whose group it is.
    pub account: AccountId,
    /// The name of the user.
    pub user: String,
    /// The name of the group.
    pub group: String,
    /// Since when.
    pub joined_ms: i64,
}

impl Record for Membership {
    const TABLE: Table = Table { id: 202, name: "ram_membership" };
    fn key(&self) -> Key {
        Membership::key_of(&self.account, &self.user, &self.group)
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

impl Listed for Membership {
    fn scope(&self) -> Key {
        Key::new().text(&self.account).text(&self.group)
    }
    fn created_ms(&self) -> i64 {
        self.joined_ms
    }
}

impl Membership {
    /// The primary key of a membership.
    pub fn key_of(account: &AccountId, user: &str, group: &str) -> Key {
        Key::new().text(account).text(user).text(group)
    }
}

/// A group.
#[derive(Shape)]
pub struct GroupShape {
    /// Name of the group.
    group_name: String,
    /// ID of the group.
    group_id: String,
    /// Comments.
    comments: String,
    /// When the group was created.
    create_date: String,
    /// When the group was last changed.
    update_date: String,
}

impl From<RamGroup> for GroupShape {
    fn from(group: RamGroup) -> GroupShape {
        GroupShape {
            group_name: group.name,
            group_id: group.id,
            comments: group.comments,
            create_date: timestamp::to_second(group.created_ms),
            update_date: timestamp::to_second(group.updated_ms),
        }
    }
}

/// One group.
#[derive(Shape)]
pub struct OneGroup {
    /// The group.
    pub group: GroupShape,
}

impl Cx<'_> {
    /// The account's group of this name.
    pub fn find_ram_group(&self, name: &str) -> Result<Option<RamGroup>, Fault> {
        self.find(&RamGroup::key_of(self.account(), name))
    }

    /// The account's group of this name, or the row of its absence.
    pub fn ram_group(&self, name: &str) -> Result<RamGroup, ApiError> {
        self.find_ram_group(name)?.ok_or_else(|| RamGroupNotFound.with("name", name))
    }

    /// The groups that a user is in, by their names.
    pub fn groups_of_user(&self, user: &str) -> Result<Vec<Membership>, Fault> {
        self.tx.list(&Key::new().text(self.account()).text(user))
    }

    /// The members of a group, newest first.
    pub fn users_of_group(&self, group: &str) -> Result<Vec<Membership>, Fault> {
        self.tx.index_list(LISTED, &Key::new().text(self.account()).text(group), 0, usize::MAX)
    }

    /// Hands the members of a group to its new name.
    pub fn rename_group_memberships(&mut self, group: &str, name: &str) -> Result<(), Fault> {
        for mut membership in self.users_of_group(group)? {
            self.delete(&membership)?;
            name.clone_into(&mut membership.group);
            self.put(&membership)?;
        }
        Ok(())
    }

    /// Hands the memberships of a user to its new name.
    pub fn rename_memberships(&mut self, user: &str, name: &str) -> Result<(), Fault> {
        for mut membership in self.groups_of_user(user)? {
            self.delete(&membership)?;
            name.clone_into(&mut membership.user);
            self.put(&membership)?;
        }
        Ok(())
    }
}

/// 1 to 64 letters, digits, `.`, `-` and `_`; also of roles.
#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
pub fn is_group_name(name: &String) -> bool {
    (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b))
}
