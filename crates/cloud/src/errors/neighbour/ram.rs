//! Resource Access Management and the Security Token Service.

errors! {
    /// The name of a RAM user has 1 to 64 letters, digits, periods, hyphens, underscores and at signs. Correct it.
    RamUserNameMalformed(N601) = 400, "InvalidParameter.UserName.InvalidChars",
        "The parameter - \"UserName\" contains invalid chars.",
        "RAM 用户名含有非法字符或长度不合法。";

    /// The name of a group has 1 to 64 letters, digits, periods, hyphens and underscores. Correct it.
    RamGroupNameMalformed(N602) = 400, "InvalidParameter.GroupName.InvalidChars",
        "The parameter - \"GroupName\" contains invalid chars.",
        "用户组名含有非法字符或长度不合法。";

    /// The name of a role has 1 to 64 letters, digits, periods, hyphens and underscores. Correct it.
    RamRoleNameMalformed(N603) = 400, "InvalidParameter.RoleName.InvalidChars",
        "The parameter - \"RoleName\" contains invalid chars.",
        "RAM 角色名含有非法字符或长度不合法。";

    /// The name of a policy has 1 to 128 letters, digits and hyphens. Correct it.
    RamPolicyNameMalformed(N604) = 400, "InvalidParameter.PolicyName.InvalidChars",
        "The parameter - \"PolicyName\" contains invalid chars.",
        "权限策略名含有非法字符或长度不合法。";

    /// A policy is of type System or Custom. Correct PolicyType.
    RamPolicyTypeUnknown(N605) = 400, "InvalidParameter.PolicyType",
        "The parameter - \"PolicyType\" is incorrect.",
        "权限策略类型只能是 System 或 Custom。";

    /// The account has no group of this name. Check the name.
    RamGroupNotFound(N606) = 404, "EntityNotExist.Group", "The group does not exist : {name} .",
        "指定的用户组不存在。";

    /// The account already has a group of this name. Choose another name.
    RamGroupExists(N607) = 409, "EntityAlreadyExists.Group", "The group does already exist : {name} .",
        "同名用户组已存在。";

    /// The user has no access key of this ID. Check both.
    RamUserKeyNotFound(N608) = 404, "EntityNotExist.User.AccessKey", "The user access key does not exist.",
        "该 RAM 用户没有这个 AccessKey。";

    /// The user already has two access keys. Delete one that is no longer needed.
    RamUserKeysFull(N609) = 409, "LimitExceeded.User.AccessKey",
        "The access key count of the user access keys beyond the current limits.",
        "RAM 用户的 AccessKey 数量已达上限。";

    /// The user still has access keys. Delete them before deleting the user.
    RamUserHasKeys(N610) = 409, "DeleteConflict.User.AccessKey",
        "The user can not has any access key while deleting the user.",
        "RAM 用户仍有 AccessKey，不能删除。";

    /// The user is still in a group. Remove it from its groups before deleting it.
    RamUserHasGroups(N611) = 409, "DeleteConflict.User.Group",
        "The user can not be in any group while deleting the user.",
        "RAM 用户仍在用户组中，不能删除。";

    /// Policies are still attached to the user. Detach them before deleting it.
    RamUserHasPolicies(N612) = 409, "DeleteConflict.User.Policy",
        "The user can not has any attached policy while deleting the user.",
        "RAM 用户仍绑定权限策略，不能删除。";

    /// The group still has users. Remove them before deleting it.
    RamGroupHasUsers(N613) = 409, "DeleteConflict.Group.User",
        "The group can not has any user member while deleting the group.",
        "用户组仍有成员，不能删除。";

    /// Policies are still attached to the group. Detach them before deleting it.
    RamGroupHasPolicies(N614) = 409, "DeleteConflict.Group.Policy",
        "The entity can not has any attached policy while deleting the group.",
        "用户组仍绑定权限策略，不能删除。";

    /// The user is in the group already. There is nothing to do.
    RamUserInGroup(N615) = 409, "EntityAlreadyExists.User.Group", "The user has already joined the group.",
        "RAM 用户已在该用户组中。";

    /// The user is not in the group. There is nothing to do.
    RamUserNotInGroup(N616) = 404, "EntityNotExist.User.Group", "The user has not joined the group.",
        "RAM 用户不在该用户组中。";

    /// The policy is still attached to users. Detach it before deleting it.
    RamPolicyHasUsers(N617) = 409, "DeleteConflict.Policy.User",
        "The policy can not been attached to any user while deleting the policy.",
        "权限策略仍绑定在 RAM 用户上，不能删除。";

    /// The policy is still attached to groups. Detach it before deleting it.
    RamPolicyHasGroups(N618) = 409, "DeleteConflict.Policy.Group",
        "The policy can not been attached to any group while deleting the policy.",
        "权限策略仍绑定在用户组上，不能删除。";

    /// The policy is still attached to roles. Detach it before deleting it.
    RamPolicyHasRoles(N619) = 409, "DeleteConflict.Policy.Role",
        "The policy can not been attached to any role while deleting the policy.",
        "权限策略仍绑定在 RAM 角色上，不能删除。";

    /// The policy has versions beside the default one. Delete them before deleting it.
    RamPolicyHasVersions(N620) = 409, "DeleteConflict.Policy.Version",
        "The policy can not has any version except the default version.",
        "权限策略除默认版本外还有其他版本，不能删除。";

    /// The default version of a policy stays as long as the policy. Make another version the default first.
    RamPolicyVersionIsDefault(N621) = 409, "DeleteConflict.Policy.Version.Default",
        "The default policy version can not been deleted directly.",
        "不能直接删除权限策略的默认版本。";

    /// The policy has no such version. ListPolicyVersions tells those it has.
    RamPolicyVersionNotFound(N622) = 404, "EntityNotExist.Policy.Version",
        "The policy version does not exist.",
        "指定的权限策略版本不存在。";

    /// The policy already has five versions. Delete one or rotate.
    RamPolicyVersionsFull(N623) = 409, "LimitExceeded.Policy.Version",
        "The count of policy version beyond the current limits.",
        "权限策略的版本数已达上限。";

    /// The policy is attached to the user already. There is nothing to do.
    RamUserHasPolicy(N624) = 409, "EntityAlreadyExists.User.Policy",
        "The user has already been attached this policy.",
        "RAM 用户已绑定该权限策略。";

    /// The policy is attached to the group already. There is nothing to do.
    RamGroupHasPolicy(N625) = 409, "EntityAlreadyExists.Group.Policy",
        "The group has already been attached this policy.",
        "用户组已绑定该权限策略。";

    /// The policy is attached to the role already. There is nothing to do.
    RamRoleHasPolicy(N626) = 409, "EntityAlreadyExists.Role.Policy",
        "The role has already been attached this policy.",
        "RAM 角色已绑定该权限策略。";

    /// The policy is not attached to the user. There is nothing to do.
    RamUserLacksPolicy(N627) = 404, "EntityNotExist.User.Policy",
        "The indicate policy of the user does not exist.",
        "RAM 用户没有绑定该权限策略。";

    /// The policy is not attached to the group. There is nothing to do.
    RamGroupLacksPolicy(N628) = 404, "EntityNotExist.Group.Policy",
        "The indicate policy attached to the group does not exist.",
        "用户组没有绑定该权限策略。";

    /// The policy is not attached to the role. There is nothing to do.
    RamRoleLacksPolicy(N629) = 404, "EntityNotExist.Role.Policy",
        "The indicate policy attached to the role does not exist.",
        "RAM 角色没有绑定该权限策略。";

    /// A session lasts from 900 seconds to the role's MaxSessionDuration. Correct DurationSeconds.
    SessionDurationOutOfRange(N630) = 400, "InvalidParameter.DurationSeconds",
        "The Min/Max value of DurationSeconds is 15min/1hr.",
        "会话时长超出 900 秒至角色最大会话时间的范围。";

    /// The name of a session has 2 to 64 letters, digits, periods, hyphens, underscores and at signs. Correct it.
    SessionNameMalformed(N631) = 400, "InvalidParameter.RoleSessionName",
        "The parameter RoleSessionName is wrongly formed.",
        "会话名称格式不合法。";

    /// The policy of the session is not valid JSON of the policy language. Correct it or leave it out.
    SessionPolicyMalformed(N632) = 400, "InvalidParameter.PolicyGrammar",
        "The parameter Policy has not passed grammar check.",
        "会话权限策略格式不合法。";

    /// Roles are assumed by RAM users and by other roles, never by the account itself. Use the key of a RAM user.
    OwnerMayNotAssumeRoles(N633) = 403, "NoPermission", "Roles may not be assumed by root accounts.",
        "主账号不能扮演 RAM 角色。";

    /// InstanceIds is no JSON array of texts, or has too many. Correct it.
    InstanceIdsMalformed(N634) = 400, "InvalidInstanceIds.Malformed", "The specified instanceIds are not valid.",
        "InstanceIds 不是实例 ID 的 JSON 数组，或实例过多。";

    /// The instance already has another RAM role. Detach that one first.
    InstanceHasRamRole(N635) = 403, "OperationDenied.RamRoleAttached",
        "The specified instance already has a RAM role.",
        "实例已绑定其他 RAM 角色。";
}
