//! Instances that exist, key pairs, and launch templates.

errors! {
    /// The instance is in a state that rules the action out. Wait or change the state first.
    InstanceStatusWrong(N030) = 403, "IncorrectInstanceStatus",
        "The current status of the resource does not support this operation.",
        "实例当前状态不支持该操作。";

    /// The instance is still being made and cannot go yet. Wait until it has left Pending.
    InstanceInitializing(N031) = 403, "IncorrectInstanceStatus.Initializing",
        "The specified instance status does not support this operation.",
        "实例正在创建，不能释放。";

    /// The instance is under a security lock that forbids changes. Have the lock lifted.
    InstanceLocked(N032) = 403, "InstanceLockedForSecurity",
        "The specified operation is denied as your instance is locked for security reasons.",
        "实例被安全锁定。";

    /// The instance has run out or its account owes money. Renew or pay, then repeat the call.
    InstanceExpired(N033) = 403, "InstanceExpiredOrInArrears",
        "The specified operation is denied as your prepay instance is expired (prepay mode) or in \
        arrears (afterpay mode).",
        "实例已过期或欠费。";

    /// Deletion protection is on. Turn it off with ModifyInstanceAttribute, then delete.
    InstanceProtected(N034) = 403, "InvalidOperation.DeletionProtection",
        "The operation is not permitted due to deletion protection.",
        "实例开启了释放保护。";

    /// The request sets a password and also inherits the one of the image. Keep one of the two.
    PasswordGivenAndInherited(N035) = 400, "InvalidPasswordParam.Mismatch",
        "The input password should be null when passwdInherit is true.",
        "密码与继承镜像密码不能同时指定。";

    /// Subscriptions are not sold for this period. Choose a listed number of weeks or months.
    PeriodInvalid(N036) = 400, "InvalidPeriod", "The specified period is not valid.",
        "购买时长不合法。";

    /// Renewal is not offered for this period. Choose a listed number of weeks or months.
    AutoRenewPeriodInvalid(N037) = 400, "InvalidAutoRenewPeriod.ValueNotSupported",
        "The specified autoRenewPeriod is not valid.",
        "自动续费时长不合法。";

    /// The release time is unreadable, too near or too far. Use UTC, 30 minutes to 3 years ahead.
    AutoReleaseTimeInvalid(N038) = 400, "InvalidAutoReleaseTime.Malformed",
        "The specified parameter AutoReleaseTime is not valid.",
        "自动释放时间不合法。";

    /// The protected time of a spot instance is 0 to 6 hours. Correct SpotDuration.
    SpotDurationInvalid(N039) = 400, "InvalidSpotDuration", "The specified SpotDuration is not valid.",
        "抢占式实例保护期不合法。";

    /// The user data cannot be decoded. Encode it in standard Base64.
    UserDataNotBase64(N040) = 400, "InvalidUserData.Base64FormatInvalid",
        "The specified parameter UserData must be base64 encoded.",
        "UserData 必须是 Base64 编码。";

    /// The instance already has a public address and takes no second one. Use that one.
    PublicAddressPresent(N041) = 403, "AllocatedAlready",
        "The specified instance already has a public IP address.",
        "实例已有公网 IP。";

    /// The instance already has this type. Choose another one.
    InstanceTypeUnchanged(N042) = 403, "InvalidInstanceType.SameType",
        "The specified InstanceType is the current type of the instance.",
        "目标规格与当前规格相同。";

    /// The key pair name breaks the naming rules. Begin with a letter and use 2 to 128 characters.
    KeyPairNameMalformed(N043) = 400, "InvalidKeyPairName.Malformed", "Specified Key Pair name is not valid.",
        "密钥对名称不合法。";

    /// The region already has a key pair of this name. Choose another name.
    KeyPairExists(N044) = 400, "KeyPair.AlreadyExist", "The key pair already exist.",
        "同名密钥对已存在。";

    /// The account has as many key pairs as it may. Delete some first.
    KeyPairQuotaExceeded(N045) = 403, "QuotaExceed.KeyPair", "The key pair quota exceeds.",
        "密钥对数量已达上限。";

    /// The public key is not one that OpenSSH would take. Import an RSA key in OpenSSH form.
    PublicKeyMalformed(N046) = 400, "InvalidPublicKeyBody.Malformed",
        "The PublicKeyBody format is not supported.",
        "公钥格式不支持。";

    /// The account has no such launch template in this region. Check the ID or name.
    LaunchTemplateNotFound(N047) = 404, "InvalidLaunchTemplate.NotFound",
        "The specified LaunchTemplate is not found.",
        "指定的启动模板不存在。";

    /// Instances still log in with one of the key pairs. Detach it from them before deleting it.
    KeyPairInUse(N150) = 400, "InvalidParameter.KeypairAlreadyAttachedInstance",
        "The specified parameter \"KeyPairNames\" attached to instances can not be deleted.",
        "密钥对仍绑定实例，不能删除。";

    /// The names are no JSON array of at most 100 texts. Correct it.
    KeyPairNamesMalformed(N151) = 400, "InvalidKeyPairNames.ValueNotSupported",
        "The specified parameter \"KeyPairNames\" is not valid.",
        "KeyPairNames 不是合法的 JSON 数组。";

    /// Reading, changing or deleting: the account has no such HPC cluster in this region. Check the ID and the
    /// region.
    HpcClusterUnknown(N164) = 404, "NotExists.HpcCluster", "The specified HpcCluster does not exist.",
        "指定的 HPC 集群不存在。";

    /// Instances still belong to the HPC cluster. Release them before deleting it.
    HpcClusterHasInstances(N165) = 400, "DependencyViolation.HpcClusterInstances",
        "There are still instances in the specified HpcCluster.",
        "HPC 集群内仍有实例。";

    /// Every check passed; the batch was rehearsed and changed nothing. Repeat it without DryRun.
    BatchDryRunPassed(N140) = 400, "DRYRUN.SUCCESS",
        "Request validation has been passed with DryRun flag set.",
        "批量操作预检通过，没有执行。";

    /// The instance cannot become one of this type. Ask DescribeResourcesModification which types there are for it.
    InstanceTypeCannotBecome(N740) = 400, "DependencyViolation.InstanceType",
        "The current InstanceType cannot be changed to the specified InstanceType.",
        "当前实例的规格不能变更到指定的规格。";

    /// The instance has local disks, which stay on their host. Make a new instance instead.
    LocalDisksForbidChange(N741) = 403, "CategoryViolation",
        "The specified instance does not support this operation because of its disk category.",
        "挂载有本地盘的实例不支持变配。";

    /// The zone of the instance does not have the type. Choose another type.
    ZoneDoesNotOfferType(N742) = 403, "InvalidInstanceType.ValueNotSupported",
        "The specified zone does not offer the specified instancetype.",
        "实例所在的可用区没有指定的规格。";

    /// The type and the bandwidth change one after the other. Send two requests.
    TooManyChanges(N743) = 400, "InvalidParameter.Mismatch", "Too many parameters in one request.",
        "一次只能变更实例规格或公网带宽之一。";

    /// The type costs as much or more, which is no downgrade. Repeat the call with OperatorType=upgrade.
    UpgradeAsDowngrade(N744) = 400, "Upgrade.NotSupported", "Upgrade operation is not supported.",
        "目标规格不低于当前规格，不是降配。";
}
