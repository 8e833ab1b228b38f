//! How fast disks are.

use crate::catalog::disk_categories::{DiskCategory, PerformanceLevel};
use crate::ecs::disk::record::Disk;

/// The most that a disk does in a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speed {
    /// Operations.
    pub iops: u64,
    /// MB.
    pub throughput: u64,
}

/// How the speed of a category grows with the size.
struct Growth {
    iops_base: u64,
    iops_per_gib: u64,
    iops_max: u64,
    throughput_base: u64,
    throughput_per_100_gib: u64,
    throughput_max: u64,
}

/// The speed of a disk.
pub fn speed(disk: &Disk) -> Speed {
    let growth = growth(disk.category, disk.performance_level);
    let iops = (growth.iops_base + growth.iops_per_gib * disk.size_gib).min(growth.iops_max);
    let provisioned = disk.provisioned_iops.and_then(|iops| u64::try_from(iops).ok()).unwrap_or(0);
    let grown = growth.throughput_per_100_gib * disk.size_gib / 100;
    Speed {
        iops: if disk.category == DiskCategory::CloudAuto { iops + provisioned } else { iops },
        throughput: (growth.throughput_base + grown).min(growth.throughput_max),
    }
}

/// The most IOPS that can be provisioned for a cloud_auto disk of this size beside those that the size gives.
pub fn provisioned_iops_max(size_gib: u64) -> u64 {
    let growth = growth(DiskCategory::CloudAuto, None);
    let given = (growth.iops_base + growth.iops_per_gib * size_gib).min(growth.iops_max);
    (1000 * size_gib).saturating_sub(given).min(50_000)
}

fn growth(category: DiskCategory, level: Option<PerformanceLevel>) -> Growth {
    match (category, level) {
        (DiskCategory::Cloud, _) => grows([300, 0, 300], [40, 0, 40]),
        (DiskCategory::CloudEfficiency, _) => grows([1800, 8, 5000], [100, 15, 140]),
        (DiskCategory::CloudSsd, _) => grows([1800, 30, 25_000], [120, 50, 300]),
        (DiskCategory::CloudEssdEntry, _) => grows([1800, 8, 6000], [100, 15, 150]),
        (DiskCategory::CloudEssd, Some(PerformanceLevel::Pl0)) => grows([1800, 12, 10_000], [100, 25, 180]),
        (DiskCategory::CloudEssd, Some(PerformanceLevel::Pl2)) => grows([4000, 50, 100_000], [120, 50, 750]),
        (DiskCategory::CloudEssd, Some(PerformanceLevel::Pl3)) => {
            grows([4000, 50, 1_000_000], [120, 50, 4000])
        }
        (DiskCategory::CloudEssd | DiskCategory::CloudAuto, _) => grows([1800, 50, 50_000], [120, 50, 350]),
        (DiskCategory::EphemeralSsd, _) => grows([12_000, 0, 12_000], [300, 0, 300]),
    }
}

const fn grows(iops: [u64; 3], throughput: [u64; 3]) -> Growth {
    let [iops_base, iops_per_gib, iops_max] = iops;
    let [throughput_base, throughput_per_100_gib, throughput_max] = throughput;
    Growth { iops_base, iops_per_gib, iops_max, throughput_base, throughput_per_100_gib, throughput_max }
}
