//! Images: what they are, and the facts about them that an operator may change.

use serde::{Deserialize, Serialize};

use crate::catalog::image_rows::ROWS;
use crate::catalog::text::UtcSecond;

/// What never changes about a built-in image.
#[derive(Debug)]
pub struct Image {
    /// Name in requests.
    pub id: &'static str,
    /// System, in Chinese.
    pub os_name_zh: &'static str,
    /// System, in English.
    pub os_name_en: &'static str,
    /// Distribution, in the words of DescribeImages.
    pub platform: &'static str,
    /// Family by which the newest image of its kind is found; marketplace images have none.
    pub image_family: &'static str,
    /// How it starts.
    pub boot_mode: BootMode,
    /// When it was published, as answers write it.
    pub creation_time: &'static str,
    /// Whose image it is.
    pub owner_alias: OwnerAlias,
    /// Whether its system runs cloud-init.
    pub is_support_cloudinit: bool,
    /// Whether its system knows NVMe disks.
    pub nvme_support: bool,
    /// Kind of system.
    pub os_type: OsType,
    /// Processors that it runs on.
    pub architecture: ImageArchitecture,
    /// Size in GiB.
    pub size_gib: u64,
    /// Whether it has drivers for I/O optimized instances.
    pub io_optimized: bool,
    /// Product code of the marketplace.
    pub product_code: Option<&'static str>,
    /// Families that it runs on; empty means that only the architecture counts.
    pub supported_families: &'static [&'static str],
}

impl Image {
    /// The facts that a new world starts from.
    pub fn facts(&self) -> ImageFacts {
        ImageFacts {
            status: ImageStatus::Available,
            product_code: self.product_code.map(str::to_owned),
            market_state: MarketState::Listed,
            io_optimized: self.io_optimized,
            architecture: self.architecture,
            bits: self.architecture.bits(),
            os_type: self.os_type,
            size: self.size_gib,
            supported_families: self.supported_families.iter().map(|family| (*family).to_owned()).collect(),
            data_disks: Vec::new(),
            label: None,
        }
    }

    /// What lists tell about it while the world says nothing else.
    pub fn label(&self) -> ImageLabel {
        ImageLabel {
            os_name: self.os_name_en.to_owned(),
            os_name_zh: self.os_name_zh.to_owned(),
            platform: self.platform.to_owned(),
            image_family: self.image_family.to_owned(),
            boot_mode: self.boot_mode,
            creation_time: UtcSecond::try_from(self.creation_time.to_owned()).ok(),
            cloudinit: self.is_support_cloudinit,
            nvme_support: self.nvme_support,
        }
    }
}

/// The facts about an image: `images.M` of the world document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImageFacts {
    /// Whether it can be used.
    pub status: ImageStatus,
    /// Product code of the marketplace, if it comes from there.
    #[serde(default)]
    pub product_code: Option<String>,
    /// Whether the marketplace still offers it; counts only with a product code.
    pub market_state: MarketState,
    /// Whether it has drivers for I/O optimized instances.
    pub io_optimized: bool,
    /// Processors that it runs on.
    pub architecture: ImageArchitecture,
    /// Word length of its system, 32 or 64.
    pub bits: u8,
    /// Kind of system.
    pub os_type: OsType,
    /// Size in GiB.
    pub size: u64,
    /// Families that it runs on; empty means that only the architecture counts.
    #[serde(default)]
    pub supported_families: Vec<String>,
    /// Data disks that come with it.
    #[serde(default)]
    pub data_disks: Vec<DataDiskMapping>,
    /// What lists tell about it; None where that is as built in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<ImageLabel>,
}

/// What lists tell about an image, and creations do not ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImageLabel {
    /// System, in English.
    pub os_name: String,
    /// System, in Chinese.
    pub os_name_zh: String,
    /// Distribution, in the words of DescribeImages.
    pub platform: String,
    /// Family by which the newest image of its kind is found; empty without one.
    #[serde(default)]
    pub image_family: String,
    /// How it starts.
    pub boot_mode: BootMode,
    /// When it was published.
    #[serde(default)]
    pub creation_time: Option<UtcSecond>,
    /// Whether its system runs cloud-init.
    #[serde(default)]
    pub cloudinit: bool,
    /// Whether its system knows NVMe disks.
    #[serde(default)]
    pub nvme_support: bool,
}

