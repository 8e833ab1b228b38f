//! What a zone offers: which type goes there in which network, I/O mode and with which disks.
//!
//! The lists of resources and the creation of instances ask the same functions, so that what is shown as
//! available is what can be made.

use crate::catalog::accounts::AccountFacts;
use crate::catalog::disk_categories::DiskCategory;
use crate::catalog::images::{ImageArchitecture, ImageFacts, OsType};
use crate::catalog::instance_types::{Architecture, InstanceType, NetworkType};
use crate::catalog::zones::{Access, Creatable, Lifecycle, Sale, Stock, ZoneFacts};

/// Whether a zone offers a type in this network and I/O mode with this system disk.
///
/// Whether it takes instances, is on sale and open to the account, and has a unit left, are questions of their own.
pub fn zone_offers(
    zone: &ZoneFacts,
    kind: &InstanceType,
    network: NetworkType,
    io_optimized: bool,
    system_disk_category: DiskCategory,
) -> bool {
    zone_places(zone, kind, network, io_optimized)
        && system_disk_categories(zone, kind, io_optimized).contains(&system_disk_category)
}

/// Whether a zone has a place for a type in this network and I/O mode, whatever its disks.
pub fn zone_places(zone: &ZoneFacts, kind: &InstanceType, network: NetworkType, io_optimized: bool) -> bool {
    zone_has_type(zone, kind)
        && type_runs(kind, network, io_optimized)
        && zone_has_mode(zone, network, io_optimized)
}

/// Whether a type exists in this network and I/O mode anywhere.
pub fn type_runs(kind: &InstanceType, network: NetworkType, io_optimized: bool) -> bool {
    kind.io_optimized.allows(io_optimized) && kind.network_types.contains(&network)
}

/// Whether a zone has a type at all.
pub fn zone_has_type(zone: &ZoneFacts, kind: &InstanceType) -> bool {
    zone.lifecycle == Lifecycle::Active && zone.instance_types.contains(&kind.id)
}

/// Whether a zone has places in this network and I/O mode.
pub fn zone_has_mode(zone: &ZoneFacts, network: NetworkType, io_optimized: bool) -> bool {
    let is_closed = network == NetworkType::Vpc && io_optimized && !zone.vpc_io_optimized;
    zone.network_types.contains(&network) && !is_closed
}

/// The system disks that a type takes in a zone, in the order of [`DiskCategory::ALL`].
pub fn system_disk_categories(
    zone: &ZoneFacts,
    kind: &InstanceType,
    io_optimized: bool,
) -> Vec<DiskCategory> {
    let fits = |category: &DiskCategory| {
        zone_has_category(zone, *category) && kind.disks(io_optimized).contains(category)
    };
    DiskCategory::ALL.iter().copied().filter(fits).collect()
}

/// The data disks that a type takes in a zone beside a system disk of this category.
pub fn data_disk_categories(
    zone: &ZoneFacts,
    kind: &InstanceType,
    io_optimized: bool,
    system_disk_category: DiskCategory,
) -> Vec<DiskCategory> {
    let mut categories = system_disk_categories(zone, kind, io_optimized);
    categories.retain(|category| data_disk_goes_with(*category, system_disk_category));
    categories
}

/// Whether a data disk can stand beside a system disk: local SSDs only beside a local SSD.
pub fn data_disk_goes_with(data: DiskCategory, system: DiskCategory) -> bool {
    data != DiskCategory::EphemeralSsd || system == DiskCategory::EphemeralSsd
}

/// Whether a zone has disks of this category.
pub fn zone_has_category(zone: &ZoneFacts, category: DiskCategory) -> bool {
    zone.disk_categories.contains(&category)
}

/// The system disk of a request that names none; None when type and zone have neither of the two.
pub fn default_system_disk_category(
    zone: &ZoneFacts,
    kind: &InstanceType,
    io_optimized: bool,
) -> Option<DiskCategory> {
    let wanted: &[DiskCategory] = match io_optimized {
        true => &[DiskCategory::CloudEfficiency, DiskCategory::CloudEssd],
        false => &[DiskCategory::Cloud],
    };
    let offered = system_disk_categories(zone, kind, io_optimized);
    wanted.iter().copied().find(|category| offered.contains(category))
}

