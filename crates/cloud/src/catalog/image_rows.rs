//! The table of built-in images.

use crate::catalog::images::{BootMode, Image, ImageArchitecture, OsType, OwnerAlias};

pub(in crate::catalog) static ROWS: &[Image] = &[
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
