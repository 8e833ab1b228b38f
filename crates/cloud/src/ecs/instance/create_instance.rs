//! CreateInstance.

use moyun_derive::{Action, Group, Shape};

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::instance::creation;
use crate::ecs::instance::creation::disk_params::SystemDiskParams;
use crate::ecs::instance::creation::request::{Noted, Request, Shared};
use crate::errors::{
    AccountInArrears, AccountNotAdmittedToSpot, ApiError, AutoRenewPeriodInvalid, BalanceTooLow,
    BandwidthAboveAccountCeiling, BandwidthInInvalid, BandwidthOutInvalid, CategoryCannotEncrypt,
    CategoryTakesNoSnapshot, CreationImageNotFound, CreationRegionNotFound, CreationSecurityGroupNotFound,
    DataDiskSizeInvalid, DataDiskSnapshotNotFound, DataDiskTooLarge, DescriptionMalformed,
    DiskCategoriesDoNotCombine, DiskCategoryUnknown, DiskDescriptionMalformed, DiskNameMalformed,
    DiskSmallerThanSnapshot, DryRunPassed, EncryptedMalformed, EncryptionDiffersFromSnapshot,
    EphemeralDiskDeleteWithInstance, EphemeralDisksTooLargeTogether, HeldByRiskControl, HostNameMalformed,
    HostNameUnfitForGuest, HpcClusterCreating, HpcClusterNecessary, HpcClusterNotFound,
    HpcClusterUnnecessary, ImageDisabled, ImageDoesNotFitMemory, ImageExcludesInstanceType,
    ImageNotIoOptimized, ImageStatusWrong, InstanceChargeTypeUnknown, InstanceNameMalformed,
    InstanceTypeByInvitation, InstanceTypeUnknown, InternetChargeTypeUnknown, IoOptimizedUnknown,
    KeyPairNotFound, KeyPairWithWindows, KmsNotEnabled, MarketImageLicencesUsedUp, MarketImageNotSubscribed,
    MarketImageRemoved, NetworkTypeNotOffered, NoMethodPaysOrders, NoPaymentMethod, NoZoneOffersCombination,
    OutOfStock, ParameterMalformed, ParametersConflict, PassRoleDenied, PasswordGivenAndInherited,
    PasswordMalformed, PeriodInvalid, PostPaidInstanceQuotaExceeded, PostPaidSalesSuspended,
    PreviewParameterNotGranted, PrivateAddressMalformed, PrivateAddressOutsideVSwitch, PrivateAddressTaken,
    PrivateAddressesUsedUp, RamDeniesNamedResource, RamRoleNotFound, RamRoleOnClassicInstance,
    RealNameNotVerified, RegionCannotEncrypt, RegionNotGranted, RegionTakesNoInternetChargeType,
    RegionTakesNoPublicBandwidth, RequiredParameterEmpty, RequiredParameterMissing, SecurityGroupFull,
    SecurityGroupInOtherVpc, SnapshotArchived, SnapshotNotReady, SnapshotOfSystemDisk,
    SnapshotTooLargeOrCategoryNotGranted, SnapshotTooOld, SpotDurationInvalid, SpotParameterNotGranted,
    SpotPriceLimitBelowMarket, SpotPriceLimitInvalid, SpotStrategyUnknown, SpotWithSubscription,
    SystemDiskCategoryNotGranted, SystemDiskCategoryUnknown, SystemDiskSizeInvalid,
    SystemDiskSmallerThanImage, SystemDiskTooLarge, SystemDiskTooSmall, TagKeyDuplicate, TagKeyMalformed,
    TagValueMalformed, TooManyConcurrentCreations, TooManyDisksForType, TooManyDisksWithImage,
    TooManyPortableDisks, TooManyTags, TypeLacksDiskCategory, TypeNotIoOptimized, TypeOnlyIoOptimized,
    UserDataNotBase64, UserDataNotGranted, UserDataTooLong, UserDataUnsupported, VSwitchForeign,
    VSwitchIdMissing, VSwitchInOtherZone, VSwitchNotFound, VSwitchPending, VpcInstanceQuotaExceeded,
    ZoneByInvitation, ZoneLacksDiskCategory, ZoneLacksInstanceType, ZoneNotFound, ZoneNotOnSale, ZoneRetired,
    ZoneTakesNoInstances, ZoneVpcNotIoOptimized,
};
use crate::ids::InstanceId;
use crate::spec::Run;

