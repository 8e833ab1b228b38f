//! RunInstances.

use moyun_derive::{Action, Group, Shape};

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::instance::creation;
use crate::ecs::instance::creation::disk_params::RunSystemDiskParams;
use crate::ecs::instance::creation::interface_params::NetworkInterfaceParams;
use crate::ecs::instance::creation::request::{Noted, Raw, Request, Shared};
use crate::ecs::network_interface::make::is_ipv6;
use crate::errors::{
    AccountInArrears, AccountNotAdmittedToSpot, AmountInvalid, ApiError, AutoReleaseTimeInvalid,
    AutoRenewPeriodInvalid, BalanceTooLow, BandwidthAboveAccountCeiling, BandwidthInInvalid,
    BandwidthOutInvalid, CategoryCannotEncrypt, CategoryTakesNoSnapshot, CreationImageNotFound,
    CreationRegionNotFound, CreationSecurityGroupNotFound, DataDiskSizeInvalid, DataDiskSnapshotNotFound,
    DataDiskTooLarge, DescriptionMalformed, DiskCategoriesDoNotCombine, DiskCategoryUnknown,
    DiskDescriptionMalformed, DiskNameMalformed, DiskSmallerThanSnapshot, DryRunPassed, EncryptedMalformed,
    EncryptionDiffersFromSnapshot, EphemeralDiskDeleteWithInstance, EphemeralDisksTooLargeTogether,
    HeldByRiskControl, HostNameMalformed, HostNameUnfitForGuest, HpcClusterCreating, HpcClusterNecessary,
    HpcClusterNotFound, HpcClusterUnnecessary, ImageDisabled, ImageDoesNotFitMemory,
    ImageExcludesInstanceType, ImageNotIoOptimized, ImageStatusWrong, InstanceChargeTypeUnknown,
    InstanceNameMalformed, InstanceTakesNoMoreInterfaces, InstanceTypeByInvitation, InstanceTypeUnknown,
    InternetChargeTypeUnknown, IoOptimizedUnknown, KeyPairNotFound, KeyPairWithWindows, KmsNotEnabled,
    LaunchTemplateNotFound, MarketImageLicencesUsedUp, MarketImageNotSubscribed, MarketImageRemoved,
    NetworkTypeNotOffered, NoMethodPaysOrders, NoPaymentMethod, NoZoneOffersCombination, OutOfStock,
    ParameterMalformed, ParametersConflict, PassRoleDenied, PasswordGivenAndInherited, PasswordMalformed,
    PeriodInvalid, PostPaidInstanceQuotaExceeded, PostPaidSalesSuspended, PreviewParameterNotGranted,
    PrivateAddressMalformed, PrivateAddressOutsideVSwitch, PrivateAddressTaken, PrivateAddressesUsedUp,
    RamDeniesNamedResource, RamRoleNotFound, RamRoleOnClassicInstance, RealNameNotVerified,
    RegionCannotEncrypt, RegionNotGranted, RegionTakesNoInternetChargeType, RegionTakesNoPublicBandwidth,
    RequiredParameterEmpty, RequiredParameterMissing, SecurityGroupFull, SecurityGroupInOtherVpc,
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
use crate::ids::{InstanceId, SecurityGroupId};
use crate::spec::Run;

/// Creates up to 100 instances and starts them.
///
/// The reply comes before the instances are ready: they are `Pending`, then `Starting`, then `Running`. All of them
/// are created or none, unless MinAmount allows fewer when the zone is short of the type. A subscription
/// (`PrePaid`) is charged at once; PostPaid instances are paid by the hour. With InternetMaxBandwidthOut above zero
/// each instance gets a public address.
#[derive(Action)]
#[action(
    ecs,
    write,
    region,
    idempotent,
    dry_run = DryRunPassed,
    billable,
    creates_instances,
    reply = NewInstances,
    raises(
        RequiredParameterEmpty, CreationRegionNotFound, HeldByRiskControl, RealNameNotVerified,
        RegionNotGranted, AccountInArrears, PreviewParameterNotGranted, RequiredParameterMissing,
        ParameterMalformed, ParametersConflict, TagKeyMalformed, TagValueMalformed, TagKeyDuplicate,
        TooManyTags, PasswordGivenAndInherited, PrivateAddressMalformed, UserDataNotBase64,
        PeriodInvalid, AutoRenewPeriodInvalid, AutoReleaseTimeInvalid, SpotDurationInvalid,
        AmountInvalid, InstanceNameMalformed, DescriptionMalformed, HostNameMalformed,
        PasswordMalformed, InternetChargeTypeUnknown, BandwidthOutInvalid, BandwidthInInvalid,
        IoOptimizedUnknown, InstanceChargeTypeUnknown, SpotStrategyUnknown, SpotWithSubscription,
        SpotPriceLimitInvalid, UserDataTooLong, SystemDiskCategoryUnknown, DiskNameMalformed,
        DiskDescriptionMalformed, SystemDiskSizeInvalid, DiskCategoryUnknown, EncryptedMalformed,
        LaunchTemplateNotFound, InstanceTypeUnknown, ZoneNotFound, ZoneTakesNoInstances,
        ZoneRetired, CreationImageNotFound, ImageDisabled, ImageStatusWrong, MarketImageRemoved,
        CreationSecurityGroupNotFound, VSwitchIdMissing, VSwitchNotFound, VSwitchForeign,
        VSwitchPending, KeyPairNotFound, RamRoleNotFound, HpcClusterNotFound, HpcClusterCreating,
        DataDiskSnapshotNotFound, RamDeniesNamedResource, PassRoleDenied, UserDataNotGranted,
        InstanceTypeByInvitation, SystemDiskCategoryNotGranted,
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
        SecurityGroupFull, InstanceTakesNoMoreInterfaces, MarketImageLicencesUsedUp, TooManyConcurrentCreations, OutOfStock,
        SpotPriceLimitBelowMarket, NoPaymentMethod, NoMethodPaysOrders, BalanceTooLow, DryRunPassed
    )
)]
pub struct RunInstances {
    /// What CreateInstance takes as well.
    #[param(flatten)]
    shared: Shared,
    /// How many instances, 1 (the default) to 100.
    amount: Option<Raw<i64>>,
    /// With how few instances the call may succeed when the zone is short of the type, 1 to Amount.
    min_amount: Option<i64>,
    /// Security groups that the instances join, all of one VPC. Cannot be combined with SecurityGroupId.
    #[param(max_items = 5)]
    security_group_ids: Vec<SecurityGroupId>,
    /// Host name of each instance. Cannot be combined with HostName.
    #[param(max_items = 100)]
    host_names: Vec<String>,
    /// Whether 001, 002 and so on is added to the names of the instances and hosts.
    #[param(default = false)]
    unique_suffix: bool,
    /// System disk.
    #[param(group)]
    system_disk: RunSystemDiskParams,
    /// Whether a subscription is paid at once. If not, the order is made and no instance appears.
    #[param(default = true)]
    auto_pay: bool,
    /// When the instances are released: UTC as `2026-01-31T08:00:00Z`, 30 minutes to 3 years ahead. PostPaid only.
    auto_release_time: Option<String>,
    /// Launch template that gives what the request leaves out.
    launch_template_id: Option<String>,
    /// Name of that template.
    launch_template_name: Option<String>,
    /// Network interfaces. A primary one replaces SecurityGroupId, VSwitchId and PrivateIpAddress.
    #[param(group, max_items = 64)]
    network_interface: Vec<NetworkInterfaceParams>,
    /// IPv6 addresses of the primary interface, for one instance. Cannot be combined with Ipv6AddressCount.
    #[param(max_items = 10, check = is_ipv6)]
    ipv6_address: Vec<String>,
    /// IPv6 addresses that each primary interface gets.
    #[param(range(1, 10))]
    ipv6_address_count: Option<i64>,
    /// Parameters that are kept and shown.
    #[param(flatten)]
    notes: Noted<RunNotes>,
}

