//! States that cases and stories of instances begin with.

use moyun_store::{Fault, Lane};
use serde_json::json;

use crate::ecs::instance::creation::given::{account, base, ephemeral};
use crate::ecs::instance::life::SECURITY_LOCK;
use crate::ecs::instance::record::Instance;
use crate::ids::{AccountId, InstanceId};
use crate::story::Story;
use crate::world::DEFAULT_ACCOUNT;

/// What makes an instance of [`run`] one with two interfaces beside its primary one.
pub const THREE_INTERFACES: &str =
    "InstanceType=ecs.g5.xlarge&NetworkInterface.1.VSwitchId=$vsw&NetworkInterface.2.VSwitchId=$vsw";
/// Long enough for every transition to end.
const A_WHILE_MS: i64 = 10_000;
/// Longer than a month.
const OVER_A_MONTH_MS: i64 = 32 * 24 * 60 * 60 * 1000;

/// An instance `$i` that was just asked for, in `$vpc`, `$vsw` and `$sg`.
///
/// It has a system disk `$system`, a data disk `$data` that is to stay when it goes, and a private `$address`.
pub fn one_pending(story: &mut Story) {
    networks(story);
    run(story, "i", "InstanceName=web-1");
    name_parts(story);
}

/// An instance `$i` that was just asked for, in the networks of [`one_pending`]; `more` wins over what is usual.
pub fn one_pending_of(story: &mut Story, more: &str) {
    networks(story);
    run(story, "i", more);
}

/// The instance of [`one_pending`], running.
pub fn one_running(story: &mut Story) {
    one_pending(story);
    story.pass_ms(A_WHILE_MS);
}

/// The instance of [`one_pending`], off.
pub fn one_stopped(story: &mut Story) {
    one_running(story);
    stop(story);
}

/// An instance `$i` that was released; its disk `$data` stayed.
pub fn one_released(story: &mut Story) {
    one_stopped(story);
    story.call("DeleteInstance", "InstanceId=$i");
}

/// An instance `$i` that CreateInstance made: off, and without public address.
pub fn one_created(story: &mut Story) {
    networks(story);
    let request = "RegionId=cn-hangzhou&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&InstanceType=ecs.g5.large\
        &SystemDisk.Category=cloud_efficiency&SecurityGroupId=$sg&VSwitchId=$vsw&InternetMaxBandwidthOut=5";
    story.make("i", "CreateInstance", request, "InstanceId");
    story.pass_ms(A_WHILE_MS);
}

/// Three instances that run, `$i`, `$j` and `$k`, each a minute younger than the one before.
pub fn three_running(story: &mut Story) {
    one_pending(story);
    for (name, instance_name) in [("j", "InstanceName=web-2"), ("k", "InstanceName=web-3")] {
        story.pass_ms(60_000);
        run(story, name, instance_name);
    }
    story.pass_ms(A_WHILE_MS);
}

/// The three of [`three_running`], off.
pub fn three_stopped(story: &mut Story) {
    three_running(story);
    story.call("StopInstances", "RegionId=cn-hangzhou&InstanceId.1=$i&InstanceId.2=$j&InstanceId.3=$k");
    story.pass_ms(A_WHILE_MS);
}

/// A running instance `$i` under a security lock.
pub fn one_locked(story: &mut Story) {
    one_running(story);
    lock(story);
}

/// Puts `$i` under a security lock.
pub fn lock(story: &mut Story) {
    // Only the cloud itself locks, for reasons that it has no call for.
    change(story, "i", |instance| instance.locks.push(SECURITY_LOCK.to_owned()));
}

/// A running instance `$i` that is protected against deletion.
pub fn one_protected(story: &mut Story) {
    one_running(story);
    story.call("ModifyInstanceAttribute", "InstanceId=$i&DeletionProtection=true");
}

/// A running instance `$i` with Windows.
pub fn one_windows(story: &mut Story) {
    networks(story);
    run(story, "i", "ImageId=win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd");
    story.pass_ms(A_WHILE_MS);
}

