//! ModifyInstanceSpec.

use moyun_derive::{Action, Group};
use moyun_wire::shape::Empty;
use serde_json::json;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::disk::given::fixed_disk_stopped;
use crate::ecs::instance::bandwidth::Bandwidth;
use crate::ecs::instance::given::{
    THREE_INTERFACES, eip_alone, gpu_stopped, in_arrears, little_bandwidth, one_expired, one_pending_of,
    one_running, one_stopped, one_stopped_and_locked, one_subscription, stopped_subscription,
    windows_stopped,
};
use crate::ecs::instance::life::FINANCIAL_LOCK;
use crate::ecs::instance::record::Status;
use crate::ecs::instance::spec_change::target;
use crate::errors::{
    AccountInArrears, ApiError, BandwidthAboveAccountCeiling, BandwidthInInvalid, BandwidthOutInvalid,
    DryRunPassed, ImageDoesNotFitMemory, ImageExcludesInstanceType, InstanceExpired, InstanceLocked,
    InstanceNotFound, InstanceStatusWrong, InstanceTypeByInvitation, InstanceTypeCannotBecome,
    InstanceTypeLacksCategory, InstanceTypeUnchanged, InstanceTypeUnknown, InterfacesExceedType,
    LocalDisksForbidChange, OutOfStock, ParameterMalformed, PreviewParameterNotGranted,
    RegionTakesNoPublicBandwidth, RequiredParameterMissing, SubscriptionForbidsAction, TooManyChanges,
    ZoneDoesNotOfferType,
};
use crate::ids::{DiskId, InstanceId};
use crate::spec::Run;
use crate::story::Story;

/// Changes the type or the public bandwidth of an instance that is paid by the hour: one of the two in a request.
///
/// A type changes while the instance is `Stopped`: the zone gives a unit of the new type and takes the old one back.
/// DescribeResourcesModification tells which types there are to change to. Bandwidth changes also while it is `Running`.
#[derive(Action)]
#[action(
    ecs, write, idempotent, billable, dry_run = DryRunPassed, reply = Empty,
    raises(
        AccountInArrears, PreviewParameterNotGranted, RequiredParameterMissing, ParameterMalformed,
        BandwidthOutInvalid, BandwidthInInvalid, TooManyChanges, InstanceNotFound, InstanceLocked,
        InstanceStatusWrong, InstanceExpired, SubscriptionForbidsAction, RegionTakesNoPublicBandwidth,
        BandwidthAboveAccountCeiling, InstanceTypeUnknown, InstanceTypeUnchanged, InstanceTypeByInvitation,
        LocalDisksForbidChange, InstanceTypeCannotBecome, InstanceTypeLacksCategory, InterfacesExceedType,
        ImageDoesNotFitMemory, ImageExcludesInstanceType, ZoneDoesNotOfferType, OutOfStock, DryRunPassed
    )
)]
pub struct ModifyInstanceSpec {
    /// ID of the instance.
    #[param(required)]
    instance_id: InstanceId,
    /// Type that the instance is to have.
    instance_type: Option<String>,
    /// Mbit/s to the Internet.
    #[param(range(0, 100), row = BandwidthOutInvalid)]
    internet_max_bandwidth_out: Option<i64>,
    /// Mbit/s from the Internet; by default 10, or as much as goes out if that is more.
    #[param(range(1, 200), row = BandwidthInInvalid)]
    internet_max_bandwidth_in: Option<i64>,
    /// Whether the instance may move to another cluster of its zone; without effect.
    #[param(default = false)]
    allow_migrate_across_zone: bool,
    /// Whether the change may take its time; it never does.
    #[param(default = false)]
    r#async: bool,
    /// How the change takes place; without effect.
    modify_mode: Option<String>,
    /// The system disk after a change from a type without I/O optimization to one with it.
    #[param(group)]
    system_disk: Option<ChangedSystemDisk>,
    /// Other categories for the disks.
    #[param(group, preview)]
    disk: Vec<ChangedDisk>,
    /// More bandwidth for a while.
    #[param(group, preview)]
    temporary: Option<Temporary>,
}