/// Parameters of RunInstances that are kept and shown and change nothing else.
#[derive(Debug, Clone, Group)]
pub struct RunNotes {
    /// Internet service provider. In preview.
    #[param(preview)]
    pub isp: Option<String>,
    /// Version of the launch template.
    pub launch_template_version: Option<i64>,
    /// Placement by the scheduler.
    #[param(group)]
    pub scheduler_options: Option<SchedulerOptions>,
    /// Layout of the processors.
    #[param(group)]
    pub cpu_options: Option<CpuOptions>,
    /// What the image does.
    #[param(group)]
    pub image_options: Option<ImageOptions>,
    /// What the network does.
    #[param(group)]
    pub network_options: Option<NetworkOptions>,
    /// Names in the private DNS.
    #[param(group)]
    pub private_dns_name_options: Option<PrivateDnsNameOptions>,
    /// The clock of the guest.
    #[param(group)]
    pub clock_options: Option<ClockOptions>,
    /// Trusted and confidential computing.
    #[param(group)]
    pub security_options: Option<SecurityOptions>,
    /// Queues of the primary interface.
    pub network_interface_queue_number: Option<i64>,
    /// Managed host to place the instances on.
    pub managed_host_id: Option<String>,
}

/// Placement by the scheduler.
#[derive(Debug, Clone, Group)]
pub struct SchedulerOptions {
    /// Cluster of dedicated hosts to place the instances on.
    pub dedicated_host_cluster_id: Option<String>,
}

