//! A custom image as it is stored.

use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use serde::{Deserialize, Serialize};

use crate::catalog::images::{BootMode, ImageFacts};
use crate::cx::Cx;
use crate::errors::{ApiError, ImageNameTaken, ImageNotFound, ImageQuotaExceeded};
use crate::ids::{AccountId, ImageId, RegionId, ResourceGroupId, SnapshotId};
use crate::names::is_resource_name;
use crate::paging::Listed;
use crate::tags::Tag;
use crate::world::Fact;

/// The index of images by their id alone, across accounts; deleted ones included.
pub const BY_ID: u16 = 1;
/// The index of images by region and name.
pub const BY_NAME: u16 = 2;
/// The index of images by the accounts that they are shared with, and by region.
pub const BY_AUDIENCE: u16 = 3;

/// The index of images by the snapshots that they name.
pub const BY_SNAPSHOT: u16 = 4;

/// In [`BY_AUDIENCE`]: everybody.
const EVERYBODY: &str = "*";

/// Custom images that an account can have in a region.
pub(super) const IMAGES_MAX: u64 = 100;

/// A custom image. Texts that were not given are empty.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CustomImage {
    /// Whose it is.
    pub account: AccountId,
    /// Its identifier.
    pub id: ImageId,
    /// Where it is.
    pub region: RegionId,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: String,
    /// Its family.
    pub family: String,
    /// Its version.
    pub version: String,
    /// The built-in image that its system comes from.
    pub base: ImageId,
    /// Name of its system in Chinese.
    pub os_name_zh: String,
    /// Name of its system in English.
    pub os_name_en: String,
    /// Distribution of its system.
    pub platform: String,
    /// How it starts.
    pub boot_mode: BootMode,
    /// Whether its system knows NVMe disks.
    pub nvme_support: bool,
    /// Whether its system runs cloud-init.
    pub cloudinit: bool,
    /// Where it is in its life.
    pub state: ImageState,
    /// When it becomes Available, while it is Creating.
    pub available_ms: Option<i64>,
    /// When it was made.
    pub created_ms: i64,
    /// Whether it was copied from another region.
    pub is_copied: bool,
    /// Whether its system disk is encrypted.
    pub encrypted: bool,
    /// Whether it is published for everybody.
    pub is_public: bool,
    /// The accounts that it is shared with, in their order.
    pub shared_with: Vec<AccountId>,
    /// The resource group it belongs to.
    pub resource_group: ResourceGroupId,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// The snapshot that fills its system disk; None where its system came without one.
    #[serde(default)]
    pub system_snapshot: Option<SnapshotId>,
    /// What instances need to know; status and state on the market are those of the time when it was made.
    pub facts: ImageFacts,
}

/// Where an image is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImageState {
    /// It is being made.
    Creating,
    /// It can be used.
    Available,
    /// It can be used, but a newer one should be.
    Deprecated,
    /// It is disabled.
    UnAvailable,
    /// It is gone; the record stays so that it is known to have been there.
    Deleted,
}

impl ImageState {
    /// The word on the wire.
    pub fn wire_name(self) -> &'static str {
        match self {
            ImageState::Creating => "Creating",
            ImageState::Available => "Available",
            ImageState::Deprecated => "Deprecated",
            ImageState::UnAvailable | ImageState::Deleted => "UnAvailable",
        }
    }

    /// Whether instances can be made from it.
    pub fn is_usable(self) -> bool {
        matches!(self, ImageState::Available | ImageState::Deprecated)
    }
}

impl Record for CustomImage {
    const TABLE: Table = Table { id: 130, name: "image" };
    fn key(&self) -> Key {
        CustomImage::key_of(&self.account, &self.id)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn counted_in(&self) -> Option<Key> {
        (!self.is_deleted()).then(|| self.scope())
    }
    fn index(&self) -> Vec<IndexRow> {
        let by_id = IndexRow { index: BY_ID, key: Key::new().text(&self.id) };
        if self.is_deleted() {
            return vec![by_id];
        }
        let by_name = CustomImage::named(&self.account, &self.region, &self.name);
        let everybody = self.is_public.then_some(EVERYBODY);
        let audience = self.shared_with.iter().map(AccountId::as_str).chain(everybody);
        let by_audience =
            audience.map(|who| IndexRow { index: BY_AUDIENCE, key: Key::new().text(who).text(&self.region) });
        let by_snapshot = self.snapshots().map(|snapshot| IndexRow {
            index: BY_SNAPSHOT,
            key: CustomImage::made_from(&self.account, snapshot),
        });
        [self.listed(), by_id, IndexRow { index: BY_NAME, key: by_name }]
            .into_iter()
            .chain(by_audience)
            .chain(by_snapshot)
            .collect()
    }
    fn due(&self) -> Option<i64> {
        self.available_ms
    }
}

impl Listed for CustomImage {
    fn scope(&self) -> Key {
        match self.is_deleted() {
            true => Key::new().text("deleted").text(&self.account),
            false => CustomImage::scope_of(&self.account, &self.region),
        }
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
}

impl CustomImage {
    /// The primary key of an image.
    pub fn key_of(account: &AccountId, id: &ImageId) -> Key {
        Key::new().text(account).text(id)
    }

