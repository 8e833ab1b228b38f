//! ModifyInstanceChargeType.

use moyun_derive::{Action, Shape};
use serde_json::json;

use crate::call::Unpaid;
use crate::case::{Case, nothing};
use crate::catalog::money::Money;
use crate::cx::Cx;
use crate::ecs::disk::record::{Disk, DiskKind};
use crate::ecs::instance::batch::{distinct, fetch};
use crate::ecs::instance::creation::execute::order_id;
use crate::ecs::instance::creation::given::account;
use crate::ecs::instance::creation::price::Term;
use crate::ecs::instance::given::{
    in_list, one_expired, one_locked, one_pending, one_running, one_subscription, subscription_and_user,
};
use crate::ecs::instance::life::FINANCIAL_LOCK;
use crate::ecs::instance::order::term;
use crate::ecs::instance::record::{Instance, POST_PAID, PRE_PAID, Status};
use crate::errors::{
    ApiError, BalanceTooLow, DryRunPassed, InstanceExpired, InstanceIdsMalformed, InstanceLocked,
    InstanceNotFound, InstanceStatusWrong, ParameterMalformed, PeriodInvalid, PostPaidInstanceQuotaExceeded,
    RamUserMayNotOrder, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing,
    SubscriptionForbidsAction,
};
use crate::ids::InstanceId;
use crate::param::JsonList;
use crate::spec::Run;
use crate::story::Story;
use crate::world::Fact;

/// The most instances of one request.
const INSTANCES_MAX: usize = 20;

/// Makes subscriptions of instances that are paid by the hour, or the other way round: all of them or none.
///
/// The instances are `Running` or `Stopped`. An order for subscriptions is paid at once; their terms begin now. A
/// subscription that is given up is paid by the hour from now on.
#[derive(Action)]
#[action(
    ecs, write, region, idempotent, dry_run = DryRunPassed, reply = ChargeTypeOrder,
    raises(
        RegionNotFound, RamUserMayNotOrder, RequiredParameterMissing, RequiredParameterEmpty, InstanceIdsMalformed,
        ParameterMalformed, PeriodInvalid, InstanceNotFound, InstanceLocked, InstanceStatusWrong, InstanceExpired,
        SubscriptionForbidsAction, PostPaidInstanceQuotaExceeded, BalanceTooLow, DryRunPassed
    )
)]
pub struct ModifyInstanceChargeType {
    /// IDs of the instances: a JSON array of 1 to 20.
    #[param(required, check = are_ids, row = InstanceIdsMalformed)]
    instance_ids: JsonList,
    /// How the instances are to be paid: `PrePaid` or `PostPaid`.
    #[param(default = PRE_PAID.to_owned(), one_of("PrePaid", "PostPaid"))]
    instance_charge_type: String,
    /// Term of the subscription: 1 to 9, 12, 24, 36, 48 or 60 months.
    #[param(default = 1)]
    period: i64,
    /// Unit of Period: `Month`.
    #[param(default = "Month".to_owned(), one_of("Month"))]
    period_unit: String,
    /// Whether the data disks of the instances become part of the subscription.
    #[param(default = true)]
    include_data_disks: bool,
    /// Whether the order is paid at once. Else it is written, and the instances stay as they are.
    #[param(default = true)]
    auto_pay: bool,
    /// Whether to tell what each instance costs.
    #[param(default = false)]
    is_detail_fee: bool,
}

/// The order.
#[derive(Shape)]
pub struct ChargeTypeOrder {
    /// ID of the order.
    order_id: String,
    /// What each instance costs, if that was asked for.
    #[shape(list = "FeeOfInstance")]
    fee_of_instances: Vec<InstanceFee>,
}

/// What one instance costs.
#[derive(Shape)]
struct InstanceFee {
    /// ID of the instance.
    instance_id: InstanceId,
    /// Price of the term, in Currency.
    fee: String,
    /// `CNY`.
    currency: &'static str,
}

