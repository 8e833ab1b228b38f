//! Phase 18: a request that passed every check becomes instances.

use moyun_store::Fault;
use rand_chacha::rand_core::Rng;

use crate::call::Unpaid;
use crate::cx::Cx;
use crate::ecs::disk::record::{Attachment, Disk, DiskKind, DiskStatus};
use crate::ecs::instance::creation::compatibility::nth_address;
use crate::ecs::instance::creation::draft::{DiskDraft, Draft};
use crate::ecs::instance::creation::{interfaces, names, template};
use crate::ecs::instance::record::{Instance, Network};
use crate::errors::{ApiError, OutOfStock, PrivateAddressesUsedUp};
use crate::ids::{DiskId, InstanceId, NetworkInterfaceId};
use crate::vpc::vswitch::record::{PrivateAddress, VSwitch};

const ID_LENGTH: usize = 20;
const ORDER_ID_DIGITS: usize = 15;

/// The storage set that all disks of a request are made in, and how many partitions it has.
const STORAGE_SET: &str = "StorageSetId";
const PARTITIONS: &str = "StorageSetPartitionNumber";

/// What a creation comes to.
pub struct Created {
    /// The instances.
    pub instances: Vec<InstanceId>,
    /// The order, if it was one.
    pub order_id: Option<String>,
    /// What the order, or an hour, costs in CNY.
    pub trade_price: f64,
}

/// Writes everything that belongs to the instances.
pub(super) fn execute(draft: &Draft, cx: &mut Cx<'_>) -> Result<Created, ApiError> {
    let price = draft.price();
    let order_id = draft.is_order.then(|| order_id(cx));
    let trade_price = price.in_micros() as f64 / 1e6;
    if let Some(id) = order_id.clone().filter(|_| !draft.request.auto_pay) {
        cx.unpaid = Some(Unpaid { id, price });
        return Ok(Created { instances: Vec::new(), order_id, trade_price });
    }
    if draft.is_order {
        cx.charge(price)?;
    }
    if !cx.take_stock(draft.zone_id(), &draft.instance_type().id, draft.count)? {
        return Err(OutOfStock.about("InstanceType"));
    }
    let mut instances = place(draft, cx)?;
    for instance in &mut instances {
        interfaces::attach(draft, instance, cx)?;
    }
    let mut disks = Vec::with_capacity(instances.len() * (1 + draft.data.len()));
    for instance in &instances {
        let drafts = draft.disks().zip('a'..='z');
        disks.extend(drafts.map(|(disk, letter)| make_disk(disk, letter, instance, cx)));
    }
    cx.tx.put_all(&instances)?;
    cx.tx.put_all(&disks)?;
    let instances = instances.into_iter().map(|instance| instance.id).collect();
    Ok(Created { instances, order_id, trade_price })
}

/// The instances with their names and addresses.
fn place(draft: &Draft, cx: &mut Cx<'_>) -> Result<Vec<Instance>, ApiError> {
    let first = template::instance(draft, cx)?;
    let hosts = names::hosts_asked_for(draft);
    let mut v_switch = draft.v_switch.clone();
    if let Some(v_switch) = &v_switch {
        fetch_addresses(draft, v_switch, cx)?;
    }
    let mut instances = Vec::with_capacity(usize::try_from(draft.count).unwrap_or_default());
    for at in 0..draft.count {
        let mut instance = first.clone();
        instance.id = InstanceId(cx.new_id("i", &first.region, ID_LENGTH));
        template::name(&mut instance, draft, &hosts, at);
        instance.serial_number = serial_number(cx);
        if let Some(v_switch) = &mut v_switch {
            instance.network = enter(draft, v_switch, at, cx)?;
        } else {
            let [_, b, c, d] = cx.rng.next_u32().to_be_bytes();
            let wanted = instance.shown.get("InnerIpAddress").and_then(|text| text.parse().ok());
            let address = wanted.unwrap_or_else(|| [10, b, c, d.clamp(1, 254)].into());
            instance.network = Network::Classic { address };
        }
        if draft.request.runs && draft.bandwidth_out > 0 {
            instance.internet.address = Some(cx.take_public_address(&instance.id)?);
        }
        instances.push(instance);
    }
    if let Some(v_switch) = &v_switch {
        cx.put(v_switch)?;
    }
    Ok(instances)
}