/// The I/O mode of a request that names none: optimized wherever the type can be, old types excepted.
pub fn default_io_optimized(kind: &InstanceType) -> bool {
    !(kind.retired && kind.io_optimized.allows(false))
}

/// Whether a zone takes things of this kind at all, on sale or not.
pub fn zone_takes(zone: &ZoneFacts, kind: Creatable) -> bool {
    zone.lifecycle == Lifecycle::Active && zone.creatable.contains(&kind)
}

/// Whether a zone is open for sale.
pub fn is_on_sale(zone: &ZoneFacts) -> bool {
    zone.lifecycle == Lifecycle::Active && zone.sale == Sale::On
}

/// Whether an account sees a zone in lists.
pub fn is_listed_for(zone_id: &str, zone: &ZoneFacts, account: &AccountFacts) -> bool {
    zone.lifecycle == Lifecycle::Active && is_open_to(zone_id, zone, account)
}

/// Whether an account may buy in a zone.
pub fn is_open_to(zone_id: &str, zone: &ZoneFacts, account: &AccountFacts) -> bool {
    zone.access == Access::Public || account.entitlements.zones.iter().any(|id| id == zone_id)
}

/// Whether an account may use a type.
pub fn may_use_type(account: &AccountFacts, kind: &InstanceType) -> bool {
    !kind.by_invitation || account.entitlements.instance_types.contains(&kind.id)
}

/// Whether an account may use a disk category.
pub fn may_use_category(account: &AccountFacts, category: DiskCategory) -> bool {
    !category.needs_grant() || account.entitlements.disk_categories.contains(&category)
}

/// Whether a zone has a unit of a type left.
pub fn is_in_stock(zone: &ZoneFacts, kind: &InstanceType) -> bool {
    zone.stock_of(&kind.id) != Stock::Units(0)
}

/// Whether the list of types that an image declares, its architecture included, has a type.
pub fn image_declares(image: &ImageFacts, kind: &InstanceType) -> bool {
    let is_arm = image.architecture == ImageArchitecture::Arm64;
    let families = &image.supported_families;
    is_arm == (kind.architecture == Architecture::Arm64)
        && (families.is_empty() || families.iter().any(|family| family == kind.family()))
}

/// Whether the system of an image can use the memory of a type: 32 bits reach below 4 GiB, Windows needs more
/// than 512 MiB.
pub fn image_suits_memory(image: &ImageFacts, kind: &InstanceType) -> bool {
    (image.bits != 32 || kind.memory_mib < 4096)
        && (image.os_type != OsType::Windows || kind.memory_mib > 512)
}

/// Whether an image has the drivers for an I/O mode.
pub fn image_suits_io(image: &ImageFacts, io_optimized: bool) -> bool {
    image.io_optimized || !io_optimized
}

