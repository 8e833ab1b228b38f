//! What an image can be made of.

errors! {
    /// A snapshot is not finished. Wait for it.
    ImageSnapshotNotReady(N701) = 403, "InvalidSnapshotId.NotReady",
        "The current status of the DiskDeviceMapping.n.SnapshotId or SnapshotId does not support this operation.",
        "快照当前状态不支持该操作。";

    /// A snapshot is from before snapshots could become images. Take a new one.
    ImageSnapshotTooOld(N702) = 403, "InvalidSnapshot.TooOld",
        "This operation is denied because the specified snapshot by DiskDeviceMapping.n.SnapshotId or SnapshotId is created before 2013-07-15.",
        "快照创建于 2013 年 7 月 15 日之前。";

    /// An archived snapshot becomes no image, and one of a system disk no data disk. Use another snapshot.
    ImageSnapshotNotAllowed(N703) = 403, "OperationDenied", "The specified snapshot is not allowed to create image.",
        "快照不允许创建镜像。";

    /// The system disk of an image needs a snapshot of a system disk. Use another snapshot.
    ImageSnapshotOfDataDisk(N704) = 403, "OperationDenied", "The specified snapshot is not from system disk.",
        "快照不是系统盘快照。";

    /// The device is none of /dev/xvda to /dev/xvdz, or not /dev/xvda for the system disk. Correct it.
    ImageDeviceMalformed(N705) = 400, "InvalidDevice.Malformed",
        "The specified parameter DiskDeviceMapping.n.Device is not valid.",
        "设备名不合法。";

    /// Two disks of the image have the same device. Give each its own.
    ImageDeviceTaken(N706) = 400, "InvalidDevice.InUse",
        "The specified parameter DiskDeviceMapping.n.Device has been occupied.",
        "设备名已被占用。";

    /// A disk of the image is too large, or smaller than its snapshot. Change Size.
    ImageDiskSizeUnsupported(N707) = 400, "InvalidSize.ValueNotSupported",
        "The specified parameter DiskDeviceMapping.n.Size beyond the permitted range.",
        "容量超出取值范围。";

    /// None of the snapshots is of a system disk. Add one.
    ImageWithoutSystemDisk(N708) = 400, "OperationDenied",
        "The specified parameter DiskDeviceMapping.n.SnapshotId does not contain system disk snapshot.",
        "缺少系统盘快照。";

    /// More than one snapshot is of a system disk. Leave one.
    ImageWithTwoSystemDisks(N709) = 400, "OperationDenied",
        "The specified parameter DiskDeviceMapping.n.SnapshotId contains two or more system disk snapshots.",
        "系统盘快照多于一个。";

    /// The system disk is local to its host and cannot be copied. Use an instance with a cloud disk.
    ImageOfLocalDisk(N710) = 400, "InvalidDiskCategory.CreateImage",
        "The specified diskCategory is not allowed to create image.",
        "该类型的磁盘不能创建镜像。";

    /// A snapshot of a disk of the instance is not finished. Wait for it.
    ImageDiskBusyWithSnapshot(N711) = 403, "IncorrectDiskStatus.CreatingSnapshot",
        "A previous snapshot creation is in process.",
        "磁盘有正在创建的快照。";

    /// The image was not made by CopyImage. Check the ID and the region.
    ImageIsNoCopy(N712) = 400, "ImageCreatedNotFromCopy",
        "The specified image is not the target image of a copy action.",
        "镜像不是复制得到的。";

    /// The copy is finished. Delete it instead.
    ImageCopyFinished(N713) = 400, "IncorrectImageStatus", "The image has completed copy.",
        "镜像已经复制完成。";
}
