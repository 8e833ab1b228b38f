//! The images that an account can see in a region, from all sources.

use moyun_store::{Fault, Key};
use moyun_wire::timestamp;

use crate::catalog::images::{
    self, ImageArchitecture, ImageFacts, ImageStatus, MarketState, OsType, OwnerAlias,
};
use crate::cx::Cx;
use crate::ecs::image::record::{CustomImage, ImageState};
use crate::ecs::instance::record::Guest;
use crate::ecs::snapshot::shape::{percent, seconds_left};
use crate::errors::{ApiError, ImageNotFound};
use crate::ids::{ImageId, RegionId, SnapshotId};
use crate::paging::LISTED;
use crate::tags::Tag;
use crate::world::Fact;

/// An image as lists and filters see it, wherever it comes from.
pub(super) struct ImageEntry {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) family: String,
    pub(super) version: String,
    /// `system`, `marketplace`, `self` or `others`.
    pub(super) owner_alias: &'static str,
    /// The account that made it; None for those of the cloud and the marketplace.
    pub(super) owner_id: Option<i64>,
    pub(super) state: ImageState,
    /// How much of it is made, in percent.
    pub(super) percent: i64,
    /// In how many seconds it is made.
    pub(super) seconds_left: i64,
    /// The built-in image that its system comes from.
    pub(super) base: ImageId,
    pub(super) os_name_zh: String,
    pub(super) os_name_en: String,
    pub(super) platform: String,
    pub(super) boot_mode: images::BootMode,
    pub(super) nvme_support: bool,
    pub(super) cloudinit: bool,
    /// When it was made, in UTC to the second; empty when nobody knows.
    pub(super) creation_time: String,
    pub(super) is_copied: bool,
    pub(super) encrypted: bool,
    /// Whether its owner published it for everybody.
    pub(super) is_public: bool,
    /// Whether the caller, who owns it, shares it with others; None for images of others.
    pub(super) is_self_shared: Option<bool>,
    pub(super) resource_group_id: String,
    pub(super) tags: Vec<Tag>,
    /// The snapshot that fills its system disk.
    pub(super) system_snapshot: Option<SnapshotId>,
    pub(super) facts: ImageFacts,
}

impl ImageEntry {
    /// Whether it, or the image that it was made from, was on the marketplace and is no longer.
    pub(super) fn is_removed(&self) -> bool {
        self.facts.product_code.is_some() && self.facts.market_state == MarketState::Removed
    }

    /// Whether instances can be made from it.
    pub(super) fn is_usable(&self) -> bool {
        self.state.is_usable() && !self.is_removed()
    }
}

/// An image that a creation of instances names, as far as it matters there.
pub struct NamedImage {
    /// Where it is in its life.
    pub state: ImageState,
    /// The built-in image that its system comes from.
    pub base: ImageId,
    /// Whether its system disk is encrypted, and so those made from it.
    pub encrypted: bool,
    /// What instances need to know.
    pub facts: ImageFacts,
    /// What instances tell about their system.
    pub guest: Guest,
}

impl NamedImage {
    /// Whether the marketplace no longer has the product that is in it.
    pub fn is_removed(&self) -> bool {
        self.facts.product_code.is_some() && self.facts.market_state == MarketState::Removed
    }
}

/// Every image of the region that the caller can see, newest first.
pub(super) fn images(cx: &Cx<'_>) -> Result<Vec<ImageEntry>, ApiError> {
    let mut all = vec![];
    // One line for each source.
    all.extend(public(cx)?);
    all.extend(own(cx)?);
    all.extend(others(cx)?);
    all.sort_by(|one, other| other.creation_time.cmp(&one.creation_time).then_with(|| one.id.cmp(&other.id)));
    Ok(all)
}

/// The image of this id that the caller can see in the region; refused when there is none.
pub(super) fn visible(cx: &Cx<'_>, id: &ImageId) -> Result<ImageEntry, ApiError> {
    if let Some(facts) = Fact::of_image(&cx.tx, id)? {
        return Ok(public_entry(id.to_string(), facts));
    }
    let seen = cx.any_image(id)?.filter(|image| !image.is_deleted() && image.is_visible_to(cx.account()));
    let seen = cx.in_region(seen, |image| &image.region);
    Ok(custom_entry(cx, seen.ok_or_else(|| ImageNotFound.about("ImageId"))?)?)
}

