//! CreateDisk.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::catalog::accounts::{AccountFacts, ServiceState};
use crate::catalog::disk_categories::{DiskCategory, DiskLimits, PerformanceLevel};
use crate::catalog::offer;
use crate::catalog::zones::{Creatable, Lifecycle};
use crate::cx::Cx;
use crate::ecs::disk::given::{
    archived_snapshot, at_the_quota, encrypted_snapshot, ephemeral_and_snapshot, ephemeral_granted, held,
    in_arrears, large_snapshot, not_admitted, old_snapshot, snapshot, system_snapshot, unverified,
    without_kms, without_payment,
};
use crate::ecs::disk::record::{Disk, DiskKind, DiskStatus};
use crate::ecs::instance::record::POST_PAID;
use crate::ecs::snapshot::given::one_progressing;
use crate::ecs::snapshot::record::Snapshot;
use crate::errors::{
    AccountInArrears, ApiError, CategoryCannotEncrypt, CategoryTakesNoSnapshot, DiskCategoryUnknown,
    DiskSizeAndSnapshotMissing, DiskSizeUnsupported, DiskSmallerThanSnapshot, EncryptedMalformed,
    EncryptionDiffersFromSnapshot, HeldByRiskControl, KmsNotEnabled, NewDiskNameMalformed, NoPaymentMethod,
    ParameterMalformed, PerformanceLevelInvalid, RealNameNotVerified, RegionCannotEncrypt, RegionNotFound,
    RegionNotGranted, RequiredParameterMissing, ResourceDescriptionMalformed, SnapshotArchived,
    SnapshotNotFound, SnapshotNotReady, SnapshotOfSystemDisk, SnapshotTooLargeOrCategoryNotGranted,
    SnapshotTooOld, TagKeyDuplicate, TagKeyMalformed, TagValueMalformed, TooManyPortableDisks, TooManyTags,
    ZoneLacksDiskCategory, ZoneNotFound,
};
use crate::ids::{DiskId, ResourceGroupId, SnapshotId, ZoneId};
use crate::names::{is_description, is_resource_name};
use crate::spec::Run;
use crate::tags::{self, Tag, TagParam};
use crate::vpc::given::too_many_tags;
use crate::world::Fact;

