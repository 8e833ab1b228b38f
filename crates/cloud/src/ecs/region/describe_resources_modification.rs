//! DescribeResourcesModification.

use std::sync::Arc;

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::catalog::disk_categories::DiskCategory;
use crate::catalog::instance_types::InstanceType;
use crate::catalog::offer;
use crate::catalog::zones::ZoneFacts;
use crate::cx::Cx;
use crate::ecs::instance::given::{one_stopped, stopped_subscription};
use crate::ecs::instance::record::Instance;
use crate::ecs::instance::spec_change::Candidate;
use crate::ecs::region::describe_available_resource::{AvailableZones, Found, shown};
use crate::ecs::region::given::larger_type_sold_out;
use crate::ecs::region::market::Supply;
use crate::errors::{
    ApiError, InstanceNotFound, InstanceTypeUnknown, ParameterMalformed, RegionNotFound,
    RequiredParameterEmpty, RequiredParameterMissing,
};
use crate::ids::{InstanceId, ZoneId};
use crate::spec::Run;
use crate::world::Fact;

/// Tells which types an instance can change to, or which system disks it can have then.
///
/// The answer follows the rules of ModifyInstanceSpec and ModifyPrepayInstanceSpec: what is `Available` here is what
/// the instance can become, and a type that is not in the answer it never becomes. A zone without any match is left out.
#[derive(Action)]
#[action(ecs, read, region, reply = AvailableZones, raises(
    RegionNotFound, RequiredParameterMissing, RequiredParameterEmpty, ParameterMalformed, InstanceNotFound,
    InstanceTypeUnknown
))]
pub struct DescribeResourcesModification {
    /// ID of the instance.
    #[param(required)]
    resource_id: InstanceId,
    /// What to list.
    #[param(required, one_of("InstanceType", "SystemDisk"))]
    destination_resource: String,
    /// What is to happen to a subscription: it becomes one that costs as much or more (`Upgrade`) or less (`Downgrade`,
    /// `RenewDowngrade`), or either (`RenewModify`). Instances that are paid by the hour may become either in any case.
    #[param(default = "Upgrade", one_of("Upgrade", "Downgrade", "RenewDowngrade", "RenewModify"))]
    operation_type: String,
    /// Only this type. Required when system disks are listed.
    instance_type: Option<String>,
    /// Only types with so many virtual processors.
    cores: Option<i64>,
    /// Only types with so much memory in GiB.
    memory: Option<f64>,
    /// Only this zone; instances stay in theirs.
    zone_id: Option<ZoneId>,
    /// Whether the instance may move to another cluster of its zone; without effect.
    #[param(default = false)]
    migrate_across_zone: bool,
    /// What else decides; without effect.
    conditions: Vec<String>,
}

impl Run for DescribeResourcesModification {
    fn run(self, cx: &mut Cx<'_>) -> Result<AvailableZones, ApiError> {
        let _ = (self.migrate_across_zone, &self.conditions);
        let lists_disks = self.destination_resource == "SystemDisk";
        if lists_disks && self.instance_type.is_none() {
            return Err(RequiredParameterMissing.with("name", "InstanceType"));
        }
        let instance = cx.find_instance(&self.resource_id)?;
        let instance = instance.ok_or_else(|| InstanceNotFound.about("ResourceId"))?;
        let zone = Fact::of_zone(&cx.tx, &instance.zone)?;
        let zone = zone.filter(|_| self.zone_id.as_ref().is_none_or(|zone| *zone == instance.zone));
        let found = match &zone {
            None => vec![],
            Some(zone) if lists_disks => self.system_disks(&instance, zone, cx)?,
            Some(zone) => self.types(&instance, zone, cx)?,
        };
        let zone = shown(cx.region(), &instance.zone, &self.destination_resource, found);
        Ok(AvailableZones { available_zones: zone.into_iter().collect() })
    }
}