/// The image that an instance was made from, also when it is gone or no longer shared; None when the world lost it.
pub(super) fn origin(cx: &Cx<'_>, id: &ImageId) -> Result<Option<ImageEntry>, Fault> {
    let known = || images::find(id.as_str()).map(images::Image::facts);
    if let Some(facts) = Fact::of_image(&cx.tx, id)?.or_else(known) {
        return Ok(Some(public_entry(id.to_string(), facts)));
    }
    cx.any_image(id)?.map(|image| custom_entry(cx, image)).transpose()
}

/// What instances need to know about the image that one was made from; None when the world lost it.
pub fn origin_facts(cx: &Cx<'_>, id: &ImageId) -> Result<Option<ImageFacts>, Fault> {
    Ok(origin(cx, id)?.map(|image| image.facts))
}

impl Cx<'_> {
    /// The image of this id, if the caller can see it in the region or could before it was deleted.
    pub fn find_named_image(&self, id: &ImageId, region: &RegionId) -> Result<Option<NamedImage>, Fault> {
        if let Some(facts) = Fact::of_image(&self.tx, id)? {
            let label = facts.label_of(id.as_str());
            return Ok(Some(NamedImage {
                guest: Guest {
                    os_name: label.os_name.into(),
                    os_name_zh: label.os_name_zh.into(),
                    os_type: facts.os_type,
                },
                state: state_of(facts.status),
                base: id.clone(),
                encrypted: false,
                facts,
            }));
        }
        let seen = self.any_image(id)?.filter(|image| image.is_visible_to(self.account()));
        let Some(image) = seen.filter(|image| image.region == *region) else { return Ok(None) };
        let os_type = image.facts.os_type;
        Ok(Some(NamedImage {
            guest: Guest { os_name: image.os_name_en.into(), os_name_zh: image.os_name_zh.into(), os_type },
            state: image.state,
            base: image.base,
            encrypted: image.encrypted,
            facts: current(self, image.facts)?,
        }))
    }

    /// The product code of the marketplace that came with an image; empty when none did.
    pub fn product_code_of(&self, id: &ImageId) -> Result<String, Fault> {
        Ok(origin(self, id)?.and_then(|image| image.facts.product_code).unwrap_or_default())
    }

    /// The newest image that is Available in a family, of the caller's own or else of the cloud.
    pub fn newest_of_family(&self, family: &str) -> Result<Option<ImageId>, Fault> {
        let mut members = own_records(self)?;
        members.retain(|image| image.family == family && image.state == ImageState::Available);
        match members.into_iter().max_by_key(|image| image.created_ms) {
            Some(newest) => Ok(Some(newest.id)),
            None => newest_of_cloud(self, family),
        }
    }
}

fn newest_of_cloud(cx: &Cx<'_>, family: &str) -> Result<Option<ImageId>, Fault> {
    let mut members = Fact::<ImageFacts>::all(&cx.tx)?;
    members.retain(|image| image.facts.status == ImageStatus::Available);
    let labels = members.into_iter().map(|image| (image.facts.label_of(&image.name), image.name));
    let members = labels.filter(|(label, _)| !family.is_empty() && label.image_family == family);
    Ok(members.max_by_key(|(label, _)| label.creation_time).map(|(_, id)| ImageId(id)))
}

/// The images of the cloud and of the marketplace, which are the same in every region.
fn public(cx: &Cx<'_>) -> Result<Vec<ImageEntry>, ApiError> {
    let facts = Fact::<ImageFacts>::all(&cx.tx)?;
    Ok(facts.into_iter().map(|fact| public_entry(fact.name, fact.facts)).collect())
}

/// The caller's own.
fn own(cx: &Cx<'_>) -> Result<Vec<ImageEntry>, ApiError> {
    Ok(own_records(cx)?.into_iter().map(|image| custom_entry(cx, image)).collect::<Result<_, _>>()?)
}

fn own_records(cx: &Cx<'_>) -> Result<Vec<CustomImage>, Fault> {
    let scope: Key = CustomImage::scope_of(cx.account(), cx.region());
    cx.tx.index_list(LISTED, &scope, 0, usize::MAX)
}

