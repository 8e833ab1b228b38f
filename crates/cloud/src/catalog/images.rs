//! Images: what they are, and the facts about them that an operator may change.

use serde::{Deserialize, Serialize};

use crate::catalog::instance_types;

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
}

impl ImageFacts {
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
        for family in &self.supported_families {
            if !instance_types::all().iter().any(|row| row.family() == family) {
                return Err(format!("{family} is no instance type family of the catalogue."));
            }
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
    Bios,
    /// The new way.
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
    IMAGES
}

/// The built-in image of this id.
pub fn find(id: &str) -> Option<&'static Image> {
    IMAGES.iter().find(|image| image.id == id)
}

/// The images of a new world, by id.
pub fn builtin_images() -> Vec<(String, ImageFacts)> {
    IMAGES.iter().map(|image| (image.id.to_owned(), image.facts())).collect()
}

static IMAGES: &[Image] = &[
    Image {
        nvme_support: true,
        ..linux(
            "aliyun_3_x64_20G_alibase_20230727.vhd",
            ["Alibaba Cloud Linux 3.2104 LTS 64位", "Alibaba Cloud Linux 3.2104 LTS 64 bit"],
            "Aliyun",
            "acs:alibaba_cloud_linux_3_2104_lts_x64",
            "2023-07-27T08:00:00Z",
        )
    },
    linux(
        "aliyun_2_1903_x64_20G_alibase_20230731.vhd",
        ["Alibaba Cloud Linux 2.1903 LTS 64位", "Alibaba Cloud Linux 2.1903 LTS 64 bit"],
        "Aliyun",
        "acs:alibaba_cloud_linux_2_1903_lts_x64",
        "2023-07-31T08:00:00Z",
    ),
    Image {
        architecture: ImageArchitecture::Arm64,
        boot_mode: BootMode::Uefi,
        nvme_support: true,
        ..linux(
            "aliyun_3_arm64_20G_alibase_20230731.vhd",
            [
                "Alibaba Cloud Linux 3.2104 LTS 64位 ARM版",
                "Alibaba Cloud Linux 3.2104 LTS 64 bit ARM Edition",
            ],
            "Aliyun",
            "acs:alibaba_cloud_linux_3_2104_lts_arm64",
            "2023-07-31T08:00:00Z",
        )
    },
    linux(
        "centos_7_9_x64_20G_alibase_20230815.vhd",
        ["CentOS 7.9 64位", "CentOS 7.9 64 bit"],
        "CentOS",
        "acs:centos_7_9_x64",
        "2023-08-15T08:00:00Z",
    ),
    linux(
        "centos_6_10_x64_20G_alibase_20201120.vhd",
        ["CentOS 6.10 64位", "CentOS 6.10 64 bit"],
        "CentOS",
        "acs:centos_6_10_x64",
        "2020-11-20T08:00:00Z",
    ),
    linux(
        "ubuntu_18_04_x64_20G_alibase_20230718.vhd",
        ["Ubuntu 18.04 64位", "Ubuntu 18.04 64 bit"],
        "Ubuntu",
        "acs:ubuntu_18_04_x64",
        "2023-07-18T08:00:00Z",
    ),
    linux(
        "ubuntu_20_04_x64_20G_alibase_20230718.vhd",
        ["Ubuntu 20.04 64位", "Ubuntu 20.04 64 bit"],
        "Ubuntu",
        "acs:ubuntu_20_04_x64",
        "2023-07-18T08:00:00Z",
    ),
    Image {
        nvme_support: true,
        ..linux(
            "ubuntu_22_04_x64_20G_alibase_20230718.vhd",
            ["Ubuntu 22.04 64位", "Ubuntu 22.04 64 bit"],
            "Ubuntu",
            "acs:ubuntu_22_04_x64",
            "2023-07-18T08:00:00Z",
        )
    },
    Image {
        architecture: ImageArchitecture::I386,
        size_gib: 40,
        ..linux(
            "ubuntu_14_0405_32_40G_alibase_20170711.vhd",
            ["Ubuntu 14.04 32位", "Ubuntu 14.04 32 bit"],
            "Ubuntu",
            "acs:ubuntu_14_04_x86",
            "2017-07-11T08:00:00Z",
        )
    },
    Image {
        architecture: ImageArchitecture::I386,
        io_optimized: false,
        is_support_cloudinit: false,
        ..linux(
            "_32_23c472_20120822172155_aliguest.vhd",
            ["Linux 32位", "Linux 32 bit"],
            "Others Linux",
            "",
            "2012-08-22T17:21:55Z",
        )
    },
    linux(
        "debian_11_7_x64_20G_alibase_20230718.vhd",
        ["Debian 11.7 64位", "Debian 11.7 64 bit"],
        "Debian",
        "acs:debian_11_7_x64",
        "2023-07-18T08:00:00Z",
    ),
    linux(
        "rockylinux_9_2_x64_20G_alibase_20230718.vhd",
        ["Rocky Linux 9.2 64位", "Rocky Linux 9.2 64 bit"],
        "Rocky Linux",
        "acs:rockylinux_9_2_x64",
        "2023-07-18T08:00:00Z",
    ),
    windows(
        "win2012r2_9600_x64_dtc_en-us_40G_alibase_20230718.vhd",
        [
            "Windows Server 2012 R2 数据中心版 64位英文版",
            "Windows Server 2012 R2 Datacenter Edition 64bit English Edition",
        ],
        "Windows Server 2012",
        "acs:windows_server_2012_r2_x64_en",
        "2023-07-18T08:00:00Z",
    ),
    windows(
        "win2016_64_dtc_1607_en-us_40G_alibase_20181220.vhd",
        [
            "Windows Server 2016 数据中心版 64位英文版",
            "Windows Server 2016 Datacenter Edition 64bit English Edition",
        ],
        "Windows Server 2016",
        "acs:windows_server_2016_x64_en",
        "2018-12-20T08:00:00Z",
    ),
    windows(
        "win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd",
        [
            "Windows Server 2019 数据中心版 64位英文版",
            "Windows Server 2019 Datacenter Edition 64bit English Edition",
        ],
        "Windows Server 2019",
        "acs:windows_server_2019_x64_en",
        "2022-12-21T08:00:00Z",
    ),
    windows(
        "win2022_21H2_x64_dtc_en-us_40G_alibase_20230718.vhd",
        [
            "Windows Server 2022 数据中心版 64位英文版",
            "Windows Server 2022 Datacenter Edition 64bit English Edition",
        ],
        "Windows Server 2022",
        "acs:windows_server_2022_x64_en",
        "2023-07-18T08:00:00Z",
    ),
    market(
        "m-bp1market0000000lamp01",
        ["LAMP 环境（CentOS 7.9 64位）", "LAMP stack (CentOS 7.9 64 bit)"],
        "cmjj000001",
    ),
    Image {
        supported_families: &["ecs.gn5", "ecs.gn6i", "ecs.gn6v"],
        ..market(
            "m-bp1market0000000gpu001",
            ["GPU 计算环境（CentOS 7.9 64位）", "GPU stack (CentOS 7.9 64 bit)"],
            "cmgj000002",
        )
    },
];

