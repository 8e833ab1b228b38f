//! Worlds in which regions and zones sell less than at first.

use serde_json::json;

use crate::ecs::instance::given::one_stopped;
use crate::story::Story;

/// cn-hangzhou-h is closed for sale.
pub(super) fn zone_off_sale(story: &mut Story) {
    story.patch("zones/cn-hangzhou-h", json!({ "sale": "off" }));
}

/// cn-hangzhou-h has no ecs.g6.large left.
pub(super) fn type_sold_out(story: &mut Story) {
    story.patch("zones/cn-hangzhou-h/stock", json!({ "ecs.g6.large": 0 }));
}

/// A stopped instance `$i`, and its zone has no ecs.g5.xlarge left.
pub(super) fn larger_type_sold_out(story: &mut Story) {
    one_stopped(story);
    story.patch("zones/cn-hangzhou-h/stock", json!({ "ecs.g5.xlarge": 0 }));
}

/// The account may use the zone by invitation.
pub(super) fn invited(story: &mut Story) {
    story.patch("accounts/1000000000000001/entitlements", json!({ "zones": ["cn-hangzhou-j"] }));
}

/// cn-hangzhou sells no PostPaid instances.
pub(super) fn postpaid_suspended(story: &mut Story) {
    story.patch("regions/cn-hangzhou", json!({ "postpaid_sales": "suspended" }));
}

/// cn-hangzhou is down.
pub(super) fn region_down(story: &mut Story) {
    story.patch("regions/cn-hangzhou", json!({ "state": "unavailable" }));
}
