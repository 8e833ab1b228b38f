//! Disk categories: how large their disks may be, what they can do, and what they cost.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::catalog::money::Money;

/// What all ephemeral_ssd data disks of one instance may have together, in GiB.
pub const EPHEMERAL_DATA_GIB_MAX: u64 = 1024;

/// A kind of disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiskCategory {
    /// Basic cloud disk.
    Cloud,
    /// Ultra disk.
    CloudEfficiency,
    /// Standard SSD.
    CloudSsd,
    /// Enterprise SSD, which comes in performance levels.
    CloudEssd,
    /// Enterprise SSD AutoPL.
    CloudAuto,
    /// Enterprise SSD Entry.
    CloudEssdEntry,
    /// Local SSD of the host, made with its instance and gone with it.
    EphemeralSsd,
}

impl DiskCategory {
    /// Every category.
    pub const ALL: &'static [DiskCategory] = &[
        DiskCategory::Cloud,
        DiskCategory::CloudEfficiency,
        DiskCategory::CloudSsd,
        DiskCategory::CloudEssd,
        DiskCategory::CloudAuto,
        DiskCategory::CloudEssdEntry,
        DiskCategory::EphemeralSsd,
    ];

    /// The name that requests and answers use.
    pub const fn wire_name(self) -> &'static str {
        match self {
            DiskCategory::Cloud => "cloud",
            DiskCategory::CloudEfficiency => "cloud_efficiency",
            DiskCategory::CloudSsd => "cloud_ssd",
            DiskCategory::CloudEssd => "cloud_essd",
            DiskCategory::CloudAuto => "cloud_auto",
            DiskCategory::CloudEssdEntry => "cloud_essd_entry",
            DiskCategory::EphemeralSsd => "ephemeral_ssd",
        }
    }

    /// The category of this wire name.
    pub fn find(wire_name: &str) -> Option<DiskCategory> {
        DiskCategory::ALL.iter().copied().find(|category| category.wire_name() == wire_name)
    }

    /// Whether only accounts with a grant may use it.
    pub const fn needs_grant(self) -> bool {
        matches!(self, DiskCategory::EphemeralSsd)
    }

    /// Bounds, abilities and price; `level` counts for cloud_essd only, whose default is PL1.
    pub fn limits(self, level: Option<PerformanceLevel>) -> &'static DiskLimits {
        let level = match self {
            DiskCategory::CloudEssd => Some(level.unwrap_or(PerformanceLevel::Pl1)),
            _ => None,
        };
        LIMITS
            .iter()
            .find(|limits| limits.category == self && limits.level == level)
            .expect("the table has a row for every category and level")
    }
}

/// How fast an enterprise SSD is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum PerformanceLevel {
    /// Slowest and cheapest.
    Pl0,
    /// The default.
    Pl1,
    /// Fast.
    Pl2,
    /// Fastest.
    Pl3,
}

impl PerformanceLevel {
    /// Every level.
    pub const ALL: &'static [PerformanceLevel] =
        &[PerformanceLevel::Pl0, PerformanceLevel::Pl1, PerformanceLevel::Pl2, PerformanceLevel::Pl3];

    /// The name that requests and answers use.
    pub const fn wire_name(self) -> &'static str {
        match self {
            PerformanceLevel::Pl0 => "PL0",
            PerformanceLevel::Pl1 => "PL1",
            PerformanceLevel::Pl2 => "PL2",
            PerformanceLevel::Pl3 => "PL3",
        }
    }

    /// The level of this wire name.
    pub fn find(wire_name: &str) -> Option<PerformanceLevel> {
        PerformanceLevel::ALL.iter().copied().find(|level| level.wire_name() == wire_name)
    }
}

/// What disks of one category and level may be and can do.
#[derive(Debug)]
pub struct DiskLimits {
    /// Kind of disk.
    pub category: DiskCategory,
    /// Level, for enterprise SSDs.
    pub level: Option<PerformanceLevel>,
    /// Sizes of a system disk in GiB.
    pub system_gib: RangeInclusive<u64>,
    /// Sizes of a data disk in GiB.
    pub data_gib: RangeInclusive<u64>,
    /// Whether a disk can be encrypted.
    pub encryptable: bool,
    /// Whether a disk can be detached and attached elsewhere.
    pub portable: bool,
    /// What a GiB costs an hour, PostPaid.
    pub price_per_gib_hour: Money,
}

/// Every row of the table.
pub fn all() -> &'static [DiskLimits] {
    LIMITS
}

/// Sizes in GiB of system disks of a category, whatever their level.
pub fn system_gib(category: DiskCategory) -> RangeInclusive<u64> {
    span(category, |limits| &limits.system_gib)
}

/// Sizes in GiB of data disks of a category, whatever their level.
pub fn data_gib(category: DiskCategory) -> RangeInclusive<u64> {
    span(category, |limits| &limits.data_gib)
}

fn span(category: DiskCategory, sizes: fn(&DiskLimits) -> &RangeInclusive<u64>) -> RangeInclusive<u64> {
    let rows = || LIMITS.iter().filter(|limits| limits.category == category).map(sizes);
    let min = rows().map(|gib| *gib.start()).min().unwrap_or_default();
    let max = rows().map(|gib| *gib.end()).max().unwrap_or_default();
    min..=max
}

static LIMITS: &[DiskLimits] = &[
    cloud(DiskCategory::Cloud, 20..=500, 5..=2000, 500),
    cloud(DiskCategory::CloudEfficiency, 20..=2048, 20..=32768, 500),
    cloud(DiskCategory::CloudSsd, 20..=2048, 20..=32768, 1500),
    essd(PerformanceLevel::Pl0, 1, 800),
    essd(PerformanceLevel::Pl1, 20, 1500),
    essd(PerformanceLevel::Pl2, 461, 3000),
    essd(PerformanceLevel::Pl3, 1261, 6000),
    cloud(DiskCategory::CloudAuto, 1..=2048, 1..=65536, 1200),
    cloud(DiskCategory::CloudEssdEntry, 10..=2048, 10..=32768, 600),
    DiskLimits {
        category: DiskCategory::EphemeralSsd,
        level: None,
        system_gib: 20..=500,
        data_gib: 5..=800,
        encryptable: false,
        portable: false,
        price_per_gib_hour: Money::micros(700),
    },
];

const fn cloud(
    category: DiskCategory,
    system_gib: RangeInclusive<u64>,
    data_gib: RangeInclusive<u64>,
    price_micros: i64,
) -> DiskLimits {
    let price_per_gib_hour = Money::micros(price_micros);
    DiskLimits {
        category,
        level: None,
        system_gib,
        data_gib,
        encryptable: true,
        portable: true,
        price_per_gib_hour,
    }
}

const fn essd(level: PerformanceLevel, gib_min: u64, price_micros: i64) -> DiskLimits {
    DiskLimits {
        category: DiskCategory::CloudEssd,
        level: Some(level),
        system_gib: gib_min..=2048,
        data_gib: gib_min..=65536,
        encryptable: true,
        portable: true,
        price_per_gib_hour: Money::micros(price_micros),
    }
}
