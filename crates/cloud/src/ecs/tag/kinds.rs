//! The kinds of resources that carry tags: one line each.

use moyun_store::{Fault, Key, Record};

use crate::cx::Cx;
use crate::ecs::disk::record::Disk;
use crate::ecs::image::record::CustomImage;
use crate::ecs::instance::record::Instance;
use crate::ecs::key_pair::record::KeyPair;
use crate::ecs::network_interface::record::NetworkInterface;
use crate::ecs::security_group::record::SecurityGroup;
use crate::ecs::snapshot::record::Snapshot;
use crate::errors::ApiError;
use crate::ids::{
    AccountId, DiskId, ImageId, InstanceId, NetworkInterfaceId, RegionId, SecurityGroupId, SnapshotId,
};
use crate::paging::{Listed, Listing, PageInfo, PageToken, Wanted, page_of};
use crate::tags::Tag;

/// Makes records taggable and lists their kinds.
macro_rules! kinds {
    ($($name:literal, $record:ident, $($field:tt).+, $key:expr $(, $find:expr)?;)*) => {
        $(impl Taggable for $record {
            fn key_in(account: &AccountId, region: &RegionId, id: &str) -> Key {
                let key: fn(&AccountId, &RegionId, &str) -> Key = $key;
                key(account, region, id)
            }
            $(fn find_all(cx: &Cx<'_>, ids: &[String]) -> Result<Vec<Option<$record>>, Fault> {
                let find: fn(&Cx<'_>, &str) -> Result<Option<$record>, Fault> = $find;
                ids.iter().map(|id| find(cx, id)).collect()
            })?
            fn resource_id(&self) -> &str {
                &self.$($field).+
            }
            fn tags(&mut self) -> &mut Vec<Tag> {
                &mut self.tags
            }
            fn passes(&self, filter: &dyn Fn(&[Tag]) -> bool) -> bool {
                filter(&self.tags)
            }
        })*

        /// Every kind.
        pub(super) static KINDS: &[Kind] =
            &[$(kind::<$record>($name),)* kind::<NetworkInterface>("eni")];
    };
}

// What ResourceType calls them, the record, the field that ResourceId names, the primary key that follows from it, and
// how one is found that may have no record yet.
kinds! {
    "disk", Disk, id.0, |account, _, id| Disk::key_of(account, &DiskId::from(id));
    "image", CustomImage, id.0, |account, _, id| CustomImage::key_of(account, &ImageId::from(id));
    "instance", Instance, id.0, |account, _, id| Instance::key_of(account, &InstanceId::from(id));
    "keypair", KeyPair, name, |account, region, name| KeyPair::key_of(account, region, name);
    "securitygroup", SecurityGroup, id.0, |account, _, id| SecurityGroup::key_of(account, &SecurityGroupId::from(id));
    "snapshot", Snapshot, id.0, |account, _, id| Snapshot::key_of(account, &SnapshotId::from(id)),
        |cx, id| cx.find_snapshot(&SnapshotId::from(id));
}

const fn kind<R: Taggable>(name: &'static str) -> Kind {
    Kind { name, change: change::<R>, page: page::<R> }
}

// A primary interface is a part of its instance, and is found and stored with it.
impl Taggable for NetworkInterface {
    fn key_in(account: &AccountId, _: &RegionId, id: &str) -> Key {
        NetworkInterface::key_of(account, &NetworkInterfaceId::from(id))
    }
    fn find_all(cx: &Cx<'_>, ids: &[String]) -> Result<Vec<Option<NetworkInterface>>, Fault> {
        ids.iter().map(|id| cx.find_network_interface(&NetworkInterfaceId::from(id.as_str()))).collect()
    }
    fn list(
        cx: &Cx<'_>,
        listing: &Listing<'_, NetworkInterface>,
        wanted: &Wanted,
    ) -> Result<(Vec<NetworkInterface>, PageInfo), ApiError> {
        let mut all = cx.network_interfaces()?;
        all.retain(|interface| {
            let is_named = listing.keys.as_ref().is_none_or(|keys| keys.contains(&interface.key()));
            is_named && listing.filter.is_none_or(|filter| filter(interface))
        });
        Ok(page_of(all, wanted))
    }
    fn store(&self, cx: &mut Cx<'_>) -> Result<(), Fault> {
        cx.put_interface(self)
    }
    fn resource_id(&self) -> &str {
        self.id.as_str()
    }
    fn tags(&mut self) -> &mut Vec<Tag> {
        &mut self.tags
    }
    fn passes(&self, filter: &dyn Fn(&[Tag]) -> bool) -> bool {
        filter(&self.tags)
    }
}

type Change = fn(&mut Cx<'_>, &[String], &dyn Fn(&mut Vec<Tag>)) -> Result<Option<usize>, Fault>;
type GetPage = fn(&Cx<'_>, &Page<'_>) -> Result<(Vec<Tagged>, String), ApiError>;

/// Resources of one kind, those of the caller in the region of the call.
pub(super) struct Kind {
    /// What ResourceType calls it.
    pub(super) name: &'static str,
    /// Changes the tags of resources and tells the most that one has then; None when one of them does not exist.
    pub(super) change: Change,
    /// A page of resources, and where it ends.
    pub(super) page: GetPage,
}

/// Which resources are wanted.
pub(super) struct Page<'a> {
    /// Only these; all when there are none.
    pub(super) ids: &'a [String],
    /// Only those whose tags pass.
    pub(super) filter: &'a dyn Fn(&[Tag]) -> bool,
    /// Where the last page ended.
    pub(super) after: Option<PageToken>,
    /// How many at most.
    pub(super) size: i64,
}

/// A resource, as far as tags are concerned.
pub(super) struct Tagged {
    /// Its identifier.
    pub(super) id: String,
    /// Its tags.
    pub(super) tags: Vec<Tag>,
}

/// The kind that a ResourceType names.
pub(super) fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// A record that carries tags.
trait Taggable: Listed {
    /// The primary key of the record of this id.
    fn key_in(account: &AccountId, region: &RegionId, id: &str) -> Key;
    /// The resources of these ids.
    fn find_all(cx: &Cx<'_>, ids: &[String]) -> Result<Vec<Option<Self>>, Fault> {
        let keys: Vec<Key> = ids.iter().map(|id| Self::key_in(cx.account(), cx.region(), id)).collect();
        cx.tx.find_many(&keys)
    }
    /// A page of resources.
    fn list(
        cx: &Cx<'_>,
        listing: &Listing<'_, Self>,
        wanted: &Wanted,
    ) -> Result<(Vec<Self>, PageInfo), ApiError> {
        cx.page(listing, wanted)
    }
    /// Stores it with other tags.
    fn store(&self, cx: &mut Cx<'_>) -> Result<(), Fault> {
        cx.put(self)
    }
    /// What ResourceId calls it.
    fn resource_id(&self) -> &str;
    /// Its tags.
    fn tags(&mut self) -> &mut Vec<Tag>;
    /// Whether its tags pass.
    fn passes(&self, filter: &dyn Fn(&[Tag]) -> bool) -> bool;
}

fn change<R: Taggable>(
    cx: &mut Cx<'_>,
    ids: &[String],
    change: &dyn Fn(&mut Vec<Tag>),
) -> Result<Option<usize>, Fault> {
    let mut most = 0;
    for found in R::find_all(cx, ids)? {
        let Some(mut record) = found.filter(|record| record.scope() == scope(cx)) else { return Ok(None) };
        change(record.tags());
        record.store(cx)?;
        most = most.max(record.tags().len());
    }
    Ok(Some(most))
}

fn page<R: Taggable>(cx: &Cx<'_>, wanted: &Page<'_>) -> Result<(Vec<Tagged>, String), ApiError> {
    let keys = wanted.ids.iter().map(|id| R::key_in(cx.account(), cx.region(), id));
    let listing = Listing {
        scope: scope(cx),
        keys: (!wanted.ids.is_empty()).then(|| keys.collect()),
        filter: Some(&|record: &R| record.passes(wanted.filter)),
    };
    let (records, info) = R::list(cx, &listing, &Wanted::After(wanted.after.clone(), wanted.size))?;
    let tagged = records.into_iter().map(|mut record: R| Tagged {
        id: record.resource_id().to_owned(),
        tags: std::mem::take(record.tags()),
    });
    Ok((tagged.collect(), info.next_token.unwrap_or_default()))
}

/// Where resources of every kind are listed.
fn scope(cx: &Cx<'_>) -> Key {
    Key::new().text(cx.account()).text(cx.region())
}
