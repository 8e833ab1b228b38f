//! States that cases of RAM begin with.

use crate::ram::mfa::totp::{self, STEP_MS};
use crate::story::{DAWN_MS, Story};
use crate::world::DEFAULT_ACCOUNT;

/// A user `ann`.
pub fn one_user(story: &mut Story) {
    story.call("Ram:CreateUser", "UserName=ann");
}

/// A user `ann` with a key `$key`.
pub fn one_key(story: &mut Story) {
    one_user(story);
    let parts = [("key", "AccessKey/AccessKeyId"), ("key_secret", "AccessKey/AccessKeySecret")];
    story.make_all(&parts, "Ram:CreateAccessKey", "UserName=ann");
}

/// A user `ann` with a key `$key`, with which it called something.
pub fn a_used_key(story: &mut Story) {
    one_key(story);
    story.call("Ram:AttachPolicyToUser", "PolicyType=System&PolicyName=AliyunECSReadOnlyAccess&UserName=ann");
    story.pass_ms(1000);
    story.act_with_key("$key");
    story.call("DescribeRegions", "");
    story.pass_ms(1000);
    story.act_as(DEFAULT_ACCOUNT);
}

/// A user `ann` who logs in to the console.
pub fn one_login(story: &mut Story) {
    one_user(story);
    story.pass_ms(1000);
    story.call("Ram:CreateLoginProfile", "UserName=ann&Password=Passw0rd!");
}

/// A user `ann` with two keys.
pub fn two_keys(story: &mut Story) {
    one_key(story);
    story.pass_ms(1000);
    story.call("Ram:CreateAccessKey", "UserName=ann");
}

/// A group `ops`.
pub fn one_group(story: &mut Story) {
    story.call("Ram:CreateGroup", "GroupName=ops");
}

/// A user `ann` and a group `ops`, strangers to each other.
pub fn user_and_group(story: &mut Story) {
    one_user(story);
    one_group(story);
}

/// A user `ann` in a group `ops`.
pub fn one_member(story: &mut Story) {
    user_and_group(story);
    story.call("Ram:AddUserToGroup", "UserName=ann&GroupName=ops");
}

/// A custom policy `start-only`.
pub fn one_policy(story: &mut Story) {
    let document =
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:StartInstance","Resource":"*"}]}"#;
    story.bind("document", document);
    story.call("Ram:CreatePolicy", "PolicyName=start-only&PolicyDocument=$document&Description=To start");
}

/// A custom policy `start-only` with two versions, of which v1 counts.
pub fn two_versions(story: &mut Story) {
    one_policy(story);
    story.pass_ms(1000);
    story.call("Ram:CreatePolicyVersion", "PolicyName=start-only&PolicyDocument=$document");
}

/// A role `worker` for instances.
pub fn one_role(story: &mut Story) {
    let trust = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}}]}"#;
    story.bind("trust", trust);
    story.call("Ram:CreateRole", "RoleName=worker&AssumeRolePolicyDocument=$trust&Description=For instances");
}

/// A user `ann`, a group `ops`, a role `worker` and a custom policy `start-only`.
pub fn everybody(story: &mut Story) {
    user_and_group(story);
    one_role(story);
    one_policy(story);
}

/// The policy `start-only` attached to all of [`everybody`].
pub fn everybody_attached(story: &mut Story) {
    everybody(story);
    story.pass_ms(1000);
    for (holder, name) in [("User", "ann"), ("Group", "ops"), ("Role", "worker")] {
        let action = format!("Ram:AttachPolicyTo{holder}");
        story.call(&action, &format!("PolicyType=Custom&PolicyName=start-only&{holder}Name={name}"));
    }
}

/// An account with an alias.
pub fn one_alias(story: &mut Story) {
    story.call("Ram:SetAccountAlias", "AccountAlias=my-company");
}

/// A virtual MFA device `phone` with the serial number `$phone`, and the codes that it shows when the story begins and
/// then: `$code1` and `$code2`.
///
/// # Panics
///
/// When its seed is none.
pub fn one_device(story: &mut Story) {
    story.make(
        "seed",
        "Ram:CreateVirtualMFADevice",
        "VirtualMFADeviceName=phone",
        "VirtualMFADevice/Base32StringSeed",
    );
    story.bind("phone", format!("acs:ram::{DEFAULT_ACCOUNT}:mfa/phone"));
    // The codes follow from the seed.
    story.stop_telling();
    for (name, at_ms) in [("code1", DAWN_MS), ("code2", DAWN_MS + STEP_MS)] {
        let code = totp::code(story.named("seed"), at_ms).expect("a seed is a key");
        story.bind(name, code);
    }
}

/// A user `ann` and a device `$phone`, strangers to each other.
pub fn user_and_device(story: &mut Story) {
    one_user(story);
    one_device(story);
}

/// A user `ann` who bound a device `$phone`.
pub fn one_bound_device(story: &mut Story) {
    user_and_device(story);
    let codes = "AuthenticationCode1=$code1&AuthenticationCode2=$code2";
    story.call("Ram:BindMFADevice", &format!("UserName=ann&SerialNumber=$phone&{codes}"));
}
