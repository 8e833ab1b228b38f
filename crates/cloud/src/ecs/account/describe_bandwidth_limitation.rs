//! DescribeBandwidthLimitation.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{
    ApiError, InstanceTypeUnknown, ParameterMalformed, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing,
};
use crate::spec::Run;
use crate::world::Fact;

/// Tells how much public bandwidth the account may give an instance.
#[derive(Action)]
#[action(ecs, read, region, reply = BandwidthLimits, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    ParameterMalformed,
    InstanceTypeUnknown
))]
pub struct DescribeBandwidthLimitation {
    /// Type of the instance.
    #[param(required)]
    instance_type: String,
    /// How the instance is paid; without effect.
    #[param(one_of("PrePaid", "PostPaid"))]
    instance_charge_type: Option<String>,
    /// Spot strategy of the instance; without effect.
    spot_strategy: Option<String>,
    /// What the bandwidth is asked for; without effect.
    operation_type: Option<String>,
    /// ID of the instance that is to change; without effect.
    resource_id: Option<String>,
}

/// The limits.
#[derive(Shape)]
pub struct BandwidthLimits {
    /// The limits by how traffic is billed.
    #[shape(list = "Bandwidth")]
    bandwidths: Vec<BandwidthLimit>,
}

/// The bandwidth that an instance may have.
#[derive(Shape)]
struct BandwidthLimit {
    /// `PayByTraffic` or `PayByBandwidth`.
    internet_charge_type: &'static str,
    /// The least.
    min: i64,
    /// The most.
    max: i64,
    /// `Mbps`.
    unit: &'static str,
}

impl Run for DescribeBandwidthLimitation {
    fn run(self, cx: &mut Cx<'_>) -> Result<BandwidthLimits, ApiError> {
        let _ = (self.instance_charge_type, self.spot_strategy, self.operation_type, self.resource_id);
        Fact::wares(&cx.tx)?
            .find_type(&self.instance_type)
            .ok_or_else(|| InstanceTypeUnknown.about("InstanceType"))?;
        let ceilings = Fact::of_account(&cx.tx, cx.account())?.quotas.internet_bandwidth_max;
        let limit = |internet_charge_type, max: i64| BandwidthLimit {
            internet_charge_type,
            min: 0,
            max,
            unit: "Mbps",
        };
        let bandwidths = vec![
            limit("PayByTraffic", ceilings.pay_by_traffic.into()),
            limit("PayByBandwidth", ceilings.pay_by_bandwidth.into()),
        ];
        Ok(BandwidthLimits { bandwidths })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a type", nothing, "RegionId=cn-hangzhou&InstanceType=ecs.g5.large"),
    Case::err(
        "a region that is none",
        nothing,
        "RegionId=cn-atlantis&InstanceType=ecs.g5.large",
        &RegionNotFound,
    ),
    Case::err("no type", nothing, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err("an empty type", nothing, "RegionId=cn-hangzhou&InstanceType=", &RequiredParameterEmpty),
    Case::err(
        "an unknown charge type",
        nothing,
        "RegionId=cn-hangzhou&InstanceType=ecs.g5.large&InstanceChargeType=PayLater",
        &ParameterMalformed,
    ),
    Case::err(
        "an unknown type",
        nothing,
        "RegionId=cn-hangzhou&InstanceType=ecs.g99.large",
        &InstanceTypeUnknown,
    ),
];
