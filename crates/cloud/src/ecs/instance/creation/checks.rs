//! The order in which a request is judged: the first check that fails answers.

use crate::cx::Cx;
use crate::ecs::instance::creation::draft::Draft;
use crate::ecs::instance::creation::{
    authorization, compatibility, disks, entitlement, existence, filled, interfaces, neighbours, payment,
    quota, sale, stock, syntax,
};
use crate::errors::{
    AccountNotAdmittedToSpot, AmountInvalid, ApiError, AutoReleaseTimeInvalid, AutoRenewPeriodInvalid,
    BalanceTooLow, BandwidthAboveAccountCeiling, BandwidthInInvalid, BandwidthOutInvalid,
    CategoryCannotEncrypt, CategoryTakesNoSnapshot, CreationImageNotFound, CreationSecurityGroupNotFound,
    DataDiskSizeInvalid, DataDiskSnapshotNotFound, DataDiskTooLarge, DescriptionMalformed,
    DiskCategoriesDoNotCombine, DiskCategoryUnknown, DiskDescriptionMalformed, DiskNameMalformed,
    DiskSmallerThanSnapshot, EncryptedMalformed, EncryptionDiffersFromSnapshot,
    EphemeralDiskDeleteWithInstance, EphemeralDisksTooLargeTogether, ErrorRow, HostNameMalformed,
    HostNameUnfitForGuest, HpcClusterCreating, HpcClusterNecessary, HpcClusterNotFound,
    HpcClusterUnnecessary, ImageDisabled, ImageDoesNotFitMemory, ImageExcludesInstanceType,
    ImageNotIoOptimized, ImageStatusWrong, InstanceChargeTypeUnknown, InstanceNameMalformed,
    InstanceTakesNoMoreInterfaces, InstanceTypeByInvitation, InstanceTypeUnknown, InternetChargeTypeUnknown,
    IoOptimizedUnknown, KeyPairNotFound, KeyPairWithWindows, KmsNotEnabled, LaunchTemplateNotFound,
    MarketImageLicencesUsedUp, MarketImageNotSubscribed, MarketImageRemoved, NetworkTypeNotOffered,
    NoMethodPaysOrders, NoPaymentMethod, NoZoneOffersCombination, OutOfStock, ParameterMalformed,
    ParametersConflict, PassRoleDenied, PasswordGivenAndInherited, PasswordMalformed, PeriodInvalid,
    PostPaidInstanceQuotaExceeded, PostPaidSalesSuspended, PrivateAddressMalformed,
    PrivateAddressOutsideVSwitch, PrivateAddressTaken, PrivateAddressesUsedUp, RamDeniesNamedResource,
    RamRoleNotFound, RamRoleOnClassicInstance, RegionCannotEncrypt, RegionTakesNoInternetChargeType,
    RegionTakesNoPublicBandwidth, RequiredParameterMissing, SecurityGroupFull, SecurityGroupInOtherVpc,
    SnapshotArchived, SnapshotNotReady, SnapshotOfSystemDisk, SnapshotTooLargeOrCategoryNotGranted,
    SnapshotTooOld, SpotDurationInvalid, SpotParameterNotGranted, SpotPriceLimitBelowMarket,
    SpotPriceLimitInvalid, SpotStrategyUnknown, SpotWithSubscription, SystemDiskCategoryNotGranted,
    SystemDiskCategoryUnknown, SystemDiskSizeInvalid, SystemDiskSmallerThanImage, SystemDiskTooLarge,
    SystemDiskTooSmall, TagKeyDuplicate, TagKeyMalformed, TagValueMalformed, TooManyConcurrentCreations,
    TooManyDisksForType, TooManyDisksWithImage, TooManyPortableDisks, TooManyTags, TypeLacksDiskCategory,
    TypeNotIoOptimized, TypeOnlyIoOptimized, UserDataNotBase64, UserDataNotGranted, UserDataTooLong,
    UserDataUnsupported, VSwitchForeign, VSwitchIdMissing, VSwitchInOtherZone, VSwitchNotFound,
    VSwitchPending, VpcInstanceQuotaExceeded, ZoneByInvitation, ZoneLacksDiskCategory, ZoneLacksInstanceType,
    ZoneNotFound, ZoneNotOnSale, ZoneRetired, ZoneTakesNoInstances, ZoneVpcNotIoOptimized,
};

