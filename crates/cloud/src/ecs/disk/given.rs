//! States that cases and stories of disks begin with.

use serde_json::{Value, json};

use crate::ecs::image::given::licence_used;
use crate::ecs::instance::creation::given::{account, ephemeral};
use crate::ecs::instance::given::{
    lock, one_locked, one_running, one_stopped, one_with_fixed_disk, run, stopped_subscription,
    subscribed_with,
};
use crate::ecs::snapshot::given::{import, one_accomplished};
use crate::story::Story;

/// A free disk `$d` of 20 GiB in cn-hangzhou-h.
pub fn one_free(story: &mut Story) {
    free_in(story, "d", "cn-hangzhou-h");
}

/// The instance of [`one_running`] beside the disk of [`one_free`].
pub fn one_free_beside(story: &mut Story) {
    one_running(story);
    one_free(story);
}

/// The same, and the instance is under a security lock.
pub fn one_free_beside_locked(story: &mut Story) {
    one_locked(story);
    one_free(story);
}

/// The same, and the instance is stopping.
pub fn one_free_beside_stopping(story: &mut Story) {
    one_free_beside(story);
    story.call("StopInstance", "InstanceId=$i");
}

/// An instance `$i` that is stopping.
pub fn one_stopping(story: &mut Story) {
    one_running(story);
    story.call("StopInstance", "InstanceId=$i");
}

/// As [`one_free_beside`], but the disk is in another zone.
pub fn one_free_elsewhere(story: &mut Story) {
    one_running(story);
    free_in(story, "d", "cn-hangzhou-g");
}

/// As [`one_free_beside`], and another disk `$e` is just being attached.
pub fn another_on_its_way(story: &mut Story) {
    one_free_beside(story);
    free_in(story, "e", "cn-hangzhou-h");
    story.call("AttachDisk", "InstanceId=$i&DiskId=$e");
}

/// An instance `$i` with as many data disks as its type takes, and a free disk `$d`.
pub fn one_full(story: &mut Story) {
    one_free_beside(story);
    let sixteen: String =
        (2..=16).map(|n| format!("&DataDisk.{n}.Size=20&DataDisk.{n}.Category=cloud_efficiency")).collect();
    run(story, "i", &format!("InstanceName=full{sixteen}"));
    story.pass_ms(10_000);
}

/// A second instance `$j` beside that of [`one_running`].
pub fn two_running(story: &mut Story) {
    one_running(story);
    run(story, "j", "InstanceName=web-2");
    story.pass_ms(10_000);
}

/// An instance `$i` with a disk `$data` that cannot be detached, running.
pub fn one_with_fixed_disk_running(story: &mut Story) {
    one_with_fixed_disk(story);
    story.pass_ms(10_000);
}

/// A finished snapshot `s-data` of a data disk of 100 GiB.
pub fn snapshot(story: &mut Story) {
    import(story, "s-data", json!({}));
}

/// The same of a system disk.
pub fn system_snapshot(story: &mut Story) {
    import(story, "s-data", json!({ "disk_kind": "system" }));
}

/// The same, archived.
pub fn archived_snapshot(story: &mut Story) {
    import(story, "s-data", json!({ "category": "archive" }));
}

/// The same, from July 2013.
pub fn old_snapshot(story: &mut Story) {
    import(story, "s-data", json!({ "creation_time": "2013-07-01T00:00:00Z" }));
}

/// The same of 2500 GiB.
pub fn large_snapshot(story: &mut Story) {
    import(story, "s-data", json!({ "size": 2500 }));
}

/// The same, encrypted.
pub fn encrypted_snapshot(story: &mut Story) {
    import(story, "s-data", json!({ "encrypted": true }));
}

/// The account may have ephemeral_ssd disks.
pub fn ephemeral_granted(story: &mut Story) {
    ephemeral(story);
}

/// The same, with the snapshot of [`snapshot`].
pub fn ephemeral_and_snapshot(story: &mut Story) {
    ephemeral(story);
    snapshot(story);
}

/// The account has not opened the service that keeps keys.
pub fn without_kms(story: &mut Story) {
    account(story, json!({ "services": { "kms": "disabled" } }));
}

/// The account has as many portable disks as it may.
pub fn at_the_quota(story: &mut Story) {
    account(story, json!({ "quotas": { "portable_cloud_disks": 0 } }));
}

/// An account of which one thing is not as it should be.
pub fn held(story: &mut Story) {
    account(story, json!({ "risk_control": "restricted" }));
}

/// The account's name is not verified.
pub fn unverified(story: &mut Story) {
    account(story, json!({ "real_name_verified": false }));
}

/// The account may use no region.
pub fn not_admitted(story: &mut Story) {
    account(story, json!({ "entitlements": { "regions": [] } }));
}

/// The account owes money.
pub fn in_arrears(story: &mut Story) {
    account(story, json!({ "billing": { "overdue_amount": 35.2 } }));
}