/// As [`one_running`], and a security group `$other_sg` of another VPC.
pub fn one_running_beside_another_vpc(story: &mut Story) {
    one_running(story);
    story.make("other_vpc", "Vpc:CreateVpc", "RegionId=cn-hangzhou", "VpcId");
    story.pass_ms(A_WHILE_MS);
    let group = "RegionId=cn-hangzhou&VpcId=$other_vpc";
    story.make("other_sg", "CreateSecurityGroup", group, "SecurityGroupId");
}

/// A running instance `$i` with user data.
pub fn one_with_user_data(story: &mut Story) {
    networks(story);
    run(story, "i", "UserData=ZWNobw==");
    story.pass_ms(A_WHILE_MS);
}

/// An instance `$i` with a disk `$data` that cannot be detached.
pub fn one_with_fixed_disk(story: &mut Story) {
    ephemeral(story);
    let request = "RegionId=cn-hangzhou&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&SecurityGroupId=$g&VSwitchId=$w\
        &InstanceType=ecs.s2.large&IoOptimized=none&SystemDisk.Category=ephemeral_ssd\
        &DataDisk.1.Category=ephemeral_ssd&DataDisk.1.Size=100";
    story.make("i", "RunInstances", request, "InstanceIdSets/InstanceIdSet/0");
    name_parts(story);
}

/// A running subscription `$i`, paid for a month.
pub fn one_subscription(story: &mut Story) {
    subscribed_with(story, "");
}

/// The same; `more` wins over what is usual.
pub fn subscribed_with(story: &mut Story, more: &str) {
    networks(story);
    run(story, "i", &format!("InstanceChargeType=PrePaid&Period=1&{more}"));
    name_parts(story);
    story.pass_ms(A_WHILE_MS);
}

/// The subscription of [`one_subscription`], off.
pub fn stopped_subscription(story: &mut Story) {
    one_subscription(story);
    stop(story);
}

/// The same, running and under a security lock.
pub fn subscribed_and_locked(story: &mut Story) {
    one_subscription(story);
    lock(story);
}

/// The instance of [`one_stopped`] under a security lock.
pub fn one_stopped_and_locked(story: &mut Story) {
    one_stopped(story);
    lock(story);
}

/// The instance of [`one_windows`], off.
pub fn windows_stopped(story: &mut Story) {
    one_windows(story);
    stop(story);
}

/// An instance `$i` that is off and holds a product for graphics processors alone.
pub fn gpu_stopped(story: &mut Story) {
    networks(story);
    account(story, json!({ "marketplace": { "subscriptions": { "cmgj000002": 1 } } }));
    run(story, "i", "ImageId=m-bp1market0000000gpu001&InstanceType=ecs.gn6i-c4g1.xlarge");
    story.pass_ms(A_WHILE_MS);
    stop(story);
}

fn stop(story: &mut Story) {
    story.call("StopInstance", "InstanceId=$i");
    story.pass_ms(A_WHILE_MS);
}

/// The subscription of [`one_subscription`], as a RAM user sees it who may do everything but order.
pub fn subscription_and_user(story: &mut Story) {
    one_subscription(story);
    story.call("Ram:CreateUser", "UserName=ann");
    story.call("Ram:AttachPolicyToUser", "PolicyType=System&PolicyName=AliyunECSFullAccess&UserName=ann");
    story.act_as_user("ann");
}

/// Names `$ids`, a list of `$i` alone.
pub fn in_list(story: &mut Story) {
    let ids = format!("[\"{}\"]", story.named("i"));
    story.bind("ids", ids);
}

/// A running subscription `$i` that is renewed month by month.
pub fn one_renewed(story: &mut Story) {
    networks(story);
    run(story, "i", "InstanceChargeType=PrePaid&Period=1&AutoRenew=true&AutoRenewPeriod=1");
    story.pass_ms(A_WHILE_MS);
}

/// A subscription `$i` that has run out.
pub fn one_expired(story: &mut Story) {
    one_subscription(story);
    story.pass_ms(OVER_A_MONTH_MS);
}

