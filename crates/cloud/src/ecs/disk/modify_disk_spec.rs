//! ModifyDiskSpec.

use moyun_derive::{Action, Group, Shape};

use crate::case::Case;
use crate::catalog::disk_categories::{DiskCategory, PerformanceLevel};
use crate::catalog::money::Money;
use crate::catalog::offer;
use crate::catalog::wares::Wares;
use crate::cx::Cx;
use crate::ecs::disk::create_disk::is_level;
use crate::ecs::disk::given::{
    another_on_its_way, essd_free, essd_level_0, essd_subscribed, essd_subscribed_and_broke, free_in_g,
    one_auto, one_basic, one_free, one_free_and_arrears, one_stopping, one_with_fixed_disk_running,
};
use crate::ecs::disk::record::{Disk, DiskKind};
use crate::ecs::disk::resize_disk::check_settled;
use crate::ecs::disk::speed::provisioned_iops_max;
use crate::ecs::instance::creation::execute::order_id;
use crate::ecs::instance::given::{one_expired, one_locked, one_running};
use crate::ecs::instance::life::FINANCIAL_LOCK;
use crate::ecs::instance::record::{Instance, PRE_PAID};
use crate::ecs::snapshot::given::one_progressing;
use crate::errors::{
    AccountInArrears, ApiError, BalanceTooLow, CategoryTakesNoSnapshot, DiskBusyWithSnapshot,
    DiskCategoryCannotChange, DiskCategoryUnknown, DiskNotFound, DiskNotInStorageCluster,
    DiskSizeUnsupported, DiskSpecUnchanged, DiskStatusWrong, DryRunPassed, InstanceExpired, InstanceLocked,
    InstanceStatusWrong, InstanceTypeLacksCategory, ParameterMalformed, PerformanceLevelForOtherCategory,
    PerformanceLevelInvalid, PerformanceLevelTooLow, PerformanceLevelUnfitForSize,
    PreviewParameterNotGranted, ProvisionedIopsForOtherCategory, RequiredParameterMissing,
    SubscriptionCannotDowngrade, TooManyProvisionedIops, ZoneLacksDiskCategory,
};
use crate::ids::{DiskId, ZoneId};
use crate::spec::Run;
use crate::world::Fact;

/// Changes the category, the performance level or the provisioned IOPS of a disk.
///
/// The disk is `In_use` or `Available`, and its instance `Running` or `Stopped`. The change holds at once, in speed and
/// price. What is part of a subscription only becomes better: the difference for the rest of the term is paid at once.
#[derive(Action)]
#[action(
    ecs, write, billable, dry_run = DryRunPassed, reply = DiskSpecOrder,
    raises(
        AccountInArrears, PreviewParameterNotGranted, RequiredParameterMissing, ParameterMalformed,
        DiskCategoryUnknown, PerformanceLevelInvalid, DiskNotFound, DiskNotInStorageCluster, InstanceLocked,
        InstanceStatusWrong, CategoryTakesNoSnapshot, DiskStatusWrong, DiskBusyWithSnapshot, InstanceExpired,
        PerformanceLevelForOtherCategory, ProvisionedIopsForOtherCategory, DiskSpecUnchanged,
        DiskCategoryCannotChange, SubscriptionCannotDowngrade, PerformanceLevelTooLow,
        PerformanceLevelUnfitForSize, DiskSizeUnsupported, TooManyProvisionedIops, InstanceTypeLacksCategory,
        ZoneLacksDiskCategory, BalanceTooLow, DryRunPassed
    )
)]
pub struct ModifyDiskSpec {
    /// ID of the disk.
    #[param(required)]
    disk_id: DiskId,
    /// Category that the disk is to have: `cloud_efficiency`, `cloud_ssd`, `cloud_auto` or `cloud_essd`; by default the
    /// present one. `cloud` and `ephemeral_ssd` disks stay what they are.
    #[param(check = is_target, row = DiskCategoryUnknown)]
    disk_category: Option<String>,
    /// Performance level of a `cloud_essd` disk: `PL0` to `PL3`, as its size allows. By default the present one, or PL1
    /// for a disk that becomes one. No disk goes down to PL0.
    #[param(check = is_level, row = PerformanceLevelInvalid)]
    performance_level: Option<String>,
    /// Provisioned IOPS of a `cloud_auto` disk: up to 50,000, and together with those that its size gives up to 1,000 for
    /// each GiB.
    #[param(range(0, 9223372036854775807))]
    provisioned_iops: Option<i64>,
    /// Speed of a disk in a dedicated storage cluster, where no disk is.
    #[param(group)]
    performance_control_options: Option<PerformanceControlOptions>,
    /// Zone that the disk is to move to.
    #[param(preview)]
    destination_zone_id: Option<ZoneId>,
}

