//! RAM identities: what their policies let them do, and what a refusal tells.

use moyun_cloud::cx::Origin;
use moyun_cloud::errors::{
    AssumeRoleDenied, ErrorRow, RamDeniesAction, RamUserMayNotOrder, RequiredParameterMissing,
    SecurityGroupNotFound, SecurityTokenExpired, SecurityTokenMalformed, SecurityTokenMissing,
    SecurityTokenOfOtherKey,
};
use moyun_cloud::story::Story;
use moyun_cloud::sts::role::session::check_token;
use moyun_cloud::world::Fact;
use moyun_store::Fault;
use serde_json::json;

use crate::given::another_account;

const REGIONS: &str = "RegionId=cn-hangzhou";

#[test]
fn a_user_may_do_nothing_until_a_policy_allows_it() {
    let mut story = user("ann");
    story.act_as_user("ann");
    let refusal = story.try_call("DescribeInstances", REGIONS).unwrap_err();
    assert_eq!(refusal.row, &RamDeniesAction);
    let detail = refusal.denied.unwrap();
    assert_eq!((&*detail.action, detail.principal_type), ("ecs:DescribeInstances", "SubUser"));
    assert_eq!(detail.principal_owner, "1000000000000001");
    assert_eq!(detail.principal_name, story_user_id(&mut story));
    assert_eq!(detail.policy_type, "AccountLevelIdentityBasedPolicy");
    assert_eq!(detail.no_permission_type, "ImplicitDeny");
    assert!(!detail.diagnostic.is_empty());

    story.act_as_owner();
    attach(&mut story, "User", "ann", "AliyunECSReadOnlyAccess");
    story.act_as_user("ann");
    story.call("DescribeInstances", REGIONS);
    refused(&mut story, "CreateSecurityGroup", REGIONS, &RamDeniesAction);
    refused(&mut story, "Ram:ListUsers", "", &RamDeniesAction);

    story.act_as_owner();
    story.call(
        "Ram:DetachPolicyFromUser",
        "PolicyType=System&PolicyName=AliyunECSReadOnlyAccess&UserName=ann",
    );
    story.act_as_user("ann");
    refused(&mut story, "DescribeInstances", REGIONS, &RamDeniesAction);
}

#[test]
fn policies_are_judged_before_parameters_and_resources() {
    let mut story = user("ann");
    story.act_as_user("ann");
    refused(&mut story, "StartInstance", "", &RamDeniesAction);
    refused(&mut story, "StartInstance", "InstanceId=i-none", &RamDeniesAction);
    story.act_as_owner();
    refused(&mut story, "StartInstance", "", &RequiredParameterMissing);
}

#[test]
fn who_may_elsewhere_is_told_of_missing_resources_before_missing_rights() {
    let mut story = user("ann");
    story.make("g", "CreateSecurityGroup", REGIONS, "SecurityGroupId");
    let elsewhere = r#"{"Effect":"Allow","Action":"ecs:*","Resource":"acs:ecs:*:*:securitygroup/sg-other"}"#;
    custom(&mut story, "elsewhere", elsewhere);
    attach_custom(&mut story, "User", "ann", "elsewhere");
    story.act_as_user("ann");
    let group = |id: &str| format!("{REGIONS}&SecurityGroupId={id}");
    refused(&mut story, "DeleteSecurityGroup", REGIONS, &RequiredParameterMissing);
    refused(&mut story, "DeleteSecurityGroup", &group("sg-none"), &SecurityGroupNotFound);
    refused(&mut story, "DeleteSecurityGroup", &group("$g"), &RamDeniesAction);
    story.act_as_owner();
    story.call("DeleteSecurityGroup", &group("$g"));
}

