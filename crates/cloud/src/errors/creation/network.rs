//! Creating instances: vSwitch, security group, addresses, and bandwidth.

errors! {
    /// The vSwitch is still being made or changed. Wait until it is Available.
    VSwitchPending(I003) = 400, "IncorrectVSwitchStatus",
        "The current status of virtual switch does not support this operation.",
        "指定的VSwitch状态不正确。";

    /// Public traffic is billed by traffic or by bandwidth, and in no other way. Correct
    /// InternetChargeType.
    InternetChargeTypeUnknown(I015) = 400, "InvalidInternetChargeType.ValueNotSupported",
        "The specified InternetChargeType is not valid.",
        "指定的 InternetChargeType 不存在。";

    /// VPC instances of this region reach the Internet by elastic IP only. Leave the bandwidth out.
    RegionTakesNoPublicBandwidth(I017) = 400, "InvalidNetworkType.Mismatch",
        "Specified parameter InternetMaxBandwidthIn or InternetMaxBandwidthOut conflict with instance \
        network type.",
        "指定的InternetMaxBandwidthIn或InternetMaxBandwidthOut与实例网络类型不符合。";

    /// VPC instances of this region hold no public address that could be billed. Leave InternetChargeType
    /// out.
    RegionTakesNoInternetChargeType(I018) = 400, "InvalidNetworkType.Mismatch",
        "Specified parameter InternetChargeType conflict with instance network type.",
        "指定的InternetChargeType与实例网络类型不符合。";

    /// InternetMaxBandwidthOut is no number from 0 to 100. Correct it.
    BandwidthOutInvalid(I019) = 400, "InvalidParameter",
        "The specified parameter InternetMaxBandwidthOut is not valid.",
        "指定的InternetMaxBandwidthOut不合法（不是数字或超出范围）。";

    /// InternetMaxBandwidthIn is no number from 1 to 200. Correct it.
    BandwidthInInvalid(I020) = 400, "InvalidParameter", "The specified instance bandwidth is not valid.",
        "指定的带宽值不合法。";

    /// The account may not have that much public bandwidth. DescribeBandwidthLimitation shows its ceiling.
    BandwidthAboveAccountCeiling(I022) = 400, "InvalidParameter.Bandwidth",
        "The specified parameter Bandwidth is not valid.",
        "指定的带宽值不合法。";

    /// The security group and the vSwitch lie in different VPCs. Name two of the same VPC.
    SecurityGroupInOtherVpc(I028) = 400, "InvalidParameter.Mismatch",
        "Specified security group and virtual switch are not in the same VPC.",
        "指定安全组与VSwitch不属于同一个VPC。";

    /// The vSwitch lies in another zone than the one asked for. Drop ZoneId or choose another vSwitch.
    VSwitchInOtherZone(I029) = 400, "InvalidParameter.Mismatch",
        "Specified virtual switch is not in the specified zone.",
        "指定的VSwitch不在指定Zone。";

    /// The security group belongs to a VPC, so the instance needs a vSwitch there. Add VSwitchId.
    VSwitchIdMissing(I045) = 400, "MissingParameter",
        "The input parameter VSwitchId that is mandatory for processing this request is not supplied.",
        "缺少必填参数VSwitchId。";

    /// The VPC would hold more instances than its quota. Use another VPC or release some.
    VpcInstanceQuotaExceeded(I047) = 400, "QuotaExceeded", "Living instances quota exceeded in this VPC.",
        "VPC中实例数量超限。";

    /// The zone or region does not offer this kind of network. Choose another zone or network type.
    NetworkTypeNotOffered(I048) = 400, "ResourceNotAvailable",
        "Resource you requested is not available in this region or zone.",
        "指定Region或Zone内该资源不可用。";

    /// The vSwitch belongs to another account or lies in another region. Choose one of your own here.
    VSwitchForeign(I070) = 403, "InvalidVSwitchId.NotFound",
        "The VSwitchId provided does not exist in our records.",
        "指定的VSwitchId不存在。";

    /// The zone cannot place I/O optimized instances in a VPC. Choose another zone.
    ZoneVpcNotIoOptimized(I072) = 403, "IoOptimized.NotSupported", "Vpc is not support IoOptimized instance.",
        "VPC不支持I/O优化实例。";

    /// The security group would have too many members. Use another group.
    SecurityGroupFull(I083) = 403, "SecurityGroupInstanceLimitExceed",
        "The maximum number of instances in a security group is exceeded.",
        "该安全组内的Instance数量已经达到上限。";

    /// The security group for the instance does not exist, or its ID is malformed. Check the ID and the
    /// region.
    CreationSecurityGroupNotFound(I095) = 404, "InvalidSecurityGroupId",
        "The specified SecurityGroupId is invalid or does not exist.",
        "指定的SecurityGroupId不合法或不存在（实际情况也可能是该用户无权使用此SecurityGroup）。";

    /// No vSwitch has this ID. Check it, or whether the vSwitch has been deleted.
    VSwitchNotFound(I100) = 404, "InvalidVSwitchId.NotFound", "Specified virtual switch does not exist.",
        "指定的VSwitch不存在。";
}