/// Makes a data disk that is paid by the hour.
///
/// The disk is `Available`; attach it to an instance of its zone with AttachDisk. Filled from a snapshot, it is as large as
/// the snapshot unless Size asks for more, and encrypted if the snapshot is.
#[derive(Action)]
#[action(ecs, write, region, idempotent, billable, reply = CreatedDisk, raises(
    RegionNotFound, HeldByRiskControl, RealNameNotVerified, RegionNotGranted, AccountInArrears,
    RequiredParameterMissing, ParameterMalformed, NewDiskNameMalformed, ResourceDescriptionMalformed,
    DiskCategoryUnknown, EncryptedMalformed, PerformanceLevelInvalid, TagKeyMalformed, TagValueMalformed,
    TagKeyDuplicate, TooManyTags, DiskSizeAndSnapshotMissing, ZoneNotFound, SnapshotNotFound,
    SnapshotTooLargeOrCategoryNotGranted, DiskSizeUnsupported, SnapshotNotReady, SnapshotTooOld,
    SnapshotOfSystemDisk, SnapshotArchived, CategoryTakesNoSnapshot, DiskSmallerThanSnapshot,
    RegionCannotEncrypt, CategoryCannotEncrypt, KmsNotEnabled, EncryptionDiffersFromSnapshot,
    ZoneLacksDiskCategory, TooManyPortableDisks, NoPaymentMethod
))]
pub struct CreateDisk {
    /// Zone of the disk.
    #[param(required)]
    zone_id: ZoneId,
    /// Category: `cloud`, `cloud_efficiency`, `cloud_ssd`, `cloud_essd`, `cloud_auto` or `cloud_essd_entry`.
    #[param(default = "cloud", check = is_category, row = DiskCategoryUnknown)]
    disk_category: String,
    /// Size in GiB, within the bounds of the category. Required unless SnapshotId gives one.
    #[param(row = DiskSizeUnsupported)]
    size: Option<u32>,
    /// Snapshot of a data disk that fills the disk.
    snapshot_id: Option<SnapshotId>,
    /// Performance level of a `cloud_essd` disk: `PL0`, `PL1` (the default), `PL2` or `PL3`.
    #[param(check = is_level, row = PerformanceLevelInvalid)]
    performance_level: Option<String>,
    /// Name: 2 to 128 characters, first a letter of any script, then letters, digits, `:`, `_`, `.` and `-`.
    #[param(check = is_resource_name, row = NewDiskNameMalformed)]
    disk_name: Option<String>,
    /// Description: 2 to 256 characters that are no link.
    #[param(check = is_description, row = ResourceDescriptionMalformed)]
    description: Option<String>,
    /// Whether the disk is encrypted: true or false; by default as its snapshot.
    #[param(row = EncryptedMalformed)]
    encrypted: Option<bool>,
    /// Key that an encrypted disk uses; by default the service's own.
    #[param(name = "KMSKeyId")]
    kms_key_id: Option<String>,
    /// Algorithm of an encrypted disk.
    encrypt_algorithm: Option<String>,
    /// Provisioned IOPS of a `cloud_auto` disk.
    #[param(range(0, 1_000_000))]
    provisioned_iops: Option<i64>,
    /// Whether a `cloud_auto` disk may burst.
    #[param(default = false)]
    bursting_enabled: bool,
    /// Whether several instances may have the disk: not yet.
    #[param(default = "Disabled", one_of("Disabled"))]
    multi_attach: String,
    /// Storage cluster to make the disk in.
    storage_cluster_id: Option<String>,
    /// Storage set to make the disk in.
    storage_set_id: Option<String>,
    /// How many partitions the storage set has.
    #[param(range(2, 2147483647))]
    storage_set_partition_number: Option<i64>,
    /// Advanced features; without effect.
    advanced_features: Option<String>,
    /// Resource group of the disk.
    resource_group_id: Option<ResourceGroupId>,
    /// Tags of the disk, up to 20.
    #[param(group)]
    tag: Vec<TagParam>,
}

/// A new disk.
#[derive(Shape)]
pub struct CreatedDisk {
    /// ID of the disk.
    disk_id: DiskId,
}

impl Run for CreateDisk {
    fn run(self, cx: &mut Cx<'_>) -> Result<CreatedDisk, ApiError> {
        let _ = (&self.multi_attach, &self.advanced_features);
        let tags = tags::read(&self.tag)?;
        let (category, level) = self.category()?;
        let limits = *Fact::wares(&cx.tx)?.disks.limits(category, level);
        if self.size.is_none() && self.snapshot_id.is_none() {
            return Err((&DiskSizeAndSnapshotMissing).into());
        }
        self.check_zone(cx)?;
        let source = self.snapshot_id.as_ref().map(|id| cx.snapshot(id)).transpose()?;
        let account = Fact::of_account(&cx.tx, cx.account())?;
        if !offer::may_use_category(&account, category) {
            return Err(SnapshotTooLargeOrCategoryNotGranted.about("DiskCategory"));
        }
        let size_gib = self.size_gib(&limits, source.as_ref())?;
        let encrypted = self.check_encryption(&limits, source.as_ref(), &account, cx)?;
        if !limits.portable {
            // Local disks come and go with their instance.
            return Err(CategoryTakesNoSnapshot.about("DiskCategory"));
        }
        self.check_sale(category, &account, cx)?;
        let mut disk = self.disk((category, level), tags, cx);
        (disk.size_gib, disk.encrypted) = (size_gib, encrypted);
        cx.put(&disk)?;
        Ok(CreatedDisk { disk_id: disk.id })
    }
}