impl DescribeResourcesModification {
    fn types(&self, instance: &Instance, zone: &ZoneFacts, cx: &Cx<'_>) -> Result<Vec<Found>, ApiError> {
        let (candidate, wares) = (Candidate::of(instance, cx)?, Fact::wares(&cx.tx)?);
        let present = wares.find_type(&instance.instance_type).map(|kind| &**kind);
        let wanted = wares.types().iter().filter(|kind| {
            self.instance_type.as_ref().is_none_or(|id| *id == kind.id)
                && self.cores.is_none_or(|cores| cores == i64::from(kind.vcpu))
                && self.memory.is_none_or(|gib| gib * 1024.0 == kind.memory_mib as f64)
                && self.goes_the_way(instance, present, kind)
        });
        let possible = wanted.filter(|kind| candidate.check(instance, kind).is_ok());
        let show = |kind: &Arc<InstanceType>| Found {
            value: kind.id.clone(),
            supply: Supply::of_type(offer::is_in_stock(zone, kind), kind),
            gib: None,
        };
        Ok(possible.map(show).collect())
    }

    /// Whether the price changes in the direction that was asked for.
    fn goes_the_way(
        &self,
        instance: &Instance,
        present: Option<&InstanceType>,
        target: &InstanceType,
    ) -> bool {
        let is_cheaper = present.is_some_and(|present| target.price_per_hour < present.price_per_hour);
        match self.operation_type.as_str() {
            _ if !instance.is_subscription() => true,
            "Upgrade" => !is_cheaper,
            "Downgrade" | "RenewDowngrade" => is_cheaper,
            _ => true,
        }
    }

    fn system_disks(
        &self,
        instance: &Instance,
        zone: &ZoneFacts,
        cx: &Cx<'_>,
    ) -> Result<Vec<Found>, ApiError> {
        let name = self.instance_type.as_deref().unwrap_or_default();
        let wares = Fact::wares(&cx.tx)?;
        let kind = wares.find_type(name).ok_or_else(|| InstanceTypeUnknown.about("InstanceType"))?;
        let account = Fact::of_account(&cx.tx, cx.account())?;
        let categories = offer::system_disk_categories(zone, kind, instance.io_optimized).into_iter();
        let usable = categories.filter(|one| offer::may_use_category(&account, *one));
        let show = |one: DiskCategory| Found {
            value: one.wire_name().to_owned(),
            supply: Supply::Plenty,
            gib: Some(wares.disks.system_gib(one)),
        };
        Ok(usable.map(show).collect())
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "types for an instance",
        one_stopped,
        "RegionId=cn-hangzhou&ResourceId=$i&DestinationResource=InstanceType",
    ),
    Case::ok(
        "a type without stock",
        larger_type_sold_out,
        "RegionId=cn-hangzhou&ResourceId=$i&DestinationResource=InstanceType&Cores=4&Memory=16",
    ),
    Case::ok(
        "less for a subscription",
        stopped_subscription,
        "RegionId=cn-hangzhou&ResourceId=$i&DestinationResource=InstanceType&OperationType=Downgrade",
    ),
    Case::ok(
        "its own type",
        one_stopped,
        "RegionId=cn-hangzhou&ResourceId=$i&DestinationResource=InstanceType&InstanceType=ecs.g5.large",
    ),
    Case::ok(
        "system disks with a type",
        one_stopped,
        "RegionId=cn-hangzhou&ResourceId=$i&DestinationResource=SystemDisk&InstanceType=ecs.g6.large",
    ),
    Case::err(
        "of a region that is not",
        one_stopped,
        "RegionId=cn-atlantis&ResourceId=$i&DestinationResource=InstanceType",
        &RegionNotFound,
    ),
    Case::err(
        "system disks without a type",
        one_stopped,
        "RegionId=cn-hangzhou&ResourceId=$i&DestinationResource=SystemDisk",
        &RequiredParameterMissing,
    ),
    Case::err(
        "of nothing",
        one_stopped,
        "RegionId=cn-hangzhou&ResourceId=$i&DestinationResource=",
        &RequiredParameterEmpty,
    ),
    Case::err(
        "of something else",
        one_stopped,
        "RegionId=cn-hangzhou&ResourceId=$i&DestinationResource=Moon",
        &ParameterMalformed,
    ),
    Case::err(
        "an unknown instance",
        nothing,
        "RegionId=cn-hangzhou&ResourceId=i-bp1doesnotexist0001&DestinationResource=InstanceType",
        &InstanceNotFound,
    ),
    Case::err(
        "an unknown type",
        one_stopped,
        "RegionId=cn-hangzhou&ResourceId=$i&DestinationResource=SystemDisk&InstanceType=ecs.moon",
        &InstanceTypeUnknown,
    ),
];
