//! Virtual MFA devices of RAM users.

errors! {
    /// The name of a virtual MFA device has 1 to 64 letters, digits and hyphens. Correct it.
    MfaDeviceNameMalformed(N644) = 400, "InvalidParameter.VirtualMFADeviceName.InvalidChars",
        "The parameter - \"VirtualMFADeviceName\" contains invalid chars.",
        "虚拟多因素认证设备名含有非法字符或长度不合法。";

    /// A code of an MFA device has six digits. Correct it.
    MfaCodeMalformed(N645) = 400, "InvalidParameter.AuthenticationCode.Format",
        "The parameter - \"AuthenticationCode\" MUST be 6 numbers.",
        "多因素认证设备的验证码只能是 6 位数字。";

    /// These are not two codes that the device shows now, one after the other. Read them again.
    MfaCodeWrong(N646) = 403, "CheckAuthenticationCodeFail",
        "The parameter - \"AuthenticationCode\" is inccorrect.",
        "不是多因素认证设备当前显示的连续两组验证码。";

    /// No MFA device is bound to the user. There is nothing to do.
    RamUserLacksMfaDevice(N647) = 404, "EntityNotExist.User.MFADevice",
        "The user has not bound any MFA device.",
        "RAM 用户没有绑定多因素认证设备。";

    /// The account has no virtual MFA device of this serial number. Check it.
    MfaDeviceNotFound(N648) = 404, "EntityNotExist.VirtualMFADevice",
        "The virtual mfa device does not exist.",
        "指定的虚拟多因素认证设备不存在。";

    /// An MFA device is bound to the user already. Unbind it first.
    RamUserHasMfaDevice(N649) = 409, "EntityAlreadyExists.User.MFADevice",
        "The user has already bound a MFA device.",
        "RAM 用户已绑定多因素认证设备。";

    /// The account already has a virtual MFA device of this name. Choose another name.
    MfaDeviceExists(N650) = 409, "EntityAlreadyExists.VirtualMFADevice",
        "The virtual mfa device does already exist.",
        "同名虚拟多因素认证设备已存在。";

    /// The virtual MFA device is bound to another user already. Unbind it first.
    MfaDeviceBound(N651) = 409, "EntityAlreadyExists.VirtualMFADevice.User",
        "The virtual mfa device does already been bound to a user.",
        "虚拟多因素认证设备已绑定其他 RAM 用户。";

    /// The virtual MFA device is still bound to a user. Unbind it before deleting it.
    MfaDeviceHasUser(N652) = 409, "DeleteConflict.VirtualMFADevice.User",
        "The virtual mfa device can not been bound to any user while deleting it.",
        "虚拟多因素认证设备仍绑定 RAM 用户，不能删除。";

    /// An MFA device is still bound to the user. Unbind it before deleting the user.
    RamUserStillHasMfaDevice(N653) = 409, "DeleteConflict.User.MFADevice",
        "The user can not has any mfa device while deleting the user.",
        "RAM 用户仍绑定多因素认证设备，不能删除。";
}
