//! The call and its caller: rehearsal, missing parameters, temporary keys, RAM.

errors! {
    /// Every check passed; the call was a rehearsal and changed nothing. Repeat it without DryRun.
    DryRunPassed(N001) = 400, "DryRunOperation", "Request validation has been passed with DryRun flag set.",
        "预检通过，没有执行。";

    /// A required parameter is absent. Add the one that the message names.
    RequiredParameterMissing(N002) = 400, "MissingParameter",
        "The input parameter {name} that is mandatory for processing this request is not supplied.",
        "缺少必填参数。";

    /// Two parameters of the request exclude each other. Keep one of the two.
    ParametersConflict(N003) = 400, "InvalidParameter.Conflict",
        "The specified parameters {first} and {second} cannot be used together.",
        "两个参数不能同时使用。";

    /// The key is a temporary one and came without its token. Add SecurityToken.
    SecurityTokenMissing(N004) = 400, "MissingSecurityToken", "SecurityToken is mandatory for this action.",
        "临时密钥必须携带 SecurityToken。";

    /// The security token was not issued here. Send it exactly as AssumeRole gave it.
    SecurityTokenMalformed(N005) = 400, "InvalidSecurityToken.Malformed",
        "The specified SecurityToken is malformed.",
        "SecurityToken 格式不合法。";

    /// The security token belongs to another temporary key. Send the three parts of one answer.
    SecurityTokenOfOtherKey(N006) = 400, "InvalidSecurityToken.MismatchWithAccessKey",
        "Specified SecurityToken mismatch with the AccessKey.",
        "SecurityToken 与 AccessKey 不匹配。";

    /// The temporary key has run out. Ask AssumeRole for a new one.
    SecurityTokenExpired(N007) = 400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.",
        "SecurityToken 已过期。";

    /// The policies or the role's trust do not let the caller assume it. Have them changed.
    AssumeRoleDenied(N008) = 403, "NoPermission",
        "You are not authorized to do this action. You should be authorized by RAM.",
        "RAM 策略不允许扮演该角色。";

    /// The role is not named in the form acs:ram::<uid>:role/<name>. Correct RoleArn.
    RoleArnMalformed(N009) = 400, "InvalidParameter.RoleArn", "The parameter RoleArn is wrongly formed.",
        "RoleArn 格式不合法。";

    /// The account has no RAM user of this name. Check the name.
    RamUserNotFound(N010) = 404, "EntityNotExist.User", "The user does not exist : {name} .",
        "指定的 RAM 用户不存在。";

    /// There is no policy of this name and kind. Check the name.
    RamPolicyNotFound(N011) = 404, "EntityNotExist.Policy", "The policy does not exist : {name} .",
        "指定的权限策略不存在。";

    /// The account has no RAM role of this name. Check the name.
    RamEntityRoleNotFound(N012) = 404, "EntityNotExist.Role", "The role not exists: {name}.",
        "指定的 RAM 角色不存在。";

    /// The account already has a RAM user of this name. Choose another name.
    RamUserExists(N013) = 409, "EntityAlreadyExists.User", "The user does already exist : {name} .",
        "同名 RAM 用户已存在。";

    /// The account already has a RAM role of this name. Choose another name.
    RamRoleExists(N014) = 409, "EntityAlreadyExists.Role", "The role already exists: {name}.",
        "同名 RAM 角色已存在。";

    /// The account already has a policy of this name. Choose another name.
    RamPolicyExists(N015) = 409, "EntityAlreadyExists.Policy", "The policy does already exist : {name} .",
        "同名权限策略已存在。";

    /// Policies are still attached to the role. Detach them before deleting it.
    RamRoleHasPolicies(N016) = 409, "DeleteConflict.Role.Policy",
        "The role can not has any policy attached while deleting.",
        "角色仍绑定权限策略，不能删除。";

    /// The policy document is not valid JSON of the policy language. Correct it.
    RamPolicyDocumentMalformed(N017) = 400, "MalformedPolicyDocument",
        "The policy document is wrongly formed.",
        "权限策略内容格式不合法。";
}