#[test]
fn an_explicit_denial_wins() {
    let mut story = user("ann");
    attach(&mut story, "User", "ann", "AdministratorAccess");
    custom(&mut story, "no-look", r#"{"Effect":"Deny","Action":"ecs:DescribeInstances","Resource":"*"}"#);
    attach_custom(&mut story, "User", "ann", "no-look");
    story.act_as_user("ann");
    let refusal = story.try_call("DescribeInstances", REGIONS).unwrap_err();
    assert_eq!(refusal.row, &RamDeniesAction);
    assert_eq!(refusal.denied.unwrap().no_permission_type, "ExplicitDeny");
    story.call("DescribeSecurityGroups", REGIONS);
}

#[test]
fn what_a_group_may_do_its_users_may_do_while_they_are_in_it() {
    let mut story = user("ann");
    story.call("Ram:CreateGroup", "GroupName=ops");
    attach(&mut story, "Group", "ops", "AliyunECSReadOnlyAccess");
    story.act_as_user("ann");
    refused(&mut story, "DescribeInstances", REGIONS, &RamDeniesAction);
    story.act_as_owner();
    story.call("Ram:AddUserToGroup", "UserName=ann&GroupName=ops");
    story.act_as_user("ann");
    story.call("DescribeInstances", REGIONS);
    story.act_as_owner();
    story.call("Ram:RemoveUserFromGroup", "UserName=ann&GroupName=ops");
    story.act_as_user("ann");
    refused(&mut story, "DescribeInstances", REGIONS, &RamDeniesAction);
}

#[test]
fn a_renamed_user_keeps_keys_groups_and_policies() {
    let mut story = user("ann");
    story.call("Ram:CreateGroup", "GroupName=ops");
    story.call("Ram:AddUserToGroup", "UserName=ann&GroupName=ops");
    attach(&mut story, "Group", "ops", "AliyunECSReadOnlyAccess");
    attach(&mut story, "User", "ann", "AliyunVPCReadOnlyAccess");
    story.make("key", "Ram:CreateAccessKey", "UserName=ann", "AccessKey/AccessKeyId");
    story.call("Ram:UpdateUser", "UserName=ann&NewUserName=eve");
    story.act_with_key("$key");
    story.call("DescribeInstances", REGIONS);
    story.call("Vpc:DescribeVpcs", REGIONS);
    let arn = story.call("Sts:GetCallerIdentity", "")["Arn"].clone();
    assert_eq!(arn, "acs:ram::1000000000000001:user/eve");
}

#[test]
fn a_renamed_group_keeps_users_and_policies() {
    let mut story = user("ann");
    story.call("Ram:CreateGroup", "GroupName=ops");
    story.call("Ram:AddUserToGroup", "UserName=ann&GroupName=ops");
    attach(&mut story, "Group", "ops", "AliyunECSReadOnlyAccess");
    story.call("Ram:UpdateGroup", "GroupName=ops&NewGroupName=devs");
    let groups = story.call("Ram:ListGroupsForUser", "UserName=ann");
    assert_eq!(groups["Groups"]["Group"][0]["GroupName"], "devs");
    story.act_as_user("ann");
    story.call("DescribeInstances", REGIONS);
}

#[test]
fn a_statement_covers_the_resources_that_it_names() {
    let mut story = user("ann");
    story.make("g", "CreateSecurityGroup", REGIONS, "SecurityGroupId");
    story.make("h", "CreateSecurityGroup", REGIONS, "SecurityGroupId");
    let group = story.named("g").to_owned();
    let statement = format!(
        r#"{{"Effect":"Allow","Action":"ecs:*","Resource":"acs:ecs:cn-hangzhou:*:securitygroup/{group}"}}"#
    );
    custom(&mut story, "one-group", &statement);
    attach_custom(&mut story, "User", "ann", "one-group");
    story.act_as_user("ann");
    let rename = "RegionId=cn-hangzhou&SecurityGroupName=web";
    story.call("ModifySecurityGroupAttribute", &format!("{rename}&SecurityGroupId=$g"));
    refused(
        &mut story,
        "ModifySecurityGroupAttribute",
        &format!("{rename}&SecurityGroupId=$h"),
        &RamDeniesAction,
    );
    refused(&mut story, "CreateSecurityGroup", REGIONS, &RamDeniesAction);
    // A list is about all groups, which the statement does not cover.
    refused(&mut story, "DescribeSecurityGroups", REGIONS, &RamDeniesAction);
}

#[test]
fn a_policy_version_counts_once_it_is_the_default() {
    let mut story = user("ann");
    custom(&mut story, "look", r#"{"Effect":"Allow","Action":"vpc:*","Resource":"*"}"#);
    attach_custom(&mut story, "User", "ann", "look");
    let document =
        r#"{"Version":"1","Statement":{"Effect":"Allow","Action":"ecs:Describe*","Resource":"*"}}"#;
    story.bind("document", document);
    story.call("Ram:CreatePolicyVersion", "PolicyName=look&PolicyDocument=$document");
    story.act_as_user("ann");
    refused(&mut story, "DescribeInstances", REGIONS, &RamDeniesAction);
    story.act_as_owner();
    story.call("Ram:SetDefaultPolicyVersion", "PolicyName=look&VersionId=v2");
    story.act_as_user("ann");
    story.call("DescribeInstances", REGIONS);
}

#[test]
fn conditions_look_at_time_and_place() {
    let mut story = user("ann");
    custom(
        &mut story,
        "office",
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{
            "IpAddress":{"acs:SourceIp":"198.51.100.0/24"},
            "DateLessThan":{"acs:CurrentTime":"2026-01-01T01:00:00Z"}}}"#,
    );
    attach_custom(&mut story, "User", "ann", "office");
    story.act_as_user("ann");
    refused(&mut story, "DescribeInstances", REGIONS, &RamDeniesAction);
    story.act_from(Origin { address: "198.51.100.7".parse().unwrap(), is_secure: true });
    story.call("DescribeInstances", REGIONS);
    story.pass_ms(3_600_000);
    refused(&mut story, "DescribeInstances", REGIONS, &RamDeniesAction);
}

#[test]
fn a_subscription_takes_the_right_to_order() {
    let mut story = user("ann");
    moyun_cloud::ecs::instance::creation::given::base(&mut story);
    attach(&mut story, "User", "ann", "AliyunECSFullAccess");
    custom(&mut story, "net", r#"{"Effect":"Allow","Action":["ecs:*","vpc:*"],"Resource":"*"}"#);
    attach_custom(&mut story, "User", "ann", "net");
    story.act_as_user("ann");
    let base = "RegionId=cn-hangzhou&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&InstanceType=ecs.g5.large\
        &SystemDisk.Category=cloud_efficiency&SecurityGroupId=$g&VSwitchId=$w";
    let order = format!("{base}&InstanceChargeType=PrePaid&Period=1");
    story.call("RunInstances", base);
    refused(&mut story, "RunInstances", &order, &RamUserMayNotOrder);
    story.act_as_owner();
    attach(&mut story, "User", "ann", "AliyunBSSOrderAccess");
    story.act_as_user("ann");
    story.call("RunInstances", &order);
}

#[test]
fn the_account_of_the_key_gives_the_rights() {
    let mut story = user("ann");
    attach(&mut story, "User", "ann", "AdministratorAccess");
    another_account(&mut story);
    story.act_as_user("ann");
    // The other account has no such user, so nothing is allowed there.
    refused(&mut story, "DescribeInstances", REGIONS, &RamDeniesAction);
}

#[test]
fn an_assumed_role_may_what_the_role_may_and_no_more() {
    let mut story = user("ann");
    worker(&mut story);
    attach(&mut story, "Role", "worker", "AliyunECSReadOnlyAccess");
    assume(&mut story, "");
    story.act_with_key("$key");
    story.call("DescribeInstances", REGIONS);
    let refusal = story.try_call("CreateSecurityGroup", REGIONS).unwrap_err();
    assert_eq!(refusal.row, &RamDeniesAction);
    let detail = refusal.denied.unwrap();
    assert_eq!((detail.principal_type, &*detail.principal_name), ("AssumedRoleUser", "worker:night"));
    let who = story.call("Sts:GetCallerIdentity", "");
    assert_eq!(who["IdentityType"], "AssumedRoleUser");
    assert_eq!(who["Arn"], "acs:ram::1000000000000001:assumed-role/worker/night");
}

#[test]
fn a_session_policy_narrows_and_never_widens() {
    let mut story = user("ann");
    worker(&mut story);
    attach(&mut story, "Role", "worker", "AliyunECSReadOnlyAccess");
    let policy = r#"{"Version":"1","Statement":{"Effect":"Allow","Action":["ecs:DescribeInstances","ecs:CreateSecurityGroup"],"Resource":"*"}}"#;
    story.bind("policy", policy);
    assume(&mut story, "&Policy=$policy");
    story.act_with_key("$key");
    story.call("DescribeInstances", REGIONS);
    let narrowed = story.try_call("DescribeSecurityGroups", REGIONS).unwrap_err();
    assert_eq!(narrowed.denied.unwrap().policy_type, "SessionPolicy");
    let beyond = story.try_call("CreateSecurityGroup", REGIONS).unwrap_err();
    assert_eq!(beyond.denied.unwrap().policy_type, "AccountLevelIdentityBasedPolicy");
}

#[test]
fn a_role_of_another_account_is_lent_to_whom_it_trusts() {
    let mut story = user("ann");
    story.call("Ram:CreateUser", "UserName=eve");
    attach(&mut story, "User", "ann", "AliyunSTSAssumeRoleAccess");
    another_account(&mut story);
    let trust = r#"{"Version":"1","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",
        "Principal":{"RAM":"acs:ram::1000000000000001:user/ann"},
        "Condition":{"StringEquals":{"sts:ExternalId":"order-7"}}}}"#;
    story.bind("trust", trust);
    story.make("role", "Ram:CreateRole", "RoleName=guest&AssumeRolePolicyDocument=$trust", "Role/Arn");
    attach(&mut story, "Role", "guest", "AliyunECSReadOnlyAccess");
    story.act_as("1000000000000001");
    story.act_as_user("ann");
    let request = "RoleArn=$role&RoleSessionName=ann";
    refused(&mut story, "Sts:AssumeRole", request, &AssumeRoleDenied);
    story.make("key", "Sts:AssumeRole", &format!("{request}&ExternalId=order-7"), "Credentials/AccessKeyId");
    story.act_with_key("$key");
    story.call("DescribeInstances", REGIONS);
    assert_ne!(story.call("Sts:GetCallerIdentity", "")["AccountId"], "1000000000000001");
}

