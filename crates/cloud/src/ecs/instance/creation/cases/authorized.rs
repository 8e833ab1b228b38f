//! Requests about RAM: what the caller may build on, and the roles that instances have.

use crate::case::Case;
use crate::ecs::instance::creation::given::{base, classic, classic_request, key_pair, request};
use crate::errors::{PassRoleDenied, RamDeniesNamedResource, RamRoleNotFound, RamRoleOnClassicInstance};
use crate::ram::given::one_role;
use crate::story::Story;

pub(super) const SHARED: &[Case] = &[
    Case::ok("with a RAM role", base_and_role, request!("RamRoleName=worker")),
    Case::ok("by a RAM user", ann, request!()),
    Case::err("a role for others", role_for_others, request!("RamRoleName=worker"), &RamRoleNotFound)
        .after(role_for_instances)
        .shown("Ram:GetRole", "RoleName=worker", "fc.aliyuncs.com"),
    Case::err("a security group out of reach", no_group, request!(), &RamDeniesNamedResource)
        .after(administrator),
    Case::err("a vSwitch out of reach", no_v_switch, request!(), &RamDeniesNamedResource)
        .after(administrator),
    Case::err("an image out of reach", no_image, request!(), &RamDeniesNamedResource).after(administrator),
    Case::err("a key pair out of reach", no_key_pair, request!("KeyPairName=login"), &RamDeniesNamedResource)
        .instead("KeyPairName"),
    Case::err("instances and nothing else", instances_alone, request!(), &RamDeniesNamedResource)
        .after(administrator),
    Case::err("a role out of reach", no_pass_role, request!("RamRoleName=worker"), &PassRoleDenied)
        .after(administrator),
    Case::err(
        "a role in the classic network",
        classic_and_role,
        classic_request!("RamRoleName=worker"),
        &RamRoleOnClassicInstance,
    )
    .instead("RamRoleName")
    .shown("DescribeSecurityGroups", "RegionId=cn-hangzhou&SecurityGroupId=$g", "\"VpcId\":\"\""),
];

pub(super) fn base_and_role(story: &mut Story) {
    base(story);
    one_role(story);
}

fn classic_and_role(story: &mut Story) {
    classic(story);
    one_role(story);
}

fn role_for_others(story: &mut Story) {
    base_and_role(story);
    let trust = story.named("trust").replace("ecs.aliyuncs.com", "fc.aliyuncs.com");
    story.bind("trust", trust);
    story.call("Ram:UpdateRole", "RoleName=worker&NewAssumeRolePolicyDocument=$trust");
}

fn role_for_instances(story: &mut Story) {
    let trust = story.named("trust").replace("fc.aliyuncs.com", "ecs.aliyuncs.com");
    story.bind("trust", trust);
    story.call("Ram:UpdateRole", "RoleName=worker&NewAssumeRolePolicyDocument=$trust");
}

/// A RAM user whose policy has these statements calls.
fn ann_with(story: &mut Story, statements: &str) {
    story.bind("document", format!(r#"{{"Version":"1","Statement":[{statements}]}}"#));
    story.call("Ram:CreateUser", "UserName=ann");
    story.call("Ram:CreatePolicy", "PolicyName=builder&PolicyDocument=$document");
    story.call("Ram:AttachPolicyToUser", "PolicyType=Custom&PolicyName=builder&UserName=ann");
    let parts = [("k", "AccessKey/AccessKeyId"), ("k_secret", "AccessKey/AccessKeySecret")];
    story.make_all(&parts, "Ram:CreateAccessKey", "UserName=ann");
    story.act_with_key("$k");
}

/// The user may do everything instead.
fn administrator(story: &mut Story) {
    story.act_as_owner();
    story.call("Ram:DetachPolicyFromUser", "PolicyType=Custom&PolicyName=builder&UserName=ann");
    story.call("Ram:AttachPolicyToUser", "PolicyType=System&PolicyName=AdministratorAccess&UserName=ann");
    story.act_with_key("$k");
}

/// A RAM user who may create instances on everything but these resources calls.
fn ann_without(story: &mut Story, resource: &str) {
    let deny = format!(r#"{{"Effect":"Deny","Action":"ecs:*","Resource":"{resource}"}}"#);
    ann_with(story, &format!(r#"{{"Effect":"Allow","Action":"ecs:*","Resource":"*"}},{deny}"#));
}

fn ann(story: &mut Story) {
    base(story);
    ann_without(story, "acs:ecs:*:*:securitygroup/sg-other");
}

fn no_group(story: &mut Story) {
    base(story);
    let group = story.named("g").to_owned();
    ann_without(story, &format!("acs:ecs:*:*:securitygroup/{group}"));
}

fn no_v_switch(story: &mut Story) {
    base(story);
    ann_without(story, "acs:vpc:*:*:vswitch/*");
}

fn no_image(story: &mut Story) {
    base(story);
    ann_without(story, "acs:ecs:*:*:image/centos*");
}

fn no_key_pair(story: &mut Story) {
    key_pair(story);
    ann_without(story, "acs:ecs:*:*:keypair/login");
}

fn instances_alone(story: &mut Story) {
    base(story);
    ann_with(story, r#"{"Effect":"Allow","Action":"ecs:*","Resource":"acs:ecs:*:*:instance/*"}"#);
}

fn no_pass_role(story: &mut Story) {
    base_and_role(story);
    ann_with(story, r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"}"#);
}