/// Those that others share.
fn others(cx: &Cx<'_>) -> Result<Vec<ImageEntry>, ApiError> {
    let shared = cx.images_of_others()?;
    Ok(shared.into_iter().map(|image| custom_entry(cx, image)).collect::<Result<_, _>>()?)
}

fn custom_entry(cx: &Cx<'_>, image: CustomImage) -> Result<ImageEntry, Fault> {
    let is_own = image.account == *cx.account();
    Ok(ImageEntry {
        id: image.id.0,
        name: image.name,
        description: image.description,
        family: image.family,
        version: image.version,
        owner_alias: if is_own { "self" } else { "others" },
        owner_id: image.account.as_str().parse().ok(),
        state: image.state,
        percent: percent(image.created_ms, image.available_ms, cx.now_ms()),
        seconds_left: seconds_left(image.available_ms, cx.now_ms()),
        base: image.base,
        os_name_zh: image.os_name_zh,
        os_name_en: image.os_name_en,
        platform: image.platform,
        boot_mode: image.boot_mode,
        nvme_support: image.nvme_support,
        cloudinit: image.cloudinit,
        creation_time: timestamp::to_second(image.created_ms),
        is_copied: image.is_copied,
        encrypted: image.encrypted,
        is_public: image.is_public,
        is_self_shared: is_own.then_some(!image.shared_with.is_empty()),
        // What the owner sorts images by is the owner's own.
        resource_group_id: if is_own { image.resource_group.0 } else { String::new() },
        tags: if is_own { image.tags } else { vec![] },
        system_snapshot: image.system_snapshot,
        facts: current(cx, image.facts)?,
    })
}

/// The facts of a custom image, with what the marketplace says today about the product that is in it.
fn current(cx: &Cx<'_>, mut facts: ImageFacts) -> Result<ImageFacts, Fault> {
    if facts.product_code.is_some() {
        let is_listed = Fact::<ImageFacts>::all(&cx.tx)?.iter().any(|offer| {
            offer.facts.product_code == facts.product_code && offer.facts.market_state == MarketState::Listed
        });
        facts.market_state = if is_listed { MarketState::Listed } else { MarketState::Removed };
    }
    Ok(facts)
}

/// What is known of a system that came on a snapshot from nowhere: it is taken for a Linux.
pub(super) fn unknown_origin(architecture: ImageArchitecture, platform: String) -> ImageEntry {
    let facts = ImageFacts {
        status: ImageStatus::Available,
        product_code: None,
        market_state: MarketState::Listed,
        io_optimized: true,
        architecture,
        bits: architecture.bits(),
        os_type: OsType::Linux,
        size: 0,
        supported_families: vec![],
        data_disks: vec![],
        label: None,
    };
    ImageEntry { platform, ..public_entry(String::new(), facts) }
}

fn state_of(status: ImageStatus) -> ImageState {
    match status {
        ImageStatus::Available => ImageState::Available,
        ImageStatus::UnAvailable => ImageState::UnAvailable,
        ImageStatus::Deprecated => ImageState::Deprecated,
    }
}

fn public_entry(id: String, facts: ImageFacts) -> ImageEntry {
    let from_market = facts.product_code.is_some();
    let owner = if from_market { OwnerAlias::Marketplace } else { OwnerAlias::System };
    let label = facts.label_of(&id);
    ImageEntry {
        name: id.clone(),
        description: String::new(),
        family: label.image_family,
        version: String::new(),
        owner_alias: owner.wire_name(),
        owner_id: None,
        state: state_of(facts.status),
        percent: 100,
        seconds_left: 0,
        base: ImageId(id.clone()),
        os_name_zh: label.os_name_zh,
        os_name_en: label.os_name,
        platform: label.platform,
        boot_mode: label.boot_mode,
        nvme_support: label.nvme_support,
        cloudinit: label.cloudinit,
        creation_time: label.creation_time.map(String::from).unwrap_or_default(),
        is_copied: false,
        encrypted: false,
        is_public: false,
        is_self_shared: None,
        resource_group_id: String::new(),
        tags: vec![],
        system_snapshot: None,
        facts,
        id,
    }
}