#[test]
fn a_temporary_key_needs_its_own_token_until_it_runs_out() {
    let mut story = user("ann");
    worker(&mut story);
    let first = assume(&mut story, "&DurationSeconds=900");
    let other = assume(&mut story, "");
    let judge = |story: &Story, key: &str, token: Option<&str>| {
        story.cloud().read(|tx, now_ms| {
            let facts = Fact::of_key(tx, key)?.ok_or_else(|| Fault::new("no such key"))?;
            Ok(check_token(tx, key, &facts, token, now_ms).map_err(|refusal| refusal.row))
        })
    };
    let (key, token) = (&*first.0, Some(&*first.1));
    assert_eq!(judge(&story, key, token).unwrap(), Ok(()));
    assert_eq!(judge(&story, key, None).unwrap(), Err(&SecurityTokenMissing));
    assert_eq!(judge(&story, key, Some("")).unwrap(), Err(&SecurityTokenMissing));
    assert_eq!(judge(&story, key, Some("CAIS")).unwrap(), Err(&SecurityTokenMalformed));
    assert_eq!(judge(&story, key, Some(&other.1)).unwrap(), Err(&SecurityTokenOfOtherKey));
    assert_eq!(judge(&story, "LTAI5tMoyunLocalTest", None).unwrap(), Ok(()));
    assert_eq!(judge(&story, "LTAI5tMoyunLocalTest", token).unwrap(), Err(&SecurityTokenOfOtherKey));
    story.pass_ms(899_999);
    assert_eq!(judge(&story, key, token).unwrap(), Ok(()));
    story.pass_ms(1);
    assert_eq!(judge(&story, key, token).unwrap(), Err(&SecurityTokenExpired));
    // After a day nobody is told any more that the key once was: it is unknown.
    story.pass_ms(24 * 3_600_000);
    assert!(judge(&story, key, token).is_err());
}

