//! Security groups, their rules, and their members.

errors! {
    /// The group name breaks the naming rules. Begin with a letter and use 2 to 128 characters.
    SecurityGroupNameMalformed(N072) = 400, "InvalidSecurityGroupName.Malformed",
        "Specified security group name is not valid.",
        "安全组名称不合法。";

    /// The group description has a wrong length or begins like a web address. Use 2 to 256 characters.
    SecurityGroupDescriptionMalformed(N073) = 400, "InvalidSecurityGroupDiscription.Malformed",
        "Specified security group description is not valid.",
        "安全组描述不合法。";

    /// The description of a rule is longer than 512 characters. Shorten it.
    RuleDescriptionMalformed(N074) = 400, "InvalidSecurityGroupDiscription.Malformed",
        "The specified security group rule description is not valid.",
        "安全组规则描述不合法。";

    /// The region has as many security groups as the account may have. Delete some first.
    SecurityGroupQuotaExceeded(N075) = 403, "QuotaExceed.SecurityGroup",
        "The maximum number of security groups is reached.",
        "安全组数量已达上限。";

    /// Instances still belong to the group. Remove them before deleting it.
    SecurityGroupHasInstances(N076) = 403, "DependencyViolation",
        "There is still instance(s) in the specified security group.",
        "安全组内仍有实例。";

    /// A rule of another group names this one. Remove the rule before deleting the group.
    SecurityGroupReferenced(N077) = 403, "DependencyViolation",
        "The specified security group has been authorized in another one.",
        "安全组被其他安全组的规则引用。";

    /// A rule names a protocol that there is none of. Use tcp, udp, icmp, gre or all.
    RuleProtocolUnknown(N078) = 400, "InvalidIpProtocol.ValueNotSupported",
        "The parameter IpProtocol must be specified with case insensitive TCP, UDP, ICMP, GRE or All.",
        "不支持指定的协议。";

    /// The port range does not fit the protocol. Use first/last, or -1/-1 for protocols without ports.
    RulePortRangeMalformed(N079) = 400, "InvalidIpPortRange.Malformed",
        "The specified parameter PortRange is not valid.",
        "端口范围不合法。";

    /// The source is no IPv4 address or block. Correct SourceCidrIp.
    RuleSourceCidrMalformed(N080) = 400, "InvalidSourceCidrIp.Malformed",
        "The specified parameter SourceCidrIp is not valid.",
        "源地址段不合法。";

    /// The destination is no IPv4 address or block. Correct DestCidrIp.
    RuleDestCidrMalformed(N081) = 400, "InvalidDestCidrIp.Malformed",
        "The specified parameter DestCidrIp is not valid.",
        "目的地址段不合法。";

    /// The peer is no IPv6 address or block. Correct it.
    RuleIpv6CidrMalformed(N082) = 400, "InvalidParameter.Ipv6CidrIp",
        "The specified Ipv6CidrIp is not valid.",
        "IPv6 地址段不合法。";

    /// A rule accepts or drops, and does nothing else. Use accept or drop.
    RulePolicyUnknown(N083) = 400, "InvalidPolicy.Malformed", "The specified parameter Policy is not valid.",
        "授权策略不合法。";

    /// The members of a group reach each other or not. Use Accept or Drop.
    InnerAccessPolicyUnknown(N084) = 400, "InvalidInnerAccessPolicy.Malformed",
        "The specified parameter InnerAccessPolicy is not valid.",
        "组内连通策略不合法。";

    /// The priority of a rule is no number. Use 1 to 100.
    RulePriorityMalformed(N085) = 400, "InvalidPriority.Malformed", "The parameter Priority is invalid.",
        "规则优先级不是数字。";

    /// The priority of a rule is out of range. Use 1 to 100.
    RulePriorityOutOfRange(N086) = 400, "InvalidPriority.ValueNotSupported",
        "The parameter Priority is invalid.",
        "规则优先级超出范围。";

    /// A rule is for the internet or the intranet card. Use one of the two.
    RuleNicTypeUnknown(N087) = 400, "InvalidNicType.ValueNotSupported",
        "The specified NicType does not exist.",
        "网卡类型不存在。";

    /// Groups of a VPC, and rules between groups, know the intranet card only. Use intranet.
    RuleNicTypeMismatch(N088) = 403, "InvalidNicType.Mismatch",
        "Specified nic type conflicts with the authorization record.",
        "网卡类型与规则不符。";

    /// The rule does not say whom it lets in. Add one of the source parameters.
    RuleSourceMissing(N089) = 400, "MissingParameter.Source",
        "One of the parameters SourceCidrIp, Ipv6SourceCidrIp, SourceGroupId or SourcePrefixListId must \
        be specified.",
        "缺少规则的源。";

    /// The rule does not say where it lets traffic go. Add one of the destination parameters.
    RuleDestMissing(N090) = 400, "MissingParameter.Dest",
        "One of the parameters DestCidrIp, Ipv6DestCidrIp, DestGroupId or DestPrefixListId must be \
        specified.",
        "缺少规则的目的。";

    /// The source group of the rule does not exist. Check the ID and the region.
    RuleSourceGroupNotFound(N091) = 404, "InvalidSourceGroupId.NotFound",
        "The SourceGroupId provided does not exist in our records.",
        "源安全组不存在。";

    /// The destination group of the rule does not exist. Check the ID and the region.
    RuleDestGroupNotFound(N092) = 404, "InvalidDestGroupId.NotFound",
        "The DestGroupId provided does not exist in our records.",
        "目的安全组不存在。";

    /// The source group lies in another VPC. Name one of the same VPC.
    RuleSourceGroupInOtherVpc(N093) = 400, "InvalidSourceGroupId.Mismatch",
        "Specified security group and source group are not in the same VPC.",
        "源安全组不在同一 VPC。";

    /// The destination group lies in another VPC. Name one of the same VPC.
    RuleDestGroupInOtherVpc(N094) = 400, "InvalidDestGroupId.Mismatch",
        "Specified security group and destination group are not in the same VPC.",
        "目的安全组不在同一 VPC。";

    /// The rule names its own group as destination. Name another one.
    RuleDestIsOwnGroup(N095) = 403, "InvalidSecurityGroup.IsSame",
        "The authorized SecurityGroupId should be different from the DestGroupId.",
        "规则不能以自身安全组为目的。";

    /// The group has no rule with this ID. DescribeSecurityGroupAttribute lists those it has.
    RuleIdNotFound(N097) = 404, "InvalidSecurityGroupRuleId.NotFound",
        "The specified SecurityGroupRuleId is not exists.",
        "指定的规则 ID 不存在。";

    /// The group has as many rules as it may. Remove some first.
    TooManyRules(N098) = 403, "AuthorizationLimitExceed",
        "The limit of authorization records in the security group reaches.",
        "安全组规则数量已达上限。";

    /// The instance already belongs to the group. There is nothing to do.
    InstanceAlreadyInGroup(N099) = 403, "InvalidInstanceId.AlreadyExists",
        "The specified instance already exists in the specified security group.",
        "实例已在该安全组内。";

    /// The instance does not belong to the group. Check both IDs.
    InstanceNotInGroup(N100) = 403, "InstanceNotInSecurityGroup", "The instance not in the group.",
        "实例不在该安全组内。";

    /// An instance keeps at least one group. Join another one before leaving this.
    InstanceLastGroup(N101) = 403, "InstanceLastSecurityGroup",
        "The specified security group is the last security group for the instance.",
        "该安全组是实例的最后一个安全组。";

    /// The instance belongs to as many groups as it may. Leave one first.
    InstanceTakesNoMoreGroups(N102) = 403, "InstanceSecurityGroupLimitExceeded",
        "The maximum number of security groups is exceeded.",
        "实例加入的安全组数量已达上限。";

    /// The instance and the group lie in different networks. Name two of the same VPC.
    InstanceInOtherNetwork(N103) = 403, "InvalidInstanceId.Mismatch",
        "Specified instance and security group are not in the same VPC.",
        "实例与安全组不在同一 VPC。";

    /// The rule names its own group as source. Name another one.
    RuleSourceIsOwnGroup(N152) = 403, "InvalidParamter.Conflict",
        "The specified SecurityGroupId should be different from the SourceGroupId.",
        "规则不能以自身安全组为源。";

    /// The rule names a prefix list that does not exist. Use addresses instead.
    RulePrefixListNotFound(N153) = 404, "InvalidPrefixListId.NotFound",
        "The specified prefix list was not found.",
        "指定的前缀列表不存在。";

    /// An enterprise group keeps its members apart, and nothing changes that. Use a normal group.
    EnterprisePolicyFixed(N154) = 404, "InvalidParameter.InnerAccessPolicy",
        "The InnerAccessPolicy attribute of enterprise level security group can't be modified.",
        "企业安全组的组内连通策略不能修改。";

    /// The request describes rules both in Permissions and beside it. Keep one of the two.
    RulesDescribedTwice(N155) = 400, "InvalidParam.Permissions",
        "The specified parameter Permissions cannot coexist with other parameters.",
        "Permissions 不能与其他规则参数同时使用。";

    /// The same rule is described twice in Permissions. Describe it once.
    RuleDuplicate(N156) = 400, "InvalidParam.DuplicatePermissions",
        "There are duplicate permissions in the specified parameter Permissions.",
        "Permissions 中有重复的规则。";

    /// The rule gives the same end both as IPv4 and as IPv6. Make two rules of it.
    RuleMixesFamilies(N157) = 400, "InvalidParameter.Conflict",
        "IPv6 and IPv4 addresses cannot exist at the same time.",
        "IPv4 与 IPv6 地址不能同时指定。";

    /// ICMP is a protocol of IPv4. Use ICMPv6 with IPv6 addresses.
    RuleIpv6WithIcmp(N158) = 400, "InvalidParam.Ipv4ProtocolConflictWithIpv6Address",
        "IPv6 address cannot be specified for IPv4-specific protocol.",
        "IPv4 协议不能使用 IPv6 地址。";

    /// ICMPv6 is a protocol of IPv6. Use ICMP with IPv4 addresses.
    RuleIpv4WithIcmpv6(N159) = 400, "InvalidParam.Ipv6ProtocolConflictWithIpv4Address",
        "IPv4 address cannot be specified for IPv6-specific protocol.",
        "IPv6 协议不能使用 IPv4 地址。";

    /// The range of source ports does not fit the protocol. Use first/last, or -1/-1 for protocols without
    /// ports.
    RuleSourcePortRangeMalformed(N160) = 400, "InvalidSourcePortRange.Malformed",
        "The specified parameter SourcePortRange is not valid.",
        "源端口范围不合法。";

    /// Rules of an enterprise group cannot name groups. Name addresses.
    EnterpriseGroupTakesNoPeers(N161) = 400, "InvalidGroupParameter.OperationDenied",
        "The attributes Policy, SourceGroupId, DestGroupId of enterprise level security groups are not allowed \
        to be set or modified.",
        "企业安全组的规则不能引用安全组。";

    /// Rules cannot name an enterprise group. Name addresses or a normal group.
    EnterpriseGroupIsNoPeer(N162) = 400, "InvalidGroupAuthParameter.OperationDenied",
        "The security group can not authorize to enterprise level security group.",
        "企业安全组不能作为规则的授权对象。";

    /// A group may have 20 rules that name groups. Remove some, or name addresses.
    TooManyPeerRules(N163) = 400, "AuthorizedGroupRule.LimitExceed",
        "You have reached the limit on the number of group authorization rules that you can add to a \
        security group.When authorization object of rule is security group, the limit is 20.",
        "授权对象为安全组的规则最多 20 条。";

    /// A rule keeps the kind of its peer: IPv4, IPv6, a group or a prefix list. Add another rule and remove this one.
    RuleKindFixed(N776) = 400, "InvalidOperation.ModifySgRuleEntityType",
        "The source or destination type of the rules cannot be modified.",
        "规则的源或目的类型不能修改。";

    /// A rule stays with its card. Add another rule and remove this one.
    RuleNicTypeFixed(N777) = 400, "InvalidOperation.ModifyNicType", "NicType is not allowed to modify.",
        "规则的网卡类型不能修改。";

    /// The changed rule would do what another one of the group does. Remove one of them instead.
    RuleLikeAnother(N778) = 400, "InvalidOperation.RuleDuplicate",
        "The modified rule is the same as another rule of the security group.",
        "修改后的规则与已有规则重复。";

    /// The group has no rule of this description. DescribeSecurityGroupAttribute lists those it has.
    DescribedRuleNotFound(N779) = 404, "SecurityGroupRule.NotFound",
        "The target security group rule not exist.",
        "目标安全组规则不存在。";
}
