//! ModifyInstanceNetworkSpec.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::bandwidth::Bandwidth;
use crate::ecs::instance::creation::execute::order_id;
use crate::ecs::instance::given::{
    eip_alone, in_arrears, little_bandwidth, one_created, one_expired, one_locked, one_pending, one_running,
    one_subscription,
};
use crate::ecs::instance::life::FINANCIAL_LOCK;
use crate::ecs::instance::record::Status;
use crate::errors::{
    AccountInArrears, ApiError, BandwidthAboveAccountCeiling, BandwidthInInvalid, BandwidthOutInvalid,
    InstanceExpired, InstanceLocked, InstanceNotFound, InstanceStatusWrong, InternetChargeTypeUnknown,
    ParameterMalformed, PreviewParameterNotGranted, RegionTakesNoPublicBandwidth, RequiredParameterEmpty,
    RequiredParameterMissing,
};
use crate::ids::InstanceId;
use crate::spec::Run;

/// Changes the public bandwidth of an instance, and how it is charged.
///
/// The instance is `Running` or `Stopped`; the change holds at once. What is not given stays.
#[derive(Action)]
#[action(
    ecs, write, idempotent, billable, reply = NetworkOrder,
    raises(
        AccountInArrears, PreviewParameterNotGranted, RequiredParameterMissing, RequiredParameterEmpty,
        ParameterMalformed, BandwidthOutInvalid, BandwidthInInvalid, InternetChargeTypeUnknown,
        InstanceNotFound, InstanceLocked, InstanceStatusWrong, InstanceExpired, RegionTakesNoPublicBandwidth,
        BandwidthAboveAccountCeiling
    )
)]
pub struct ModifyInstanceNetworkSpec {
    /// ID of the instance.
    #[param(required)]
    instance_id: InstanceId,
    /// Mbit/s to the Internet.
    #[param(range(0, 100), row = BandwidthOutInvalid)]
    internet_max_bandwidth_out: Option<i64>,
    /// Mbit/s from the Internet; by default 10, or as much as goes out if that is more.
    #[param(range(1, 200), row = BandwidthInInvalid)]
    internet_max_bandwidth_in: Option<i64>,
    /// How traffic is charged: `PayByTraffic` or `PayByBandwidth`.
    #[param(check = is_charge_type, row = InternetChargeTypeUnknown)]
    network_charge_type: Option<String>,
    /// Whether an instance without public address gets one, if there is bandwidth to the Internet.
    #[param(default = false)]
    allocate_public_ip: bool,
    /// Whether the order is paid at once; bandwidth costs nothing, so there is nothing to pay.
    #[param(default = true)]
    auto_pay: bool,
    /// When the bandwidth begins to be another for a while.
    #[param(preview)]
    start_time: Option<String>,
    /// When it ends to be another.
    #[param(preview)]
    end_time: Option<String>,
    /// Carrier of the traffic.
    #[param(name = "ISP", preview)]
    isp: Option<String>,
}

/// What a change of bandwidth comes to.
#[derive(Shape)]
pub struct NetworkOrder {
    /// ID of the order, if the instance is a subscription.
    order_id: Option<String>,
}

impl Run for ModifyInstanceNetworkSpec {
    fn run(self, cx: &mut Cx<'_>) -> Result<NetworkOrder, ApiError> {
        let _ = (self.auto_pay, &self.start_time, &self.end_time, &self.isp);
        let mut instance = cx.instance(&self.instance_id)?;
        instance.check_changeable(&[Status::Running, Status::Stopped])?;
        if instance.is_locked(FINANCIAL_LOCK) {
            return Err(InstanceExpired.about("InstanceId"));
        }
        let bandwidth = Bandwidth {
            out: self.internet_max_bandwidth_out,
            into: self.internet_max_bandwidth_in,
            charge_type: self.network_charge_type,
        };
        instance.take_bandwidth(bandwidth, cx)?;
        let needs_address = instance.internet.max_bandwidth_out > 0 && instance.internet.address.is_none();
        if self.allocate_public_ip && needs_address {
            instance.internet.address = Some(cx.take_public_address(&instance.id)?);
        }
        cx.put(&instance)?;
        Ok(NetworkOrder { order_id: instance.is_subscription().then(|| order_id(cx)) })
    }
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn is_charge_type(word: &String) -> bool {
    ["PayByTraffic", "PayByBandwidth"].contains(&word.as_str())
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "another bandwidth, charged as such",
        one_running,
        "InstanceId=$i&InternetMaxBandwidthOut=20&NetworkChargeType=PayByBandwidth&ClientToken=once",
    ),
    Case::ok("a subscription", one_subscription, "InstanceId=$i&InternetMaxBandwidthOut=20"),
    Case::ok(
        "with a public address",
        one_created,
        "InstanceId=$i&InternetMaxBandwidthOut=20&AllocatePublicIp=true",
    ),
    Case::err(
        "the account owes money",
        in_arrears,
        "InstanceId=$i&InternetMaxBandwidthOut=20",
        &AccountInArrears,
    ),
    Case::err(
        "for a while",
        one_running,
        "InstanceId=$i&InternetMaxBandwidthOut=20&EndTime=2026-01-10T00Z",
        &PreviewParameterNotGranted,
    ),
    Case::err("no id", one_running, "InternetMaxBandwidthOut=20", &RequiredParameterMissing),
    Case::err("an empty id", one_running, "InstanceId=", &RequiredParameterEmpty),
    Case::err("a flag that is none", one_running, "InstanceId=$i&AutoPay=perhaps", &ParameterMalformed),
    Case::err("too much out", one_running, "InstanceId=$i&InternetMaxBandwidthOut=101", &BandwidthOutInvalid),
    Case::err("nothing in", one_running, "InstanceId=$i&InternetMaxBandwidthIn=0", &BandwidthInInvalid),
    Case::err(
        "charged by the packet",
        one_running,
        "InstanceId=$i&NetworkChargeType=PayByPacket",
        &InternetChargeTypeUnknown,
    ),
    Case::err(
        "an unknown id",
        nothing,
        "InstanceId=i-bp1doesnotexist0001&InternetMaxBandwidthOut=20",
        &InstanceNotFound,
    ),
    Case::err("locked for security", one_locked, "InstanceId=$i&InternetMaxBandwidthOut=20", &InstanceLocked),
    Case::err(
        "it is still being made",
        one_pending,
        "InstanceId=$i&InternetMaxBandwidthOut=20",
        &InstanceStatusWrong,
    ),
    Case::err("it has run out", one_expired, "InstanceId=$i&InternetMaxBandwidthOut=20", &InstanceExpired),
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
];