type Judge = fn(&mut Draft, &Cx<'_>) -> Result<(), ApiError>;

/// One rule about a request to create instances.
pub(super) struct Check {
    /// The rows that it answers by, in their order.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "the errors that the actions list are held against it")
    )]
    pub(super) rows: &'static [&'static ErrorRow],
    /// The rule.
    pub(super) judge: Judge,
}

const fn check(judge: Judge, rows: &'static [&'static ErrorRow]) -> Check {
    Check { rows, judge }
}

/// Every rule, in order. What is named by a row that cannot yet be met has no check: it comes with the records it needs.
#[rustfmt::skip]
pub(super) static CHECKS: &[Check] = &[
    // What is missing, or malformed without a row of its own in the tables of creation.
    check(neighbours::required, &[&RequiredParameterMissing]),
    check(neighbours::conflicts, &[&ParametersConflict]),
    check(neighbours::tags, &[&TagKeyMalformed, &TagValueMalformed, &TagKeyDuplicate, &TooManyTags]),
    check(neighbours::password_source, &[&PasswordGivenAndInherited]),
    check(neighbours::private_address, &[&PrivateAddressMalformed]),
    check(interfaces::addresses, &[&PrivateAddressMalformed]),
    check(neighbours::user_data, &[&UserDataNotBase64]),
    check(neighbours::terms, &[&PeriodInvalid, &AutoRenewPeriodInvalid]),
    check(neighbours::release_time, &[&AutoReleaseTimeInvalid]),
    check(neighbours::spot_duration, &[&SpotDurationInvalid]),
    // The parameters by themselves.
    check(syntax::amount, &[&AmountInvalid]),
    check(neighbours::min_amount, &[&ParameterMalformed]),
    check(syntax::instance_name, &[&InstanceNameMalformed]),
    check(syntax::description, &[&DescriptionMalformed]),
    check(syntax::host_name, &[&HostNameMalformed]),
    check(syntax::password, &[&PasswordMalformed]),
    check(syntax::internet_charge_type, &[&InternetChargeTypeUnknown]),
    check(syntax::bandwidth_out, &[&BandwidthOutInvalid]),
    check(syntax::bandwidth_in, &[&BandwidthInInvalid]),
    check(syntax::io_optimized, &[&IoOptimizedUnknown]),
    check(syntax::charge_type, &[&InstanceChargeTypeUnknown]),
    check(syntax::spot_strategy, &[&SpotStrategyUnknown]),
    check(syntax::spot_payment, &[&SpotWithSubscription]),
    check(syntax::spot_price_limit, &[&SpotPriceLimitInvalid]),
    check(syntax::user_data_length, &[&UserDataTooLong]),
    check(syntax::system_disk_category, &[&SystemDiskCategoryUnknown]),
    check(syntax::disk_names, &[&DiskNameMalformed]),
    check(syntax::disk_descriptions, &[&DiskDescriptionMalformed]),
    check(syntax::system_disk_size, &[&SystemDiskSizeInvalid]),
    check(syntax::data_disk_categories, &[&DiskCategoryUnknown]),
    check(syntax::encrypted, &[&EncryptedMalformed]),
    // What is named exists.
    check(existence::launch_template, &[&LaunchTemplateNotFound]),
    check(existence::instance_type, &[&InstanceTypeUnknown]),
    check(existence::named_zone, &[&ZoneNotFound, &ZoneTakesNoInstances, &ZoneRetired]),
    check(existence::image, &[&CreationImageNotFound]),
    check(existence::image_status, &[&ImageDisabled, &ImageStatusWrong]),
    check(existence::image_on_market, &[&MarketImageRemoved]),
    check(existence::security_groups, &[&CreationSecurityGroupNotFound]),
    check(existence::v_switch_named, &[&VSwitchIdMissing]),
    check(existence::v_switch, &[&VSwitchNotFound, &VSwitchForeign]),
    check(existence::v_switch_status, &[&VSwitchPending]),
    check(existence::zone_of_v_switch, &[]),
    check(interfaces::exist,
        &[&CreationSecurityGroupNotFound, &VSwitchNotFound, &VSwitchForeign, &VSwitchPending]),
    check(existence::key_pair, &[&KeyPairNotFound]),
    check(existence::ram_role, &[&RamRoleNotFound]),
    check(existence::hpc_cluster, &[&HpcClusterNotFound, &HpcClusterCreating]),
    check(existence::snapshots, &[&DataDiskSnapshotNotFound]),
    check(existence::left_open, &[]),
    // The account may use it.
    check(authorization::named_resources, &[&RamDeniesNamedResource]),
    check(authorization::pass_role, &[&PassRoleDenied]),
    check(entitlement::user_data, &[&UserDataNotGranted]),
    check(entitlement::instance_type, &[&InstanceTypeByInvitation]),
    check(entitlement::system_disk_category, &[&SystemDiskCategoryNotGranted]),
    check(entitlement::data_disk_categories, &[&SnapshotTooLargeOrCategoryNotGranted]),
    check(entitlement::zone, &[&ZoneByInvitation]),
    check(entitlement::spot, &[&AccountNotAdmittedToSpot]),
    check(entitlement::spot_parameters, &[&SpotParameterNotGranted]),
    check(entitlement::market_image, &[&MarketImageNotSubscribed]),
    // It goes together.
    check(compatibility::one_vpc, &[&SecurityGroupInOtherVpc]),
    check(compatibility::v_switch_zone, &[&VSwitchInOtherZone]),
    check(interfaces::together, &[&SecurityGroupInOtherVpc, &VSwitchInOtherZone]),
    check(compatibility::private_addresses,
        &[&PrivateAddressOutsideVSwitch, &PrivateAddressTaken, &PrivateAddressesUsedUp]),
    check(compatibility::network_type, &[&NetworkTypeNotOffered]),
    check(compatibility::ram_role, &[&RamRoleOnClassicInstance]),
    check(compatibility::public_bandwidth, &[&RegionTakesNoPublicBandwidth]),
    check(compatibility::public_billing, &[&RegionTakesNoInternetChargeType]),
    check(compatibility::bandwidth_ceiling, &[&BandwidthAboveAccountCeiling]),
    check(compatibility::type_optimized, &[&TypeNotIoOptimized]),
    check(compatibility::type_not_optimized, &[&TypeOnlyIoOptimized]),
    check(compatibility::image_optimized, &[&ImageNotIoOptimized]),
    check(compatibility::zone_optimized, &[&ZoneVpcNotIoOptimized]),
    check(compatibility::user_data, &[&UserDataUnsupported]),
    check(compatibility::memory, &[&ImageDoesNotFitMemory]),
    check(compatibility::image_supports_type, &[&ImageExcludesInstanceType]),
    check(compatibility::guest_names, &[&HostNameUnfitForGuest]),
    check(compatibility::key_pair, &[&KeyPairWithWindows]),
    check(compatibility::hpc_cluster, &[&HpcClusterNecessary, &HpcClusterUnnecessary]),
    check(disks::type_attaches, &[&TypeLacksDiskCategory]),
    check(disks::combine, &[&DiskCategoriesDoNotCombine]),
    check(disks::system_min, &[&SystemDiskTooSmall]),
    check(disks::system_max, &[&SystemDiskTooLarge]),
    check(disks::system_holds_image, &[&SystemDiskSmallerThanImage]),
    check(disks::data_min, &[&DataDiskSizeInvalid]),
    check(disks::data_max, &[&DataDiskTooLarge]),
    check(filled::ready, &[&SnapshotNotReady]),
    check(filled::age, &[&SnapshotTooOld]),
    check(filled::kind, &[&SnapshotOfSystemDisk]),
    check(filled::kept, &[&SnapshotArchived]),
    check(filled::category, &[&CategoryTakesNoSnapshot]),
    check(filled::size, &[&DiskSmallerThanSnapshot]),
    check(filled::category_size, &[&SnapshotTooLargeOrCategoryNotGranted]),
    check(disks::region_encrypts, &[&RegionCannotEncrypt]),
    check(disks::category_encrypts, &[&CategoryCannotEncrypt]),
    check(disks::kms, &[&KmsNotEnabled]),
    check(filled::encryption, &[&EncryptionDiffersFromSnapshot]),
    check(disks::delete_with_instance, &[&EphemeralDiskDeleteWithInstance]),
    // It is sold.
    check(sale::zone_open, &[&ZoneNotOnSale]),
    check(sale::post_paid, &[&PostPaidSalesSuspended]),
    check(sale::combination, &[&NoZoneOffersCombination]),
    check(sale::instance_type, &[&ZoneLacksInstanceType]),
    check(sale::disk_categories, &[&ZoneLacksDiskCategory]),
    // The account may have so many.
    check(quota::portable_disks, &[&TooManyPortableDisks]),
    check(quota::disks_of_type, &[&TooManyDisksForType]),
    check(quota::disks_with_image, &[&TooManyDisksWithImage]),
    check(quota::ephemeral_disks, &[&EphemeralDisksTooLargeTogether]),
    check(quota::post_paid, &[&PostPaidInstanceQuotaExceeded]),
    check(quota::vpc, &[&VpcInstanceQuotaExceeded]),
    check(quota::security_groups, &[&SecurityGroupFull]),
    check(interfaces::fit_type, &[&InstanceTakesNoMoreInterfaces]),
    check(quota::licences, &[&MarketImageLicencesUsedUp]),
    check(quota::concurrent_creations, &[&TooManyConcurrentCreations]),
    // There are so many, and the account can pay them.
    check(stock::units, &[&OutOfStock]),
    check(payment::spot_price, &[&SpotPriceLimitBelowMarket]),
    check(payment::payment_method, &[&NoPaymentMethod]),
    check(payment::order_method, &[&NoMethodPaysOrders]),
    check(payment::balance, &[&BalanceTooLow]),
];

