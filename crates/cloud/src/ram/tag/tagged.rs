//! What of RAM carries tags, whatever it is.

use moyun_store::Key;

use crate::cx::Cx;
use crate::errors::{
    ApiError, RamEntityRoleNotFound, RamPolicyNotFound, TagResourceIdsMissing, TooManyTaggedResources,
    TooManyTagsOnResource,
};
use crate::ids::AccountId;
use crate::paging::Listed;
use crate::param::Param;
use crate::ram::managed_policy::record::RamPolicy;
use crate::ram::role::record::RamRole;
use crate::spec::ParamKind;
use crate::tags::{TAGS_MAX, Tag};

/// The most resources of one request.
const RESOURCES_MAX: usize = 50;

/// A kind of resource that carries tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaggedKind {
    /// Roles.
    Role,
    /// Custom policies.
    Policy,
}

impl Param for TaggedKind {
    const KIND: ParamKind = ParamKind::Text;
    fn read(text: &str) -> Option<TaggedKind> {
        match text {
            RamRole::WIRE_KIND => Some(TaggedKind::Role),
            RamPolicy::WIRE_KIND => Some(TaggedKind::Policy),
            _ => None,
        }
    }
}

/// A record that carries tags.
pub trait Tagged: Listed {
    /// Its ResourceType.
    const WIRE_KIND: &'static str;
    /// The primary key of the record of this name.
    fn key_of_name(account: &AccountId, name: &str) -> Key;
    /// The refusal of a name that nothing bears.
    fn missing(name: &str) -> ApiError;
    /// Its name.
    fn name(&self) -> &str;
    /// Its tags.
    fn tags(&self) -> &[Tag];
    /// Its tags, to be changed.
    fn tags_mut(&mut self) -> &mut Vec<Tag>;
}

impl Tagged for RamRole {
    const WIRE_KIND: &'static str = "role";
    fn key_of_name(account: &AccountId, name: &str) -> Key {
        RamRole::key_of(account, name)
    }
    fn missing(name: &str) -> ApiError {
        RamEntityRoleNotFound.with("name", name)
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn tags(&self) -> &[Tag] {
        &self.tags
    }
    fn tags_mut(&mut self) -> &mut Vec<Tag> {
        &mut self.tags
    }
}

impl Tagged for RamPolicy {
    const WIRE_KIND: &'static str = "policy";
    fn key_of_name(account: &AccountId, name: &str) -> Key {
        RamPolicy::key_of(account, name)
    }
    fn missing(name: &str) -> ApiError {
        RamPolicyNotFound.with("name", name)
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn tags(&self) -> &[Tag] {
        &self.tags
    }
    fn tags_mut(&mut self) -> &mut Vec<Tag> {
        &mut self.tags
    }
}

impl Cx<'_> {
    /// Changes the tags of the account's resources of these names: of all of them, or of none.
    pub(super) fn retag_ram(
        &mut self,
        kind: TaggedKind,
        names: &[String],
        change: &dyn Fn(&mut Vec<Tag>),
    ) -> Result<(), ApiError> {
        match kind {
            TaggedKind::Role => self.retag_each::<RamRole>(names, change),
            TaggedKind::Policy => self.retag_each::<RamPolicy>(names, change),
        }
    }

    fn retag_each<R: Tagged>(
        &mut self,
        names: &[String],
        change: &dyn Fn(&mut Vec<Tag>),
    ) -> Result<(), ApiError> {
        let keys: Vec<Key> = names.iter().map(|name| R::key_of_name(self.account(), name)).collect();
        let found = self.tx.find_many::<R>(&keys)?;
        for (found, name) in found.into_iter().zip(names) {
            let mut record = found.ok_or_else(|| R::missing(name))?;
            change(record.tags_mut());
            if record.tags().len() > TAGS_MAX {
                return Err((&TooManyTagsOnResource).into());
            }
            self.put(&record)?;
        }
        Ok(())
    }
}

/// Refuses a request that names no resources, or too many.
pub(super) fn check_names(names: &[String]) -> Result<(), ApiError> {
    if names.is_empty() { Err(TagResourceIdsMissing.about("ResourceNames")) } else { check_count(names) }
}

/// Refuses more resources than one request may name.
pub(super) fn check_count(names: &[String]) -> Result<(), ApiError> {
    if names.len() > RESOURCES_MAX { Err(TooManyTaggedResources.about("ResourceNames")) } else { Ok(()) }
}
