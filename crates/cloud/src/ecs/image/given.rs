//! Images of one's own, and worlds in which some images cannot be had as before.

use serde_json::json;

use crate::ecs::image::record::IMAGES_MAX;
use crate::ecs::instance::creation::given::{account, base};
use crate::ecs::instance::given::{one_pending_of, one_running, run};
use crate::ecs::snapshot::given::import;
use crate::story::Story;
use crate::vpc::given::OTHER_ACCOUNT;

/// As long as an image takes.
const IMAGE_MS: i64 = 10_000;

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

/// The networks of [`base`], and the account has a licence of the LAMP image.
pub fn subscribed(story: &mut Story) {
    base(story);
    licensed(story);
}

/// The account has a licence of the LAMP image.
pub fn licensed(story: &mut Story) {
    licences(story, 1);
}

/// The same with a second licence.
pub fn more_licences(story: &mut Story) {
    licences(story, 2);
}

fn licences(story: &mut Story, count: u32) {
    let path = "accounts/1000000000000001/marketplace";
    story.patch(path, json!({ "subscriptions": { "cmjj000001": count } }));
}

/// The LAMP image is back on the marketplace, and there are licences enough.
pub fn listed_again(story: &mut Story) {
    story.patch("images/m-bp1market0000000lamp01", json!({ "market_state": "listed" }));
    more_licences(story);
}

/// The instance of [`one_running`] and a finished image `$m` of it, `web-1.0` of the family `web`.
pub fn one_image(story: &mut Story) {
    one_creating(story);
    story.pass_ms(IMAGE_MS);
}

/// The same before it is finished.
pub fn one_creating(story: &mut Story) {
    one_running(story);
    make(
        story,
        "m",
        "ImageName=web-1.0&Description=with the shop&ImageFamily=web&Tag.1.Key=team&Tag.1.Value=a",
    );
}

/// Two images, `$m` and a minute later `$n`, `web-2.0` of the same family.
pub(super) fn two_images(story: &mut Story) {
    one_image(story);
    story.pass_ms(60_000);
    make(story, "n", "ImageName=web-2.0&ImageFamily=web");
    story.pass_ms(IMAGE_MS);
}

/// The images of [`two_images`], the newer one deprecated.
pub(super) fn newest_deprecated(story: &mut Story) {
    two_images(story);
    story.call("ModifyImageAttribute", "RegionId=cn-hangzhou&ImageId=$n&Status=Deprecated");
}

/// The image `$m` after its deletion.
pub fn one_deleted(story: &mut Story) {
    one_image(story);
    story.call("DeleteImage", "RegionId=cn-hangzhou&ImageId=$m");
}

/// An image `$m` and an instance `$j` that was made from it.
pub fn image_in_use(story: &mut Story) {
    one_image(story);
    run(story, "j", "ImageId=$m");
}

/// An image `$m` and its finished copy `$copy` in cn-beijing, `web-bj`.
pub(super) fn one_copied(story: &mut Story) {
    one_copying(story);
    story.pass_ms(IMAGE_MS);
}

/// The same before the copy is finished.
pub fn one_copying(story: &mut Story) {
    one_image(story);
    let request =
        "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-beijing&DestinationImageName=web-bj";
    story.make("copy", "CopyImage", request, "ImageId");
}

/// An image `$m` of an account that has not opened the service of keys.
pub(super) fn kms_closed(story: &mut Story) {
    one_image(story);
    account(story, json!({ "services": { "kms": "disabled" } }));
}

/// As many images of `$i` as an account can have in a region.
pub(super) fn full_of_images(story: &mut Story) {
    one_running(story);
    at_once(story);
    for _ in 0..IMAGES_MAX {
        make(story, "m", "");
    }
}

/// An image `$m` of which as many copies are in cn-beijing as an account can have there.
pub(super) fn full_in_beijing(story: &mut Story) {
    one_image(story);
    for _ in 0..IMAGES_MAX {
        story.call("CopyImage", "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-beijing");
    }
}