/// Layout of the processors.
#[derive(Debug, Clone, Group)]
pub struct CpuOptions {
    /// Physical cores.
    pub core: Option<i64>,
    /// Threads of a core.
    pub threads_per_core: Option<i64>,
    /// Memory nodes.
    pub numa: Option<String>,
    /// Kind of topology.
    pub topology_type: Option<String>,
}

/// What the image does.
#[derive(Debug, Clone, Group)]
pub struct ImageOptions {
    /// Whether the guest is entered as ecs-user instead of root.
    pub login_as_non_root: Option<bool>,
}

/// What the network does.
#[derive(Debug, Clone, Group)]
pub struct NetworkOptions {
    /// Whether frames may be larger than 1500 bytes.
    pub enable_jumbo_frame: Option<bool>,
    /// Whether traffic inside the VPC is encrypted.
    pub enable_network_encryption: Option<bool>,
    /// Whether disks or the network get more of the bandwidth.
    pub bandwidth_weighting: Option<String>,
}

/// Names in the private DNS.
#[derive(Debug, Clone, Group)]
pub struct PrivateDnsNameOptions {
    /// What host names are made of: `Custom`, `IpBased` or `InstanceIdBased`.
    #[param(one_of("Custom", "IpBased", "InstanceIdBased"))]
    pub hostname_type: Option<String>,
    /// Whether the name made of the ID leads to the IPv4 address.
    pub enable_instance_id_dns_a_record: Option<bool>,
    /// Whether the name made of the ID leads to the IPv6 address.
    #[param(name = "EnableInstanceIdDnsAAAARecord")]
    pub enable_instance_id_dns_aaaa_record: Option<bool>,
    /// Whether the name made of the address leads to the IPv4 address.
    pub enable_ip_dns_a_record: Option<bool>,
    /// Whether the address leads to the name made of it.
    pub enable_ip_dns_ptr_record: Option<bool>,
}

/// The clock of the guest.
#[derive(Debug, Clone, Group)]
pub struct ClockOptions {
    /// Whether the guest has a PTP clock: `enabled` or `disabled`.
    #[param(one_of("enabled", "disabled"))]
    pub ptp_status: Option<String>,
}

/// Trusted and confidential computing.
#[derive(Debug, Clone, Group)]
pub struct SecurityOptions {
    /// Trusted mode: `vTPM`.
    pub trusted_system_mode: Option<String>,
    /// Confidential mode: `Enclave` or `TDX`.
    pub confidential_computing_mode: Option<String>,
}

/// The new instances.
#[derive(Shape)]
pub struct NewInstances {
    /// Order of a subscription.
    order_id: Option<String>,
    /// Price of the order, or of one hour, in CNY.
    trade_price: f64,
    /// IDs of the instances.
    #[shape(list = "InstanceIdSet")]
    instance_id_sets: Vec<InstanceId>,
}

impl Run for RunInstances {
    fn run(self, cx: &mut Cx<'_>) -> Result<NewInstances, ApiError> {
        let created = creation::create(self.into_request(), cx)?;
        Ok(NewInstances {
            order_id: created.order_id,
            trade_price: created.trade_price,
            instance_id_sets: created.instances,
        })
    }
}

impl RunInstances {
    fn into_request(self) -> Request {
        let template = [&self.launch_template_id, &self.launch_template_name];
        let mut request = Request {
            runs: true,
            system_disk_encrypted: self.system_disk.encrypted,
            system_disk_kms_key_id: self.system_disk.kms_key_id,
            system_disk_encrypt_algorithm: self.system_disk.encrypt_algorithm,
            system_disk_snapshot_policy: self.system_disk.auto_snapshot_policy_id,
            security_group_ids: self.security_group_ids,
            host_names: self.host_names,
            unique_suffix: self.unique_suffix,
            amount: self.amount,
            min_amount: self.min_amount,
            auto_pay: self.auto_pay,
            auto_release_time: self.auto_release_time,
            names_template: template.iter().any(|name| name.is_some()),
            network_interfaces: self.network_interface,
            ipv6: (self.ipv6_address, self.ipv6_address_count),
            ..Request::for_one(self.shared, self.system_disk.base)
        };
        request.shown.extend(self.notes.values);
        request
    }
}

/// Worked requests.
pub const CASES: &[Case] = creation::cases::RUN;
