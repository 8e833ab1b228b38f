//! What carries tags, whatever it is.

use moyun_store::Key;

use crate::cx::Cx;
use crate::errors::{ApiError, TagResourceNotFound, TooManyTaggedResources, TooManyTagsOnResource};
use crate::ids::{AccountId, RegionId, VSwitchId, VpcId};
use crate::paging::Listed;
use crate::param::Param;
use crate::spec::ParamKind;
use crate::tags::{TAGS_MAX, Tag};
use crate::vpc::vpc::record::Vpc;
use crate::vpc::vswitch::record::VSwitch;

/// The most resources of one request.
const RESOURCES_MAX: usize = 50;

/// A kind of resource that carries tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaggedKind {
    /// VPCs.
    Vpc,
    /// vSwitches.
    VSwitch,
}

impl Param for TaggedKind {
    const KIND: ParamKind = ParamKind::Text;
    fn read(text: &str) -> Option<TaggedKind> {
        match text {
            _ if text.eq_ignore_ascii_case(Vpc::WIRE_KIND) => Some(TaggedKind::Vpc),
            _ if text.eq_ignore_ascii_case(VSwitch::WIRE_KIND) => Some(TaggedKind::VSwitch),
            _ => None,
        }
    }
}

/// A record that carries tags.
pub trait Tagged: Listed {
    /// Its ResourceType.
    const WIRE_KIND: &'static str;
    /// The primary key of the record of this id.
    fn key_of_id(account: &AccountId, id: &str) -> Key;
    /// Where the records of an account in a region are listed.
    fn scope_in(account: &AccountId, region: &RegionId) -> Key;
    /// Its id.
    fn id(&self) -> &str;
    /// Its tags.
    fn tags(&self) -> &[Tag];
    /// Gives it other tags.
    fn set_tags(&mut self, tags: Vec<Tag>);
}

impl Tagged for Vpc {
    const WIRE_KIND: &'static str = "VPC";
    fn key_of_id(account: &AccountId, id: &str) -> Key {
        Vpc::key_of(account, &VpcId::from(id))
    }
    fn scope_in(account: &AccountId, region: &RegionId) -> Key {
        Vpc::scope_of(account, region)
    }
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn tags(&self) -> &[Tag] {
        &self.tags
    }
    fn set_tags(&mut self, tags: Vec<Tag>) {
        self.tags = tags;
    }
}

impl Tagged for VSwitch {
    const WIRE_KIND: &'static str = "VSWITCH";
    fn key_of_id(account: &AccountId, id: &str) -> Key {
        VSwitch::key_of(account, &VSwitchId::from(id))
    }
    fn scope_in(account: &AccountId, region: &RegionId) -> Key {
        VSwitch::scope_of(account, region)
    }
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn tags(&self) -> &[Tag] {
        &self.tags
    }
    fn set_tags(&mut self, tags: Vec<Tag>) {
        self.tags = tags;
    }
}

impl Cx<'_> {
    /// Changes the tags of resources in the region of the call: all of them, or none.
    pub fn retag(
        &mut self,
        kind: TaggedKind,
        ids: &[String],
        change: &dyn Fn(Vec<Tag>) -> Vec<Tag>,
    ) -> Result<(), ApiError> {
        match kind {
            TaggedKind::Vpc => self.retag_all::<Vpc>(ids, change),
            TaggedKind::VSwitch => self.retag_all::<VSwitch>(ids, change),
        }
    }

    fn retag_all<R: Tagged>(
        &mut self,
        ids: &[String],
        change: &dyn Fn(Vec<Tag>) -> Vec<Tag>,
    ) -> Result<(), ApiError> {
        let scope = R::scope_in(self.account(), self.region());
        let keys: Vec<Key> = ids.iter().map(|id| R::key_of_id(self.account(), id)).collect();
        let found: Option<Vec<R>> = self.tx.find_many(&keys)?.into_iter().collect();
        let found = found.filter(|found| found.iter().all(|record| record.scope() == scope));
        for mut record in found.ok_or_else(|| TagResourceNotFound.about("ResourceId.N"))? {
            let tags = change(record.tags().to_vec());
            if tags.len() > TAGS_MAX {
                return Err((&TooManyTagsOnResource).into());
            }
            record.set_tags(tags);
            self.put(&record)?;
        }
        Ok(())
    }
}

/// Refuses more resources than one request may name.
pub fn check_count(ids: &[String]) -> Result<(), ApiError> {
    if ids.len() > RESOURCES_MAX { Err(TooManyTaggedResources.about("ResourceId")) } else { Ok(()) }
}
