//! States to begin cases and stories with.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use moyun_store::{Fault, Lane};
use serde_json::json;

use crate::catalog::disk_categories::DiskCategory;
use crate::ecs::disk::record::{Attachment, Disk, DiskKind, DiskStatus};
use crate::ecs::instance::life::SECURITY_LOCK;
use crate::ecs::instance::record::{Instance, Internet, Network, Next, PRE_PAID, Payment, Status};
use crate::ecs::security_group::record::SecurityGroup;
use crate::ids::{AccountId, DiskId, InstanceId, NetworkInterfaceId, SecurityGroupId, VSwitchId, VpcId};
use crate::story::{DAWN_MS, Story};
use crate::tags::Tag;
use crate::vpc::vswitch::record::PrivateAddress;
use crate::world::DEFAULT_ACCOUNT;

const MONTH_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// An instance `$i` that was just asked for.
pub fn one_pending(story: &mut Story) {
    place(story, "i", 1);
}

/// An instance `$i` that runs, with `$system` and `$data` disks, in `$vpc`, `$vsw` and `$sg`.
pub fn one_running(story: &mut Story) {
    one_pending(story);
    story.pass_ms(10_000);
}

/// An instance `$i` that is off.
pub fn one_stopped(story: &mut Story) {
    one_running(story);
    story.call("StopInstance", "InstanceId=$i");
    story.pass_ms(10_000);
}

/// An instance `$i` that was released; its disk `$data` stayed.
pub fn one_released(story: &mut Story) {
    one_stopped(story);
    story.call("DeleteInstance", "InstanceId=$i");
}

/// Three instances that run, `$i`, `$j` and `$k`.
pub fn three_running(story: &mut Story) {
    one_pending(story);
    story.pass_ms(60_000);
    place(story, "j", 2);
    story.pass_ms(60_000);
    place(story, "k", 3);
    story.pass_ms(10_000);
}

/// The three of [`three_running`], off.
pub fn three_stopped(story: &mut Story) {
    three_running(story);
    story.call("StopInstances", "RegionId=cn-hangzhou&InstanceId.1=$i&InstanceId.2=$j&InstanceId.3=$k");
    story.pass_ms(10_000);
}

/// A running instance `$i` under a security lock.
pub fn one_locked(story: &mut Story) {
    one_running(story);
    change(story, "i", |instance| instance.locks.push(SECURITY_LOCK.to_owned()));
}

/// A running instance `$i` that is protected against deletion.
pub fn one_protected(story: &mut Story) {
    one_running(story);
    story.call("ModifyInstanceAttribute", "InstanceId=$i&DeletionProtection=true");
}

/// A running instance `$i` with Windows.
pub fn one_windows(story: &mut Story) {
    one_running(story);
    change(story, "i", |instance| {
        instance.image = "win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd".into()
    });
}

/// As [`one_running`], and a security group `$other_sg` of another VPC.
pub fn one_running_beside_another_vpc(story: &mut Story) {
    one_running(story);
    let other = "sg-bp100000000000000002";
    story.bind("other_sg", other);
    let stored = story.cloud().write::<(), Fault>(&Lane(DEFAULT_ACCOUNT.to_owned()), move |tx, _| {
        let group = group(DAWN_MS);
        tx.put(&SecurityGroup { id: other.into(), vpc: Some("vpc-bp1000000000000000002".into()), ..group })
    });
    stored.expect("the engine of a story does not fail");
}

/// A running instance `$i` with user data.
pub fn one_with_user_data(story: &mut Story) {
    one_running(story);
    story.call("ModifyInstanceAttribute", "InstanceId=$i&UserData=ZWNobw==");
}

