//! Disk categories: how large their disks may be, what they can do, and what they cost.

use serde::{Deserialize, Serialize};

use crate::catalog::money::Money;

/// More than any disk has, in GiB; also the most that requests can ask for.
const GIB_MAX: u64 = 65_536;

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

    /// The level of its disks, of which only cloud_essd has any: the one that was asked for, or PL1.
    pub fn level(self, asked: Option<PerformanceLevel>) -> Option<PerformanceLevel> {
        (self == DiskCategory::CloudEssd).then(|| asked.unwrap_or(PerformanceLevel::Pl1))
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

/// What disks may be and can do, by category: `disk_categories` of the world document.
///
/// Which categories and levels there are is part of the API; everything about them is a fact of the world.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiskFacts {
    cloud: DiskLimits,
    cloud_efficiency: DiskLimits,
    cloud_ssd: DiskLimits,
    cloud_essd: EssdLimits,
    cloud_auto: DiskLimits,
    cloud_essd_entry: DiskLimits,
    ephemeral_ssd: DiskLimits,
}

/// What enterprise SSDs may be and can do, by level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "UPPERCASE")]
struct EssdLimits {
    pl0: DiskLimits,
    pl1: DiskLimits,
    pl2: DiskLimits,
    pl3: DiskLimits,
}

/// What disks of one category and level may be and can do.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiskLimits {
    /// Sizes of a system disk.
    pub system_gib: Sizes,
    /// Sizes of a data disk.
    pub data_gib: Sizes,
    /// What all data disks of one instance may have together, in GiB.
    #[serde(default)]
    pub data_gib_of_instance: Option<u64>,
    /// Whether a disk can be encrypted.
    pub encryptable: bool,
    /// Whether a disk can be detached and attached elsewhere.
    pub portable: bool,
    /// What a GiB costs an hour, PostPaid.
    pub price_per_gib_hour: Money,
}

impl DiskLimits {
    /// What an hour of a disk of this size costs.
    pub fn hour(&self, size_gib: u64) -> Money {
        self.price_per_gib_hour * i64::try_from(size_gib).unwrap_or(i64::MAX)
    }

    fn validate(&self) -> Result<(), String> {
        for Sizes { min, max } in [self.system_gib, self.data_gib] {
            if min == 0 || min > max || max > GIB_MAX {
                return Err(format!("Disks have sizes from 1 to {GIB_MAX} GiB, not from {min} to {max}."));
            }
        }
        self.price_per_gib_hour.validate_price()
    }
}

/// Sizes in GiB, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// The smallest.
    pub min: u64,
    /// The largest.
    pub max: u64,
}

impl Sizes {
    /// Whether a disk may have this size.
    pub fn contains(&self, size_gib: u64) -> bool {
        (self.min..=self.max).contains(&size_gib)
    }
}

impl DiskFacts {
    /// Bounds, abilities and price; `level` counts for cloud_essd only, whose default is PL1.
    pub fn limits(&self, category: DiskCategory, level: Option<PerformanceLevel>) -> &DiskLimits {
        match category {
            DiskCategory::Cloud => &self.cloud,
            DiskCategory::CloudEfficiency => &self.cloud_efficiency,
            DiskCategory::CloudSsd => &self.cloud_ssd,
            DiskCategory::CloudEssd => match level.unwrap_or(PerformanceLevel::Pl1) {
                PerformanceLevel::Pl0 => &self.cloud_essd.pl0,
                PerformanceLevel::Pl1 => &self.cloud_essd.pl1,
                PerformanceLevel::Pl2 => &self.cloud_essd.pl2,
                PerformanceLevel::Pl3 => &self.cloud_essd.pl3,
            },
            DiskCategory::CloudAuto => &self.cloud_auto,
            DiskCategory::CloudEssdEntry => &self.cloud_essd_entry,
            DiskCategory::EphemeralSsd => &self.ephemeral_ssd,
        }
    }

    /// Sizes of system disks of a category, whatever their level.
    pub fn system_gib(&self, category: DiskCategory) -> Sizes {
        self.span(category, |limits| limits.system_gib)
    }

    /// Sizes of data disks of a category, whatever their level.
    pub fn data_gib(&self, category: DiskCategory) -> Sizes {
        self.span(category, |limits| limits.data_gib)
    }

    fn span(&self, category: DiskCategory, sizes: fn(&DiskLimits) -> Sizes) -> Sizes {
        let each = PerformanceLevel::ALL.iter().map(|level| sizes(self.limits(category, Some(*level))));
        let wider =
            |one: Sizes, other: Sizes| Sizes { min: one.min.min(other.min), max: one.max.max(other.max) };
        each.reduce(wider).unwrap_or(Sizes { min: 0, max: 0 })
    }

    /// Refuses values that no disk can have, with a sentence.
    pub fn validate(&self) -> Result<(), String> {
        let mut each = DiskCategory::ALL.iter().flat_map(|category| {
            PerformanceLevel::ALL.iter().map(|level| self.limits(*category, Some(*level)))
        });
        each.try_for_each(DiskLimits::validate)
    }
}

impl Default for DiskFacts {
    fn default() -> DiskFacts {
        let cloud_essd = EssdLimits {
            pl0: essd(1, 800),
            pl1: essd(20, 1500),
            pl2: essd(461, 3000),
            pl3: essd(1261, 6000),
        };
        DiskFacts {
            cloud: cloud((20, 500), (5, 2000), 500),
            cloud_efficiency: cloud((20, 2048), (20, 32768), 500),
            cloud_ssd: cloud((20, 2048), (20, 32768), 1500),
            cloud_essd,
            cloud_auto: cloud((1, 2048), (1, 65536), 1200),
            cloud_essd_entry: cloud((10, 2048), (10, 32768), 600),
            ephemeral_ssd: DiskLimits {
                data_gib_of_instance: Some(1024),
                encryptable: false,
                portable: false,
                ..cloud((20, 500), (5, 800), 700)
            },
        }
    }
}

fn essd(gib_min: u64, price_micros: i64) -> DiskLimits {
    cloud((gib_min, 2048), (gib_min, 65536), price_micros)
}

fn cloud(system_gib: (u64, u64), data_gib: (u64, u64), price_micros: i64) -> DiskLimits {
    let sizes = |(min, max)| Sizes { min, max };
    DiskLimits {
        system_gib: sizes(system_gib),
        data_gib: sizes(data_gib),
        data_gib_of_instance: None,
        encryptable: true,
        portable: true,
        price_per_gib_hour: Money::micros(price_micros),
    }
}
