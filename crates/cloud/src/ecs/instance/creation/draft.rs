//! What the checks have found out about a request so far.

use std::net::Ipv4Addr;
use std::sync::Arc;

use moyun_store::Fault;

use crate::catalog::accounts::{AccountFacts, SpotStrategy};
use crate::catalog::disk_categories::{DiskCategory, DiskLimits, PerformanceLevel};
use crate::catalog::images::{DataDiskMapping, ImageFacts};
use crate::catalog::instance_types::{InstanceType, NetworkType};
use crate::catalog::money::Money;
use crate::catalog::regions::RegionFacts;
use crate::catalog::wares::Wares;
use crate::catalog::zones::ZoneFacts;
use crate::cx::Cx;
use crate::ecs::image::shelf::NamedImage;
use crate::ecs::instance::creation::request::{Raw, Request};
use crate::ecs::security_group::record::SecurityGroup;
use crate::ecs::snapshot::record::Snapshot;
use crate::ids::{ImageId, SnapshotId, ZoneId};
use crate::tags::Tag;
use crate::vpc::vswitch::record::VSwitch;
use crate::world::Fact;

/// A request under judgement: each check reads what it needs and leaves what it found.
pub struct Draft {
    /// The request.
    pub(super) request: Request,
    /// What the cloud sells.
    pub(super) wares: Arc<Wares>,
    /// The facts about the account.
    pub(super) account: AccountFacts,
    /// The facts about the region.
    pub(super) region: RegionFacts,
    /// The tags.
    pub(super) tags: Vec<Tag>,
    /// How many instances are asked for.
    pub(super) amount: u64,
    /// How many there will be.
    pub(super) count: u64,
    /// The private address of the first instance, if the request names it.
    pub(super) private_address: Option<Ipv4Addr>,
    /// When the instances are released.
    pub(super) release_ms: Option<i64>,
    /// Whether this is an order for a subscription.
    pub(super) is_order: bool,
    /// Public bandwidth out.
    pub(super) bandwidth_out: i64,
    /// Public bandwidth in, if given.
    pub(super) bandwidth_in: Option<i64>,
    /// Whether the instances are I/O optimized; None until that is known.
    pub(super) io: Option<bool>,
    /// How the instances bid.
    pub(super) spot: SpotStrategy,
    /// Up to which price.
    pub(super) spot_limit: Option<Money>,
    /// The system disk.
    pub(super) system: DiskDraft,
    /// The data disks.
    pub(super) data: Vec<DiskDraft>,
    /// The security groups.
    pub(super) groups: Vec<SecurityGroup>,
    /// The vSwitch, in a VPC.
    pub(super) v_switch: Option<VSwitch>,
    /// The instance type, once found.
    pub(super) found_type: Option<Arc<InstanceType>>,
    /// The zone, once found.
    pub(super) found_zone: Option<(ZoneId, ZoneFacts)>,
    /// The image, once found.
    pub(super) found_image: Option<(ImageId, NamedImage)>,
    /// The data disks that the image brings along and the request does not replace.
    pub(super) mapped: Vec<DataDiskMapping>,
}

/// A disk under judgement.
#[derive(Default)]
pub(super) struct DiskDraft {
    pub(super) category_text: Option<String>,
    pub(super) size_text: Option<Raw<i64>>,
    pub(super) encrypted_text: Option<Raw<bool>>,
    pub(super) category: Option<DiskCategory>,
    pub(super) level: Option<PerformanceLevel>,
    pub(super) limits: Option<DiskLimits>,
    pub(super) size_gib: u64,
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) encrypted: bool,
    pub(super) kms_key_id: Option<String>,
    pub(super) encrypt_algorithm: Option<String>,
    pub(super) delete_with_instance: Option<bool>,
    pub(super) snapshot: Option<SnapshotId>,
    pub(super) source: Option<Snapshot>,
    /// The size that the image gives it.
    pub(super) mapped_gib: Option<u64>,
    /// Whether the image brings it along.
    pub(super) from_image: bool,
    /// The device that the request names.
    pub(super) device: Option<String>,
    pub(super) snapshot_policy: Option<String>,
    pub(super) storage_cluster: Option<String>,
    pub(super) provisioned_iops: Option<i64>,
    pub(super) bursting: bool,
}

impl DiskDraft {
    /// The category, which is settled once type and zone are found.
    pub(super) fn category(&self) -> DiskCategory {
        self.category.expect("categories left open are settled right after type and zone are found")
    }

    /// What category and level allow, which is known once they are settled.
    pub(super) fn limits(&self) -> &DiskLimits {
        self.limits.as_ref().expect("limits are looked up where categories are settled")
    }
}