impl CreateDisk {
    /// The category, and the level of those that have any.
    fn category(&self) -> Result<(DiskCategory, Option<PerformanceLevel>), ApiError> {
        let category = DiskCategory::find(&self.disk_category)
            .ok_or_else(|| DiskCategoryUnknown.about("DiskCategory"))?;
        if self.performance_level.is_some() && category != DiskCategory::CloudEssd {
            return Err(PerformanceLevelInvalid.about("PerformanceLevel"));
        }
        let asked = self.performance_level.as_deref().and_then(PerformanceLevel::find);
        Ok((category, category.level(asked)))
    }

    fn check_zone(&self, cx: &Cx<'_>) -> Result<(), ApiError> {
        let zone = Fact::of_zone(&cx.tx, &self.zone_id)?;
        let is_here = zone
            .is_some_and(|zone| zone.region == cx.region().as_str() && zone.lifecycle == Lifecycle::Active);
        if is_here { Ok(()) } else { Err(ZoneNotFound.about("ZoneId")) }
    }

    /// The size, which holds the snapshot.
    fn size_gib(&self, limits: &DiskLimits, source: Option<&Snapshot>) -> Result<u64, ApiError> {
        let size = self.size.map(u64::from);
        if size.is_some_and(|size| !limits.data_gib.contains(size)) {
            return Err(DiskSizeUnsupported.about("Size"));
        }
        let Some(source) = source else { return Ok(size.unwrap_or_default()) };
        source.check_ready()?;
        source.check_age()?;
        source.check_kind()?;
        source.check_kept()?;
        if !limits.portable {
            return Err(CategoryTakesNoSnapshot.about("DiskCategory"));
        }
        let size = size.unwrap_or(source.size_gib);
        if size < source.size_gib {
            return Err(DiskSmallerThanSnapshot.about("Size"));
        }
        if size > limits.data_gib.max {
            return Err(SnapshotTooLargeOrCategoryNotGranted.about("SnapshotId"));
        }
        if size < limits.data_gib.min { Err(DiskSizeUnsupported.about("SnapshotId")) } else { Ok(size) }
    }

    /// Whether the disk is encrypted.
    fn check_encryption(
        &self,
        limits: &DiskLimits,
        source: Option<&Snapshot>,
        account: &AccountFacts,
        cx: &Cx<'_>,
    ) -> Result<bool, ApiError> {
        let inherited = source.map(|source| source.encrypted);
        let encrypted = self.encrypted.or(inherited).unwrap_or(false);
        if encrypted {
            let region = Fact::of_region(&cx.tx, cx.region())?;
            if region.is_some_and(|region| !region.disk_encryption) {
                return Err(RegionCannotEncrypt.about("Encrypted"));
            }
            if !limits.encryptable {
                return Err(CategoryCannotEncrypt.about("Encrypted"));
            }
            if account.services.kms == ServiceState::Disabled {
                return Err(KmsNotEnabled.about("Encrypted"));
            }
        }
        match inherited.is_some_and(|inherited| inherited != encrypted) {
            true => Err(EncryptionDiffersFromSnapshot.about("Encrypted")),
            false => Ok(encrypted),
        }
    }

    /// The zone sells it, and the account may have one more and pay for it.
    fn check_sale(
        &self,
        category: DiskCategory,
        account: &AccountFacts,
        cx: &Cx<'_>,
    ) -> Result<(), ApiError> {
        let zone = Fact::of_zone(&cx.tx, &self.zone_id)?;
        let sells = zone.is_some_and(|zone| {
            offer::zone_takes(&zone, Creatable::Disk) && offer::zone_has_category(&zone, category)
        });
        if !sells {
            return Err(ZoneLacksDiskCategory.about("DiskCategory"));
        }
        let present = cx.tx.count::<Disk>(&Disk::portable_scope(cx.account(), cx.region()))?;
        if present >= u64::from(account.quotas.portable_cloud_disks) {
            return Err((&TooManyPortableDisks).into());
        }
        if account.billing.payment_methods.is_empty() { Err((&NoPaymentMethod).into()) } else { Ok(()) }
    }

