//! Creating instances: what the account owes, is entitled to, may still have, and can buy.

errors! {
    /// The account owes money. Pay the overdue amount, then repeat the call.
    AccountInArrears(I001) = 400, "Account.Arrearage", "Your account has an outstanding payment.",
        "账号已经欠费。";

    /// The instance type is sold by invitation and the account has none. Choose another type.
    InstanceTypeByInvitation(I014) = 400, "InvalidInstanceType.ValueUnauthorized",
        "The specified InstanceType is not authorized.",
        "指定的InstanceType未授权使用。";

    /// The account may not use spot instances at all. Leave the spot parameters out.
    AccountNotAdmittedToSpot(I032) = 400, "InvalidSpotAliUid",
        "The specified UID is not authorized to use SPOT instance.",
        "该账号不能使用spot instance。";

    /// The account may use spot instances, but not in the way asked for. Choose another strategy or
    /// duration.
    SpotParameterNotGranted(I033) = 400, "InvalidSpotAuthorized", "The specified Spot param is unauthorized.",
        "该账号没有授权创建竞价实例。";

    /// A spot instance cannot be a subscription. Use PostPaid or leave SpotStrategy out.
    SpotWithSubscription(I034) = 400, "InvalidSpotPrepaid",
        "The specified Spot type is not support PrePay Instance.",
        "竞价实例不支持预付费。";

    /// The highest price is missing, no positive number, or has more than three decimals. Correct
    /// SpotPriceLimit.
    SpotPriceLimitInvalid(I035) = 400, "InvalidSpotPriceLimit", "The specified SpotPriceLimitis not valid.",
        "SpotPriceLimit参数不合法。";

    /// The bid lies below the current market price. DescribeSpotPriceHistory shows what it is.
    SpotPriceLimitBelowMarket(I036) = 400, "InvalidSpotPriceLimit.LowerThanPublicPrice",
        "The specified parameter spotPriceLimit can’t be lower than current public price.",
        "出价低于当前系统公允价格。";

    /// There is no spot strategy of this name. Check the spelling.
    SpotStrategyUnknown(I037) = 400, "InvalidSpotStrategy", "The specified SpotStrategy is not valid.",
        "SpotStrategy参数不合法。";

    /// The account would have more PostPaid instances than its quota. Release some or have the quota
    /// raised.
    PostPaidInstanceQuotaExceeded(I046) = 400, "QuotaExceed.AfterpayInstance",
        "The maximum number of Pay-As-You-Go instances is exceeded.",
        "用户的按量付费实例个数达到上限。";

    /// The RAM identity may call the action, but may not use a resource that it names. Have the policy
    /// changed.
    RamDeniesNamedResource(I052) = 403, "Forbidden",
        "User not authorized to operate on the specified resource.",
        "用户没有权限操作。";

    /// The image is from the marketplace and the account has not subscribed to it. Subscribe first.
    MarketImageNotSubscribed(I053) = 403, "ImageNotSubscribed", "The specified image has not be subscribed.",
        "没有订阅镜像市场的镜像。";

    /// None of the account's payment methods can pay an order. Add balance or credit, or use PostPaid.
    NoMethodPaysOrders(I063) = 403, "InvalidPayMethod", "The specified billing method is not valid.",
        "指定的付费类型不存在。";

    /// The account may not use this category for a system disk. Choose another category.
    SystemDiskCategoryNotGranted(I067) = 403, "InvalidSystemDiskCategory.ValueUnauthorized",
        "The disk category is not authorized.",
        "磁盘种类未被授权使用。";

    /// The RAM identity may not hand this role to an instance. Grant it ram:PassRole.
    PassRoleDenied(I068) = 403, "InvalidUser.PassRoleForbidden",
        "The RAM user does not have the privilege to pass a role.",
        "RAM用户不具有PassRole的权限。";

    /// The account may not use user data. Leave UserData out.
    UserDataNotGranted(I069) = 403, "InvalidUserData.Forbidden",
        "User not authorized to input the parameter UserData, please apply for permission UserData.",
        "用户没有权限使用UserData。";

    /// The region sells no PostPaid instances at present. Use PrePaid, wait or go to another region.
    PostPaidSalesSuspended(I076) = 403, "OperationDenied",
        "Sales of this resource are temporarily suspended in the specified region; please try again \
        later.",
        "Region暂时停售按量付费（Pay-As-You-Go）实例。";

    /// The zone has too few units left of the type. Ask for fewer, or try another type or zone.
    OutOfStock(I079) = 403, "OperationDenied.NoStock",
        "Sales of this resource are temporarily suspended in the specified region; please try again \
        later.",
        "库存不足，请尝试其它系列或者其它可用区/地域的实例。";

    /// All licences of the marketplace image are in use. Buy more or release an instance of it.
    MarketImageLicencesUsedUp(I080) = 403, "QuotaExceed.BuyImage",
        "The specified image is from the image market, You have not bought it or your quota has been \
        exceeded.",
        "指定镜像没有购买或超过限制。";

    /// The account may not use this region. Choose another one.
    RegionNotGranted(I082) = 403, "RegionUnauthorized",
        "There is no authority to create instance in the specified region.",
        "用户无权使用该Region。";

    /// The zone is closed for sale. Choose another zone.
    ZoneNotOnSale(I084) = 403, "Zone.NotOnSale", "The specified zone is not available for purchase.",
        "创建实例的可用区已经关闭售卖，请更换其他可用区/地域。（VPC类型实例的交换机会限制购买可用区）。";

    /// The zone sells by invitation and the account has none. Choose another zone.
    ZoneByInvitation(I085) = 403, "Zone.NotOpen",
        "The specified zone is not granted to you to buy resources yet.",
        "创建实例的可用区没有对该用户开放售卖。";

    /// Instances are PrePaid or PostPaid, and nothing else. Correct InstanceChargeType.
    InstanceChargeTypeUnknown(I091) = 404, "InvalidInstanceChargeType.NotFound",
        "The InstanceChargeType does not exist in our records.",
        "指定的InstanceChargeType不存在。";

    /// The account may have only so many instances under creation. Wait until one has left Pending.
    TooManyConcurrentCreations(I103) = 404, "OperationDenied", "Another Instance is being created.",
        "正在创建另外的实例。";

    /// The account has no payment method. Register one, then repeat the call.
    NoPaymentMethod(I104) = 404, "PaymentMethodNotFound",
        "No billing method has been registered on the account.",
        "该账号下没有付款方式。";
}