/// The system disk after a change.
#[derive(Group)]
#[expect(dead_code, reason = "read for its type: no instance changes its I/O mode")]
pub(super) struct ChangedSystemDisk {
    /// Category; without effect, for no instance changes its I/O mode.
    #[param(one_of("cloud_efficiency", "cloud_ssd"))]
    category: Option<String>,
}

/// A disk after a change.
#[derive(Group)]
#[expect(dead_code, reason = "read for their type, for those who were granted them")]
pub(super) struct ChangedDisk {
    /// ID of the disk.
    disk_id: Option<DiskId>,
    /// Category.
    category: Option<String>,
    /// Performance level.
    performance_level: Option<String>,
}

/// More bandwidth for a while.
#[derive(Group)]
#[expect(dead_code, reason = "read for their type, for those who were granted them")]
struct Temporary {
    /// From when.
    start_time: Option<String>,
    /// Until when.
    end_time: Option<String>,
    /// Mbit/s to the Internet.
    internet_max_bandwidth_out: Option<i64>,
}

impl Run for ModifyInstanceSpec {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let _ = (self.allow_migrate_across_zone, self.r#async, &self.modify_mode);
        let _ = (&self.system_disk, &self.disk, &self.temporary);
        let changes_bandwidth =
            self.internet_max_bandwidth_out.is_some() || self.internet_max_bandwidth_in.is_some();
        match (&self.instance_type, changes_bandwidth) {
            (None, false) => return Err(RequiredParameterMissing.with("name", "InstanceType")),
            (Some(_), true) => return Err(TooManyChanges.about("InternetMaxBandwidthOut")),
            _ => (),
        }
        let mut instance = cx.instance(&self.instance_id)?;
        let legal: &[Status] =
            if changes_bandwidth { &[Status::Running, Status::Stopped] } else { &[Status::Stopped] };
        instance.check_changeable(legal)?;
        if instance.is_locked(FINANCIAL_LOCK) {
            return Err(InstanceExpired.about("InstanceId"));
        }
        let is_spot = instance.payment.spot_strategy != "NoSpot";
        if instance.is_subscription() || is_spot && !changes_bandwidth {
            return Err(SubscriptionForbidsAction.about("InstanceId"));
        }
        if let Some(name) = &self.instance_type {
            let target = target(name, &instance, cx)?;
            instance.take_type(&target, cx)?;
        } else {
            let (out, into) = (self.internet_max_bandwidth_out, self.internet_max_bandwidth_in);
            instance.take_bandwidth(Bandwidth { out, into, charge_type: None }, cx)?;
        }
        cx.put(&instance)?;
        Ok(Empty)
    }
}

fn sold_out(story: &mut Story) {
    one_stopped(story);
    story.patch("zones/cn-hangzhou-h/stock", json!({ "ecs.g5.xlarge": 0 }));
}

fn not_in_zone(story: &mut Story) {
    one_stopped(story);
    let types = json!({ "instance_types": ["ecs.g5.large"] });
    story.patch("zones/cn-hangzhou-h", types);
}