impl Run for ModifyInstanceChargeType {
    fn run(self, cx: &mut Cx<'_>) -> Result<ChargeTypeOrder, ApiError> {
        let term = term(self.period, &self.period_unit)?;
        let ids: Vec<InstanceId> = self.instance_ids.0.iter().cloned().map(InstanceId).collect();
        fetch(&ids, cx)?;
        let instances = distinct(&ids).map(|id| cx.instance(id)).collect::<Result<Vec<_>, _>>()?;
        for instance in &instances {
            self.check(instance)?;
        }
        let order_id = order_id(cx);
        let fees = match self.instance_charge_type.as_str() {
            POST_PAID => self.unsubscribe(instances, cx)?,
            _ => self.subscribe(instances, term, &order_id, cx)?,
        };
        let fees = fees.into_iter().filter(|_| self.is_detail_fee);
        let show = |(instance_id, fee): (InstanceId, Money)| InstanceFee {
            instance_id,
            fee: fee.to_string(),
            currency: "CNY",
        };
        Ok(ChargeTypeOrder { fee_of_instances: fees.map(show).collect(), order_id })
    }
}

/// Instances, and what the term of each costs.
type Fees = Vec<(InstanceId, Money)>;

impl ModifyInstanceChargeType {
    fn check(&self, instance: &Instance) -> Result<(), ApiError> {
        instance.check_changeable(&[Status::Running, Status::Stopped])?;
        // What is stopped without charge has no unit of its type that could be subscribed to.
        if !instance.holds_stock() {
            return Err(InstanceStatusWrong.about("InstanceIds"));
        }
        if instance.is_locked(FINANCIAL_LOCK) {
            return Err(InstanceExpired.about("InstanceIds"));
        }
        let is_spot = instance.payment.spot_strategy != "NoSpot";
        if is_spot || instance.payment.charge_type == self.instance_charge_type {
            return Err(SubscriptionForbidsAction.about("InstanceIds"));
        }
        Ok(())
    }

    fn subscribe(
        &self,
        instances: Vec<Instance>,
        term: Term,
        order_id: &str,
        cx: &mut Cx<'_>,
    ) -> Result<Fees, ApiError> {
        let wares = Fact::wares(&cx.tx)?;
        let mut fees = vec![];
        let mut disks: Vec<Disk> = vec![];
        for instance in &instances {
            let own = cx.disks_of(&instance.id)?.into_iter();
            let own: Vec<Disk> =
                own.filter(|disk| self.include_data_disks || disk.kind == DiskKind::System).collect();
            fees.push((
                instance.id.clone(),
                instance.hour_with(&own, &wares) * term.hours_charged(&wares.prices),
            ));
            disks.extend(own);
        }
        let price = fees.iter().map(|(_, fee)| *fee).sum();
        if !self.auto_pay {
            cx.unpaid = Some(Unpaid { id: order_id.to_owned(), price });
            return Ok(fees);
        }
        cx.check_payable(price)?;
        cx.charge(price)?;
        cx.charge_disks(disks, PRE_PAID)?;
        for mut instance in instances {
            instance.subscribe(term, cx.now_ms());
            cx.put(&instance)?;
        }
        Ok(fees)
    }

    fn unsubscribe(&self, instances: Vec<Instance>, cx: &mut Cx<'_>) -> Result<Fees, ApiError> {
        let present = cx.tx.count::<Instance>(&Instance::post_paid_scope(cx.account(), cx.region()))?;
        let quota = Fact::of_account(&cx.tx, cx.account())?.quotas.postpaid_instances;
        if present + instances.len() as u64 > u64::from(quota) {
            return Err(PostPaidInstanceQuotaExceeded.about("InstanceIds"));
        }
        let mut fees = vec![];
        for mut instance in instances {
            let disks = cx.disks_of(&instance.id)?;
            cx.charge_disks(disks, POST_PAID)?;
            instance.unsubscribe();
            cx.put(&instance)?;
            fees.push((instance.id, Money::ZERO));
        }
        Ok(fees)
    }
}

