//! Rows that any action may answer with: the request, its caller, and what no action can do without.

errors! {
    /// An earlier call used this client token with other parameters. Repeat that call exactly, or take a
    /// new token.
    TokenUsedWithOtherParameters(C001) = 400, "IdempotentParameterMismatch",
        "The request is retried with updated parameters.",
        "同一 ClientToken 曾以不同的参数调用过本接口。";

    /// The timestamp cannot be read, or lies too far from the server's clock. Send the current time in UTC.
    TimestampNotAccepted(C002) = 400, "IllegalTimestamp",
        "The input parameter “Timestamp” that is mandatory for processing this request is not supplied.",
        "时间戳格式不合法，或与服务器时间相差过大。";

    /// The signature is not the one that the key's secret gives for this request. Check the secret and the
    /// string to sign.
    SignatureWrong(C003) = 400, "IncompleteSignature",
        "The request signature does not conform to Aliyun standards.",
        "签名与服务器计算的结果不一致。";

    /// Balance and unused credit do not cover the order. Top up the account, then repeat the call.
    BalanceTooLow(C004) = 400, "InsufficientBalance", "Your account does not have enough balance.",
        "账户余额与可用信用额度不足以支付订单。";

    /// There is no access key with this ID. Check the key that the client is configured with.
    AccessKeyUnknown(C005) = 400, "InvalidAccessKeyId.NotFound",
        "The specified Access Key ID does not exist.",
        "指定的 AccessKeyId 不存在。";

    /// The request names its owner by ID and by login name at once. Keep one of the two.
    OwnerNamedTwice(C006) = 400, "InvalidOwner", "OwnerId and OwnerAccount can’t be used at one API access.",
        "OwnerId 与 OwnerAccount 不能同时传入。";

    /// OwnerAccount is not spelled like a login name. Correct it or leave it out.
    OwnerAccountMalformed(C007) = 400, "InvalidOwnerAccount", "The specified OwnerAccount is not valid.",
        "OwnerAccount 不是合法的登录名。";

    /// OwnerId is no account ID, or it names another account than the one behind the key. Leave it out.
    OwnerIdWrong(C008) = 400, "InvalidOwnerId", "The specified OwnerId is not valid.",
        "OwnerId 不合法，或不是调用者所属的账号。";

    /// The server does not know this signature method. Use HMAC-SHA1.
    SignatureMethodUnknown(C009) = 400, "InvalidParamater",
        "The specified parameter “SignatureMethod” is not valid.",
        "不支持指定的签名算法。";

    /// The server does not know this signature version. Use 1.0.
    SignatureVersionUnknown(C010) = 400, "InvalidParamater",
        "The specified parameter “SignatureVersion” is not valid.",
        "不支持指定的签名版本。";

    /// A value does not parse as the type of its parameter. Compare the request with the parameter table.
    ParameterMalformed(C011) = 400, "InvalidParameter", "The specified parameter is not valid",
        "参数值无法按其类型解析。";

    /// No product served here has this action in this version. Check the spelling of both.
    ActionUnknown(C012) = 400, "InvalidParameter",
        "The specified parameter “Action or Version” is not valid.",
        "接口名称或版本号不存在。";

    /// A required parameter is there, but empty. Give it a value.
    RequiredParameterEmpty(C013) = 400, "InvalidParameter.IsNull", "The required parameter must be not null.",
        "必填参数的值为空。";

    /// The request does not say which action it calls. Add Action.
    ActionMissing(C014) = 400, "MissingParameter",
        "The input parameter “Action” that is mandatory for processing this request is not supplied",
        "缺少公共参数 Action。";

    /// The request does not say whose key signed it. Add AccessKeyId.
    AccessKeyIdMissing(C015) = 400, "MissingParameter",
        "The input parameter “AccessKeyId” that is mandatory for processing this request is not supplied",
        "缺少公共参数 AccessKeyId。";

    /// The request is not signed. Add Signature.
    SignatureMissing(C016) = 400, "MissingParameter",
        "The input parameter “Signature” that is mandatory for processing the request is not supplied.",
        "缺少公共参数 Signature。";

    /// The request does not say when it was made. Add Timestamp.
    TimestampMissing(C017) = 400, "MissingParameter",
        "The input parameter “TimeStamp” that is mandatory for processing this request is not supplied",
        "缺少公共参数 Timestamp。";

    /// The request does not say which version of the API it speaks. Add Version.
    VersionMissing(C018) = 400, "MissingParameter",
        "The input parameter “Version” that is mandatory for processing this request is not supplied",
        "缺少公共参数 Version。";

    /// The nonce came with an earlier request of the same key. Draw a new one for every attempt.
    NonceUsed(C019) = 400, "SignatureNonceUsed", "The request signature nonce has been used.",
        "SignatureNonce 在保留期内已被使用过。";

    /// The account called this action more often than its rate allows. Slow down and retry later.
    Throttled(C020) = 400, "Throttling",
        "You have made too many requests within a short time; your request is denied due to request \
        throttling.",
        "调用过于频繁，请稍后再试。";

    /// The parameter is in preview and the account has not been admitted to it. Leave it out.
    PreviewParameterNotGranted(C021) = 400, "UnsupportedParameter", "The parameters is unsupported.",
        "该参数尚未对本账号开放。";

    /// A service that this request depends on gave an answer that makes no sense. Retry later.
    DependencyUnintelligible(C022) = 400, "UnknownError",
        "The request processing has failed due to some unknown error.",
        "所依赖的外部服务返回了无法识别的结果。";

    /// The resource is paid in a way that rules this action out, such as a subscription that has not run out.
    /// Wait or change the billing method.
    SubscriptionForbidsAction(C023) = 403, "ChargeTypeViolation",
        "The operation is not permitted due to charge type of the instance.",
        "未到期的包年包月资源不支持该操作。";

    /// The access key exists, but is switched off. Enable it or use another one.
    AccessKeyDisabled(C024) = 403, "Forbidden.AccessKeyDisabled", "The Access Key is disabled.",
        "该 AccessKey 已被禁用。";

    /// Only the account itself may call this action, RAM identities may not. Use a key of the account.
    ActionForAccountOwnerOnly(C025) = 403, "Forbidden.NotSupportRAM",
        "This action does not support accessed by RAM mode.",
        "该接口只允许主账号调用。";

    /// No policy of the RAM identity allows the action here, or one denies it. Have the policy changed.
    RamDeniesAction(C026) = 403, "Forbidden.RAM",
        "User not authorized to operate on the specified resource, or this API doesn’t support RAM.",
        "RAM 策略不允许执行该操作。";

    /// Risk control holds the account, so it cannot acquire anything. Have the hold lifted.
    HeldByRiskControl(C027) = 403, "Forbidden.RiskControl",
        "This operation is forbidden by Aliyun RiskControl system.",
        "账号受到风险控制，不能购买资源。";

    /// The RAM identity may use ECS, but may not place orders. Grant it bss:PayOrder.
    RamUserMayNotOrder(C028) = 403, "Forbidden.SubUser", "The specified action is not available for you.",
        "RAM 用户没有下单支付的权限。";

    /// The named owner of the resources has given the caller no access. Have the owner grant it.
    ResourceOwnerHasNotGranted(C029) = 403, "Forbidden.Unauthorized",
        "User not authorized to operate on the specified resource.",
        "资源所有者没有向调用者授权。";

    /// The other account that the request names does not exist. Check its ID.
    ThirdAccountUnknown(C030) = 403, "InvalidAccount.NotFound", "The specified Account does not exist.",
        "指定的第三方账号不存在。";

    /// The key is limited to certain actions, and this one is not among them. Use another key.
    KeyNotForAction(C031) = 403, "InvalidAction", "Specified action is not valid.",
        "该 AccessKey 不允许调用此接口。";

    /// The client token belongs to a call of another action. Take a new token.
    TokenUsedByOtherAction(C032) = 403, "InvalidIdempotenceParameter.Mismatch",
        "The specified parameters are different from before.",
        "该 ClientToken 已被另一个接口使用。";

    /// OwnerAccount is a login name, but not the one of the account behind the key. Leave it out.
    OwnerAccountForeign(C033) = 403, "InvalidParameter.OwnerAccount", "OwnerAccount is Invalid.",
        "OwnerAccount 不是调用者所属的账号。";

    /// ResourceOwnerAccount leads to no account. Check its spelling.
    ResourceOwnerUnknown(C034) = 403, "InvalidParameter.ResourceOwnerAccount",
        "ResourceOwnerAccount is Invalid.",
        "ResourceOwnerAccount 不合法或不存在。";

    /// The first call with this client token has not been answered yet. Wait, then repeat to receive its
    /// answer.
    TokenStillProcessing(C035) = 403, "LastTokenProcessing", "The last token request is processing.",
        "同一 ClientToken 的请求正在处理中。";

    /// A service key acts for somebody else and has to say for whom. Add OwnerId or OwnerAccount.
    ServiceKeyNamesNoOwner(C036) = 403, "MissingParameter",
        "The input parameter OwnerId,OwnerAccount that is mandatory for processing this request is not \
        supplied.",
        "服务密钥必须指明所代表的账号。";

    /// Regions of the Chinese mainland sell only to verified accounts, and this one is not. Verify it or go
    /// elsewhere.
    RealNameNotVerified(C037) = 403, "RealNameAuthenticationError",
        "Your account has not passed the real-name authentication yet.",
        "账号未完成实名认证。";

    /// The API is called with GET or POST and nothing else. Change the method.
    HttpMethodUnsupported(C038) = 403, "UnsupportedHTTPMethod", "This http method is not supported.",
        "不支持该 HTTP 方法。";

    /// The account has no such disk in this region. Check the ID and the region.
    DiskNotFound(C039) = 404, "InvalidDiskId.NotFound", "The specified DiskId does not exist.",
        "指定的磁盘不存在。";

    /// The caller can see no such image in this region. Check the ID and the region.
    ImageNotFound(C040) = 404, "InvalidImageId.NotFound", "The specified ImageId does not exist.",
        "指定的镜像不存在。";

    /// The account has no such instance in this region. Check the ID and the region.
    InstanceNotFound(C041) = 404, "InvalidInstanceId.NotFound", "The specified InstanceId does not exist.",
        "指定的实例不存在。";

    /// There is no region with this ID. DescribeRegions lists those that exist.
    RegionNotFound(C042) = 404, "InvalidRegionId.NotFound", "The specified RegionId does not exist.",
        "指定的地域不存在。";

    /// The account has no such security group in this region. Check the ID and the region.
    SecurityGroupNotFound(C043) = 404, "InvalidSecurityGroupId.NotFound",
        "The specified SecurityGroupId does not exist.",
        "指定的安全组不存在。";

    /// The account has no such snapshot in this region. Check the ID and the region.
    SnapshotNotFound(C044) = 404, "InvalidSnapshotId.NotFound", "The specified SnapshotId does not exist.",
        "指定的快照不存在。";

    /// An earlier change of the same resource is not finished. Wait for it, then repeat the call.
    ChangeInProgress(C045) = 409, "OperationConflict",
        "Request was denied due to conflict with a previous request.",
        "该资源上有尚未完成的变更。";

    /// Something of ours broke while the call was carried out. Nothing has changed; retrying is safe.
    InternalFault(C046) = 500, "InternalError",
        "The request processing has failed due to some unknown error, exception or failure.",
        "服务器内部错误，没有任何改动。";

    /// The server is overloaded, or the region is down. Nothing has changed; retry later.
    ServiceDown(C047) = 503, "ServiceUnavailable",
        "The request has failed due to a temporary failure of the server.",
        "服务暂时不可用，请稍后再试。";

    /// The region is inside an announced maintenance window. Retry when it is over.
    RegionUnderMaintenance(C048) = 503, "ServiceUnavailable.RegionMaintaining",
        "System maintenance is in progress on the selected region, please wait a few minutes before \
        trying again.",
        "地域正在维护，请稍后再试。";
}