#[cfg(test)]
mod tests {
    use super::CHECKS;
    use crate::ecs::instance::create_instance::CreateInstance;
    use crate::ecs::instance::run_instances::RunInstances;
    use crate::spec::{Action, ActionSpec};

    /// Rows that only RunInstances can meet.
    const OF_RUN: [&str; 4] = [
        "AutoReleaseTimeInvalid",
        "AmountInvalid",
        "LaunchTemplateNotFound",
        "InstanceTakesNoMoreInterfaces",
    ];

    #[test]
    fn the_actions_list_their_errors_in_the_order_of_the_checks() {
        let judged = rows_of_checks(|_| true);
        assert_eq!(listed(RunInstances::SPEC, &judged), judged);
        assert_eq!(listed(CreateInstance::SPEC, &judged), rows_of_checks(|name| !OF_RUN.contains(&name)));
    }

    /// Each row once, at its first place; the parameters in general were judged before, when they were read.
    fn rows_of_checks(counts: fn(&str) -> bool) -> Vec<&'static str> {
        let mut names = vec![];
        for row in CHECKS.iter().flat_map(|check| check.rows) {
            if counts(row.name) && row.name != "ParameterMalformed" && !names.contains(&row.name) {
                names.push(row.name);
            }
        }
        names
    }

    fn listed(spec: &ActionSpec, judged: &[&str]) -> Vec<&'static str> {
        spec.raises.iter().map(|row| row.name).filter(|name| judged.contains(name)).collect()
    }
}