impl Default for ImageLabel {
    /// An image of which nobody said anything.
    fn default() -> ImageLabel {
        ImageLabel {
            os_name: String::new(),
            os_name_zh: String::new(),
            platform: String::new(),
            image_family: String::new(),
            boot_mode: BootMode::Bios,
            creation_time: None,
            cloudinit: false,
            nvme_support: false,
        }
    }
}

impl ImageFacts {
    /// What lists tell about the image of this name.
    pub fn label_of(&self, id: &str) -> ImageLabel {
        let built_in = || find(id).map(Image::label).unwrap_or_default();
        self.label.clone().unwrap_or_else(built_in)
    }

    /// Refuses values that no image can have, with a sentence.
    pub fn validate(&self) -> Result<(), String> {
        if self.size == 0 {
            return Err("An image has a size above zero.".to_owned());
        }
        if self.bits != self.architecture.bits() {
            let (bits, name) = (self.architecture.bits(), self.architecture.wire_name());
            return Err(format!("A system for {name} has {bits} bits, not {}.", self.bits));
        }
        if self.product_code.as_deref() == Some("") {
            return Err("A product code is not empty; images from elsewhere have none.".to_owned());
        }
        if self.data_disks.iter().any(|disk| disk.size == 0) {
            return Err("A data disk of an image has a size above zero.".to_owned());
        }
        Ok(())
    }
}

/// A data disk that comes with an image.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataDiskMapping {
    /// Device that the guest sees it as.
    pub device: String,
    /// Size in GiB.
    pub size: u64,
    /// Snapshot that fills it.
    #[serde(default)]
    pub snapshot_id: Option<String>,
    /// Whether it is encrypted.
    #[serde(default)]
    pub encrypted: bool,
}

/// Whether an image can be used, in the words of DescribeImages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImageStatus {
    /// It can.
    Available,
    /// It is disabled.
    UnAvailable,
    /// It can, but a newer one should be used.
    Deprecated,
}

/// Whether the marketplace offers an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarketState {
    /// It does.
    Listed,
    /// It was taken down.
    Removed,
}

/// Kind of operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OsType {
    /// Any Linux.
    Linux,
    /// Any Windows.
    Windows,
}

impl OsType {
    /// The name that answers use.
    pub const fn wire_name(self) -> &'static str {
        match self {
            OsType::Linux => "linux",
            OsType::Windows => "windows",
        }
    }
}

/// Processors that an image runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ImageArchitecture {
    /// x86, 32 bits.
    I386,
    /// x86, 64 bits.
    X86_64,
    /// ARM, 64 bits.
    Arm64,
}

impl ImageArchitecture {
    /// The name that requests and answers use.
    pub const fn wire_name(self) -> &'static str {
        match self {
            ImageArchitecture::I386 => "i386",
            ImageArchitecture::X86_64 => "x86_64",
            ImageArchitecture::Arm64 => "arm64",
        }
    }

    /// Word length of its systems.
    pub const fn bits(self) -> u8 {
        match self {
            ImageArchitecture::I386 => 32,
            ImageArchitecture::X86_64 | ImageArchitecture::Arm64 => 64,
        }
    }
}

/// How an image starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BootMode {
    /// The old way.
    #[serde(rename = "BIOS", alias = "Bios")]
    Bios,
    /// The new way.
    #[serde(rename = "UEFI", alias = "Uefi")]
    Uefi,
}

impl BootMode {
    /// The name that answers use.
    pub const fn wire_name(self) -> &'static str {
        match self {
            BootMode::Bios => "BIOS",
            BootMode::Uefi => "UEFI",
        }
    }
}

/// Whose image it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerAlias {
    /// The cloud's own.
    System,
    /// From the marketplace.
    Marketplace,
}

impl OwnerAlias {
    /// The name that answers use.
    pub const fn wire_name(self) -> &'static str {
        match self {
            OwnerAlias::System => "system",
            OwnerAlias::Marketplace => "marketplace",
        }
    }
}

/// Every built-in image; all of them are in every region.
pub fn all() -> &'static [Image] {
    ROWS
}

/// The built-in image of this id.
pub fn find(id: &str) -> Option<&'static Image> {
    ROWS.iter().find(|image| image.id == id)
}

/// The images of a new world, by id.
pub fn builtin_images() -> Vec<(String, ImageFacts)> {
    ROWS.iter().map(|image| (image.id.to_owned(), image.facts())).collect()
}