#[test]
fn the_world_document_shows_and_makes_ram() {
    let mut story = user("ann");
    attach(&mut story, "User", "ann", "AliyunECSReadOnlyAccess");
    let id = story_user_id(&mut story);
    story.patch(
        "ram/1000000000000001",
        json!({
            "users": { "ann": { "groups": ["ops"] }, "eve": {} },
            "groups": { "ops": {} },
            "policies": { "look": { "document": { "Version": "1", "Statement":
                { "Effect": "Allow", "Action": "vpc:Describe*", "Resource": "*" } } } },
            "attachments": [{ "policy": "look", "to": "group/ops" }],
        }),
    );
    assert_eq!(story_user_id(&mut story), id);
    story.act_as_user("ann");
    story.call("Vpc:DescribeVpcs", REGIONS);
    // A list is replaced as a whole, so the other policy is gone.
    refused(&mut story, "DescribeInstances", REGIONS, &RamDeniesAction);
    let path = ["ram", "1000000000000001", "users", "ann", "groups"].map(str::to_owned);
    assert_eq!(story.cloud().world(&path).unwrap(), Some(json!(["ops"])));

    for (patch, sentence) in [
        (json!({ "users": { "an n": {} } }), "cannot be the name of a user"),
        (json!({ "users": { "ann": { "groups": ["none"] } } }), "is not there"),
        (json!({ "users": { "ann": { "age": 7 } } }), "unknown field"),
        (json!({ "policies": { "look": { "document": { "Version": "2" } } } }), "not of the policy language"),
        (json!({ "attachments": [{ "policy": "look", "to": "ann" }] }), "not of the form"),
        (json!({ "attachments": [{ "policy": "none", "to": "user/ann" }] }), "no policy none"),
    ] {
        let before = story.dump();
        let path = vec!["ram".to_owned(), "1000000000000001".to_owned()];
        let refusal = format!("{:?}", story.cloud().patch_world(path, patch).unwrap_err());
        assert!(refusal.contains(sentence), "{refusal}");
        assert_eq!(story.dump(), before);
    }
    story.patch("ram", json!({ "1000000000000001": null }));
    story.act_as_owner();
    assert_eq!(story.call("Ram:ListUsers", "")["Users"]["User"], json!([]));
}

