//! A disk in the replies of DescribeDisks.

use moyun_derive::Shape;
use moyun_wire::timestamp;

use crate::catalog::disk_categories::DiskCategory;
use crate::ecs::disk::record::{Attachment, Disk};
use crate::ecs::disk::speed::{Speed, speed};
use crate::ids::{DiskId, ImageId, InstanceId, RegionId, ResourceGroupId, SnapshotId, ZoneId};
use crate::tags::{self, EcsTag};

/// What is shown as the end of a disk that no subscription ends.
const NEVER: &str = "2999-09-08T16:00Z";

/// A disk.
#[derive(Shape)]
pub struct DiskItem {
    /// ID of the disk.
    disk_id: DiskId,
    /// Name of the disk.
    disk_name: String,
    /// Description of the disk.
    description: String,
    /// Serial number of the disk.
    serial_number: String,
    /// Region of the disk.
    region_id: RegionId,
    /// Zone of the disk.
    zone_id: ZoneId,
    /// `system` or `data`.
    r#type: &'static str,
    /// Category of the disk.
    category: &'static str,
    /// Performance level of an ESSD, else empty.
    performance_level: &'static str,
    /// Size in GiB.
    size: u64,
    /// Operations a second, reads and writes together.
    #[shape(name = "IOPS")]
    iops: u64,
    /// Reads a second.
    #[shape(name = "IOPSRead")]
    iops_read: u64,
    /// Writes a second.
    #[shape(name = "IOPSWrite")]
    iops_write: u64,
    /// MB a second, reads and writes together.
    throughput: u64,
    /// MB read a second.
    throughput_read: u64,
    /// MB written a second.
    throughput_write: u64,
    /// `Creating`, `Available`, `Attaching`, `In_use`, `Detaching` or `ReIniting`.
    status: &'static str,
    /// When the disk was made.
    creation_time: String,
    /// When it was attached; empty if it is not.
    attached_time: String,
    /// When it was last detached; empty if it never was.
    detached_time: String,
    /// When its subscription ends; far in the future for pay-as-you-go.
    expired_time: &'static str,
    /// `PrePaid` or `PostPaid`.
    disk_charge_type: String,
    /// The instance that has it; empty if none has.
    instance_id: InstanceId,
    /// Its device in the instance; empty without an instance.
    device: String,
    /// The same, once for each instance that has it.
    #[shape(list = "Attachment")]
    attachments: Vec<DiskAttachment>,
    /// The same again, for a disk that several instances may have.
    #[shape(list = "MountInstance")]
    mount_instances: Vec<DiskAttachment>,
    /// How many instances have it.
    mount_instance_num: usize,
    /// Whether several instances may have it: `Disabled`.
    multi_attach: &'static str,
    /// Whether it can be detached and attached elsewhere.
    portable: bool,
    /// Whether it goes when its instance goes.
    delete_with_instance: bool,
    /// Whether its automatic snapshots go when it goes.
    delete_auto_snapshot: bool,
    /// Whether an automatic snapshot policy may work on it.
    enable_auto_snapshot: bool,
    /// Whether a policy works on it.
    enable_automated_snapshot_policy: bool,
    /// The automatic snapshot policy that works on it; empty without one.
    auto_snapshot_policy_id: String,
    /// Whether it is encrypted.
    encrypted: bool,
    /// The key that it is encrypted with; empty for the service's own.
    #[shape(name = "KMSKeyId")]
    kms_key_id: String,
    /// The image that it was made from; empty without one.
    image_id: ImageId,
    /// The snapshot that it was made from; empty without one.
    source_snapshot_id: SnapshotId,
    /// Product code of the marketplace; empty without one.
    product_code: &'static str,
    /// Provisioned IOPS of cloud_auto.
    provisioned_iops: Option<i64>,
    /// Whether cloud_auto may burst.
    bursting_enabled: Option<bool>,
    /// Its storage cluster; empty without one.
    storage_cluster_id: String,
    /// Its storage set; empty without one.
    storage_set_id: String,
    /// How many partitions the storage set has; absent without one.
    storage_set_partition_number: Option<i64>,
    /// Why it is locked.
    #[shape(list = "OperationLock")]
    operation_locks: Vec<DiskLock>,
    /// Resource group.
    resource_group_id: ResourceGroupId,
    /// Tags.
    #[shape(list = "Tag")]
    tags: Vec<EcsTag>,
}