/// Snapshots take no time.
fn at_once(story: &mut Story) {
    story.patch("limits", json!({ "latency": { "snapshot_ms": 0 } }));
}

/// Finished snapshots of an instance: `$s` of its system disk of 40 GiB, `$t` of its data disk. Beside them imported
/// ones: `s-system` and `s-old` of system disks, `s-archived` of a data disk.
pub fn snapshots(story: &mut Story) {
    one_running(story);
    story.make("s", "CreateSnapshot", "DiskId=$system", "SnapshotId");
    story.make("t", "CreateSnapshot", "DiskId=$data", "SnapshotId");
    story.pass_ms(IMAGE_MS);
    import(story, "s-system", json!({ "disk_kind": "system", "size": 20 }));
    import(story, "s-old", json!({ "disk_kind": "system", "creation_time": "2013-07-01T00:00:00Z" }));
    import(story, "s-archived", json!({ "category": "archive" }));
}

/// The same, and another snapshot `$u` of the system disk.
pub(super) fn two_system_snapshots(story: &mut Story) {
    snapshots(story);
    story.make("u", "CreateSnapshot", "DiskId=$system", "SnapshotId");
    story.pass_ms(IMAGE_MS);
}

/// The snapshots of [`snapshots`], and an image `$m` of `$s` and `$t`.
pub fn one_of_snapshots(story: &mut Story) {
    snapshots(story);
    let request = "RegionId=cn-hangzhou&ImageName=shop&DiskDeviceMapping.1.SnapshotId=$s&DiskDeviceMapping.1.Size=60\
         &DiskDeviceMapping.2.SnapshotId=$t&DiskDeviceMapping.2.Device=/dev/xvdd&DiskDeviceMapping.3.Size=30";
    story.make("m", "CreateImage", request, "ImageId");
    story.pass_ms(IMAGE_MS);
}

fn make(story: &mut Story, name: &str, more: &str) {
    story.make(name, "CreateImage", &format!("RegionId=cn-hangzhou&InstanceId=$i&{more}"), "ImageId");
}

/// The one licence of the LAMP image is in use by `$i`.
pub fn licence_used(story: &mut Story) {
    licensed(story);
    one_pending_of(story, "ImageId=m-bp1market0000000lamp01");
}

/// An image `$m` with the LAMP product, which the marketplace then took down.
pub fn market_image_removed(story: &mut Story) {
    licence_used(story);
    story.pass_ms(IMAGE_MS);
    make(story, "m", "");
    story.pass_ms(IMAGE_MS);
    off_the_market(story);
}

/// An image `$m`, and a second account.
pub(super) fn with_other_account(story: &mut Story) {
    one_image(story);
    story
        .patch(&format!("accounts/{OTHER_ACCOUNT}"), json!({ "login_name": "1000000000000002@moyun.local" }));
}

/// An image `$m` that is shared with the second account.
pub(super) fn one_shared(story: &mut Story) {
    with_other_account(story);
    let request = format!("RegionId=cn-hangzhou&ImageId=$m&AddAccount.1={OTHER_ACCOUNT}");
    story.call("ModifyImageSharePermission", &request);
}

/// An image `$m` that is published for everybody.
pub(super) fn one_published(story: &mut Story) {
    one_image(story);
    story.call("ModifyImageSharePermission", "RegionId=cn-hangzhou&ImageId=$m&IsPublic=true");
}

/// What the second account sees of the image `$m` that is shared with it.
pub(super) fn seen_by_other(story: &mut Story) {
    one_shared(story);
    story.act_as(OTHER_ACCOUNT);
}

/// What the second account sees of the image `$m` that is published.
pub(super) fn published_by_other(story: &mut Story) {
    with_other_account(story);
    story.call("ModifyImageSharePermission", "RegionId=cn-hangzhou&ImageId=$m&IsPublic=true");
    story.act_as(OTHER_ACCOUNT);
}