fn are_ids(ids: &JsonList) -> bool {
    (1..=INSTANCES_MAX).contains(&ids.0.len())
}

fn listed(story: &mut Story) {
    one_running(story);
    in_list(story);
}

fn subscription(story: &mut Story) {
    one_subscription(story);
    in_list(story);
}

fn pending(story: &mut Story) {
    one_pending(story);
    in_list(story);
}

fn locked(story: &mut Story) {
    one_locked(story);
    in_list(story);
}

fn expired(story: &mut Story) {
    one_expired(story);
    in_list(story);
}

fn user(story: &mut Story) {
    subscription_and_user(story);
    in_list(story);
}

fn nearly_broke(story: &mut Story) {
    listed(story);
    account(story, json!({ "billing": { "balance": 1, "credit_limit": 0 } }));
}

fn full(story: &mut Story) {
    subscription(story);
    account(story, json!({ "quotas": { "postpaid_instances": 0 } }));
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "to a subscription, with its price",
        listed,
        "RegionId=cn-hangzhou&InstanceIds=$ids&Period=1&PeriodUnit=Month&IsDetailFee=true",
    ),
    Case::ok(
        "an order to be paid later",
        listed,
        "RegionId=cn-hangzhou&InstanceIds=$ids&AutoPay=false&IncludeDataDisks=false&ClientToken=once",
    ),
    Case::ok("to hours", subscription, "RegionId=cn-hangzhou&InstanceIds=$ids&InstanceChargeType=PostPaid"),
    Case::err("a region that is none", listed, "RegionId=cn-atlantis&InstanceIds=$ids", &RegionNotFound),
    Case::err(
        "a user who may not order",
        user,
        "RegionId=cn-hangzhou&InstanceIds=$ids&InstanceChargeType=PostPaid",
        &RamUserMayNotOrder,
    ),
    Case::err("no ids", listed, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err("empty ids", listed, "RegionId=cn-hangzhou&InstanceIds=", &RequiredParameterEmpty),
    Case::err("an id by itself", listed, "RegionId=cn-hangzhou&InstanceIds=$i", &InstanceIdsMalformed),
    Case::err(
        "an unknown charge type",
        listed,
        "RegionId=cn-hangzhou&InstanceIds=$ids&InstanceChargeType=PayLater",
        &ParameterMalformed,
    ),
    Case::err("ten months", listed, "RegionId=cn-hangzhou&InstanceIds=$ids&Period=10", &PeriodInvalid),
    Case::err(
        "an unknown id",
        nothing,
        "RegionId=cn-hangzhou&InstanceIds=[\"i-bp1doesnotexist0001\"]",
        &InstanceNotFound,
    ),
    Case::err("locked for security", locked, "RegionId=cn-hangzhou&InstanceIds=$ids", &InstanceLocked),
    Case::err(
        "it is still being made",
        pending,
        "RegionId=cn-hangzhou&InstanceIds=$ids",
        &InstanceStatusWrong,
    ),
    Case::err(
        "it has run out",
        expired,
        "RegionId=cn-hangzhou&InstanceIds=$ids&InstanceChargeType=PostPaid",
        &InstanceExpired,
    ),
    Case::err(
        "a subscription already",
        subscription,
        "RegionId=cn-hangzhou&InstanceIds=$ids",
        &SubscriptionForbidsAction,
    ),
    Case::err(
        "too many by the hour",
        full,
        "RegionId=cn-hangzhou&InstanceIds=$ids&InstanceChargeType=PostPaid",
        &PostPaidInstanceQuotaExceeded,
    ),
    Case::err("too little money", nearly_broke, "RegionId=cn-hangzhou&InstanceIds=$ids", &BalanceTooLow),
    Case::err("a rehearsal", listed, "RegionId=cn-hangzhou&InstanceIds=$ids&DryRun=true", &DryRunPassed),
];