/// A running instance `$i` whose disk `$data` cannot be detached.
pub fn one_with_fixed_disk(story: &mut Story) {
    one_running(story);
    let key = Disk::key_of(&AccountId::from(DEFAULT_ACCOUNT), &DiskId::from(story.named("data")));
    let changed = story.cloud().write::<(), Fault>(&Lane(DEFAULT_ACCOUNT.to_owned()), move |tx, _| {
        let disk = tx.find::<Disk>(&key)?.expect("the disk was given");
        tx.put(&Disk { portable: false, delete_with_instance: true, ..disk })
    });
    changed.expect("the engine of a story does not fail");
}

/// A running subscription `$i`, paid for a month.
pub fn one_subscription(story: &mut Story) {
    one_running(story);
    change(story, "i", |instance| {
        instance.payment.charge_type = PRE_PAID.to_owned();
        instance.payment.expires_ms = Some(instance.created_ms + MONTH_MS);
    });
}

/// A subscription `$i` that has run out.
pub fn one_expired(story: &mut Story) {
    one_subscription(story);
    story.pass_ms(MONTH_MS + 10_000);
}

/// A stopped instance `$i` of an account that owes money.
pub fn in_arrears(story: &mut Story) {
    one_stopped(story);
    story.patch(&format!("accounts/{DEFAULT_ACCOUNT}"), json!({ "billing": { "overdue_amount": 35.2 } }));
}

/// A stopped instance `$i` whose unit of the type went back and was taken by another.
pub fn stopped_without_charge_and_sold(story: &mut Story) {
    one_running(story);
    story.call("StopInstance", "InstanceId=$i&StoppedMode=StopCharging");
    story.pass_ms(10_000);
    story.patch("zones/cn-hangzhou-h", json!({ "stock": { "ecs.g5.large": 0 } }));
}

/// Changes an instance in a way that no call can.
pub fn change(story: &Story, name: &str, change: impl FnOnce(&mut Instance) + Send + 'static) {
    let key = Instance::key_of(&AccountId::from(DEFAULT_ACCOUNT), &InstanceId::from(story.named(name)));
    let changed = story.cloud().write::<(), Fault>(&Lane(DEFAULT_ACCOUNT.to_owned()), move |tx, _| {
        let mut instance = tx.find::<Instance>(&key)?.expect("the instance was given");
        change(&mut instance);
        tx.put(&instance)
    });
    changed.expect("the engine of a story does not fail");
}

fn place(story: &mut Story, name: &str, number: u8) {
    let id = format!("i-bp1000000000000000{number:02}");
    for (name, value) in [
        (name, id.as_str()),
        ("vpc", "vpc-bp1000000000000000001"),
        ("vsw", "vsw-bp1000000000000000001"),
        ("sg", "sg-bp100000000000000001"),
        ("system", "d-bp100000000000000011"),
        ("data", "d-bp100000000000000012"),
    ] {
        if number == 1 || name.len() == 1 {
            story.bind(name, value);
        }
    }
    let placed = story.cloud().write::<(), Fault>(&Lane(DEFAULT_ACCOUNT.to_owned()), move |tx, _| {
        let now_ms = crate::clock::Clock::load(tx)?.now_ms(DAWN_MS);
        let mut instance = instance(&id, number, now_ms);
        instance.status = Status::Pending;
        instance.next =
            Some(Next { at_ms: now_ms + 2000, statuses: vec![Status::Starting, Status::Running] });
        tx.put(&instance)?;
        tx.put(&group(now_ms))?;
        let Network::Vpc { v_switch, address, interface, .. } = &instance.network else { return Ok(()) };
        tx.put(&PrivateAddress {
            account: AccountId::from(DEFAULT_ACCOUNT),
            v_switch: v_switch.clone(),
            address: *address,
            interface: interface.clone(),
        })?;
        tx.put(&disk(&id, number, DiskKind::System, now_ms))?;
        tx.put(&disk(&id, number, DiskKind::Data, now_ms))
    });
    placed.expect("the engine of a story does not fail");
}