/// Speed of a disk in a dedicated storage cluster.
#[derive(Group)]
#[expect(dead_code, reason = "read for their type: no disk is in such a cluster")]
struct PerformanceControlOptions {
    /// Operations a second.
    #[param(name = "IOPS")]
    iops: Option<i64>,
    /// MB a second.
    throughput: Option<i64>,
    /// `All` to go back to the speed that the disk began with.
    recover: Option<String>,
}

/// What a change of a disk comes to.
#[derive(Shape)]
pub struct DiskSpecOrder {
    /// ID of the order, if the disk is part of a subscription.
    order_id: Option<String>,
}

impl Run for ModifyDiskSpec {
    fn run(self, cx: &mut Cx<'_>) -> Result<DiskSpecOrder, ApiError> {
        let _ = &self.destination_zone_id;
        let disk = cx.disk(&self.disk_id)?;
        if self.performance_control_options.is_some() {
            return Err(DiskNotInStorageCluster.about("PerformanceControlOptions"));
        }
        check_settled(&disk, cx)?;
        let attachment = disk.attachment.as_ref();
        let instance = attachment.map(|attachment| cx.find_instance(&attachment.instance)).transpose()?;
        let instance = instance.flatten();
        if instance.as_ref().is_some_and(|instance| instance.is_locked(FINANCIAL_LOCK)) {
            return Err(InstanceExpired.about("DiskId"));
        }
        let changed = self.changed(&disk)?;
        check_change(&disk, &changed)?;
        let wares = Fact::wares(&cx.tx)?;
        check_size(&changed, &wares)?;
        check_offer(&changed, instance.as_ref(), &wares, cx)?;
        let is_order = disk.charge_type == PRE_PAID;
        if let Some(instance) = instance.filter(|_| is_order) {
            let more = changed.hour(&wares) - disk.hour(&wares);
            let price = instance.rest_of_term(more.max(Money::ZERO), cx.now_ms(), &wares.prices);
            cx.check_payable(price)?;
            cx.charge(price)?;
        }
        cx.put(&changed)?;
        Ok(DiskSpecOrder { order_id: is_order.then(|| order_id(cx)) })
    }
}

impl ModifyDiskSpec {
    /// The disk as it is to be.
    fn changed(&self, disk: &Disk) -> Result<Disk, ApiError> {
        let category = self.disk_category.as_deref().and_then(DiskCategory::find).unwrap_or(disk.category);
        let level = self.performance_level.as_deref().and_then(PerformanceLevel::find);
        if level.is_some() && category != DiskCategory::CloudEssd {
            return Err(PerformanceLevelForOtherCategory.about("PerformanceLevel"));
        }
        if self.provisioned_iops.is_some() && category != DiskCategory::CloudAuto {
            return Err(ProvisionedIopsForOtherCategory.about("ProvisionedIops"));
        }
        let mut changed = disk.clone();
        changed.category = category;
        changed.performance_level = category.level(level.or(disk.performance_level));
        let is_auto = category == DiskCategory::CloudAuto;
        changed.provisioned_iops = self.provisioned_iops.or(disk.provisioned_iops).filter(|_| is_auto);
        changed.bursting_enabled &= is_auto;
        Ok(changed)
    }
}

