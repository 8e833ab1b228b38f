//! The images that an account can see in a region, from all sources.

use crate::catalog::images::{self, ImageFacts, MarketState, OwnerAlias};
use crate::cx::Cx;
use crate::errors::ApiError;
use crate::tags::Tag;
use crate::world::Fact;

/// An image as lists and filters see it, wherever it comes from.
pub(super) struct ImageEntry {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) family: String,
    /// `system`, `marketplace`, `self` or `others`.
    pub(super) owner_alias: &'static str,
    /// The account that made it; None for those of the cloud and the marketplace.
    pub(super) owner_id: Option<i64>,
    pub(super) os_name_zh: String,
    pub(super) os_name_en: String,
    pub(super) platform: String,
    pub(super) boot_mode: &'static str,
    pub(super) nvme_support: bool,
    pub(super) cloudinit: bool,
    /// When it was made, in UTC to the second; empty when nobody knows.
    pub(super) creation_time: String,
    pub(super) resource_group_id: String,
    pub(super) tags: Vec<Tag>,
    pub(super) facts: ImageFacts,
}

impl ImageEntry {
    /// Whether it was on the marketplace and is no longer.
    pub(super) fn is_removed(&self) -> bool {
        self.facts.product_code.is_some() && self.facts.market_state == MarketState::Removed
    }
}

/// Every image of the region that the caller can see, newest first.
pub(super) fn images(cx: &Cx<'_>) -> Result<Vec<ImageEntry>, ApiError> {
    let mut all = vec![];
    // One line for each source.
    all.extend(public(cx)?);
    all.sort_by(|one, other| other.creation_time.cmp(&one.creation_time).then_with(|| one.id.cmp(&other.id)));
    Ok(all)
}

/// The images of the cloud and of the marketplace, which are the same in every region.
fn public(cx: &Cx<'_>) -> Result<Vec<ImageEntry>, ApiError> {
    let facts = Fact::<ImageFacts>::all(&cx.tx)?;
    Ok(facts.into_iter().map(|fact| public_entry(fact.name, fact.facts)).collect())
}

fn public_entry(id: String, facts: ImageFacts) -> ImageEntry {
    let from_market = facts.product_code.is_some();
    let owner = if from_market { OwnerAlias::Marketplace } else { OwnerAlias::System };
    let known = images::find(&id);
    let text = |read: fn(&images::Image) -> &'static str| known.map_or("", read).to_owned();
    ImageEntry {
        name: id.clone(),
        description: String::new(),
        family: text(|image| image.image_family),
        owner_alias: owner.wire_name(),
        owner_id: None,
        os_name_zh: text(|image| image.os_name_zh),
        os_name_en: text(|image| image.os_name_en),
        platform: text(|image| image.platform),
        boot_mode: known.map_or(images::BootMode::Bios, |image| image.boot_mode).wire_name(),
        nvme_support: known.is_some_and(|image| image.nvme_support),
        cloudinit: known.is_some_and(|image| image.is_support_cloudinit),
        creation_time: text(|image| image.creation_time),
        resource_group_id: String::new(),
        tags: vec![],
        facts,
        id,
    }
}
