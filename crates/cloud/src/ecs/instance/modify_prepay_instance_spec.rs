//! ModifyPrepayInstanceSpec.

use moyun_derive::{Action, Shape};
use serde_json::json;

use crate::call::Unpaid;
use crate::case::Case;
use crate::catalog::money::Money;
use crate::cx::Cx;
use crate::ecs::disk::given::broke_subscription;
use crate::ecs::instance::creation::execute::order_id;
use crate::ecs::instance::given::{
    THREE_INTERFACES, one_expired, one_stopped, one_subscription, stopped_subscription,
    subscribed_and_locked, subscribed_with, subscription_and_user,
};
use crate::ecs::instance::life::FINANCIAL_LOCK;
use crate::ecs::instance::modify_instance_spec::{ChangedDisk, ChangedSystemDisk};
use crate::ecs::instance::record::{Instance, Status};
use crate::ecs::instance::spec_change::target;
use crate::errors::{
    ApiError, BalanceTooLow, InstanceExpired, InstanceLocked, InstanceNotFound, InstanceStatusWrong,
    InstanceTypeByInvitation, InstanceTypeCannotBecome, InstanceTypeLacksCategory, InstanceTypeUnchanged,
    InstanceTypeUnknown, InterfacesExceedType, OutOfStock, ParameterMalformed, PreviewParameterNotGranted,
    RamUserMayNotOrder, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing,
    SubscriptionCannotDowngrade, SubscriptionForbidsAction, UpgradeAsDowngrade, ZoneDoesNotOfferType,
};
use crate::ids::InstanceId;
use crate::spec::Run;
use crate::story::Story;
use crate::world::Fact;

/// Changes the type of a subscription for the rest of its term.
///
/// An upgrade costs the difference for the rest of the term and is paid at once; the instance is `Running` or `Stopped`. A
/// downgrade gives the difference back; the instance is `Stopped`. A running guest notices after a restart.
#[derive(Action)]
#[action(
    ecs, write, region, idempotent, reply = SpecOrder,
    raises(
        RegionNotFound, RamUserMayNotOrder, PreviewParameterNotGranted, RequiredParameterMissing,
        RequiredParameterEmpty, ParameterMalformed, InstanceNotFound, InstanceLocked, InstanceStatusWrong,
        InstanceExpired, SubscriptionForbidsAction, InstanceTypeUnknown, InstanceTypeUnchanged,
        InstanceTypeByInvitation, InstanceTypeCannotBecome, InstanceTypeLacksCategory, InterfacesExceedType,
        ZoneDoesNotOfferType, SubscriptionCannotDowngrade, UpgradeAsDowngrade, BalanceTooLow, OutOfStock
    )
)]
pub struct ModifyPrepayInstanceSpec {
    /// ID of the instance.
    #[param(required)]
    instance_id: InstanceId,
    /// Type that the instance is to have.
    #[param(required)]
    instance_type: String,
    /// `upgrade` to a type that costs as much or more, or `downgrade` to one that costs less.
    #[param(default = "upgrade", one_of("upgrade", "downgrade"))]
    operator_type: String,
    /// Whether an upgrade is paid at once. Else the order is written, and the instance stays as it is.
    #[param(default = true)]
    auto_pay: bool,
    /// Whether a running instance restarts at once.
    #[param(default = false)]
    reboot_when_finished: bool,
    /// When a running instance restarts.
    #[param(preview)]
    reboot_time: Option<String>,
    /// When the instance goes back to the type it had.
    #[param(preview)]
    end_time: Option<String>,
    /// Whether the instance may move to another cluster of its zone; without effect.
    #[param(default = false)]
    migrate_across_zone: bool,
    /// How the change takes place; without effect.
    modify_mode: Option<String>,
    /// The system disk after a change from a type without I/O optimization to one with it.
    #[param(group)]
    system_disk: Option<ChangedSystemDisk>,
    /// Other categories for the disks.
    #[param(group, preview)]
    disk: Vec<ChangedDisk>,
}

/// The order.
#[derive(Shape)]
pub struct SpecOrder {
    /// ID of the order.
    order_id: String,
}

impl Run for ModifyPrepayInstanceSpec {
    fn run(self, cx: &mut Cx<'_>) -> Result<SpecOrder, ApiError> {
        let _ = (&self.reboot_time, &self.end_time, self.migrate_across_zone, &self.modify_mode);
        let _ = (&self.system_disk, &self.disk);
        let mut instance = cx.instance(&self.instance_id)?;
        self.check(&instance)?;
        let target = target(&self.instance_type, &instance, cx)?;
        let wares = Fact::wares(&cx.tx)?;
        let present = wares.find_type(&instance.instance_type);
        let more = target.price_per_hour - present.map_or(Money::ZERO, |present| present.price_per_hour);
        match (self.is_downgrade(), more < Money::ZERO) {
            (false, true) => return Err(SubscriptionCannotDowngrade.about("OperatorType")),
            (true, false) => return Err(UpgradeAsDowngrade.about("OperatorType")),
            _ => (),
        }
        let order_id = order_id(cx);
        // Less than nothing is what a downgrade gives back.
        let price = instance.rest_of_term(more, cx.now_ms(), &wares.prices);
        if self.auto_pay || self.is_downgrade() {
            cx.check_payable(price)?;
            cx.charge(price)?;
            instance.take_type(&target, cx)?;
            if self.reboot_when_finished && instance.status == Status::Running {
                instance.begin_reboot(cx)?;
            }
            cx.put(&instance)?;
        } else {
            cx.unpaid = Some(Unpaid { id: order_id.clone(), price });
        }
        Ok(SpecOrder { order_id })
    }
}

