//! Creating instances: system disk, data disks, and the snapshots that fill them.

errors! {
    /// The disk is asked to differ from its snapshot in encryption. Leave Encrypted out to follow the
    /// snapshot.
    EncryptionDiffersFromSnapshot(I002) = 400, "EncryptedOption.Conflict",
        "Encryption value of disk and snapshot conflict.",
        "磁盘的加密属性和快照的加密属性不一致。";

    /// A data disk is larger than its category allows. Ask for less or choose another category.
    DataDiskTooLarge(I004) = 400, "InstanceDiskCategoryLimitExceed",
        "The specified DataDisk.n.Size beyond the permitted range, or the capacity of snapshot exceeds \
        the size limit of the specified disk category.",
        "指定的磁盘大小超过了该类型磁盘上限。";

    /// The disks of the image and those of the request together are more than the instance takes. Ask for
    /// fewer.
    TooManyDisksWithImage(I005) = 400, "InstanceDiskNumber.LimitExceed",
        "The total number of specified disk in an instance exceeds.",
        "镜像中包含的数据盘和数据盘参数合并后，数据盘的总数超出限制。";

    /// The size of a data disk is missing, unreadable or below the minimum of its category. Correct it.
    DataDiskSizeInvalid(I006) = 400, "InvalidDataDiskSize.ValueNotSupported",
        "The specified DataDisk.n.Size beyond the permitted range, or the capacity of snapshot exceeds \
        the size limit of the specified disk category.",
        "指定的DataDisk.n.Size不合法（超出范围）。";

    /// There is no disk category of this name. Check the spelling.
    DiskCategoryUnknown(I008) = 400, "InvalidDiskCategory.ValueNotSupported",
        "The specified parameter DiskCategory is not valid.",
        "指定的DiskCategory不合法。";

    /// The description of a disk has a wrong length or begins like a web address. Use 2 to 256 characters.
    DiskDescriptionMalformed(I009) = 400, "InvalidDiskDescription.Malformed",
        "The specified parameter SystemDisk.DiskDescription or DataDisk.n.Description is not valid.",
        "指定的参数SystemDisk.DiskDescription或参数DataDisk.n.Description不合法。";

    /// The name of a disk breaks the naming rules. Begin with a letter and use 2 to 128 characters.
    DiskNameMalformed(I010) = 400, "InvalidDiskName.Malformed",
        "The specified parameter SystemDisk.DiskName or DataDisk.n.DiskName is not valid.",
        "指定的参数SystemDisk.DiskName或DataDisk.n.DiskName不合法。";

    /// An encrypted disk needs the key service, which the account has not opened. Open it first.
    KmsNotEnabled(I024) = 400, "InvalidParameter.Encrypted.KmsNotEnabled",
        "The encrypted disk need enable KMS.",
        "账户未开通KMS服务（需用户主动开通KMS服务）。";

    /// Encrypted is neither true nor false. Correct it.
    EncryptedMalformed(I025) = 400, "InvalidParameter.EncryptedIllegal",
        "The value of parameter Encrypted is illegal.",
        "传入的参数Encrypted非法。";

    /// The region offers no disk encryption. Leave Encrypted out or choose another region.
    RegionCannotEncrypt(I026) = 400, "InvalidParameter.EncryptedNotSupported",
        "Encrypted disk is not support in this region.",
        "所选择的region不支持加密特性。";

    /// Disks of this category cannot be encrypted. Choose another category.
    CategoryCannotEncrypt(I027) = 400, "InvalidParameter.EncryptedNotSupported",
        "Corresponding data disk category does not support encryption.",
        "对应的磁盘category不支持加密。";

    /// The snapshot is from before 15 July 2013 and cannot become a disk. Use a newer one.
    SnapshotTooOld(I031) = 400, "InvalidSnapshotId.BasedSnapshotTooOld",
        "The specified snapshot is created before 2013-07-15.",
        "使用了2013-07-15之前创建的快照。";

    /// The category of the system disk does not exist. Check the spelling.
    SystemDiskCategoryUnknown(I038) = 400, "InvalidSystemDiskCategory.ValueNotSupported",
        "The specified parameter SystemDisk.Category is not valid.",
        "指定的参数SystemDisk.Category不合法。";

    /// The zone does not offer this disk category, though another zone of the region does. Choose again.
    ZoneLacksDiskCategory(I049) = 403, "CategoryNotSupported",
        "The specified zone does not offer the specified disk category.",
        "该可用区无权创建指定种类的磁盘。";

    /// A disk that cannot be detached always goes with its instance. Leave DeleteWithInstance out.
    EphemeralDiskDeleteWithInstance(I050) = 403, "DeleteWithInstance.Conflict",
        "The specified disk is not a portable disk and cannot be set to DeleteWithInstance attribute.",
        "该磁盘不支持挂载与卸载。";

    /// The ephemeral data disks together are larger than one instance takes. Ask for less.
    EphemeralDisksTooLargeTogether(I056) = 403, "InstanceDiskCategoryLimitExceed",
        "The total size of specified disk category in an instance exceeds.",
        "指定的磁盘种类超过了单实例的最大容量。";

    /// The instance type attaches fewer data disks than asked for. Ask for fewer or choose another type.
    TooManyDisksForType(I057) = 403, "InstanceDiskNumLimitExceed",
        "The number of specified disk in an instance exceeds.",
        "指定实例已经达到可挂载磁盘的最大值。";

    /// The categories of the system disk and a data disk do not go together. Choose another pair.
    DiskCategoriesDoNotCombine(I058) = 403, "InvalidDiskCategory.Mismatch",
        "The specified disk categories combination is not supported.",
        "指定的磁盘类型组合不支持。";

    /// The instance type cannot attach disks of this category. Choose another category or another type.
    TypeLacksDiskCategory(I059) = 403, "InvalidDiskCategory.NotSupported",
        "The specified disk category is not support the specified instance type.",
        "指定的磁盘类型不支持该实例类型。";

    /// The disk is smaller than the snapshot that fills it. Ask for at least the size of the snapshot.
    DiskSmallerThanSnapshot(I060) = 403, "InvalidDiskSize.TooSmall",
        "Specified disk size is less than the size of snapshot.",
        "指定的磁盘小于指定快照大小。";

    /// A snapshot of a system disk cannot fill a data disk. Choose a snapshot of a data disk.
    SnapshotOfSystemDisk(I065) = 403, "InvalidSnapshotId.NotDataDiskSnapshot",
        "The specified snapshot is system disk snapshot.",
        "系统盘快照不能创建数据盘。";

    /// The snapshot is not finished. Wait until it is accomplished.
    SnapshotNotReady(I066) = 403, "InvalidSnapshotId.NotReady",
        "The specified snapshot has not completed yet.",
        "快照没有完成。";

    /// The snapshot is archived and cannot become a disk. Use another one.
    SnapshotArchived(I073) = 403, "OperationDenied", "The specified snapshot is not allowed to create disk.",
        "特定磁盘的快照不能创建磁盘或者快照不能创建磁盘。";

    /// The account lacks the data disk category, or the snapshot is too large for it. Choose another
    /// category.
    SnapshotTooLargeOrCategoryNotGranted(I077) = 403, "OperationDenied",
        "The capacity of snapshot exceeds the size limit of the specified disk category or the specified \
        category is not authorized.",
        "指定的DataDisk.n.Size不合法（超出范围）或者磁盘种类未被授权使用。";

    /// Disks of this category do not support the operation. Choose another category.
    CategoryTakesNoSnapshot(I078) = 403, "OperationDenied",
        "The type of the disk does not support the operation.",
        "指定磁盘类型不支持该操作。";

    /// The request or the account would have too many portable cloud disks. Ask for fewer.
    TooManyPortableDisks(I081) = 403, "QuotaExceed.PortableCloudDisk",
        "The quota of portable cloud disk exceeds.",
        "可挂载的云磁盘数量已经达到上限（最多16块）。";

    /// The snapshot named for a data disk does not exist. Check the ID and the region.
    DataDiskSnapshotNotFound(I089) = 404, "InvalidDataDiskSnapshotId.NotFound",
        "The specified parameter DataDisk.n.SnapshotId is not valid.",
        "指定的DataDisk.n.SnapshotId没找到。";

    /// The size of the system disk is no positive number. Correct it.
    SystemDiskSizeInvalid(I096) = 404, "InvalidSystemDiskSize",
        "The specified parameter SystemDisk.Size is invalid.",
        "指定的SystemDisk.Size不合法。";

    /// The system disk is smaller than its image. Ask for at least the size of the image.
    SystemDiskSmallerThanImage(I097) = 404, "InvalidSystemDiskSize.LessThanImageSize",
        "The specified parameter SystemDisk.Size is less than the image size.",
        "指定的SystemDisk.Size小于镜像大小。";

    /// The system disk is below the minimum of its category. Ask for more.
    SystemDiskTooSmall(I098) = 404, "InvalidSystemDiskSize.LessThanMinSize",
        "The specified parameter SystemDisk.Size is less than the min size.",
        "指定的SystemDisk.Size小于磁盘大小下限。";

    /// The system disk is above the maximum of its category. Ask for less.
    SystemDiskTooLarge(I099) = 404, "InvalidSystemDiskSize.MoreThanMaxSize",
        "The specified parameter SystemDisk.Size is more than the max size.",
        "指定的SystemDisk.Size大于磁盘大小上限。";
}
