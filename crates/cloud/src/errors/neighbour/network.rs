//! VPCs, vSwitches, private addresses, elastic IPs, and network interfaces.

errors! {
    /// Reading, changing or deleting: the account has no such VPC in this region. Check the ID and the
    /// region.
    VpcIdUnknown(N104) = 404, "InvalidVpcID.NotFound", "Specified VPC does not exist.",
        "指定的 VPC 不存在。";

    /// Creating inside a VPC: the account has no such VPC in this region. Check the ID and the region.
    VpcForNewResourceNotFound(N105) = 404, "InvalidVpcId.NotFound", "Specified VPC does not exist.",
        "指定的 VPC 不存在。";

    /// The VPC name has a wrong length or begins like a web address. Use 1 to 128 characters.
    VpcNameMalformed(N106) = 400, "InvalidVpcName.Malformed", "Specified VPC name is not valid.",
        "VPC 名称不合法。";

    /// The VPC description has a wrong length or begins like a web address. Use 1 to 256 characters.
    VpcDescriptionMalformed(N107) = 400, "InvalidVpcDiscription.Malformed",
        "Specified VPC description is not valid.",
        "VPC 描述不合法。";

    /// The block is not one that a VPC may have. Use a private range with a mask of 8 to 28 bits.
    VpcCidrInvalid(N108) = 400, "InvalidParameter", "Specified CIDR block is not valid",
        "VPC 网段不合法。";

    /// The VPC is still being made or changed. Wait until it is Available.
    VpcStatusWrong(N110) = 400, "IncorrectVpcStatus", "Current VPC status does not support this operation.",
        "VPC 当前状态不支持该操作。";

    /// The VPC still has vSwitches. Delete them before the VPC.
    VpcHasVSwitches(N111) = 400, "DependencyViolation.VSwitch", "Specified object has dependent resources.",
        "VPC 内仍有交换机。";

    /// The VPC still has security groups. Delete them before the VPC.
    VpcHasSecurityGroups(N112) = 400, "DependencyViolation.SecurityGroup",
        "Specified object has dependent resources.",
        "VPC 内仍有安全组。";

    /// The vSwitch name has a wrong length or begins like a web address. Use 1 to 128 characters.
    VSwitchNameMalformed(N115) = 400, "InvalidVSwitchName.Malformed",
        "Specified virtual switch name is not valid.",
        "交换机名称不合法。";

    /// The vSwitch description has a wrong length or begins like a web address. Use 1 to 256 characters.
    VSwitchDescriptionMalformed(N116) = 400, "InvalidVSwitchDiscription.Malformed",
        "Specified virtual switch description is not valid.",
        "交换机描述不合法。";

    /// The block is no IPv4 network of a size that fits. Write it as address/bits with the host part zero.
    CidrMalformed(N117) = 400, "InvalidCidrBlock.Malformed", "Specified CIDR block is not valid.",
        "网段格式不合法。";

    /// The block of a vSwitch lies within the block of its VPC. Choose a part of that.
    VSwitchCidrOutsideVpc(N118) = 400, "InvalidParameter", "Specified CIDR block is not valid in VPC.",
        "交换机网段不在 VPC 网段内。";

    /// Another vSwitch of the VPC has addresses of this block. Choose a free one.
    VSwitchCidrOverlaps(N119) = 400, "InvalidCidrBlock.Overlapped",
        "Specified CIDR block overlapped with other subnets.",
        "网段与其他交换机重叠。";

    /// The vSwitch is still being made or changed. Wait until it is Available.
    VSwitchStatusWrong(N121) = 400, "IncorrectVSwitchStatus",
        "The current virtual switch status does not support this operation.",
        "交换机当前状态不支持该操作。";

    /// Instances or interfaces still use the vSwitch. Release them before deleting it.
    VSwitchHasDependents(N122) = 400, "DependencyViolation", "Specified object has dependent resources.",
        "交换机内仍有资源。";

    /// The private address is no IPv4 address. Correct it.
    PrivateAddressMalformed(N123) = 400, "InvalidPrivateIpAddress.Malformed",
        "Specified private IP address is malformed.",
        "私网 IP 格式不合法。";

    /// The address is not one that the vSwitch can give. Choose one from its block.
    PrivateAddressOutsideVSwitch(N124) = 400, "InvalidPrivateIpAddress",
        "Specified private IP address is not in the CIDR block of virtual switch.",
        "私网 IP 不在交换机网段内。";

    /// Another resource has this private address. Choose a free one.
    PrivateAddressTaken(N125) = 400, "InvalidPrivateIpAddress.Duplicated",
        "Specified private IP address is duplicated.",
        "私网 IP 已被占用。";

    /// The vSwitch has too few free addresses. Use another vSwitch.
    PrivateAddressesUsedUp(N126) = 400, "QuotaExceeded.PrivateIpAddress",
        "Don't have enough private IPs in this switch.",
        "交换机内可用私网 IP 不足。";

    /// The account has no such network interface in this region. Check the ID and the region.
    NetworkInterfaceNotFound(N131) = 404, "InvalidEniId.NotFound",
        "The specified NetworkInterfaceId does not exist.",
        "指定的弹性网卡不存在。";

    /// The instance is in the classic network, where nothing moves. Make a new one in a VPC.
    InstanceNotInVpc(N770) = 400, "OperationDenied",
        "Specified operation is denied as your instance is not in VPC.",
        "实例不在 VPC 中。";

    /// An instance stays in its zone, and the vSwitch lies in another one. Choose one of the same zone.
    VSwitchInOtherZoneThanInstance(N771) = 400, "InvalidVSwitchId.Mismatch",
        "Specified instance and virtual switch are not in the same zone.",
        "实例和交换机不在同一可用区。";

    /// The vSwitch does not belong to the VPC that is meant. Name the VPC, or a vSwitch of it.
    VSwitchOutsideVpc(N772) = 404, "InvalidVSwitchId.NotFound",
        "Specified virtual switch is not found in current VPC.",
        "VPC 中没有指定的交换机。";

    /// The instance has moved already since it last ran, or has never run. Start and stop it, then move it.
    InstanceMovedAlready(N773) = 400, "InvalidPrivateIp.Changing", "Previous action is not finished yet.",
        "实例启动过一次之后才能再次变更网络。";

    /// The address is not one that the vSwitch to move to can give. Choose one from its block.
    PrivateAddressOutsideNewVSwitch(N774) = 400, "InvalidPrivateIpAddress.Mismatch",
        "Specified private IP address is not in the CIDR block of virtual switch.",
        "私网 IP 不在目标交换机的网段内。";

    /// The instance has this address already. Choose another one.
    PrivateAddressUnchanged(N775) = 400, "InvalidPrivateIpAddress.Duplicated",
        "error new ip is the same with old ip",
        "新的私网 IP 与原来的相同。";

    /// The network interface is in a state that rules the action out. Wait or change the state first.
    NetworkInterfaceStateWrong(N132) = 400, "InvalidOperation.InvalidEniState",
        "The current state of the network interface does not support this operation.",
        "弹性网卡当前状态不支持该操作。";
}
