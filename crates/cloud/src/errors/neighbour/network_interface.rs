//! Network interfaces beside the primary ones.

errors! {
    /// The security group is one of the classic network, and an interface lives in a VPC. Name a group of its VPC.
    SecurityGroupNotInVpc(N840) = 403, "InvalidSecurityGroupId.NotVpc",
        "The network type of the specified security group is not VPC.",
        "安全组的网络类型不是专有网络。";

    /// What is brought together lies in different VPCs. Choose an instance, a group and an interface of one VPC.
    InterfaceInOtherVpc(N841) = 403, "InvalidOperation.VpcMismatch",
        "The specified resources are not in the same VPC.",
        "网卡、实例与安全组不在同一 VPC。";

    /// An interface is attached within its zone, and the instance is in another one. Make one in a vSwitch of that zone.
    InterfaceInOtherZone(N842) = 403, "InvalidOperation.AvailabilityZoneMismatch",
        "The specified instance and network interface are not in the same zone.",
        "网卡与实例不在同一可用区。";

    /// The instance has as many interfaces as its type takes. Detach one, or use a larger type.
    InstanceTakesNoMoreInterfaces(N843) = 403, "EniPerInstanceLimitExceeded",
        "The number of network interfaces of the specified instance has reached the limit of its type.",
        "实例的网卡数量已达到实例规格的上限。";

    /// The primary interface is a part of its instance. Only secondary ones can be detached.
    PrimaryInterfaceStays(N844) = 400, "InvalidOperation.DetachPrimaryEniNotAllowed",
        "The primary network interface cannot be detached.",
        "不能分离实例的主网卡。";

    /// A primary interface has a name and a description of its own, the rest is its instance's. Change the instance.
    PrimaryInterfaceFixed(N845) = 404, "InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc",
        "Primary NetworkInterface is only allowed to modify name and description.",
        "主网卡只能修改名称和描述。";

    /// The name of the interface has a wrong length or a wrong first character. Use 2 to 128, first a letter.
    InterfaceNameMalformed(N846) = 403, "InvalidParams.NetworkInterfaceName",
        "The specified NetworkInterfaceName is not valid.",
        "网卡名称不合法。";

    /// Interfaces come and go while the instance is Running or Stopped. Wait until it is.
    InstanceStatusForbidsInterface(N847) = 400, "InvalidOperation.InvalidEcsState",
        "The current status of the instance does not support this operation.",
        "实例当前状态不支持该操作。";

    /// The instance has more interfaces than the type that it is to become takes. Detach some first.
    InterfacesExceedType(N848) = 403, "InvalidOperation.EniCountExceeded",
        "The number of network interfaces of the instance exceeds the limit of the specified instance type.",
        "实例的网卡数量超过目标规格的上限。";

    /// An instance with secondary interfaces stays in its VPC. Detach them before it moves.
    InstanceHasInterfaces(N849) = 404, "InvalidInstance.AttachedEni",
        "The Specified operation is denied due to elastic network interface.",
        "实例绑定了辅助网卡，不能更换 VPC。";
}