/// There is a change, and disks may change so.
fn check_change(disk: &Disk, changed: &Disk) -> Result<(), ApiError> {
    let spec =
        |disk: &Disk| (disk.category, disk.performance_level, disk.provisioned_iops.unwrap_or_default());
    if spec(disk) == spec(changed) {
        return Err(DiskSpecUnchanged.about("DiskId"));
    }
    if disk.category == DiskCategory::Cloud {
        return Err(DiskCategoryCannotChange.about("DiskId"));
    }
    let is_order = disk.charge_type == PRE_PAID;
    if is_order && rank(changed.category) < rank(disk.category) {
        return Err(SubscriptionCannotDowngrade.about("DiskCategory"));
    }
    let is_lower = changed.performance_level < disk.performance_level && changed.category == disk.category;
    if is_lower && (is_order || changed.performance_level == Some(PerformanceLevel::Pl0)) {
        return Err(PerformanceLevelTooLow.about("PerformanceLevel"));
    }
    Ok(())
}

/// The new category and level have disks of this size, and the size carries the provisioned IOPS.
fn check_size(changed: &Disk, wares: &Wares) -> Result<(), ApiError> {
    let limits = changed.limits(wares);
    let sizes = if changed.kind == DiskKind::System { limits.system_gib } else { limits.data_gib };
    if !sizes.contains(changed.size_gib) {
        return match changed.performance_level {
            Some(_) => Err(PerformanceLevelUnfitForSize.about("PerformanceLevel")),
            None => Err(DiskSizeUnsupported.about("DiskCategory")),
        };
    }
    let provisioned = changed.provisioned_iops.and_then(|iops| u64::try_from(iops).ok()).unwrap_or_default();
    match provisioned > provisioned_iops_max(changed.size_gib) {
        true => Err(TooManyProvisionedIops.about("ProvisionedIops")),
        false => Ok(()),
    }
}

/// The instance and the zone have disks of the new category.
fn check_offer(
    changed: &Disk,
    instance: Option<&Instance>,
    wares: &Wares,
    cx: &Cx<'_>,
) -> Result<(), ApiError> {
    let attaches = |instance: &Instance| {
        let kind = wares.find_type(&instance.instance_type);
        kind.is_some_and(|kind| kind.disks(instance.io_optimized).contains(&changed.category))
    };
    if instance.is_some_and(|instance| !attaches(instance)) {
        return Err(InstanceTypeLacksCategory.about("DiskCategory"));
    }
    let zone = Fact::of_zone(&cx.tx, &changed.zone)?;
    match zone.is_some_and(|zone| offer::zone_has_category(&zone, changed.category)) {
        true => Ok(()),
        false => Err(ZoneLacksDiskCategory.about("DiskCategory")),
    }
}