    fn disk(
        self,
        (category, level): (DiskCategory, Option<PerformanceLevel>),
        tags: Vec<Tag>,
        cx: &mut Cx<'_>,
    ) -> Disk {
        let region = cx.region().clone();
        Disk {
            account: cx.account().clone(),
            id: DiskId(cx.new_id("d", &region, 20)),
            region,
            zone: self.zone_id,
            name: self.disk_name.unwrap_or_default(),
            description: self.description.unwrap_or_default(),
            category,
            performance_level: level,
            size_gib: 0,
            kind: DiskKind::Data,
            status: DiskStatus::Available,
            settles_ms: None,
            attachment: None,
            detached_ms: None,
            portable: true,
            delete_with_instance: false,
            delete_auto_snapshot: false,
            enable_auto_snapshot: true,
            encrypted: false,
            kms_key_id: self.kms_key_id.unwrap_or_default(),
            charge_type: POST_PAID.to_owned(),
            created_ms: cx.now_ms(),
            image: None,
            snapshot: self.snapshot_id,
            auto_snapshot_policy_id: String::new(),
            storage_cluster_id: self.storage_cluster_id.unwrap_or_default(),
            storage_set_id: self.storage_set_id.unwrap_or_default(),
            storage_set_partition_number: self.storage_set_partition_number,
            encrypt_algorithm: self.encrypt_algorithm.unwrap_or_default(),
            provisioned_iops: self.provisioned_iops,
            bursting_enabled: self.bursting_enabled,
            resource_group: self.resource_group_id.unwrap_or_default(),
            tags,
        }
    }
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn is_category(name: &String) -> bool {
    DiskCategory::find(name).is_some()
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
pub(super) fn is_level(name: &String) -> bool {
    PerformanceLevel::find(name).is_some()
}

/// A request that succeeds anywhere. Of a parameter that comes again the last value counts.
macro_rules! request {
    ($($more:expr),*) => {
        concat!(
            "RegionId=cn-hangzhou&ZoneId=cn-hangzhou-h&DiskCategory=cloud_efficiency&Size=100" $(, "&", $more)*
        )
    };
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "a data disk",
        nothing,
        request!("DiskName=logs", "Description=of the shop", "Tag.1.Key=team", "Tag.1.Value=a"),
    ),
    Case::ok(
        "an encrypted ESSD",
        nothing,
        request!("ZoneId=cn-hangzhou-i", "DiskCategory=cloud_essd", "Encrypted=true"),
    ),
    Case::ok("as large as its snapshot", snapshot, request!("Size=", "SnapshotId=s-data")),
    Case::ok("from an encrypted snapshot", encrypted_snapshot, request!("SnapshotId=s-data")),
    Case::err("an unknown region", nothing, request!("RegionId=cn-atlantis"), &RegionNotFound),
    Case::err("an account under risk control", held, request!(), &HeldByRiskControl),
    Case::err("an account without a verified name", unverified, request!(), &RealNameNotVerified),
    Case::err("a region that the account may not use", not_admitted, request!(), &RegionNotGranted),
    Case::err("an account that owes money", in_arrears, request!(), &AccountInArrears),
    Case::err("no zone", nothing, "RegionId=cn-hangzhou&Size=100", &RequiredParameterMissing),
    Case::err("for several instances", nothing, request!("MultiAttach=Enabled"), &ParameterMalformed),
    Case::err("a name that is none", nothing, request!("DiskName=9disk"), &NewDiskNameMalformed),
    Case::err(
        "a link for a description",
        nothing,
        request!("Description=http://a"),
        &ResourceDescriptionMalformed,
    ),
    Case::err("an unknown category", nothing, request!("DiskCategory=floppy"), &DiskCategoryUnknown),
    Case::err("neither encrypted nor not", nothing, request!("Encrypted=perhaps"), &EncryptedMalformed),
    Case::err(
        "a level for a category without",
        nothing,
        request!("PerformanceLevel=PL1"),
        &PerformanceLevelInvalid,
    ),
    Case::err("a tag without key", nothing, request!("Tag.1.Value=a"), &TagKeyMalformed),
    Case::err(
        "a link in a tag",
        nothing,
        request!("Tag.1.Key=a", "Tag.1.Value=http://a"),
        &TagValueMalformed,
    ),
    Case::err("one key twice", nothing, request!("Tag.1.Key=a", "Tag.2.Key=a"), &TagKeyDuplicate),
    Case::err("21 tags", nothing, request!(too_many_tags!()), &TooManyTags),
    Case::err("neither size nor snapshot", nothing, request!("Size="), &DiskSizeAndSnapshotMissing),
    Case::err("an unknown zone", nothing, request!("ZoneId=cn-hangzhou-zz"), &ZoneNotFound),
    Case::err(
        "an unknown snapshot",
        nothing,
        request!("SnapshotId=s-bp1doesnotexist00001"),
        &SnapshotNotFound,
    ),
    Case::err(
        "a category that is not granted",
        nothing,
        request!("DiskCategory=ephemeral_ssd"),
        &SnapshotTooLargeOrCategoryNotGranted,
    ),
    Case::err(
        "a snapshot larger than the category",
        large_snapshot,
        request!("ZoneId=cn-hangzhou-b", "DiskCategory=cloud", "Size=", "SnapshotId=s-data"),
        &SnapshotTooLargeOrCategoryNotGranted,
    ),
    Case::err("below the minimum", nothing, request!("Size=10"), &DiskSizeUnsupported),
    Case::err("an unfinished snapshot", one_progressing, request!("SnapshotId=$s"), &SnapshotNotReady),
    Case::err("a snapshot from July 2013", old_snapshot, request!("SnapshotId=s-data"), &SnapshotTooOld),
    Case::err(
        "a snapshot of a system disk",
        system_snapshot,
        request!("SnapshotId=s-data"),
        &SnapshotOfSystemDisk,
    ),
    Case::err("an archived snapshot", archived_snapshot, request!("SnapshotId=s-data"), &SnapshotArchived),
    Case::err(
        "a local disk from a snapshot",
        ephemeral_and_snapshot,
        request!("DiskCategory=ephemeral_ssd", "SnapshotId=s-data"),
        &CategoryTakesNoSnapshot,
    ),
    Case::err(
        "a local disk alone",
        ephemeral_granted,
        request!("DiskCategory=ephemeral_ssd"),
        &CategoryTakesNoSnapshot,
    ),
    Case::err(
        "smaller than its snapshot",
        snapshot,
        request!("Size=50", "SnapshotId=s-data"),
        &DiskSmallerThanSnapshot,
    ),
    Case::err(
        "encrypted where nothing is",
        nothing,
        request!("RegionId=cn-qingdao", "ZoneId=cn-qingdao-c", "Encrypted=true"),
        &RegionCannotEncrypt,
    ),
    Case::err(
        "an encrypted local disk",
        ephemeral_granted,
        request!("DiskCategory=ephemeral_ssd", "Encrypted=true"),
        &CategoryCannotEncrypt,
    ),
    Case::err(
        "encrypted without a service for keys",
        without_kms,
        request!("Encrypted=true"),
        &KmsNotEnabled,
    ),
    Case::err(
        "unlike its snapshot",
        encrypted_snapshot,
        request!("SnapshotId=s-data", "Encrypted=false"),
        &EncryptionDiffersFromSnapshot,
    ),
    Case::err(
        "a zone without the category",
        nothing,
        request!("ZoneId=cn-hangzhou-i", "DiskCategory=cloud_ssd"),
        &ZoneLacksDiskCategory,
    ),
    Case::err("one more than the account may have", at_the_quota, request!(), &TooManyPortableDisks),
    Case::err("no way to pay", without_payment, request!(), &NoPaymentMethod),
];