fn group(now_ms: i64) -> SecurityGroup {
    SecurityGroup {
        account: AccountId::from(DEFAULT_ACCOUNT),
        id: SecurityGroupId::from("sg-bp100000000000000001"),
        region: "cn-hangzhou".into(),
        name: "sg".into(),
        description: String::new(),
        vpc: Some(VpcId::from("vpc-bp1000000000000000001")),
        kind: "normal".into(),
        inner_access_policy: "Accept".into(),
        created_ms: now_ms,
        resource_group: Default::default(),
        tags: vec![],
        rules: vec![],
    }
}

fn disk(instance: &str, number: u8, kind: DiskKind, now_ms: i64) -> Disk {
    let (at, device) = if kind == DiskKind::System { (1, "/dev/xvda") } else { (2, "/dev/xvdb") };
    Disk {
        account: AccountId::from(DEFAULT_ACCOUNT),
        id: DiskId(format!("d-bp1000000000000000{number}{at}")),
        region: "cn-hangzhou".into(),
        zone: "cn-hangzhou-h".into(),
        name: String::new(),
        description: String::new(),
        category: DiskCategory::CloudEfficiency,
        performance_level: None,
        size_gib: 40,
        kind,
        status: DiskStatus::InUse,
        attachment: Some(Attachment {
            instance: instance.into(),
            device: device.into(),
            attached_ms: now_ms,
        }),
        portable: true,
        delete_with_instance: kind == DiskKind::System,
        delete_auto_snapshot: false,
        enable_auto_snapshot: true,
        encrypted: false,
        kms_key_id: String::new(),
        charge_type: "PostPaid".into(),
        created_ms: now_ms,
        image: None,
        snapshot: None,
        auto_snapshot_policy_id: String::new(),
        storage_cluster_id: String::new(),
        provisioned_iops: None,
        bursting_enabled: false,
        resource_group: Default::default(),
        tags: vec![],
    }
}

fn instance(id: &str, number: u8, now_ms: i64) -> Instance {
    Instance {
        account: AccountId::from(DEFAULT_ACCOUNT),
        id: id.into(),
        region: "cn-hangzhou".into(),
        zone: "cn-hangzhou-h".into(),
        name: format!("web-{number}"),
        description: "a web server".into(),
        host_name: format!("web{number}"),
        image: "centos_7_9_x64_20G_alibase_20230815.vhd".into(),
        instance_type: "ecs.g5.large".into(),
        io_optimized: true,
        status: Status::Pending,
        next: None,
        created_ms: now_ms,
        started_ms: None,
        serial_number: format!("00000000-0000-0000-0000-0000000000{number:02}"),
        payment: Payment {
            charge_type: "PostPaid".into(),
            expires_ms: None,
            auto_renew: None,
            auto_release_ms: None,
            spot_strategy: "NoSpot".into(),
            spot_price_limit: None,
            spot_duration: None,
            spot_interruption_behavior: "Terminate".into(),
        },
        network: Network::Vpc {
            vpc: VpcId::from("vpc-bp1000000000000000001"),
            v_switch: VSwitchId::from("vsw-bp1000000000000000001"),
            address: Ipv4Addr::new(192, 168, 0, number),
            interface: NetworkInterfaceId(format!("eni-bp1000000000000000{number:02}")),
            mac: format!("00:16:3e:00:00:{number:02x}"),
        },
        internet: Internet {
            charge_type: "PayByTraffic".into(),
            max_bandwidth_out: 5,
            max_bandwidth_in: 10,
            address: Some(Ipv4Addr::new(47, 96, 0, number)),
        },
        security_groups: vec![SecurityGroupId::from("sg-bp100000000000000001")],
        key_pair: None,
        has_password: false,
        user_data: String::new(),
        deletion_protection: false,
        ram_role: None,
        hpc_cluster: None,
        credit_specification: String::new(),
        stopped_mode: "Not-applicable".into(),
        locks: vec![],
        resource_group: Default::default(),
        tags: vec![Tag { key: "role".into(), value: "web".into() }],
        shown: BTreeMap::new(),
    }
}