/// How good a category is beside others.
fn rank(category: DiskCategory) -> u8 {
    match category {
        DiskCategory::Cloud | DiskCategory::EphemeralSsd => 0,
        DiskCategory::CloudEssdEntry => 1,
        DiskCategory::CloudEfficiency => 2,
        DiskCategory::CloudSsd => 3,
        DiskCategory::CloudAuto => 4,
        DiskCategory::CloudEssd => 5,
    }
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn is_target(name: &String) -> bool {
    ["cloud_efficiency", "cloud_ssd", "cloud_auto", "cloud_essd"].contains(&name.as_str())
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("another category", one_running, "DiskId=$data&DiskCategory=cloud_ssd"),
    Case::ok("a better level of a free disk", essd_free, "DiskId=$d&PerformanceLevel=PL2"),
    Case::ok(
        "a free disk with provisioned IOPS",
        one_free,
        "DiskId=$d&DiskCategory=cloud_auto&ProvisionedIops=500",
    ),
    Case::ok("part of a subscription", essd_subscribed, "DiskId=$data&PerformanceLevel=PL2"),
    Case::err(
        "the account owes money",
        one_free_and_arrears,
        "DiskId=$d&DiskCategory=cloud_ssd",
        &AccountInArrears,
    ),
    Case::err(
        "to another zone",
        one_free,
        "DiskId=$d&DestinationZoneId=cn-hangzhou-i",
        &PreviewParameterNotGranted,
    ),
    Case::err("no disk", one_free, "DiskCategory=cloud_ssd", &RequiredParameterMissing),
    Case::err("IOPS that are none", one_auto, "DiskId=$d&ProvisionedIops=many", &ParameterMalformed),
    Case::err("no category to go to", one_free, "DiskId=$d&DiskCategory=cloud", &DiskCategoryUnknown),
    Case::err("an unknown level", essd_free, "DiskId=$d&PerformanceLevel=PL9", &PerformanceLevelInvalid),
    Case::err(
        "an unknown disk",
        one_free,
        "DiskId=d-bp1doesnotexist0001&DiskCategory=cloud_ssd",
        &DiskNotFound,
    ),
    Case::err(
        "a speed of its own",
        one_free,
        "DiskId=$d&PerformanceControlOptions.IOPS=2000",
        &DiskNotInStorageCluster,
    ),
    Case::err("its instance is locked", one_locked, "DiskId=$data&DiskCategory=cloud_ssd", &InstanceLocked),
    Case::err(
        "its instance is stopping",
        one_stopping,
        "DiskId=$data&DiskCategory=cloud_ssd",
        &InstanceStatusWrong,
    ),
    Case::err(
        "a local disk",
        one_with_fixed_disk_running,
        "DiskId=$data&DiskCategory=cloud_ssd",
        &CategoryTakesNoSnapshot,
    ),
    Case::err("a disk on its way", another_on_its_way, "DiskId=$e&DiskCategory=cloud_ssd", &DiskStatusWrong),
    Case::err(
        "a snapshot is being taken",
        one_progressing,
        "DiskId=$data&DiskCategory=cloud_ssd",
        &DiskBusyWithSnapshot,
    ),
    Case::err(
        "its instance has run out",
        one_expired,
        "DiskId=$data&DiskCategory=cloud_ssd",
        &InstanceExpired,
    ),
    Case::err(
        "a level for a category without",
        one_free,
        "DiskId=$d&DiskCategory=cloud_ssd&PerformanceLevel=PL1",
        &PerformanceLevelForOtherCategory,
    ),
    Case::err(
        "IOPS for a category without",
        one_free,
        "DiskId=$d&ProvisionedIops=100",
        &ProvisionedIopsForOtherCategory,
    ),
    Case::err("what it is", one_free, "DiskId=$d&DiskCategory=cloud_efficiency", &DiskSpecUnchanged),
    Case::err("a basic disk", one_basic, "DiskId=$d&DiskCategory=cloud_ssd", &DiskCategoryCannotChange),
    Case::err(
        "a lesser category in a subscription",
        essd_subscribed,
        "DiskId=$data&DiskCategory=cloud_ssd",
        &SubscriptionCannotDowngrade,
    ),
    Case::err("down to PL0", essd_free, "DiskId=$d&PerformanceLevel=PL0", &PerformanceLevelTooLow),
    Case::err(
        "too small for the level",
        essd_free,
        "DiskId=$d&PerformanceLevel=PL3",
        &PerformanceLevelUnfitForSize,
    ),
    Case::err(
        "too small for the category",
        essd_level_0,
        "DiskId=$d&DiskCategory=cloud_ssd",
        &DiskSizeUnsupported,
    ),
    Case::err(
        "more IOPS than its size carries",
        one_auto,
        "DiskId=$d&ProvisionedIops=50001",
        &TooManyProvisionedIops,
    ),
    Case::err(
        "what its instance cannot attach",
        one_running,
        "DiskId=$data&DiskCategory=cloud_essd",
        &InstanceTypeLacksCategory,
    ),
    Case::err(
        "what the zone does not have",
        free_in_g,
        "DiskId=$d&DiskCategory=cloud_auto",
        &ZoneLacksDiskCategory,
    ),
    Case::err(
        "too little money",
        essd_subscribed_and_broke,
        "DiskId=$data&PerformanceLevel=PL2",
        &BalanceTooLow,
    ),
    Case::err("a rehearsal", one_free, "DiskId=$d&DiskCategory=cloud_ssd&DryRun=true", &DryRunPassed),
];