/// Looks at the addresses that will most likely be taken in one go.
fn fetch_addresses(draft: &Draft, v_switch: &VSwitch, cx: &Cx<'_>) -> Result<(), Fault> {
    let Some((first, last)) = v_switch.usable() else { return Ok(()) };
    let from = draft.private_address.map_or(v_switch.next_address.clamp(first, last), u32::from);
    let keys: Vec<_> = (from..=last)
        .take(usize::try_from(draft.count).unwrap_or(usize::MAX))
        .map(|address| PrivateAddress::key_of(&v_switch.account, &v_switch.id, address.into()))
        .collect();
    cx.tx.find_many::<PrivateAddress>(&keys).map(|_| ())
}

/// The place of an instance in a VPC, with an address of the vSwitch.
fn enter(draft: &Draft, v_switch: &mut VSwitch, at: u64, cx: &mut Cx<'_>) -> Result<Network, ApiError> {
    let region = v_switch.region.clone();
    let interface = NetworkInterfaceId(cx.new_id("eni", &region, ID_LENGTH));
    let address = match draft.private_address.and_then(|first| nth_address(first, at)) {
        Some(address) => {
            cx.take_this_address(v_switch, address, &interface)?;
            address
        }
        None => {
            cx.take_address(v_switch, &interface)?.ok_or_else(|| PrivateAddressesUsedUp.about("VSwitchId"))?
        }
    };
    Ok(Network::Vpc {
        vpc: v_switch.vpc.clone(),
        v_switch: v_switch.id.clone(),
        address,
        interface,
        mac: cx.new_mac(),
    })
}

/// A disk of an instance; the system disk has the letter a.
fn make_disk(disk: &DiskDraft, letter: char, instance: &Instance, cx: &mut Cx<'_>) -> Disk {
    let is_system = letter == 'a';
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    Disk {
        account: instance.account.clone(),
        id: DiskId(cx.new_id("d", &instance.region, ID_LENGTH)),
        region: instance.region.clone(),
        zone: instance.zone.clone(),
        name: text(&disk.name),
        description: text(&disk.description),
        category: disk.category(),
        performance_level: disk.category().level(disk.level),
        size_gib: disk.size_gib,
        kind: if is_system { DiskKind::System } else { DiskKind::Data },
        status: DiskStatus::InUse,
        settles_ms: None,
        attachment: Some(Attachment {
            instance: instance.id.clone(),
            device: format!("/dev/xvd{letter}"),
            attached_ms: cx.now_ms(),
        }),
        detached_ms: None,
        portable: disk.limits().portable,
        delete_with_instance: disk.delete_with_instance.unwrap_or(true),
        delete_auto_snapshot: false,
        enable_auto_snapshot: true,
        encrypted: disk.encrypted,
        kms_key_id: disk.kms_key_id.clone().filter(|_| disk.encrypted).unwrap_or_default(),
        charge_type: instance.payment.charge_type.clone(),
        created_ms: cx.now_ms(),
        image: (is_system || disk.from_image).then(|| instance.image.clone()),
        snapshot: disk.snapshot.clone(),
        auto_snapshot_policy_id: text(&disk.snapshot_policy),
        storage_cluster_id: text(&disk.storage_cluster),
        storage_set_id: instance.shown.get(STORAGE_SET).cloned().unwrap_or_default(),
        storage_set_partition_number: instance.shown.get(PARTITIONS).and_then(|text| text.parse().ok()),
        encrypt_algorithm: text(&disk.encrypt_algorithm),
        provisioned_iops: disk.provisioned_iops,
        bursting_enabled: disk.bursting,
        resource_group: instance.resource_group.clone(),
        tags: instance.tags.clone(),
    }
}

/// A new number of an order.
pub(in crate::ecs) fn order_id(cx: &mut Cx<'_>) -> String {
    let mut id = "2".to_owned();
    while id.len() < ORDER_ID_DIGITS {
        // The bias of the remainder does not matter for a number that only has to be new.
        id.push(char::from(b'0' + (cx.rng.next_u32() % 10) as u8));
    }
    id
}

fn serial_number(cx: &mut Cx<'_>) -> String {
    let high = u64::from(cx.rng.next_u32()) << 32 | u64::from(cx.rng.next_u32());
    let low = u64::from(cx.rng.next_u32()) << 32 | u64::from(cx.rng.next_u32());
    let digits = format!("{high:016x}{low:016x}");
    format!("{}-{}-{}-{}-{}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}