/// An instance that has a disk.
#[derive(Shape)]
struct DiskAttachment {
    /// ID of the instance.
    instance_id: InstanceId,
    /// Device in the instance.
    device: String,
    /// Since when.
    attached_time: String,
}

/// Why a disk is locked.
#[derive(Shape)]
struct DiskLock {
    /// The reason.
    lock_reason: &'static str,
}

impl DiskItem {
    /// Shows a record.
    pub fn of(disk: Disk) -> DiskItem {
        let attachment = disk.attachment.as_ref();
        let is_auto = disk.category == DiskCategory::CloudAuto;
        let Speed { iops, throughput } = speed(&disk);
        DiskItem {
            serial_number: disk.id.as_str().trim_start_matches("d-").to_owned(),
            r#type: disk.kind.wire_name(),
            category: disk.category.wire_name(),
            performance_level: disk.performance_level.map_or("", |level| level.wire_name()),
            size: disk.size_gib,
            iops,
            iops_read: iops,
            iops_write: iops,
            throughput,
            throughput_read: throughput,
            throughput_write: throughput,
            status: disk.status.wire_name(),
            creation_time: timestamp::to_second(disk.created_ms),
            attached_time: attachment.map(attached_time).unwrap_or_default(),
            detached_time: disk.detached_ms.map(timestamp::to_second).unwrap_or_default(),
            expired_time: NEVER,
            attachments: attachment.map(DiskAttachment::of).into_iter().collect(),
            mount_instances: vec![],
            mount_instance_num: usize::from(attachment.is_some()),
            multi_attach: "Disabled",
            instance_id: attachment.map(|attachment| attachment.instance.clone()).unwrap_or_default(),
            device: attachment.map(|attachment| attachment.device.clone()).unwrap_or_default(),
            disk_charge_type: disk.charge_type,
            disk_id: disk.id,
            disk_name: disk.name,
            description: disk.description,
            region_id: disk.region,
            zone_id: disk.zone,
            portable: disk.portable,
            delete_with_instance: disk.delete_with_instance,
            delete_auto_snapshot: disk.delete_auto_snapshot,
            enable_auto_snapshot: disk.enable_auto_snapshot,
            enable_automated_snapshot_policy: !disk.auto_snapshot_policy_id.is_empty(),
            auto_snapshot_policy_id: disk.auto_snapshot_policy_id,
            encrypted: disk.encrypted,
            kms_key_id: disk.kms_key_id,
            image_id: disk.image.unwrap_or_default(),
            source_snapshot_id: disk.snapshot.unwrap_or_default(),
            product_code: "",
            provisioned_iops: disk.provisioned_iops.filter(|_| is_auto),
            bursting_enabled: is_auto.then_some(disk.bursting_enabled),
            storage_cluster_id: disk.storage_cluster_id,
            storage_set_id: disk.storage_set_id,
            storage_set_partition_number: disk.storage_set_partition_number,
            operation_locks: vec![],
            resource_group_id: disk.resource_group,
            tags: tags::ecs(&disk.tags),
        }
    }
}

impl DiskAttachment {
    fn of(attachment: &Attachment) -> DiskAttachment {
        DiskAttachment {
            instance_id: attachment.instance.clone(),
            device: attachment.device.clone(),
            attached_time: attached_time(attachment),
        }
    }
}

fn attached_time(attachment: &Attachment) -> String {
    timestamp::to_second(attachment.attached_ms)
}
