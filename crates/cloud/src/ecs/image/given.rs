//! Worlds in which some images cannot be had as before.

use serde_json::json;

use crate::story::Story;

/// CentOS 6.10 is deprecated and CentOS 7.9 disabled.
pub(super) fn withdrawn(story: &mut Story) {
    story.patch("images/centos_6_10_x64_20G_alibase_20201120.vhd", json!({ "status": "Deprecated" }));
    story.patch("images/centos_7_9_x64_20G_alibase_20230815.vhd", json!({ "status": "UnAvailable" }));
}

/// The LAMP image was taken off the marketplace.
pub(super) fn off_the_market(story: &mut Story) {
    story.patch("images/m-bp1market0000000lamp01", json!({ "market_state": "removed" }));
}

/// Debian comes with a data disk from a snapshot.
pub(super) fn with_data_disk(story: &mut Story) {
    let disk = json!({ "device": "/dev/xvdb", "size": 100, "snapshot_id": "s-bp1debian0data0disk00" });
    story.patch("images/debian_11_7_x64_20G_alibase_20230718.vhd", json!({ "data_disks": [disk] }));
}

/// The account has a licence of the LAMP image.
pub(super) fn subscribed(story: &mut Story) {
    let path = "accounts/1000000000000001/marketplace";
    story.patch(path, json!({ "subscriptions": { "cmjj000001": 1 } }));
}