fn three_interfaces_stopped(story: &mut Story) {
    one_pending_of(story, THREE_INTERFACES);
    story.pass_ms(10_000);
    story.call("StopInstance", "InstanceId=$i");
    story.pass_ms(10_000);
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a larger type", one_stopped, "InstanceId=$i&InstanceType=ecs.g5.xlarge&ClientToken=once"),
    Case::ok("more bandwidth", one_running, "InstanceId=$i&InternetMaxBandwidthOut=20"),
    Case::err(
        "the account owes money",
        in_arrears,
        "InstanceId=$i&InstanceType=ecs.g5.xlarge",
        &AccountInArrears,
    ),
    Case::err(
        "bandwidth for a while",
        one_running,
        "InstanceId=$i&Temporary.InternetMaxBandwidthOut=20",
        &PreviewParameterNotGranted,
    ),
    Case::err("nothing to change", one_stopped, "InstanceId=$i", &RequiredParameterMissing),
    Case::err(
        "a flag that is none",
        one_stopped,
        "InstanceId=$i&InstanceType=ecs.g5.xlarge&Async=perhaps",
        &ParameterMalformed,
    ),
    Case::err("too much out", one_running, "InstanceId=$i&InternetMaxBandwidthOut=101", &BandwidthOutInvalid),
    Case::err("nothing in", one_running, "InstanceId=$i&InternetMaxBandwidthIn=0", &BandwidthInInvalid),
    Case::err(
        "both at once",
        one_stopped,
        "InstanceId=$i&InstanceType=ecs.g5.xlarge&InternetMaxBandwidthOut=20",
        &TooManyChanges,
    ),
    Case::err(
        "an unknown id",
        nothing,
        "InstanceId=i-bp1doesnotexist0001&InstanceType=ecs.g5.xlarge",
        &InstanceNotFound,
    ),
    Case::err(
        "locked for security",
        one_stopped_and_locked,
        "InstanceId=$i&InstanceType=ecs.g5.xlarge",
        &InstanceLocked,
    ),
    Case::err("it runs", one_running, "InstanceId=$i&InstanceType=ecs.g5.xlarge", &InstanceStatusWrong),
    Case::err("it has run out", one_expired, "InstanceId=$i&InstanceType=ecs.g5.xlarge", &InstanceExpired),
    Case::err(
        "a subscription",
        stopped_subscription,
        "InstanceId=$i&InstanceType=ecs.g5.xlarge",
        &SubscriptionForbidsAction,
    ),
    Case::err(
        "bandwidth of a subscription",
        one_subscription,
        "InstanceId=$i&InternetMaxBandwidthOut=20",
        &SubscriptionForbidsAction,
    ),
    Case::err(
        "where elastic addresses alone are reached",
        eip_alone,
        "InstanceId=$i&InternetMaxBandwidthOut=20",
        &RegionTakesNoPublicBandwidth,
    ),
    Case::err(
        "more than the account may have",
        little_bandwidth,
        "InstanceId=$i&InternetMaxBandwidthOut=20",
        &BandwidthAboveAccountCeiling,
    ),
    Case::err("an unknown type", one_stopped, "InstanceId=$i&InstanceType=ecs.moon", &InstanceTypeUnknown),
    Case::err("its own type", one_stopped, "InstanceId=$i&InstanceType=ecs.g5.large", &InstanceTypeUnchanged),
    Case::err(
        "a type by invitation",
        one_stopped,
        "InstanceId=$i&InstanceType=ecs.re4e.40xlarge",
        &InstanceTypeByInvitation,
    ),
    Case::err(
        "it has local disks",
        fixed_disk_stopped,
        "InstanceId=$i&InstanceType=ecs.s3.large",
        &LocalDisksForbidChange,
    ),
    Case::err(
        "a type of another make",
        one_stopped,
        "InstanceId=$i&InstanceType=ecs.ebmg5.24xlarge",
        &InstanceTypeCannotBecome,
    ),
    Case::err(
        "a type that does not attach its disks",
        one_stopped,
        "InstanceId=$i&InstanceType=ecs.g7.large",
        &InstanceTypeLacksCategory,
    ),
    Case::err(
        "a type that takes fewer interfaces",
        three_interfaces_stopped,
        "InstanceId=$i&InstanceType=ecs.g5.large",
        &InterfacesExceedType,
    )
    .instead("InstanceType=ecs.c6.xlarge"),
    Case::err(
        "too little memory for its system",
        windows_stopped,
        "InstanceId=$i&InstanceType=ecs.t5-lc2m1.nano",
        &ImageDoesNotFitMemory,
    ),
    Case::err(
        "a type that its image excludes",
        gpu_stopped,
        "InstanceId=$i&InstanceType=ecs.g6.large",
        &ImageExcludesInstanceType,
    ),
    Case::err(
        "a type that the zone does not have",
        not_in_zone,
        "InstanceId=$i&InstanceType=ecs.g5.xlarge",
        &ZoneDoesNotOfferType,
    ),
    Case::err("no unit left", sold_out, "InstanceId=$i&InstanceType=ecs.g5.xlarge", &OutOfStock),
    Case::err(
        "a rehearsal",
        one_stopped,
        "InstanceId=$i&InstanceType=ecs.g5.xlarge&DryRun=true",
        &DryRunPassed,
    ),
];
