//! Console logins of RAM users, and what an account settles about them.

errors! {
    /// The password falls short of the password policy of the account. GetPasswordPolicy tells it.
    RamPasswordTooWeak(N636) = 400, "InvalidParameter.Password.TooWeak",
        "The parameter - \"Password\" is not compliant with the password policy.",
        "密码不符合账号的密码强度策略。";

    /// The user has no console login. CreateLoginProfile gives it one.
    RamLoginNotFound(N637) = 404, "EntityNotExist.User.LoginProfile", "login policy not exists",
        "RAM 用户没有启用控制台登录。";

    /// The user already has a console login. Change it by UpdateLoginProfile.
    RamLoginExists(N638) = 409, "EntityAlreadyExists.User.LoginProfile",
        "The user login profile does already exist.",
        "RAM 用户已启用控制台登录。";

    /// The user still has a console login. Delete it before deleting the user.
    RamUserHasLogin(N639) = 409, "DeleteConflict.User.LoginProfile",
        "The user can not has any login profile while deleting the user.",
        "RAM 用户仍可登录控制台，不能删除。";

    /// A password has to have at least 8 to 32 characters. Correct MinimumPasswordLength.
    RamPasswordLengthOutOfRange(N640) = 400, "InvalidParameter.MinimumPasswordLength.Range",
        "The parameter - \"MinimumPasswordLength\" MUST be in the range of 8 and 32.",
        "密码最小长度只能是 8 至 32。";

    /// An alias has lowercase letters, digits and hyphens, none of them first, last or beside another. Correct it.
    RamAliasMalformed(N641) = 400, "InvalidParameter.AccountAlias.Format",
        "The format of parameter - \"AccountAlias\" is incorrect.",
        "账号别名格式不合法。";

    /// An alias has 3 to 63 characters. Correct it.
    RamAliasLengthOutOfRange(N642) = 400, "InvalidParameter.AccountAlias.Length",
        "The parameter - \"AccountAlias\" MUST be in the range of 3 and 63.",
        "账号别名长度只能是 3 至 63 个字符。";

    /// The account already has an alias, or another account has this one. Clear it or choose another.
    RamAliasExists(N643) = 409, "EntityAlreadyExists.AccountAlias", "The account alias does already exist.",
        "账号已有别名，或别名已被占用。";
}