/// The account has no way to pay.
pub fn without_payment(story: &mut Story) {
    account(story, json!({ "billing": { "payment_methods": Vec::<Value>::new() } }));
}

/// A free disk `$d` of cn-hangzhou-g.
pub fn free_in_g(story: &mut Story) {
    free_in(story, "d", "cn-hangzhou-g");
}

/// A free `cloud_essd` disk `$d` of 500 GiB and PL1.
pub fn essd_free(story: &mut Story) {
    free_of(story, "cloud_essd&Size=500");
}

/// A free `cloud_essd` disk `$d` of 10 GiB and PL0.
pub fn essd_level_0(story: &mut Story) {
    free_of(story, "cloud_essd&Size=10&PerformanceLevel=PL0");
}

/// A free `cloud_auto` disk `$d` of 100 GiB.
pub fn one_auto(story: &mut Story) {
    free_of(story, "cloud_auto&Size=100");
}

/// A free `cloud` disk `$d`.
pub fn one_basic(story: &mut Story) {
    let request = "RegionId=cn-hangzhou&ZoneId=cn-hangzhou-b&DiskCategory=cloud&Size=100";
    story.make("d", "CreateDisk", request, "DiskId");
}

fn free_of(story: &mut Story, category_and_more: &str) {
    let request = format!("RegionId=cn-hangzhou&ZoneId=cn-hangzhou-h&DiskCategory={category_and_more}");
    story.make("d", "CreateDisk", &request, "DiskId");
}

/// A running subscription `$i` with a `cloud_essd` disk `$data` of 500 GiB and PL1.
pub fn essd_subscribed(story: &mut Story) {
    subscribed_with(story, "InstanceType=ecs.g6.large&DataDisk.1.Category=cloud_essd&DataDisk.1.Size=500");
}

/// The same, and the account has next to no money left.
pub fn essd_subscribed_and_broke(story: &mut Story) {
    essd_subscribed(story);
    account(story, json!({ "billing": { "balance": 1, "credit_limit": 0 } }));
}

fn free_in(story: &mut Story, name: &str, zone: &str) {
    let request = format!("RegionId=cn-hangzhou&ZoneId={zone}&DiskCategory=cloud_efficiency&Size=20");
    story.make(name, "CreateDisk", &request, "DiskId");
}

/// The disk of [`one_free`], and the account owes money.
pub fn one_free_and_arrears(story: &mut Story) {
    one_free(story);
    in_arrears(story);
}

/// An instance `$i` that is off, and a finished snapshot `$s` of its disk `$data`.
pub fn reset_of_stopped(story: &mut Story) {
    one_accomplished(story);
    story.call("StopInstance", "InstanceId=$i");
    story.pass_ms(10_000);
}

/// The same, and the instance is under a security lock.
pub fn reset_of_locked(story: &mut Story) {
    reset_of_stopped(story);
    lock(story);
}

/// As [`reset_of_stopped`], but the snapshot is not finished.
pub fn reset_of_unfinished(story: &mut Story) {
    one_stopped(story);
    story.make("s", "CreateSnapshot", "DiskId=$data", "SnapshotId");
}

/// A free disk `$d` with a finished snapshot `$s`.
pub fn reset_of_free(story: &mut Story) {
    one_free(story);
    story.make("s", "CreateSnapshot", "DiskId=$d", "SnapshotId");
    story.pass_ms(10_000);
}

/// A stopped instance `$i` whose system disk `$system` begins anew.
pub fn system_beginning_anew(story: &mut Story) {
    one_stopped(story);
    story.call("ReInitDisk", "DiskId=$system");
}

/// A stopped instance `$i` of whose system disk `$system` a snapshot is being taken.
pub fn system_under_snapshot(story: &mut Story) {
    one_stopped(story);
    story.call("CreateSnapshot", "DiskId=$system");
}

/// A stopped instance `$i` in a region that encrypts no disks.
pub fn stopped_without_encryption(story: &mut Story) {
    one_stopped(story);
    story.patch("regions/cn-hangzhou", json!({ "disk_encryption": false }));
}

/// A stopped instance `$i` of an account without the service that keeps keys.
pub fn stopped_without_kms(story: &mut Story) {
    one_stopped(story);
    without_kms(story);
}

/// A stopped instance `$i` with local disks.
pub fn fixed_disk_stopped(story: &mut Story) {
    one_with_fixed_disk_running(story);
    story.call("StopInstance", "InstanceId=$i");
    story.pass_ms(10_000);
}

/// A stopped subscription `$i` of an account that has next to no money left.
pub fn broke_subscription(story: &mut Story) {
    stopped_subscription(story);
    account(story, json!({ "billing": { "balance": 1, "credit_limit": 0 } }));
}

/// The instance `$i` has the one licence of a product, and `$j` has it not.
pub fn licence_used_by_other(story: &mut Story) {
    licence_used(story);
    run(story, "j", "InstanceName=web-2");
}
