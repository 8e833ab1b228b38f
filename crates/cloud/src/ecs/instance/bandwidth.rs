//! How much public traffic an instance may have, and how it is charged.

use crate::cx::Cx;
use crate::ecs::instance::record::{BANDWIDTH_IN_MIN, Instance, Network};
use crate::errors::{ApiError, BandwidthAboveAccountCeiling, RegionTakesNoPublicBandwidth};
use crate::world::Fact;

/// A change of public bandwidth; what is not given stays.
pub(super) struct Bandwidth {
    /// Mbit/s to the Internet.
    pub(super) out: Option<i64>,
    /// Mbit/s from the Internet, which follow those to it if only those are given.
    pub(super) into: Option<i64>,
    /// `PayByTraffic` or `PayByBandwidth`.
    pub(super) charge_type: Option<String>,
}

impl Instance {
    /// Takes another bandwidth, if region and account allow it.
    pub(super) fn take_bandwidth(&mut self, change: Bandwidth, cx: &Cx<'_>) -> Result<(), ApiError> {
        let out = change.out.unwrap_or(self.internet.max_bandwidth_out);
        let charge_type = change.charge_type.unwrap_or_else(|| self.internet.charge_type.clone());
        let by_eip_alone = Fact::of_region(&cx.tx, &self.region)?.is_some_and(|it| !it.vpc_public_ip);
        if out > 0 && by_eip_alone && matches!(self.network, Network::Vpc { .. }) {
            return Err(RegionTakesNoPublicBandwidth.about("InternetMaxBandwidthOut"));
        }
        let ceilings = Fact::of_account(&cx.tx, cx.account())?.quotas.internet_bandwidth_max;
        let ceiling = match charge_type.as_str() {
            "PayByBandwidth" => ceilings.pay_by_bandwidth,
            _ => ceilings.pay_by_traffic,
        };
        if out > i64::from(ceiling) {
            return Err(BandwidthAboveAccountCeiling.about("InternetMaxBandwidthOut"));
        }
        let following = change.out.map(|out| out.max(BANDWIDTH_IN_MIN));
        self.internet.max_bandwidth_in = change.into.or(following).unwrap_or(self.internet.max_bandwidth_in);
        self.internet.max_bandwidth_out = out;
        self.internet.charge_type = charge_type;
        Ok(())
    }
}