/// Whether an image runs on a type in some I/O mode.
pub fn image_runs_on(image: &ImageFacts, kind: &InstanceType) -> bool {
    let has_mode =
        |io_optimized| kind.io_optimized.allows(io_optimized) && image_suits_io(image, io_optimized);
    image_declares(image, kind) && image_suits_memory(image, kind) && (has_mode(true) || has_mode(false))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{
        data_disk_categories, default_io_optimized, default_system_disk_category, image_runs_on, zone_offers,
    };
    use crate::catalog::disk_categories::DiskCategory;
    use crate::catalog::images;
    use crate::catalog::instance_types::{InstanceType, NetworkType};
    use crate::catalog::wares::Wares;
    use crate::catalog::zones::{self, ZoneFacts};

    fn zone(id: &str) -> ZoneFacts {
        zones::find(id).unwrap().facts()
    }

    fn kind(id: &str) -> Arc<InstanceType> {
        Wares::built_in().find_type(id).unwrap().clone()
    }

    #[test]
    fn an_offer_needs_zone_type_network_mode_and_disk_to_agree() {
        use DiskCategory::{Cloud, CloudEfficiency, CloudEssd, CloudSsd};
        use NetworkType::{Classic, Vpc};
        let rows = [
            ("cn-hangzhou-h", "ecs.g5.large", Vpc, true, CloudEfficiency, true),
            ("cn-hangzhou-h", "ecs.g5.large", Vpc, false, CloudEfficiency, false),
            ("cn-hangzhou-h", "ecs.g5.large", Vpc, true, CloudEssd, false),
            ("cn-hangzhou-h", "ecs.n4.large", Classic, true, CloudEfficiency, false),
            ("cn-hangzhou-b", "ecs.n4.large", Classic, true, CloudEfficiency, true),
            ("cn-hangzhou-g", "ecs.g7.large", Vpc, true, CloudEssd, false),
            ("cn-hangzhou-i", "ecs.g6.large", Vpc, true, CloudSsd, false),
            ("cn-hangzhou-b", "ecs.s2.small", Vpc, false, Cloud, true),
            ("cn-qingdao-b", "ecs.n4.large", Vpc, true, CloudEfficiency, false),
            ("cn-qingdao-b", "ecs.n4.large", Classic, true, CloudEfficiency, true),
            ("cn-qingdao-b", "ecs.s2.large", Vpc, false, Cloud, true),
            ("cn-hangzhou-a", "ecs.n4.large", Vpc, true, CloudEfficiency, false),
        ];
        for (at, id, network, io_optimized, category, offered) in rows {
            let answer = zone_offers(&zone(at), &kind(id), network, io_optimized, category);
            assert_eq!(answer, offered, "{at} {id} {network:?} {io_optimized} {category:?}");
        }
    }

    #[test]
    fn local_data_disks_need_a_local_system_disk() {
        use DiskCategory::{Cloud, EphemeralSsd};
        let (zone, kind) = (zone("cn-hangzhou-b"), kind("ecs.s3.large"));
        assert_eq!(data_disk_categories(&zone, &kind, false, Cloud), [Cloud]);
        assert_eq!(data_disk_categories(&zone, &kind, false, EphemeralSsd), [Cloud, EphemeralSsd]);
    }

    #[test]
    fn what_a_request_leaves_open_follows_from_the_type() {
        let category = |at, id, io| default_system_disk_category(&zone(at), &kind(id), io);
        assert_eq!(category("cn-hangzhou-h", "ecs.g6.large", true), Some(DiskCategory::CloudEfficiency));
        assert_eq!(category("cn-hangzhou-h", "ecs.g7.large", true), Some(DiskCategory::CloudEssd));
        assert_eq!(category("cn-hangzhou-b", "ecs.s3.large", false), Some(DiskCategory::Cloud));
        assert_eq!(category("cn-hangzhou-f", "ecs.g7.large", true), None);
        assert!(default_io_optimized(&kind("ecs.n1.small")));
        assert!(!default_io_optimized(&kind("ecs.s2.large")));
    }

    #[test]
    fn an_image_runs_where_its_declaration_memory_and_drivers_allow() {
        let rows = [
            ("centos_7_9_x64_20G_alibase_20230815.vhd", "ecs.g5.large", true),
            ("centos_7_9_x64_20G_alibase_20230815.vhd", "ecs.g8y.large", false),
            ("aliyun_3_arm64_20G_alibase_20230731.vhd", "ecs.g8y.large", true),
            ("ubuntu_14_0405_32_40G_alibase_20170711.vhd", "ecs.n4.small", true),
            ("ubuntu_14_0405_32_40G_alibase_20170711.vhd", "ecs.n4.large", false),
            ("_32_23c472_20120822172155_aliguest.vhd", "ecs.n4.small", false),
            ("_32_23c472_20120822172155_aliguest.vhd", "ecs.t1.small", true),
            ("win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd", "ecs.t5-lc2m1.nano", false),
            ("m-bp1market0000000gpu001", "ecs.g5.large", false),
            ("m-bp1market0000000gpu001", "ecs.gn6i-c4g1.xlarge", true),
        ];
        for (image, id, runs) in rows {
            assert_eq!(image_runs_on(&images::find(image).unwrap().facts(), &kind(id)), runs, "{image} {id}");
        }
    }
}