/// A stopped instance `$i` of an account that owes money.
pub fn in_arrears(story: &mut Story) {
    one_stopped(story);
    account(story, json!({ "billing": { "overdue_amount": 35.2 } }));
}

/// A running instance `$i` of an account that may have 10 Mbit/s to the Internet.
pub fn little_bandwidth(story: &mut Story) {
    one_running(story);
    account(story, json!({ "quotas": { "internet_bandwidth_max": { "PayByTraffic": 10 } } }));
}

/// A running instance `$i` in a region whose VPC instances are reached by elastic addresses alone.
pub fn eip_alone(story: &mut Story) {
    one_running(story);
    story.patch("regions/cn-hangzhou", json!({ "vpc_public_ip": false }));
}

/// A stopped instance `$i` whose unit of the type went back and was taken by another.
pub fn stopped_without_charge_and_sold(story: &mut Story) {
    one_running(story);
    story.call("StopInstance", "InstanceId=$i&StoppedMode=StopCharging");
    story.pass_ms(A_WHILE_MS);
    story.patch("zones/cn-hangzhou-h", json!({ "stock": { "ecs.g5.large": 0 } }));
}

/// A running instance, `$i`, that was made to use a private pool of capacity.
pub fn one_in_a_pool(story: &mut Story) {
    one_pending_of(story, "PrivatePoolOptions.MatchCriteria=Target&PrivatePoolOptions.Id=eap-bp1pool");
    story.pass_ms(A_WHILE_MS);
}

/// One more instance of this name in the networks of [`one_pending`]; `more` wins over what is usual.
pub fn run(story: &mut Story, name: &str, more: &str) {
    let usual = [
        "RegionId=cn-hangzhou",
        "ImageId=centos_7_9_x64_20G_alibase_20230815.vhd",
        "InstanceType=ecs.g5.large",
        "VSwitchId=$vsw",
        "SecurityGroupId=$sg",
        "SystemDisk.Category=cloud_efficiency",
        "DataDisk.1.Size=40",
        "DataDisk.1.Category=cloud_efficiency",
        "DataDisk.1.DeleteWithInstance=false",
        "InternetMaxBandwidthOut=5",
        "Tag.1.Key=role",
        "Tag.1.Value=web",
    ];
    let is_named = |pair: &&str| {
        let name = pair.split('=').next();
        !more.split('&').any(|pair| pair.split('=').next() == name)
    };
    let mut pairs: Vec<&str> = usual.into_iter().filter(is_named).collect();
    pairs.push(more);
    story.make(name, "RunInstances", &pairs.join("&"), "InstanceIdSets/InstanceIdSet/0");
}

/// Changes an instance in a way that no call can.
fn change(story: &mut Story, name: &str, change: impl Fn(&mut Instance) + Send + 'static) {
    story.stop_telling();
    let key = Instance::key_of(&AccountId::from(DEFAULT_ACCOUNT), &InstanceId::from(story.named(name)));
    let changed = story.cloud().write::<(), Fault>(&Lane(DEFAULT_ACCOUNT.to_owned()), move |tx, _| {
        let mut instance = tx.find::<Instance>(&key)?.expect("the instance was given");
        change(&mut instance);
        tx.put(&instance)
    });
    changed.expect("the engine of a story does not fail");
}

/// A VPC `$vpc` with a vSwitch `$vsw` and a security group `$sg`.
fn networks(story: &mut Story) {
    base(story);
    for (name, known) in [("vpc", "v"), ("vsw", "w"), ("sg", "g")] {
        let id = story.named(known).to_owned();
        story.bind(name, id);
    }
}

/// Names the disks and the address of `$i`.
fn name_parts(story: &mut Story) {
    for (name, kind) in [("system", "system"), ("data", "data")] {
        let request = format!("RegionId=cn-hangzhou&InstanceId=$i&DiskType={kind}");
        story.make(name, "DescribeDisks", &request, "Disks/Disk/0/DiskId");
    }
    let path = "VpcAttributes/PrivateIpAddress/IpAddress/0";
    story.make("address", "DescribeInstanceAttribute", "InstanceId=$i", path);
}