    /// Where the images of an account in a region are listed and counted.
    pub fn scope_of(account: &AccountId, region: &RegionId) -> Key {
        Key::new().text(account).text(region)
    }

    /// Where the images that were made from a snapshot stand in [`BY_SNAPSHOT`].
    fn made_from(account: &AccountId, snapshot: &str) -> Key {
        Key::new().text(account).text(snapshot)
    }

    /// The snapshots that its disks name.
    pub(crate) fn snapshots(&self) -> impl Iterator<Item = &str> {
        let data = self.facts.data_disks.iter().filter_map(|disk| disk.snapshot_id.as_deref());
        self.system_snapshot.iter().map(SnapshotId::as_str).chain(data)
    }

    fn named(account: &AccountId, region: &RegionId, name: &str) -> Key {
        Key::new().text(account).text(region).text(name)
    }

    /// Whether it is gone.
    pub fn is_deleted(&self) -> bool {
        self.state == ImageState::Deleted
    }

    /// Whether an account can see it, or could when it was there.
    pub fn is_visible_to(&self, account: &AccountId) -> bool {
        self.account == *account || self.is_public || self.shared_with.contains(account)
    }

    /// What happens when an image falls due: it can be used.
    pub(crate) fn fall_due(cx: &mut Cx<'_>, key: &Key) -> Result<(), Fault> {
        let Some(mut image) = cx.find::<CustomImage>(key)? else { return Ok(()) };
        image.state = ImageState::Available;
        image.available_ms = None;
        cx.put(&image)
    }
}

impl Cx<'_> {
    /// The caller's custom image of this id, in the region of the call; refused when there is none.
    pub(super) fn own_image(&self, id: &ImageId) -> Result<CustomImage, ApiError> {
        let found = self.find::<CustomImage>(&CustomImage::key_of(self.account(), id))?;
        let found = self.in_region(found, |image| &image.region).filter(|image| !image.is_deleted());
        found.ok_or_else(|| ImageNotFound.about("ImageId"))
    }

    /// The custom image of this id, whosever it is, also when it is gone.
    pub(super) fn any_image(&self, id: &ImageId) -> Result<Option<CustomImage>, Fault> {
        Ok(self.tx.index_list(BY_ID, &Key::new().text(id), 0, 1)?.pop())
    }

    /// Whether an image of the caller was made from a snapshot.
    pub fn makes_images(&self, snapshot: &SnapshotId) -> Result<bool, Fault> {
        let made = CustomImage::made_from(self.account(), snapshot.as_str());
        Ok(!self.tx.index_keys::<CustomImage>(BY_SNAPSHOT, &made, 0, 1)?.is_empty())
    }

    /// The images of others in a region that are shared with the caller or with everybody.
    pub(super) fn images_of_others(&self) -> Result<Vec<CustomImage>, Fault> {
        let mut all: Vec<CustomImage> = vec![];
        for who in [self.account().as_str(), EVERYBODY] {
            let found: Vec<CustomImage> =
                self.tx.index_list(BY_AUDIENCE, &Key::new().text(who).text(self.region()), 0, usize::MAX)?;
            for image in found {
                if image.account != *self.account() && all.iter().all(|known| known.id != image.id) {
                    all.push(image);
                }
            }
        }
        Ok(all)
    }

    /// Refuses a name that another image of the caller in a region has.
    pub(super) fn check_image_name(&self, region: &RegionId, name: &str) -> Result<(), ApiError> {
        let key = CustomImage::named(self.account(), region, name);
        match self.tx.index_keys::<CustomImage>(BY_NAME, &key, 0, 1)?.is_empty() {
            true => Ok(()),
            false => Err(ImageNameTaken.about("ImageName")),
        }
    }

    /// Refuses one image more than the caller may have in a region.
    pub(super) fn check_image_quota(&self, region: &RegionId) -> Result<(), ApiError> {
        match self.tx.count::<CustomImage>(&CustomImage::scope_of(self.account(), region))? < IMAGES_MAX {
            true => Ok(()),
            false => Err((&ImageQuotaExceeded).into()),
        }
    }

    /// When an image is ready that is begun now.
    pub(super) fn image_ready_ms(&self) -> Result<i64, Fault> {
        let latency = i64::try_from(Fact::limits(&self.tx)?.latency.image_ms).unwrap_or(i64::MAX);
        Ok(self.now_ms().saturating_add(latency))
    }
}

/// Whether a family of one's own can have this name: as resources do, but not as the cloud names its families.
pub(super) fn is_family(name: &String) -> bool {
    is_resource_name(name) && !name.starts_with("acs:") && !name.starts_with("aliyun")
}