impl ModifyPrepayInstanceSpec {
    fn is_downgrade(&self) -> bool {
        self.operator_type == "downgrade"
    }

    fn check(&self, instance: &Instance) -> Result<(), ApiError> {
        let legal: &[Status] =
            if self.is_downgrade() { &[Status::Stopped] } else { &[Status::Running, Status::Stopped] };
        instance.check_changeable(legal)?;
        if instance.is_locked(FINANCIAL_LOCK) {
            return Err(InstanceExpired.about("InstanceId"));
        }
        match instance.is_subscription() {
            true => Ok(()),
            false => Err(SubscriptionForbidsAction.about("InstanceId")),
        }
    }
}

fn sold_out(story: &mut Story) {
    one_subscription(story);
    story.patch("zones/cn-hangzhou-h/stock", json!({ "ecs.g5.xlarge": 0 }));
}

fn not_in_zone(story: &mut Story) {
    one_subscription(story);
    story.patch("zones/cn-hangzhou-h", json!({ "instance_types": ["ecs.g5.large"] }));
}

fn three_interfaces_stopped(story: &mut Story) {
    subscribed_with(story, THREE_INTERFACES);
    story.call("StopInstance", "InstanceId=$i");
    story.pass_ms(10_000);
}

/// A request that succeeds for a running subscription. Of a parameter that comes again the last value counts.
macro_rules! request {
    ($($more:literal),*) => {
        concat!("RegionId=cn-hangzhou&InstanceId=$i&InstanceType=ecs.g5.xlarge" $(, "&", $more)*)
    };
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("an upgrade", one_subscription, request!("RebootWhenFinished=true", "ClientToken=once")),
    Case::ok(
        "a downgrade",
        stopped_subscription,
        request!("InstanceType=ecs.c5.large", "OperatorType=downgrade"),
    ),
    Case::ok("an order to be paid later", one_subscription, request!("AutoPay=false")),
    Case::err("an unknown region", one_subscription, request!("RegionId=cn-atlantis"), &RegionNotFound),
    Case::err("a user who may not order", subscription_and_user, request!(), &RamUserMayNotOrder),
    Case::err(
        "for a while",
        one_subscription,
        request!("EndTime=2026-01-10T00:00Z"),
        &PreviewParameterNotGranted,
    ),
    Case::err("no type", one_subscription, "RegionId=cn-hangzhou&InstanceId=$i", &RequiredParameterMissing),
    Case::err("an empty type", one_subscription, request!("InstanceType="), &RequiredParameterEmpty),
    Case::err("sideways", one_subscription, request!("OperatorType=sidegrade"), &ParameterMalformed),
    Case::err("an unknown id", one_subscription, request!("InstanceId=i-none"), &InstanceNotFound),
    Case::err("locked for security", subscribed_and_locked, request!(), &InstanceLocked),
    Case::err(
        "down while it runs",
        one_subscription,
        request!("InstanceType=ecs.c5.large", "OperatorType=downgrade"),
        &InstanceStatusWrong,
    ),
    Case::err("it has run out", one_expired, request!(), &InstanceExpired),
    Case::err("paid by the hour", one_stopped, request!(), &SubscriptionForbidsAction),
    Case::err("an unknown type", one_subscription, request!("InstanceType=ecs.moon"), &InstanceTypeUnknown),
    Case::err(
        "its own type",
        one_subscription,
        request!("InstanceType=ecs.g5.large"),
        &InstanceTypeUnchanged,
    ),
    Case::err(
        "a type by invitation",
        one_subscription,
        request!("InstanceType=ecs.re4e.40xlarge"),
        &InstanceTypeByInvitation,
    ),
    Case::err(
        "a type of another make",
        one_subscription,
        request!("InstanceType=ecs.ebmg5.24xlarge"),
        &InstanceTypeCannotBecome,
    ),
    Case::err(
        "a type that does not attach its disks",
        one_subscription,
        request!("InstanceType=ecs.g7.large"),
        &InstanceTypeLacksCategory,
    ),
    Case::err(
        "a type that takes fewer interfaces",
        three_interfaces_stopped,
        request!("InstanceType=ecs.c5.large", "OperatorType=downgrade"),
        &InterfacesExceedType,
    )
    .instead("InstanceType=ecs.c6.xlarge"),
    Case::err("a type that the zone does not have", not_in_zone, request!(), &ZoneDoesNotOfferType),
    Case::err(
        "down without saying so",
        one_subscription,
        request!("InstanceType=ecs.c5.large"),
        &SubscriptionCannotDowngrade,
    ),
    Case::err(
        "up as a downgrade",
        stopped_subscription,
        request!("OperatorType=downgrade"),
        &UpgradeAsDowngrade,
    ),
    Case::err("too little money", broke_subscription, request!(), &BalanceTooLow),
    Case::err("no unit left", sold_out, request!(), &OutOfStock),
];