/// Creates one instance and leaves it off.
///
/// The reply comes before the instance is ready: it is `Pending`, then `Stopped`; StartInstance starts it. A
/// subscription (`PrePaid`) is charged at once; a PostPaid instance is paid by the hour. The instance has no public
/// address until AllocatePublicIpAddress gives it one.
#[derive(Action)]
#[action(
    ecs,
    write,
    region,
    idempotent,
    dry_run = DryRunPassed,
    billable,
    creates_instances,
    reply = NewInstance,
    raises(
        RequiredParameterEmpty, CreationRegionNotFound, HeldByRiskControl, RealNameNotVerified,
        RegionNotGranted, AccountInArrears, PreviewParameterNotGranted, RequiredParameterMissing,
        ParameterMalformed, ParametersConflict, TagKeyMalformed, TagValueMalformed, TagKeyDuplicate,
        TooManyTags, PasswordGivenAndInherited, PrivateAddressMalformed, UserDataNotBase64,
        PeriodInvalid, AutoRenewPeriodInvalid, SpotDurationInvalid, InstanceNameMalformed,
        DescriptionMalformed, HostNameMalformed, PasswordMalformed, InternetChargeTypeUnknown,
        BandwidthOutInvalid, BandwidthInInvalid, IoOptimizedUnknown, InstanceChargeTypeUnknown,
        SpotStrategyUnknown, SpotWithSubscription, SpotPriceLimitInvalid, UserDataTooLong,
        SystemDiskCategoryUnknown, DiskNameMalformed, DiskDescriptionMalformed,
        SystemDiskSizeInvalid, DiskCategoryUnknown, EncryptedMalformed, InstanceTypeUnknown,
        ZoneNotFound, ZoneTakesNoInstances, ZoneRetired, CreationImageNotFound, ImageDisabled,
        ImageStatusWrong, MarketImageRemoved, CreationSecurityGroupNotFound, VSwitchIdMissing,
        VSwitchNotFound, VSwitchForeign, VSwitchPending, KeyPairNotFound, RamRoleNotFound,
        HpcClusterNotFound, HpcClusterCreating, DataDiskSnapshotNotFound, RamDeniesNamedResource,
        PassRoleDenied, UserDataNotGranted, InstanceTypeByInvitation, SystemDiskCategoryNotGranted,
        SnapshotTooLargeOrCategoryNotGranted, ZoneByInvitation, AccountNotAdmittedToSpot,
        SpotParameterNotGranted, MarketImageNotSubscribed, SecurityGroupInOtherVpc,
        VSwitchInOtherZone, PrivateAddressOutsideVSwitch, PrivateAddressTaken,
        PrivateAddressesUsedUp, NetworkTypeNotOffered, RamRoleOnClassicInstance,
        RegionTakesNoPublicBandwidth, RegionTakesNoInternetChargeType, BandwidthAboveAccountCeiling,
        TypeNotIoOptimized, TypeOnlyIoOptimized, ImageNotIoOptimized, ZoneVpcNotIoOptimized,
        UserDataUnsupported, ImageDoesNotFitMemory, ImageExcludesInstanceType,
        HostNameUnfitForGuest, KeyPairWithWindows, HpcClusterNecessary, HpcClusterUnnecessary,
        TypeLacksDiskCategory, DiskCategoriesDoNotCombine, SystemDiskTooSmall, SystemDiskTooLarge,
        SystemDiskSmallerThanImage, DataDiskSizeInvalid, DataDiskTooLarge, SnapshotNotReady,
        SnapshotTooOld, SnapshotOfSystemDisk, SnapshotArchived, CategoryTakesNoSnapshot,
        DiskSmallerThanSnapshot, RegionCannotEncrypt, CategoryCannotEncrypt, KmsNotEnabled,
        EncryptionDiffersFromSnapshot, EphemeralDiskDeleteWithInstance, ZoneNotOnSale,
        PostPaidSalesSuspended, NoZoneOffersCombination, ZoneLacksInstanceType,
        ZoneLacksDiskCategory, TooManyPortableDisks, TooManyDisksForType, TooManyDisksWithImage,
        EphemeralDisksTooLargeTogether, PostPaidInstanceQuotaExceeded, VpcInstanceQuotaExceeded,
        SecurityGroupFull, MarketImageLicencesUsedUp, TooManyConcurrentCreations, OutOfStock,
        SpotPriceLimitBelowMarket, NoPaymentMethod, NoMethodPaysOrders, BalanceTooLow, DryRunPassed
    )
)]
pub struct CreateInstance {
    /// What RunInstances takes as well.
    #[param(flatten)]
    shared: Shared,
    /// System disk.
    #[param(group)]
    system_disk: SystemDiskParams,
    /// Parameters that are kept and shown.
    #[param(flatten)]
    notes: Noted<CreateNotes>,
}

/// Parameters of CreateInstance that are kept and shown and change nothing else.
#[derive(Debug, Clone, Group)]
pub struct CreateNotes {
    /// Cluster of old. Kept for compatibility.
    pub cluster_id: Option<String>,
    /// Inner address of old. Kept for compatibility.
    pub inner_ip_address: Option<String>,
    /// Virtual LAN of old. Kept for compatibility.
    pub vlan_id: Option<String>,
    /// Whether additional services of old are used. Kept for compatibility.
    pub use_additional_service: Option<bool>,
    /// Host to place the instance on. In preview.
    #[param(preview)]
    pub node_controller_id: Option<String>,
    /// Managed host to place the instance on.
    pub managed_host_id: Option<String>,
}

/// The new instance.
#[derive(Shape)]
pub struct NewInstance {
    /// ID of the instance.
    instance_id: InstanceId,
    /// Order of a subscription.
    order_id: Option<String>,
    /// Price of the order, or of one hour, in CNY.
    trade_price: f64,
}

impl Run for CreateInstance {
    fn run(self, cx: &mut Cx<'_>) -> Result<NewInstance, ApiError> {
        let mut request = Request::for_one(self.shared, self.system_disk);
        request.shown.extend(self.notes.values);
        let mut created = creation::create(request, cx)?;
        Ok(NewInstance {
            instance_id: created.instances.pop().expect("CreateInstance always pays and makes one instance"),
            order_id: created.order_id,
            trade_price: created.trade_price,
        })
    }
}

/// Worked requests.
pub const CASES: &[Case] = creation::cases::CREATE;
