//! An image as replies show it.

use moyun_derive::Shape;
use moyun_store::Key;

use crate::catalog::accounts::AccountFacts;
use crate::catalog::images::DataDiskMapping;
use crate::cx::Cx;
use crate::ecs::image::shelf::ImageEntry;
use crate::ecs::image::source::SYSTEM_DEVICE;
use crate::ecs::instance::record::{BY_IMAGE, Instance};
use crate::errors::ApiError;
use crate::tags::{self, EcsTag};
use crate::world::Fact;

/// An image.
#[derive(Shape)]
pub struct Image {
    /// ID of the image.
    image_id: String,
    /// Name of the image.
    image_name: String,
    /// Description of the image.
    description: String,
    /// Family by which the newest image of its kind is found.
    image_family: String,
    /// Version of the image.
    image_version: String,
    /// `system`, `self`, `others` or `marketplace`.
    image_owner_alias: &'static str,
    /// The account that made it; not there for images of the cloud and of the marketplace.
    image_owner_id: Option<i64>,
    /// `Creating`, `Available`, `UnAvailable` or `Deprecated`.
    status: &'static str,
    /// How much of it is made, such as `100%`.
    progress: String,
    /// When it was made.
    creation_time: String,
    /// Name of its system in Chinese.
    #[shape(name = "OSName")]
    os_name: String,
    /// Name of its system in English.
    #[shape(name = "OSNameEn")]
    os_name_en: String,
    /// `linux` or `windows`.
    #[shape(name = "OSType")]
    os_type: &'static str,
    /// Distribution of its system.
    platform: String,
    /// `i386`, `x86_64` or `arm64`.
    architecture: &'static str,
    /// `BIOS` or `UEFI`.
    boot_mode: &'static str,
    /// Size of the system disk in GiB.
    size: u64,
    /// Whether it has drivers for I/O optimized instances.
    is_support_io_optimized: bool,
    /// Whether its system runs cloud-init.
    is_support_cloudinit: bool,
    /// What its system can do.
    features: Features,
    /// Product code of the marketplace; empty for other images.
    product_code: String,
    /// Whether the account has a licence of the product.
    is_subscribed: bool,
    /// Whether it was copied from another region.
    is_copied: bool,
    /// Whether its owner published it for everybody.
    is_public: bool,
    /// Whether the account shares it with others; empty for images that are not its own.
    is_self_shared: &'static str,
    /// Whether it can be used.
    usable: bool,
    /// `instance` when instances of the account were made from it, else `none`.
    usage: &'static str,
    /// Resource group of an image of one's own.
    resource_group_id: String,
    /// Data disks that come with it.
    #[shape(list = "DiskDeviceMapping")]
    disk_device_mappings: Vec<DiskDeviceMapping>,
    /// Tags of the image.
    #[shape(list = "Tag")]
    tags: Vec<EcsTag>,
}

/// What the system of an image can do.
#[derive(Shape)]
struct Features {
    /// Whether it knows NVMe disks: `supported` or `unsupported`.
    nvme_support: &'static str,
}

/// A disk that comes with an image.
#[derive(Shape)]
struct DiskDeviceMapping {
    /// Device that the guest sees it as.
    device: String,
    /// Size in GiB.
    size: String,
    /// `system` or `data`.
    #[shape(name = "Type")]
    kind: &'static str,
    /// Snapshot that fills it.
    snapshot_id: String,
    /// Whether it is encrypted.
    encrypted: bool,
    /// Format of an imported image; empty for others.
    format: &'static str,
    /// How much of it is made, such as `100%`.
    progress: String,
    /// In how many seconds it is made.
    remain_time: i64,
    /// Bucket of an imported image; empty for others.
    #[shape(name = "ImportOSSBucket")]
    import_oss_bucket: &'static str,
    /// Object of an imported image; empty for others.
    #[shape(name = "ImportOSSObject")]
    import_oss_object: &'static str,
}

impl Image {
    /// Shows an image to the caller.
    pub(super) fn of(entry: ImageEntry, cx: &Cx<'_>) -> Result<Image, ApiError> {
        let account = Fact::of_account(&cx.tx, cx.account())?;
        let is_used = is_used(cx, &entry.id)?;
        Ok(image(entry, is_used, &account))
    }
}

fn image(entry: ImageEntry, is_used: bool, account: &AccountFacts) -> Image {
    let subscriptions = &account.marketplace.subscriptions;
    let code = entry.facts.product_code.as_ref();
    Image {
        status: entry.state.wire_name(),
        progress: progress(&entry),
        os_type: entry.facts.os_type.wire_name(),
        architecture: entry.facts.architecture.wire_name(),
        is_subscribed: code.is_some_and(|code| subscriptions.contains_key(code)),
        usable: entry.is_usable(),
        usage: usage_word(is_used),
        tags: tags::ecs(&entry.tags),
        disk_device_mappings: disk_device_mappings(&entry),
        features: Features { nvme_support: if entry.nvme_support { "supported" } else { "unsupported" } },
        image_id: entry.id,
        image_name: entry.name,
        description: entry.description,
        image_family: entry.family,
        image_version: entry.version,
        image_owner_alias: entry.owner_alias,
        image_owner_id: entry.owner_id,
        creation_time: entry.creation_time,
        os_name: entry.os_name_zh,
        os_name_en: entry.os_name_en,
        platform: entry.platform,
        boot_mode: entry.boot_mode.wire_name(),
        size: entry.facts.size,
        is_support_io_optimized: entry.facts.io_optimized,
        is_support_cloudinit: entry.cloudinit,
        product_code: entry.facts.product_code.unwrap_or_default(),
        is_copied: entry.is_copied,
        is_public: entry.is_public,
        is_self_shared: entry.is_self_shared.map_or("", |is_shared| if is_shared { "true" } else { "false" }),
        resource_group_id: entry.resource_group_id,
    }
}

/// The disks of an image; of one that an account made, its system disk first.
fn disk_device_mappings(entry: &ImageEntry) -> Vec<DiskDeviceMapping> {
    let size = entry.facts.size;
    let is_custom = entry.owner_id.is_some();
    let system = is_custom.then(|| DataDiskMapping {
        device: SYSTEM_DEVICE.to_owned(),
        size,
        snapshot_id: entry.system_snapshot.as_ref().map(ToString::to_string),
        encrypted: entry.encrypted,
    });
    let of_kind = |disk: &DataDiskMapping, kind| DiskDeviceMapping {
        device: disk.device.clone(),
        size: disk.size.to_string(),
        kind,
        snapshot_id: disk.snapshot_id.clone().unwrap_or_default(),
        encrypted: disk.encrypted,
        format: "",
        progress: progress(entry),
        remain_time: entry.seconds_left,
        import_oss_bucket: "",
        import_oss_object: "",
    };
    let data = entry.facts.data_disks.iter().map(|disk| of_kind(disk, "data"));
    system.iter().map(|disk| of_kind(disk, "system")).chain(data).collect()
}

fn progress(entry: &ImageEntry) -> String {
    format!("{}%", entry.percent)
}

/// Whether an instance of the caller in the region was made from an image.
pub(super) fn is_used(cx: &Cx<'_>, id: &str) -> Result<bool, ApiError> {
    let here = Key::new().text(cx.account()).text(cx.region()).text(id);
    Ok(!cx.tx.index_keys::<Instance>(BY_IMAGE, &here, 0, 1)?.is_empty())
}

/// What DescribeImages calls that.
pub(super) fn usage_word(is_used: bool) -> &'static str {
    if is_used { "instance" } else { "none" }
}