fn user(name: &str) -> Story {
    let mut story = Story::begin();
    story.call("Ram:CreateUser", &format!("UserName={name}"));
    story
}

fn story_user_id(story: &mut Story) -> String {
    story.act_as_owner();
    let user = story.call("Ram:GetUser", "UserName=ann");
    user["User"]["UserId"].as_str().expect("a user has an ID").to_owned()
}

/// A role `worker` that trusts the account, and `ann` may assume it.
fn worker(story: &mut Story) {
    let trust = r#"{"Version":"1","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"acs:ram::1000000000000001:root"}}}"#;
    story.bind("trust", trust);
    story.make("role", "Ram:CreateRole", "RoleName=worker&AssumeRolePolicyDocument=$trust", "Role/Arn");
    attach(story, "User", "ann", "AliyunSTSAssumeRoleAccess");
}

/// `ann` assumes the role `worker`: `$key` and its token.
fn assume(story: &mut Story, more: &str) -> (String, String) {
    story.act_as_user("ann");
    let reply = story.call("Sts:AssumeRole", &format!("RoleArn=$role&RoleSessionName=night{more}"));
    story.act_as_owner();
    let part = |name: &str| reply["Credentials"][name].as_str().expect("credentials are texts").to_owned();
    story.bind("key", part("AccessKeyId"));
    (part("AccessKeyId"), part("SecurityToken"))
}

fn custom(story: &mut Story, name: &str, statement: &str) {
    story.bind("document", format!(r#"{{"Version":"1","Statement":{statement}}}"#));
    story.call("Ram:CreatePolicy", &format!("PolicyName={name}&PolicyDocument=$document"));
}

fn attach(story: &mut Story, kind: &str, holder: &str, policy: &str) {
    let request = format!("PolicyType=System&PolicyName={policy}&{kind}Name={holder}");
    story.call(&format!("Ram:AttachPolicyTo{kind}"), &request);
}

fn attach_custom(story: &mut Story, kind: &str, holder: &str, policy: &str) {
    let request = format!("PolicyType=Custom&PolicyName={policy}&{kind}Name={holder}");
    story.call(&format!("Ram:AttachPolicyTo{kind}"), &request);
}

fn refused(story: &mut Story, action: &str, request: &str, row: &'static ErrorRow) {
    let before = story.dump();
    let refusal = story.try_call(action, request).expect_err(action);
    assert_eq!(refusal.row, row, "{action} {request}");
    assert_eq!(story.dump(), before, "{action} {request}");
}
