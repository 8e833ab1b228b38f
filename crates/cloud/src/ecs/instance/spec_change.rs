//! Which types an instance may change to, and what such a change moves.

use std::sync::Arc;

use crate::catalog::accounts::AccountFacts;
use crate::catalog::images::{self, ImageFacts};
use crate::catalog::instance_types::{InstanceType, NetworkType};
use crate::catalog::offer;
use crate::catalog::wares::Wares;
use crate::catalog::zones::ZoneFacts;
use crate::cx::Cx;
use crate::ecs::disk::record::{Disk, DiskKind};
use crate::ecs::image::shelf::origin_facts;
use crate::ecs::instance::record::{Instance, Network};
use crate::errors::{
    ApiError, ErrorRow, ImageDoesNotFitMemory, ImageExcludesInstanceType, InstanceTypeByInvitation,
    InstanceTypeCannotBecome, InstanceTypeLacksCategory, InstanceTypeUnchanged, InstanceTypeUnknown,
    InterfacesExceedType, LocalDisksForbidChange, OutOfStock, ZoneDoesNotOfferType,
};
use crate::world::Fact;

/// An instance with everything that decides about its next type.
pub(in crate::ecs) struct Candidate {
    wares: Arc<Wares>,
    account: AccountFacts,
    disks: Vec<Disk>,
    image: Option<ImageFacts>,
    zone: Option<ZoneFacts>,
}

impl Candidate {
    /// What decides about the next type of an instance.
    pub(in crate::ecs) fn of(instance: &Instance, cx: &Cx<'_>) -> Result<Candidate, ApiError> {
        let builtin = || images::find(instance.system_image().as_str()).map(images::Image::facts);
        Ok(Candidate {
            wares: Fact::wares(&cx.tx)?,
            account: Fact::of_account(&cx.tx, cx.account())?,
            disks: cx.disks_of(&instance.id)?,
            image: origin_facts(cx, &instance.image)?.or_else(builtin),
            zone: Fact::of_zone(&cx.tx, &instance.zone)?,
        })
    }

    /// Whether the instance may become one of this type, stock aside.
    pub(in crate::ecs) fn check(
        &self,
        instance: &Instance,
        target: &InstanceType,
    ) -> Result<(), &'static ErrorRow> {
        if target.id == instance.instance_type {
            return Err(&InstanceTypeUnchanged);
        }
        if !offer::may_use_type(&self.account, target) {
            return Err(&InstanceTypeByInvitation);
        }
        let present = self.wares.find_type(&instance.instance_type).map(|kind| &**kind);
        let has_local_disks = present.is_some_and(|present| present.local_storage.is_some())
            || self.disks.iter().any(|disk| !disk.portable);
        if has_local_disks {
            return Err(&LocalDisksForbidChange);
        }
        if !self.is_akin(instance, present, target) {
            return Err(&InstanceTypeCannotBecome);
        }
        let attached = target.disks(instance.io_optimized);
        if !self.disks.iter().all(|disk| attached.contains(&disk.category)) {
            return Err(&InstanceTypeLacksCategory);
        }
        if instance.more_interfaces.len() as u64 >= u64::from(target.eni_quantity) {
            return Err(&InterfacesExceedType);
        }
        if let Some(image) = &self.image {
            if !offer::image_suits_memory(image, target) {
                return Err(&ImageDoesNotFitMemory);
            }
            if !offer::image_declares(image, target) {
                return Err(&ImageExcludesInstanceType);
            }
        }
        match self.zone.as_ref().is_some_and(|zone| offer::zone_has_type(zone, target)) {
            true => Ok(()),
            false => Err(&ZoneDoesNotOfferType),
        }
    }

    /// Whether an instance of this kind can go on where and as it is.
    fn is_akin(&self, instance: &Instance, present: Option<&InstanceType>, target: &InstanceType) -> bool {
        let network = match instance.network {
            Network::Vpc { .. } => NetworkType::Vpc,
            Network::Classic { .. } => NetworkType::Classic,
        };
        let is_of_the_same_make = present.is_none_or(|present| {
            (present.architecture, present.hpc_cluster, present.bare_metal)
                == (target.architecture, target.hpc_cluster, target.bare_metal)
        });
        let data_disks = self.disks.iter().filter(|disk| disk.kind == DiskKind::Data).count();
        is_of_the_same_make
            && target.local_storage.is_none()
            && offer::type_runs(target, network, instance.io_optimized)
            && data_disks as u64 <= u64::from(target.max_data_disks)
    }
}

/// The type of this name that an instance may become.
pub(super) fn target(name: &str, instance: &Instance, cx: &Cx<'_>) -> Result<Arc<InstanceType>, ApiError> {
    let wares = Fact::wares(&cx.tx)?;
    let target = wares.find_type(name).ok_or_else(|| InstanceTypeUnknown.about("InstanceType"))?;
    let candidate = Candidate::of(instance, cx)?;
    candidate.check(instance, target).map_err(|row| row.about("InstanceType"))?;
    Ok(target.clone())
}

impl Instance {
    /// Takes another type, and a unit of it for the one it had.
    pub(super) fn take_type(&mut self, target: &InstanceType, cx: &mut Cx<'_>) -> Result<(), ApiError> {
        if self.holds_stock() {
            if !cx.take_stock(&self.zone, &target.id, 1)? {
                return Err(OutOfStock.about("InstanceType"));
            }
            cx.return_stock(&self.zone, &self.instance_type, 1)?;
        }
        target.id.clone_into(&mut self.instance_type);
        match target.burstable {
            None => self.credit_specification.clear(),
            Some(_) if self.credit_specification.is_empty() => {
                "Standard".clone_into(&mut self.credit_specification)
            }
            Some(_) => (),
        }
        Ok(())
    }
}
