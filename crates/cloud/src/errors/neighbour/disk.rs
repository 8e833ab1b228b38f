//! Disks, snapshots, and images.

errors! {
    /// The disk is in a state that rules the action out. Wait or change the state first.
    DiskStatusWrong(N048) = 403, "IncorrectDiskStatus",
        "The current disk status does not support this operation.",
        "磁盘当前状态不支持该操作。";

    /// The disk was made with its instance and cannot move. Use a portable disk.
    DiskNotPortable(N049) = 403, "DiskNotPortable", "The specified disk is not a portable disk.",
        "磁盘不支持挂载与卸载。";

    /// The disk is not attached to this instance. Check both IDs.
    DiskNotAttachedHere(N050) = 403, "DependencyViolation",
        "The specified disk has not been attached on the specified instance.",
        "磁盘没有挂载在该实例上。";

    /// The action is for data disks and this is a system disk. Use another disk.
    DiskIsSystemDisk(N051) = 403, "DiskTypeViolation",
        "The specified disk is a system disk and cannot support the operation.",
        "系统盘不支持该操作。";

    /// A disk attaches only within its zone. Use an instance of the same zone.
    DiskInOtherZone(N052) = 403, "ResourcesNotInSameZone",
        "The specified instance and disk are not in the same zone.",
        "磁盘与实例不在同一可用区。";

    /// Another disk already has this device name. Leave Device out.
    DiskDeviceInUse(N053) = 403, "InvalidDevice.InUse", "The specified device has been occupied.",
        "设备名已被占用。";

    /// The instance has as many data disks as its type takes. Detach one first.
    InstanceTakesNoMoreDisks(N054) = 403, "InstanceDiskLimitExceeded",
        "The amount of the disk on instance in question reach its limits.",
        "实例挂载的磁盘数已达上限。";

    /// A disk only grows. Ask for more than it has.
    DiskCannotShrink(N055) = 403, "InvalidDiskSize.TooSmall",
        "Specified new disk size is less than the original disk size.",
        "新容量小于原容量。";

    /// The new size is above the maximum of the category. Ask for less.
    DiskGrowsTooLarge(N056) = 403, "InvalidDiskSize.TooLarge",
        "Specified new disk size is beyond the permitted range.",
        "新容量超过上限。";

    /// The category has no disks of this size. Ask for a size within its bounds.
    DiskSizeUnsupported(N057) = 403, "InvalidDiskSize.NotSupported", "disk size is not supported.",
        "磁盘容量不合法。";

    /// A new disk needs a size or a snapshot to take it from. Add one of the two.
    DiskSizeAndSnapshotMissing(N058) = 400, "MissingParameter",
        "The input parameter either \"SnapshotId\" or \"Size\" should be specified.",
        "必须指定容量或快照。";

    /// A snapshot of the disk is not finished. Wait for it.
    DiskBusyWithSnapshot(N059) = 403, "DiskCreatingSnapshot",
        "The operation is denied due to a snapshot of the specified disk is not completed yet.",
        "磁盘正在创建快照。";

    /// The disk name breaks the naming rules. Begin with a letter and use 2 to 128 characters.
    NewDiskNameMalformed(N060) = 400, "InvalidDiskName.Malformed",
        "The specified disk name is wrongly formed.",
        "磁盘名称不合法。";

    /// The description has a wrong length or begins like a web address. Use 2 to 256 characters.
    ResourceDescriptionMalformed(N061) = 400, "InvalidDescription.Malformed",
        "The specified description is wrongly formed.",
        "描述不合法。";

    /// There is no such level, or the category has none. Use PL0 to PL3, with cloud_essd only.
    PerformanceLevelInvalid(N062) = 400, "InvalidPerformanceLevel.Malformed",
        "The specified parameter PerformanceLevel is not valid.",
        "性能等级不合法。";

    /// The snapshot name breaks the naming rules, or begins with auto. Choose another name.
    SnapshotNameMalformed(N063) = 400, "InvalidSnapshotName.Malformed",
        "The specified snapshot name is wrongly formed.",
        "快照名称不合法。";

    /// The disk has as many snapshots as it may. Delete some first.
    SnapshotQuotaExceeded(N064) = 403, "QuotaExceed.Snapshot", "The snapshot quota exceeds.",
        "快照数量已达上限。";

    /// An image is built on the snapshot. Delete the image first.
    SnapshotUsedByImage(N065) = 403, "SnapshotCreatedImage", "The snapshot has been used to create image.",
        "快照已用于创建镜像。";

    /// A disk was made from the snapshot. Repeat with Force=true if it may go.
    SnapshotUsedByDisk(N066) = 403, "SnapshotCreatedDisk", "The snapshot has been used to create disk.",
        "快照已用于创建磁盘。";

    /// The image name breaks the naming rules. Begin with a letter and use 2 to 128 characters.
    ImageNameMalformed(N067) = 400, "InvalidImageName.Malformed",
        "The specified Image name is wrongly formed.",
        "镜像名称不合法。";

    /// The region already has an image of this name. Choose another name.
    ImageNameTaken(N068) = 400, "InvalidImageName.Duplicated",
        "The specified Image name has already been used.",
        "镜像名称已存在。";

    /// The account has as many images as it may. Delete some first.
    ImageQuotaExceeded(N069) = 400, "QuotaExceed.Image", "The Image Quota exceeds.",
        "镜像数量已达上限。";

    /// Instances still run from the image. Repeat with Force=true if it may go.
    ImageInUse(N070) = 403, "ImageUsingByInstance", "The specified image is used by instance.",
        "镜像正在被实例使用。";

    /// The image is in a state that rules the action out. Wait or change the state first.
    ImageStatusWrong(N071) = 403, "IncorrectImageStatus",
        "The current status of the image does not support this operation.",
        "镜像当前状态不支持该操作。";

    /// Only `cloud_essd` disks have performance levels. Leave PerformanceLevel out for other categories.
    PerformanceLevelForOtherCategory(N720) = 400, "InvalidPerformanceLevelParam.Mismatch",
        "The specified parameter PerformanceLevel should be null when DiskCategory is not cloud_essd.",
        "只有 ESSD 云盘才有性能等级。";

    /// Only `cloud_auto` disks have provisioned IOPS. Leave ProvisionedIops out for other categories.
    ProvisionedIopsForOtherCategory(N721) = 400, "ProvisionedIopsForDiskCategoryUnsupported",
        "The specified disk category does not support provisioned iops.",
        "只有 ESSD AutoPL 云盘才有预配置 IOPS。";

    /// A disk of this size cannot have as many provisioned IOPS. Ask for fewer, or enlarge the disk first.
    TooManyProvisionedIops(N722) = 400, "InvalidProvisionedIops.LimitExceed",
        "The provisioned iops exceeds the limit.",
        "预配置 IOPS 超过上限。";

    /// The disk is in no dedicated storage cluster, where alone its speed can be set. Leave the options out.
    DiskNotInStorageCluster(N723) = 403, "InvalidPerformanceParameter.DiskNotInDedicatedStorageCluster",
        "The specified disk not in dedicated storage cluster, can not modify performance control options.",
        "云盘不在专属块存储集群中，不能调整性能。";

    /// The disk is already as it is to be. Ask for something else.
    DiskSpecUnchanged(N724) = 403, "NoChangeInDiskCategoryAndPerformanceLevel",
        "There is no change between the parameters transmitted and the current.",
        "变配的目标与当前配置相同。";

    /// Disks of this category stay what they are. Copy the data to a new disk instead.
    DiskCategoryCannotChange(N725) = 403, "InvalidDiskCategory.ValueNotSupported",
        "The current disk category of the resource does not support this operation.",
        "该类型的云盘不支持变配。";

    /// The new performance level is below what the disk may go down to. Choose a higher one.
    PerformanceLevelTooLow(N726) = 403, "InvalidPerformanceLevel.TooLow",
        "Specified new performance level is lower than the original performance level.",
        "新的性能等级过低。";

    /// The disk is part of a subscription, which takes no lesser category. Choose a better one.
    SubscriptionCannotDowngrade(N727) = 403, "Downgrade.NotSupported",
        "Downgrade operation for prepay resource is not supported.",
        "包年包月资源不支持降配。";

    /// Disks of this size do not come in the level. Choose another level, or enlarge the disk first.
    PerformanceLevelUnfitForSize(N728) = 403, "OperationDenied.PerformanceLevelNotMatch",
        "The specified PerformanceLevel and disk size do not match.",
        "性能等级与云盘容量不匹配。";

    /// The instance's type does not attach disks of the new category. Choose another category, or change the type first.
    InstanceTypeLacksCategory(N729) = 403, "InvalidInstanceType.NotSupportDiskCategory",
        "The instanceType of the specified instance does not support this disk category.",
        "实例规格不支持该类型的云盘。";

    /// The image brings data disks along, which an instance that exists does not take. Use an image without.
    ImageCarriesDataDisks(N730) = 400, "OperationDenied",
        "The specified image contains the snapshot of the data disk,does not support this operation.",
        "镜像包含数据盘，不支持该操作。";
}
