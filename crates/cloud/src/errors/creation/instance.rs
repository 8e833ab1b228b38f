//! Creating instances: the instance itself, its type, image, names, and place.

errors! {
    /// The description has a wrong length or begins like a web address. Use 2 to 256 characters.
    DescriptionMalformed(I007) = 400, "InvalidDescription.Malformed",
        "The specified parameter Description is not valid.",
        "指定的Description格式不合法。";

    /// No operating system would take this host name. Use letters, digits and single dashes.
    HostNameMalformed(I011) = 400, "InvalidHostName.Malformed",
        "The specified parameter HostName is not valid.",
        "指定的HostName格式不合法。";

    /// The instance name breaks the naming rules. Begin with a letter and use 2 to 128 characters.
    InstanceNameMalformed(I012) = 400, "InvalidInstanceName.Malformed",
        "The specified parameter InstanceName is not valid.",
        "指定的InstanceName格式不合法。";

    /// There is no instance type of this name. DescribeInstanceTypes lists those that exist.
    InstanceTypeUnknown(I013) = 400, "InvalidInstanceType.ValueNotSupported",
        "The specified InstanceType beyond the permitted range.",
        "指定的InstanceType不合法（超出可选范围）。";

    /// IoOptimized is neither `none` nor `optimized`. Use one of the two or leave it out.
    IoOptimizedUnknown(I016) = 400, "InvalidIoOptimizedValue.ValueNotSupported",
        "IoOptimized value not supported.",
        "指定的IoOptimized参数不支持。";

    /// Amount is no number from 1 to 100. Correct it.
    AmountInvalid(I021) = 400, "InvalidParameter", "The specified parameter Amount is not valid.",
        "指定的Amount参数不合法。(范围：[1,100])";

    /// The system of the image cannot run with the memory of the type. Choose another type or another
    /// image.
    ImageDoesNotFitMemory(I023) = 400, "InvalidParameter.Conflict",
        "The specified image does not support the specified instance type.",
        "指定的InstanceType上不允许使用该指定的镜像。";

    /// The password is too short, too long or too simple. Use 8 to 30 characters of three kinds.
    PasswordMalformed(I030) = 400, "InvalidPassword.Malformed",
        "The specified parameter Password is not valid.",
        "指定的Password格式不合法。";

    /// Only I/O optimized instances in a VPC take user data. Leave UserData out or change the instance.
    UserDataUnsupported(I039) = 400, "InvalidUserData.NotSupported",
        "The specified parameter UserData only support the vpc and IoOptimized Instance.",
        "UserData只能使用在VPC和I/O优化实例上。";

    /// The decoded user data is longer than 32 KiB. Shorten it or load the rest from elsewhere.
    UserDataTooLong(I040) = 400, "InvalidUserData.SizeExceeded",
        "The specified parameter UserData exceeds the size.",
        "指定的UserData过长。";

    /// The account has no such HPC cluster in this region. Check the ID and the region.
    HpcClusterNotFound(I041) = 400, "InvalidHpcClusterId.NotFound",
        "The specified HpcClusterId is not found.",
        "指定的`HpcClusterId`不存在。";

    /// The HPC cluster is still being made. Wait until it is usable.
    HpcClusterCreating(I042) = 400, "InvalidHpcClusterId.Creating", "The specified HpcClusterId is creating.",
        "指定的`HpcClusterId`正在创建中。";

    /// The instance type does not join HPC clusters. Leave HpcClusterId out.
    HpcClusterUnnecessary(I043) = 400, "InvalidHpcClusterId.Unnecessary",
        "The specified HpcClusterId is unnecessary.",
        "只有部分实例规格`InstanceType`支持指定[E-HPC](https://www.alibabacloud.com/help/zh/doc-detail/57677.htm)集群 ID。";

    /// The instance type works only inside an HPC cluster. Add HpcClusterId.
    HpcClusterNecessary(I044) = 400, "InvalidVSwitchId.Necessary", "The HpcClusterId is necessary.",
        "该实例规格`InstanceType`需要指定[E-HPC](https://www.alibabacloud.com/help/zh/doc-detail/57677.htm)集群 ID，\
        您需要传入`HpcClusterId`。";

    /// Windows does not log in by SSH key pair. Leave KeyPairName out and set a password.
    KeyPairWithWindows(I051) = 403, "DependencyViolation.WindowsInstance",
        "The instance creating is window, cannot use ssh key pair to login.",
        "Windows 实例不能使用SSH密钥对。";

    /// The image was not made for this instance type. DescribeImageSupportInstanceTypes lists those that
    /// fit.
    ImageExcludesInstanceType(I054) = 403, "ImageNotSupportInstanceType",
        "The specified image don’t support the InstanceType instance.",
        "指定镜像不支持该实例类型。";

    /// The marketplace took the image down, or the one that it was made from. Choose another image.
    MarketImageRemoved(I055) = 403, "ImageRemovedInMarket",
        "The specified market image is not available, or the specified custom image includes product \
        code because it is based on an image subscribed from marketplace, and that image in marketplace \
        including exact the same product code has been removed.",
        "镜像市场的镜像已下架，或者自定义镜像中包含的product code对应的镜像市场镜像已经下架。";

    /// The zone does not sell this instance type, though another zone of the region does. Choose again.
    ZoneLacksInstanceType(I061) = 403, "InvalidInstanceType.ZoneNotSupported",
        "The specified zone does not support this InstanceType.",
        "指定Zone不支持该实例类型。";

    /// An instance in the classic network cannot carry a RAM role. Leave RamRoleName out or use a VPC.
    RamRoleOnClassicInstance(I062) = 403, "InvalidNetworkType.MismatchRamRole",
        "Ram role cannot be attached to instances of Classic network type.",
        "实例RAM角色不能被用于经典网络。";

    /// No zone of the region offers type, network, I/O mode and system disk together. Choose another
    /// combination.
    NoZoneOffersCombination(I064) = 403, "InvalidResourceType.NotSupported",
        "This resource type is not supported; please try other resource types.",
        "创建实例的配置暂无可用区支持，请选择其他配置创建。";

    /// The image has no drivers for I/O optimized instances. Choose another image.
    ImageNotIoOptimized(I071) = 403, "IoOptimized.NotSupported",
        "The specified image is not support IoOptimized Instance.",
        "指定的镜像不支持I/O优化实例。";

    /// The zone takes no instances, or is no zone of this region. Choose another zone.
    ZoneTakesNoInstances(I074) = 403, "OperationDenied",
        "The creation of Instance to the specified Zone is not allowed.",
        "该可用区无权创建实例或者Zone和Region不匹配。";

    /// The image has been deleted or switched off. Choose another image.
    ImageDisabled(I075) = 403, "OperationDenied", "The specified Image is disabled or is deleted.",
        "指定的镜像找不到。";

    /// The zone has been retired and takes nothing new. Choose another zone.
    ZoneRetired(I086) = 403, "ZoneId.NotFound", "The specified zone does not exists.",
        "指定Zone不存在。";

    /// The instance type exists only I/O optimized. Leave IoOptimized out.
    TypeOnlyIoOptimized(I087) = 404, "DependencyViolation.IoOptimized",
        "The specified InstanceType must be IoOptimized instance.",
        "指定的实例规格必须是I/O优化实例。";

    /// The host name is legal, but not for the system of the image. Windows takes 2 to 15 characters
    /// without dots.
    HostNameUnfitForGuest(I088) = 404, "HOSTNAME_ILLEGAL", "hostname is not valid.",
        "指定的HostName参数不合法。";

    /// The image for the instance never was visible to the caller. Check the ID and the region.
    CreationImageNotFound(I090) = 404, "InvalidImageId.NotFound", "The specified ImageId does not exist.",
        "指定的镜像不存在。";

    /// The account has no key pair of this name in the region. Create or import it first.
    KeyPairNotFound(I092) = 404, "InvalidKeyPairName.NotFound",
        "The specified KeyPairName does not exist in our records.",
        "指定的KeyPairName不存在。";

    /// The account has no RAM role of this name. Create it first.
    RamRoleNotFound(I093) = 404, "InvalidRamRole.NotFound", "The specified RamRoleName does not exist.",
        "指定的RamRoleName不存在。";

    /// The region for the instance does not exist. DescribeRegions lists those that do.
    CreationRegionNotFound(I094) = 404, "InvalidRegionId.NotFound", "The specified RegionId does not exist.",
        "指定的RegionId不存在。";

    /// No zone has this ID. DescribeZones lists those that exist.
    ZoneNotFound(I101) = 404, "InvalidZoneId.NotFound", "The specified ZoneId does not exist.",
        "指定Zone不存在。";

    /// The instance type cannot be I/O optimized. Leave IoOptimized out.
    TypeNotIoOptimized(I102) = 404, "IoOptimized.NotSupported",
        "The specified InstanceType is not support IoOptimized instance.",
        "指定的实例类型不支持 I/O 优化实例。";

    /// Something of ours broke while the instance was made. Nothing has changed; retrying is safe.
    CreationFault(I105) = 500, "InternalError",
        "The request processing has failed due to some unknown error,exception or failure.",
        "内部错误。";
}