impl Draft {
    /// A request of which nothing is known yet.
    pub(super) fn of(mut request: Request, cx: &Cx<'_>) -> Result<Draft, Fault> {
        let region = Fact::of_region(&cx.tx, cx.region())?
            .ok_or_else(|| Fault::new("the region of the call has vanished"))?;
        Ok(Draft {
            wares: Fact::wares(&cx.tx)?,
            account: Fact::of_account(&cx.tx, cx.account())?,
            region,
            tags: Vec::new(),
            amount: 1,
            count: 1,
            private_address: None,
            release_ms: None,
            is_order: false,
            bandwidth_out: 0,
            bandwidth_in: None,
            io: None,
            spot: SpotStrategy::NoSpot,
            spot_limit: None,
            system: system_disk(&mut request),
            data: data_disks(&mut request),
            groups: Vec::new(),
            v_switch: None,
            found_type: None,
            found_zone: None,
            found_image: None,
            mapped: Vec::new(),
            request,
        })
    }

    /// The instance type, known after the checks of existence.
    pub(super) fn instance_type(&self) -> &InstanceType {
        self.found_type.as_ref().expect("the check of the instance type comes first")
    }

    /// The zone, known after the checks of existence.
    pub(super) fn zone(&self) -> &ZoneFacts {
        let (_, facts) = self.found_zone.as_ref().expect("the checks of existence settle on a zone");
        facts
    }

    /// The name of the zone.
    pub(super) fn zone_id(&self) -> &ZoneId {
        let (id, _) = self.found_zone.as_ref().expect("the checks of existence settle on a zone");
        id
    }

    /// The image, known after the checks of existence.
    pub(super) fn image(&self) -> &ImageFacts {
        &self.named_image().facts
    }

    /// The same with its state and origin.
    pub(super) fn named_image(&self) -> &NamedImage {
        let (_, image) = self.found_image.as_ref().expect("the check of the image comes before");
        image
    }

    /// The I/O mode, known after the checks of existence.
    pub(super) fn io_optimized(&self) -> bool {
        self.io.expect("the I/O mode is settled right after the type is found")
    }

    /// The network that the security groups put the instances in.
    pub(super) fn network(&self) -> NetworkType {
        let in_vpc = self.v_switch.is_some() || self.groups.iter().any(|group| group.vpc.is_some());
        if in_vpc { NetworkType::Vpc } else { NetworkType::Classic }
    }

    /// The disks, the system disk first.
    pub(super) fn disks(&self) -> impl Iterator<Item = &DiskDraft> {
        [&self.system].into_iter().chain(&self.data)
    }

    /// The same, to be changed.
    pub(super) fn disks_mut(&mut self) -> impl Iterator<Item = &mut DiskDraft> {
        [&mut self.system].into_iter().chain(&mut self.data)
    }

    /// Whether a disk is encrypted, of the request or of the image.
    pub(super) fn encrypts(&self) -> bool {
        self.disks().any(|disk| disk.encrypted) || self.mapped.iter().any(|disk| disk.encrypted)
    }

    /// How many portable data disks each instance has.
    pub(super) fn portable_disks(&self) -> u64 {
        self.data.iter().filter(|disk| disk.limits().portable).count() as u64
    }
}

fn system_disk(request: &mut Request) -> DiskDraft {
    let disk = request.system_disk.clone();
    DiskDraft {
        category_text: disk.category,
        size_text: disk.size,
        encrypted_text: request.system_disk_encrypted.take(),
        level: disk.performance_level.as_deref().and_then(PerformanceLevel::find),
        name: disk.disk_name,
        description: disk.description,
        kms_key_id: request.system_disk_kms_key_id.take(),
        encrypt_algorithm: request.system_disk_encrypt_algorithm.take(),
        snapshot_policy: request.system_disk_snapshot_policy.take(),
        storage_cluster: disk.storage_cluster_id,
        provisioned_iops: disk.provisioned_iops,
        bursting: disk.bursting_enabled.unwrap_or(false),
        ..DiskDraft::default()
    }
}

fn data_disks(request: &mut Request) -> Vec<DiskDraft> {
    let disks = std::mem::take(&mut request.shared.data_disk).into_iter();
    let draft = disks.map(|disk| DiskDraft {
        category_text: disk.category,
        size_text: disk.size,
        encrypted_text: disk.encrypted,
        level: disk.performance_level.as_deref().and_then(PerformanceLevel::find),
        name: disk.disk_name,
        description: disk.description,
        kms_key_id: disk.kms_key_id,
        encrypt_algorithm: disk.encrypt_algorithm,
        delete_with_instance: disk.delete_with_instance,
        snapshot: disk.snapshot_id,
        device: disk.device,
        snapshot_policy: disk.auto_snapshot_policy_id,
        storage_cluster: disk.storage_cluster_id,
        provisioned_iops: disk.provisioned_iops,
        bursting: disk.bursting_enabled.unwrap_or(false),
        ..DiskDraft::default()
    });
    draft.collect()
}
