//! Disks in a request to create instances.

use moyun_derive::Group;

use crate::ecs::instance::creation::request::Raw;
use crate::ids::SnapshotId;

/// The system disk of a request.
#[derive(Debug, Clone, Group)]
pub struct SystemDiskParams {
    /// Category: `cloud`, `cloud_efficiency`, `cloud_ssd`, `cloud_essd`, `cloud_auto`, `cloud_essd_entry` or
    /// `ephemeral_ssd`. The default depends on what type and zone offer.
    pub category: Option<String>,
    /// Size in GiB, within the bounds of the category and not below the image; by default 40 or the image's size.
    pub size: Option<Raw<i64>>,
    /// Performance level of a `cloud_essd` disk: `PL0`, `PL1` (the default), `PL2` or `PL3`.
    #[param(one_of("PL0", "PL1", "PL2", "PL3"))]
    pub performance_level: Option<String>,
    /// Name: 2 to 128 characters, first a letter.
    pub disk_name: Option<String>,
    /// Description of 2 to 256 characters that is no link.
    pub description: Option<String>,
    /// Provisioned IOPS of a `cloud_auto` disk.
    #[param(range(0, 1_000_000))]
    pub provisioned_iops: Option<i64>,
    /// Whether a `cloud_auto` disk may burst.
    pub bursting_enabled: Option<bool>,
    /// Storage cluster to make the disk in.
    pub storage_cluster_id: Option<String>,
}

/// The system disk of RunInstances, which can be encrypted.
#[derive(Debug, Clone, Group)]
pub struct RunSystemDiskParams {
    /// What every system disk takes.
    #[param(flatten)]
    pub base: SystemDiskParams,
    /// Automatic snapshot policy of the disk.
    pub auto_snapshot_policy_id: Option<String>,
    /// Whether the disk is encrypted: true or false.
    pub encrypted: Option<Raw<bool>>,
    /// Key that an encrypted disk uses; by default the service's own.
    #[param(name = "KMSKeyId")]
    pub kms_key_id: Option<String>,
    /// Algorithm of an encrypted disk.
    pub encrypt_algorithm: Option<String>,
}

/// A data disk of a request.
#[derive(Debug, Clone, Group)]
pub struct DataDiskParams {
    /// Category, as for the system disk.
    pub category: Option<String>,
    /// Size in GiB, within the bounds of the category. Required unless SnapshotId gives one.
    pub size: Option<Raw<i64>>,
    /// Snapshot that fills the disk.
    pub snapshot_id: Option<SnapshotId>,
    /// Whether the disk is encrypted: true or false.
    pub encrypted: Option<Raw<bool>>,
    /// Key that an encrypted disk uses; by default the service's own.
    #[param(name = "KMSKeyId")]
    pub kms_key_id: Option<String>,
    /// Algorithm of an encrypted disk.
    pub encrypt_algorithm: Option<String>,
    /// Name: 2 to 128 characters, first a letter.
    pub disk_name: Option<String>,
    /// Description of 2 to 256 characters that is no link.
    pub description: Option<String>,
    /// Whether the disk goes when its instance goes; true by default. Disks that can be detached only.
    pub delete_with_instance: Option<bool>,
    /// Performance level of a `cloud_essd` disk: `PL0`, `PL1` (the default), `PL2` or `PL3`.
    #[param(one_of("PL0", "PL1", "PL2", "PL3"))]
    pub performance_level: Option<String>,
    /// Device of an image's data disk that this one replaces.
    pub device: Option<String>,
    /// Automatic snapshot policy of the disk.
    pub auto_snapshot_policy_id: Option<String>,
    /// Whether a `cloud_auto` disk may burst.
    pub bursting_enabled: Option<bool>,
    /// Provisioned IOPS of a `cloud_auto` disk.
    #[param(range(0, 1_000_000))]
    pub provisioned_iops: Option<i64>,
    /// Storage cluster to make the disk in.
    pub storage_cluster_id: Option<String>,
}