const fn linux(
    id: &'static str,
    [os_name_zh, os_name_en]: [&'static str; 2],
    platform: &'static str,
    image_family: &'static str,
    creation_time: &'static str,
) -> Image {
    Image {
        id,
        os_name_zh,
        os_name_en,
        platform,
        image_family,
        boot_mode: BootMode::Bios,
        creation_time,
        owner_alias: OwnerAlias::System,
        is_support_cloudinit: true,
        nvme_support: false,
        os_type: OsType::Linux,
        architecture: ImageArchitecture::X86_64,
        size_gib: 20,
        io_optimized: true,
        product_code: None,
        supported_families: &[],
    }
}

const fn windows(
    id: &'static str,
    os_name: [&'static str; 2],
    platform: &'static str,
    image_family: &'static str,
    creation_time: &'static str,
) -> Image {
    Image {
        os_type: OsType::Windows,
        size_gib: 40,
        is_support_cloudinit: false,
        ..linux(id, os_name, platform, image_family, creation_time)
    }
}

const fn market(id: &'static str, os_name: [&'static str; 2], product_code: &'static str) -> Image {
    Image {
        owner_alias: OwnerAlias::Marketplace,
        product_code: Some(product_code),
        size_gib: 40,
        ..linux(id, os_name, "CentOS", "", "2023-08-20T08:00:00Z")
    }
}
